//! Rows that refer to each other stand and fall together: a new record that cannot be made takes with it
//! the rows that are the same record or name it.

use rustc_hash::FxHashSet;

use super::build::{Planner, State};
use crate::model::{FieldType, RecordId, Value};

impl Planner {
    /// Marks rows bad until no row depends on one that is.
    pub(super) fn cascade(&mut self) {
        loop {
            let made: FxHashSet<RecordId> = self.states.iter().filter_map(made_id).collect();
            let failing = self.failing(&made);
            if failing.is_empty() {
                return;
            }
            for (at, column) in failing {
                let reason = "它指向的记录在本表另一行，那一行有误，所以这一行也不能导入。";
                self.states[at] = State::Bad(column, reason.to_string());
            }
        }
    }

    fn failing(&self, made: &FxHashSet<RecordId>) -> Vec<(usize, Option<usize>)> {
        let lost = |id: &str| self.planned.contains(id) && !made.contains(id);
        let own = FieldType::Ref(self.kind_id());
        let rows = self.states.iter().zip(&self.reads).enumerate();
        rows.filter_map(|(at, (state, read))| {
            let State::Meant { id, .. } = state else { return None };
            let names_lost = read.given.iter().find(|given| {
                let to = given.value.as_ref().ok().and_then(Value::as_str);
                self.fields()[given.field].ty == own && to.is_some_and(lost)
            });
            match names_lost {
                Some(given) => Some((at, given.column)),
                None => lost(id.as_str()).then_some((at, None)),
            }
        })
        .collect()
    }
}

fn made_id(state: &State) -> Option<RecordId> {
    match state {
        State::Meant { id, new: true } => Some(id.clone()),
        _ => None,
    }
}
