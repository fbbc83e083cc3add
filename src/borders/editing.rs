//! Borders changed by hand: corners moved, put in and taken out, cells split and joined. Corners that meet are one corner,
//! so neighbours and what lies above keep their common borders and no gaps open. Draws nothing and writes a draft only.

use rustc_hash::{FxHashMap, FxHashSet};
use std::fmt;

use crate::geo::plane::{
    Nesting, Point, Ring, area, goes_around, inside, lies_in, nesting, to_segment,
};
use crate::geo::ring::crossing;
use crate::sorting::Sorting;

/// Corners nearer than this are one; a corner so near to a side lies on it. Metres.
pub(super) const SAME: f64 = 0.05;

/// A place whose borders are on the table, by its number.
pub type PlaceNo = usize;
pub type Corner = usize;

/// Why something cannot be done; nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotEdit {
    /// A border would cross itself or another of its place.
    Crosses,
    /// Fewer than three corners would be left.
    TooFew,
    /// The line does not go through the place from border to border.
    NotThrough,
    /// The two have no border in common.
    Apart,
    /// Several borders meet in the corner: it cannot go.
    Meets,
    /// What was drawn belongs to others or lies outside.
    NoLand,
    /// No such corner, side or place.
    Gone,
}

impl fmt::Display for CannotEdit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CannotEdit::Crosses => "这样边界会自己穿过自己，没有改动。请换个位置。",
            CannotEdit::TooFew => "再少就围不成一块地了，没有改动。",
            CannotEdit::NotThrough => "划分线要从边界画到边界，中间在这块地里。没有改动，请重画。",
            CannotEdit::Apart => "这两块不相邻，不能合并。没有改动。",
            CannotEdit::Meets => "这个拐点上有几条边界相接，不能去掉。没有改动。",
            CannotEdit::NoLand => {
                "画的地方已经属于别的村或网格，或者在上一级边界外面。没有改动，请在空白处重画。"
            }
            CannotEdit::Gone => "选的位置已经变了，没有改动。请重新选。",
        })
    }
}

/// How a ring lies: which way it runs, and how to each other ring of its place.
#[derive(PartialEq)]
struct Stand {
    turns: bool,
    beside: Vec<Nesting>,
}

/// All borders on the table.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    corners: Vec<Point>,
    /// By place: its rings as corners.
    places: Vec<Vec<Vec<Corner>>>,
}

impl Table {
    /// Borders as they are stored: corners at one place become one, and those that lie on another's side become a
    /// corner of it.
    pub fn of(outlines: &[Vec<Ring>]) -> Table {
        let mut table = Table::default();
        let mut known: FxHashMap<(i64, i64), Vec<Corner>> = FxHashMap::default();
        for rings in outlines {
            let rings = rings.iter().map(|ring| {
                let mut numbers: Vec<Corner> =
                    ring.iter().map(|at| table.number(*at, &mut known)).collect();
                numbers.dedup();
                if numbers.len() > 1 && numbers.first() == numbers.last() {
                    numbers.pop();
                }
                numbers
            });
            let rings: Vec<Vec<Corner>> = rings.filter(|ring| ring.len() >= 3).collect();
            table.places.push(rings);
        }
        table.meet();
        table
    }

    fn number(&mut self, at: Point, known: &mut FxHashMap<(i64, i64), Vec<Corner>>) -> Corner {
        let cell = |v: f64| (v / SAME).floor() as i64;
        let (x, y) = (cell(at[0]), cell(at[1]));
        for dx in -1..=1 {
            for dy in -1..=1 {
                let near = known.get(&(x + dx, y + dy)).into_iter().flatten();
                for corner in near {
                    let p = self.corners[*corner];
                    if (p[0] - at[0]).hypot(p[1] - at[1]) <= SAME {
                        return *corner;
                    }
                }
            }
        }
        self.corners.push(at);
        known.entry((x, y)).or_default().push(self.corners.len() - 1);
        self.corners.len() - 1
    }

    /// Corners that lie on a side of another ring become part of it.
    fn meet(&mut self) {
        let mut used: Vec<Corner> = self.places.iter().flatten().flatten().copied().collect();
        used.arrange(Ord::cmp);
        used.dedup();
        used.arrange(|a, b| self.corners[*a][0].total_cmp(&self.corners[*b][0]));
        let corners = &self.corners;
        for ring in self.places.iter_mut().flatten() {
            let mut met: Vec<Corner> = Vec::with_capacity(ring.len());
            for (at, a) in ring.iter().enumerate() {
                let b = ring[(at + 1) % ring.len()];
                met.push(*a);
                let (p, q) = (corners[*a], corners[b]);
                let (west, east) = (p[0].min(q[0]) - SAME, p[0].max(q[0]) + SAME);
                let from = used.partition_point(|corner| corners[*corner][0] < west);
                let near = used[from..].iter().take_while(|corner| corners[**corner][0] <= east);
                let on = |corner: &&Corner| {
                    **corner != *a
                        && **corner != b
                        && to_segment(corners[**corner], p, q) <= SAME * SAME
                };
                let mut between: Vec<Corner> = near.filter(on).copied().collect();
                let along = |corner: &Corner| {
                    let r = corners[*corner];
                    (r[0] - p[0]).hypot(r[1] - p[1])
                };
                between.arrange(|a, b| along(a).total_cmp(&along(b)));
                met.extend(between);
            }
            met.dedup();
            *ring = met;
        }
    }

    /// The borders of a place as they are stored.
    pub fn rings(&self, place: PlaceNo) -> Vec<Ring> {
        let ring = |ring: &Vec<Corner>| ring.iter().map(|corner| self.corners[*corner]).collect();
        self.places.get(place).map(|rings| rings.iter().map(ring).collect()).unwrap_or_default()
    }

    /// The points of a place ring by ring, borrowed.
    fn ways(
        &self,
        place: PlaceNo,
    ) -> impl Iterator<Item = impl DoubleEndedIterator<Item = &Point> + Clone> {
        self.corners(place).iter().map(|ring| ring.iter().map(|corner| &self.corners[*corner]))
    }

    /// All points of a place.
    pub fn points_of(&self, place: PlaceNo) -> impl Iterator<Item = &Point> {
        self.ways(place).flatten()
    }

    /// Whether a place's land is around a point.
    pub fn lies_around(&self, place: PlaceNo, at: Point) -> bool {
        self.ways(place).fold(false, |odd, ring| odd ^ goes_around(ring, at))
    }

    /// Whether a place's borders are these.
    pub fn lies_as(&self, place: PlaceNo, rings: &[Ring]) -> bool {
        self.corners(place).len() == rings.len()
            && self.ways(place).zip(rings).all(|(own, ring)| own.eq(ring))
    }

    /// Whether a place has the same borders on another table.
    pub fn lies_alike(&self, place: PlaceNo, other: &Table) -> bool {
        self.corners(place).len() == other.corners(place).len()
            && self.ways(place).zip(other.ways(place)).all(|(own, ring)| own.eq(ring))
    }

    /// The corner nearest to a point, no farther than so many metres.
    pub fn corner_at(&self, at: Point, within: f64) -> Option<Corner> {
        self.nearest_corner(at, within, &|_| true)
    }

    fn nearest_corner(
        &self,
        at: Point,
        within: f64,
        fits: &dyn Fn(&Corner) -> bool,
    ) -> Option<Corner> {
        let mut best: Option<(f64, Corner)> = None;
        for corner in self.places.iter().flatten().flatten().filter(|corner| fits(corner)) {
            let p = self.corners[*corner];
            let far = (p[0] - at[0]).hypot(p[1] - at[1]);
            if far <= within && best.is_none_or(|(least, _)| far < least) {
                best = Some((far, *corner));
            }
        }
        best.map(|(_, corner)| corner)
    }

    pub fn place_of_corner(&self, corner: Corner) -> Option<Point> {
        self.corners.get(corner).copied()
    }

    /// Moves a corner for everybody who has it. Moved onto another corner the two stay apart.
    pub fn move_corner(&mut self, corner: Corner, to: Point) -> Result<(), CannotEdit> {
        let before = *self.corners.get(corner).ok_or(CannotEdit::Gone)?;
        let holders = self.holders(corner);
        if holders.is_empty() {
            return Err(CannotEdit::Gone);
        }
        let stands = self.stands(&holders);
        self.corners[corner] = to;
        if self.are_sound(&holders, &stands) {
            return Ok(());
        }
        self.corners[corner] = before;
        Err(CannotEdit::Crosses)
    }

    /// Moves a corner so that it meets what is near: another corner and becomes one with it, or a side and becomes a
    /// corner of it. Where nothing is near it only moves. Gives back what it is then.
    pub fn snap_corner(
        &mut self,
        corner: Corner,
        to: Point,
        within: f64,
    ) -> Result<Corner, CannotEdit> {
        let before = self.clone();
        let beside = self.neighbours(corner);
        let free = |other: &Corner| *other != corner && !beside.contains(other);
        let done = match self.nearest_corner(to, within, &free) {
            Some(other) => self.weld(corner, other).map(|()| other),
            None => match self.side_at(to, within, &free) {
                Some((a, b)) => {
                    let other = self.cut_side(a, b, foot(to, self.corners[a], self.corners[b]));
                    self.weld(corner, other).map(|()| other)
                }
                None => self.move_corner(corner, self.along(corner, to, within)).map(|()| corner),
            },
        };
        if done.is_err() {
            *self = before;
        }
        done
    }

    /// A corner that lies on somebody's straight side slides along it: what is surveyed is not bent by a hand that shakes.
    fn along(&self, corner: Corner, to: Point, within: f64) -> Point {
        let at = self.corners[corner];
        for ring in self.places.iter().flatten() {
            let Some(n) = ring.iter().position(|one| *one == corner) else { continue };
            let a = self.corners[ring[(n + ring.len() - 1) % ring.len()]];
            let b = self.corners[ring[(n + 1) % ring.len()]];
            let straight = to_segment(at, a, b) <= SAME * SAME;
            if straight && to_segment(to, a, b) <= within * within {
                return foot(to, a, b);
            }
        }
        to
    }

    /// Makes two corners one, at the place of the second.
    fn weld(&mut self, corner: Corner, onto: Corner) -> Result<(), CannotEdit> {
        let mut holders = self.holders(corner);
        if holders.is_empty() {
            return Err(CannotEdit::Gone);
        }
        holders.extend(self.holders(onto));
        holders.arrange(Ord::cmp);
        holders.dedup();
        let stands = self.stands(&holders);
        for (place, ring) in &holders {
            let ring = &mut self.places[*place][*ring];
            // A ring that had both would touch itself.
            if ring.contains(&corner) && ring.contains(&onto) {
                return Err(CannotEdit::Crosses);
            }
            ring.iter_mut().filter(|one| **one == corner).for_each(|one| *one = onto);
        }
        if self.are_sound(&holders, &stands) { Ok(()) } else { Err(CannotEdit::Crosses) }
    }

    /// Gives a place other land, met with what is there; none: no land.
    pub fn lay(&mut self, place: PlaceNo, rings: &[Ring]) {
        let mut outlines: Vec<Vec<Ring>> =
            (0..self.places.len()).map(|at| self.rings(at)).collect();
        outlines.resize_with(outlines.len().max(place + 1), Vec::new);
        outlines[place] = rings.to_vec();
        *self = Table::of(&outlines);
    }

    /// Corners of a place, ring by ring.
    pub fn corners(&self, place: PlaceNo) -> &[Vec<Corner>] {
        self.places.get(place).map_or(&[], Vec::as_slice)
    }

    /// Places that have a corner.
    pub fn places_at(&self, corner: Corner) -> Vec<PlaceNo> {
        let mut places: Vec<PlaceNo> =
            self.holders(corner).into_iter().map(|(place, _)| place).collect();
        places.dedup();
        places
    }

    /// Places with a side in common with this one.
    pub fn beside(&self, place: PlaceNo) -> Vec<PlaceNo> {
        let sides = |place: PlaceNo| {
            let rings = self.corners(place).iter();
            rings.flat_map(|ring| {
                (0..ring.len()).map(move |n| {
                    let (a, b) = (ring[n], ring[(n + 1) % ring.len()]);
                    (a.min(b), a.max(b))
                })
            })
        };
        let own: FxHashSet<(Corner, Corner)> = sides(place).collect();
        let others = (0..self.places.len()).filter(|other| *other != place);
        others.filter(|other| sides(*other).any(|side| own.contains(&side))).collect()
    }

    fn holders(&self, corner: Corner) -> Vec<(PlaceNo, usize)> {
        let rings = self.places.iter().enumerate().flat_map(|(place, rings)| {
            rings.iter().enumerate().map(move |(at, ring)| (place, at, ring))
        });
        rings
            .filter(|(.., ring)| ring.contains(&corner))
            .map(|(place, at, _)| (place, at))
            .collect()
    }

    /// How each ring lies.
    fn stands(&self, rings: &[(PlaceNo, usize)]) -> Vec<Stand> {
        let stand = |(place, at): &(PlaceNo, usize)| {
            let rings = self.rings(*place);
            let others = rings.iter().enumerate().filter(|(other, _)| other != at);
            Stand {
                turns: self.turns(*place, *at),
                beside: others.map(|(_, other)| nesting(&rings[*at], other)).collect(),
            }
        };
        rings.iter().map(stand).collect()
    }

    /// Whether no ring crosses itself, and each still lies as it did: one turned inside out lies on others, and a
    /// border across a hole lies on what is in it.
    fn are_sound(&self, rings: &[(PlaceNo, usize)], stands: &[Stand]) -> bool {
        let sound = |(place, ring): &(PlaceNo, usize)| self.is_sound(*place, *ring);
        rings.iter().all(sound) && self.stands(rings) == stands
    }

    /// Corners that some ring has beside this one.
    pub fn neighbours(&self, corner: Corner) -> Vec<Corner> {
        let mut beside = Vec::new();
        for ring in self.places.iter().flatten() {
            let last = ring.len().saturating_sub(1);
            for n in (0..ring.len()).filter(|n| ring[*n] == corner) {
                beside.push(ring[if n == 0 { last } else { n - 1 }]);
                beside.push(ring[if n == last { 0 } else { n + 1 }]);
            }
        }
        beside.arrange(Ord::cmp);
        beside.dedup();
        beside
    }

    fn points(&self, place: PlaceNo, ring: usize) -> Ring {
        self.places[place][ring].iter().map(|corner| self.corners[*corner]).collect()
    }

    fn turns(&self, place: PlaceNo, ring: usize) -> bool {
        area(&self.points(place, ring)) > 0.0
    }

    fn is_sound(&self, place: PlaceNo, ring: usize) -> bool {
        let points: Vec<(f64, f64)> =
            self.points(place, ring).iter().map(|p| (p[0], p[1])).collect();
        points.len() >= 3 && crossing(&points).is_none()
    }

    /// A new corner on the side nearest to a point, for everybody who has that side.
    pub fn add_corner(&mut self, at: Point, within: f64) -> Result<Corner, CannotEdit> {
        let (a, b) = self.side_at(at, within, &|_| true).ok_or(CannotEdit::Gone)?;
        Ok(self.cut_side(a, b, foot(at, self.corners[a], self.corners[b])))
    }

    /// The side nearest to a point of those whose corners fit.
    fn side_at(
        &self,
        at: Point,
        within: f64,
        fits: &dyn Fn(&Corner) -> bool,
    ) -> Option<(Corner, Corner)> {
        let mut best: Option<(f64, Corner, Corner)> = None;
        for ring in self.places.iter().flatten() {
            for (n, a) in ring.iter().enumerate() {
                let b = ring[(n + 1) % ring.len()];
                if !fits(a) || !fits(&b) {
                    continue;
                }
                let far = to_segment(at, self.corners[*a], self.corners[b]).sqrt();
                if far <= within && best.is_none_or(|(least, ..)| far < least) {
                    best = Some((far, *a, b));
                }
            }
        }
        best.map(|(_, a, b)| (a, b))
    }

    /// A point, or what is so near that it is meant: a corner, or the nearest point of a side.
    pub fn snapped(&self, at: Point, within: f64) -> Point {
        if let Some(corner) = self.corner_at(at, within) {
            return self.corners[corner];
        }
        match self.side_at(at, within, &|_| true) {
            Some((a, b)) => foot(at, self.corners[a], self.corners[b]),
            None => at,
        }
    }

    /// Puts a corner into the side between two.
    fn cut_side(&mut self, a: Corner, b: Corner, at: Point) -> Corner {
        self.corners.push(at);
        let new = self.corners.len() - 1;
        for ring in self.places.iter_mut().flatten() {
            let mut n = 0;
            while n < ring.len() {
                let next = ring[(n + 1) % ring.len()];
                if (ring[n], next) == (a, b) || (ring[n], next) == (b, a) {
                    ring.insert(n + 1, new);
                    n += 1;
                }
                n += 1;
            }
        }
        new
    }

    /// Takes a corner out for everybody who has it.
    pub fn remove_corner(&mut self, corner: Corner) -> Result<(), CannotEdit> {
        let holders = self.holders(corner);
        if holders.is_empty() {
            return Err(CannotEdit::Gone);
        }
        if self.neighbours(corner).len() > 2 {
            return Err(CannotEdit::Meets);
        }
        if holders.iter().any(|(place, ring)| self.places[*place][*ring].len() <= 3) {
            return Err(CannotEdit::TooFew);
        }
        let stands = self.stands(&holders);
        let before = self.places.clone();
        for (place, ring) in &holders {
            self.places[*place][*ring].retain(|at| *at != corner);
        }
        if self.are_sound(&holders, &stands) {
            return Ok(());
        }
        self.places = before;
        Err(CannotEdit::Crosses)
    }

    /// Splits a place along a line that begins and ends outside of it or on its border: the place keeps the part to
    /// the left of the line, the other part is a new place, whose number is given back.
    pub fn split(&mut self, place: PlaceNo, line: &[Point]) -> Result<PlaceNo, CannotEdit> {
        let before = self.clone();
        let done = self.try_split(place, line);
        if done.is_err() {
            *self = before;
        }
        done
    }

    fn try_split(&mut self, place: PlaceNo, line: &[Point]) -> Result<PlaceNo, CannotEdit> {
        let [ring] = &self.places.get(place).ok_or(CannotEdit::Gone)?[..] else {
            return Err(CannotEdit::NotThrough);
        };
        let own: Ring = ring.iter().map(|corner| self.corners[*corner]).collect();
        let sign = self.turns(place, 0);
        let (first, way, last) = through(&own, line).ok_or(CannotEdit::NotThrough)?;
        let enter = self.corner_on(place, first)?;
        let leave = self.corner_on(place, last)?;
        if enter == leave {
            return Err(CannotEdit::NotThrough);
        }
        let way: Vec<Corner> = way
            .into_iter()
            .map(|at| {
                self.corners.push(at);
                self.corners.len() - 1
            })
            .collect();
        let ring = self.places[place][0].clone();
        let at = |corner: Corner| ring.iter().position(|one| *one == corner);
        let (from, to) = (at(enter).ok_or(CannotEdit::Gone)?, at(leave).ok_or(CannotEdit::Gone)?);
        let walk = |from: usize, to: usize| {
            let count = (to + ring.len() - from) % ring.len();
            (0..=count).map(|n| ring[(from + n) % ring.len()]).collect::<Vec<Corner>>()
        };
        // Round from where the line leaves to where it enters, and back along it: what lies to its left.
        let mut left = walk(to, from);
        left.extend(&way);
        let mut right = walk(from, to);
        right.extend(way.iter().rev());
        if left.len() < 3 || right.len() < 3 {
            return Err(CannotEdit::NotThrough);
        }
        self.places[place] = vec![left];
        self.places.push(vec![right]);
        let new = self.places.len() - 1;
        let sound = self.is_sound(place, 0) && self.is_sound(new, 0);
        if sound && self.turns(place, 0) == sign && self.turns(new, 0) == sign {
            Ok(new)
        } else {
            Err(CannotEdit::Crosses)
        }
    }

    /// The corner of a place at a point of its border; a new one where there is none.
    fn corner_on(&mut self, place: PlaceNo, at: Point) -> Result<Corner, CannotEdit> {
        let ring = &self.places[place][0];
        let near = |corner: &&Corner| {
            let p = self.corners[**corner];
            (p[0] - at[0]).hypot(p[1] - at[1]) <= SAME
        };
        if let Some(corner) = ring.iter().find(near) {
            return Ok(*corner);
        }
        let sides = (0..ring.len()).map(|n| (ring[n], ring[(n + 1) % ring.len()]));
        let far = |(a, b): &(Corner, Corner)| to_segment(at, self.corners[*a], self.corners[*b]);
        let nearest = sides.min_by(|a, b| far(a).total_cmp(&far(b))).ok_or(CannotEdit::Gone)?;
        Ok(self.cut_side(nearest.0, nearest.1, at))
    }

    /// Joins a place with another: the first has both's land, the second none.
    pub fn join(&mut self, place: PlaceNo, other: PlaceNo) -> Result<(), CannotEdit> {
        if place == other || place.max(other) >= self.places.len() {
            return Err(CannotEdit::Gone);
        }
        let wound = |table: &Table, at: PlaceNo| -> Vec<Vec<Corner>> {
            table.places[at].iter().map(|ring| outward(table, ring, at)).collect()
        };
        let rings: Vec<Vec<Corner>> =
            wound(self, place).into_iter().chain(wound(self, other)).collect();
        let side = |ring: &Vec<Corner>, n: usize| (ring[n], ring[(n + 1) % ring.len()]);
        let all: Vec<(Corner, Corner)> =
            rings.iter().flat_map(|ring| (0..ring.len()).map(move |n| side(ring, n))).collect();
        let known: FxHashSet<(Corner, Corner)> = all.iter().copied().collect();
        let left: Vec<(Corner, Corner)> =
            all.iter().copied().filter(|(a, b)| !known.contains(&(*b, *a))).collect();
        if left.len() == all.len() {
            return Err(CannotEdit::Apart);
        }
        let joined = chained(left).ok_or(CannotEdit::Crosses)?;
        self.places[place] = joined;
        self.places[other] = Vec::new();
        Ok(())
    }
}

/// A ring wound so that its place lies to the left: outer rings one way, holes the other.
fn outward(table: &Table, ring: &[Corner], place: PlaceNo) -> Vec<Corner> {
    let rings = table.rings(place);
    let points: Ring = ring.iter().map(|corner| table.corners[*corner]).collect();
    let others = rings.iter().filter(|other| **other != points);
    let hole = others.filter(|other| lies_in(&points, other)).count() % 2 == 1;
    let mut ring = ring.to_vec();
    if (area(&points) > 0.0) == hole {
        ring.reverse();
    }
    ring
}

/// Sides put together to rings; nothing where two rings touch in a corner and it is not clear how they go on.
fn chained(sides: Vec<(Corner, Corner)>) -> Option<Vec<Vec<Corner>>> {
    let mut next: FxHashMap<Corner, Corner> = FxHashMap::default();
    for (a, b) in &sides {
        if next.insert(*a, *b).is_some() {
            return None;
        }
    }
    let mut rings = Vec::new();
    for (start, _) in sides {
        let mut ring = Vec::new();
        let mut at = start;
        while let Some(to) = next.remove(&at) {
            ring.push(at);
            at = to;
        }
        if ring.len() >= 3 {
            rings.push(ring);
        }
    }
    Some(rings)
}

/// The point of a side nearest to another point.
fn foot(at: Point, a: Point, b: Point) -> Point {
    let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
    let length = dx * dx + dy * dy;
    let t = if length > 0.0 { ((at[0] - a[0]) * dx + (at[1] - a[1]) * dy) / length } else { 0.0 };
    let t = t.clamp(0.0, 1.0);
    [a[0] + dx * t, a[1] + dy * t]
}

/// Where a line goes into a ring, its corners inside, and where it comes out; nothing where it does not do so exactly
/// once.
fn through(ring: &[Point], line: &[Point]) -> Option<(Point, Vec<Point>, Point)> {
    let mut met: Vec<(usize, f64, Point)> = Vec::new();
    for (n, pair) in line.windows(2).enumerate() {
        for at in 0..ring.len() {
            let (c, d) = (ring[at], ring[(at + 1) % ring.len()]);
            if let Some((t, p)) = meeting(pair[0], pair[1], c, d) {
                let known = met.iter().any(|(.., q)| (q[0] - p[0]).hypot(q[1] - p[1]) <= SAME);
                if !known {
                    met.push((n, t, p));
                }
            }
        }
    }
    met.arrange(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let [(from, _, first), (to, _, last)] = met[..] else { return None };
    let way: Vec<Point> = line[from + 1..=to].to_vec();
    let rings = [ring.to_vec()];
    let middle = |a: Point, b: Point| [(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0];
    let within = match way.first() {
        Some(corner) => middle(first, *corner),
        None => middle(first, last),
    };
    inside(&rings, within).then_some((first, way, last))
}

/// Where two segments meet: how far along the first, and the point.
fn meeting(a: Point, b: Point, c: Point, d: Point) -> Option<(f64, Point)> {
    let (r, s) = ([b[0] - a[0], b[1] - a[1]], [d[0] - c[0], d[1] - c[1]]);
    let cross = r[0] * s[1] - r[1] * s[0];
    if cross == 0.0 {
        return None;
    }
    let q = [c[0] - a[0], c[1] - a[1]];
    let t = (q[0] * s[1] - q[1] * s[0]) / cross;
    let u = (q[0] * r[1] - q[1] * r[0]) / cross;
    let on = |v: f64| (-1e-9..=1.0 + 1e-9).contains(&v);
    (on(t) && on(u)).then(|| (t, [a[0] + r[0] * t, a[1] + r[1] * t]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::plane::area_of;
    use proptest::prelude::*;

    fn square(x: f64, y: f64, side: f64) -> Vec<Ring> {
        vec![vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]]
    }

    /// A village of 3 × 3 cells: place 0 is the village, whose border has corners of its own only.
    fn village() -> Table {
        let mut outlines = vec![square(0.0, 0.0, 300.0)];
        for row in 0..3 {
            for column in 0..3 {
                outlines.push(square(f64::from(column) * 100.0, f64::from(row) * 100.0, 100.0));
            }
        }
        Table::of(&outlines)
    }

    /// Cells cover the village once: their land adds up, and every side has its cell on each side or is the village's.
    fn is_whole(table: &Table) -> bool {
        let land = |place: PlaceNo| area_of(&table.rings(place));
        let cells: f64 = (1..table.places.len()).map(land).sum();
        let mut sides: FxHashMap<(Corner, Corner), i32> = FxHashMap::default();
        let mut count = |place: PlaceNo, by: i32| {
            for ring in &table.places[place] {
                let ring = outward(table, ring, place);
                for n in 0..ring.len() {
                    let (a, b) = (ring[n], ring[(n + 1) % ring.len()]);
                    let (key, sign) = if a < b { ((a, b), by) } else { ((b, a), -by) };
                    *sides.entry(key).or_default() += sign;
                }
            }
        };
        (1..table.places.len()).for_each(|place| count(place, 1));
        count(0, -1);
        let mut sums = sides.into_values();
        (cells - land(0)).abs() < 0.5 && sums.all(|sum| sum == 0)
    }

    #[test]
    fn g11_corners_that_meet_are_one_and_those_on_a_side_are_part_of_it() {
        let table = village();
        assert_eq!(table.corners.len(), 16);
        assert_eq!(table.places[0][0].len(), 12, "the village has its cells' corners");
        assert!(is_whole(&table));
    }

    #[test]
    fn g11_what_is_borrowed_says_the_same_as_what_is_copied() {
        let table = village();
        let mut moved = village();
        let corner = moved.corner_at([100.0, 100.0], 5.0).expect("corner");
        moved.move_corner(corner, [130.0, 120.0]).expect("move");
        for place in 0..table.places.len() + 1 {
            let rings = moved.rings(place);
            for at in [[110.0, 105.0], [150.0, 250.0], [-5.0, 5.0], [299.0, 1.0]] {
                assert_eq!(moved.lies_around(place, at), inside(&rings, at), "{place} {at:?}");
            }
            assert!(moved.lies_as(place, &rings) && moved.lies_alike(place, &moved));
            let same = table.rings(place) == rings;
            assert_eq!(
                (table.lies_as(place, &rings), table.lies_alike(place, &moved)),
                (same, same)
            );
            assert!(moved.points_of(place).eq(rings.iter().flatten()));
        }
        assert!(!table.lies_alike(1, &moved) && table.lies_alike(9, &moved));
    }

    #[test]
    fn g11_a_corner_moves_for_everybody_or_for_nobody() {
        let mut table = village();
        let corner = table.corner_at([101.0, 99.0], 5.0).expect("corner");
        table.move_corner(corner, [130.0, 120.0]).expect("move");
        assert!(is_whole(&table));
        let before = table.clone();
        assert_eq!(table.move_corner(corner, [900.0, 900.0]), Err(CannotEdit::Crosses));
        assert_eq!(table, before);
        let border = table.corner_at([100.0, 0.0], 5.0).expect("corner");
        table.move_corner(border, [110.0, -30.0]).expect("move");
        assert!(is_whole(&table), "the village's border goes along");
    }

    #[test]
    fn g11_a_corner_let_go_near_another_border_becomes_one_with_it() {
        // Two cells measured apart: a gap of two metres between them.
        let mut table = Table::of(&[square(0.0, 0.0, 100.0), square(102.0, 0.0, 100.0)]);
        assert!(table.beside(0).is_empty());
        for y in [0.0, 100.0] {
            let corner = table.corner_at([100.0, y], 0.5).expect("corner");
            table.snap_corner(corner, [101.5, y + 0.5], 3.0).expect("snap");
        }
        assert_eq!(table.beside(0), [1], "the side is one now");
        assert!((area_of(&table.rings(0)) - 1.02e4).abs() < 1e-6);
        // Onto a side: a corner of it.
        let mut table = Table::of(&[square(0.0, 0.0, 100.0), square(102.0, -20.0, 200.0)]);
        let corner = table.corner_at([100.0, 0.0], 0.5).expect("corner");
        let met = table.snap_corner(corner, [101.0, 1.0], 3.0).expect("snap");
        assert_eq!(table.corners(1)[0].len(), 5);
        assert_eq!(table.place_of_corner(corner), Some([100.0, 0.0]), "the old place is nobody's");
        // On a side that stays straight a corner slides.
        table.snap_corner(met, [102.0, 30.0], 3.0).expect("slide");
        assert_eq!(table.corners(1)[0].len(), 5, "still straight");
        // A ring never touches itself.
        let before = table.clone();
        let corner = table.corner_at([0.0, 0.0], 0.5).expect("corner");
        assert_eq!(table.snap_corner(corner, [100.0, 100.0], 3.0), Err(CannotEdit::Crosses));
        assert_eq!(table, before);
    }

    #[test]
    fn g12_a_cell_is_split_and_joined_again() {
        let mut table = village();
        let new = table.split(5, &[[150.0, 50.0], [140.0, 150.0], [160.0, 250.0]]).expect("split");
        assert!(is_whole(&table));
        let land = |table: &Table, place| area_of(&table.rings(place));
        assert!((land(&table, 5) + land(&table, new) - 1e4).abs() < 1e-6);
        table.join(5, new).expect("join");
        assert!(is_whole(&table) && (land(&table, 5) - 1e4).abs() < 1e-6);
        table.join(5, 6).expect("join");
        assert!(is_whole(&table) && (land(&table, 5) - 2e4).abs() < 1e-6);
        let before = table.clone();
        assert_eq!(table.join(1, 9), Err(CannotEdit::Apart));
        assert_eq!(table.split(1, &[[10.0, 10.0], [50.0, 50.0]]), Err(CannotEdit::NotThrough));
        assert_eq!(table.split(1, &[[500.0, 500.0], [600.0, 500.0]]), Err(CannotEdit::NotThrough));
        assert_eq!(table, before);
    }

    #[test]
    fn g12_a_ring_of_cells_joined_leaves_a_hole() {
        let mut table = village();
        for other in [2, 3, 6, 9, 8, 7] {
            table.join(1, other).expect("join");
        }
        table.join(1, 4).expect("the last closes the ring");
        assert_eq!(table.rings(1).len(), 2);
        assert!((area_of(&table.rings(1)) - 8e4).abs() < 1e-6 && is_whole(&table));
    }

    proptest! {
        #[test]
        fn g11_whatever_is_done_no_gap_opens(steps in prop::collection::vec((0u8..6, 0.0..300.0f64, 0.0..300.0f64, -60.0..60.0f64, -60.0..60.0f64), 1..40)) {
            let mut table = village();
            for (what, x, y, dx, dy) in steps {
                let place = 1 + (x * 7.0) as usize % (table.places.len() - 1);
                let _ = match what {
                    0 => match table.corner_at([x, y], 80.0) {
                        Some(corner) => table.move_corner(corner, [x + dx, y + dy]),
                        None => Ok(()),
                    },
                    1 => table.add_corner([x, y], 60.0).map(|_| ()),
                    2 => match table.corner_at([x, y], 80.0) {
                        Some(corner) => table.remove_corner(corner),
                        None => Ok(()),
                    },
                    5 => match table.corner_at([x, y], 80.0) {
                        Some(corner) => table.snap_corner(corner, [x + dx, y + dy], 40.0).map(|_| ()),
                        None => Ok(()),
                    },
                    3 => table.split(place, &[[x - dx * 9.0, y - dy * 9.0], [x, y], [x + dx * 9.0, y + dy * 8.0]]).map(|_| ()),
                    _ => table.join(place, 1 + (y * 3.0) as usize % (table.places.len() - 1)),
                };
                prop_assert!(is_whole(&table));
            }
        }
    }
}
