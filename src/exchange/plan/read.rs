//! Cells of a row into values of the kind: numbers as clerks write them, names into references.

use crate::exchange::keys::keys_of;
use crate::exchange::lookup::Found;
use crate::exchange::mapping::{Mode, Target};
use crate::exchange::normal::half_width;
use crate::exchange::plan::Planner;
use crate::model::check::read_typed;
use crate::model::kinds::unit::UnitRole;
use crate::model::kinds::{Person, Unit};
use crate::model::spec::Record;
use crate::model::{FieldSpec, FieldType, KindIx, RecordId, Township, Value, schema};

use super::NewTarget;

/// One cell that has something to say about a record.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub field: usize,
    pub mode: Mode,
    /// `None` for a value that every row gets.
    pub column: Option<usize>,
    pub typed: Box<str>,
    /// The value, or the sentence why it is none.
    pub value: Result<Value, String>,
}

/// A row as far as it could be read.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadRow {
    pub id: Option<RecordId>,
    pub given: Vec<Given>,
    /// A sentence and its column, where the row as a whole cannot be read.
    pub broken: Option<(Option<usize>, String)>,
}

impl ReadRow {
    pub fn value(&self, field: usize) -> &Value {
        let given = self.given.iter().find(|given| given.field == field);
        given.and_then(|given| given.value.as_ref().ok()).unwrap_or(&Value::Null)
    }
}

impl Planner {
    pub(super) fn read_row(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        cells: &[Box<str>],
    ) -> ReadRow {
        let mut read = ReadRow::default();
        for (column, cell) in cells.iter().enumerate() {
            let Some(meaning) = self.mapping.columns.get(column) else { continue };
            let (target, mode) = (meaning.target, meaning.mode);
            match target {
                Target::Ignore => {}
                Target::Id => read_id(&mut read, column, cell),
                Target::Field(field) => {
                    if !cell.is_empty() || self.clears(field, mode) {
                        let value = self.read_cell(township, ids, field, cell);
                        let typed = cell.clone();
                        read.given.push(Given { field, mode, column: Some(column), typed, value });
                    }
                }
            }
        }
        for (field, value) in &self.mapping.fixed {
            if read.given.iter().all(|given| given.field != *field) {
                let (field, value) = (*field, Ok(value.clone()));
                read.given.push(Given {
                    field,
                    mode: Mode::Replace,
                    column: None,
                    typed: "".into(),
                    value,
                });
            }
        }
        read
    }

    fn clears(&self, field: usize, mode: Mode) -> bool {
        let required = self.fields()[field].required;
        self.options.blank_clears && mode == Mode::Replace && !required
    }

    pub(super) fn fields(&self) -> &'static [FieldSpec] {
        schema().kinds[self.mapping.kind].spec.fields
    }

    fn read_cell(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        field: usize,
        typed: &str,
    ) -> Result<Value, String> {
        let spec = &self.fields()[field];
        match spec.ty {
            _ if typed.is_empty() => Ok(Value::Null),
            // Rows of the same table may name each other: not before all of them are read.
            FieldType::Ref(kind) if kind == self.kind_id() => Ok(Value::Null),
            FieldType::Ref(kind) => self.resolve(township, ids, kind, spec.label, typed),
            FieldType::Text | FieldType::LongText | FieldType::Set => read_typed(spec, typed),
            _ => read_typed(spec, &plain_figure(spec, typed)),
        }
    }

    pub(super) fn kind_id(&self) -> &'static str {
        schema().kinds[self.mapping.kind].spec.id
    }

    /// A record of the table's own kind: first among those that belong to the same owner.
    pub(super) fn resolve_near(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        label: &str,
        owner: &str,
        typed: &str,
    ) -> Result<Value, String> {
        let kind = self.mapping.kind;
        let near = format!("{owner}/{typed}");
        if !owner.is_empty()
            && let Found::One(id) = self.names_of(township, kind).find(township, kind, &near)
        {
            return Ok(Value::Text(id.text().clone()));
        }
        self.resolve(township, ids, self.kind_id(), label, typed)
    }

    /// The record a cell names; one that is not there is planned where its kind allows.
    pub(super) fn resolve(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        kind_id: &'static str,
        label: &str,
        typed: &str,
    ) -> Result<Value, String> {
        let Some(kind) = schema().kind(kind_id) else {
            return Err(format!("{label}没有对应的记录。"));
        };
        let make_person = kind_id == Person::ID && self.options.create_people;
        let names = self.names_of(township, kind);
        match names.find(township, kind, typed) {
            Found::One(id) => return Ok(Value::Text(id.text().clone())),
            Found::Several(n) => {
                let owner = owner_label(kind);
                return Err(format!("有 {n} 个{label}叫“{typed}”，分不清是哪一个。{owner}"));
            }
            Found::None => {}
        }
        if !keys_of(kind_id).made_by_name && !make_person {
            return Err(format!("没有找到叫“{typed}”的{}。", schema().kinds[kind].spec.label));
        }
        let id = ids();
        names.add(&id, typed, "");
        self.target_at.insert((kind, id.clone()), self.targets.len());
        let value = Value::Text(id.text().clone());
        let values = target_values(kind, typed);
        self.targets.push(NewTarget { kind, id, name: typed.into(), uses: 0, values });
        Ok(value)
    }
}

/// What is known of a record that is only named. 班子 says what it is.
fn target_values(kind: KindIx, name: &str) -> Vec<(usize, Value)> {
    let info = &schema().kinds[kind];
    let title = info.spec.fields.iter().position(|field| field.title).unwrap_or(0);
    let mut values = vec![(title, Value::text(name))];
    let leads = matches!(name, "班子" | "领导班子" | "党政班子" | "党政领导班子");
    if info.spec.id == Unit::ID && leads {
        let role = info.field("role").map(|role| (role, Value::text(UnitRole::Leadership.id())));
        values.extend(role);
    }
    values
}

fn read_id(read: &mut ReadRow, column: usize, cell: &str) {
    match RecordId::parse(cell) {
        Some(id) => read.id = Some(id),
        None if cell.is_empty() => {}
        None => {
            let sentence = "记录号只能是导出时写的那一串字母和数字；新增的行请留空。";
            read.broken = Some((Some(column), sentence.to_string()));
        }
    }
}

fn owner_label(kind: KindIx) -> String {
    let info = &schema().kinds[kind];
    let owner = info.field(keys_of(info.spec.id).owner);
    let title = info.spec.fields.iter().find(|field| field.title);
    match owner.zip(title) {
        Some((owner, title)) => {
            format!("请写成“{}/{}”。", info.spec.fields[owner].label, title.label)
        }
        None => "请先改成不同的名称，或写上记录号。".to_string(),
    }
}

/// `１，２３４ 人` → `1234`, `3.0` → `3`: figures as spreadsheet programs and people write them.
fn plain_figure(spec: &FieldSpec, typed: &str) -> String {
    let half: String = typed.chars().map(half_width).collect();
    if !matches!(spec.ty, FieldType::Int | FieldType::Real) {
        return half;
    }
    let bare = half.trim().trim_end_matches(spec.unit).trim().replace(',', "");
    match bare.split_once('.') {
        Some((whole, zeros)) if spec.ty == FieldType::Int && zeros.bytes().all(|at| at == b'0') => {
            whole.to_string()
        }
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_as_people_write_them() {
        let field = |ty, unit| FieldSpec { unit, ..FieldSpec::new("n", "数", ty) };
        assert_eq!(plain_figure(&field(FieldType::Int, "人"), "１,２３４ 人"), "1234");
        assert_eq!(plain_figure(&field(FieldType::Int, ""), "3.0"), "3");
        assert_eq!(plain_figure(&field(FieldType::Int, ""), "3.5"), "3.5");
        assert_eq!(plain_figure(&field(FieldType::Real, ""), "3.50"), "3.50");
        assert_eq!(plain_figure(&field(FieldType::Date, ""), "２０２６-01-02"), "2026-01-02");
    }
}
