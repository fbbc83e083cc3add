//! Names on the map: one per cell, inside it, from the scale on at which it fits and touches no other.
//!
//! The coarsest level has a second, smaller form, in two lines where those fit sooner, for scales at
//! which the first has no room. A name changes its form once and otherwise keeps its place.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::pole::{pole, room, spot};
use super::{Ground, Level, MapInput};
use crate::geo::plane::{area, largest};
use crate::picture::scene::{Builder, Lod};
use crate::picture::style::{Role, Style, StyleId};
use crate::picture::text::{TableMetrics, TextMetrics};
use crate::sorting::Sorting;

const STYLES: [Style; 5] = [
    Style::text(Role::Ink, 15.0).bold().song().middle().fixed().haloed(),
    Style::text(Role::Ink, 12.5).bold().middle().fixed().haloed(),
    Style::text(Role::Ink, 12.0).middle().fixed().haloed(),
    Style::text(Role::Quiet, 11.0).middle().fixed().haloed(),
    Style::text(Role::Ink, 11.0).bold().middle().fixed().haloed(),
];
/// The small form of the coarsest level, in [`STYLES`].
const SMALL: usize = 4;
/// From line to line, and around a name, in ems.
const LEADING: f64 = 1.12;
const PAD: f64 = 0.12;
/// Between two names, in pixels.
const APART: f64 = 3.0;
/// A name with room to choose stands where a box so high, in parts of its width, has the most.
const CALM: f64 = 0.7;
/// A place is looked for until no other can have so much more room, as a part of the name's; closely where
/// names are few enough to be looked at one by one.
const CLOSELY: f64 = 0.02;
const NEARLY: f64 = 0.06;
const ONE_BY_ONE: usize = 120;
/// Of a fine level so many parts of the names have to fit before the first shows.
const FEW: usize = 3;
/// Two lines read worse: they have to fit at so much smaller a scale.
const BROKEN: f64 = 0.92;

/// Scales tried, as a ladder; the coarsest level begins below half the fitting scale.
const RUNGS: usize = 50;
const RUNG: f64 = 1.12;
const BELOW: f64 = 0.25;
/// Side of a bucket in pixels.
const BUCKET: f64 = 64.0;

/// A form of a name waiting for its scales. Position in metres, size in pixels.
#[derive(Clone, Copy)]
pub(super) struct Label {
    pub cell: usize,
    /// Index into [`STYLES`].
    style: usize,
    /// Bytes of the first line where there are two.
    split: Option<usize>,
    pub at: [f64; 2],
    pub w: f64,
    pub h: f64,
    /// The cell gives room from this scale on.
    least: f64,
    /// Found by [`place`]; infinite when there is no room at any scale tried.
    pub from: f64,
    /// The scale at which another form takes over.
    pub to: f64,
}

pub(super) fn draw(b: &mut Builder, input: &MapInput, ground: &Ground, from: [f64; 4], size: f64) {
    let sized = |style: Style| Style { size: style.size * size as f32, ..style };
    let styles = STYLES.map(|style| b.style(sized(style)));
    let half = (LEADING / 2.0) as f32;
    let lines = [-half, half].map(|drop| b.style(Style { drop, ..sized(STYLES[SMALL]) }));
    for label in all(input, ground, from, size) {
        if label.from < label.to {
            let id = &input.cells[label.cell].id;
            put(b, id, said(input, label.cell), &label, styles, lines);
        }
    }
}

fn put(
    b: &mut Builder,
    id: &str,
    name: &str,
    label: &Label,
    styles: [StyleId; 5],
    lines: [StyleId; 2],
) {
    let kind = if label.style == SMALL { "small-" } else { "label-" };
    b.group(&(kind.to_owned() + id), "label", "");
    b.lod(Lod { from: label.from as f32, to: label.to as f32 });
    // Coarse names lie on fine ones; a small name has the plane of the coarsest.
    let plane = 8 + (label.style % SMALL) as u8;
    let [x, y] = label.at;
    match label.split {
        None => b.text(plane, styles[label.style], x, y, name),
        Some(at) => {
            b.text(plane, lines[0], x, y, &name[..at]);
            b.text(plane, lines[1], x, y, &name[at..]);
        }
    }
}

/// What stands in a cell: its name without that of what it lies in, which stands there already; nothing where only the
/// word 网格 would be left, as of the one cell of a village.
fn said(input: &MapInput, at: usize) -> &str {
    const PLAIN: [&str; 4] = ["", "网格", "子网格", "微网格"];
    let cell = &input.cells[at];
    let above = |at: &usize| input.cells.get(*at)?.parent;
    let around = std::iter::successors(cell.parent, above).take(Level::Micro as usize);
    let around = around.filter_map(|at| input.cells.get(at));
    let rests = around.filter_map(|around| cell.name.strip_prefix(around.name.as_str()));
    match rests.min_by_key(|rest| rest.len()) {
        Some(rest) if PLAIN.contains(&rest) => "",
        Some(rest) => rest,
        None => &cell.name,
    }
}

/// Every form of every name with the scales at which it shows. Those that fit first have right of way,
/// coarse levels before fine ones.
pub(super) fn all(input: &MapInput, ground: &Ground, from: [f64; 4], size: f64) -> Vec<Label> {
    // A coarse ring will do: half a pixel at three times the fitting scale.
    let step = 0.5 / (ground.fit * 3.0);
    let coarsest = ground.cells.first().map(|at| input.cells[*at].level);
    let foot = ground.fit * 0.5;
    let coarse = ground.cells.iter().filter(|at| Some(input.cells[**at].level) == coarsest).count();
    let precision = if coarse > ONE_BY_ONE { NEARLY } else { CLOSELY };
    let (mut large, mut small, mut fine) = (Vec::new(), Vec::new(), Vec::new());
    for (at, rings) in ground.by_cell() {
        let cell = &input.cells[at];
        let rings: Vec<_> = rings.map(|ring| ground.net.ring(ring, step)).collect();
        let outline = largest(&rings).cloned().unwrap_or_default();
        let name = said(input, at);
        if name.is_empty() || outline.is_empty() {
            continue;
        }
        let style = cell.level as usize;
        let calm = if Some(cell.level) == coarsest { foot * size } else { f64::INFINITY };
        let mut label = fit(at, name, &outline, (style, None), Wish { size, calm, precision });
        if Some(cell.level) == coarsest {
            small.push(shrunk(at, name, &outline, Wish { size, calm: 0.0, precision }));
            label.least = label.least.max(foot * size);
            large.push(label);
        } else {
            label.least = label.least.max(from[style]);
            fine.push(label);
        }
    }
    // Right of way of large and small alike, so that the two forms of a name are neighbours by number.
    large.arrange_by(|label| label.least.to_bits());
    fine.arrange(|a, b| a.style.cmp(&b.style).then(a.least.total_cmp(&b.least)));
    for level in fine.chunk_by_mut(|a, b| a.style == b.style) {
        let first = level[level.len() / FEW].least;
        level.iter_mut().for_each(|label| label.least = label.least.max(first));
    }
    let n = large.len();
    let mut labels = large;
    place(&mut labels, 0..n, foot);
    let of_cell: FxHashMap<usize, f64> =
        labels.iter().map(|label| (label.cell, label.from)).collect();
    for small in &mut small {
        small.to = of_cell.get(&small.cell).copied().unwrap_or(f64::INFINITY);
    }
    small.arrange_by(|label| label.least.to_bits());
    labels.extend_from_slice(&small);
    place(&mut labels, n..2 * n, foot * BELOW);
    labels.extend_from_slice(&fine);
    let all = labels.len();
    place(&mut labels, 2 * n..all, foot);
    labels
}

/// The small form, in one line or two.
fn shrunk(cell: usize, name: &str, outline: &[[f64; 2]], wish: Wish) -> Label {
    let one = fit(cell, name, outline, (SMALL, None), wish);
    let chars = name.chars().count();
    let Some((at, _)) = name.char_indices().nth(chars.div_ceil(2)) else { return one };
    let two = fit(cell, name, outline, (SMALL, Some(at)), wish);
    if two.least < one.least * BROKEN { two } else { one }
}

/// How a name is to stand.
#[derive(Clone, Copy)]
struct Wish {
    size: f64,
    /// The scale at which it should fit at a calm spot; infinite where any middle will do.
    calm: f64,
    /// [`CLOSELY`] or [`NEARLY`].
    precision: f64,
}

/// A form at its spot in a cell: a calm one if the name fits there at the scale `calm`, else the one
/// where it fits soonest.
fn fit(
    cell: usize,
    name: &str,
    outline: &[[f64; 2]],
    (style, split): (usize, Option<usize>),
    Wish { size, calm, precision }: Wish,
) -> Label {
    let font = STYLES[style].font();
    let width = |text: &str| TableMetrics.width(text, font);
    let em = font.size * size;
    let wide = split.map_or_else(|| width(name), |at| width(&name[..at]).max(width(&name[at..])));
    let w = wide * size + PAD * em;
    let h = em * (1.0 + PAD + if split.is_some() { LEADING } else { 0.0 });
    let half = [w / 2.0, h / 2.0];
    // The few names of the coarsest level are what is seen first: the best place for each is looked for.
    let fine = calm.is_infinite();
    let place = |high: f64| {
        let side = (area(outline).abs() / (w * high)).sqrt();
        let at = match fine {
            true => spot(outline, [half[0], high], NEARLY * side),
            false => pole(outline, [half[0], high], precision * side).0,
        };
        let k = room(outline, at, half);
        (at, if k > 0.0 { 1.0 / k } else { f64::INFINITY })
    };
    let calmly = || Some(place(half[1].max(half[0] * CALM))).filter(|(_, least)| *least <= calm);
    let (at, least) = (calm > 0.0).then(calmly).flatten().unwrap_or_else(|| place(half[1]));
    Label { cell, style, split, at, w, h, least, from: f64::INFINITY, to: f64::INFINITY }
}

/// Gives each of `these` labels the lowest scale tried at which it is free of all placed before it. A
/// label once placed stays: with growing scale, places only move apart.
fn place(labels: &mut [Label], these: Range<usize>, start: f64) {
    let mut scale = start;
    for _ in 0..RUNGS {
        let mut buckets = Buckets::new(labels, scale);
        for at in 0..labels.len() {
            if labels[at].from.is_finite() {
                buckets.add(labels, at as u32);
            }
        }
        for at in these.clone() {
            let Label { least, to, .. } = labels[at];
            if labels[at].from.is_finite() || least > scale {
                continue;
            }
            // At once where its cell has just become large enough; where it has to wait, by rungs.
            for from in [if least * RUNG > scale { least.max(start) } else { scale }, scale] {
                labels[at].from = from;
                if from < to && buckets.free(labels, at) {
                    buckets.add(labels, at as u32);
                    break;
                }
                labels[at].from = f64::INFINITY;
            }
        }
        scale *= RUNG;
    }
}

/// Placed labels by screen square, chained: no hashing, no allocation per square.
struct Buckets {
    scale: f64,
    columns: usize,
    rows: usize,
    heads: Vec<u32>,
    next: Vec<u32>,
    /// How many buckets away two labels can still touch.
    reach: [usize; 2],
}

const NONE: u32 = u32::MAX;

impl Buckets {
    fn new(labels: &[Label], scale: f64) -> Buckets {
        let most = |axis: usize| labels.iter().map(|l| l.at[axis]).fold(0.0, f64::max);
        // A very large map shares squares rather than memory: coordinates are clamped.
        let side = |axis: usize| ((most(axis) * scale / BUCKET) as usize + 1).min(128);
        let (columns, rows) = (side(0), side(1));
        let heads = vec![NONE; columns * rows];
        // A label may stand from a scale up to one rung below.
        let away = |side: fn(&Label) -> f64| {
            let most = labels.iter().map(side).fold(1.0, f64::max) + APART;
            (most * RUNG / BUCKET).ceil() as usize
        };
        let reach = [away(|l| l.w), away(|l| l.h)];
        Buckets { scale, columns, rows, heads, next: vec![NONE; labels.len()], reach }
    }

    fn cell(&self, at: [f64; 2]) -> (usize, usize) {
        let place = |v: f64, most: usize| ((v * self.scale / BUCKET).max(0.0) as usize) % most;
        (place(at[0], self.columns), place(at[1], self.rows))
    }

    fn add(&mut self, labels: &[Label], at: u32) {
        let (column, row) = self.cell(labels[at as usize].at);
        let bucket = row * self.columns + column;
        self.next[at as usize] = self.heads[bucket];
        self.heads[bucket] = at;
    }

    fn free(&self, labels: &[Label], at: usize) -> bool {
        let (column, row) = self.cell(labels[at].at);
        let [rx, ry] = self.reach;
        // On a map smaller than the reach a square is looked at more than once; no harm.
        let around =
            |v: usize, most: usize, by: usize, reach: usize| (v + reach * most + by - reach) % most;
        for dy in 0..=2 * ry {
            for dx in 0..=2 * rx {
                let row = around(row, self.rows, dy, ry);
                let bucket = row * self.columns + around(column, self.columns, dx, rx);
                let mut other = self.heads[bucket];
                while other != NONE {
                    if clash(&labels[at], &labels[other as usize]) {
                        return false;
                    }
                    other = self.next[other as usize];
                }
            }
        }
        true
    }
}

/// Whether two labels touch at any scale that shows both: if so, at the lowest of them.
fn clash(a: &Label, b: &Label) -> bool {
    let scale = a.from.max(b.from);
    scale < a.to.min(b.to)
        && (a.at[0] - b.at[0]).abs() * scale < (a.w + b.w) / 2.0 + APART
        && (a.at[1] - b.at[1]).abs() * scale < (a.h + b.h) / 2.0 + APART
}
