//! Building an index in slices, so that a page stays alive meanwhile. Decides no order of answers.

use super::index::Index;
use super::postings::Filling;
use super::store::Store;
use super::{Entry, Index as Built};

/// Characters a text counts for at least, whatever its length.
const ENTRY_COST: usize = 16;

/// A build under way. Call [`Builder::step`] until it says done, then [`Builder::finish`].
pub struct Builder {
    waiting: std::vec::IntoIter<Entry>,
    store: Store,
    filling: Option<Filling>,
    done: bool,
}

impl Builder {
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { waiting: entries.into_iter(), store: Store::new(), filling: None, done: false }
    }

    /// Works on about `budget` characters (20,000 take some two milliseconds in wasm); true when done.
    pub fn step(&mut self, budget: usize) -> bool {
        if self.done {
            return true;
        }
        if let Some(filling) = &mut self.filling {
            self.done = filling.step(&self.store.codes, budget);
            return self.done;
        }
        let mut spent = 0;
        while spent < budget {
            let Some(entry) = self.waiting.next() else {
                self.filling = Some(Filling::new(self.store.codes.len()));
                break;
            };
            let before = self.store.codes.len();
            self.store.put(entry);
            spent += ENTRY_COST + self.store.codes.len() - before;
        }
        false
    }

    /// The index; does what is left to do first.
    pub fn finish(mut self) -> Built {
        while !self.step(usize::MAX >> 1) {}
        let postings = self.filling.map(Filling::finish).unwrap_or_default();
        Index::assembled(self.store, postings)
    }
}
