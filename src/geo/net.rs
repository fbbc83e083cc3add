//! Borders as a net of arcs: each corner gets a worth once, so every simplification is a filter and
//! neighbours, villages and their grids keep sharing their borders. Used by the map's levels of detail and by imports.
//!
//! Corners are the same when their coordinates are. Where neighbours do not share corners, each
//! keeps its own line, at most the tolerance apart.

use rustc_hash::{FxHashMap, FxHashSet};

use super::plane::to_segment;

/// All rings of a map over shared corners.
pub struct Net {
    corners: Vec<[f64; 2]>,
    /// Largest deviation at which a corner still counts; infinite where borders meet.
    worth: Vec<f32>,
    rings: Vec<Vec<u32>>,
    arcs: Vec<Arc>,
}

/// A stretch of border between two meeting points, with the ring that had it first.
pub struct Arc {
    pub ring: usize,
    corners: Vec<u32>,
}

impl Net {
    /// Rings in order of rank: a border shared by two belongs to the first.
    pub fn new(rings: &[Vec<[f64; 2]>]) -> Net {
        let mut net =
            Net { corners: Vec::new(), worth: Vec::new(), rings: Vec::new(), arcs: Vec::new() };
        net.number(rings);
        net.meet();
        let mut edges = FxHashSet::default();
        for ring in 0..net.rings.len() {
            net.walk(ring, &mut edges);
        }
        net
    }

    pub fn arcs(&self) -> &[Arc] {
        &self.arcs
    }

    /// A ring with the corners worth more than `tolerance`; empty where nothing is left of it.
    pub fn ring(&self, ring: usize, tolerance: f64) -> Vec<[f64; 2]> {
        let kept = self.keep(&self.rings[ring], tolerance);
        if kept.len() < 3 { Vec::new() } else { kept }
    }

    /// An arc with the corners worth more than `tolerance`.
    pub fn arc(&self, arc: &Arc, tolerance: f64) -> Vec<[f64; 2]> {
        self.keep(&arc.corners, tolerance)
    }

    fn keep(&self, corners: &[u32], tolerance: f64) -> Vec<[f64; 2]> {
        let tolerance = tolerance as f32;
        let worth = |at: &&u32| self.worth[**at as usize] >= tolerance;
        corners.iter().filter(worth).map(|at| self.corners[*at as usize]).collect()
    }

    fn number(&mut self, rings: &[Vec<[f64; 2]>]) {
        let count = rings.iter().map(Vec::len).sum();
        let mut known: FxHashMap<(u64, u64), u32> = FxHashMap::default();
        known.reserve(count);
        for ring in rings {
            let mut number = |p: &[f64; 2]| {
                // −0 and 0 are one place.
                let key = ((p[0] + 0.0).to_bits(), (p[1] + 0.0).to_bits());
                *known.entry(key).or_insert_with(|| {
                    self.corners.push(*p);
                    self.corners.len() as u32 - 1
                })
            };
            let ring = ring.iter().map(&mut number).collect();
            self.rings.push(ring);
        }
        self.worth = vec![f32::NAN; self.corners.len()];
    }

    /// Marks corners with more than two neighbours over all rings.
    fn meet(&mut self) {
        let mut near = vec![[u32::MAX; 2]; self.corners.len()];
        for ring in &self.rings {
            for (at, corner) in ring.iter().enumerate() {
                let next = ring[(at + 1) % ring.len()];
                for (a, b) in [(*corner, next), (next, *corner)] {
                    let near = &mut near[a as usize];
                    if near[0] == b || near[1] == b {
                        continue;
                    }
                    match near.iter_mut().find(|slot| **slot == u32::MAX) {
                        Some(slot) => *slot = b,
                        None => self.worth[a as usize] = f32::INFINITY,
                    }
                }
            }
        }
    }

    /// Cuts a ring at its meeting points and weighs the arcs nobody weighed before.
    fn walk(&mut self, ring: usize, edges: &mut FxHashSet<(u32, u32)>) {
        let corners = std::mem::take(&mut self.rings[ring]);
        if corners.len() >= 3 {
            self.anchor(&corners);
            let first = corners.iter().position(|c| self.worth[*c as usize] == f32::INFINITY);
            let mut arc = Vec::new();
            let turned = corners.iter().cycle().skip(first.unwrap_or(0)).take(corners.len() + 1);
            for corner in turned {
                arc.push(*corner);
                if arc.len() > 1 && self.worth[*corner as usize] == f32::INFINITY {
                    self.weigh(ring, std::mem::replace(&mut arc, vec![*corner]), edges);
                }
            }
        }
        self.rings[ring] = corners;
    }

    /// A ring that meets no other twice is held by its first corner and the one farthest from it.
    fn anchor(&mut self, corners: &[u32]) {
        let held = corners.iter().filter(|c| self.worth[**c as usize] == f32::INFINITY).count();
        if held >= 2 {
            return;
        }
        let from = corners.iter().copied().min().unwrap_or(0);
        let p = self.corners[from as usize];
        let far = |c: &u32| {
            let q = self.corners[*c as usize];
            (q[0] - p[0]).powi(2) + (q[1] - p[1]).powi(2)
        };
        let to = corners.iter().copied().max_by(|a, b| far(a).total_cmp(&far(b)).then(b.cmp(a)));
        self.worth[from as usize] = f32::INFINITY;
        if let Some(to) = to {
            self.worth[to as usize] = f32::INFINITY;
        }
    }

    fn weigh(&mut self, ring: usize, arc: Vec<u32>, edges: &mut FxHashSet<(u32, u32)>) {
        let fresh = if arc.len() > 2 {
            self.worth[arc[1] as usize].is_nan()
        } else {
            edges.insert((arc[0].min(arc[1]), arc[0].max(arc[1])))
        };
        if fresh {
            self.split(&arc);
            self.arcs.push(Arc { ring, corners: arc });
        }
    }

    /// Douglas–Peucker over an arc, giving every corner the deviation at which it would go.
    fn split(&mut self, arc: &[u32]) {
        let mut stack = vec![(0, arc.len() - 1, f64::INFINITY)];
        while let Some((lo, hi, most)) = stack.pop() {
            let (a, b) = (self.corners[arc[lo] as usize], self.corners[arc[hi] as usize]);
            let off = |at: usize| to_segment(self.corners[arc[at] as usize], a, b);
            let Some(far) = (lo + 1..hi).max_by(|x, y| off(*x).total_cmp(&off(*y))) else {
                continue;
            };
            let worth = off(far).sqrt().min(most);
            self.worth[arc[far] as usize] = worth as f32;
            stack.push((lo, far, worth));
            stack.push((far, hi, worth));
        }
    }
}
