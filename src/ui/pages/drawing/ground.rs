//! The ground that is drawn on: a picture under it, pieces of land (`land`), the chosen one's corners (`handles`), the line
//! being put down. By pointer, touch and keys. Decides nothing about what a step does.

mod handles;
mod land;

use crate::borders::editing::Corner;
use crate::geo::plane::Point;
use crate::picture::camera::{Camera, ZOOM_STEP};
use crate::picture::fingers::{Finger, Fingers, wheel_zoom};
use crate::ui::components::drop_zone::files_of;
use crate::ui::prelude::*;
use crate::web::frame::on_next_frame;
use crate::web::sizes::Sizes;
use leptos::ev::{DragEvent, KeyboardEvent};
use leptos::html::Div;
use wasm_bindgen::JsCast;
use web_sys::{PointerEvent, WheelEvent};

use super::pins::{pin_of, pins};
use super::underlay::{End, Laid, Phase};
use super::{Room, SNAP, Tool};
use handles::{corner_of, focus_corner, handles, side_of};
use land::land;

/// One press of an arrow key moves a corner so many pixels; with Shift ten times as far.
const NUDGE: f64 = 2.0;
/// One press of an arrow key moves the ground so many pixels.
const PAN_STEP: f64 = 60.0;

/// What a finger or mouse button took up.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Held {
    Ground,
    Corner(Corner),
    /// The middle of a side: a corner is put there, where it is let go.
    Side(Corner, Corner),
    Pin(usize, End),
}

/// A press under way, in pixels of the ground.
#[derive(Clone, Copy, Debug)]
pub struct Press {
    id: i32,
    held: Held,
    at: (f64, f64),
    /// From what is held to the finger.
    grip: (f64, f64),
    moved: bool,
}

impl Press {
    /// Where what is held lies.
    fn tip(&self) -> (f64, f64) {
        (self.at.0 - self.grip.0, self.at.1 - self.grip.1)
    }

    /// Where an end of a pin lies that is in the hand.
    pub fn tip_of(&self, at: usize, end: End) -> Option<(f64, f64)> {
        (self.moved && self.held == Held::Pin(at, end)).then(|| self.tip())
    }
}

#[component]
pub fn Ground(room: Room) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let press = RwSignal::new(None::<Press>);
    let fingers = StoredValue::new(Fingers::default());
    let hand = Hand { room, frame, press, fingers };
    let over = RwSignal::new(false);
    follow_size(room, frame);
    let crosshair = move || room.tool.get() != Tool::Corners;
    let dropped = move |event: DragEvent| {
        event.prevent_default();
        over.set(false);
        let files = files_of(event.data_transfer().and_then(|moved| moved.files()));
        if let Some(file) = files.into_iter().next() {
            room.take_picture(file);
        }
    };
    view! {
        <div
            class="drawing-ground"
            class:drawing-putting=crosshair
            class:drawing-over-picture=move || room.under.is_seen()
            class:drawing-picks-picture=move || picks(room, End::Picture)
            class:drawing-picks-ground=move || picks(room, End::Ground)
            class:drawing-dropping=move || over.get()
            node_ref=frame
            tabindex="0"
            role="application"
            aria-label="边界画布。方向键移动画面，加减号缩放；划开、画边界或给底图定位时，空格在画面中心点一下，回车完成，退格退一步。"
            on:pointerdown=move |event| hand.down(&event)
            on:pointermove=move |event| hand.moved(&event)
            on:pointerup=move |event| hand.up(&event)
            on:pointercancel=move |event| hand.lost(&event)
            on:dblclick=move |_| room.finish()
            on:wheel=move |event| hand.wheel(&event)
            on:keydown=move |event| hand.key(&event)
            on:dragover=move |event| { event.prevent_default(); over.set(true) }
            on:dragleave=move |_| over.set(false)
            on:drop=dropped
        >
            {picture(room)}
            <svg class="drawing-land">
                {land(room, frame)}
                {move || put_down(room)}
                {move || press.get().map(|press| dragged(room, press))}
                {handles(room)}
                {pins(room, press)}
            </svg>
            <Show when=crosshair><span class="drawing-middle" aria-hidden="true"></span></Show>
        </div>
    }
}

/// Whether the next press is for this side of a pair.
fn picks(room: Room, end: End) -> bool {
    let of = match room.under.phase() {
        Phase::Picture(_) => Some(End::Picture),
        Phase::Ground(_) => Some(End::Ground),
        Phase::Done(_) => None,
    };
    room.tool.get() == Tool::Pin && of == Some(end)
}

/// The picture under the ground, a layer of its own: moving it paints nothing anew.
fn picture(room: Room) -> AnyView {
    let holder = NodeRef::<Div>::new();
    effect(move || {
        let Some(holder) = holder.get() else { return };
        room.under.laid.with(|laid| show(&holder, laid.as_ref()));
    });
    effect(move || {
        let Some(holder) = holder.get() else { return };
        let camera = room.camera.get();
        let placed = room.under.laid.with(|laid| laid.as_ref().map(|laid| turned(laid, camera)));
        let strength = f64::from(room.under.strength.get().0) / 100.0;
        let words = format!("transform:{};opacity:{strength:.2}", placed.unwrap_or_default());
        let _ = holder.set_attribute("style", &words);
    });
    let hidden = move || !room.under.is_seen();
    view! { <div class="drawing-underlay" class:drawing-hidden=hidden node_ref=holder></div> }
}

/// Puts the picture in, where it is not in already.
fn show(holder: &web_sys::Element, laid: Option<&Laid>) {
    let canvas = laid.map(|laid| &laid.photo.canvas);
    let old = holder.first_child();
    if canvas.is_some_and(|canvas| canvas.is_same_node(old.as_ref())) {
        return;
    }
    holder.set_text_content(None);
    if let Some(canvas) = canvas {
        let _ = holder.append_child(canvas);
    }
}

/// From the canvas's pixels to the screen's.
fn turned(laid: &Laid, camera: Camera) -> String {
    let [w, h] = laid.laying.size();
    let place = |pixel| {
        let [x, y] = laid.laying.lie().ground(pixel);
        camera.to_screen(x, -y)
    };
    let (from, right, down) = (place([0.0, 0.0]), place([w, 0.0]), place([0.0, h]));
    let (across, high) =
        (f64::from(laid.photo.canvas.width()), f64::from(laid.photo.canvas.height()));
    let step = |to: (f64, f64), pixels: f64| ((to.0 - from.0) / pixels, (to.1 - from.1) / pixels);
    let ((a, b), (c, d)) = (step(right, across), step(down, high));
    format!("matrix({a:.9},{b:.9},{c:.9},{d:.9},{:.3},{:.3})", from.0, from.1)
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

/// The line that is being put down.
fn put_down(room: Room) -> AnyView {
    let closed = room.tool.get() == Tool::Draw && room.line.with(Vec::len) > 2;
    if room.line.with(Vec::is_empty) {
        return ().into_any();
    }
    let camera = room.camera.get();
    let line: Vec<(f64, f64)> =
        room.line.with(|line| line.iter().map(|at| camera.to_screen(at[0], -at[1])).collect());
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
    let camera = room.camera.get();
    let place = |at: Point| camera.to_screen(at[0], -at[1]);
    let sides = room.drawing.with(|drawing| {
        let table = drawing.table();
        let beside = match press.held {
            Held::Corner(corner) => table.neighbours(corner),
            Held::Side(a, b) if press.moved => vec![a, b],
            Held::Side(..) | Held::Ground | Held::Pin(..) => return None,
        };
        let places = beside.into_iter().filter_map(|other| table.place_of_corner(other));
        Some(places.map(place).collect::<Vec<_>>())
    });
    let Some(sides) = sides else { return ().into_any() };
    let (x, y) = press.at;
    let sides = sides
        .into_iter()
        .map(|(to_x, to_y)| view! { <line class="drawing-line" x1=x y1=y x2=to_x y2=to_y></line> });
    let sides = sides.collect_view();
    view! { {sides} <circle class="drawing-snap" cx=x cy=y r=SNAP></circle> }.into_any()
}

/// Gives the keyboard to the ground: what was pressed has gone.
pub fn focus_ground() {
    on_next_frame(|_| {
        let ground = document().query_selector(".drawing-ground").ok().flatten();
        if let Some(ground) = ground.and_then(|one| one.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = ground.focus();
        }
    });
}

/// What pointer and keys do.
#[derive(Clone, Copy)]
struct Hand {
    room: Room,
    frame: NodeRef<Div>,
    press: RwSignal<Option<Press>>,
    fingers: StoredValue<Fingers>,
}

impl Hand {
    fn place(self, event: &web_sys::MouseEvent) -> (f64, f64) {
        let rect = self.frame.get_untracked().map(|frame| frame.get_bounding_client_rect());
        let (left, top) = rect.map_or((0.0, 0.0), |rect| (rect.left(), rect.top()));
        (f64::from(event.client_x()) - left, f64::from(event.client_y()) - top)
    }

    fn metres(self, (x, y): (f64, f64)) -> Point {
        let (x, y) = self.room.camera.get_untracked().to_world(x, y);
        [x, -y]
    }

    fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        if let Some(frame) = self.frame.get_untracked() {
            let _ = frame.set_pointer_capture(event.pointer_id());
        }
        let at = self.place(event);
        let mut count = 0;
        self.fingers.update_value(|fingers| {
            fingers.down(event.pointer_id(), at);
            count = fingers.count();
        });
        if count > 1 {
            // Two fingers zoom: what the first one had is put back.
            return self.put_back();
        }
        let held = pin_of(event)
            .map(|(at, end)| Held::Pin(at, end))
            .or(corner_of(event).map(Held::Corner))
            .or(side_of(event).map(|(a, b)| Held::Side(a, b)))
            .unwrap_or(Held::Ground);
        let grip = self.grip(held, at);
        self.press.set(Some(Press { id: event.pointer_id(), held, at, grip, moved: false }));
    }

    /// A mark is held by its head, not by its tip.
    fn grip(self, held: Held, (x, y): (f64, f64)) -> (f64, f64) {
        let Held::Pin(at, end) = held else { return (0.0, 0.0) };
        let tip = untrack(|| self.room.tip(at, end));
        let camera = self.room.camera.get_untracked();
        let (tip_x, tip_y) = tip.map_or((x, y), |[tx, ty]| camera.to_screen(tx, -ty));
        (x - tip_x, y - tip_y)
    }

    fn put_back(self) {
        let held = self.press.get_untracked();
        self.press.set(None);
        if let Some(Press { held: Held::Pin(..), moved: true, .. }) = held {
            self.room.put_pin_back();
        }
    }

    fn moved(self, event: &PointerEvent) {
        let (id, at) = (event.pointer_id(), self.place(event));
        let camera = self.room.camera.get_untracked();
        let (mut next, mut dragging) = (camera, false);
        self.fingers.update_value(|fingers| {
            next = fingers.moved(id, at, &camera);
            dragging = fingers.is_dragging(id);
        });
        let press = self.press.get_untracked().filter(|press| press.held != Held::Ground);
        match press {
            Some(press) if press.id == id && dragging => {
                let press = Press { at, moved: true, ..press };
                self.press.set(Some(press));
                if let Held::Pin(pin, end) = press.held {
                    self.room.drag_pin(pin, end, self.metres(press.tip()));
                }
            }
            Some(_) => {}
            None if next != camera => self.room.camera.set(next),
            None => {}
        }
    }

    fn up(self, event: &PointerEvent) {
        let still = self.lift(event).is_some_and(|finger| finger.is_still());
        let Some(press) = self.press.get_untracked().filter(|press| press.id == event.pointer_id())
        else {
            return;
        };
        self.press.set(None);
        let to = self.metres(press.tip());
        match press.held {
            Held::Corner(corner) if press.moved => self.move_corner(corner, to),
            Held::Corner(corner) => focus_corner(corner),
            Held::Side(a, b) => match self.room.add_between(a, b) {
                Some(new) if press.moved => self.move_corner(new, to),
                Some(new) => focus_corner(new),
                None => {}
            },
            Held::Pin(at, end) if press.moved => self.room.drop_pin(at, end, to),
            Held::Pin(..) => {}
            Held::Ground if still => self.click(self.metres(self.place(event))),
            Held::Ground => {}
        }
    }

    fn move_corner(self, corner: Corner, to: Point) {
        let within = self.room.metres(SNAP);
        let met = self.room.step(|drawing| drawing.move_corner(corner, to, within));
        focus_corner(met.unwrap_or(corner));
    }

    /// The browser took the finger for something else.
    fn lost(self, event: &PointerEvent) {
        self.lift(event);
        self.put_back();
    }

    fn lift(self, event: &PointerEvent) -> Option<Finger> {
        let mut lifted = None;
        self.fingers.update_value(|fingers| lifted = fingers.lift(event.pointer_id()));
        lifted
    }

    fn click(self, at: Point) {
        match self.room.tool.get_untracked() {
            Tool::Split | Tool::Draw => return self.room.put(at),
            Tool::Pin => return self.room.press_pin(at),
            Tool::Corners => {}
        }
        let layer = self.room.layer.get_untracked();
        let place = self.room.drawing.with_untracked(|drawing| drawing.place_at(layer, at));
        self.room.choose(place);
    }

    fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let (x, y) = self.place(event);
        let factor = wheel_zoom(event.delta_y(), event.delta_mode() == 0);
        self.room.camera.update(|camera| *camera = camera.zoom_at(x, y, factor));
    }

    fn key(self, event: &KeyboardEvent) {
        let with = event.ctrl_key() || event.meta_key();
        let done = match (&*event.key(), with) {
            ("z", true) if self.room.tool.get_untracked() == Tool::Pin => {
                self.room.unpin_step();
                true
            }
            ("z", true) => {
                self.room.undo();
                true
            }
            ("y", true) => {
                self.room.redo();
                true
            }
            (_, true) => false,
            (key, false) => match (pin_of(event), corner_of(event)) {
                (Some((at, end)), _) => self.pin_key(at, end, key, event.shift_key()),
                (None, Some(corner)) => self.corner_key(corner, key, event.shift_key()),
                (None, None) => self.ground_key(key),
            },
        };
        if done {
            event.prevent_default();
            event.stop_propagation();
        }
    }

    /// Where an arrow key sends what lies at a place.
    fn sent(self, [x, y]: Point, key: &str, far: bool) -> Option<Point> {
        let by = self.room.metres(if far { NUDGE * 10.0 } else { NUDGE });
        match key {
            "ArrowUp" => Some([x, y + by]),
            "ArrowDown" => Some([x, y - by]),
            "ArrowLeft" => Some([x - by, y]),
            "ArrowRight" => Some([x + by, y]),
            _ => None,
        }
    }

    fn pin_key(self, at: usize, end: End, key: &str, far: bool) -> bool {
        let tip = untrack(|| self.room.tip(at, end));
        match tip.and_then(|tip| self.sent(tip, key, far)) {
            Some(to) => self.room.send_pin(at, end, to),
            None if key == "Delete" => self.room.unpin(at),
            None => return key != " " && self.ground_key(key),
        }
        true
    }

    fn corner_key(self, corner: Corner, key: &str, far: bool) -> bool {
        let at =
            self.room.drawing.with_untracked(|drawing| drawing.table().place_of_corner(corner));
        let Some(at) = at else { return false };
        match (self.sent(at, key, far), key) {
            // By keys a corner goes where it is sent: nothing near draws it on.
            (Some(to), _) => {
                self.room.step(|drawing| drawing.nudge_corner(corner, to));
            }
            (None, "Delete" | "Backspace") => {
                self.room.step(|drawing| drawing.remove_corner(corner));
            }
            (None, "Escape") => self.room.choose(None),
            _ => return false,
        }
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
            "Enter" if untrack(|| picks_nothing(room)) => room.pin_done(),
            "Backspace" if room.tool.get_untracked() == Tool::Pin => room.unpin_step(),
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

/// Whether a picture is pinned and nothing is missing.
fn picks_nothing(room: Room) -> bool {
    room.tool.get() == Tool::Pin && matches!(room.under.phase(), Phase::Done(_))
}
