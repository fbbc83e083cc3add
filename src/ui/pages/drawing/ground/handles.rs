//! The chosen piece's corners and the middles of its sides, to take hold of. They follow the drawing and the scale, so
//! that a handle that is moved by keys keeps the keyboard; pushing the ground moves them all at once.

use crate::borders::editing::Corner;
use crate::ui::prelude::*;
use crate::web::frame::on_next_frame;
use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;

use super::super::{Room, Tool};

/// Sides shorter than this, in pixels, have no handle in their middle.
const SHORT: f64 = 26.0;

pub fn handles(room: Room) -> AnyView {
    let rings = memo(move || held_rings(room));
    view! {
        <g transform=move || room.pushed()>
            {move || rings.get().iter().map(|ring| of_ring(room, ring)).collect_view()}
        </g>
    }
    .into_any()
}

fn corner_name(corner: Corner) -> String {
    format!("corner-{corner}")
}

/// The chosen piece's rings as corners; none while something is put down.
fn held_rings(room: Room) -> Vec<Vec<Corner>> {
    let place = room.chosen.get().filter(|_| room.tool.get() == Tool::Corners);
    let rings = |place| room.drawing.with(|drawing| drawing.table().corners(place).to_vec());
    place.map(rings).unwrap_or_default()
}

/// Pixels from where the ground begins on the screen.
fn pixels(room: Room, corner: Corner) -> (f64, f64) {
    let at = room.drawing.with(|drawing| drawing.table().place_of_corner(corner));
    let ([x, y], scale) = (at.unwrap_or_default(), room.scale.get());
    (x * scale, -y * scale)
}

fn of_ring(room: Room, ring: &[Corner]) -> AnyView {
    let sides = (0..ring.len()).map(|n| side_handle(room, ring[n], ring[(n + 1) % ring.len()]));
    let sides = sides.collect_view();
    let corners = ring.iter().enumerate().map(|(n, corner)| corner_handle(room, n + 1, *corner));
    let corners = corners.collect_view();
    view! { {sides} {corners} }.into_any()
}

fn corner_handle(room: Room, no: usize, corner: Corner) -> AnyView {
    let place = move || {
        let (x, y) = pixels(room, corner);
        format!("translate({x:.1} {y:.1})")
    };
    let label = room.drawing.with_untracked(|drawing| {
        let of = drawing.table().places_at(corner).into_iter();
        let of = of.filter_map(|place| Some(drawing.piece(place)?.name.as_str()));
        format!("拐点 {no}，{}", of.collect::<Vec<&str>>().join("、"))
    });
    let number = corner.to_string();
    view! {
        <g transform=place>
            <circle class="drawing-reach" r="14" data-corner=number.clone()></circle>
            <circle class="drawing-corner" r="6" id=corner_name(corner) data-corner=number
                tabindex="0" role="button" aria-label=label></circle>
        </g>
    }
    .into_any()
}

/// A press on it puts a corner in the middle of a side.
fn side_handle(room: Room, a: Corner, b: Corner) -> AnyView {
    let ends = memo(move || (pixels(room, a), pixels(room, b)));
    let middle =
        |((ax, ay), (bx, by)): ((f64, f64), (f64, f64))| ((ax + bx) / 2.0, (ay + by) / 2.0);
    let place = move || {
        let (x, y) = middle(ends.get());
        format!("translate({x:.1} {y:.1})")
    };
    let short = move || {
        let (a, b) = ends.get();
        (a.0 - b.0).hypot(a.1 - b.1) < SHORT
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            event.stop_propagation();
            if let Some(new) = room.add_between(a, b) {
                focus_corner(new);
            }
        }
    };
    view! {
        <rect class="drawing-side" class:drawing-short=short transform=place x="-5" y="-5" width="10" height="10"
            data-side=format!("{a} {b}") tabindex="0" role="button" aria-label="在这条边上加一个拐点" on:keydown=key></rect>
    }
    .into_any()
}

fn attribute(event: &web_sys::Event, name: &str) -> Option<String> {
    event.target()?.dyn_into::<web_sys::Element>().ok()?.get_attribute(name)
}

/// The corner a handle is of.
pub fn corner_of(event: &web_sys::Event) -> Option<Corner> {
    attribute(event, "data-corner")?.parse().ok()
}

/// The corners of the side a handle is of.
pub fn side_of(event: &web_sys::Event) -> Option<(Corner, Corner)> {
    let side = attribute(event, "data-side")?;
    let (a, b) = side.split_once(' ')?;
    a.parse().ok().zip(b.parse().ok())
}

/// Handles are made anew when corners come or go: the one in use keeps the keyboard.
pub fn focus_corner(corner: Corner) {
    on_next_frame(move |_| {
        let handle = document().get_element_by_id(&corner_name(corner));
        if let Some(handle) = handle.and_then(|one| one.dyn_into::<web_sys::SvgElement>().ok()) {
            let _ = handle.focus();
        }
    });
}
