//! Sorting lists of records, names and places: one compiled sort for all of them.
//!
//! The standard sort is compiled anew for each type and each comparison, some 5 kB a time; with
//! sixty lists that was a tenth of the page. Here only places (`u32`) are sorted, by a comparison
//! called through a pointer, and the list is then put into that order. It is as stable as the
//! standard sort and a little slower: lists of 100,000 that a key press waits for (the table's
//! order, the look-up's finds) keep the standard one. Collecting into a `BTreeMap` sorts as well:
//! extending one that is empty does not.

use std::cmp::Ordering;

/// Stable sorting of a list by a comparison or a key.
pub trait Sorting<T> {
    fn arrange(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// `key` is asked at every comparison: give it something cheap.
    fn arrange_by<K: Ord>(&mut self, key: impl Fn(&T) -> K);

    /// For a key that costs something: it is asked once an entry.
    fn arrange_by_cached<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Sorting<T> for [T] {
    fn arrange(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        // Of the holders of thousands of posts.
        if self.len() < 2 {
            return;
        }
        let mut places =
            sorted_places(self.len(), &mut |a, b| compare(&self[a as usize], &self[b as usize]));
        put_in_order(&mut places, &mut |a, b| self.swap(a, b));
    }

    fn arrange_by<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.arrange(|a, b| key(a).cmp(&key(b)));
    }

    fn arrange_by_cached<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let mut places =
            sorted_places(keys.len(), &mut |a, b| keys[a as usize].cmp(&keys[b as usize]));
        put_in_order(&mut places, &mut |a, b| self.swap(a, b));
    }
}

/// Where each entry of the sorted list stands now.
fn sorted_places(len: usize, compare: &mut dyn FnMut(u32, u32) -> Ordering) -> Vec<u32> {
    let mut places: Vec<u32> = (0..len as u32).collect();
    places.sort_by(|a, b| compare(*a, *b));
    places
}

/// Follows each ring of places round, swapping every entry into its place once.
fn put_in_order(places: &mut [u32], swap: &mut dyn FnMut(usize, usize)) {
    for start in 0..places.len() {
        let mut at = start;
        loop {
            let from = places[at] as usize;
            places[at] = at as u32;
            if from == start {
                break;
            }
            swap(at, from);
            at = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_sort_does(list in prop::collection::vec((0u8..8, 0u32..1000), 0..200)) {
            let mut standard = list.clone();
            standard.sort_by_key(|entry| entry.0);
            let mut ours = list;
            ours.arrange_by(|entry| entry.0);
            prop_assert_eq!(ours, standard);
        }
    }
}
