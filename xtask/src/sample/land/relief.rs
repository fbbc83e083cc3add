//! Smooth noise: bends straight borders into ones that look grown. Knows nothing of townships.

use super::super::dice::Dice;
use super::raster::Point;

const SIDE: usize = 64;

/// Two independent fields of noise over the plane.
pub struct Relief {
    across: Vec<f64>,
    along: Vec<f64>,
    /// Phases of the outline's waves.
    pub phases: [f64; 5],
}

impl Relief {
    pub fn new(seed: u64) -> Relief {
        let mut dice = Dice::new(seed);
        let mut field = || (0..SIDE * SIDE).map(|_| dice.real() * 2.0 - 1.0).collect();
        let (across, along) = (field(), field());
        let phases = std::array::from_fn(|_| dice.real() * std::f64::consts::TAU);
        Relief { across, along, phases }
    }

    /// Where a point lies once the plane is bent: long bends, shorter and short ones.
    pub fn bend(&self, [x, y]: Point) -> Point {
        let shift = |field: &[f64]| {
            220.0 * smooth(field, x / 1_150.0, y / 1_150.0)
                + 105.0 * smooth(field, x / 410.0 + 17.3, y / 410.0 + 5.1)
                + 30.0 * smooth(field, x / 165.0 + 3.7, y / 165.0 + 29.9)
        };
        [x + shift(&self.across), y + shift(&self.along)]
    }
}

/// Noise between lattice points, eased so that no lattice shows.
fn smooth(field: &[f64], x: f64, y: f64) -> f64 {
    let (left, top) = (x.floor(), y.floor());
    let ease = |part: f64| part * part * (3.0 - 2.0 * part);
    let (right_share, down_share) = (ease(x - left), ease(y - top));
    let at = |across: f64, down: f64| {
        let wrap = |number: f64| (number as i64).rem_euclid(SIDE as i64) as usize;
        field[wrap(top + down) * SIDE + wrap(left + across)]
    };
    let mix = |from: f64, to: f64, share: f64| from + (to - from) * share;
    mix(
        mix(at(0.0, 0.0), at(1.0, 0.0), right_share),
        mix(at(0.0, 1.0), at(1.0, 1.0), right_share),
        down_share,
    )
}
