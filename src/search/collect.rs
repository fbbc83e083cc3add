//! Keeps the best finds, one per entry, in an order that depends on entries and scores only.

use super::MatchKind;
use super::collate::{Line, sort_lines};
use rustc_hash::FxHashMap;

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
        self.keep_one_per_entry();
        in_order(&mut self.finds);
        if self.finds.len() > KEPT {
            self.finds.truncate(KEPT);
            self.floor = self.finds.last().map(|f| (f.score, f.tie));
        }
    }

    fn keep_one_per_entry(&mut self) {
        let mut places: FxHashMap<u32, usize> = FxHashMap::default();
        let mut kept: Vec<Find> = Vec::with_capacity(self.finds.len());
        for find in self.finds.drain(..) {
            let place = *places.entry(find.entry).or_insert(kept.len());
            match kept.get_mut(place) {
                None => kept.push(find),
                Some(other) if find.within_entry() < other.within_entry() => *other = find,
                Some(_) => {}
            }
        }
        self.finds = kept;
    }
}

impl Find {
    /// Which of an entry's finds stands for it: the least.
    fn within_entry(&self) -> (i32, MatchKind, u32, u16) {
        (-self.score, self.why, self.field, self.at)
    }
}

/// Best first.
pub fn in_order(finds: &mut Vec<Find>) {
    let key = |find: &Find| {
        // Scores may be negative; upside down and shifted, the best is the least.
        let score = (i64::from(i32::MAX) - i64::from(find.score)) as u128;
        score << 96 | u128::from(find.tie) << 32 | u128::from(find.entry)
    };
    let mut lines: Vec<Line> =
        (0..).zip(finds.iter()).map(|(at, find)| (key(find), at, at)).collect();
    sort_lines(&mut lines);
    *finds = lines.iter().map(|line| finds[line.2 as usize]).collect();
}
