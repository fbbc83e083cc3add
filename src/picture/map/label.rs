//! Labels: one per cell, each from the scale on at which it fits its cell and touches no other.

use super::pole::pole;
use super::{Ground, Level, MapInput, outline_area};
use crate::picture::scene::{Builder, Lod};
use crate::picture::style::{Role, Style, StyleId};
use crate::picture::text::{TableMetrics, TextMetrics};
use crate::sorting::Sorting;

const VILLAGE: Style = Style::text(Role::Ink, 15.0).bold().song().middle().fixed().haloed();
const GRID: Style = Style::text(Role::Ink, 12.5).bold().middle().fixed().haloed();
const SUB: Style = Style::text(Role::Ink, 12.0).middle().fixed().haloed();
const MICRO: Style = Style::text(Role::Quiet, 11.0).middle().fixed().haloed();

/// Villages on a map that is narrower than the ladder: a phone's.
const SMALL: Style = Style::text(Role::Ink, 11.5).bold().middle().fixed().haloed();

/// Scales tried, as a ladder from half the fitting scale up.
const RUNGS: usize = 26;
const RUNG: f64 = 1.25;
/// Side of a bucket in pixels.
const BUCKET: f64 = 64.0;

/// A label waiting for its scale. Position in metres, size in pixels.
pub(super) struct Label {
    cell: usize,
    pub at: [f64; 2],
    pub w: f64,
    pub h: f64,
    /// The cell gives room from this scale on.
    least: f64,
    /// Found by [`place`]; infinite when there is no room at any scale tried.
    pub from: f64,
}

pub(super) fn draw(b: &mut Builder, input: &MapInput, ground: &Ground, from: [f64; 4], size: f64) {
    let styles = [VILLAGE, GRID, SUB, MICRO].map(|style| b.style(sized(style, size)));
    let mut labels = labels(input, ground, from, size);
    let foot = ground.fit * 0.5;
    place(&mut labels, foot);
    small(b, input, &labels, foot, size);
    for label in labels.iter().filter(|label| label.from.is_finite()) {
        put(b, input, label, &styles);
    }
}

fn sized(style: Style, size: f64) -> Style {
    Style { size: style.size * size as f32, ..style }
}

/// Below the ladder's foot the coarsest level stands in small type, its names over their borders.
fn small(b: &mut Builder, input: &MapInput, labels: &[Label], foot: f64, size: f64) {
    let level = |label: &Label| input.cells[label.cell].level;
    let Some(coarsest) = labels.first().map(level) else { return };
    let style = b.style(sized(SMALL, size));
    let ratio = f64::from(SMALL.size) / f64::from(VILLAGE.size);
    let shrunk = |label: &Label| Label {
        w: label.w * ratio,
        h: label.h * ratio,
        least: label.least * ratio * 0.6,
        from: f64::INFINITY,
        ..*label
    };
    let mut few: Vec<Label> =
        labels.iter().take_while(|label| level(label) == coarsest).map(shrunk).collect();
    place(&mut few, foot / RUNG.powi(6));
    for label in few.iter().filter(|label| label.from < foot) {
        let cell = &input.cells[label.cell];
        b.group(&format!("small-{}", cell.id), "label", "");
        let lod = Lod { from: label.from as f32, to: foot as f32 };
        b.lod(lod).text(8 + coarsest as u8, style, label.at[0], label.at[1], &cell.name);
    }
}

fn put(b: &mut Builder, input: &MapInput, label: &Label, styles: &[StyleId; 4]) {
    let cell = &input.cells[label.cell];
    let id = format!("label-{}", cell.id);
    b.group(&id, "label", "");
    let level = cell.level as usize;
    // Fixed text hangs on its anchor: middle of the letters, a third of an em below the point.
    b.lod(Lod::from(label.from)).text(
        8 + level as u8,
        styles[level],
        label.at[0],
        label.at[1],
        &cell.name,
    );
}

/// Largest cells of the coarsest level first: that is the order of right of way.
pub(super) fn labels(input: &MapInput, ground: &Ground, from: [f64; 4], size: f64) -> Vec<Label> {
    // A coarse ring will do: half a pixel at three times the fitting scale.
    let step = 0.5 / (ground.fit * 3.0);
    let mut labels: Vec<(Level, f64, Label)> = Vec::with_capacity(input.cells.len());
    for (ring, at) in ground.cells.iter().enumerate() {
        let cell = &input.cells[*at];
        let outline = ground.net.ring(ring, step);
        if cell.name.is_empty() || outline.is_empty() {
            continue;
        }
        let precision = (2.0 * step).max(0.04 * outline_area(&outline).abs().sqrt());
        let (spot, radius) = pole(&outline, precision);
        if radius <= 0.0 {
            continue;
        }
        let style = sized([VILLAGE, GRID, SUB, MICRO][cell.level as usize], size);
        let w = TableMetrics.width(&cell.name, style.font()) + 6.0;
        let h = f64::from(style.size) * 1.3;
        let room = if cell.level == Level::Village { 3.2 } else { 2.3 };
        let least = (w / (room * radius)).max(h / (1.6 * radius)).max(from[cell.level as usize]);
        let label = Label { cell: *at, at: spot, w, h, least, from: f64::INFINITY };
        labels.push((cell.level, radius, label));
    }
    labels.arrange(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    labels.into_iter().map(|(_, _, label)| label).collect()
}

/// Gives each label the lowest rung at which it is free of all placed before it. A label once
/// placed stays: with growing scale, places only move apart.
pub(super) fn place(labels: &mut [Label], start: f64) {
    let mut scale = start;
    for _ in 0..RUNGS {
        let mut buckets = Buckets::new(labels, scale);
        for at in 0..labels.len() {
            if labels[at].from.is_finite() {
                buckets.add(labels, at as u32);
            }
        }
        for at in 0..labels.len() {
            let waits = labels[at].from.is_infinite() && labels[at].least <= scale;
            if waits && buckets.free(labels, at) {
                labels[at].from = scale;
                buckets.add(labels, at as u32);
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
        let away = |side: fn(&Label) -> f64| {
            (labels.iter().map(side).fold(1.0, f64::max) / BUCKET).ceil() as usize
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
                    if clash(&labels[at], &labels[other as usize], self.scale) {
                        return false;
                    }
                    other = self.next[other as usize];
                }
            }
        }
        true
    }
}

fn clash(a: &Label, b: &Label, scale: f64) -> bool {
    (a.at[0] - b.at[0]).abs() * scale < (a.w + b.w) / 2.0
        && (a.at[1] - b.at[1]).abs() * scale < (a.h + b.h) / 2.0
}
