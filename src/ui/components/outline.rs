//! The chart as nested lists beside the picture: a tree as screen readers know it. Arrow keys walk it, Enter
//! opens the record, and the card it stands at is traced in the picture. Knows no records.

use std::rc::Rc;

use leptos::ev::KeyboardEvent;
use wasm_bindgen::JsCast;

use crate::picture::chart::ChartInput;
use crate::picture::chart::outline::{Line, Open, Outline, Step};
use crate::ui::prelude::*;
use crate::web::frame;

/// Lines that are open before anybody asked: as many as a screen and a half.
const AT_FIRST: usize = 60;

const NAME: &str = "架构目录";

struct BoardParts {
    outline: Signal<Option<Rc<Outline>>, LocalStorage>,
    open: RwSignal<Open>,
    /// The line the keys start from, by id.
    at: RwSignal<String>,
    on_open: Callback<String>,
}

type Board = Handle<BoardParts>;

/// The chart's lists, which card the reader stands at (told from here), and who hears what is opened.
pub type Given =
    (RwSignal<Option<Rc<Outline>>, LocalStorage>, RwSignal<Option<String>>, Callback<String>);

/// The lists of a chart. Entered by its address: its code waits in the second part.
pub fn of(input: Rc<ChartInput>) -> Rc<Outline> {
    Rc::new(Outline::of(&input))
}

/// Entered by its address as well.
pub fn view((outline, pointed, on_open): Given) -> AnyView {
    let board = Handle::to(BoardParts {
        outline: outline.into(),
        open: RwSignal::new(Open::default()),
        at: RwSignal::new(String::new()),
        on_open,
    });
    board.begin();
    effect(move || pointed.set(Some(board.at.get()).filter(|at| !at.is_empty())));
    on_cleanup(move || {
        let _ = pointed.try_set(None);
    });
    let top = move || {
        let outline = board.outline.get()?;
        Some(list(board, outline.top()))
    };
    view! {
        <nav class="outline" aria-label=NAME>
            <ul class="outline-list" role="tree" aria-label=NAME on:keydown=move |event| board.key(&event)>
                {top}
            </ul>
        </nav>
    }
    .into_any()
}

fn list(board: Board, lines: &[usize]) -> AnyView {
    lines.iter().filter_map(|at| line(board, *at)).collect_view().into_any()
}

/// A line with what is below it, as long as the outline is this one: with another all are made anew.
fn line(board: Board, at: usize) -> Option<AnyView> {
    let Line { id, says, below, .. } = board.outline.get_untracked()?.line(at).clone();
    let has_list = !below.is_empty();
    let is_open = {
        let id = id.clone();
        memo(move || board.open.with(|open| open.contains(&id)))
    };
    let is_here = {
        let id = id.clone();
        memo(move || board.at.with(|at| *at == id))
    };
    let below = move || {
        let shown = has_list && is_open.get();
        shown.then(|| view! { <ul class="outline-list" role="group">{list(board, &below)}</ul> })
    };
    let (toggled, taken, opened) = (id.clone(), id.clone(), id.clone());
    let line = view! {
        <li
            class="outline-line"
            role="treeitem"
            id=dom_id(&id)
            aria-expanded=move || has_list.then(|| is_open.get().to_string())
            aria-selected=move || is_here.get().to_string()
            tabindex=move || if is_here.get() { "0" } else { "-1" }
        >
            <div class="outline-words" class:outline-here=is_here>
                {has_list.then(|| view! {
                    <span
                        class="outline-mark"
                        class:outline-mark-open=is_open
                        aria-hidden="true"
                        on:click=move |_| board.toggle(&toggled)
                    ></span>
                })}
                <span
                    class="outline-says"
                    on:click=move |_| board.at.set(taken.clone())
                    on:dblclick=move |_| board.on_open.run(opened.clone())
                >
                    {says}
                </span>
            </div>
            {below}
        </li>
    };
    Some(line)
}

impl Board {
    /// Opens what is open at first, once there is something; stays where the reader was after a change.
    fn begin(self) {
        effect(move || {
            let Some(outline) = self.outline.get() else { return };
            if outline.find(&self.at.get_untracked()).is_some() {
                return;
            }
            let top = outline.top().first().map(|at| outline.line(*at).id.clone());
            self.open.set(outline.first_open(AT_FIRST));
            self.at.set(top.unwrap_or_default());
        });
    }

    fn toggle(self, id: &str) {
        self.open.update(|open| {
            if !open.remove(id) {
                open.insert(id.to_string());
            }
        });
    }

    fn key(self, event: &KeyboardEvent) {
        let step = match &*event.key() {
            "ArrowUp" => Step::Up,
            "ArrowDown" => Step::Down,
            "ArrowRight" => Step::In,
            "ArrowLeft" => Step::Out,
            "Home" => Step::First,
            "End" => Step::Last,
            "Enter" => {
                event.prevent_default();
                return self.on_open.run(self.at.get_untracked());
            }
            _ => return,
        };
        event.prevent_default();
        let Some(outline) = self.outline.get_untracked() else { return };
        let Some(at) = outline.find(&self.at.get_untracked()) else { return };
        let mut open = self.open.get_untracked();
        let to = outline.step(step, at, &mut open);
        self.open.maybe_update(|known| {
            let changed = *known != open;
            *known = open;
            changed
        });
        let id = outline.line(to).id.clone();
        self.at.set(id.clone());
        frame::on_next_frame(move |_| focus(&id));
    }
}

fn focus(id: &str) {
    let line = document().get_element_by_id(&dom_id(id));
    if let Some(line) = line.and_then(|line| line.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = line.focus();
    }
}

fn dom_id(id: &str) -> String {
    ["outline-", id].concat()
}
