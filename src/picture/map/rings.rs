//! What of a border is drawn at which scale, and rings as the map's scene has them. Simplifying is `geo::net`'s.

use crate::picture::scene::Lod;

/// A range of scales and the deviation allowed in it, metres; 0 keeps every corner.
#[derive(Clone, Copy, Debug)]
pub(super) struct Band {
    pub from: f64,
    pub to: f64,
    pub tolerance: f64,
}

impl Band {
    /// The part of the band at or above `from`; empty when there is none.
    pub fn lod(&self, from: f64) -> Lod {
        Lod { from: self.from.max(from) as f32, to: self.to as f32 }
    }
}

/// Deviation allowed on screen, pixels.
const DEVIATION: f64 = 0.7;

/// Up to so many times the scale that fits the whole map on a screen, some screen shows it whole.
pub(super) const ALL_ON_SCREEN: f64 = 1.7;

/// Three bands from the scale that fits the whole map on a screen.
pub(super) fn bands(fit: f64) -> [Band; 3] {
    let band = |from: f64, to: f64| Band {
        from: from * fit,
        to: to * fit,
        tolerance: DEVIATION / (to * fit),
    };
    let full = Band { from: 8.0 * fit, to: f64::INFINITY, tolerance: 0.0 };
    [band(0.0, ALL_ON_SCREEN), band(ALL_ON_SCREEN, 8.0), full]
}

/// Metres from the north-west corner, y down; without a closing repeat or broken corners.
pub(super) fn local(ring: &[[f64; 2]], origin: (f64, f64)) -> Vec<[f64; 2]> {
    let sound = ring.iter().filter(|p| p[0].is_finite() && p[1].is_finite());
    let mut out: Vec<[f64; 2]> = sound.map(|p| [p[0] - origin.0, origin.1 - p[1]]).collect();
    out.dedup();
    if out.len() > 1 && out.first() == out.last() {
        out.pop();
    }
    out
}
