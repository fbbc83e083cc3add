//! Trees made of references: parents that are safe to climb. Knows no stamps; the fold hands in the order.

use rustc_hash::{FxHashMap, FxHashSet};

/// Nodes of one kind with the parents each was ever given, newest first.
#[derive(Clone, Debug, Default)]
pub struct Moves<T> {
    /// `(when, parent)`, newest first; `None` is "no parent".
    pub parents: Vec<(T, Option<usize>)>,
}

/// The parent of every node such that no node is its own ancestor.
///
/// Where the newest moves form a ring, the youngest of them does not count and its node falls back to
/// the parent it had before; so it goes on until no ring is left. The result depends only on the set
/// of moves, not on the order in which they arrived.
pub fn settle<T: Ord + Copy>(nodes: &[Moves<T>]) -> Vec<Option<usize>> {
    let mut chosen = vec![0; nodes.len()];
    let parent = |chosen: &[usize], node: usize| -> Option<usize> {
        nodes[node].parents.get(chosen[node]).and_then(|(_, parent)| *parent)
    };
    while let Some(ring) = find_ring(nodes.len(), |node| parent(&chosen, node)) {
        let youngest = ring.into_iter().max_by_key(|node| {
            (nodes[*node].parents.get(chosen[*node]).map(|(when, _)| *when), *node)
        });
        if let Some(node) = youngest {
            chosen[node] += 1;
        }
    }
    (0..nodes.len()).map(|node| parent(&chosen, node)).collect()
}

/// The nodes of one ring, if climbing from anywhere comes back to where it was.
pub fn find_ring(count: usize, parent: impl Fn(usize) -> Option<usize>) -> Option<Vec<usize>> {
    let mut cleared = FxHashSet::default();
    for start in 0..count {
        let mut path = Vec::new();
        let mut seen = FxHashMap::default();
        let mut node = Some(start);
        while let Some(at) = node.filter(|at| !cleared.contains(at)) {
            if let Some(first) = seen.insert(at, path.len()) {
                return Some(path.split_off(first));
            }
            path.push(at);
            node = parent(at);
        }
        cleared.extend(path);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn moves(parents: &[(u32, Option<usize>)]) -> Moves<u32> {
        Moves { parents: parents.to_vec() }
    }

    #[test]
    fn m7_a_node_that_is_its_own_parent_becomes_a_root() {
        assert_eq!(settle(&[moves(&[(1, Some(0))])]), vec![None]);
    }

    #[test]
    fn m7_the_younger_of_two_crossing_moves_falls_back() {
        let nodes = [
            moves(&[(5, Some(1)), (1, Some(2))]),
            moves(&[(7, Some(0)), (2, Some(2))]),
            moves(&[]),
        ];
        assert_eq!(settle(&nodes), vec![Some(1), Some(2), None]);
    }

    proptest! {
        #[test]
        fn m7_settled_trees_have_no_ring(
            raw in prop::collection::vec(
                prop::collection::vec((0u32..50, prop::option::of(0usize..12)), 0..4), 12)
        ) {
            let nodes: Vec<Moves<u32>> = raw.into_iter().map(|mut parents| {
                parents.sort_by_key(|(when, _)| std::cmp::Reverse(*when));
                Moves { parents }
            }).collect();
            let settled = settle(&nodes);
            prop_assert!(find_ring(settled.len(), |node| settled[node]).is_none());
        }
    }
}
