//! The land nearest to each of some points (Voronoi): what a cell may be taken for where only its middle is known.

use super::plane::{Point, Ring, left_of};
use crate::sorting::Sorting;

/// Points nearer than this are moved apart, metres: otherwise one of them would have no land.
const APART: f64 = 0.5;

/// For each point what of a convex ring lies nearer to it than to any other. Empty for a point so far outside that
/// nothing of the ring is nearest to it.
pub fn voronoi(points: &[Point], within: &[Point]) -> Vec<Ring> {
    let points = apart(points);
    let mut order: Vec<usize> = (0..points.len()).collect();
    let land = |at: usize| {
        let from = points[at];
        let away = |p: &Point| (p[0] - from[0]).hypot(p[1] - from[1]);
        order.arrange(|a, b| away(&points[*a]).total_cmp(&away(&points[*b])));
        let mut ring: Ring = within.to_vec();
        for other in order.iter().filter(|other| **other != at) {
            let to = points[*other];
            // Whoever is twice as far away as the farthest corner cuts nothing off, nor does anybody behind.
            let farthest = ring.iter().map(away).fold(0.0, f64::max);
            if ring.is_empty() || away(&to) > 2.0 * farthest {
                break;
            }
            let middle = [(from[0] + to[0]) / 2.0, (from[1] + to[1]) / 2.0];
            let along = [from[1] - to[1], to[0] - from[0]];
            ring = left_of(&ring, middle, along);
        }
        ring
    };
    (0..points.len()).map(land).collect()
}

/// Each point at a place of its own: those at one place stand around it, so that each has a part of the land.
fn apart(points: &[Point]) -> Vec<Point> {
    let near = |a: &Point, b: &Point| (a[0] - b[0]).hypot(a[1] - b[1]) < APART;
    let mut places: Vec<(Point, Vec<usize>)> = Vec::new();
    for (at, p) in points.iter().enumerate() {
        match places.iter_mut().find(|(place, _)| near(place, p)) {
            Some((_, held)) => held.push(at),
            None => places.push((*p, vec![at])),
        }
    }
    let mut stood = points.to_vec();
    for (place, held) in places.iter().filter(|(_, held)| held.len() > 1) {
        for (nth, at) in held.iter().enumerate() {
            let turn = nth as f64 / held.len() as f64 * std::f64::consts::TAU;
            stood[*at] = [place[0] + APART * turn.cos(), place[1] + APART * turn.sin()];
        }
    }
    stood
}

#[cfg(test)]
mod tests {
    use super::super::plane::{area, inside};
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn g6_land_goes_to_the_nearest_point_and_none_is_lost(
            points in prop::collection::vec((0.0..1e3f64, 0.0..1e3f64), 1..40), x in 0.0..1e3f64, y in 0.0..1e3f64,
        ) {
            let points: Vec<Point> = points.into_iter().map(|(x, y)| [x, y]).collect();
            let within = [[0.0, 0.0], [1e3, 0.0], [1e3, 1e3], [0.0, 1e3]];
            let rings = voronoi(&points, &within);
            let sum: f64 = rings.iter().map(|ring| area(ring)).sum();
            prop_assert!((sum - 1e6).abs() < 1.0, "{sum}");
            let away = |at: usize| (points[at][0] - x).hypot(points[at][1] - y);
            let holder = (0..points.len()).find(|at| inside(std::slice::from_ref(&rings[*at]), [x, y]));
            let nearest = (0..points.len()).map(away).fold(f64::INFINITY, f64::min);
            if let Some(holder) = holder {
                prop_assert!(away(holder) <= nearest + 2.0);
            }
        }
    }

    #[test]
    fn g6_points_at_one_place_share_the_land() {
        let within = [[0.0, 0.0], [100.0, 0.0], [100.0, 100.0], [0.0, 100.0]];
        let rings = voronoi(&[[50.0, 50.0]; 5], &within);
        assert!(rings.iter().all(|ring| area(ring) > 100.0));
    }
}
