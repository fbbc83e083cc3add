//! Land made up where none was surveyed: an outline shared out in the order of a list, each part as large as its
//! weight, neighbours of the list side by side. Never to be taken for a survey; the map says 示意图.

use super::plane::{Point, Ring, area, area_of, bounds, left_of};

/// How far a cut leans from straight, radians: a map, not a table.
const LEAN: f64 = 0.16;
/// Halvings of the search for a cut; to a millionth of the land.
const STEPS: usize = 28;

/// A ground to share out: about `land` square metres, wider than high, with round corners.
pub fn ground(land: f64) -> Ring {
    const CORNERS: usize = 72;
    const WIDE: f64 = 1.45;
    let corner = |at: usize| {
        let turn = at as f64 / CORNERS as f64 * std::f64::consts::TAU;
        let (x, y) = (turn.cos(), turn.sin());
        // A superellipse: fuller than an ellipse, so that corner cells are no slivers.
        [x.signum() * x.abs().powf(0.62) * WIDE, y.signum() * y.abs().powf(0.62)]
    };
    let ring: Ring = (0..CORNERS).map(corner).collect();
    let scale = (land.max(1.0) / area(&ring)).sqrt();
    ring.into_iter().map(|p| [p[0] * scale, p[1] * scale]).collect()
}

/// What of some land lies to the left of the line from a point in a direction.
pub type Cut = dyn Fn(&[Ring], Point, Point) -> Vec<Ring>;

/// The cut of land that is one convex ring.
pub fn convex(land: &[Ring], on: Point, along: Point) -> Vec<Ring> {
    land.iter().map(|ring| left_of(ring, on, along)).filter(|ring| !ring.is_empty()).collect()
}

/// Land shared out by weights: as many parts as weights, in their order, from west to east and north to south.
/// Weights of nothing get a little.
pub fn shared_out(land: &[Ring], weights: &[f64], left: &Cut) -> Vec<Vec<Ring>> {
    let sum: f64 = weights.iter().filter(|one| one.is_finite()).sum();
    let least = if sum > 0.0 { sum / weights.len() as f64 * 0.2 } else { 1.0 };
    let weights: Vec<f64> =
        weights.iter().map(|one| if *one > least { *one } else { least }).collect();
    let mut parts = Vec::with_capacity(weights.len());
    share(land, &weights, 1, left, &mut parts);
    parts
}

fn share(land: &[Ring], weights: &[f64], turn: u32, left: &Cut, parts: &mut Vec<Vec<Ring>>) {
    if weights.len() < 2 {
        parts.extend(weights.iter().map(|_| land.to_vec()));
        return;
    }
    let all: f64 = weights.iter().sum();
    let middle = half(weights, all);
    let first: f64 = weights[..middle].iter().sum();
    let (one, other) = cut(land, first / all, turn, left);
    share(&one, &weights[..middle], turn.wrapping_mul(2), left, parts);
    share(&other, &weights[middle..], turn.wrapping_mul(2).wrapping_add(1), left, parts);
}

/// How many of the first come nearest to half of all, at least one on each side.
fn half(weights: &[f64], all: f64) -> usize {
    let mut sum = 0.0;
    for (at, weight) in weights.iter().enumerate().take(weights.len() - 1) {
        sum += weight;
        if sum * 2.0 >= all {
            // With or without the one that goes over the middle, whichever is nearer.
            let without = sum - weight;
            return if at > 0 && all - 2.0 * without < 2.0 * sum - all { at } else { at + 1 };
        }
    }
    weights.len() - 1
}

/// Cuts land across its longer way so that `part` of it lies to the west or the north.
fn cut(land: &[Ring], part: f64, turn: u32, left: &Cut) -> (Vec<Ring>, Vec<Ring>) {
    let Some([w, s, e, n]) = bounds(land.iter().flatten()) else { return (Vec::new(), Vec::new()) };
    // The same township is the same sketch every time.
    let chance = f64::from(turn.wrapping_mul(2_654_435_761) >> 16) / 65_536.0 - 0.5;
    let lean = 2.0 * LEAN * chance;
    // The first part lies to the left of the line: northward leaves the west, eastward the north.
    let wide = e - w >= n - s;
    let along = if wide { [lean.sin(), lean.cos()] } else { [lean.cos(), lean.sin()] };
    let across = [along[1], -along[0]];
    let far = |p: &Point| p[0] * across[0] + p[1] * across[1];
    let ends = land.iter().flatten().map(far);
    let (mut low, mut high) = ends
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), at| (low.min(at), high.max(at)));
    let wanted = part * area_of(land);
    let to = |at: f64| [across[0] * at, across[1] * at];
    for _ in 0..STEPS {
        let at = (low + high) / 2.0;
        if area_of(&left(land, to(at), along)) < wanted {
            low = at;
        } else {
            high = at;
        }
    }
    (left(land, to(low), along), left(land, to(low), [-along[0], -along[1]]))
}

#[cfg(test)]
mod tests {
    use super::super::plane::middle;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn g7_land_is_shared_by_weight_and_none_is_lost(weights in prop::collection::vec(1.0..40.0f64, 1..60)) {
            let ground = ground(4e7);
            let parts = shared_out(&[ground], &weights, &convex);
            prop_assert_eq!(parts.len(), weights.len());
            let sum: f64 = parts.iter().map(|part| area_of(part)).sum();
            prop_assert!((sum - 4e7).abs() < 4e3, "{sum}");
            let mean = weights.iter().sum::<f64>() / weights.len() as f64;
            let all: f64 = weights.iter().map(|one| one.max(mean * 0.2)).sum();
            for (part, weight) in parts.iter().zip(&weights) {
                let wanted = weight.max(mean * 0.2) / all * 4e7;
                prop_assert!((area_of(part) - wanted).abs() < wanted * 0.02 + 1.0, "{} {}", area_of(part), wanted);
            }
        }
    }

    #[test]
    fn g7_neighbours_of_the_list_lie_near_and_the_first_in_the_north_west() {
        let parts = shared_out(&[ground(4e7)], &[1.0; 30], &convex);
        let away = |a: &[Ring], b: &[Ring]| {
            let (a, b) = (middle(&a[0]), middle(&b[0]));
            (a[0] - b[0]).hypot(a[1] - b[1])
        };
        let width = 4e7f64.sqrt();
        let near: f64 = parts.windows(2).map(|pair| away(&pair[0], &pair[1])).sum::<f64>() / 29.0;
        assert!(near < width * 0.35, "{near} of {width}");
        assert!(middle(&parts[0][0])[0] < 0.0 && middle(&parts[29][0])[0] > 0.0);
        assert_eq!(shared_out(&[ground(1.0)], &[], &convex), Vec::<Vec<Ring>>::new());
        assert!(
            shared_out(&[ground(1e6)], &[0.0, 0.0], &convex).iter().all(|part| area_of(part) > 4e5)
        );
    }
}
