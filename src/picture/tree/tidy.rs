//! The tidy row: van der Ploeg's "Drawing non-layered tidy trees in linear time", without recursion.
//!
//! Works on one region: a root and the nodes below it down to the leaves of the region. Columns
//! are x, depth is y; `flow` turns the picture for the left-to-right form.

/// One node of a region, by position in the region; parents stand before children, the children
/// of a node next to each other in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    pub w: f64,
    pub h: f64,
    pub x: f64,
    pub y: f64,
    pub first: u32,
    pub count: u32,
    prelim: f64,
    modifier: f64,
    shift: f64,
    change: f64,
    thread_left: u32,
    thread_right: u32,
    extreme_left: u32,
    extreme_right: u32,
    sum_left: f64,
    sum_right: f64,
}

const NONE: u32 = u32::MAX;

impl Cell {
    /// A node of the region. `w` includes the gap to its neighbour.
    pub fn new(w: f64, h: f64) -> Cell {
        Cell { w, h, thread_left: NONE, thread_right: NONE, ..Cell::default() }
    }

    fn bottom(&self) -> f64 {
        self.y + self.h
    }

    fn last(&self) -> u32 {
        self.first + self.count - 1
    }
}

/// Lowest points of the siblings already placed, the newest first: which of them a new subtree
/// touches at a height.
struct Lows(Vec<(f64, u32)>);

impl Lows {
    fn push(&mut self, low: f64, index: u32) {
        while self.0.last().is_some_and(|(y, _)| low >= *y) {
            self.0.pop();
        }
        self.0.push((low, index));
    }
}

/// Sets `x` and `y` of every cell; the root's top is 0. Returns the contour steps taken.
pub(super) fn tidy(cells: &mut [Cell], level: f64) -> usize {
    let mut work = 0;
    for at in 0..cells.len() {
        let below = cells[at].bottom() + level;
        for child in range(&cells[at]) {
            cells[child].y = below;
        }
    }
    for at in (0..cells.len()).rev() {
        work += gather(cells, at);
    }
    spread(cells);
    work + cells.len()
}

fn range(cell: &Cell) -> std::ops::Range<usize> {
    cell.first as usize..(cell.first + cell.count) as usize
}

/// First walk at one node whose children are done: moves them apart, centres the node.
fn gather(cells: &mut [Cell], at: usize) -> usize {
    if cells[at].count == 0 {
        cells[at].extreme_left = at as u32;
        cells[at].extreme_right = at as u32;
        return 0;
    }
    let mut work = 0;
    let kids = range(&cells[at]);
    let first = kids.start;
    let mut lows = Lows(Vec::new());
    lows.push(cells[cells[first].extreme_left as usize].bottom(), 0);
    for child in kids.skip(1) {
        let low = cells[cells[child].extreme_right as usize].bottom();
        work += separate(cells, first, child, &lows);
        lows.push(low, (child - first) as u32);
    }
    centre(cells, at);
    work
}

/// Centres a node over its children and takes over their outer contours.
fn centre(cells: &mut [Cell], at: usize) {
    let first = &cells[cells[at].first as usize];
    let last = &cells[cells[at].last() as usize];
    let left = first.prelim + first.modifier;
    let right = last.prelim + last.modifier + last.w;
    let (el, sl) = (first.extreme_left, first.sum_left);
    let (er, sr) = (last.extreme_right, last.sum_right);
    let cell = &mut cells[at];
    cell.prelim = (left + right - cell.w) / 2.0;
    (cell.extreme_left, cell.sum_left) = (el, sl);
    (cell.extreme_right, cell.sum_right) = (er, sr);
}

/// Moves subtree `child` right until it clears the siblings before it; walks the right contour of
/// those and the left contour of this one, each only as deep as the shorter.
fn separate(cells: &mut [Cell], first: usize, child: usize, lows: &Lows) -> usize {
    let mut work = 0;
    let mut low = lows.0.len();
    let mut right = child as u32 - 1;
    let mut right_sum = cells[child - 1].modifier;
    let mut left = child as u32;
    let mut left_sum = cells[child].modifier;
    while right != NONE && left != NONE {
        work += 1;
        let (r, l) = (right as usize, left as usize);
        while low > 1 && cells[r].bottom() > lows.0[low - 1].0 {
            low -= 1;
        }
        let apart = right_sum + cells[r].prelim + cells[r].w - left_sum - cells[l].prelim;
        if apart > 0.0 {
            left_sum += apart;
            move_subtree(cells, first, child, lows.0[low - 1].1 as usize, apart);
        }
        let (rb, lb) = (cells[r].bottom(), cells[l].bottom());
        if rb <= lb {
            right = next_right(&cells[r]);
            if right != NONE {
                right_sum += cells[right as usize].modifier;
            }
        }
        if rb >= lb {
            left = next_left(&cells[l]);
            if left != NONE {
                left_sum += cells[left as usize].modifier;
            }
        }
    }
    if right == NONE && left != NONE {
        thread_left(cells, first, child, left, left_sum);
    } else if right != NONE && left == NONE {
        thread_right(cells, child, right, right_sum);
    }
    work
}

fn next_left(cell: &Cell) -> u32 {
    if cell.count == 0 { cell.thread_left } else { cell.first }
}

fn next_right(cell: &Cell) -> u32 {
    if cell.count == 0 { cell.thread_right } else { cell.last() }
}

/// Moves a subtree and gives the siblings between it and `touched` their share of the room.
fn move_subtree(cells: &mut [Cell], first: usize, child: usize, touched: usize, by: f64) {
    cells[child].modifier += by;
    cells[child].sum_left += by;
    cells[child].sum_right += by;
    let index = child - first;
    if touched + 1 != index {
        let share = by / (index - touched) as f64;
        cells[first + touched + 1].shift += share;
        cells[child].shift -= share;
        cells[child].change -= by - share;
    }
}

fn thread_left(cells: &mut [Cell], first: usize, child: usize, to: u32, sum: f64) {
    let from = cells[first].extreme_left as usize;
    let by = sum - cells[to as usize].modifier - cells[first].sum_left;
    cells[from].thread_left = to;
    cells[from].modifier += by;
    cells[from].prelim -= by;
    cells[first].extreme_left = cells[child].extreme_left;
    cells[first].sum_left = cells[child].sum_left;
}

fn thread_right(cells: &mut [Cell], child: usize, to: u32, sum: f64) {
    let from = cells[child].extreme_right as usize;
    let by = sum - cells[to as usize].modifier - cells[child].sum_right;
    cells[from].thread_right = to;
    cells[from].modifier += by;
    cells[from].prelim -= by;
    cells[child].extreme_right = cells[child - 1].extreme_right;
    cells[child].sum_right = cells[child - 1].sum_right;
}

/// Second walk: sums the moves from the root down. `modifier` of a node becomes its absolute sum.
fn spread(cells: &mut [Cell]) {
    for at in 0..cells.len() {
        let sum = cells[at].modifier;
        cells[at].x = cells[at].prelim + sum;
        let (mut d, mut moved) = (0.0, 0.0);
        for child in range(&cells[at]) {
            d += cells[child].shift;
            moved += d + cells[child].change;
            cells[child].modifier += moved + sum;
        }
    }
}
