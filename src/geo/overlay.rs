//! Land cut, joined and taken away: polygons laid over each other, by the library i_overlay. In metres or degrees;
//! results are as fine as a thousand-millionth of the width of what is handed in.

use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::float::simplify::SimplifyShape;
use i_overlay::float::single::SingleFloatOverlay;

use super::plane::{Point, Ring};

/// What lies in both.
pub fn both(a: &[Ring], b: &[Ring]) -> Vec<Ring> {
    overlaid(a, b, OverlayRule::Intersect)
}

/// What lies in either.
pub fn either(a: &[Ring], b: &[Ring]) -> Vec<Ring> {
    overlaid(a, b, OverlayRule::Union)
}

/// What lies in the first and not in the second.
pub fn without(a: &[Ring], b: &[Ring]) -> Vec<Ring> {
    overlaid(a, b, OverlayRule::Difference)
}

/// A ring that crosses itself, as rings that do not.
pub fn untangled(ring: &[Point]) -> Vec<Ring> {
    let ring: Ring = ring.to_vec();
    flat(ring.simplify_shape(FillRule::EvenOdd))
}

fn overlaid(a: &[Ring], b: &[Ring], rule: OverlayRule) -> Vec<Ring> {
    let (a, b) = (a.to_vec(), b.to_vec());
    flat(a.overlay(&b, rule, FillRule::EvenOdd))
}

/// Parts and their holes side by side: which is which, an odd number of rings tells.
fn flat(shapes: Vec<Vec<Ring>>) -> Vec<Ring> {
    shapes.into_iter().flatten().filter(|ring| ring.len() >= 3).collect()
}

#[cfg(test)]
mod tests {
    use super::super::plane::area_of;
    use super::*;
    use proptest::prelude::*;

    /// A ring around a point, with a corner in each direction at its own distance.
    fn star(x: f64, y: f64, far: &[f64]) -> Ring {
        let turn = |at: usize| at as f64 / far.len() as f64 * std::f64::consts::TAU;
        let corner =
            |(at, far): (usize, &f64)| [x + far * turn(at).cos(), y + far * turn(at).sin()];
        far.iter().enumerate().map(corner).collect()
    }

    proptest! {
        #[test]
        fn g5_what_is_cut_and_joined_adds_up(
            a in prop::collection::vec(50.0..900.0f64, 3..20), b in prop::collection::vec(50.0..900.0f64, 3..20),
            x in -900.0..900.0f64, y in -900.0..900.0f64,
        ) {
            let (a, b) = ([star(0.0, 0.0, &a)], [star(x, y, &b)]);
            let (one, other) = (area_of(&a), area_of(&b));
            let (both, either, left) = (area_of(&both(&a, &b)), area_of(&either(&a, &b)), area_of(&without(&a, &b)));
            prop_assert!((one + other - both - either).abs() < 1.0, "{one} {other} {both} {either}");
            prop_assert!((left + both - one).abs() < 1.0);
        }
    }

    #[test]
    fn g5_a_bow_becomes_two_rings() {
        let bow = [[0.0, 0.0], [10.0, 10.0], [10.0, 0.0], [0.0, 10.0]];
        let rings = untangled(&bow);
        assert_eq!(rings.len(), 2);
        assert!((area_of(&rings) - 50.0).abs() < 1e-3);
    }
}
