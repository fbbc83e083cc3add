//! From labels to outlines: borders between junctions, each smoothed once and used by both sides.

use std::collections::BTreeMap;

use gangtu::model::Outline;

use super::raster::{HEIGHT, OUTSIDE, Point, Raster, WIDTH, lattice};

/// How far a border may stray from the smoothed line, in metres.
const TOLERANCE: f64 = 7.0;
const SMOOTHINGS: usize = 3;
const STRIDE: usize = WIDTH + 1;

/// One border between two junctions.
struct Arc {
    /// Junctions at both ends; equal where the border is a circle.
    from: usize,
    to: usize,
    left: u16,
    right: u16,
    points: Vec<Point>,
}

/// All borders of the lowest level.
pub struct Borders {
    arcs: Vec<Arc>,
}

impl Borders {
    pub fn of(raster: &Raster) -> Borders {
        let mut walked = vec![[false; 4]; STRIDE * (HEIGHT + 1)];
        let mut arcs = Vec::new();
        for corner in (0..walked.len()).filter(|corner| ways(raster, *corner).len() > 2) {
            for way in ways(raster, corner) {
                if !walked[corner][way] {
                    arcs.push(walk(raster, corner, way, &mut walked));
                }
            }
        }
        Borders { arcs }
    }

    /// The outline of each of `count` regions, counter-clockwise, from the regions of the lowest level.
    pub fn outlines(&self, count: usize, level: impl Fn(usize) -> usize) -> Vec<Outline> {
        let region = |label: u16| (label != OUTSIDE).then(|| level(usize::from(label)));
        let mut around: Vec<BTreeMap<usize, Vec<Point>>> = vec![BTreeMap::new(); count];
        let mut follow: Vec<BTreeMap<usize, usize>> = vec![BTreeMap::new(); count];
        for arc in self.arcs.iter().filter(|arc| region(arc.left) != region(arc.right)) {
            if let Some(region) = region(arc.left) {
                around[region].insert(arc.from, arc.points.clone());
                follow[region].insert(arc.from, arc.to);
            }
            if let Some(region) = region(arc.right) {
                around[region].insert(arc.to, arc.points.iter().rev().copied().collect());
                follow[region].insert(arc.to, arc.from);
            }
        }
        around.iter().zip(&follow).map(|(around, follow)| close(around, follow)).collect()
    }
}

/// Joins a region's borders, which must make one ring.
fn close(around: &BTreeMap<usize, Vec<Point>>, follow: &BTreeMap<usize, usize>) -> Outline {
    let start = *around.keys().next().expect("a region has borders");
    let (mut at, mut used, mut points) = (start, 0, Vec::new());
    loop {
        let border = &around[&at];
        points.extend_from_slice(&border[..border.len() - 1]);
        at = follow[&at];
        used += 1;
        if at == start {
            break;
        }
    }
    assert_eq!(used, around.len(), "a region lies in pieces or has a hole");
    Outline::of(points)
}

/// Directions: east, north, west, south. Labels left and right of a step that way.
fn beside(raster: &Raster, corner: usize, way: usize) -> (u16, u16) {
    let (row, column) = (corner / STRIDE, corner % STRIDE);
    let label = |up: usize, left: usize| {
        let (row, column) = (row.wrapping_sub(up), column.wrapping_sub(left));
        if row < HEIGHT && column < WIDTH { raster.labels[row * WIDTH + column] } else { OUTSIDE }
    };
    let (north_west, north_east) = (label(1, 1), label(1, 0));
    let (south_west, south_east) = (label(0, 1), label(0, 0));
    match way {
        0 => (north_east, south_east),
        1 => (north_west, north_east),
        2 => (south_west, north_west),
        _ => (south_east, south_west),
    }
}

/// Ways that run along a border.
fn ways(raster: &Raster, corner: usize) -> Vec<usize> {
    let border = |way: &usize| {
        let (left, right) = beside(raster, corner, *way);
        left != right
    };
    (0..4).filter(border).collect()
}

fn step(corner: usize, way: usize) -> usize {
    match way {
        0 => corner + 1,
        1 => corner - STRIDE,
        2 => corner - 1,
        _ => corner + STRIDE,
    }
}

/// Follows a border from one junction to the next.
fn walk(raster: &Raster, start: usize, first: usize, walked: &mut [[bool; 4]]) -> Arc {
    let (left, right) = beside(raster, start, first);
    let mut corners = vec![start];
    let (mut at, mut way) = (start, first);
    loop {
        walked[at][way] = true;
        at = step(at, way);
        let back = (way + 2) % 4;
        walked[at][back] = true;
        corners.push(at);
        let ways = ways(raster, at);
        if ways.len() > 2 || at == start {
            break;
        }
        way = ways.into_iter().find(|way| *way != back).expect("a border goes on");
    }
    let points = corners.iter().map(|corner| lattice(corner / STRIDE, corner % STRIDE)).collect();
    Arc { from: start, to: at, left, right, points: thin(&smooth(points)) }
}

/// Takes the stairs out of a border; its ends stay.
fn smooth(mut points: Vec<Point>) -> Vec<Point> {
    for _ in 0..SMOOTHINGS {
        let before = points.clone();
        for at in 1..points.len().saturating_sub(1) {
            for axis in 0..2 {
                let around = before[at - 1][axis] + before[at + 1][axis];
                points[at][axis] = (around + 2.0 * before[at][axis]) / 4.0;
            }
        }
    }
    points
}

/// Drops points that do not matter (Douglas and Peucker), then rounds to whole metres.
fn thin(points: &[Point]) -> Vec<Point> {
    let mut keep = vec![false; points.len()];
    keep[0] = true;
    keep[points.len() - 1] = true;
    mark(points, 0, points.len() - 1, &mut keep);
    let kept = points.iter().zip(keep).filter(|(_, keep)| *keep);
    let mut thin: Vec<Point> = kept.map(|(point, _)| point.map(f64::round)).collect();
    thin.dedup();
    thin
}

fn mark(points: &[Point], first: usize, last: usize, keep: &mut [bool]) {
    let off = |at: usize| from_line(points[at], points[first], points[last]);
    let Some(worst) = (first + 1..last).max_by(|a, b| off(*a).total_cmp(&off(*b))) else { return };
    if off(worst) > TOLERANCE {
        keep[worst] = true;
        mark(points, first, worst, keep);
        mark(points, worst, last, keep);
    }
}

/// Distance of a point from a line, or from its end where the line has no length.
fn from_line(point: Point, a: Point, b: Point) -> f64 {
    let (along, length) = ([b[0] - a[0], b[1] - a[1]], (b[0] - a[0]).hypot(b[1] - a[1]));
    let to = [point[0] - a[0], point[1] - a[1]];
    if length == 0.0 {
        to[0].hypot(to[1])
    } else {
        (along[0] * to[1] - along[1] * to[0]).abs() / length
    }
}
