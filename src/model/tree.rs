//! Trees made of references: parents that are safe to climb. Knows no stamps; the fold hands in the order.

/// Nodes of one kind with the parents each was ever given, newest first.
#[derive(Clone, Debug, Default)]
pub struct Moves<T> {
    /// `(when, parent)`, newest first; `None` is "no parent".
    pub parents: Vec<(T, Option<usize>)>,
}

/// The parent of every node such that no node is its own ancestor.
///
/// Where the newest moves form a ring, the youngest of them does not count and its node falls back to
/// the parent it had before; so it goes on until no ring is left. The outcome depends only on the set
/// of moves, not on the order of nodes, if `T` tells any two moves apart: a ring stays until its own
/// youngest move falls, whatever becomes of others meanwhile.
pub fn settle<T: Ord + Copy>(nodes: &[Moves<T>]) -> Vec<Option<usize>> {
    let mut chosen = vec![0; nodes.len()];
    let parent = |chosen: &[usize], node: usize| -> Option<usize> {
        nodes[node].parents.get(chosen[node]).and_then(|(_, parent)| *parent)
    };
    let mut climb = Climb::new(nodes.len());
    while let Some(ring) = climb.next_ring(|node| parent(&chosen, node)) {
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
    Climb::new(count).next_ring(parent)
}

/// A climb from every node that can be taken up again: what it left behind leads to a root, and keeps
/// doing so while only nodes of rings change their parents.
struct Climb {
    start: usize,
    cleared: Vec<bool>,
    /// Place of a node on the path of this climb, from 1.
    place: Vec<usize>,
    /// Steps taken, to show that the work is in proportion.
    steps: usize,
}

impl Climb {
    fn new(count: usize) -> Climb {
        Climb { start: 0, cleared: vec![false; count], place: vec![0; count], steps: 0 }
    }

    fn next_ring(&mut self, parent: impl Fn(usize) -> Option<usize>) -> Option<Vec<usize>> {
        while self.start < self.cleared.len() {
            let mut path = Vec::new();
            let mut node = Some(self.start);
            while let Some(at) = node.filter(|at| !self.cleared[*at]) {
                self.steps += 1;
                if self.place[at] > 0 {
                    let ring = path.split_off(self.place[at] - 1);
                    path.iter().chain(&ring).for_each(|on: &usize| self.place[*on] = 0);
                    return Some(ring);
                }
                path.push(at);
                self.place[at] = path.len();
                node = parent(at);
            }
            path.iter().for_each(|on| (self.place[*on], self.cleared[*on]) = (0, true));
            self.start += 1;
        }
        None
    }
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
    fn m7_work_grows_with_the_number_of_nodes_however_many_rings() {
        let steps = |count: usize, parent: fn(usize) -> usize| {
            let mut fallen = vec![false; count];
            let mut climb = Climb::new(count);
            while let Some(ring) =
                climb.next_ring(|node| (!fallen[node]).then(|| parent(node) % count))
            {
                fallen[ring[0]] = true;
            }
            climb.steps
        };
        for parent in [|at| at, |at| at ^ 1, |at: usize| at + 1] as [fn(usize) -> usize; 3] {
            let (small, large) = (steps(1_000, parent), steps(10_000, parent));
            assert!(large <= 10 * small + 10, "{small} {large}");
        }
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

        #[test]
        fn m7_the_outcome_does_not_depend_on_the_order_of_nodes(
            raw in prop::collection::vec(
                prop::collection::vec((0u32..6, prop::option::of(0usize..8)), 0..4), 8),
            turn in 1usize..8,
        ) {
            // Several moves of one time, as an action makes them, are told apart by their nodes' names.
            let node = |moves: &[(u32, Option<usize>)], name: usize, place: &dyn Fn(usize) -> usize| {
                let mut parents: Vec<((u32, usize), Option<usize>)> =
                    moves.iter().map(|(when, to)| ((*when, name), to.map(place))).collect();
                parents.sort_by_key(|(when, _)| std::cmp::Reverse(*when));
                parents.dedup_by_key(|(when, _)| *when);
                Moves { parents }
            };
            let straight: Vec<_> =
                (0..8).map(|name| node(&raw[name], name, &|to| to)).collect();
            let turned: Vec<_> = (0..8)
                .map(|at| (at + turn) % 8)
                .map(|name| node(&raw[name], name, &|to| (to + 8 - turn) % 8))
                .collect();
            let back = settle(&turned);
            for (name, parent) in settle(&straight).into_iter().enumerate() {
                let other = back[(name + 8 - turn) % 8].map(|to| (to + turn) % 8);
                prop_assert_eq!(parent, other, "{}", name);
            }
        }
    }
}
