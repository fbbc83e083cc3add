//! Tidy trees of boxes in linear time: a child row under its parent, wide families as blocks.
//!
//! Sizes in, boxes out, all f64; knows no cards, no text, no scene. Four arrangements:
//! `Row` is the tidy tree of van der Ploeg (2014, after Buchheim et al. 2002) for boxes of unequal
//! size; `Panel` hangs the children as a grid inside the parent's frame; `Shelves` breaks a row too
//! wide for the screen into several, one below the other; `Stacks` fills columns. A subtree that is a panel,
//! shelves or stacks is one box for the row above it. No recursion: a chain of any depth is fine.

mod block;
mod flow;
mod tidy;

pub use flow::layout;

use super::geom::Rect;

/// How the children of a node stand.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Arrange {
    /// Side by side below the parent, the parent centred over them.
    Row,
    /// In a grid of so many columns inside the parent's frame, the parent's box as its head.
    Panel { columns: usize },
    /// In rows no wider than this, each centred; a row that fits stays [`Arrange::Row`]. With the root at
    /// the left, in columns no higher than this.
    Shelves { width: f64 },
    /// In so many columns, each box below what stands in the shortest.
    Stacks { columns: usize },
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Index of the parent; `None`, out of range or a loop makes the node a root.
    pub parent: Option<usize>,
    pub w: f64,
    pub h: f64,
    pub arrange: Arrange,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Root at the top.
    Down,
    /// Root at the left, children to the right.
    Right,
}

/// Distances, world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaps {
    /// Between neighbours of one row.
    pub sibling: f64,
    /// Between a parent and its children.
    pub level: f64,
    /// Between cards of a panel.
    pub card: f64,
    /// Between a panel's frame and its cards.
    pub pad: f64,
    /// Between shelves; links run in it.
    pub shelf: f64,
    /// Left of shelves; their trunk runs in it.
    pub gutter: f64,
}

impl Gaps {
    pub const CHART: Gaps =
        Gaps { sibling: 20.0, level: 36.0, card: 8.0, pad: 10.0, shelf: 44.0, gutter: 18.0 };
}

/// How the children of a node were placed in the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    Leaf,
    Row,
    Panel,
    Shelves,
    Stacks,
}

#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The box of each node; a panel's head is as wide as its frame.
    pub boxes: Vec<Rect>,
    /// The box of a node with everything drawn inside it: differs for panels.
    pub frames: Vec<Rect>,
    /// The extent of each node's whole subtree where it is a region of its own, else its frame.
    pub regions: Vec<Rect>,
    pub placed: Vec<Placed>,
    pub bounds: Rect,
    /// Steps of the contour walk, to show that growth is linear.
    pub work: usize,
}

impl Default for Rect {
    fn default() -> Rect {
        Rect::EMPTY
    }
}

/// Parents, children and an order in which parents come first.
pub(crate) struct Family {
    pub parent: Vec<Option<u32>>,
    starts: Vec<u32>,
    kids: Vec<u32>,
    pub roots: Vec<u32>,
    /// Every node, parents before children.
    pub order: Vec<u32>,
}

impl Family {
    pub fn children(&self, node: u32) -> &[u32] {
        let at = node as usize;
        &self.kids[self.starts[at] as usize..self.starts[at + 1] as usize]
    }

    pub fn new(parents: impl Iterator<Item = Option<usize>>) -> Family {
        let wished: Vec<Option<usize>> = parents.collect();
        let n = wished.len();
        let parent: Vec<Option<u32>> = wished
            .iter()
            .enumerate()
            .map(|(at, p)| p.filter(|p| *p < n && *p != at).map(|p| p as u32))
            .collect();
        let mut family = Family::link(parent);
        // What no root reaches hangs in a loop: cut each loop once, at its first node.
        while family.order.len() < n {
            let mut seen = vec![false; n];
            for node in &family.order {
                seen[*node as usize] = true;
            }
            let mut parent = std::mem::take(&mut family.parent);
            cut_loops(&mut parent, &mut seen);
            family = Family::link(parent);
        }
        family
    }

    fn link(parent: Vec<Option<u32>>) -> Family {
        let n = parent.len();
        let mut starts = vec![0u32; n + 1];
        for p in parent.iter().flatten() {
            starts[*p as usize + 1] += 1;
        }
        for at in 0..n {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut kids = vec![0u32; starts[n] as usize];
        let mut roots = Vec::new();
        for (at, p) in parent.iter().enumerate() {
            let Some(p) = p else {
                roots.push(at as u32);
                continue;
            };
            kids[next[*p as usize] as usize] = at as u32;
            next[*p as usize] += 1;
        }
        let mut family = Family { parent, starts, kids, roots, order: Vec::with_capacity(n) };
        family.order.extend_from_slice(&family.roots);
        let mut at = 0;
        while at < family.order.len() {
            let node = family.order[at] as usize;
            let range = family.starts[node] as usize..family.starts[node + 1] as usize;
            family.order.extend_from_slice(&family.kids[range]);
            at += 1;
        }
        family
    }
}

/// Makes one node of every loop a root. `seen` marks what is already reachable.
fn cut_loops(parent: &mut [Option<u32>], seen: &mut [bool]) {
    for start in 0..parent.len() {
        let mut walk = start;
        let mut trail = Vec::new();
        while !seen[walk] {
            seen[walk] = true;
            trail.push(walk);
            let Some(up) = parent[walk] else { break };
            walk = up as usize;
        }
        if trail.contains(&walk) && parent[walk].is_some() {
            parent[walk] = None;
        }
    }
}

#[cfg(test)]
mod tests;
