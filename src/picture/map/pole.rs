//! The pole of inaccessibility: the point of a polygon farthest from its border, where a label has
//! the most room (after Mapbox's polylabel: cells in a heap, best possible first).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// The pole of a ring and its distance to the border, to within `precision`.
pub fn pole(ring: &[[f64; 2]], precision: f64) -> ([f64; 2], f64) {
    let (mut lo, mut hi) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for p in ring {
        for axis in 0..2 {
            lo[axis] = lo[axis].min(p[axis]);
            hi[axis] = hi[axis].max(p[axis]);
        }
    }
    let size = (hi[0] - lo[0]).min(hi[1] - lo[1]);
    if ring.len() < 3 || size <= 0.0 || !size.is_finite() {
        return (ring.first().copied().unwrap_or_default(), 0.0);
    }
    let middle = [(lo[0] + hi[0]) / 2.0, (lo[1] + hi[1]) / 2.0];
    let mut best = Spot::new(middle, 0.0, ring);
    let mut heap = cover(lo, hi, size / 2.0, ring);
    let mut left = 600;
    while let Some(spot) = heap.pop() {
        if spot.distance > best.distance {
            best = spot;
        }
        left -= 1;
        if spot.most - best.distance <= precision || left == 0 {
            break;
        }
        let h = spot.half / 2.0;
        for (dx, dy) in [(-h, -h), (h, -h), (-h, h), (h, h)] {
            heap.push(Spot::new([spot.at[0] + dx, spot.at[1] + dy], h, ring));
        }
    }
    (best.at, best.distance.max(0.0))
}

/// Squares of half side `half` over the whole box.
fn cover(lo: [f64; 2], hi: [f64; 2], half: f64, ring: &[[f64; 2]]) -> BinaryHeap<Spot> {
    let count = |axis: usize| (((hi[axis] - lo[axis]) / (2.0 * half)).ceil() as usize).min(64);
    let mut heap = BinaryHeap::new();
    for column in 0..count(0) {
        for row in 0..count(1) {
            let at = [lo[0] + (2 * column + 1) as f64 * half, lo[1] + (2 * row + 1) as f64 * half];
            heap.push(Spot::new(at, half, ring));
        }
    }
    heap
}

#[derive(Clone, Copy)]
struct Spot {
    at: [f64; 2],
    half: f64,
    /// Signed distance to the border, positive inside.
    distance: f64,
    /// The best any point of the square could have.
    most: f64,
}

impl Spot {
    fn new(at: [f64; 2], half: f64, ring: &[[f64; 2]]) -> Spot {
        let distance = distance(at, ring);
        Spot { at, half, distance, most: distance + half * std::f64::consts::SQRT_2 }
    }
}

impl Ord for Spot {
    fn cmp(&self, other: &Spot) -> Ordering {
        self.most.total_cmp(&other.most)
    }
}

impl PartialOrd for Spot {
    fn partial_cmp(&self, other: &Spot) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Spot {
    fn eq(&self, other: &Spot) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Spot {}

fn distance(at: [f64; 2], ring: &[[f64; 2]]) -> f64 {
    let mut inside = false;
    let mut least = f64::INFINITY;
    let mut a = ring[ring.len() - 1];
    for &b in ring {
        if (b[1] > at[1]) != (a[1] > at[1]) {
            let cut = (a[0] - b[0]) * (at[1] - b[1]) / (a[1] - b[1]) + b[0];
            inside ^= at[0] < cut;
        }
        least = least.min(to_segment(at, a, b));
        a = b;
    }
    if inside { least.sqrt() } else { -least.sqrt() }
}

/// Squared distance to a segment.
pub(super) fn to_segment(p: [f64; 2], a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        (((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length).clamp(0.0, 1.0)
    } else {
        0.0
    };
    let (x, y) = (p[0] - a[0] - along * dx, p[1] - a[1] - along * dy);
    x * x + y * y
}
