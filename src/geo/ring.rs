//! Rings as they come out of files: closed, without points that repeat, wound one way, and whether they cross
//! themselves. Knows no file and no map.

use super::datum::Degrees;
use crate::sorting::Sorting;

/// Why a ring is no ring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Broken {
    /// Fewer than three different points.
    TooFew,
    /// Two of its sides cross, near this point.
    Crosses(Degrees),
}

/// The ring open (its last point is not its first), counter-clockwise, each point once in a row.
pub fn cleaned(points: &[Degrees]) -> Result<Vec<Degrees>, Broken> {
    let mut ring: Vec<Degrees> = Vec::with_capacity(points.len());
    for at in points {
        if ring.last() != Some(at) {
            ring.push(*at);
        }
    }
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 || area(&ring) == 0.0 {
        return Err(Broken::TooFew);
    }
    if let Some(at) = crossing(&ring) {
        return Err(Broken::Crosses(at));
    }
    if area(&ring) < 0.0 {
        ring.reverse();
    }
    Ok(ring)
}

/// Twice the signed area: above zero where it runs counter-clockwise with y to the north.
pub fn area(ring: &[Degrees]) -> f64 {
    sides(ring)
        .map(|(a, b)| (a.0 - ring[0].0) * (b.1 - ring[0].1) - (b.0 - ring[0].0) * (a.1 - ring[0].1))
        .sum()
}

fn sides(ring: &[Degrees]) -> impl Iterator<Item = (Degrees, Degrees)> + '_ {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()]))
}

/// Where two sides cross that are no neighbours. Sides are gone through from west to east, so that only those
/// side by side are compared.
pub fn crossing(ring: &[Degrees]) -> Option<Degrees> {
    let all: Vec<(Degrees, Degrees)> = sides(ring).collect();
    let mut order: Vec<usize> = (0..all.len()).collect();
    let west = |at: usize| all[at].0.0.min(all[at].1.0);
    let east = |at: usize| all[at].0.0.max(all[at].1.0);
    order.arrange(|a, b| west(*a).total_cmp(&west(*b)));
    let mut open: Vec<usize> = Vec::new();
    for at in order {
        open.retain(|other| east(*other) >= west(at));
        for other in &open {
            let apart = at.abs_diff(*other);
            let neighbours = apart == 1 || apart == all.len() - 1;
            if !neighbours && cross(all[at], all[*other]) {
                return Some(all[at].0);
            }
        }
        open.push(at);
    }
    None
}

/// Whether two sides have a point in common.
fn cross((a, b): (Degrees, Degrees), (c, d): (Degrees, Degrees)) -> bool {
    let turn = |p: Degrees, q: Degrees, r: Degrees| {
        let turned = (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
        if turned == 0.0 {
            0
        } else if turned > 0.0 {
            1
        } else {
            -1
        }
    };
    let between = |p: Degrees, q: Degrees, r: Degrees| {
        r.0 >= p.0.min(q.0) && r.0 <= p.0.max(q.0) && r.1 >= p.1.min(q.1) && r.1 <= p.1.max(q.1)
    };
    let (abc, abd, cda, cdb) = (turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b));
    if abc * abd < 0 && cda * cdb < 0 {
        return true;
    }
    (abc == 0 && between(a, b, c))
        || (abd == 0 && between(a, b, d))
        || (cda == 0 && between(c, d, a))
        || (cdb == 0 && between(c, d, b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SQUARE: [Degrees; 5] = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];

    #[test]
    fn g3_rings_are_opened_wound_and_rid_of_repeats() {
        let clean = cleaned(&SQUARE).expect("ring");
        assert_eq!(clean, SQUARE[..4]);
        let mut doubled: Vec<Degrees> = SQUARE.iter().flat_map(|at| [*at, *at]).collect();
        assert_eq!(cleaned(&doubled).expect("ring"), SQUARE[..4]);
        doubled.reverse();
        assert!(area(&cleaned(&doubled).expect("ring")) > 0.0);
    }

    #[test]
    fn g3_what_is_no_ring_is_named() {
        assert_eq!(cleaned(&[]), Err(Broken::TooFew));
        assert_eq!(cleaned(&[(1.0, 1.0), (2.0, 2.0), (1.0, 1.0)]), Err(Broken::TooFew));
        assert_eq!(cleaned(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), Err(Broken::TooFew));
        let bow = [(0.0, 0.0), (1.0, 1.0), (1.0, 0.0), (0.0, 1.2)];
        assert!(matches!(cleaned(&bow), Err(Broken::Crosses(_))));
    }

    proptest! {
        /// Points around a middle, each further round than the last: a star crosses nowhere. On a circle, any two
        /// exchanged that lie on other sides of the middle make it cross.
        #[test]
        fn g3_stars_are_rings_and_tangled_stars_are_not(far in prop::collection::vec(1.0..9.0f64, 8..40)) {
            let n = far.len();
            let point = |at: usize, far: f64| {
                let angle = at as f64 / n as f64 * std::f64::consts::TAU;
                (far * angle.cos(), far * angle.sin())
            };
            let star: Vec<Degrees> = (0..n).map(|at| point(at, far[at])).collect();
            prop_assert_eq!(crossing(&star), None);
            let mut tangled: Vec<Degrees> = (0..n).map(|at| point(at, far[0])).collect();
            tangled.swap(0, n / 2);
            prop_assert!(crossing(&tangled).is_some());
        }
    }
}
