//! 网格图: villages and three levels of cells as one scene, coloured by a chosen field.
//!
//! Takes rings in metres (y north); converts no coordinates and repairs no rings. World units are
//! metres, y turned down, the north-west corner at the origin. Borders are simplified per level of
//! detail as arcs that neighbours share, so that no gaps open; labels stand at the pole of
//! inaccessibility and wait for a scale at which they are free.

mod classes;
mod label;
mod legend;
pub mod pole;
mod rings;

pub use classes::{Category, Class, Method, Scheme, classes};
pub use legend::legend;
pub use pole::pole;

use std::ops::Range;

use super::geom::Rect;
use super::scene::{Builder, GroupId, Lod, Scene};
use super::style::{Role, Style, StyleId};
use crate::geo::net::{Arc, Net};
use crate::geo::plane::{area, largest};
use crate::sorting::Sorting;

/// Villages hold grids (网格), grids sub-grids (子网格), these micro-grids (微网格).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Village,
    Grid,
    Sub,
    Micro,
}

const LEVELS: [Level; 4] = [Level::Village, Level::Grid, Level::Sub, Level::Micro];

/// The field a cell is coloured by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value {
    /// Index into the scheme's categories.
    Category(usize),
    Number(f64),
}

#[derive(Clone, Debug, PartialEq)]
pub struct MapCell {
    pub id: String,
    pub level: Level,
    pub parent: Option<usize>,
    pub name: String,
    /// Rings of corners in metres, y north; closed or not, either direction. Inside is what an odd number of them
    /// goes around.
    pub rings: Vec<Vec<[f64; 2]>>,
    pub value: Option<Value>,
    /// 网格长 or 网格员, for the tooltip.
    pub keeper: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MapInput {
    pub cells: Vec<MapCell>,
    pub scheme: Scheme,
    /// The geometry is drawn from the tree, not measured: the map says 示意图.
    pub schematic: bool,
}

/// The picture, its classes for the legend, and which group shows which cell.
#[derive(Clone, Debug)]
pub struct Map {
    pub scene: Scene,
    pub classes: Vec<Class>,
    /// By cell; `None` where the ring has no area.
    pub groups: Vec<Option<GroupId>>,
    /// From this scale on a level is drawn, by [`Level`].
    pub from: [f64; 4],
    /// World = (east − origin.0, origin.1 − north), metres.
    pub origin: (f64, f64),
}

/// Widths of the screen the level-of-detail steps are made for.
const SCREEN: f64 = 1200.0;
/// A level is drawn once its median cell is so many pixels wide.
const SEEN: [f64; 4] = [0.0, 16.0, 26.0, 30.0];

/// Lays out and draws the map.
pub fn draw(input: &MapInput) -> Map {
    draw_sized(input, 1.0)
}

/// The map with its names `size` times as large, for a wall or old eyes.
pub fn draw_sized(input: &MapInput, size: f64) -> Map {
    draw_to(Level::Micro, &Land::of(input), size)
}

/// The levels that show while all of the map is on a screen, so that it is seen before the fine ones are
/// laid out; nothing where that would be the whole map.
pub fn draw_first(input: &MapInput, size: f64) -> Option<Map> {
    let land = Land::of(input);
    let shows = |level: &Level| land.from[*level as usize] < land.fit * rings::ALL_ON_SCREEN;
    let finest = LEVELS.into_iter().rfind(shows)?;
    let waits = |cell: &MapCell| cell.level > finest;
    input.cells.iter().any(waits).then(|| draw_to(finest, &land, size))
}

/// How large the land of all levels is, whichever of them are drawn.
struct Land<'a> {
    input: &'a MapInput,
    bounds: Rect,
    origin: (f64, f64),
    /// Pixels for each metre where all of it fits on a screen.
    fit: f64,
    from: [f64; 4],
}

impl Land<'_> {
    fn of(input: &MapInput) -> Land<'_> {
        let bounds = bounds(&input.cells);
        let origin = if bounds.is_empty() { (0.0, 0.0) } else { (bounds.x0, bounds.y1) };
        let fit = SCREEN / bounds.width().max(bounds.height()).max(1.0);
        Land { input, bounds, origin, fit, from: levels(input) }
    }
}

/// The levels down to the finest of them that is asked for.
fn draw_to(finest: Level, land: &Land, size: f64) -> Map {
    let Land { input, bounds, origin, from, .. } = *land;
    let classes = classes(input);
    let mut b = Builder::with_capacity(input.cells.len() * 2, input.cells.len() * 10);
    let ground = Ground::new(finest, land);
    let mut painter = Painter::new(input, &classes, from, &ground, &mut b);
    let mut groups = vec![None; input.cells.len()];
    for (at, rings) in ground.by_cell() {
        groups[at] = painter.cell(rings, &input.cells[at]);
    }
    for level in LEVELS.into_iter().rev() {
        painter.borders(level);
    }
    label::draw(&mut b, input, &ground, from, size);
    if input.schematic {
        note(&mut b, &bounds, size);
    }
    let mut scene = b.finish();
    // A view fitted to the first levels fits all of them.
    if !bounds.is_empty() {
        scene.bounds = scene.bounds.union(&Rect::sized(0.0, 0.0, bounds.width(), bounds.height()));
    }
    Map { scene, classes, groups, from, origin }
}

/// The box around all land. A ring that goes around nothing does not count: a stray point far off would shrink
/// the map to nothing.
fn bounds(cells: &[MapCell]) -> Rect {
    let rings = cells.iter().flat_map(|cell| &cell.rings).map(|ring| around(ring));
    rings.fold(Rect::EMPTY, |all, ring| all.union(&ring))
}

fn around(ring: &[[f64; 2]]) -> Rect {
    let sound = ring.iter().filter(|p| p[0].is_finite() && p[1].is_finite());
    let all = sound.fold(Rect::EMPTY, |b, p| b.union(&Rect::sized(p[0], p[1], 0.0, 0.0)));
    let is_point = all.width() <= 0.0 && all.height() <= 0.0;
    if ring.len() < 3 || is_point { Rect::EMPTY } else { all }
}

/// The scale from which each level shows: the coarsest at any, finer ones when they are legible.
fn levels(input: &MapInput) -> [f64; 4] {
    let mut from = [0.0; 4];
    let mut coarsest = true;
    for level in LEVELS {
        let cells = input.cells.iter().filter(|c| c.level == level);
        let mut sides: Vec<f64> = cells
            .filter_map(|cell| largest(&cell.rings))
            .map(|ring| area(ring).abs().sqrt())
            // What is no land says nothing of how large cells are.
            .filter(|side| *side > 0.0)
            .collect();
        if sides.is_empty() {
            continue;
        }
        sides.arrange(f64::total_cmp);
        let median = sides[sides.len() / 2].max(1e-6);
        from[level as usize] = if coarsest { 0.0 } else { SEEN[level as usize] / median };
        coarsest = false;
    }
    from
}

/// Says on the picture itself that it is no survey.
fn note(b: &mut Builder, bounds: &Rect, size: f64) {
    let style = b.style(Style::text(Role::Quiet, 12.0 * size as f32).middle().fixed());
    b.group("schematic", "note", "示意图");
    b.lod(Lod::ALWAYS);
    let drop = bounds.height() * 0.03;
    // In the middle: the corners are the legend's.
    b.text(9, style, bounds.width() / 2.0, bounds.height() + drop, "示意图，边界不作划界依据");
}

/// The rings of the cells that are drawn, coarsest level first, as one net.
struct Ground {
    /// Cell of each ring.
    cells: Vec<usize>,
    net: Net,
    fit: f64,
    bands: [rings::Band; 3],
}

impl Ground {
    fn new(finest: Level, land: &Land) -> Ground {
        let Land { input, origin, fit, .. } = *land;
        let wanted = |at: &usize| input.cells[*at].level <= finest;
        let mut order: Vec<usize> = (0..input.cells.len()).filter(wanted).collect();
        order.arrange_by(|at| input.cells[*at].level);
        let of = |at: usize| input.cells[at].rings.iter().map(move |ring| (at, ring));
        let all = order.into_iter().flat_map(of);
        let (cells, rings): (Vec<usize>, Vec<Vec<[f64; 2]>>) =
            all.map(|(at, ring)| (at, rings::local(ring, origin))).unzip();
        Ground { cells, net: Net::new(&rings), fit, bands: rings::bands(fit) }
    }

    /// Each cell that has rings, with their numbers, coarsest level first.
    fn by_cell(&self) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        let mut next = 0;
        self.cells.chunk_by(|a, b| a == b).map(move |of| {
            let rings = next..next + of.len();
            next = rings.end;
            (of[0], rings)
        })
    }
}

fn narrow(points: &[[f64; 2]]) -> Vec<[f32; 2]> {
    points.iter().map(|p| [p[0] as f32, p[1] as f32]).collect()
}

struct Painter<'a> {
    b: &'a mut Builder,
    fills: Vec<StyleId>,
    /// Fill of a cell without a value, and of a level without colour.
    blank: StyleId,
    clear: StyleId,
    borders: [StyleId; 4],
    from: [f64; 4],
    /// First scale of the fill of each level; `None` when no cell of the level has a value.
    fill_from: [Option<f64>; 4],
    classes: &'a [Class],
    input: &'a MapInput,
    ground: &'a Ground,
}

impl<'a> Painter<'a> {
    fn new(
        input: &'a MapInput,
        classes: &'a [Class],
        from: [f64; 4],
        ground: &'a Ground,
        b: &'a mut Builder,
    ) -> Painter<'a> {
        let fill = |class: &Class| Style::fill(class.fill).textured(class.pattern, Role::Texture);
        let fills = classes.iter().map(|class| b.style(fill(class))).collect();
        let blank = b.style(Style::fill(Role::NoData));
        let clear = b.style(Style::fill(Role::Clear));
        let border = |role, width| Style::line(role, width).fixed();
        let borders = [
            b.style(border(Role::Ink, 2.0)),
            b.style(border(Role::Quiet, 1.2)),
            b.style(border(Role::LineStrong, 0.8)),
            b.style(border(Role::Line, 0.7)),
        ];
        let fill_from = fill_from(input, from);
        Painter { b, fills, blank, clear, borders, from, fill_from, classes, input, ground }
    }

    fn cell(&mut self, rings: Range<usize>, cell: &MapCell) -> Option<GroupId> {
        let ground = self.ground;
        if rings.clone().all(|ring| ground.net.ring(ring, 0.0).is_empty()) {
            return None;
        }
        let id = self.b.group(&cell.id, "cell", &spoken(cell));
        let level = cell.level as usize;
        // A level without colour still has to be touched and outlined: its fill is clear.
        let (style, from) = match self.fill_from[level] {
            Some(from) => (self.fill(cell), from),
            None => (self.clear, self.from[level]),
        };
        for band in ground.bands {
            let ring = |ring| narrow(&ground.net.ring(ring, band.tolerance));
            let rings: Vec<Vec<[f32; 2]>> = rings.clone().map(ring).collect();
            self.b.lod(band.lod(from)).area(level as u8, style, &rings);
        }
        self.b.hit_last_area(Lod::from(self.from[level]));
        Some(id)
    }

    /// The borders of a level that no coarser level has, over the fills of every level.
    fn borders(&mut self, level: Level) {
        let ground = self.ground;
        let level_of = |arc: &&Arc| self.input.cells[ground.cells[arc.ring]].level == level;
        let at = level as usize;
        let mut named = false;
        // What one ring owns is one item per band.
        let owned = ground.net.arcs().chunk_by(|a, b| a.ring == b.ring);
        for arcs in owned.filter(|arcs| arcs.first().as_ref().is_some_and(level_of)) {
            if !std::mem::replace(&mut named, true) {
                let names = ["borders-village", "borders-grid", "borders-sub", "borders-micro"];
                self.b.group(names[at], "borders", "");
            }
            for band in ground.bands {
                let lines = arcs.iter().map(|arc| ground.net.arc(arc, band.tolerance));
                self.b.lod(band.lod(self.from[at]));
                self.b.lines(7 - level as u8, self.borders[at], lines);
            }
        }
    }

    fn fill(&self, cell: &MapCell) -> StyleId {
        let class = cell.value.and_then(|value| classes::class_of(self.input, self.classes, value));
        class.map_or(self.blank, |at| self.fills[at])
    }
}

/// Levels that carry colour: those with a value, the first of them at any scale; with no values at
/// all the coarsest level is laid as ground.
fn fill_from(input: &MapInput, from: [f64; 4]) -> [Option<f64>; 4] {
    let has = |level: Level, value: bool| {
        input.cells.iter().any(|c| c.level == level && (c.value.is_some() || !value))
    };
    let mut out = [None; 4];
    let mut first = true;
    for level in LEVELS.into_iter().filter(|level| has(*level, true)) {
        out[level as usize] = Some(if first { 0.0 } else { from[level as usize] });
        first = false;
    }
    if first && let Some(level) = LEVELS.into_iter().find(|level| has(*level, false)) {
        out[level as usize] = Some(0.0);
    }
    out
}

fn spoken(cell: &MapCell) -> String {
    if cell.keeper.is_empty() {
        cell.name.clone()
    } else {
        cell.name.clone() + "，" + &cell.keeper
    }
}

#[cfg(test)]
mod tests;
