//! 画边界 (`#/map/draw`): borders of villages and cells changed by hand and written in one action.
//!
//! `ground` (the drawing itself: pointer, keys, corners), `side` (what is chosen and what can be done with it), `underlay`
//! (a picture under it), `pins` (its marks) and `steps` (its part of the side). What a change means is the core's
//! `borders::drawing`; nothing is written before 保存.

mod ground;
mod pins;
mod side;
mod steps;
mod underlay;

use std::cell::RefCell;

use crate::borders::Layer;
use crate::borders::drawing::Drawing;
use crate::borders::editing::{CannotEdit, Corner, PlaceNo};
use crate::geo::plane::Point;
use crate::picture::camera::{Camera, ZOOM_STEP};
use crate::picture::geom::Rect;
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use leptos::task::spawn_local;

use ground::Ground;
use side::Side;
use underlay::Underlay;

/// Paper kept free around what is fitted, in pixels.
const MARGIN: f64 = 28.0;
/// Pixels to a metre at most.
const NEAREST: f64 = 12.0;
/// What is let go so near to a corner or side, in pixels, is meant to meet it.
const SNAP: f64 = 9.0;

/// What a press on the ground does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// Chooses a piece; its corners can be moved.
    Corners,
    /// Puts the next corner of the line that splits the chosen piece.
    Split,
    /// Puts the next corner of the chosen piece's border.
    Draw,
    /// Picks a point of the picture, or its place on the ground.
    Pin,
}

/// A drawing at work.
pub type Room = Handle<RoomParts>;

/// The signals of a [`Room`].
pub struct RoomParts {
    session: Session,
    drawing: RwSignal<Drawing, LocalStorage>,
    layer: RwSignal<Layer>,
    chosen: RwSignal<Option<PlaceNo>>,
    tool: RwSignal<Tool>,
    /// Corners put down so far.
    line: RwSignal<Vec<Point>>,
    /// What was done last, or why it could not be.
    said: RwSignal<(bool, String)>,
    camera: RwSignal<Camera>,
    /// The camera's: what stays as it is while the ground is only pushed.
    scale: Memo<f64>,
    size: RwSignal<(f64, f64)>,
    saving: RwSignal<bool>,
    under: Underlay,
    /// The township's base.
    base: String,
}

thread_local! {
    /// What was being drawn when the page was left.
    static KEPT: RefCell<Option<Drawing>> = const { RefCell::new(None) };
}

pub fn page() -> AnyView {
    let session = use_session();
    let drawing = begun(session);
    if drawing.pieces().is_empty() {
        return nothing();
    }
    let base = session.base().map(|open| open.key).unwrap_or_default();
    let camera = RwSignal::new(Camera::HOME);
    let room = Room::to(RoomParts {
        session,
        layer: RwSignal::new(first_layer(&drawing)),
        drawing: RwSignal::new_local(drawing),
        chosen: RwSignal::new(None),
        tool: RwSignal::new(Tool::Corners),
        line: RwSignal::new(Vec::new()),
        said: RwSignal::new((false, String::new())),
        camera,
        scale: memo(move || camera.get().scale),
        size: RwSignal::new((0.0, 0.0)),
        saving: RwSignal::new(false),
        under: Underlay::begun(&base),
        base,
    });
    room.keep_unsaved();
    room.under.keep(room.base.clone());
    view! {
        <section class="page drawing">
            <div class="page-head">
                <h1 class="page-title">"画边界"</h1>
                <Layers room=room/>
                <div class="page-actions">
                    <Steps room=room/>
                    <a class="button button-quiet" href=Route::Borders.href()>"网格边界"</a>
                </div>
            </div>
            <div class="page-body drawing-body">
                <Ground room=room/>
                <Side room=room/>
            </div>
        </section>
    }
    .into_any()
}

fn nothing() -> AnyView {
    view! {
        <section class="sheet">
            <h1>"画边界"</h1>
            <p>"台账里还没有村（社区）和网格，没有可画的。先登记名称，或者从边界文件里一起新建。"</p>
            <div class="choices"><a class="button button-main" href=Route::Borders.href()>"网格边界"</a></div>
        </section>
    }
    .into_any()
}

/// What was left half done, if it still fits; else the township's borders.
fn begun(session: Session) -> Drawing {
    let new = untrack(|| Drawing::of(&session.links()));
    KEPT.take().filter(|kept| kept.began_as(&new)).unwrap_or(new)
}

/// The lowest that there is: most is to be drawn there.
fn first_layer(drawing: &Drawing) -> Layer {
    let order = [Layer::Grid, Layer::Village, Layer::Sub, Layer::Micro];
    order.into_iter().find(|layer| drawing.has(*layer)).unwrap_or(Layer::Village)
}

impl Room {
    /// Going elsewhere keeps the drawing; closing the page asks first.
    fn keep_unsaved(self) {
        let changed =
            move || self.drawing.try_with_untracked(|drawing| drawing.is_changed()) == Some(true);
        let asked = window_event_listener(leptos::ev::beforeunload, move |event| {
            if changed() {
                event.prevent_default();
                event.set_return_value("1");
            }
        });
        on_cleanup(move || {
            asked.remove();
            if changed() {
                KEPT.set(self.drawing.try_get_untracked());
            }
        });
    }

    /// Does a step and tells why where it cannot be done; `Some` where it was done.
    fn step<T>(self, work: impl FnOnce(&mut Drawing) -> Result<T, CannotEdit>) -> Option<T> {
        let done = self.drawing.try_update(work)?;
        match done {
            Ok(done) => {
                let label = self.drawing.with_untracked(|drawing| drawing.undoes());
                self.say(false, format!("已{}，还没有保存。", label.unwrap_or_default()));
                Some(done)
            }
            Err(error) => {
                self.say(true, error.to_string());
                None
            }
        }
    }

    fn say(self, wrong: bool, words: String) {
        self.said.set((wrong, words));
    }

    fn choose(self, place: Option<PlaceNo>) {
        self.chosen.set(place);
        self.rest();
        self.say(false, String::new());
    }

    /// Lays the line away that was being put down.
    fn rest(self) {
        self.tool.set(Tool::Corners);
        self.line.set(Vec::new());
        self.under.rest();
    }

    fn begin(self, tool: Tool) {
        self.tool.set(tool);
        self.line.set(Vec::new());
        let words = match tool {
            Tool::Split => "从边界外点一下开始，拐弯处各点一下，最后点到另一边界外，再按“完成”。",
            Tool::Draw => "沿边界一个拐点一个拐点地点，靠近别的边界会自动吸住；点完按“完成”。",
            Tool::Corners | Tool::Pin => "",
        };
        self.say(false, words.to_string());
    }

    /// A new corner in the middle of a side.
    fn add_between(self, a: Corner, b: Corner) -> Option<Corner> {
        let middle = self.drawing.with_untracked(|drawing| {
            let table = drawing.table();
            let (a, b) = table.place_of_corner(a).zip(table.place_of_corner(b))?;
            Some([(a[0] + b[0]) / 2.0, (a[1] + b[1]) / 2.0])
        })?;
        self.step(|drawing| drawing.add_corner(middle, self.metres(SNAP)))
    }

    /// What is drawn in pixels from where the ground begins on the screen is put there by this.
    fn pushed(self) -> String {
        let at = self.camera.get();
        format!("translate({} {})", at.tx, at.ty)
    }

    /// Metres on the ground that a distance on the screen spans.
    fn metres(self, pixels: f64) -> f64 {
        pixels / self.camera.get_untracked().scale
    }

    fn put(self, at: Point) {
        let at =
            self.drawing.with_untracked(|drawing| drawing.table().snapped(at, self.metres(SNAP)));
        let near = self.metres(2.0);
        self.line.update(|line| {
            // The second press of a double one.
            let same = |last: &Point| (last[0] - at[0]).hypot(last[1] - at[1]) < near;
            if !line.last().is_some_and(same) {
                line.push(at);
            }
        });
    }

    fn finish(self) {
        let (tool, line) = (self.tool.get_untracked(), self.line.get_untracked());
        let Some(place) = self.chosen.get_untracked() else { return };
        let done = match tool {
            Tool::Corners | Tool::Pin => return,
            Tool::Split => {
                let id = self.session.fresh_id();
                let new = self.step(|drawing| drawing.split(place, &line, &id));
                new.map(|new| self.tell_split(new))
            }
            Tool::Draw => self.step(|drawing| drawing.draw(place, &line)),
        };
        // A border that did not do stays, to be mended; a line to split along is quicker drawn again.
        if done.is_some() {
            self.rest();
        } else if tool == Tool::Split {
            self.line.set(Vec::new());
        }
    }

    fn tell_split(self, new: PlaceNo) {
        let name = self.drawing.with_untracked(|drawing| {
            drawing.piece(new).map(|piece| piece.name.clone()).unwrap_or_default()
        });
        self.say(false, format!("已划开，新的一块叫“{name}”，户数、网格员请保存后到台账里填。"));
    }

    /// Brings a place, or all, before the eye.
    fn fit(self, place: Option<PlaceNo>) {
        let (w, h) = self.size.get_untracked();
        let bounds = self.drawing.with_untracked(|drawing| drawing.bounds(place));
        let world =
            bounds.map_or(Rect { x0: -500.0, y0: -500.0, x1: 500.0, y1: 500.0 }, |[w, s, e, n]| {
                Rect { x0: w, y0: -n, x1: e, y1: -s }
            });
        if w > 0.0 {
            self.camera.set(Camera::fit(&world, w, h, MARGIN, NEAREST));
        }
    }

    fn zoom(self, factor: f64) {
        let (w, h) = self.size.get_untracked();
        self.camera.update(|camera| *camera = camera.zoom_at(w / 2.0, h / 2.0, factor));
    }

    fn undo(self) {
        self.rest();
        self.drawing.update(Drawing::undo);
        self.say(false, "已撤销一步。".to_string());
        self.let_go();
    }

    fn redo(self) {
        self.rest();
        self.drawing.update(Drawing::redo);
        self.say(false, "已恢复一步。".to_string());
        self.let_go();
    }

    /// A piece that is no longer there is not chosen.
    fn let_go(self) {
        let gone = |place: PlaceNo| {
            self.drawing.with_untracked(|drawing| drawing.piece(place).is_none_or(|one| one.ended))
        };
        if self.chosen.get_untracked().is_some_and(gone) {
            self.chosen.set(None);
        }
    }

    fn save(self) {
        if self.saving.get_untracked() {
            return;
        }
        self.saving.set(true);
        let day = self.session.day.get_untracked();
        let draft = self.drawing.with_untracked(|drawing| drawing.to_draft(day));
        spawn_local(async move {
            let done = self.session.commit_now(draft).await;
            if self.saving.try_set(false).is_some() {
                // The page was left meanwhile: what was kept is written.
                if done.is_ok() {
                    KEPT.take();
                }
                return;
            }
            if done.is_ok() {
                self.session.toasts.done("边界已保存", true);
                self.anew();
            }
        });
    }

    /// Begins from what is stored.
    fn anew(self) {
        self.rest();
        self.chosen.set(None);
        self.said.set((false, String::new()));
        let new = untrack(|| Drawing::of(&self.session.links()));
        self.drawing.set(new);
    }
}

/// Which level the hand is on.
#[component]
fn Layers(room: Room) -> impl IntoView {
    let there = room.drawing.with_untracked(|drawing| {
        Layer::ALL.iter().copied().filter(|layer| drawing.has(*layer)).collect::<Vec<Layer>>()
    });
    let button = move |layer: Layer| {
        let pressed = move || if room.layer.get() == layer { "true" } else { "false" };
        let press = move |_| {
            room.layer.set(layer);
            room.choose(None);
        };
        view! { <button type="button" class="button button-small" aria-pressed=pressed on:click=press>{layer.label()}</button> }
    };
    view! { <div class="choices" role="group" aria-label="画哪一级">{there.into_iter().map(button).collect_view()}</div> }
}

/// Back, forward, nearer, farther.
#[component]
fn Steps(room: Room) -> impl IntoView {
    let undoes = move || room.drawing.with(|drawing| drawing.undoes());
    let redoes = move || room.drawing.with(|drawing| drawing.redoes());
    let named = |verb: &str, step: Option<&str>| {
        step.map_or_else(|| verb.to_string(), |step| format!("{verb}{step}"))
    };
    view! {
        <button type="button" class="button button-small" disabled=move || undoes().is_none() on:click=move |_| room.undo()>
            {move || named("撤销", undoes())}
        </button>
        <button type="button" class="button button-small" disabled=move || redoes().is_none() on:click=move |_| room.redo()>
            {move || named("恢复", redoes())}
        </button>
        <TextButton class="button button-small" label="全镇" act=move |()| room.fit(None)/>
        <button type="button" class="button button-small" aria-label="缩小" on:click=move |_| room.zoom(1.0 / ZOOM_STEP)>"－"</button>
        <button type="button" class="button button-small" aria-label="放大" on:click=move |_| room.zoom(ZOOM_STEP)>"＋"</button>
    }
}
