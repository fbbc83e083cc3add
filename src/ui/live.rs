//! From diffs to signals: a change wakes the rows that show it and the lists it may belong to.
//!
//! Holds no data: readers look into the fold themselves, after saying what they look at.

use crate::ui::prelude::*;
use reactive_graph::traits::{Notify, Track};
use rustc_hash::FxHashMap;

use crate::journal::Diff;
use crate::model::{KindIx, RecordId, Township, schema};
use crate::sorting::Sorting;

/// What readers wait for.
#[derive(Clone)]
pub struct Live {
    /// Any change at all, kind by kind.
    kinds: Vec<ArcTrigger>,
    /// Rows somebody is looking at.
    records: FxHashMap<(KindIx, RecordId), ArcTrigger>,
}

impl Default for Live {
    fn default() -> Self {
        Live {
            kinds: schema().kinds.iter().map(|_| ArcTrigger::new()).collect(),
            records: FxHashMap::default(),
        }
    }
}

impl Live {
    pub fn track_kind(&self, kind: KindIx) {
        self.kinds[kind].track();
    }

    pub fn track_all(&self) {
        self.kinds.iter().for_each(Track::track);
    }

    pub fn track_record(&mut self, kind: KindIx, id: &RecordId) {
        self.records.entry((kind, id.clone())).or_default().track();
    }

    /// The triggers a diff concerns; notify them after every borrow is given back.
    pub fn touched(&self, township: &Township, diff: &Diff) -> Vec<ArcTrigger> {
        let mut kinds: Vec<KindIx> = diff.records.iter().map(|(kind, _)| *kind).collect();
        kinds.arrange(Ord::cmp);
        kinds.dedup();
        let rows = diff.records.iter().filter_map(|(kind, slot)| {
            let id = &township.table(*kind).at(*slot).id;
            self.records.get(&(*kind, id.clone())).cloned()
        });
        rows.chain(kinds.into_iter().map(|kind| self.kinds[kind].clone())).collect()
    }

    /// Another base was opened: everything is new.
    pub fn all(&self) -> Vec<ArcTrigger> {
        self.kinds.clone()
    }
}

/// Wakes readers.
pub fn notify(triggers: &[ArcTrigger]) {
    triggers.iter().for_each(Notify::notify);
}
