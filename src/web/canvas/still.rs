//! A scene as an image of its own, of any size a browser can hold. Nothing of it is shown.

use wasm_bindgen::JsCast;
use web_sys::HtmlCanvasElement;

use super::Painter;
use crate::picture::camera::Camera;
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::scene::Scene;

/// Pixels that every browser takes, a side and in all.
const SIDE: f64 = 16_000.0;
const AREA: f64 = 120_000_000.0;

/// Paper around the scene, as a part of its width.
const MARGIN: f64 = 0.02;

/// What of the world such an image shows.
pub fn framed(scene: &Scene) -> Rect {
    scene.bounds.grow(scene.bounds.width().max(1.0) * MARGIN)
}

/// The scene so many pixels wide; smaller where that would be more than a browser holds. `None` where it gives
/// no canvas.
pub fn still(scene: &Scene, palette: Palette, width: u32) -> Option<HtmlCanvasElement> {
    let all = framed(scene);
    let (w, h) = (all.width().max(1.0), all.height().max(1.0));
    let most = (SIDE / w).min(SIDE / h).min((AREA / (w * h)).sqrt());
    let scale = (f64::from(width) / w).min(most);
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let mut painter = Painter::new(canvas.clone())?;
    painter.resize((w * scale).round(), (h * scale).round(), 1.0);
    let camera = Camera { scale, tx: -all.x0 * scale, ty: -all.y0 * scale };
    painter.paint(scene, palette, &camera);
    Some(canvas)
}
