//! The marks of a picture's pins on the ground: above each the place where it belongs, below the point in the picture,
//! both to take hold of. By what they are taken is `ground`'s.

use crate::picture::camera::Camera;
use crate::ui::prelude::*;
use wasm_bindgen::JsCast;

use super::ground::Press;
use super::underlay::{End, Half, Phase};
use super::{Room, Tool};

/// From the tip upward: the head of a mark on the ground.
const ROUND: &str = "M0 0C-3 -8 -12 -13 -12 -24A12 12 0 0 1 12 -24C12 -13 3 -8 0 0Z";
/// From the tip downward: the head of a mark in the picture.
const SQUARE: &str = "M0 0L-6 11H-12V35H12V11H6Z";

/// Every pin's two marks, and the point that waits for its place.
pub fn pins(room: Room, press: RwSignal<Option<Press>>) -> AnyView {
    let count = memo(move || {
        let pinning = room.tool.get() == Tool::Pin;
        room.under.with(|laying| laying.pins().len()).filter(|_| pinning).unwrap_or(0)
    });
    let both = move |at: usize| {
        [End::Picture, End::Ground].map(|end| mark(room, press, at, end)).collect_view().into_any()
    };
    view! {
        {move || (0..count.get()).map(both).collect_view()}
        {move || waiting(room)}
    }
    .into_any()
}

/// The point in the picture that waits.
fn waiting(room: Room) -> AnyView {
    let Phase::Ground(number) = room.under.phase() else { return ().into_any() };
    let at = room
        .under
        .half
        .get()
        .and_then(|Half(at)| room.under.with(|laying| laying.lie().ground(at)));
    let Some(at) = at.filter(|_| room.tool.get() == Tool::Pin) else { return ().into_any() };
    let (x, y) = on_screen(&room.camera.get(), at);
    view! { <g class="drawing-pin drawing-pin-picture drawing-pin-waiting" transform=format!("translate({x:.1} {y:.1})")>{head(End::Picture, number)}</g> }
}

fn on_screen(camera: &Camera, [x, y]: [f64; 2]) -> (f64, f64) {
    camera.to_screen(x, -y)
}

fn head(end: End, number: usize) -> AnyView {
    let (outline, middle) = if end == End::Ground { (ROUND, "-23") } else { (SQUARE, "24") };
    let shape = view! { <path class="drawing-pin-head" d=outline></path> };
    let number = view! { <text class="drawing-pin-no" y=middle>{number.to_string()}</text> };
    view! { {shape} {number} }
}

fn mark(room: Room, press: RwSignal<Option<Press>>, at: usize, end: End) -> AnyView {
    let place = move || {
        let held = press.get().and_then(|press| press.tip_of(at, end));
        let lying = || on_screen(&room.camera.get(), room.tip(at, end).unwrap_or_default());
        let (x, y) = held.unwrap_or_else(lying);
        format!("translate({x:.1} {y:.1})")
    };
    let (class, id, what) = match end {
        End::Ground => ("drawing-pin drawing-pin-ground", "ground", "它在边界图上的地方"),
        End::Picture => ("drawing-pin drawing-pin-picture", "picture", "底图上的点"),
    };
    let label = format!("第 {} 处，{what}。方向键移动，Delete 去掉", at + 1);
    view! {
        <g class=class transform=place data-pin=at.to_string() data-end=id tabindex="0" role="button" aria-label=label>
            {head(end, at + 1)}
        </g>
    }
}

/// The mark an event comes from.
pub fn pin_of(event: &web_sys::Event) -> Option<(usize, End)> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let mark = target.closest("[data-pin]").ok()??;
    let end = if mark.get_attribute("data-end")? == "ground" { End::Ground } else { End::Picture };
    Some((mark.get_attribute("data-pin")?.parse().ok()?, end))
}
