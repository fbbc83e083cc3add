//! Which column means which field: a guess the person sees and may change. Reads no rows.

use super::normal::{header_key, split_brackets};
use crate::model::{FieldSpec, FieldType, KindIx, Value, schema};
use crate::sorting::Sorting;

/// Header of the column that carries record ids in our own exports.
pub const ID_HEADER: &str = "记录号";

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// Not imported; the column is shown as such.
    Ignore,
    /// The record's id, as our own exports write it.
    Id,
    /// Position of a field in the kind.
    Field(usize),
}

/// What happens where the record already holds a value. A blank cell never changes anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// The table wins.
    Replace,
    /// What is there stays.
    FillBlank,
    /// Members are added to a set field.
    Add,
}

/// One column of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub header: String,
    pub target: Target,
    pub mode: Mode,
}

/// How a table is to be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    pub kind: KindIx,
    pub columns: Vec<Column>,
    /// Fields every row gets though no column holds them: position and value.
    pub fixed: Vec<(usize, Value)>,
}

impl Mapping {
    /// The likeliest meaning of each header for records of a kind.
    ///
    /// A column of additions (a set such as 日常叫法) makes the table one that completes: its other
    /// columns fill blanks and overrule nothing.
    pub fn guess(headers: &[String], kind: KindIx, file_name: &str) -> Mapping {
        let spec = schema().kinds[kind].spec;
        let targets = assign(headers, spec.fields);
        let adds = |target: &Target| {
            field_of(kind, *target).is_some_and(|field| field.ty == FieldType::Set)
        };
        let completes = targets.iter().any(adds);
        let columns = headers.iter().zip(targets).map(|(header, target)| {
            let mode = match completes {
                _ if adds(&target) => Mode::Add,
                true => Mode::FillBlank,
                false => Mode::Replace,
            };
            Column { header: header.clone(), target, mode }
        });
        let mut mapping = Mapping { kind, columns: columns.collect(), fixed: Vec::new() };
        mapping.guess_fixed(file_name);
        mapping
    }

    /// Gives a column another meaning; a field that another column held is taken from it.
    pub fn set(&mut self, column: usize, target: Target) {
        if target != Target::Ignore {
            for other in self.columns.iter_mut().filter(|other| other.target == target) {
                other.target = Target::Ignore;
            }
        }
        if let Some(column) = self.columns.get_mut(column) {
            column.target = target;
            if field_of(self.kind, target).is_some_and(|field| field.ty == FieldType::Set) {
                column.mode = Mode::Add;
            } else if column.mode == Mode::Add {
                column.mode = Mode::Replace;
            }
        }
    }

    /// Headers that nothing was found for.
    pub fn ignored(&self) -> impl Iterator<Item = &str> {
        let ignored = self.columns.iter().filter(|column| column.target == Target::Ignore);
        ignored.map(|column| column.header.as_str())
    }

    /// Required fields that neither a column nor a fixed value fills.
    pub fn missing(&self) -> impl Iterator<Item = &'static FieldSpec> {
        let fields = schema().kinds[self.kind].spec.fields.iter().enumerate();
        fields.filter(|(at, field)| field.required && !self.fills(*at)).map(|(_, field)| field)
    }

    pub fn fills(&self, field: usize) -> bool {
        self.columns.iter().any(|column| column.target == Target::Field(field))
            || self.fixed.iter().any(|(at, _)| *at == field)
    }

    /// Sets or (with `Null`) clears a value every row gets.
    pub fn fix(&mut self, field: usize, value: Value) {
        self.fixed.retain(|(at, _)| *at != field);
        if !value.is_null() {
            self.fixed.push((field, value));
        }
    }

    /// What a table says by being the table it is: the list of its duties, the counter's common matters.
    fn guess_fixed(&mut self, file_name: &str) {
        let named = |words: &[&str]| words.iter().any(|word| file_name.contains(word));
        let value = match schema().kinds[self.kind].spec.id {
            "duty" if named(&["配合"]) => ("list", Value::text("assist")),
            "duty" if named(&["收回"]) => ("list", Value::text("recalled")),
            "duty" => ("list", Value::text("basic")),
            "matter" if named(&["common", "高频", "常办"]) => ("common", Value::Bool(true)),
            _ => return,
        };
        if let Some(field) = schema().kinds[self.kind].field(value.0).filter(|at| !self.fills(*at))
        {
            self.fix(field, value.1);
        }
    }
}

pub(super) fn field_of(kind: KindIx, target: Target) -> Option<&'static FieldSpec> {
    match target {
        Target::Field(at) => schema().kinds[kind].spec.fields.get(at),
        Target::Ignore | Target::Id => None,
    }
}

/// File names that give a kind away.
const FILE_WORDS: &[(&str, &[&str])] = &[
    ("post", &["posts", "岗位", "定岗"]),
    ("duty", &["duties", "履职", "职责清单", "事项清单"]),
    ("matter", &["matters", "办事", "terms", "俗称", "叫法"]),
    ("village", &["villages", "村"]),
    ("unit", &["units", "机构", "站所"]),
    ("person", &["people", "persons", "人员", "花名册", "干部名册"]),
    ("grid_cell", &["grid", "网格"]),
    ("holding", &["holdings", "任职"]),
    ("window", &["windows", "窗口"]),
];

/// The kind whose fields the headers name best; `None` where none is named at all.
pub fn guess_kind(headers: &[String], file_name: &str) -> Option<KindIx> {
    let score = |kind: KindIx| kind_score(headers, kind, &file_name.to_ascii_lowercase());
    let best = (0..schema().kinds.len()).rev().max_by_key(|kind| score(*kind))?;
    (score(best) > 0).then_some(best)
}

fn kind_score(headers: &[String], kind: KindIx, file_name: &str) -> i32 {
    let spec = schema().kinds[kind].spec;
    let targets = assign(headers, spec.fields);
    let mapped = |at: usize| targets.contains(&Target::Field(at));
    let found = targets.iter().filter(|target| matches!(target, Target::Field(_))).count() as i32;
    let required = spec.fields.iter().enumerate().filter(|(_, field)| field.required);
    let missing = required.filter(|(at, _)| !mapped(*at)).count() as i32;
    let words =
        FILE_WORDS.iter().find(|(id, _)| *id == spec.id).map_or(&[][..], |(_, words)| words);
    let named = words.iter().any(|word| file_name.contains(word));
    if found == 0 { 0 } else { found * 4 - missing * 3 + i32::from(named) * 5 }
}

/// Each header's field; every field goes to the header that fits it best, the left one of equals.
fn assign(headers: &[String], fields: &[FieldSpec]) -> Vec<Target> {
    let mut targets = vec![Target::Ignore; headers.len()];
    let mut pairs: Vec<(u8, usize, usize)> = Vec::new();
    for (column, header) in headers.iter().enumerate() {
        if header_key(header) == ID_HEADER {
            targets[column] = Target::Id;
            continue;
        }
        let tabled = fields.iter().enumerate().filter(|(_, field)| field.is_tabled());
        let scores = tabled.map(|(at, field)| (fit(header, field), column, at));
        pairs.extend(scores.filter(|(score, ..)| *score > 0));
    }
    pairs.arrange(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    for (_, column, at) in pairs {
        if targets[column] == Target::Ignore && !targets.contains(&Target::Field(at)) {
            targets[column] = Target::Field(at);
        }
    }
    targets
}

/// How well a header fits a field: its id or label 4, another name of it 3, one of these without what
/// stands in brackets 2, none 0.
fn fit(header: &str, field: &FieldSpec) -> u8 {
    let whole = header_key(header);
    let bare = split_brackets(&whole).0;
    let fits = |name: &str, whole_fit: u8| match header_key(name) {
        _ if whole.is_empty() => 0,
        name if name == whole => whole_fit,
        name if !bare.is_empty() && bare == split_brackets(&name).0 => 2,
        _ => 0,
    };
    let own = fits(field.id, 4).max(fits(field.label, 4));
    field.columns.iter().map(|name| fits(name, 3)).fold(own, u8::max)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(list: &[&str]) -> Vec<String> {
        list.iter().map(|header| header.to_string()).collect()
    }

    fn ids(list: &[&str], kind: &str) -> Vec<&'static str> {
        let kind = schema().kind(kind).expect("kind");
        let mapping = Mapping::guess(&headers(list), kind, "");
        let id = |column: &Column| field_of(kind, column.target).map_or("-", |field| field.id);
        mapping.columns.iter().map(id).collect()
    }

    #[test]
    fn x4_headers_find_their_field_however_they_are_written() {
        assert_eq!(
            ids(&["unit", "no", "post", "duties"], "post"),
            ["unit", "no", "title", "duties"]
        );
        assert_eq!(
            ids(&["所属机构（科室）", " 序 号", "岗位名称*", "岗位职责：", "附注"], "post"),
            ["unit", "no", "title", "duties", "-"]
        );
        assert_eq!(ids(&["term", "matter", "window"], "matter"), ["terms", "name", "window"]);
    }

    #[test]
    fn x4_a_field_is_given_to_one_header_only() {
        assert_eq!(ids(&["岗位", "岗位名称"], "post"), ["-", "title"]);
    }

    #[test]
    fn x4_the_kind_is_guessed_from_headers_and_file_name() {
        let guess = |list: &[&str], file: &str| {
            guess_kind(&headers(list), file).map(|kind| schema().kinds[kind].spec.id)
        };
        assert_eq!(guess(&["unit", "no", "post", "duties"], "x.csv"), Some("post"));
        assert_eq!(guess(&["unit", "no", "name"], "duties.csv"), Some("duty"));
        assert_eq!(guess(&["department", "main_item", "name", "item_code"], "a"), Some("matter"));
        assert_eq!(guess(&["term", "matter", "window"], "a"), Some("matter"));
        assert_eq!(guess(&["姓名", "性别", "身份"], "名单"), Some("person"));
        assert_eq!(guess(&["甲", "乙"], "a"), None);
    }

    #[test]
    fn x11_a_table_of_additions_overrules_nothing() {
        let kind = schema().kind("matter").expect("kind");
        let mapping = Mapping::guess(&headers(&["term", "matter", "window"]), kind, "terms.csv");
        let modes: Vec<Mode> = mapping.columns.iter().map(|column| column.mode).collect();
        assert_eq!(modes, [Mode::Add, Mode::FillBlank, Mode::FillBlank]);
    }

    #[test]
    fn x4_changing_a_column_takes_the_field_from_the_other() {
        let kind = schema().kind("post").expect("kind");
        let mut mapping = Mapping::guess(&headers(&["岗位", "另名"]), kind, "");
        let title = mapping.columns[0].target;
        mapping.set(1, title);
        assert_eq!(mapping.columns[0].target, Target::Ignore);
        assert_eq!(mapping.ignored().collect::<Vec<_>>(), ["岗位"]);
        assert_eq!(mapping.missing().count(), 0);
    }
}
