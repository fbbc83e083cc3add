//! 缩略图: all of the picture in a corner while only a part of it is seen, with a frame around that part. Pressing or dragging
//! in it moves the view. For pointers; keys move the picture itself. Its code waits in the second part.

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

use crate::picture::camera::Camera;
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::scene::Scene;
use crate::ui::prelude::*;
use crate::web::canvas::still::{self, still};
use crate::web::frame;
use leptos::html::Div;

use super::Viewer;

/// The largest it gets, in pixels.
const WIDE: f64 = 208.0;
const HIGH: f64 = 148.0;

pub(super) fn overview(viewer: Viewer) -> AnyView {
    let place = NodeRef::<Div>::new();
    let held = StoredValue::new(false);
    effect(move || {
        let Some(place) = place.get() else { return };
        let (shown, palette) = (viewer.shown.get(), viewer.palette.get());
        // The picture itself is painted first.
        frame::on_next_frame(move |_| {
            if let Some(shown) = shown {
                draw(&place, &shown.scene, palette);
            }
        });
    });
    let window = move || {
        let (w, h) = viewer.size.get();
        let seen = viewer.camera.get().window(w, h);
        let all =
            viewer.shown.with(|shown| shown.as_ref().map(|shown| still::framed(&shown.scene)));
        all.map_or_else(String::new, |all| framed(&seen, &all))
    };
    let go = move |event: &PointerEvent| {
        if let Some(place) = place.get_untracked() {
            look_at(viewer, &place, event);
        }
    };
    view! {
        <div
            class="picture-overview"
            aria-hidden="true"
            title="缩略图：点哪里看哪里"
            on:pointerdown=move |event| {
                held.set_value(true);
                capture(&event);
                go(&event);
            }
            on:pointermove=move |event| if held.get_value() { go(&event) }
            on:pointerup=move |_| held.set_value(false)
            on:pointercancel=move |_| held.set_value(false)
        >
            <div class="picture-overview-all">
                <div node_ref=place></div>
                <div class="picture-overview-seen" style=window></div>
            </div>
        </div>
    }
    .into_any()
}

/// All of the scene, as large as fits.
fn draw(place: &HtmlElement, scene: &Scene, palette: Palette) {
    let all = still::framed(scene);
    let wide = WIDE.min(HIGH * all.width() / all.height().max(1e-9));
    let ratio = super::pixel_ratio();
    let Some(canvas) = still(scene, palette, (wide * ratio).round() as u32) else { return };
    let style = ["width:", &wide.round().to_string(), "px"].concat();
    // An element that was just made takes any style; where it does not, it stands in its own size.
    let _ = canvas.set_attribute("style", &style);
    place.set_text_content(None);
    // Where it cannot be put in there is no overview; nothing else is troubled.
    let _ = place.append_child(&canvas);
}

/// The part that is seen, as parts of the whole.
fn framed(seen: &Rect, all: &Rect) -> String {
    let part =
        |at: f64, from: f64, side: f64| ((at - from) / side.max(1e-9)).clamp(0.0, 1.0) * 100.0;
    let (x0, x1) = (part(seen.x0, all.x0, all.width()), part(seen.x1, all.x0, all.width()));
    let (y0, y1) = (part(seen.y0, all.y0, all.height()), part(seen.y1, all.y0, all.height()));
    format!("left:{x0}%;top:{y0}%;width:{}%;height:{}%", x1 - x0, y1 - y0)
}

/// Puts the place under the pointer into the middle of the view.
fn look_at(viewer: Viewer, place: &HtmlElement, event: &PointerEvent) {
    let Some(all) = viewer
        .shown
        .with_untracked(|shown| shown.as_ref().map(|shown| still::framed(&shown.scene)))
    else {
        return;
    };
    let area = place.get_bounding_client_rect();
    let part = |at: i32, from: f64, side: f64| (f64::from(at) - from) / side.max(1.0);
    let x = all.x0 + part(event.client_x(), area.left(), area.width()) * all.width();
    let y = all.y0 + part(event.client_y(), area.top(), area.height()) * all.height();
    let (w, h) = viewer.size.get_untracked();
    let camera = viewer.camera.get_untracked();
    let (tx, ty) = (w / 2.0 - x * camera.scale, h / 2.0 - y * camera.scale);
    viewer.take(Camera { tx, ty, ..camera });
}

fn capture(event: &PointerEvent) {
    let target = event.current_target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    if let Some(target) = target {
        // A pointer that is gone already cannot be held; nothing is lost by it.
        let _ = target.set_pointer_capture(event.pointer_id());
    }
}
