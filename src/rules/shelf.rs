//! Records of a kind found by id, and "what belongs to what" as plain lists. Knows no rule.

use rustc_hash::FxHashMap;

use crate::model::{Day, Record, RecordId, Ref};

/// The records of one kind that hold on a day, sorted by id.
#[derive(Debug)]
pub struct Shelf<K> {
    all: Vec<K>,
    at: FxHashMap<RecordId, u32>,
}

impl<K: Record> Shelf<K> {
    pub fn of(day: &Day) -> Shelf<K> {
        let all: Vec<K> = day.all();
        let at = all.iter().enumerate().map(|(at, record)| (record.id().clone(), at as u32));
        let at = at.collect();
        Shelf { all, at }
    }

    pub fn all(&self) -> &[K] {
        &self.all
    }

    /// Position of a record in [`all`](Shelf::all).
    pub fn place(&self, id: &str) -> Option<usize> {
        self.at.get(id).map(|at| *at as usize)
    }

    pub fn get(&self, id: &str) -> Option<&K> {
        self.place(id).map(|at| &self.all[at])
    }

    /// What a reference points at, if it is there on the day.
    pub fn find(&self, target: Option<&Ref<K>>) -> Option<&K> {
        self.get(target?.id.as_str())
    }

    pub fn place_of(&self, target: Option<&Ref<K>>) -> Option<usize> {
        self.place(target?.id.as_str())
    }

    /// For every record of `items`, in order, the place on this shelf it points at.
    pub fn lists<I: Record>(
        &self,
        items: &Shelf<I>,
        target: impl Fn(&I) -> Option<&Ref<K>>,
    ) -> Lists {
        let owners = items.all.iter().map(|item| self.place_of(target(item)));
        Lists::of(self.all.len(), owners.enumerate())
    }
}

/// For every owner the positions of what belongs to it, in one block of memory.
#[derive(Debug, Default)]
pub struct Lists {
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Lists {
    /// Sorts `(item, owner)` pairs by owner in linear time; items keep their order.
    pub fn of(owners: usize, pairs: impl Iterator<Item = (usize, Option<usize>)>) -> Lists {
        let pairs: Vec<(usize, usize)> =
            pairs.filter_map(|(item, owner)| Some((item, owner?))).collect();
        let mut starts = vec![0u32; owners + 1];
        for (_, owner) in &pairs {
            starts[owner + 1] += 1;
        }
        for at in 0..owners {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut items = vec![0; pairs.len()];
        for (item, owner) in pairs {
            items[next[owner] as usize] = item as u32;
            next[owner] += 1;
        }
        Lists { starts, items }
    }

    pub fn get(&self, owner: usize) -> impl ExactSizeIterator<Item = usize> + '_ {
        let range = self.starts[owner] as usize..self.starts[owner + 1] as usize;
        self.items[range].iter().map(|item| *item as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stay_in_order_and_ownerless_ones_drop_out() {
        let pairs = [(0, Some(2)), (1, None), (2, Some(0)), (3, Some(2))];
        let lists = Lists::of(3, pairs.into_iter());
        let got = |owner| lists.get(owner).collect::<Vec<_>>();
        assert_eq!((got(0), got(1), got(2)), (vec![2], vec![], vec![0, 3]));
    }
}
