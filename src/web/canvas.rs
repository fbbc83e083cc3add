//! Paints a scene on a canvas: device-pixel aware, culled, style by style, no allocation per item.
//!
//! Lays nothing out and measures nothing. When to paint is the caller's business: one call per
//! animation frame. [`Screen`] is the pair most pages want: the picture below, hover and selection
//! on an overlay above.

mod brush;
mod items;
pub mod photos;
mod screen;
mod slide;
pub mod still;

pub use screen::{Look, Screen};
pub use slide::Slide;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use crate::picture::camera::Camera;
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::scene::{GroupId, Scene, Shape};
use crate::picture::style::{Role, StyleId};
use brush::Brush;
use wasm_bindgen::JsCast;

/// One canvas and what was last set on it.
pub struct Painter {
    canvas: HtmlCanvasElement,
    brush: Brush,
    /// Size in CSS pixels.
    w: f64,
    h: f64,
    dpr: f64,
}

/// World to device pixels, with what is visible.
#[derive(Clone, Copy)]
struct View {
    k: f64,
    tx: f64,
    ty: f64,
    dpr: f64,
    scale: f32,
    /// Visible world, and the same with room for labels whose anchor is just outside.
    window: Rect,
    wide: Rect,
}

impl View {
    fn x(&self, x: f32) -> f64 {
        f64::from(x) * self.k + self.tx
    }

    fn y(&self, y: f32) -> f64 {
        f64::from(y) * self.k + self.ty
    }
}

/// Longest half of a fixed-size label that may reach into view, CSS pixels.
const REACH: f64 = 120.0;

impl Painter {
    /// `None` where the browser gives no 2d context.
    pub fn new(canvas: HtmlCanvasElement) -> Option<Painter> {
        let context = canvas.get_context("2d").ok().flatten()?;
        let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
        Some(Painter { canvas, brush: Brush::new(context), w: 0.0, h: 0.0, dpr: 1.0 })
    }

    /// Sets the size in CSS pixels and the device pixels for each; does nothing when unchanged.
    pub fn resize(&mut self, w: f64, h: f64, dpr: f64) {
        let dpr = dpr.clamp(0.5, 4.0);
        let (pw, ph) = ((w * dpr).round() as u32, (h * dpr).round() as u32);
        (self.w, self.h, self.dpr) = (w, h, dpr);
        if self.canvas.width() != pw || self.canvas.height() != ph {
            self.canvas.set_width(pw);
            self.canvas.set_height(ph);
            self.brush.forget();
        }
    }

    fn view(&self, camera: &Camera) -> View {
        let dpr = self.dpr;
        let window = camera.window(self.w, self.h).grow(2.0 / camera.scale);
        View {
            k: camera.scale * dpr,
            tx: (camera.tx * dpr).round(),
            ty: (camera.ty * dpr).round(),
            dpr,
            scale: camera.scale as f32,
            window,
            wide: window.grow(REACH / camera.scale),
        }
    }

    pub fn clear(&mut self) {
        let (w, h) = (self.w * self.dpr, self.h * self.dpr);
        self.brush.context().clear_rect(0.0, 0.0, w + 1.0, h + 1.0);
    }

    /// Paints everything the camera sees. Returns how many items that were.
    pub fn paint(&mut self, scene: &Scene, palette: Palette, camera: &Camera) -> usize {
        self.ground(palette);
        let view = self.view(camera);
        let mut at = 0;
        let mut painted = 0;
        while at < scene.index.chunks.len() {
            let end = block(scene, at);
            painted += self.paint_block(scene, palette, &view, at..end);
            at = end;
        }
        painted
    }

    /// Covers all with paper.
    fn ground(&mut self, palette: Palette) {
        self.brush.fill(palette.css(Role::Paper));
        let (w, h) = (self.w * self.dpr, self.h * self.dpr);
        self.brush.context().fill_rect(0.0, 0.0, w + 1.0, h + 1.0);
    }

    /// Paints blocks from chunk `at` on until `enough` says so after one; returns the chunk to go
    /// on with, `None` at the end, and how many items were painted.
    fn paint_on(
        &mut self,
        scene: &Scene,
        palette: Palette,
        camera: &Camera,
        mut at: usize,
        mut enough: impl FnMut(&Painter) -> bool,
    ) -> (Option<usize>, usize) {
        let view = self.view(camera);
        let mut sum = 0;
        while at < scene.index.chunks.len() {
            let end = block(scene, at);
            let painted = self.paint_block(scene, palette, &view, at..end);
            at = end;
            sum += painted;
            if painted > 0 && at < scene.index.chunks.len() && enough(self) {
                return (Some(at), sum);
            }
        }
        (None, sum)
    }

    /// Chunks of one plane and style.
    fn paint_block(
        &mut self,
        scene: &Scene,
        palette: Palette,
        view: &View,
        chunks: std::ops::Range<usize>,
    ) -> usize {
        let style = scene.style(scene.index.chunks[chunks.start].style);
        let window = if style.fixed && style.size > 0.0 { &view.wide } else { &view.window };
        let shown = || {
            let chunks = scene.index.chunks[chunks.clone()].iter();
            chunks
                .filter(|c| c.shows(window, view.scale))
                .flat_map(|c| scene.index.order[c.start as usize..c.end as usize].iter().copied())
        };
        if shown().next().is_none() {
            return 0;
        }
        items::paint(&mut self.brush, scene, palette, view, style, shown)
    }

    /// Paints only the outlines of these groups, as an overlay.
    pub fn paint_groups(
        &mut self,
        scene: &Scene,
        palette: Palette,
        camera: &Camera,
        groups: &[GroupId],
        look: &Look,
    ) {
        let view = self.view(camera);
        for group in groups {
            let group = scene.group(*group);
            if group.bounds.touches(&view.window) {
                items::outline(&mut self.brush, scene, palette, &view, group, look);
            }
        }
    }
}

/// Chunks painted between two looks at the clock.
const BLOCK: usize = 24;

/// The end of the block at chunk `at`: its plane and style, [`BLOCK`] chunks at most.
fn block(scene: &Scene, at: usize) -> usize {
    let chunks = &scene.index.chunks;
    let key = |at: usize| -> (StyleId, u8) {
        let first = scene.index.order[chunks[at].start as usize];
        (chunks[at].style, scene.items[first as usize].plane)
    };
    let own = key(at);
    let most = chunks.len().min(at + BLOCK);
    (at + 1..most).find(|next| key(*next) != own).unwrap_or(most)
}

/// Whether an item's shape can be judged outside the window cheaply; chunks did the rest.
fn outside(shape: &Shape, view: &View) -> bool {
    let Shape::Rect { x, y, w, h, .. } = *shape else { return false };
    let v = &view.window;
    f64::from(x) > v.x1 || f64::from(x + w) < v.x0 || f64::from(y) > v.y1 || f64::from(y + h) < v.y0
}
