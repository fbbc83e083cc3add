//! A row that knows its record into its outcome: what would change, against what is there and what
//! earlier rows of the table already change.

use super::build::{Planner, State};
use super::read::{Given, ReadRow};
use super::{FieldDiff, Outcome};
use crate::exchange::export::cell_text;
use crate::exchange::mapping::Mode;
use crate::exchange::normal::clean;
use crate::model::{FieldType, RecordId, Text, Township, Value, check, schema};
use crate::sorting::Sorting;

/// A row is bad for this reason, at this column.
type Blame = (Option<usize>, String);

impl Planner {
    /// Resolves references within the table, now that every row has its record.
    pub(super) fn resolve_own(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        read: &mut ReadRow,
        id: &RecordId,
    ) {
        let own = FieldType::Ref(self.kind_id());
        let owner = self.owner_typed(read);
        for given in read.given.iter_mut().filter(|given| !given.typed.is_empty()) {
            let spec = &self.fields()[given.field];
            if spec.ty != own {
                continue;
            }
            let found = self.resolve_near(township, ids, spec.label, &owner, &given.typed);
            given.value = match found {
                Ok(value) if value.as_str() == Some(id.as_str()) => {
                    Err(format!("{}不能是自己。", spec.label))
                }
                found => found,
            };
        }
    }

    pub(super) fn settle_row(
        &mut self,
        township: &Township,
        line: u64,
        read: &ReadRow,
        state: &State,
    ) -> Result<Outcome, Blame> {
        let (id, new) = match state {
            State::Meant { id, new } => (id.clone(), *new),
            State::Bad(column, reason) => return Err((*column, reason.clone())),
            // Every row is placed before it is settled.
            State::Unknown => return Err((None, "这一行没有读完。".to_string())),
        };
        let diffs = self.diffs(township, &id, read)?;
        if let Some(blame) = self.misfit(township, &id, &diffs) {
            return Err(blame);
        }
        self.write_down(line, &id, &diffs);
        self.hold_to(township, line, &id, read);
        Ok(match new {
            true => {
                let values = diffs.into_iter().map(|diff| (diff.field, diff.to)).collect();
                Outcome::New { id, values }
            }
            false if diffs.is_empty() => Outcome::Same { id },
            false => Outcome::Changes { id, diffs },
        })
    }

    fn diffs(
        &self,
        township: &Township,
        id: &RecordId,
        read: &ReadRow,
    ) -> Result<Vec<FieldDiff>, Blame> {
        let mut diffs = Vec::new();
        for given in &read.given {
            diffs.extend(self.diff(township, id, given)?);
        }
        Ok(diffs)
    }

    /// What one cell changes; `None` where it says what is there already.
    fn diff(
        &self,
        township: &Township,
        id: &RecordId,
        given: &Given,
    ) -> Result<Option<FieldDiff>, Blame> {
        let (now, line) = self.now(township, id, given.field);
        if given.mode == Mode::FillBlank && !now.is_null() {
            return Ok(None);
        }
        let to = match (&given.value, given.mode) {
            (Ok(value), Mode::Add) => Ok(union(now, value)),
            (value, _) => value.clone(),
        };
        if to.as_ref().is_ok_and(|to| to == now || (is_no(now) && is_no(to))) {
            return Ok(None);
        }
        // What the sheet cannot say otherwise than it does is no change, odd as the value may be.
        let spec = &self.fields()[given.field];
        let shown = || clean(&cell_text(township, &self.names, spec, now));
        if given.column.is_some() && clean(&given.typed) == shown() {
            return Ok(None);
        }
        let to = to.map_err(|reason| (given.column, reason))?;
        if let Some(line) = line.filter(|_| given.mode == Mode::Replace) {
            let sentence =
                format!("{}与第 {line} 行不一致，而两行是同一条记录。请只留一行。", spec.label);
            return Err((given.column, sentence));
        }
        Ok(Some(FieldDiff { field: given.field, from: now.clone(), to, mode: given.mode }))
    }

    /// A field as it will be after the rows so far, and the line that set it, if one did.
    fn now<'a>(
        &'a self,
        township: &'a Township,
        id: &RecordId,
        field: usize,
    ) -> (&'a Value, Option<u64>) {
        if let Some((value, line)) = self.written.get(id).and_then(|fields| fields.get(&field)) {
            return (value, Some(*line));
        }
        let row = township.table(self.mapping.kind).get(id.as_str());
        (row.map_or(&Value::Null, |row| &row.cells[field]), None)
    }

    /// A change that would leave the record with a problem it does not have now.
    fn misfit(&self, township: &Township, id: &RecordId, diffs: &[FieldDiff]) -> Option<Blame> {
        let cells = (0..self.fields().len()).map(|field| {
            let changed = diffs.iter().find(|diff| diff.field == field).map(|diff| &diff.to);
            changed.unwrap_or_else(|| self.now(township, id, field).0).clone()
        });
        let cells: Vec<Value> = cells.collect();
        let problems = check::check(schema().kinds[self.mapping.kind].spec, &cells);
        let touched = |field: &str| diffs.iter().any(|diff| self.fields()[diff.field].id == field);
        let period = touched("since") || touched("until");
        let problem = problems
            .into_iter()
            .find(|problem| touched(problem.field) || (problem.field == "until" && period))?;
        Some((self.column_of(problem.field), problem.sentence))
    }

    /// Later rows see what this one changes, and the records it names are needed.
    fn write_down(&mut self, line: u64, id: &RecordId, diffs: &[FieldDiff]) {
        if diffs.is_empty() {
            return;
        }
        let fields = self.written.entry(id.clone()).or_default();
        for diff in diffs {
            fields.insert(diff.field, (diff.to.clone(), line));
        }
        for diff in diffs {
            let FieldType::Ref(kind) = self.fields()[diff.field].ty else { continue };
            let target = schema().kind(kind).zip(diff.to.as_str().and_then(RecordId::parse));
            if let Some(at) = target.and_then(|target| self.target_at.get(&target)) {
                self.targets[*at].uses += 1;
            }
        }
    }

    /// What the row says, changed or there already, a later row of the same record may not say otherwise:
    /// else the two would take turns each time the table comes in.
    fn hold_to(&mut self, township: &Township, line: u64, id: &RecordId, read: &ReadRow) {
        for given in read.given.iter().filter(|given| given.mode == Mode::Replace) {
            let said = self.now(township, id, given.field).0.clone();
            let fields = self.written.entry(id.clone()).or_default();
            fields.entry(given.field).or_insert((said, line));
        }
    }
}

/// Not set and 否 are the same to whoever reads the table.
fn is_no(value: &Value) -> bool {
    matches!(value, Value::Null | Value::Bool(false))
}

/// The members of both; a value that is no set counts as empty.
pub(super) fn union(a: &Value, b: &Value) -> Value {
    let mut members: Vec<Text> = a.as_set().iter().chain(b.as_set()).cloned().collect();
    members.arrange(Ord::cmp);
    members.dedup();
    if members.is_empty() { Value::Null } else { Value::Set(members.into()) }
}
