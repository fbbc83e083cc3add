//! The ground that is drawn on: pieces of land, the chosen one's corners as handles, the line being put down. By pointer,
//! touch and keys. Decides nothing about what a step does.

use crate::borders::Layer;
use crate::borders::drawing::{Drawing, Piece};
use crate::borders::editing::{Corner, PlaceNo};
use crate::geo::plane::{Point, Ring, largest};
use crate::picture::camera::Camera;
use crate::picture::map::pole::pole;
use crate::ui::components::picture::type_size;
use crate::ui::prelude::*;
use crate::web::frame::on_next_frame;
use crate::web::sizes::Sizes;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use std::fmt::Write as _;
use wasm_bindgen::JsCast;
use web_sys::{PointerEvent, WheelEvent};

use super::{Room, SNAP, Tool, ZOOM_STEP};

/// A press that moves less than this, in pixels, is a click.
const STILL: f64 = 4.0;
/// One press of an arrow key moves a corner so many pixels; with Shift ten times as far.
const NUDGE: f64 = 2.0;
/// One press of an arrow key moves the ground so many pixels.
const PAN_STEP: f64 = 60.0;
/// Sides shorter than this, in pixels, have no handle in their middle.
const SHORT: f64 = 26.0;
/// A letter of a name is so wide, in pixels.
const LETTER: f64 = 14.0;
/// A name is so many times as wide as high.
const NAME: f64 = 4.0;
/// Metres to which the place of a name is looked for.
const COARSE: f64 = 4.0;

/// What a finger or mouse button took up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Ground,
    Corner(Corner),
}

/// A press under way, in pixels of the ground.
#[derive(Clone, Copy, Debug)]
struct Press {
    id: i32,
    held: Held,
    from: (f64, f64),
    at: (f64, f64),
    moved: bool,
}

#[component]
pub fn Ground(room: Room) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let press = RwSignal::new(None::<Press>);
    let hand = Hand { room, frame, press };
    follow_size(room, frame);
    let written =
        memo_untested(move || room.drawing.with(|drawing| named(drawing, room.layer.get())));
    let rings = memo(move || held_rings(room));
    let crosshair = move || room.tool.get() != Tool::Corners;
    view! {
        <div
            class="drawing-ground"
            class:drawing-putting=crosshair
            node_ref=frame
            tabindex="0"
            role="application"
            aria-label="边界画布。方向键移动画面，加减号缩放；划开或画边界时，空格在画面中心点一下，回车完成，退格去掉上一点。"
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |_| press.set(None)
            on:dblclick=move |_| room.finish()
            on:wheel=move |event| hand.wheel(&event)
            on:keydown=move |event| hand.key(&event)
        >
            <svg class="drawing-land">
                <g transform=move || { let at = room.camera.get(); format!("matrix({0} 0 0 {0} {1} {2})", at.scale, at.tx, at.ty) }>
                    {move || room.drawing.with(|drawing| land(drawing, room.layer.get(), room.chosen.get()))}
                </g>
                {move || written.with(|list| names(list, room.camera.get()))}
                {move || put_down(room)}
                {move || press.get().map(|press| dragged(room, press))}
                {move || rings.get().iter().map(|ring| handles(room, ring)).collect_view()}
            </svg>
            <Show when=crosshair><span class="drawing-middle" aria-hidden="true"></span></Show>
        </div>
    }
}

fn follow_size(room: Room, frame: NodeRef<Div>) {
    let measure = move || {
        let Some(frame) = frame.try_get_untracked().flatten() else { return };
        let first = room.size.get_untracked().0 == 0.0;
        room.size.set((f64::from(frame.client_width()), f64::from(frame.client_height())));
        if first {
            room.fit(None);
        }
    };
    let sizes = StoredValue::new_local(Sizes::watch(measure));
    effect(move || {
        if let Some(frame) = frame.get() {
            sizes.with_value(|sizes| sizes.of(&frame));
        }
    });
}

/// A ring as a path: metres, turned so that the north is up.
fn path(rings: &[Ring]) -> String {
    let mut d = String::new();
    for ring in rings {
        for (n, at) in ring.iter().enumerate() {
            let _ = write!(d, "{}{:.2} {:.2}", if n == 0 { 'M' } else { 'L' }, at[0], -at[1]);
        }
        d.push('Z');
    }
    d
}

/// How a piece is painted, those below first.
const LOOKS: [&str; 4] = ["drawing-piece", "drawing-other", "drawing-village", "drawing-chosen"];

/// Everything that has land: the level worked on is filled, the others are lines to hold on to.
fn land(drawing: &Drawing, layer: Layer, chosen: Option<PlaceNo>) -> AnyView {
    let look = |at: PlaceNo, piece: &Piece| match () {
        () if Some(at) == chosen => 3,
        () if piece.layer == layer => 0,
        () if piece.layer == Layer::Village => 2,
        () => 1,
    };
    let mut paths: [Vec<String>; LOOKS.len()] = Default::default();
    for (at, piece) in drawing.pieces().iter().enumerate().filter(|(_, piece)| !piece.ended) {
        paths[look(at, piece)].push(path(&drawing.rings(at)));
    }
    let of_look = |(paths, look): (Vec<String>, &'static str)| {
        paths.into_iter().map(|d| view! { <path class=look d=d></path> }).collect_view()
    };
    paths.into_iter().zip(LOOKS).map(of_look).collect_view().into_any()
}

/// A name to be written on a piece, and the land it has for it.
#[derive(Clone, PartialEq)]
struct Named {
    name: String,
    at: Point,
    /// Metres to the west and east.
    wide: f64,
}

/// Names of the level worked on, each where its piece is widest.
fn named(drawing: &Drawing, layer: Layer) -> Vec<Named> {
    let pieces = drawing.pieces().iter().enumerate();
    let pieces = pieces.filter(|(_, piece)| piece.layer == layer && !piece.ended);
    let here = |(at, piece): (PlaceNo, &Piece)| {
        let rings = drawing.rings(at);
        let (at, wide) = pole(largest(&rings)?, [NAME, 1.0], COARSE);
        Some(Named { name: piece.name.clone(), at, wide: wide * NAME })
    };
    pieces.filter_map(here).collect()
}

/// Those there is room for.
fn names(list: &[Named], camera: Camera) -> AnyView {
    let letter = LETTER * type_size();
    let fits =
        |one: &&Named| one.wide * 2.0 * camera.scale > letter * one.name.chars().count() as f64;
    let text = |one: &Named| {
        let (x, y) = camera.to_screen(one.at[0], -one.at[1]);
        view! { <text class="drawing-name" x=x y=y>{one.name.clone()}</text> }
    };
    list.iter().filter(fits).map(text).collect_view().into_any()
}

/// The line that is being put down.
fn put_down(room: Room) -> AnyView {
    let camera = room.camera.get();
    let line: Vec<(f64, f64)> =
        room.line.with(|line| line.iter().map(|at| camera.to_screen(at[0], -at[1])).collect());
    let closed = room.tool.get() == Tool::Draw && line.len() > 2;
    let class = if closed { "drawing-line drawing-line-closed" } else { "drawing-line" };
    let dots =
        line.iter().map(|(x, y)| view! { <circle class="drawing-dot" cx=*x cy=*y r="4"></circle> });
    let dots = dots.collect_view();
    view! { <polyline class=class points=points(&line)></polyline> {dots} }.into_any()
}

fn points(line: &[(f64, f64)]) -> String {
    line.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect::<Vec<String>>().join(" ")
}

/// The corner in the hand, with the sides that come along.
fn dragged(room: Room, press: Press) -> AnyView {
    let Held::Corner(corner) = press.held else { return ().into_any() };
    let camera = room.camera.get();
    let place = |at: Point| camera.to_screen(at[0], -at[1]);
    let sides = room.drawing.with(|drawing| {
        let table = drawing.table();
        let beside = table.neighbours(corner).into_iter();
        beside.filter_map(|other| table.place_of_corner(other)).map(place).collect::<Vec<_>>()
    });
    let (x, y) = press.at;
    let sides = sides
        .into_iter()
        .map(|(to_x, to_y)| view! { <line class="drawing-line" x1=x y1=y x2=to_x y2=to_y></line> });
    let sides = sides.collect_view();
    view! { {sides} <circle class="drawing-snap" cx=x cy=y r=SNAP></circle> }.into_any()
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

/// Where a corner lies on the screen.
fn on_screen(room: Room, corner: Corner) -> (f64, f64) {
    let at = room.drawing.with(|drawing| drawing.table().place_of_corner(corner));
    let [x, y] = at.unwrap_or_default();
    room.camera.get().to_screen(x, -y)
}

/// The corners of a ring, and the middles of its sides, to take hold of. They follow the drawing and the camera, so that
/// a handle that is moved by keys keeps the keyboard.
fn handles(room: Room, ring: &[Corner]) -> AnyView {
    let sides = (0..ring.len()).map(|n| side_handle(room, ring[n], ring[(n + 1) % ring.len()]));
    let sides = sides.collect_view();
    let corners = ring.iter().enumerate().map(|(n, corner)| corner_handle(room, n + 1, *corner));
    let corners = corners.collect_view();
    view! { {sides} {corners} }.into_any()
}

fn corner_handle(room: Room, no: usize, corner: Corner) -> AnyView {
    let x = move || on_screen(room, corner).0;
    let y = move || on_screen(room, corner).1;
    let label = room.drawing.with_untracked(|drawing| {
        let of = drawing.table().places_at(corner).into_iter();
        let of = of.filter_map(|place| Some(drawing.piece(place)?.name.as_str()));
        format!("拐点 {no}，{}", of.collect::<Vec<&str>>().join("、"))
    });
    let number = corner.to_string();
    view! {
        <circle class="drawing-reach" cx=x cy=y r="14" data-corner=number.clone()></circle>
        <circle class="drawing-corner" cx=x cy=y r="6" id=corner_name(corner) data-corner=number
            tabindex="0" role="button" aria-label=label></circle>
    }
    .into_any()
}

/// A press in the middle of a side puts a corner there.
fn side_handle(room: Room, a: Corner, b: Corner) -> AnyView {
    let middle = move || {
        let (a, b) = (on_screen(room, a), on_screen(room, b));
        ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0)
    };
    let short = move || {
        let (a, b) = (on_screen(room, a), on_screen(room, b));
        (a.0 - b.0).hypot(a.1 - b.1) < SHORT
    };
    let add = move || {
        let (x, y) = untrack(middle);
        let (x, y) = room.camera.get_untracked().to_world(x, y);
        let new = room.step(|drawing| drawing.add_corner([x, -y], room.metres(SNAP)));
        if let Some(new) = new {
            focus_corner(new);
        }
    };
    let key = move |event: KeyboardEvent| {
        if event.key() == "Enter" || event.key() == " " {
            event.prevent_default();
            event.stop_propagation();
            add();
        }
    };
    let down = move |event: PointerEvent| {
        event.stop_propagation();
        event.prevent_default();
        add();
    };
    view! {
        <rect class="drawing-side" class:drawing-short=short x=move || middle().0 - 5.0 y=move || middle().1 - 5.0
            width="10" height="10" tabindex="0" role="button" aria-label="在这条边上加一个拐点"
            on:keydown=key on:pointerdown=down></rect>
    }
    .into_any()
}

/// Handles are made anew when corners come or go: the one in use keeps the keyboard.
fn focus_corner(corner: Corner) {
    on_next_frame(move |_| {
        let handle = document().get_element_by_id(&corner_name(corner));
        if let Some(handle) = handle.and_then(|one| one.dyn_into::<web_sys::SvgElement>().ok()) {
            let _ = handle.focus();
        }
    });
}

/// What pointer and keys do.
#[derive(Clone, Copy)]
struct Hand {
    room: Room,
    frame: NodeRef<Div>,
    press: RwSignal<Option<Press>>,
}

/// The corner a handle is of.
fn corner_of(event: &web_sys::Event) -> Option<Corner> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    target.get_attribute("data-corner")?.parse().ok()
}

impl Hand {
    fn place(self, x: i32, y: i32) -> (f64, f64) {
        let rect = self.frame.get_untracked().map(|frame| frame.get_bounding_client_rect());
        let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
        (f64::from(x) - left, f64::from(y) - top)
    }

    fn metres(self, (x, y): (f64, f64)) -> Point {
        let (x, y) = self.room.camera.get_untracked().to_world(x, y);
        [x, -y]
    }

    fn down(self, event: &PointerEvent) {
        if event.button() != 0 || self.press.with_untracked(Option::is_some) {
            return;
        }
        if let Some(frame) = self.frame.get_untracked() {
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        let at = self.place(event.client_x(), event.client_y());
        let held = corner_of(event).map_or(Held::Ground, Held::Corner);
        self.press.set(Some(Press { id: event.pointer_id(), held, from: at, at, moved: false }));
    }

    fn moved(self, event: &PointerEvent) {
        let at = self.place(event.client_x(), event.client_y());
        let Some(press) = self.press.get_untracked().filter(|press| press.id == event.pointer_id())
        else {
            return;
        };
        let far = (at.0 - press.from.0).hypot(at.1 - press.from.1);
        let moved = press.moved || far > STILL;
        if moved && press.held == Held::Ground {
            let (dx, dy) = (at.0 - press.at.0, at.1 - press.at.1);
            self.room.camera.update(|camera| *camera = camera.pan(dx, dy));
        }
        self.press.set(Some(Press { at: if moved { at } else { press.at }, moved, ..press }));
    }

    fn up(self, event: &PointerEvent) {
        let Some(press) = self.press.get_untracked().filter(|press| press.id == event.pointer_id())
        else {
            return;
        };
        self.press.set(None);
        match press.held {
            Held::Corner(corner) if press.moved => {
                let (to, within) = (self.metres(press.at), self.room.metres(SNAP));
                let met = self.room.step(|drawing| drawing.move_corner(corner, to, within));
                focus_corner(met.unwrap_or(corner));
            }
            Held::Corner(corner) => focus_corner(corner),
            Held::Ground if press.moved => {}
            Held::Ground => self.click(self.metres(press.from)),
        }
    }

    fn click(self, at: Point) {
        if self.room.tool.get_untracked() != Tool::Corners {
            return self.room.put(at);
        }
        let layer = self.room.layer.get_untracked();
        let place = self.room.drawing.with_untracked(|drawing| drawing.place_at(layer, at));
        self.room.choose(place);
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (x, y) = self.place(event.client_x(), event.client_y());
        let factor = if event.delta_y() < 0.0 { ZOOM_STEP } else { 1.0 / ZOOM_STEP };
        self.room.camera.update(|camera| *camera = camera.zoom_at(x, y, factor));
    }

    fn key(self, event: &KeyboardEvent) {
        let with = event.ctrl_key() || event.meta_key();
        let done = match (&*event.key(), with) {
            ("z", true) => {
                self.room.undo();
                true
            }
            ("y", true) => {
                self.room.redo();
                true
            }
            (_, true) => false,
            (key, false) => match corner_of(event) {
                Some(corner) => self.corner_key(corner, key, event.shift_key()),
                None => self.ground_key(key),
            },
        };
        if done {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    fn corner_key(self, corner: Corner, key: &str, far: bool) -> bool {
        let by = self.room.metres(if far { NUDGE * 10.0 } else { NUDGE });
        let Some([x, y]) =
            self.room.drawing.with_untracked(|drawing| drawing.table().place_of_corner(corner))
        else {
            return false;
        };
        let to = match key {
            "ArrowUp" => [x, y + by],
            "ArrowDown" => [x, y - by],
            "ArrowLeft" => [x - by, y],
            "ArrowRight" => [x + by, y],
            "Delete" | "Backspace" => {
                self.room.step(|drawing| drawing.remove_corner(corner));
                return true;
            }
            "Escape" => {
                self.room.choose(None);
                return true;
            }
            _ => return false,
        };
        // By keys a corner goes where it is sent: nothing near draws it on.
        self.room.step(|drawing| drawing.nudge_corner(corner, to));
        true
    }

    fn ground_key(self, key: &str) -> bool {
        let room = self.room;
        let pan = |dx: f64, dy: f64| {
            room.camera.update(|camera| *camera = camera.pan(dx * PAN_STEP, dy * PAN_STEP));
        };
        let (w, h) = room.size.get_untracked();
        match key {
            "ArrowUp" => pan(0.0, 1.0),
            "ArrowDown" => pan(0.0, -1.0),
            "ArrowLeft" => pan(1.0, 0.0),
            "ArrowRight" => pan(-1.0, 0.0),
            "+" | "=" => room.zoom(ZOOM_STEP),
            "-" => room.zoom(1.0 / ZOOM_STEP),
            " " => self.click(self.metres((w / 2.0, h / 2.0))),
            "Enter" if room.tool.get_untracked() != Tool::Corners => room.finish(),
            "Backspace" if room.tool.get_untracked() != Tool::Corners => {
                room.line.update(|line| {
                    line.pop();
                });
            }
            "Escape" if room.tool.get_untracked() != Tool::Corners => room.rest(),
            "Escape" if room.chosen.get_untracked().is_some() => room.choose(None),
            _ => return false,
        }
        true
    }
}
