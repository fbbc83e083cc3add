//! Empty tables to fill in: what each kind of table is called, and its columns. Holds no rows.

use super::export::{Column, to_csv};
use crate::model::{Township, schema};

/// A table people may fill in and import.
#[derive(Clone, Copy, Debug)]
pub struct Template {
    /// As it is called in a township hall.
    pub name: &'static str,
    pub kind: &'static str,
    /// Its columns, by field id; the first must be filled.
    pub fields: &'static [&'static str],
    /// What it is good for, in a sentence.
    pub note: &'static str,
}

/// The tables the import page names.
pub const TEMPLATES: &[Template] = &[
    Template {
        name: "履职事项表",
        kind: "duty",
        fields: &["name", "unit", "no", "class", "list"],
        note: "镇里要干的事，一行一项。先导它，岗位职责才能对上。",
    },
    Template {
        name: "岗位表",
        kind: "post",
        fields: &["title", "unit", "no", "track", "seats", "duties"],
        note: "一行一个岗位。表里写到的机构会一并新建。",
    },
    Template {
        name: "人员名册",
        kind: "person",
        fields: &["name", "unit", "identity", "on_quota", "office_phone"],
        note: "在岗的人，含借调、编外。",
    },
    Template {
        name: "任职表",
        kind: "holding",
        fields: &["person", "post", "role", "main", "since"],
        note: "谁在哪个岗，A 岗还是 B 岗。放在岗位表和人员名册之后。",
    },
    Template {
        name: "办事事项表",
        kind: "matter",
        fields: &["name", "code", "department", "main_item", "window", "materials"],
        note: "群众来办的事项，便民服务中心的事项目录就行。",
    },
    Template {
        name: "常办事项表",
        kind: "matter",
        fields: &["name", "window", "department", "code"],
        note: "窗口天天办的那些，会标成高频，并记下在哪个窗口办。",
    },
    Template {
        name: "日常叫法表",
        kind: "matter",
        fields: &["terms", "name", "window"],
        note: "群众嘴上怎么说，对应哪个事项。只添加叫法，不改别的。",
    },
    Template {
        name: "村（社区）表",
        kind: "village",
        fields: &["name", "code", "kind", "zone", "contact", "households", "population"],
        note: "有区划代码文件（JSON）的，直接选文件，再挑出本镇。",
    },
    Template {
        name: "网格表",
        kind: "grid_cell",
        fields: &["name", "level", "village", "parent", "keeper", "code"],
        note: "网格、子网格、微网格可以放在一张表里。",
    },
];

impl Template {
    pub fn file_name(&self) -> String {
        format!("{}模板.csv", self.name)
    }

    /// The header line, as our own export writes it.
    pub fn text(&self) -> String {
        let Some(kind) = schema().kind(self.kind) else { return String::new() };
        let info = &schema().kinds[kind];
        let columns: Vec<Column> =
            self.fields.iter().filter_map(|id| info.field(id)).map(Column::Field).collect();
        to_csv(&Township::default(), kind, &[], &columns)
    }

    /// The columns in words: 岗位名称、所属机构……
    pub fn columns(&self) -> String {
        let info = schema().info(self.kind);
        let labels = self.fields.iter().filter_map(|id| {
            let info = info?;
            Some(info.spec.fields[info.field(id)?].label)
        });
        labels.collect::<Vec<_>>().join("、")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::{Mapping, guess_kind};
    use crate::model::Value;

    #[test]
    fn x4_every_template_is_known_again_with_all_its_columns() {
        for template in TEMPLATES {
            let text = template.text();
            let line = text.trim_start_matches('\u{FEFF}').trim_end();
            let headers: Vec<String> = line.split(',').map(str::to_string).collect();
            assert_eq!(headers.len(), template.fields.len(), "{}", template.name);
            let name = template.file_name();
            let kind = guess_kind(&headers, &name).expect("kind");
            assert_eq!(schema().kinds[kind].spec.id, template.kind, "{}", template.name);
            let mapping = Mapping::guess(&headers, kind, &name);
            assert_eq!(mapping.ignored().count(), 0, "{}", template.name);
            assert_eq!(mapping.missing().count(), 0, "{}", template.name);
        }
    }

    #[test]
    fn the_table_of_common_matters_marks_them_as_such() {
        let template = TEMPLATES.iter().find(|template| template.name == "常办事项表").expect("it");
        let headers: Vec<String> = template.columns().split('、').map(str::to_string).collect();
        let kind = schema().kind("matter").expect("kind");
        let mapping = Mapping::guess(&headers, kind, &template.file_name());
        assert_eq!(
            mapping.fixed.iter().map(|(_, value)| value).collect::<Vec<_>>(),
            [&Value::Bool(true)]
        );
    }
}
