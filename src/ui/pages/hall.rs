//! 画大厅图 (`#/hall`): windows, doors and desks laid on the plan by dragging, or with the arrow keys. Every change is an
//! action like any other; what is drawn is shown on residents' cards.

use crate::answer::hall::{Area, DEEP, Plan, Spot, WIDE, floors, plan, row, unplaced};
use crate::journal::Draft;
use crate::model::kinds::HallSpot;
use crate::model::kinds::hall_spot::SpotKind;
use crate::model::{Record, RecordId, Ref, Text, Value, schema};
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::components::hall::{class_of, lies, shape};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html::Div;
use wasm_bindgen::JsCast;

/// The whole room.
const ROOM: Area = Area { x: 0, y: 0, w: WIDE, h: DEEP };

/// Something new is so large at first.
const FIRST: (i64, i64) = (5, 3);

/// The drawing table. `Copy`: handles only.
#[derive(Clone, Copy)]
struct Board {
    session: Session,
    floor: RwSignal<String>,
    /// Which spot was pressed last.
    chosen: RwSignal<Option<RecordId>>,
    /// What is being dragged, and where it would lie.
    held: RwSignal<Option<Held>>,
    stage: NodeRef<Div>,
}

/// A spot under a finger.
#[derive(Clone, PartialEq)]
struct Held {
    id: RecordId,
    from: Area,
    now: Area,
    /// Where it was taken up, in pixels.
    at: (f64, f64),
    /// By the corner, which makes it larger, instead of moving it.
    corner: bool,
}

pub fn page() -> AnyView {
    let session = use_session();
    let first = untrack(|| session.on_day(|day| floors(day).into_iter().next()));
    let board = Board {
        session,
        floor: RwSignal::new(first.unwrap_or_default()),
        chosen: RwSignal::new(None),
        held: RwSignal::new(None),
        stage: NodeRef::new(),
    };
    let drawn = memo_untested(move || board.plan());
    view! {
        <section class="sheet sheet-wide hall-page">
            <h1>"大厅图"</h1>
            <p class="sheet-note">"把窗口、门、服务台拖到它们的位置。居民查到事项时，卡片上就能看到去大厅哪里；没画的窗口不显示图。一格半米。"</p>
            <Floors board=board/>
            <Shelf board=board drawn=drawn/>
            <div class="hall-frame"><div class="hall-plan hall-stage" node_ref=board.stage style=shape(ROOM)>
                <For each=move || drawn.get().spots key=|spot| (spot.id.to_string(), spot.label.clone(), spot.what.id()) let:spot>
                    <Laid board=board spot=spot drawn=drawn/>
                </For>
                <Show when=move || drawn.with(|plan| plan.spots.is_empty())>
                    <p class="hall-empty">"还是空的。点上面的“窗口排成一排”，再拖到位。"</p>
                </Show>
            </div></div>
            <Chosen board=board drawn=drawn/>
        </section>
    }
    .into_any()
}

impl Board {
    fn plan(self) -> Plan {
        let links = self.session.links();
        let floor = self.floor.get();
        self.session.on_day(|day| plan(day, &links, &floor))
    }

    fn area(self, id: &RecordId, drawn: Memo<Plan>) -> Option<Area> {
        let held =
            self.held.with(|held| held.as_ref().filter(|held| held.id == *id).map(|held| held.now));
        held.or_else(|| {
            drawn.with(|plan| Some(plan.spots.iter().find(|spot| spot.id == *id)?.area))
        })
    }

    /// Puts something new on the floor, where nothing stands.
    fn add(self, drawn: &Plan, what: SpotKind, windows: &[RecordId]) {
        let places = row(drawn, windows.len().max(1));
        let words = match what {
            SpotKind::Window => format!("大厅图放上 {} 个窗口", windows.len()),
            other => format!("大厅图放上{}", other.label()),
        };
        let mut draft = Draft::new(&words);
        let spots = match windows {
            [] => vec![None],
            windows => windows.iter().cloned().map(Some).collect(),
        };
        for (window, place) in spots.into_iter().zip(places) {
            let area = Area { w: FIRST.0, h: FIRST.1, ..place };
            draft.put(&HallSpot {
                id: self.session.fresh_id(),
                what: Some(what),
                window: window.map(Ref::new),
                floor: Text::from(&*self.floor.get_untracked()),
                x: Some(area.x),
                y: Some(area.y),
                w: Some(area.w),
                h: Some(area.h),
                ..HallSpot::default()
            });
        }
        self.session.commit(draft);
    }

    /// Writes where a spot lies.
    fn lay(self, id: &RecordId, area: Area) {
        let mut draft = Draft::new("移动大厅图上的位置");
        for (field, value) in [("x", area.x), ("y", area.y), ("w", area.w), ("h", area.h)] {
            draft.set_named(HallSpot::ID, id, field, Value::int(value));
        }
        self.session.commit(draft);
    }

    fn take_up(self, event: &PointerEvent, spot: &RecordId, area: Area, corner: bool) {
        event.prevent_default();
        event.stop_propagation();
        if let Some(target) =
            event.current_target().and_then(|it| it.dyn_into::<web_sys::HtmlElement>().ok())
        {
            let _ = target.focus();
            let _ = target.set_pointer_capture(event.pointer_id());
        }
        let at = (f64::from(event.client_x()), f64::from(event.client_y()));
        self.chosen.set(Some(spot.clone()));
        self.held.set(Some(Held { id: spot.clone(), from: area, now: area, at, corner }));
    }

    fn drag(self, event: &PointerEvent) {
        let Some(stage) = self.stage.get_untracked() else { return };
        let cell = f64::from(stage.client_width()) / WIDE as f64;
        self.held.update(|held| {
            let Some(held) = held else { return };
            let steps =
                |now: i32, from: f64| ((f64::from(now) - from) / cell.max(1.0)).round() as i64;
            let by = (steps(event.client_x(), held.at.0), steps(event.client_y(), held.at.1));
            held.now = if held.corner { held.from.sized(by) } else { held.from.moved(by) };
        });
    }

    fn let_go(self) {
        let Some(held) = self.held.get_untracked() else { return };
        if held.now != held.from {
            self.lay(&held.id, held.now);
        }
        self.held.set(None);
    }

    /// Arrow keys move, with Shift they make larger or smaller.
    fn press(self, event: &KeyboardEvent, id: &RecordId, area: Area) {
        let by = match &*event.key() {
            "ArrowLeft" => (-1, 0),
            "ArrowRight" => (1, 0),
            "ArrowUp" => (0, -1),
            "ArrowDown" => (0, 1),
            _ => return,
        };
        event.prevent_default();
        let to = if event.shift_key() { area.sized(by) } else { area.moved(by) };
        if to != area {
            self.lay(id, to);
        }
    }

    fn remove(self, id: &RecordId, label: &str) {
        let Some(kind) = schema().kind(HallSpot::ID) else { return };
        let mut draft = Draft::new(&format!("从大厅图拿掉{label}"));
        draft.end(kind, id, self.session.day.get_untracked());
        self.chosen.set(None);
        self.session.commit(draft);
    }
}

/// Which floor is drawn; another is begun by its name.
#[component]
fn Floors(board: Board) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let all = move || {
        let mut all = board.session.on_day(floors);
        let own = board.floor.get();
        if !all.contains(&own) {
            all.push(own);
        }
        all
    };
    let tab = move |floor: String| {
        let (own, shown) =
            (floor.clone(), if floor.is_empty() { "大厅".to_string() } else { floor.clone() });
        let here = move || (board.floor.with(|now| *now == own)).then_some("page");
        view! {
            <button type="button" class="tab" aria-current=here on:click=move |_| board.floor.set(floor.clone())>{shown}</button>
        }
    };
    let begin = move |()| {
        let name = typed.get_untracked().trim().to_string();
        if !name.is_empty() {
            board.floor.set(name);
            typed.set(String::new());
        }
    };
    view! {
        <div class="hall-floors">
            <nav class="tabs" aria-label="楼层">{move || all().into_iter().map(tab).collect_view()}</nav>
            <input
                class="input"
                placeholder="另一层，如 二楼"
                aria-label="另一层的名称"
                prop:value=typed
                on:input=move |event| typed.set(event_target_value(&event))
            />
            <TextButton class="button button-small" label="加一层" act=begin/>
        </div>
    }
}

/// What can be put on the plan.
#[component]
fn Shelf(board: Board, drawn: Memo<Plan>) -> impl IntoView {
    let session = board.session;
    let waiting = memo_untested(move || {
        let links = session.links();
        let ids = session.on_day(|day| unplaced(day, &links));
        let name = |id: RecordId| {
            let window = links.windows.get(id.as_str())?;
            let number = window.no.map(|no| format!("{no}号 ")).unwrap_or_default();
            Some((id, number + &window.name))
        };
        ids.into_iter().filter_map(name).collect::<Vec<_>>()
    });
    let window = move |(id, name): (RecordId, String)| {
        view! {
            <button type="button" class="chip hall-chip" on:click=move |_| untrack(|| drawn.with(|plan| board.add(plan, SpotKind::Window, std::slice::from_ref(&id))))>
                "＋ " {name}
            </button>
        }
    };
    let all = move |()| {
        let ids: Vec<RecordId> = waiting.get_untracked().into_iter().map(|(id, _)| id).collect();
        untrack(|| drawn.with(|plan| board.add(plan, SpotKind::Window, &ids)));
    };
    let others = SpotKind::ALL.iter().filter(|what| **what != SpotKind::Window);
    let other = move |what: &'static SpotKind| {
        view! {
            <button type="button" class="chip hall-chip" on:click=move |_| untrack(|| drawn.with(|plan| board.add(plan, *what, &[])))>
                "＋ " {what.label()}
            </button>
        }
    };
    view! {
        <div class="hall-shelf">
            <Show when=move || !waiting.with(Vec::is_empty)>
                <div class="choices">
                    <TextButton class="button button-main" label="窗口排成一排" act=all/>
                    {move || waiting.get().into_iter().map(window).collect_view()}
                </div>
            </Show>
            <div class="choices">{others.map(other).collect_view()}</div>
        </div>
    }
}

/// Something on the plan, to be dragged.
#[component]
fn Laid(board: Board, spot: Spot, drawn: Memo<Plan>) -> impl IntoView {
    let class = class_of(&spot);
    let id = StoredValue::new(spot.id.clone());
    let area = move || id.with_value(|id| board.area(id, drawn)).unwrap_or(spot.area);
    let chosen =
        move || board.chosen.with(|chosen| id.with_value(|id| chosen.as_ref() == Some(id)));
    let down = move |event: PointerEvent, corner: bool| {
        id.with_value(|id| board.take_up(&event, id, untrack(area), corner));
    };
    let said = [&*spot.name, "，方向键移动，按住 Shift 改大小"].concat();
    view! {
        <div
            class=class
            class:hall-here=chosen
            style=move || lies(area(), ROOM)
            tabindex="0"
            role="button"
            aria-label=said
            on:pointerdown=move |event| down(event, false)
            on:pointermove=move |event| board.drag(&event)
            on:pointerup=move |_| board.let_go()
            on:pointercancel=move |_| board.held.set(None)
            on:focus=move |_| board.chosen.set(Some(id.get_value()))
            on:keydown=move |event| id.with_value(|id| board.press(&event, id, untrack(area)))
        >
            <span>{spot.label}</span>
            <i
                class="hall-corner"
                aria-hidden="true"
                on:pointerdown=move |event| down(event, true)
                on:pointermove=move |event| board.drag(&event)
                on:pointerup=move |_| board.let_go()
            ></i>
        </div>
    }
}

/// What can be done with the spot pressed last.
#[component]
fn Chosen(board: Board, drawn: Memo<Plan>) -> impl IntoView {
    let chosen = move || {
        let id = board.chosen.get()?;
        drawn.with(|plan| plan.spots.iter().find(|spot| spot.id == id).cloned())
    };
    let one = move |spot: Spot| {
        let Spot { id, name, .. } = spot;
        let kind = schema().kind(HallSpot::ID).unwrap_or_default();
        let href = Route::Record { kind, id: id.clone() }.href();
        let gone = name.clone();
        view! {
            <div class="choices hall-chosen">
                <strong>{name}</strong>
                <a class="button button-small" href=href>"改名称、楼层"</a>
                <TextButton class="button button-small" label="拿掉" act=move |()| board.remove(&id, &gone)/>
                <span class="quiet">"拖动移位置，拖右下角改大小；也可以用方向键。"</span>
            </div>
        }
    };
    view! { {move || chosen().map(one)} }
}
