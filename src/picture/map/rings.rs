//! Rings per level of detail: snapped to one grid for all cells, so that shared borders stay shared.

use crate::picture::scene::Lod;

/// A range of scales and the grid its rings are snapped to, metres; 0 keeps every corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub from: f64,
    pub to: f64,
    pub step: f64,
}

impl Band {
    /// The part of the band at or above `from`; empty when there is none.
    pub fn lod(&self, from: f64) -> Lod {
        Lod { from: self.from.max(from) as f32, to: self.to as f32 }
    }
}

/// Four bands around the scale that fits the whole map on a screen. A step is at most 1.3 pixels.
pub(super) fn bands(fit: f64) -> [Band; 4] {
    let band = |from: f64, to: f64| Band { from: from * fit, to: to * fit, step: 1.3 / (to * fit) };
    [
        Band { from: 0.0, ..band(0.0, 1.4) },
        band(1.4, 4.0),
        band(4.0, 12.0),
        Band { from: 12.0 * fit, to: f64::INFINITY, step: 0.0 },
    ]
}

/// Metres from the north-west corner, y down; without a closing repeat or broken corners.
pub(super) fn local(ring: &[[f64; 2]], origin: (f64, f64)) -> Vec<[f64; 2]> {
    let sound = ring.iter().filter(|p| p[0].is_finite() && p[1].is_finite());
    let mut out: Vec<[f64; 2]> = sound.map(|p| [p[0] - origin.0, origin.1 - p[1]]).collect();
    if out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}

pub(super) fn narrow(ring: &[[f64; 2]]) -> Vec<[f32; 2]> {
    ring.iter().map(|p| [p[0] as f32, p[1] as f32]).collect()
}

/// Snaps corners to multiples of `step` and drops those that add nothing: repeats, spikes and
/// corners exactly on a line.
///
/// Two rings that shared a border share it afterwards, because a corner's new place depends on
/// nothing but the corner. `step` 0 returns the ring as it is.
pub fn simplify(ring: &[[f64; 2]], step: f64) -> Vec<[f64; 2]> {
    if step <= 0.0 {
        return ring.to_vec();
    }
    let mut out: Vec<[i64; 2]> = Vec::with_capacity(ring.len());
    for p in ring {
        push(&mut out, [(p[0] / step).round() as i64, (p[1] / step).round() as i64]);
    }
    // Close the ends against each other.
    while out.len() >= 3 {
        let n = out.len();
        if idle(out[n - 2], out[n - 1], out[0]) {
            out.pop();
        } else if idle(out[n - 1], out[0], out[1]) {
            out.remove(0);
        } else {
            break;
        }
    }
    if out.len() < 3 {
        return Vec::new();
    }
    out.iter().map(|p| [p[0] as f64 * step, p[1] as f64 * step]).collect()
}

fn push(out: &mut Vec<[i64; 2]>, p: [i64; 2]) {
    while out.len() >= 2 && idle(out[out.len() - 2], out[out.len() - 1], p) {
        out.pop();
    }
    if out.last() != Some(&p) {
        out.push(p);
    }
}

/// Whether `b` between `a` and `c` encloses no area.
fn idle(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> bool {
    (b[0] - a[0]) * (c[1] - b[1]) == (b[1] - a[1]) * (c[0] - b[0])
}

/// Signed area of a ring, square metres.
pub fn outline_area(ring: &[[f64; 2]]) -> f64 {
    let Some(mut before) = ring.last() else { return 0.0 };
    let mut twice = 0.0;
    for p in ring {
        twice += before[0] * p[1] - p[0] * before[1];
        before = p;
    }
    twice / 2.0
}
