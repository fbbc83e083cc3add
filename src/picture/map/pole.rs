//! The pole of inaccessibility for a box: where in a polygon a label of given shape can be largest
//! (after Mapbox's polylabel: cells in a heap, best possible first; distances are those of boxes).

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Where the middle of a ring's land has so much of the room that any place could have, nothing better is looked for:
/// most cells are compact, and a name in the middle reads calmly.
const COMPACT: f64 = 0.6;

/// The middle of a ring's land where a box has much of the room there that it has anywhere, else the pole.
pub fn spot(ring: &[[f64; 2]], half: [f64; 2], precision: f64) -> [f64; 2] {
    let ring = in_boxes(ring, half);
    let (lo, hi) = around(&ring);
    // No box is larger than what is around the ring.
    let most = (hi[0] - lo[0]).min(hi[1] - lo[1]) / 2.0;
    let middle = if ring.len() < 3 { [f64::NAN; 2] } else { centroid(&ring) };
    let at = match distance(middle, &ring) {
        k if k >= COMPACT * most && k > 0.0 => middle,
        _ => square(&ring, precision).0,
    };
    [at[0] * half[0], at[1] * half[1]]
}

/// Where in a ring the largest box of half sides `half` × k stands, and that k, to within `precision`.
pub fn pole(ring: &[[f64; 2]], half: [f64; 2], precision: f64) -> ([f64; 2], f64) {
    let (at, k) = square(&in_boxes(ring, half), precision);
    ([at[0] * half[0], at[1] * half[1]], k)
}

/// The k of the largest such box around a given point; negative outside the ring.
pub fn room(ring: &[[f64; 2]], at: [f64; 2], half: [f64; 2]) -> f64 {
    distance([at[0] / half[0], at[1] / half[1]], &in_boxes(ring, half))
}

/// In units of the box it is a square, and its k the distance to the border.
fn in_boxes(ring: &[[f64; 2]], half: [f64; 2]) -> Vec<[f64; 2]> {
    ring.iter().map(|p| [p[0] / half[0], p[1] / half[1]]).collect()
}

fn around(ring: &[[f64; 2]]) -> ([f64; 2], [f64; 2]) {
    let (mut lo, mut hi) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for p in ring {
        for axis in 0..2 {
            lo[axis] = lo[axis].min(p[axis]);
            hi[axis] = hi[axis].max(p[axis]);
        }
    }
    (lo, hi)
}

/// The middle of a ring's land.
fn centroid(ring: &[[f64; 2]]) -> [f64; 2] {
    let [x0, y0] = ring[0];
    let (mut twice, mut sum) = (0.0, [0.0; 2]);
    let mut a = ring[ring.len() - 1];
    for b in ring {
        let [ax, ay, bx, by] = [a[0] - x0, a[1] - y0, b[0] - x0, b[1] - y0];
        let cross = ax * by - bx * ay;
        twice += cross;
        sum = [sum[0] + (ax + bx) * cross, sum[1] + (ay + by) * cross];
        a = *b;
    }
    [x0 + sum[0] / (3.0 * twice), y0 + sum[1] / (3.0 * twice)]
}

fn square(ring: &[[f64; 2]], precision: f64) -> ([f64; 2], f64) {
    let (lo, hi) = around(ring);
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
        Spot { at, half, distance, most: distance + half }
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

/// Half the side of the largest square around `at` that no border enters; negative outside.
fn distance(at: [f64; 2], ring: &[[f64; 2]]) -> f64 {
    let Some(end) = ring.last() else { return f64::NEG_INFINITY };
    let mut inside = false;
    let mut least = f64::INFINITY;
    let mut a = [end[0] - at[0], end[1] - at[1]];
    for b in ring {
        let b = [b[0] - at[0], b[1] - at[1]];
        if (b[1] > 0.0) != (a[1] > 0.0) {
            inside ^= 0.0 < (a[0] - b[0]) * -b[1] / (a[1] - b[1]) + b[0];
        }
        let beyond = |x: f64, y: f64| x.min(y) >= least || x.max(y) <= -least;
        if !beyond(a[0], b[0]) && !beyond(a[1], b[1]) {
            least = least.min(reach(a, b));
        }
        a = b;
    }
    if inside { least } else { -least }
}

/// Half the side of the square around the origin that touches a segment: found at one of its ends or
/// where it crosses a diagonal.
fn reach(a: [f64; 2], b: [f64; 2]) -> f64 {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let at = |u: f64| (a[0] + u * dx).abs().max((a[1] + u * dy).abs());
    let mut least = at(0.0).min(at(1.0));
    for (over, under) in [(a[1] - a[0], dx - dy), (-a[0] - a[1], dx + dy)] {
        let u = over / under;
        if (0.0..=1.0).contains(&u) {
            least = least.min(at(u));
        }
    }
    least
}
