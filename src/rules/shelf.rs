//! Records of a kind found by id, and "what belongs to what" as plain lists. Knows no rule.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use crate::model::{Date, Day, Record, RecordId, Ref};

/// The records of one kind that hold on a day, sorted by id. Cloned for nothing.
#[derive(Debug)]
pub struct Shelf<K> {
    all: Rc<Vec<K>>,
    places: Rc<FxHashMap<RecordId, u32>>,
    /// Version of the table it was read from, and the day.
    read: Option<(u64, Date)>,
}

impl<K> Clone for Shelf<K> {
    fn clone(&self) -> Self {
        Shelf { all: self.all.clone(), places: self.places.clone(), read: self.read }
    }
}

impl<K> Default for Shelf<K> {
    fn default() -> Self {
        Shelf { all: Rc::default(), places: Rc::default(), read: None }
    }
}

impl<K: Record> Shelf<K> {
    pub fn of(day: &Day) -> Shelf<K> {
        Shelf::default().renewed(day)
    }

    /// The records of a day; read anew where a record of the kind was written since, or the day is another.
    pub fn renewed(&self, day: &Day) -> Shelf<K> {
        let read = Some((day.version::<K>(), day.day));
        if self.read == read {
            return self.clone();
        }
        let all: Rc<Vec<K>> = Rc::new(day.all());
        if ids(&self.all).eq(ids(&all)) {
            return Shelf { all, places: self.places.clone(), read };
        }
        let places = all.iter().enumerate().map(|(at, record)| (record.id().clone(), at as u32));
        let places = Rc::new(places.collect());
        Shelf { all, places, read }
    }

    pub fn all(&self) -> &[K] {
        &self.all
    }

    /// Position of a record in [`all`](Shelf::all).
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).map(|at| *at as usize)
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
}

fn ids<K: Record>(all: &[K]) -> impl Iterator<Item = &RecordId> {
    all.iter().map(Record::id)
}

/// What of one shelf belongs to whom on another.
#[derive(Debug)]
pub struct Owned<O, I> {
    owners: Shelf<O>,
    items: Shelf<I>,
    lists: Rc<Lists>,
}

impl<O, I> Default for Owned<O, I> {
    fn default() -> Self {
        Owned { owners: Shelf::default(), items: Shelf::default(), lists: Rc::default() }
    }
}

impl<O: Record, I: Record> Owned<O, I> {
    pub fn of(owners: &Shelf<O>, items: &Shelf<I>, owner: impl Fn(&I) -> Option<&Ref<O>>) -> Self {
        Owned::default().renewed(owners, items, owner)
    }

    /// Sorted anew where other records own, or an item is another.
    pub fn renewed(
        &self,
        owners: &Shelf<O>,
        items: &Shelf<I>,
        owner: impl Fn(&I) -> Option<&Ref<O>>,
    ) -> Self {
        let as_it_was = Rc::ptr_eq(&self.owners.places, &owners.places)
            && Rc::ptr_eq(&self.items.all, &items.all);
        let sorted = || {
            let places = items.all.iter().map(|item| owners.place_of(owner(item)));
            Rc::new(Lists::of(owners.all.len(), places.enumerate()))
        };
        let lists = if as_it_was { self.lists.clone() } else { sorted() };
        Owned { owners: owners.clone(), items: items.clone(), lists }
    }

    /// What belongs to one owner, in the order of ids; nothing where the owner is not there.
    pub fn by(&self, owner: &RecordId) -> impl Iterator<Item = &I> {
        let at = self.owners.place(owner.as_str()).into_iter();
        at.flat_map(|at| self.lists.get(at)).map(|at| &self.items.all[at])
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
