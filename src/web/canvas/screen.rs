//! A picture on screen: the base canvas, and an overlay for what the pointer and the search touch.
//!
//! While the camera moves, frames are made from the last sharp picture, moved and scaled, and a new
//! one is painted aside in slices; so a frame costs the same however large the scene is. Listens to
//! no event: the page turns events into cameras and group lists and asks for frames.

use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::{Painter, Slide};
use crate::picture::camera::Camera;
use crate::picture::palette::Palette;
use crate::picture::scene::{GroupId, Scene};
use crate::picture::style::Role;

/// How highlighted groups look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    pub role: Role,
    /// Outline in CSS pixels.
    pub width: f64,
    /// Opacity of the wash over the group, 0 for none.
    pub wash: f32,
}

impl Look {
    pub const HOVER: Look = Look { role: Role::Accent, width: 1.5, wash: 0.05 };
    pub const SELECTED: Look = Look { role: Role::Accent, width: 2.5, wash: 0.0 };
    pub const TRACE: Look = Look { role: Role::Accent, width: 2.0, wash: 0.0 };
    pub const FOUND: Look = Look { role: Role::Amber, width: 3.0, wash: 0.12 };
}

/// Milliseconds a frame may spend on the next sharp picture.
const SLICE: f64 = 4.0;

/// Up to so many items are painted sharp in every frame.
const FEW: usize = 700;

/// Both canvases; they must lie on each other, the overlay with `pointer-events: none` or taking
/// all events.
pub struct Screen {
    base: Painter,
    overlay: Painter,
    /// The last sharp picture, and the whole world in small for what it does not cover.
    sharp: Shot,
    whole: Shot,
    /// The next sharp picture: where it looks and how far it is.
    next: Shot,
    job: Option<usize>,
    /// Items of the last sharp picture, and of the next one so far.
    painted: usize,
    painting: usize,
    /// Takes one pixel, to make the browser rasterise what was recorded.
    probe: Painter,
}

/// A canvas of the screen's size and the camera it was painted with, if any.
struct Shot {
    painter: Painter,
    camera: Option<Camera>,
}

impl Shot {
    fn like(base: &HtmlCanvasElement) -> Option<Shot> {
        let canvas = base.owner_document()?.create_element("canvas").ok()?;
        Some(Shot { painter: Painter::new(canvas.dyn_into().ok()?)?, camera: None })
    }
}

impl Screen {
    /// `None` where the browser gives no 2d context.
    pub fn new(base: HtmlCanvasElement, overlay: HtmlCanvasElement) -> Option<Screen> {
        let (sharp, whole, next) = (Shot::like(&base)?, Shot::like(&base)?, Shot::like(&base)?);
        let mut probe = Shot::like(&base)?.painter;
        probe.resize(1.0, 1.0, 1.0);
        let (base, overlay) = (Painter::new(base)?, Painter::new(overlay)?);
        Some(Screen {
            base,
            overlay,
            sharp,
            whole,
            next,
            job: None,
            painted: 0,
            painting: 0,
            probe,
        })
    }

    /// CSS pixels and `devicePixelRatio`. What was on screen is gone when any of them changed.
    pub fn resize(&mut self, w: f64, h: f64, dpr: f64) {
        let same = (self.base.w, self.base.h, self.base.dpr) == (w, h, dpr);
        self.base.resize(w, h, dpr);
        self.overlay.resize(w, h, dpr);
        if !same {
            self.forget();
        }
    }

    /// Drops every kept picture: the scene or its colours have changed.
    fn forget(&mut self) {
        self.job = None;
        for shot in [&mut self.sharp, &mut self.whole, &mut self.next] {
            shot.camera = None;
        }
    }

    /// Paints the world at once and sharp: a new scene, a new theme, a new size. Returns how many
    /// items were painted.
    pub fn paint(&mut self, scene: &Scene, palette: Palette, camera: &Camera) -> usize {
        self.forget();
        self.paint_live(scene, palette, camera);
        self.painted
    }

    /// Keeps the picture there is and paints the next aside: a slide is made out of both.
    pub fn begin_slide(&mut self, scene: &Scene, palette: Palette, camera: &Camera) {
        self.forget();
        let (w, h, dpr) = (self.base.w, self.base.h, self.base.dpr);
        self.sharp.painter.resize(w, h, dpr);
        self.sharp.painter.take(&self.base, [0.0, 0.0, w * dpr, h * dpr]);
        self.next.painter.resize(w, h, dpr);
        self.next.painter.paint(scene, palette, camera);
    }

    /// A picture on its way to the next.
    pub fn slide(&mut self, slide: &Slide, palette: Palette, now: f64) {
        let pictures = (&self.sharp.painter, &self.next.painter);
        self.base.paint_slide(slide, pictures, palette, now);
    }

    fn paint_live(&mut self, scene: &Scene, palette: Palette, camera: &Camera) {
        self.painted = self.base.paint(scene, palette, camera);
        self.sharp.camera = None;
        self.next.camera = Some(*camera);
    }

    /// One frame of a moving camera. Returns whether another frame is needed until the picture is
    /// sharp; the page asks for frames until then.
    pub fn frame(&mut self, scene: &Scene, palette: Palette, camera: &Camera) -> bool {
        if self.job.is_none() && self.painted <= FEW {
            self.paint_live(scene, palette, camera);
            return false;
        }
        self.keep_first(scene);
        if self.job.is_none() && self.sharp.camera != Some(*camera) {
            self.next.camera = Some(*camera);
            self.next.painter.ground(palette);
            self.job = Some(0);
            self.painting = 0;
        }
        if let (Some(at), Some(target)) = (self.job, self.next.camera) {
            self.job = self.slice(scene, palette, &target, at);
            if self.job.is_none() {
                std::mem::swap(&mut self.sharp, &mut self.next);
                self.painted = self.painting;
                self.keep_whole(scene);
            }
        }
        self.compose(palette, camera);
        self.job.is_some() || self.sharp.camera != Some(*camera)
    }

    fn slice(
        &mut self,
        scene: &Scene,
        palette: Palette,
        camera: &Camera,
        at: usize,
    ) -> Option<usize> {
        let end = now() + SLICE;
        let probe = &self.probe;
        let (rest, painted) = self.next.painter.paint_on(scene, palette, camera, at, |painter| {
            probe.take(painter, [0.0, 0.0, 1.0, 1.0]);
            now() >= end
        });
        self.painting += painted;
        rest
    }

    /// The first frame after a plain paint: what is on the base becomes the sharp picture.
    fn keep_first(&mut self, scene: &Scene) {
        if self.sharp.camera.is_some() || self.job.is_some() {
            return;
        }
        let (w, h, dpr) = (self.base.w, self.base.h, self.base.dpr);
        for shot in [&mut self.sharp, &mut self.whole, &mut self.next] {
            shot.painter.resize(w, h, dpr);
        }
        self.sharp.painter.take(&self.base, [0.0, 0.0, w * dpr, h * dpr]);
        self.sharp.camera = self.next.camera;
        self.keep_whole(scene);
    }

    /// A picture that shows the whole world is kept for the margins of later ones.
    fn keep_whole(&mut self, scene: &Scene) {
        let Some(camera) = self.sharp.camera else { return };
        let (w, h, dpr) = (self.base.w, self.base.h, self.base.dpr);
        let (window, b) = (camera.window(w, h), &scene.bounds);
        let better = self.whole.camera.is_none_or(|known| known.scale < camera.scale * 0.999);
        if better && window.contains(b.x0, b.y0) && window.contains(b.x1, b.y1) {
            self.whole.painter.take(&self.sharp.painter, [0.0, 0.0, w * dpr, h * dpr]);
            self.whole.camera = Some(camera);
        }
    }

    fn compose(&mut self, palette: Palette, camera: &Camera) {
        let Some(sharp) = self.sharp.camera else { return };
        let place = self.base.moved(&sharp, camera);
        let [x, y, w, h] = place;
        let covered = x <= 0.0
            && y <= 0.0
            && x + w >= self.base.w * self.base.dpr
            && y + h >= self.base.h * self.base.dpr;
        if !covered {
            self.base.ground(palette);
            if let Some(whole) = self.whole.camera {
                let place = self.base.moved(&whole, camera);
                self.base.take(&self.whole.painter, place);
            }
        }
        self.base.take(&self.sharp.painter, place);
    }

    /// Repaints the overlay alone. `alone`: everything but these groups steps back.
    pub fn highlight(
        &mut self,
        scene: &Scene,
        palette: Palette,
        camera: &Camera,
        alone: Option<&[GroupId]>,
        marked: &[(&[GroupId], Look)],
    ) {
        self.overlay.clear();
        if let Some(groups) = alone {
            self.overlay.dim(scene, palette, camera, groups);
        }
        for (groups, look) in marked {
            self.overlay.paint_groups(scene, palette, camera, groups, look);
        }
    }
}

/// How far what was not looked for steps back.
const DIMMED: f32 = 0.78;

impl Painter {
    /// Covers everything but these groups with a veil.
    fn dim(&mut self, scene: &Scene, palette: Palette, camera: &Camera, groups: &[GroupId]) {
        let dpr = self.dpr;
        self.brush.alpha(DIMMED);
        self.brush.fill(palette.css(Role::Paper));
        self.brush.context().fill_rect(0.0, 0.0, self.w * dpr, self.h * dpr);
        self.brush.alpha(1.0);
        let view = self.view(camera);
        for group in groups {
            super::items::uncover(&self.brush, scene, &view, scene.group(*group));
        }
    }

    /// Draws another canvas into `[x, y, w, h]` device pixels.
    fn take(&self, from: &Painter, [x, y, w, h]: [f64; 4]) {
        let context = self.brush.context();
        // Fails only for a canvas without size; then there is nothing to draw.
        let _ = context.draw_image_with_html_canvas_element_and_dw_and_dh(&from.canvas, x, y, w, h);
    }

    /// Where a picture painted with one camera lies under another, device pixels.
    fn moved(&self, painted: &Camera, camera: &Camera) -> [f64; 4] {
        let ratio = camera.scale / painted.scale;
        let dpr = self.dpr;
        let (w, h) = (self.w * dpr, self.h * dpr);
        let shift = |now: f64, then: f64| (now * dpr).round() - (then * dpr).round() * ratio;
        [shift(camera.tx, painted.tx), shift(camera.ty, painted.ty), w * ratio, h * ratio]
    }
}

/// Milliseconds on the page's clock; 0 where there is none, which only makes slices long.
fn now() -> f64 {
    web_sys::window().and_then(|w| w.performance()).map_or(0.0, |p| p.now())
}
