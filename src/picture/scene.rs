//! The scene: positioned primitives with ids, in flat arrays. Every painter and the hit test read it.
//!
//! A scene decides nothing: layouts have already placed, wrapped and chosen roles. Items stand in
//! back-to-front order and belong to groups; a group is what can be pointed at, named and opened.
//! Coordinates are world units kept as f32 (layouts compute in f64): at a width of 1,000,000 units
//! the step is 1/16.

use super::geom::Rect;
use super::index::{self, Index};
use super::style::{Style, StyleId};

/// Index into [`Scene::groups`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GroupId(pub u32);

/// A stretch of one of the scene's arenas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Span {
    pub start: u32,
    pub len: u32,
}

impl Span {
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.len) as usize
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shape {
    /// Left, top, width, height, corner radius.
    Rect { x: f32, y: f32, w: f32, h: f32, r: f32 },
    /// Open line through `points[span]`.
    Line(Span),
    /// Several open lines; `rings[span]` are spans of points.
    Lines(Span),
    /// Polygon; `rings[span]` are spans of points, the first outer, the rest holes (even-odd).
    Area(Span),
    /// Baseline point and a span of `chars`; the style's anchor says which end `x` is.
    Text { x: f32, y: f32, chars: Span },
    /// A small picture, cut to the box from left, top, width and height; `chars` say it as `data:…`. The style's fill
    /// stands there until it is painted.
    Image { x: f32, y: f32, w: f32, h: f32, chars: Span },
}

/// Scales at which a thing is painted: `from <= scale < to`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lod {
    pub from: f32,
    pub to: f32,
}

impl Lod {
    pub const ALWAYS: Lod = Lod { from: 0.0, to: f32::INFINITY };

    pub fn from(scale: f64) -> Lod {
        Lod { from: scale as f32, ..Lod::ALWAYS }
    }

    pub fn below(scale: f64) -> Lod {
        Lod { to: scale as f32, ..Lod::ALWAYS }
    }

    pub fn shows(&self, scale: f32) -> bool {
        self.from <= scale && scale < self.to
    }
}

/// Painting plane: a painter may reorder items of one plane by style, never across planes; items of one plane and style
/// are of one sort.
/// Layouts therefore put only things that do not overlap, or share a style, on one plane.
pub type Plane = u8;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    pub shape: Shape,
    pub lod: Lod,
    pub group: GroupId,
    pub style: StyleId,
    pub plane: Plane,
}

/// What can be pointed at: a card, a cell, a link, a label.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The record's id, or a made-up one that is unique in the scene.
    pub id: Box<str>,
    /// What it is, as a stable word for CSS and tests: `post`, `unit`, `cell`, `link` …
    pub role: &'static str,
    /// Full plain text for tooltips, screen readers and `<title>`.
    pub title: Box<str>,
    /// The group's items in `Scene::items`.
    pub items: Span,
    pub bounds: Rect,
    /// What the pointer must touch; `Hit::Never` lets it through.
    pub hit: Hit,
    /// Scales at which the group can be hit.
    pub lod: Lod,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Hit {
    Never,
    /// Anywhere in `bounds`.
    Box,
    /// Inside the polygon of this item.
    Area(u32),
}

/// A finished picture. Made by [`Builder`]; read only.
#[derive(Clone, Debug)]
pub struct Scene {
    pub bounds: Rect,
    pub items: Vec<Item>,
    pub points: Vec<[f32; 2]>,
    pub rings: Vec<Span>,
    pub chars: String,
    pub styles: Vec<Style>,
    pub groups: Vec<Group>,
    pub index: Index,
}

impl Scene {
    pub fn text(&self, chars: Span) -> &str {
        self.chars.get(chars.range()).unwrap_or_default()
    }

    pub fn points(&self, span: Span) -> &[[f32; 2]] {
        self.points.get(span.range()).unwrap_or_default()
    }

    pub fn style(&self, id: StyleId) -> &Style {
        &self.styles[usize::from(id.0)]
    }

    pub fn group(&self, id: GroupId) -> &Group {
        &self.groups[id.0 as usize]
    }

    pub fn group_items(&self, id: GroupId) -> &[Item] {
        &self.items[self.group(id).items.range()]
    }

    /// The pictures in it, as `data:…`.
    pub fn images(&self) -> impl Iterator<Item = &str> {
        self.items.iter().filter_map(|item| match item.shape {
            Shape::Image { chars, .. } => Some(self.text(chars)),
            _ => None,
        })
    }

    /// Whether what answers to the pointer at this scale lies within a box.
    pub fn has_card_in(&self, window: &Rect, scale: f64) -> bool {
        self.groups.iter().any(|group| index::lies_in(self, group, window, scale))
    }

    /// Whether an upright or level piece of a line, a link, runs through a box.
    pub fn has_line_in(&self, window: &Rect) -> bool {
        let piece = |pair: &[[f32; 2]]| {
            let [[x0, y0], [x1, y1]] = [pair[0], pair[1]];
            let (x, y) = ((x0.min(x1), x0.max(x1)), (y0.min(y1), y0.max(y1)));
            let [x0, x1, y0, y1] = [x.0, x.1, y.0, y.1].map(f64::from);
            (x0 == x1 || y0 == y1) && window.touches(&Rect { x0, y0, x1, y1 })
        };
        self.items.iter().any(|item| match item.shape {
            Shape::Line(span) => self.points(span).windows(2).any(piece),
            _ => false,
        })
    }

    /// The boxes of all words shown at this scale or nearer.
    pub fn words(&self, from: f32) -> Vec<Rect> {
        let word = |item: &Item| match item.shape {
            Shape::Text { x, y, chars } if item.lod.to > from => {
                let style = self.style(item.style);
                Some(text_extent(f64::from(x), f64::from(y), self.text(chars), style))
            }
            _ => None,
        };
        self.items.iter().filter_map(word).collect()
    }

    /// The group of a record, by a walk over all groups.
    pub fn find(&self, id: &str) -> Option<GroupId> {
        self.groups.iter().position(|g| &*g.id == id).map(|at| GroupId(at as u32))
    }

    /// The topmost group under a world point at this scale.
    pub fn hit(&self, x: f64, y: f64, scale: f64) -> Option<GroupId> {
        self.index.hit(self, x, y, scale)
    }
}

/// Collects items in back-to-front order; [`Builder::finish`] makes the scene.
#[derive(Default)]
pub struct Builder {
    items: Vec<Item>,
    points: Vec<[f32; 2]>,
    rings: Vec<Span>,
    chars: String,
    styles: Vec<Style>,
    groups: Vec<Group>,
    lod: Option<Lod>,
}

impl Builder {
    pub fn with_capacity(groups: usize, items: usize) -> Builder {
        let mut b = Builder::default();
        b.groups.reserve(groups);
        b.items.reserve(items);
        b
    }

    /// Goes on with a scene that is there: its groups keep their numbers.
    pub fn of(scene: Scene) -> Builder {
        let Scene { items, points, rings, chars, styles, groups, .. } = scene;
        Builder { items, points, rings, chars, styles, groups, lod: None }
    }

    /// The id of a group that is there.
    pub fn group_id(&self, group: GroupId) -> Option<&str> {
        self.groups.get(group.0 as usize).map(|group| &*group.id)
    }

    /// The id of an equal style, kept once.
    pub fn style(&mut self, style: Style) -> StyleId {
        let at = self.styles.iter().position(|s| *s == style).unwrap_or_else(|| {
            self.styles.push(style);
            self.styles.len() - 1
        });
        StyleId(at as u16)
    }

    /// Opens a group; the items that follow belong to it.
    pub fn group(&mut self, id: &str, role: &'static str, title: &str) -> GroupId {
        self.groups.push(Group {
            id: id.into(),
            role,
            title: title.into(),
            items: Span { start: self.items.len() as u32, len: 0 },
            bounds: Rect::EMPTY,
            hit: Hit::Never,
            lod: Lod::ALWAYS,
        });
        GroupId(self.groups.len() as u32 - 1)
    }

    /// Makes the open group answer to the pointer anywhere in its bounds, at these scales.
    pub fn hit_box(&mut self, lod: Lod) {
        if let Some(group) = self.groups.last_mut() {
            group.hit = Hit::Box;
            group.lod = lod;
        }
    }

    /// Makes the open group answer inside the polygon added last, at these scales.
    pub fn hit_last_area(&mut self, lod: Lod) {
        let Some(at) = self.items.len().checked_sub(1).map(|at| at as u32) else { return };
        let area = matches!(self.items[at as usize].shape, Shape::Area(_));
        if let Some(group) = self.groups.last_mut().filter(|_| area) {
            group.hit = Hit::Area(at);
            group.lod = lod;
        }
    }

    /// Scales for the items that follow, until changed.
    pub fn lod(&mut self, lod: Lod) -> &mut Builder {
        self.lod = Some(lod);
        self
    }

    pub fn rect(&mut self, plane: Plane, style: StyleId, r: Rect, radius: f64) {
        let shape = Shape::Rect {
            x: r.x0 as f32,
            y: r.y0 as f32,
            w: r.width() as f32,
            h: r.height() as f32,
            r: radius as f32,
        };
        self.push(plane, style, shape);
    }

    pub fn line(&mut self, plane: Plane, style: StyleId, points: &[(f64, f64)]) {
        let span = self.add_points(points.iter().map(|(x, y)| [*x as f32, *y as f32]));
        self.push(plane, style, Shape::Line(span));
    }

    /// Several lines as one item; those of fewer than two points are left out.
    pub fn lines(
        &mut self,
        plane: Plane,
        style: StyleId,
        lines: impl Iterator<Item = Vec<[f64; 2]>>,
    ) {
        let start = self.rings.len() as u32;
        for line in lines.filter(|line| line.len() > 1) {
            let span = self.add_points(line.iter().map(|[x, y]| [*x as f32, *y as f32]));
            self.rings.push(span);
        }
        let len = self.rings.len() as u32 - start;
        if len > 0 {
            self.push(plane, style, Shape::Lines(Span { start, len }));
        }
    }

    /// A polygon from rings; rings of fewer than three points are left out.
    pub fn area(&mut self, plane: Plane, style: StyleId, rings: &[Vec<[f32; 2]>]) {
        let start = self.rings.len() as u32;
        for ring in rings.iter().filter(|ring| ring.len() >= 3) {
            let span = self.add_points(ring.iter().copied());
            self.rings.push(span);
        }
        let len = self.rings.len() as u32 - start;
        if len > 0 {
            self.push(plane, style, Shape::Area(Span { start, len }));
        }
    }

    pub fn text(&mut self, plane: Plane, style: StyleId, x: f64, y: f64, text: &str) {
        if text.is_empty() {
            return;
        }
        let start = self.chars.len() as u32;
        self.chars.push_str(text);
        let chars = Span { start, len: text.len() as u32 };
        self.push(plane, style, Shape::Text { x: x as f32, y: y as f32, chars });
    }

    /// A picture that is given as `data:…`.
    pub fn image(&mut self, plane: Plane, style: StyleId, r: Rect, source: &str) {
        let start = self.chars.len() as u32;
        self.chars.push_str(source);
        let chars = Span { start, len: source.len() as u32 };
        let [x, y, w, h] = [r.x0, r.y0, r.width(), r.height()].map(|side| side as f32);
        self.push(plane, style, Shape::Image { x, y, w, h, chars });
    }

    /// Everything of another scene, `k` times as large and then moved; groups keep their ids.
    pub fn append(&mut self, other: &Scene, k: f64, (dx, dy): (f64, f64)) {
        let [points, rings, chars, items] =
            [self.points.len(), self.rings.len(), self.chars.len(), self.items.len()]
                .map(|len| len as u32);
        let groups = self.groups.len() as u32;
        let at = |x: f32, by: f64| (f64::from(x) * k + by) as f32;
        let moved = |span: Span, by: u32| Span { start: span.start + by, ..span };
        let k32 = k as f32;
        let styles: Vec<StyleId> = other.styles.iter().map(|s| self.style(s.times(k32))).collect();
        self.points.extend(other.points.iter().map(|[x, y]| [at(*x, dx), at(*y, dy)]));
        self.rings.extend(other.rings.iter().map(|ring| moved(*ring, points)));
        self.chars.push_str(&other.chars);
        self.items.extend(other.items.iter().map(|item| {
            let shape = match item.shape {
                Shape::Rect { x, y, w, h, r } => {
                    Shape::Rect { x: at(x, dx), y: at(y, dy), w: w * k32, h: h * k32, r: r * k32 }
                }
                Shape::Line(span) => Shape::Line(moved(span, points)),
                Shape::Lines(span) => Shape::Lines(moved(span, rings)),
                Shape::Area(span) => Shape::Area(moved(span, rings)),
                Shape::Text { x, y, chars: span } => {
                    Shape::Text { x: at(x, dx), y: at(y, dy), chars: moved(span, chars) }
                }
                Shape::Image { x, y, w, h, chars: span } => {
                    let (x, y) = (at(x, dx), at(y, dy));
                    Shape::Image { x, y, w: w * k32, h: h * k32, chars: moved(span, chars) }
                }
            };
            let group = GroupId(item.group.0 + groups);
            Item { shape, group, style: styles[usize::from(item.style.0)], ..*item }
        }));
        self.groups.extend(other.groups.iter().map(|group| Group {
            items: moved(group.items, items),
            bounds: Rect::EMPTY,
            hit: Hit::Never,
            ..group.clone()
        }));
    }

    fn add_points(&mut self, points: impl Iterator<Item = [f32; 2]>) -> Span {
        let start = self.points.len() as u32;
        self.points.extend(points);
        Span { start, len: self.points.len() as u32 - start }
    }

    fn push(&mut self, plane: Plane, style: StyleId, shape: Shape) {
        if self.groups.is_empty() {
            self.group("picture", "picture", "");
        }
        let group = GroupId(self.groups.len() as u32 - 1);
        let lod = self.lod.unwrap_or(Lod::ALWAYS);
        if lod.from >= lod.to {
            return;
        }
        self.items.push(Item { shape, lod, group, style, plane });
        if let Some(open) = self.groups.last_mut() {
            open.items.len += 1;
        }
    }

    pub fn finish(mut self) -> Scene {
        let extents = self.extents();
        let mut bounds = Rect::EMPTY;
        for (item, extent) in self.items.iter().zip(&extents) {
            let group = &mut self.groups[item.group.0 as usize];
            group.bounds = group.bounds.union(extent);
            bounds = bounds.union(extent);
        }
        let mut scene = Scene {
            bounds,
            items: self.items,
            points: self.points,
            rings: self.rings,
            chars: self.chars,
            styles: self.styles,
            groups: self.groups,
            index: Index::default(),
        };
        scene.index = Index::new(&scene, &extents);
        scene
    }

    /// The box of each item; a fixed-size text counts as its anchor point.
    fn extents(&self) -> Vec<Rect> {
        let one = |item: &Item| match item.shape {
            Shape::Rect { x, y, w, h, .. } | Shape::Image { x, y, w, h, .. } => {
                Rect::sized(f64::from(x), f64::from(y), f64::from(w), f64::from(h))
            }
            Shape::Line(span) => self.around(span),
            Shape::Lines(span) | Shape::Area(span) => {
                let rings = self.rings[span.range()].iter();
                rings.fold(Rect::EMPTY, |b, ring| b.union(&self.around(*ring)))
            }
            Shape::Text { x, y, chars } => {
                let style = &self.styles[usize::from(item.style.0)];
                text_extent(f64::from(x), f64::from(y), &self.chars[chars.range()], style)
            }
        };
        self.items.iter().map(one).collect()
    }

    fn around(&self, span: Span) -> Rect {
        let (mut lo, mut hi) = ([f32::INFINITY; 2], [f32::NEG_INFINITY; 2]);
        for p in &self.points[span.range()] {
            lo = [lo[0].min(p[0]), lo[1].min(p[1])];
            hi = [hi[0].max(p[0]), hi[1].max(p[1])];
        }
        let [x0, y0, x1, y1] = [lo[0], lo[1], hi[0], hi[1]].map(f64::from);
        Rect { x0, y0, x1, y1 }
    }
}

/// The box of one line of text.
fn text_extent(x: f64, y: f64, text: &str, style: &Style) -> Rect {
    use super::style::Anchor;
    use super::text::{TableMetrics, TextMetrics};
    if style.fixed {
        return Rect::sized(x, y, 0.0, 0.0);
    }
    let size = f64::from(style.size);
    if style.vertical {
        let h = size * text.chars().count() as f64;
        return Rect::sized(x - size / 2.0, y - size, size, h + 0.2 * size);
    }
    let w = TableMetrics.width(text, style.font());
    let left = match style.anchor {
        Anchor::Start => x,
        Anchor::Middle => x - w / 2.0,
        Anchor::End => x - w,
    };
    Rect::sized(left, y - 0.88 * size, w, 1.12 * size)
}
