//! Land around points: cells of which only a place is known get what lies nearest to it (Voronoi), within the border
//! of their village where that is known.

use super::plan::Line;
use crate::geo::overlay::both;
use crate::geo::plane::{Point, Ring, bounds, hull, middle};
use crate::geo::voronoi::voronoi;
use crate::model::RecordId;

/// Around points without a border, in parts of their spread, and at least so many metres.
const MARGIN: f64 = 0.2;
const LEAST: f64 = 300.0;

/// Gives land to the lines that have a point and none; `border` is that of a village.
pub(super) fn give_land(lines: &mut [Line], border: &dyn Fn(&RecordId) -> Vec<Ring>) {
    let mut groups: Vec<(Option<RecordId>, Vec<usize>)> = Vec::new();
    for (at, line) in
        lines.iter().enumerate().filter(|(_, line)| line.point.is_some() && line.rings.is_empty())
    {
        // Villages themselves, and cells of villages without a border, share one ground.
        let village =
            line.village().filter(|village| !border(village).is_empty() && !line.is_village());
        match groups.iter_mut().find(|(of, _)| *of == village) {
            Some((_, held)) => held.push(at),
            None => groups.push((village, vec![at])),
        }
    }
    for (village, held) in groups {
        let points: Vec<Point> = held.iter().filter_map(|at| lines[*at].point).collect();
        let within = village.as_ref().map_or_else(Vec::new, border);
        let ground = match bounds(within.iter().flatten()) {
            Some([w, s, e, n]) => vec![[w, s], [e, s], [e, n], [w, n]],
            None => around(&points),
        };
        for (at, land) in held.into_iter().zip(voronoi(&points, &ground)) {
            lines[at].rings = match within.is_empty() {
                true => vec![land],
                false => both(&[land], &within),
            };
            lines[at].rings.retain(|ring| ring.len() >= 3);
        }
    }
}

/// A ground for points without a border: what goes around them, and a margin.
fn around(points: &[Point]) -> Ring {
    let spread = bounds(points.iter()).map_or(0.0, |[w, s, e, n]| (e - w).hypot(n - s));
    let margin = (spread * MARGIN / 2.0).max(LEAST);
    let center = middle(&hull(points));
    // Eight points around each: the hull of all of them has round corners.
    let turned = |p: &Point| {
        let p = *p;
        (0..8).map(move |at| {
            let turn = f64::from(at) / 8.0 * std::f64::consts::TAU;
            [p[0] + margin * turn.cos(), p[1] + margin * turn.sin()]
        })
    };
    let all: Vec<Point> = points.iter().flat_map(turned).chain([center]).collect();
    hull(&all)
}
