//! From sizes to boxes: which subtrees are blocks, each region laid tidy, then all put in place.

use super::block::{Block, grid, shelves, stacks};
use super::tidy::{Cell, tidy};
use super::{Arrange, Direction, Family, Gaps, Layout, Node, Placed};
use crate::picture::geom::Rect;

/// Places every node. Linear in their number.
pub fn layout(nodes: &[Node], direction: Direction, gaps: &Gaps) -> Layout {
    let family = Family::new(nodes.iter().map(|n| n.parent));
    let mut flow = Flow::new(nodes, &family, direction, *gaps);
    for node in family.order.iter().rev() {
        flow.close(*node);
    }
    flow.place()
}

struct Flow<'a> {
    nodes: &'a [Node],
    family: &'a Family,
    direction: Direction,
    gaps: Gaps,
    /// Size of the box a node is for its region: its own, or its block's.
    size: Vec<(f64, f64)>,
    /// Node's own box within its frame.
    head: Vec<Rect>,
    /// Position in the region it belongs to.
    local: Vec<(f64, f64)>,
    /// For the root of a region: its offset in the frame of the block above, and its extent.
    offset: Vec<(f64, f64)>,
    extent: Vec<(f64, f64)>,
    /// What the region of a node, turned so that its root is at the top, is at most as wide as the sum of: the span of what hangs below, and
    /// the widest of the nodes that stand one over the other on top of it. A row that fits by it need
    /// not be laid out to know.
    reach: Vec<(f64, f64)>,
    region: Vec<u32>,
    placed: Vec<Placed>,
    work: usize,
}

impl<'a> Flow<'a> {
    fn new(nodes: &'a [Node], family: &'a Family, direction: Direction, gaps: Gaps) -> Flow<'a> {
        let n = nodes.len();
        Flow {
            nodes,
            family,
            direction,
            gaps,
            size: nodes.iter().map(|node| (node.w, node.h)).collect(),
            head: nodes.iter().map(|node| Rect::sized(0.0, 0.0, node.w, node.h)).collect(),
            local: vec![(0.0, 0.0); n],
            offset: vec![(0.0, 0.0); n],
            extent: vec![(0.0, 0.0); n],
            reach: nodes.iter().map(|node| (0.0, turned(direction, (node.w, node.h)).0)).collect(),
            region: (0..n as u32).collect(),
            placed: vec![Placed::Leaf; n],
            work: 0,
        }
    }

    /// Children are closed: make this node's block, if it is one.
    fn close(&mut self, node: u32) {
        let kids = self.family.children(node);
        let at = node as usize;
        if kids.is_empty() {
            return;
        }
        match self.nodes[at].arrange {
            Arrange::Row => self.row(node, f64::INFINITY),
            Arrange::Panel { columns } => self.panel(node, columns),
            Arrange::Shelves { width } => self.shelve(node, width),
            Arrange::Stacks { columns } => {
                let sizes: Vec<(f64, f64)> =
                    self.close_regions(node).into_iter().map(|size| self.turn(size)).collect();
                let block = stacks(&sizes, columns, self.gaps.sibling);
                self.below(node, &block, Placed::Stacks);
            }
        }
    }

    /// A row whose children are at most so wide.
    fn row(&mut self, node: u32, across: f64) {
        let at = node as usize;
        self.placed[at] = Placed::Row;
        self.reach[at] = match self.family.children(node) {
            [kid] => {
                let (span, own) = self.reach[*kid as usize];
                (span, own.max(self.head_turned(at).0))
            }
            _ => (across.min(self.across(node)), self.head_turned(at).0),
        };
    }

    /// How wide the children can be beside each other.
    fn across(&self, node: u32) -> f64 {
        let kids = self.family.children(node).iter().map(|kid| self.reach[*kid as usize]);
        let across: f64 = kids.map(|(span, own)| span + own + self.gaps.sibling).sum();
        across - self.gaps.sibling
    }

    fn panel(&mut self, node: u32, columns: usize) {
        let sizes = self.close_regions(node);
        let block = grid(&sizes, columns, self.gaps.card);
        let (at, pad) = (node as usize, self.gaps.pad);
        let head = self.nodes[at];
        let w = head.w.max(block.w + 2.0 * pad);
        let inset = (w - block.w) / 2.0;
        for (kid, (x, y)) in self.family.children(node).iter().zip(&block.at) {
            self.offset[*kid as usize] = (x + inset, y + head.h);
        }
        self.head[at] = Rect::sized(0.0, 0.0, w, head.h);
        self.size[at] = (w, head.h + block.h + pad);
        self.reach[at] = (0.0, self.turn(self.size[at]).0);
        self.placed[at] = Placed::Panel;
    }

    fn shelve(&mut self, node: u32, width: f64) {
        if self.across(node) <= width {
            return self.row(node, f64::INFINITY);
        }
        let sizes: Vec<(f64, f64)> =
            self.close_regions(node).into_iter().map(|size| self.turn(size)).collect();
        let across: f64 = sizes.iter().map(|s| s.0 + self.gaps.sibling).sum();
        if across - self.gaps.sibling <= width {
            return self.row(node, across - self.gaps.sibling);
        }
        let block = shelves(&sizes, width, self.gaps.sibling, self.gaps.shelf);
        self.below(node, &block, Placed::Shelves);
    }

    /// A block of children below their parent, or beside it; the block as if the parent were above.
    fn below(&mut self, node: u32, block: &Block, placed: Placed) {
        let at = node as usize;
        let (head_w, head_h) = self.head_turned(at);
        let gutter = self.gaps.gutter;
        // The same room on both sides, so that the parent stands over the middle of its block.
        let w = head_w.max(block.w + 2.0 * gutter);
        let (dx, dy) = ((w - block.w) / 2.0, head_h + self.gaps.level);
        for (kid, (x, y)) in self.family.children(node).iter().zip(&block.at) {
            self.offset[*kid as usize] = self.turn((x + dx, y + dy));
        }
        let (x, y) = self.turn(((w - head_w) / 2.0, 0.0));
        self.head[at] = Rect::sized(x, y, self.nodes[at].w, self.nodes[at].h);
        self.size[at] = self.turn((w, dy + block.h));
        self.reach[at] = (0.0, w);
        self.placed[at] = placed;
    }

    /// Lays each child's subtree as a region and gives their sizes.
    fn close_regions(&mut self, node: u32) -> Vec<(f64, f64)> {
        let family = self.family;
        let sizes = family.children(node).iter().map(|kid| self.close_region(*kid));
        sizes.collect()
    }

    /// Lays the region below `root`: down its rows to leaves and blocks.
    fn close_region(&mut self, root: u32) -> (f64, f64) {
        let at = root as usize;
        if self.placed[at] != Placed::Row {
            self.extent[at] = self.size[at];
            return self.size[at];
        }
        let (members, mut cells) = self.collect(root);
        self.work += tidy(&mut cells, self.gaps.level);
        let box_of = |cell: &Cell| {
            // The gap to the neighbour sat in the width; take it off both sides.
            (cell.x + self.gaps.sibling / 2.0, cell.y, cell.w - self.gaps.sibling, cell.h)
        };
        let mut bounds = Rect::EMPTY;
        for cell in &cells {
            let (x, y, w, h) = box_of(cell);
            bounds = bounds.union(&Rect::sized(x, y, w, h));
        }
        for (member, cell) in members.iter().zip(&cells) {
            let (x, y, ..) = box_of(cell);
            let spot = (x - bounds.x0, y - bounds.y0);
            self.local[*member as usize] = self.turn(spot);
            self.region[*member as usize] = root;
        }
        self.extent[at] = self.turn((bounds.width(), bounds.height()));
        self.extent[at]
    }

    /// The size of a node's own box, turned.
    fn head_turned(&self, at: usize) -> (f64, f64) {
        self.turn((self.nodes[at].w, self.nodes[at].h))
    }

    fn turn(&self, pair: (f64, f64)) -> (f64, f64) {
        turned(self.direction, pair)
    }

    /// The nodes of a region, parents first and siblings together, with their cells.
    fn collect(&self, root: u32) -> (Vec<u32>, Vec<Cell>) {
        let cell = |node: u32| {
            let (w, h) = self.turn(self.size[node as usize]);
            Cell::new(w + self.gaps.sibling, h)
        };
        let mut members = vec![root];
        let mut cells = vec![cell(root)];
        let mut at = 0;
        while at < members.len() {
            let node = members[at];
            if self.placed[node as usize] == Placed::Row {
                let kids = self.family.children(node);
                cells[at].first = members.len() as u32;
                cells[at].count = kids.len() as u32;
                members.extend_from_slice(kids);
                cells.extend(kids.iter().map(|kid| cell(*kid)));
            }
            at += 1;
        }
        (members, cells)
    }

    /// Lays the roots beside each other and resolves every position from the top down.
    fn place(mut self) -> Layout {
        let n = self.nodes.len();
        let mut layout = Layout {
            boxes: vec![Rect::EMPTY; n],
            frames: vec![Rect::EMPTY; n],
            regions: vec![Rect::EMPTY; n],
            ..Layout::default()
        };
        let mut next = 0.0;
        for root in &self.family.roots {
            let (w, h) = self.close_region(*root);
            let along = self.gaps.level + if self.direction == Direction::Down { w } else { h };
            self.offset[*root as usize] =
                if self.direction == Direction::Down { (next, 0.0) } else { (0.0, next) };
            next += along;
        }
        let mut origin = vec![(0.0, 0.0); n];
        for node in &self.family.order {
            self.resolve(*node, &mut origin, &mut layout);
        }
        layout.bounds = layout.frames.iter().fold(Rect::EMPTY, |b, f| b.union(f));
        layout.placed = self.placed;
        layout.work = self.work;
        layout
    }

    /// `origin` of a region root is where its region starts.
    fn resolve(&self, node: u32, origin: &mut [(f64, f64)], layout: &mut Layout) {
        let at = node as usize;
        let root = self.region[at] as usize;
        if root == at {
            let above = self.family.parent[at].map_or((0.0, 0.0), |p| {
                let frame = &layout.frames[p as usize];
                (frame.x0, frame.y0)
            });
            origin[at] = (above.0 + self.offset[at].0, above.1 + self.offset[at].1);
            let (w, h) = self.extent[at];
            layout.regions[at] = Rect::sized(origin[at].0, origin[at].1, w, h);
        }
        let (ox, oy) = origin[root];
        let (x, y) = (ox + self.local[at].0, oy + self.local[at].1);
        let (w, h) = self.size[at];
        layout.frames[at] = Rect::sized(x, y, w, h);
        if root != at {
            layout.regions[at] = layout.frames[at];
        }
        let head = self.head[at];
        layout.boxes[at] = Rect::sized(x + head.x0, y + head.y0, head.width(), head.height());
    }
}

/// Across and along for a root at the top; the same of a root at the left, turned.
fn turned(direction: Direction, (a, b): (f64, f64)) -> (f64, f64) {
    if direction == Direction::Right { (b, a) } else { (a, b) }
}
