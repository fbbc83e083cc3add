//! Finding the record a cell or a row speaks of: by the words people use, by the keys of its kind.

use rustc_hash::FxHashMap;

use super::keys::{Keys, keys_of};
use super::normal::{clean, name_key};
use crate::model::value::Date;
use crate::model::{FieldType, KindIx, RecordId, Row, Township, Value, schema};

/// Whether a record may still be meant: one that has ended before `today` is not.
pub(super) fn may_be_meant(row: &Row, today: Option<Date>) -> bool {
    let until = row.cells.last().and_then(Value::as_date);
    row.exists() && until.zip(today).is_none_or(|(until, today)| until > today)
}

/// Records of one kind by what people call them.
#[derive(Clone, Debug, Default)]
pub(super) struct Names {
    ids: FxHashMap<String, Vec<RecordId>>,
}

/// What a name leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Found {
    One(RecordId),
    Several(usize),
    None,
}

impl Names {
    pub fn of(township: &Township, kind: KindIx, today: Option<Date>) -> Names {
        let mut names = Names::default();
        for row in township.table(kind).rows().filter(|row| may_be_meant(row, today)) {
            names.add_row(township, kind, row);
        }
        names
    }

    pub fn add_row(&mut self, township: &Township, kind: KindIx, row: &Row) {
        let owner = owner_text(township, kind, row);
        self.add(&row.id, &plain_name(township, kind, row), &owner);
        for field in ["short", "code"] {
            let other = schema().kinds[kind].field(field).and_then(|at| row.cells[at].as_str());
            self.insert(name_key(other.unwrap_or_default()), &row.id);
        }
    }

    /// Adds a record that is only planned yet.
    pub fn add(&mut self, id: &RecordId, name: &str, owner: &str) {
        let (name, owner) = (name_key(name), name_key(owner));
        if !owner.is_empty() {
            self.insert(format!("{owner}/{name}"), id);
            self.insert(format!("{owner}{name}"), id);
        }
        self.insert(name, id);
    }

    /// The record somebody means by `typed`: a name, `机构/岗位`, a code, or a name with `〔id〕`.
    pub fn find(&self, township: &Township, kind: KindIx, typed: &str) -> Found {
        let id = marked_id(typed).unwrap_or(typed);
        if let Some(row) = township.table(kind).get(id) {
            return Found::One(row.id.clone());
        }
        match self.ids.get(&name_key(typed)).map_or(&[][..], Vec::as_slice) {
            [] => Found::None,
            [one] => Found::One(one.clone()),
            several => Found::Several(several.len()),
        }
    }

    /// The shortest words that lead back to the record.
    pub fn words_for(&self, township: &Township, kind: KindIx, id: &str) -> String {
        let Some(row) = township.table(kind).get(id) else { return id.to_string() };
        let name = plain_name(township, kind, row);
        let owned = format!("{}/{name}", owner_text(township, kind, row));
        let leads_back = |words: &String| {
            marked_id(words).is_none()
                && self.find(township, kind, words) == Found::One(row.id.clone())
        };
        let plain = [&name, &owned].into_iter().find(|words| leads_back(words));
        plain.cloned().unwrap_or_else(|| format!("{name}〔{id}〕"))
    }

    fn insert(&mut self, key: String, id: &RecordId) {
        if key.is_empty() {
            return;
        }
        let ids = self.ids.entry(key).or_default();
        if !ids.contains(id) {
            ids.push(id.clone());
        }
    }
}

fn marked_id(typed: &str) -> Option<&str> {
    typed.strip_suffix('〕')?.rsplit_once('〔').map(|(_, id)| id)
}

/// The title as one cell: the first title field where it is text, the whole title elsewhere.
pub(super) fn plain_name(township: &Township, kind: KindIx, row: &Row) -> String {
    let fields = schema().kinds[kind].spec.fields.iter().zip(&row.cells);
    let first = fields.into_iter().find(|(field, _)| field.title);
    match first {
        Some((field, Value::Text(text))) if field.ty == FieldType::Text => clean(text),
        _ => clean(&township.title(kind, row)),
    }
}

fn owner_text(township: &Township, kind: KindIx, row: &Row) -> String {
    let info = &schema().kinds[kind];
    let owner = info.field(keys_of(info.spec.id).owner);
    owner.map_or_else(String::new, |at| township.display(info.spec.fields[at].ty, &row.cells[at]))
}

/// The ladder of a kind with its fields as positions.
#[derive(Clone, Debug)]
pub(super) struct Ladder {
    pub steps: Vec<Vec<usize>>,
    pub firm: Vec<usize>,
}

impl Ladder {
    pub fn of(kind: KindIx) -> Ladder {
        let info = &schema().kinds[kind];
        let keys: &Keys = keys_of(info.spec.id);
        let at = |fields: &&[&str]| fields.iter().filter_map(|field| info.field(field)).collect();
        let mut steps: Vec<Vec<usize>> = keys.ladder.iter().map(at).collect();
        if steps.is_empty() {
            let titles = info.spec.fields.iter().enumerate().filter(|(_, field)| field.title);
            steps.push(titles.map(|(at, _)| at).collect());
        }
        Ladder { steps, firm: at(&keys.firm) }
    }

    /// The row's key on each step; `None` where it does not fill the step.
    pub fn keys<'a>(&self, value: impl Fn(usize) -> &'a Value) -> Vec<Option<String>> {
        self.steps.iter().map(|fields| step_key(fields, &value)).collect()
    }

    /// Whether two records cannot be the same, whatever their other fields say.
    pub fn tells_apart<'a>(
        &self,
        a: impl Fn(usize) -> &'a Value,
        b: impl Fn(usize) -> &'a Value,
    ) -> bool {
        self.firm.iter().any(|at| {
            let (a, b) = (key_part(a(*at)), key_part(b(*at)));
            a.is_some() && b.is_some() && a != b
        })
    }
}

fn step_key<'a>(fields: &[usize], value: impl Fn(usize) -> &'a Value) -> Option<String> {
    let mut key = String::new();
    for field in fields {
        key.push_str(&key_part(value(*field))?);
        key.push('\u{1F}');
    }
    Some(key)
}

fn key_part(value: &Value) -> Option<String> {
    match value {
        Value::Int(int) => Some(int.to_string()),
        Value::Text(text) => Some(name_key(text)).filter(|key| !key.is_empty()),
        _ => None,
    }
}

/// Records of one kind by the steps of its ladder.
#[derive(Clone, Debug, Default)]
pub(super) struct KeyIndex {
    steps: Vec<FxHashMap<String, Vec<RecordId>>>,
}

impl KeyIndex {
    pub fn add(&mut self, keys: &[Option<String>], id: &RecordId) {
        self.steps.resize_with(keys.len().max(self.steps.len()), FxHashMap::default);
        for (step, key) in self.steps.iter_mut().zip(keys) {
            let Some(key) = key else { continue };
            let ids = step.entry(key.clone()).or_default();
            if !ids.contains(id) {
                ids.push(id.clone());
            }
        }
    }

    pub fn get(&self, step: usize, key: &str) -> &[RecordId] {
        self.steps.get(step).and_then(|step| step.get(key)).map_or(&[], Vec::as_slice)
    }
}
