//! Keeps the best finds, one per entry, in an order that depends on entries and scores only.

use super::MatchKind;

/// A place that answers the query.
#[derive(Clone, Copy)]
pub struct Find {
    pub score: i32,
    pub tie: u64,
    pub entry: u32,
    pub field: u32,
    pub why: MatchKind,
    /// Within the field, in folded characters. `len` 0 where the marks are worked out later.
    pub at: u16,
    pub len: u16,
}

const KEPT: usize = 256;
const ROOM: usize = 1024;

/// A bounded heap of finds; forgets only what at least [`KEPT`] entries beat.
#[derive(Default)]
pub struct Best {
    finds: Vec<Find>,
    floor: Option<(i32, u64)>,
}

impl Best {
    pub fn push(&mut self, find: Find) {
        if self.floor.is_some_and(|(score, tie)| (-find.score, find.tie) > (-score, tie)) {
            return;
        }
        self.finds.push(find);
        if self.finds.len() >= ROOM {
            self.prune();
        }
    }

    pub fn top(&self) -> Option<i32> {
        self.finds.iter().map(|f| f.score).max()
    }

    /// Finds so far, at most one per entry, best first.
    pub fn sorted(&mut self) -> &[Find] {
        self.prune();
        &self.finds
    }

    fn prune(&mut self) {
        self.finds.sort_unstable_by_key(|f| (f.entry, -f.score, f.why, f.field, f.at));
        self.finds.dedup_by_key(|f| f.entry);
        self.finds.sort_unstable_by_key(|f| (-f.score, f.tie, f.entry));
        if self.finds.len() > KEPT {
            self.finds.truncate(KEPT);
            self.floor = self.finds.last().map(|f| (f.score, f.tie));
        }
    }
}
