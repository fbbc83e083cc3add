//! A picture on screen: the base canvas, and an overlay for what the pointer and the search touch.
//!
//! Listens to no event: the page turns events into cameras and group lists.

use web_sys::HtmlCanvasElement;

use super::Painter;
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

/// Both canvases; they must lie on each other, the overlay with `pointer-events: none` or taking
/// all events.
pub struct Screen {
    base: Painter,
    overlay: Painter,
}

impl Screen {
    /// `None` where the browser gives no 2d context.
    pub fn new(base: HtmlCanvasElement, overlay: HtmlCanvasElement) -> Option<Screen> {
        Some(Screen { base: Painter::new(base)?, overlay: Painter::new(overlay)? })
    }

    /// CSS pixels and `devicePixelRatio`.
    pub fn resize(&mut self, w: f64, h: f64, dpr: f64) {
        self.base.resize(w, h, dpr);
        self.overlay.resize(w, h, dpr);
    }

    /// Paints the world; returns how many items were painted.
    pub fn paint(&mut self, scene: &Scene, palette: Palette, camera: &Camera) -> usize {
        self.base.paint(scene, palette, camera)
    }

    /// Repaints the overlay alone.
    pub fn highlight(
        &mut self,
        scene: &Scene,
        palette: Palette,
        camera: &Camera,
        marked: &[(&[GroupId], Look)],
    ) {
        self.overlay.clear();
        for (groups, look) in marked {
            self.overlay.paint_groups(scene, palette, camera, groups, look);
        }
    }
}
