//! Which record a row means: first by the surest key it fills, then, among records no row has claimed,
//! by the weaker ones. So a sheet that was renumbered meets its old posts again.

use super::build::{Planner, State};
use super::read::ReadRow;
use crate::exchange::keys::keys_of;
use crate::exchange::lookup::{Names, may_be_meant};
use crate::exchange::mapping::Target;
use crate::exchange::normal::name_key;
use crate::model::{FieldType, KindIx, RecordId, Row, Township, Value, check, schema};

/// What the search for a row's record came to.
enum Match {
    Record(RecordId),
    Several(usize),
    None,
}

impl Planner {
    /// Puts a record of the township into the index of keys.
    pub(super) fn index_slot(&mut self, township: &Township, slot: usize) {
        let row = township.table(self.mapping.kind).at(slot);
        if may_be_meant(row, self.options.today) {
            let keys = self.ladder.keys(|field| &row.cells[field]);
            self.existing.add(&keys, &row.id);
        }
    }

    /// The first pass: records that are certainly meant are claimed.
    pub(super) fn claim(&mut self, township: &Township, read: &ReadRow) -> State {
        if let Some((column, reason)) = &read.broken {
            return State::Bad(*column, reason.clone());
        }
        let by_id =
            read.id.as_ref().and_then(|id| township.table(self.mapping.kind).get(id.as_str()));
        if let Some(row) = by_id {
            return self.claimed(row.id.clone(), read);
        }
        match self.surest(township, read) {
            Match::Record(id) => self.claimed(id, read),
            Match::Several(n) => State::Bad(None, self.several(n)),
            Match::None => State::Unknown,
        }
    }

    fn claimed(&mut self, id: RecordId, read: &ReadRow) -> State {
        self.claims.insert(id.clone());
        self.known.add(&self.ladder.keys(|field| read.value(field)), &id);
        State::Meant { id, new: false }
    }

    fn surest(&self, township: &Township, read: &ReadRow) -> Match {
        let keys = self.ladder.keys(|field| read.value(field));
        let Some((step, key)) =
            keys.iter().enumerate().find_map(|(at, key)| Some((at, key.as_ref()?)))
        else {
            return Match::None;
        };
        self.pick(township, read, self.existing.get(step, key), |_| true)
    }

    /// The second pass: what is left is an earlier row's record, an unclaimed one, or new.
    pub(super) fn place(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        read: &ReadRow,
    ) -> State {
        let keys = self.ladder.keys(|field| read.value(field));
        let filled: Vec<(usize, &String)> =
            keys.iter().enumerate().filter_map(|(at, key)| Some((at, key.as_ref()?))).collect();
        if let Some(id) = read.id.as_ref().filter(|id| self.planned.contains(*id)) {
            return State::Meant { id: id.clone(), new: false };
        }
        if let Some((step, key)) = filled.first()
            && let [id] = self.known.get(*step, key)
        {
            return State::Meant { id: id.clone(), new: false };
        }
        for (step, key) in filled.iter().skip(1) {
            let found = self.pick(township, read, self.existing.get(*step, key), |id| {
                !self.claims.contains(id)
            });
            match found {
                Match::Record(id) => return self.claimed(id, read),
                Match::Several(n) => return State::Bad(None, self.several(n)),
                Match::None => {}
            }
        }
        if let Some((column, reason)) = self.unfit_for_new(read) {
            return State::Bad(column, reason);
        }
        let id = read.id.clone().unwrap_or_else(ids);
        self.known.add(&keys, &id);
        self.planned.insert(id.clone());
        State::Meant { id, new: true }
    }

    fn pick(
        &self,
        township: &Township,
        read: &ReadRow,
        candidates: &[RecordId],
        allowed: impl Fn(&RecordId) -> bool,
    ) -> Match {
        let table = township.table(self.mapping.kind);
        let fits = |row: &&Row| {
            !self.ladder.tells_apart(|field| read.value(field), |field| &row.cells[field])
        };
        let rows =
            candidates.iter().filter(|id| allowed(id)).filter_map(|id| table.get(id.as_str()));
        let fitting: Vec<&Row> = rows.filter(fits).collect();
        match fitting[..] {
            [] => Match::None,
            [row] => Match::Record(row.id.clone()),
            _ => Match::Several(fitting.len()),
        }
    }

    fn several(&self, n: usize) -> String {
        let label = schema().kinds[self.mapping.kind].spec.label;
        format!(
            "已有 {n} 条同名的{label}记录，分不清这一行是哪一条。请先改成不同的名称，或加上“记录号”列。"
        )
    }

    /// Why a row cannot become a new record; a record that is there may say less.
    fn unfit_for_new(&self, read: &ReadRow) -> Option<(Option<usize>, String)> {
        if let Some(given) = read.given.iter().find(|given| given.value.is_err()) {
            return Some((given.column, given.value.clone().err().unwrap_or_default()));
        }
        let mut cells = vec![Value::Null; self.fields().len()];
        for given in &read.given {
            cells[given.field] = match &given.value {
                // A reference within the table is filled, only not known yet.
                Ok(Value::Null) => Value::text(&given.typed),
                Ok(value) => value.clone(),
                Err(_) => Value::Null,
            };
        }
        let own = FieldType::Ref(self.kind_id());
        let problems = check::check(schema().kinds[self.mapping.kind].spec, &cells);
        let problem = problems.into_iter().find(|problem| {
            let field = self.fields().iter().find(|field| field.id == problem.field);
            field.is_none_or(|field| field.ty != own)
        })?;
        Some((self.column_of(problem.field), problem.sentence))
    }

    /// The column that means a field.
    pub(super) fn column_of(&self, field: &str) -> Option<usize> {
        let field = self.fields().iter().position(|spec| spec.id == field)?;
        self.mapping.columns.iter().position(|column| column.target == Target::Field(field))
    }

    /// Makes a row's record known by name to the other rows of the table.
    pub(super) fn name_row(&mut self, township: &Township, read: &ReadRow, id: &RecordId) {
        let kind: KindIx = self.mapping.kind;
        let Some(title) = self.fields().iter().position(|field| field.title) else { return };
        let Some(name) = read.value(title).as_str().filter(|name| !name_key(name).is_empty())
        else {
            return;
        };
        let owner = self.owner_typed(read);
        let names = self.names_of(township, kind);
        names.add(id, name, &owner);
        if let Some(code) =
            schema().kinds[kind].field("code").and_then(|at| read.value(at).as_str())
        {
            names.add(id, code, "");
        }
    }

    /// What the row says its record belongs to, in its own words.
    pub(super) fn owner_typed(&self, read: &ReadRow) -> String {
        let owner = schema().kinds[self.mapping.kind].field(keys_of(self.kind_id()).owner);
        let given = read.given.iter().find(|given| Some(given.field) == owner);
        given.map_or_else(String::new, |given| given.typed.to_string())
    }

    pub(super) fn names_of(&mut self, township: &Township, kind: KindIx) -> &mut Names {
        let today = self.options.today;
        self.names.entry(kind).or_insert_with(|| Names::of(township, kind, today))
    }
}
