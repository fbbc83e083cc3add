//! The life of one record, read out of the log when somebody asks: what every action did to it and to
//! the records that name it, in the words of that day. Changes nothing.
//!
//! The log is searched in rounds: for the record and who names it; for whom those name; for the names
//! of these. What is found is folded again, a small township of its own, so that every title is what
//! people read at the time. `telling` puts it into sentences.

mod telling;

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::action::{Kind, OpGroup};
use super::lines::Gleaning;
use super::moments::Moments;
use crate::model::{FieldType, KindIx, RecordId, Text, Value, schema};
use telling::Teller;
pub(crate) use telling::fields_of;
pub use telling::{Beside, Deed, Event, Line, Mark, Part, Turn, said};

/// Rounds at most: the record, those that name it, those they name, the names in their titles.
const ROUNDS: usize = 4;

/// A life being read.
pub struct Life {
    kind: KindIx,
    id: RecordId,
    rows: Rc<Vec<String>>,
    round: usize,
    gleaning: Gleaning,
    /// Records that name this one or once did.
    related: FxHashSet<(KindIx, Text)>,
}

impl Life {
    pub fn begin(kind: KindIx, id: RecordId, rows: Rc<Vec<String>>) -> Life {
        let mut names = FxHashSet::default();
        names.insert(id.text().clone());
        let gleaning = Gleaning::of(rows.clone(), names);
        Life { kind, id, rows, round: 1, gleaning, related: FxHashSet::default() }
    }

    /// Reads so many bytes more; `true` when nothing is left to read.
    pub fn step(&mut self, bytes: usize) -> bool {
        let (about, first) = ((self.kind, self.id.as_str()), self.round == 1);
        let also = |group: &OpGroup| first && names_record(group, about);
        self.gleaning.step(bytes, &also) && self.next_round()
    }

    /// Bytes read and bytes in all, over all rounds there may be.
    pub fn progress(&self) -> (usize, usize) {
        let (done, all) = self.gleaning.lines.progress();
        (all * (self.round - 1) + done, all * ROUNDS)
    }

    /// The events, newest first.
    pub fn tell(self) -> Vec<Event> {
        let mut actions = self.gleaning.found;
        let moments = Moments::arrange(&mut actions);
        let mut teller = Teller::of(self.kind, self.id, self.related, moments);
        let mut events: Vec<Event> =
            actions.iter().filter_map(|action| teller.tell(action)).collect();
        events.reverse();
        events
    }

    /// Begins another round where names came up that have not been looked for; `true` where none did.
    fn next_round(&mut self) -> bool {
        let about = (self.kind, self.id.as_str());
        let mut names = self.gleaning.names.clone();
        for group in self.gleaning.found.iter().flat_map(|action| &action.groups) {
            let Kind::Known(kind) = group.kind else { continue };
            if names_record(group, about) {
                self.related.insert((kind, group.id.clone()));
            }
            let near =
                self.related.contains(&(kind, group.id.clone())) || (kind, &*group.id) == about;
            names.extend(near.then(|| group.id.clone()));
            each_reference(group, &mut |field, to| {
                if near || schema().kinds[kind].spec.fields[field].title {
                    names.insert(to.into());
                }
            });
        }
        if self.round == ROUNDS || names.len() == self.gleaning.names.len() {
            return true;
        }
        self.round += 1;
        self.gleaning = Gleaning::of(self.rows.clone(), names);
        false
    }
}

/// Whether a group lets its record name the one asked about.
fn names_record(group: &OpGroup, (about, id): (KindIx, &str)) -> bool {
    let Kind::Known(kind) = group.kind else { return false };
    let wanted = FieldType::Ref(schema().kinds[about].spec.id);
    let mut found = false;
    each_reference(group, &mut |field, to| {
        found |= to == id && schema().kinds[kind].spec.fields[field].ty == wanted;
    });
    found
}

/// Every reference the group writes: field and id.
fn each_reference(group: &OpGroup, told: &mut dyn FnMut(usize, &str)) {
    let Kind::Known(kind) = group.kind else { return };
    let fields = schema().kinds[kind].spec.fields;
    for op in &group.ops {
        for (field, value) in fields_of(kind, &op.reg, &op.value) {
            if let (FieldType::Ref(_), Value::Text(id)) = (fields[field].ty, &value) {
                told(field, id);
            }
        }
    }
}
