//! Polygons on the plane of a township's metres: how large they are, what lies within, what goes around all of it,
//! and cutting what is convex. Cuts and joins nothing else: `overlay` does.

use crate::sorting::Sorting;

/// Metres to the east and to the north.
pub type Point = [f64; 2];

/// A closed ring, its first point not repeated.
pub type Ring = Vec<Point>;

/// Signed area of a ring, square metres; above zero where it runs counter-clockwise.
pub fn area(ring: &[Point]) -> f64 {
    let Some(mut before) = ring.last() else { return 0.0 };
    let mut twice = 0.0;
    for p in ring {
        twice += before[0] * p[1] - p[0] * before[1];
        before = p;
    }
    twice / 2.0
}

/// Square metres that an odd number of rings goes around, for rings that do not cross.
pub fn area_of(rings: &[Ring]) -> f64 {
    let depth = |at: usize| {
        let others = rings.iter().enumerate().filter(|(other, _)| *other != at);
        others.filter(|(_, ring)| lies_in(&rings[at], ring)).count()
    };
    let signed = |at: usize| {
        let one = area(&rings[at]).abs();
        if rings.len() > 1 && depth(at) % 2 == 1 { -one } else { one }
    };
    (0..rings.len()).filter(|at| !rings[*at].is_empty()).map(signed).sum()
}

/// Metres at which a point touches a side.
const TOUCHING: f64 = 1e-6;

/// Whether a ring lies in another that it does not cross. The two may touch: a point where they do says nothing.
pub fn lies_in(inner: &[Point], outer: &[Point]) -> bool {
    apart(inner, outer).next().is_some_and(|at| goes_around(outer.iter(), at))
}

/// How two rings lie to each other. They may touch; what goes through is a crossing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nesting {
    Apart,
    /// The first in the second.
    In,
    /// The first around the second.
    Around,
    Crossing,
}

pub fn nesting(one: &[Point], other: &[Point]) -> Nesting {
    let share = |inner: &[Point], outer: &[Point]| {
        let (mut within, mut without) = (false, false);
        for at in apart(inner, outer) {
            let inside = goes_around(outer.iter(), at);
            (within, without) = (within || inside, without || !inside);
        }
        (within, without)
    };
    let through = sides(one).any(|a| sides(other).any(|b| pass_through(a, b)));
    match (share(one, other), share(other, one)) {
        _ if through => Nesting::Crossing,
        ((false, _), (false, _)) => Nesting::Apart,
        ((true, false), (false, _)) => Nesting::In,
        ((false, _), (true, false)) => Nesting::Around,
        _ => Nesting::Crossing,
    }
}

/// Corners and middles of sides of a ring that do not touch another.
fn apart<'a>(ring: &'a [Point], other: &'a [Point]) -> impl Iterator<Item = Point> + 'a {
    let halfway = sides(ring).map(|(a, b)| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0]);
    let touches =
        |at: &Point| sides(other).any(|(a, b)| to_segment(*at, a, b) <= TOUCHING * TOUCHING);
    ring.iter().copied().chain(halfway).filter(move |at| !touches(at))
}

fn sides(ring: &[Point]) -> impl Iterator<Item = (Point, Point)> {
    (0..ring.len()).map(|n| (ring[n], ring[(n + 1) % ring.len()]))
}

/// Whether two sides cross in the middle of both.
fn pass_through((a, b): (Point, Point), (c, d): (Point, Point)) -> bool {
    let turn = |p: Point, q: Point, r: Point| {
        (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
    };
    turn(a, b, c) * turn(a, b, d) < 0.0
        && turn(c, d, a) * turn(c, d, b) < 0.0
        && [a, b].iter().all(|at| to_segment(*at, c, d) > TOUCHING * TOUCHING)
        && [c, d].iter().all(|at| to_segment(*at, a, b) > TOUCHING * TOUCHING)
}

/// Whether an odd number of rings goes around a point.
pub fn inside(rings: &[Ring], at: Point) -> bool {
    rings.iter().fold(false, |odd, ring| odd ^ goes_around(ring.iter(), at))
}

/// Whether a ring, as its points one by one, goes around a point.
pub fn goes_around<'a>(
    ring: impl DoubleEndedIterator<Item = &'a Point> + Clone,
    at: Point,
) -> bool {
    let Some(mut before) = ring.clone().next_back() else { return false };
    let mut odd = false;
    for p in ring {
        if (p[1] > at[1]) != (before[1] > at[1]) {
            let x = (before[0] - p[0]) * (at[1] - p[1]) / (before[1] - p[1]) + p[0];
            odd ^= at[0] < x;
        }
        before = p;
    }
    odd
}

/// The middle of the land in a ring; of one without land, of its corners.
pub fn middle(ring: &[Point]) -> Point {
    let twice = area(ring) * 2.0;
    if twice == 0.0 || !twice.is_finite() {
        let n = ring.len().max(1) as f64;
        let sum = ring.iter().fold([0.0, 0.0], |sum, p| [sum[0] + p[0], sum[1] + p[1]]);
        return [sum[0] / n, sum[1] / n];
    }
    // Around the first corner: far from the origin the products would lose digits.
    let from = ring[0];
    let mut sum = [0.0, 0.0];
    for (at, p) in ring.iter().enumerate() {
        let q = ring[(at + 1) % ring.len()];
        let (a, b) = ([p[0] - from[0], p[1] - from[1]], [q[0] - from[0], q[1] - from[1]]);
        let cross = a[0] * b[1] - b[0] * a[1];
        sum = [sum[0] + (a[0] + b[0]) * cross, sum[1] + (a[1] + b[1]) * cross];
    }
    [from[0] + sum[0] / (3.0 * twice), from[1] + sum[1] / (3.0 * twice)]
}

/// The ring around the most land.
pub fn largest(rings: &[Ring]) -> Option<&Ring> {
    rings.iter().max_by(|a, b| area(a).abs().total_cmp(&area(b).abs()))
}

/// West, south, east and north ends; nothing where there is no point.
pub fn bounds<'a>(points: impl Iterator<Item = &'a Point>) -> Option<[f64; 4]> {
    points.fold(None, |known, p| {
        let [w, s, e, n] = known.unwrap_or([p[0], p[1], p[0], p[1]]);
        Some([w.min(p[0]), s.min(p[1]), e.max(p[0]), n.max(p[1])])
    })
}

/// The convex ring around all points, counter-clockwise; fewer than three corners where they lie in a line.
pub fn hull(points: &[Point]) -> Ring {
    let mut points = points.to_vec();
    points.arrange(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    points.dedup();
    let turns = |a: Point, b: Point, c: Point| {
        (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]) > 0.0
    };
    let half = |points: &mut dyn Iterator<Item = Point>| {
        let mut half: Ring = Vec::new();
        for p in points {
            while half.len() > 1 && !turns(half[half.len() - 2], half[half.len() - 1], p) {
                half.pop();
            }
            half.push(p);
        }
        half.pop();
        half
    };
    let mut ring = half(&mut points.iter().copied());
    ring.extend(half(&mut points.iter().rev().copied()));
    ring
}

/// What of a convex ring lies to the left of the line from `on` in the direction `along`.
pub fn left_of(ring: &[Point], on: Point, along: Point) -> Ring {
    let side = |p: &Point| along[0] * (p[1] - on[1]) - along[1] * (p[0] - on[0]);
    let mut kept = Vec::with_capacity(ring.len() + 1);
    for (at, p) in ring.iter().enumerate() {
        let q = &ring[(at + 1) % ring.len()];
        let (a, b) = (side(p), side(q));
        if a >= 0.0 {
            kept.push(*p);
        }
        if (a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0) {
            let t = a / (a - b);
            kept.push([p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t]);
        }
    }
    if kept.len() < 3 { Vec::new() } else { kept }
}

/// Squared distance to a segment.
pub fn to_segment(p: Point, a: Point, b: Point) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn square(x: f64, y: f64, side: f64) -> Ring {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    }

    #[test]
    fn g12_a_hole_that_touches_the_border_is_a_hole() {
        let outer = vec![[0.0, 0.0], [9.0, 0.0], [9.0, 9.0], [4.0, 9.0], [0.0, 9.0]];
        for hole in
            [vec![[4.0, 9.0], [3.0, 5.0], [5.0, 5.0]], vec![[0.0, 0.0], [3.0, 2.0], [2.0, 3.0]]]
        {
            assert!(lies_in(&hole, &outer) && !lies_in(&outer, &hole));
            let land = area(&outer).abs() - area(&hole).abs();
            assert!((area_of(&[outer.clone(), hole.clone()]) - land).abs() < 1e-9);
            assert!((area_of(&[hole, outer.clone()]) - land).abs() < 1e-9);
        }
        let through = vec![[8.0, 1.0], [12.0, 1.0], [12.0, 3.0], [8.0, 3.0]];
        assert_eq!(nesting(&outer, &through), Nesting::Crossing);
        assert_eq!(nesting(&[[4.0, 9.0], [3.0, 5.0], [5.0, 5.0]], &outer), Nesting::In);
        assert_eq!(nesting(&outer, &[[4.0, 9.0], [3.0, 5.0], [5.0, 5.0]]), Nesting::Around);
        assert_eq!(nesting(&outer, &[[9.0, 0.0], [12.0, 0.0], [9.0, 3.0]]), Nesting::Apart);
        let beside = vec![[9.0, 0.0], [12.0, 0.0], [9.0, 3.0]];
        assert!(!lies_in(&beside, &outer) && !lies_in(&outer, &beside));
    }

    #[test]
    fn g2_land_is_measured_with_its_holes_and_parts() {
        let rings = [square(0.0, 0.0, 10.0), square(2.0, 2.0, 4.0), square(20.0, 0.0, 3.0)];
        assert!((area_of(&rings) - (100.0 - 16.0 + 9.0)).abs() < 1e-9);
        assert!(inside(&rings, [1.0, 1.0]) && !inside(&rings, [3.0, 3.0]));
        assert!(inside(&rings, [21.0, 1.0]) && !inside(&rings, [15.0, 1.0]));
        let far = square(500_000.0, 3_300_000.0, 8.0);
        let [x, y] = middle(&far);
        assert!((x - 500_004.0).abs() < 1e-6 && (y - 3_300_004.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn g2_a_hull_is_convex_and_holds_its_points(points in prop::collection::vec((-9e3..9e3f64, -9e3..9e3f64), 3..40)) {
            let points: Vec<Point> = points.into_iter().map(|(x, y)| [x, y]).collect();
            let hull = hull(&points);
            prop_assert!(hull.len() >= 3 && area(&hull) > 0.0);
            for p in &points {
                for at in 0..hull.len() {
                    let (a, b) = (hull[at], hull[(at + 1) % hull.len()]);
                    let side = (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0]);
                    prop_assert!(side >= -1e-3);
                }
            }
        }

        #[test]
        fn g2_a_line_cuts_land_in_two_and_loses_none(x in 1.0..9.0f64, y in 1.0..9.0f64, turn in 0.0..6.0f64) {
            let ring = square(0.0, 0.0, 10.0);
            let along = [turn.cos(), turn.sin()];
            let (one, other) = (left_of(&ring, [x, y], along), left_of(&ring, [x, y], [-along[0], -along[1]]));
            prop_assert!((area(&one) + area(&other) - 100.0).abs() < 1e-6);
        }
    }
}
