//! Finds things in a scene fast: paint runs with boxes for culling, and buckets for the pointer.
//!
//! Holds numbers only; the scene holds the things.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::geom::Rect;
use super::scene::{Group, GroupId, Hit, Item, Lod, Scene, Shape};
use super::style::StyleId;
use crate::sorting::Sorting;

/// How many items one culling box holds.
const CHUNK: usize = 48;

/// A stretch of [`Index::order`]: one plane, one style, one box, one range of scales.
#[derive(Clone, Copy, Debug)]
pub struct Chunk {
    pub style: StyleId,
    pub start: u32,
    pub end: u32,
    pub lod: Lod,
    pub bounds: [f32; 4],
}

impl Chunk {
    /// Whether any item of the chunk can show in `window` at `scale`; `slack` in world units is
    /// added around for labels of fixed size.
    pub fn shows(&self, window: &Rect, scale: f32) -> bool {
        let [x0, y0, x1, y1] = self.bounds;
        self.lod.shows(scale)
            && f64::from(x0) <= window.x1
            && window.x0 <= f64::from(x1)
            && f64::from(y0) <= window.y1
            && window.y0 <= f64::from(y1)
    }
}

#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Items by plane, style and scales, else in their own order.
    pub order: Vec<u32>,
    pub chunks: Vec<Chunk>,
    /// Made when the pointer comes: a picture is painted sooner without.
    grid: OnceLock<Grid>,
}

impl Index {
    /// `extents` are the boxes of the scene's items.
    pub fn new(scene: &Scene, extents: &[Rect]) -> Index {
        let order = order(scene);
        let chunks = chunks(scene, &order, extents);
        Index { order, chunks, grid: OnceLock::new() }
    }

    pub fn hit(&self, scene: &Scene, x: f64, y: f64, scale: f64) -> Option<GroupId> {
        let grid = self.grid.get_or_init(|| Grid::new(scene));
        let found = grid.bucket(x, y).iter().rev().copied();
        found.map(GroupId).find(|id| touched(scene, *id, x, y, scale))
    }
}

fn touched(scene: &Scene, id: GroupId, x: f64, y: f64, scale: f64) -> bool {
    let group = scene.group(id);
    if !group.lod.shows(scale as f32) || !group.bounds.contains(x, y) {
        return false;
    }
    match group.hit {
        Hit::Never => false,
        Hit::Box => true,
        Hit::Area(at) => inside(scene, &scene.items[at as usize], x as f32, y as f32),
    }
}

/// Whether a group lies in a box at a scale; an area is looked for at points close together.
pub(super) fn lies_in(scene: &Scene, group: &Group, window: &Rect, scale: f64) -> bool {
    const POINTS: usize = 12;
    if !group.lod.shows(scale as f32) || !group.bounds.touches(window) {
        return false;
    }
    let Hit::Area(at) = group.hit else { return group.hit == Hit::Box };
    let along = |from: f64, side: f64, step: usize| from + side * step as f64 / (POINTS - 1) as f64;
    (0..POINTS * POINTS).any(|point| {
        let x = along(window.x0, window.width(), point % POINTS);
        let y = along(window.y0, window.height(), point / POINTS);
        inside(scene, &scene.items[at as usize], x as f32, y as f32)
    })
}

/// Even-odd test against all rings of an area.
fn inside(scene: &Scene, item: &Item, x: f32, y: f32) -> bool {
    let Shape::Area(span) = item.shape else { return false };
    let mut odd = false;
    for ring in &scene.rings[span.range()] {
        let points = scene.points(*ring);
        let mut before = points[points.len() - 1];
        for &p in points {
            if (p[1] > y) != (before[1] > y) {
                let cut = (before[0] - p[0]) * (y - p[1]) / (before[1] - p[1]) + p[0];
                odd ^= x < cut;
            }
            before = p;
        }
    }
    odd
}

/// Items by plane, style and scales, else in their own order. Of tens of thousands of items, few differ in these: their kinds
/// are sorted, the items counted into them.
fn order(scene: &Scene) -> Vec<u32> {
    let key =
        |item: &Item| (item.plane, item.style, item.lod.from.to_bits(), item.lod.to.to_bits());
    let mut known = FxHashMap::default();
    let mut keys = Vec::new();
    let mut kind_of = |item: &Item| {
        let key = key(item);
        *known.entry(key).or_insert_with(|| {
            keys.push(key);
            keys.len() - 1
        })
    };
    let kinds: Vec<usize> = scene.items.iter().map(&mut kind_of).collect();
    let mut sorted: Vec<usize> = (0..keys.len()).collect();
    sorted.arrange_by(|kind| keys[*kind]);
    let mut next = vec![0; keys.len()];
    kinds.iter().for_each(|kind| next[*kind] += 1);
    let mut begin = 0;
    for kind in sorted {
        begin += std::mem::replace(&mut next[kind], begin);
    }
    let mut order = vec![0; kinds.len()];
    for (at, kind) in (0..).zip(kinds) {
        order[next[kind]] = at;
        next[kind] += 1;
    }
    order
}

fn chunks(scene: &Scene, order: &[u32], extents: &[Rect]) -> Vec<Chunk> {
    let mut out: Vec<Chunk> = Vec::with_capacity(order.len() / CHUNK + 16);
    let mut plane = None;
    for (at, id) in order.iter().enumerate() {
        let item = &scene.items[*id as usize];
        let b = extents[*id as usize];
        let fresh = out.last().is_none_or(|last| {
            plane != Some(item.plane)
                || last.style != item.style
                || last.lod != item.lod
                || at - last.start as usize >= CHUNK
        });
        plane = Some(item.plane);
        let bounds = [b.x0 as f32, b.y0 as f32, b.x1 as f32, b.y1 as f32];
        if fresh {
            let (start, end) = (at as u32, at as u32 + 1);
            out.push(Chunk { style: item.style, start, end, lod: item.lod, bounds });
        } else if let Some(last) = out.last_mut() {
            last.end += 1;
            last.bounds = join(last.bounds, bounds);
        }
    }
    out
}

fn join(a: [f32; 4], b: [f32; 4]) -> [f32; 4] {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Uniform buckets over the scene, each listing the groups whose bounds touch it.
#[derive(Clone, Debug, Default)]
struct Grid {
    x: f64,
    y: f64,
    step: [f64; 2],
    columns: usize,
    rows: usize,
    starts: Vec<u32>,
    groups: Vec<u32>,
}

impl Grid {
    fn new(scene: &Scene) -> Grid {
        let hittable = || scene.groups.iter().enumerate().filter(|(_, g)| g.hit != Hit::Never);
        let count = hittable().count();
        if count == 0 || scene.bounds.is_empty() {
            return Grid::default();
        }
        let side = ((count as f64).sqrt().ceil() as usize).clamp(1, 512);
        let step = [
            (scene.bounds.width() / side as f64).max(1e-6),
            (scene.bounds.height() / side as f64).max(1e-6),
        ];
        let (x, y) = (scene.bounds.x0, scene.bounds.y0);
        let mut grid = Grid {
            x,
            y,
            step,
            columns: side,
            rows: side,
            starts: vec![0; side * side + 1],
            groups: Vec::new(),
        };
        for (_, group) in hittable() {
            grid.each(&group.bounds, |grid, bucket| grid.starts[bucket + 1] += 1);
        }
        for at in 1..grid.starts.len() {
            grid.starts[at] += grid.starts[at - 1];
        }
        grid.groups = vec![0; grid.starts[side * side] as usize];
        let mut next = grid.starts.clone();
        for (id, group) in hittable() {
            grid.each(&group.bounds, |grid, bucket| {
                grid.groups[next[bucket] as usize] = id as u32;
                next[bucket] += 1;
            });
        }
        grid
    }

    fn each(&mut self, bounds: &Rect, mut visit: impl FnMut(&mut Grid, usize)) {
        let (c0, r0) = self.cell(bounds.x0, bounds.y0);
        let (c1, r1) = self.cell(bounds.x1, bounds.y1);
        for row in r0..=r1 {
            for column in c0..=c1 {
                let bucket = row * self.columns + column;
                visit(self, bucket);
            }
        }
    }

    fn cell(&self, x: f64, y: f64) -> (usize, usize) {
        let column = ((x - self.x) / self.step[0]).max(0.0) as usize;
        let row = ((y - self.y) / self.step[1]).max(0.0) as usize;
        (column.min(self.columns - 1), row.min(self.rows - 1))
    }

    fn bucket(&self, x: f64, y: f64) -> &[u32] {
        if self.columns == 0 {
            return &[];
        }
        let (column, row) = self.cell(x, y);
        let at = row * self.columns + column;
        &self.groups[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
