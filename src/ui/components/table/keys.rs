//! Keyboard and mouse in the grid. Inputs inside it keep their own keys.

use crate::ui::prelude::*;
use leptos::ev::{KeyboardEvent, MouseEvent};
use wasm_bindgen::JsCast;

use super::editor::can_edit;
use super::scroll::Scroll;
use super::state::{Cursor, TableState};
use crate::route::Route;

/// Keeps the cursor's row in sight.
pub fn follow_cursor(state: TableState, scroll: Scroll) {
    effect(move || {
        if let Some(cursor) = state.cursor.get() {
            scroll.show(cursor.row);
        }
    });
}

pub fn press(state: TableState, scroll: Scroll, event: &KeyboardEvent) {
    if !at_the_grid(event) || event.alt_key() {
        return;
    }
    let chord = event.ctrl_key() || event.meta_key();
    let done = match (event.key().as_str(), chord) {
        ("a", true) => {
            state.toggle_all();
            true
        }
        (" ", _) => act(state, |cursor| state.toggle(cursor.row)),
        ("Enter", true) => act(state, |cursor| open(state, cursor.row)),
        ("Enter" | "F2", false) => act(state, |cursor| edit(state, cursor)),
        ("Escape", _) => {
            state.clear_selection();
            true
        }
        (key, chord) => walk(state, scroll, key, chord, event.shift_key()),
    };
    if done {
        event.prevent_default();
    }
}

fn at_the_grid(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.get_attribute("role").as_deref() == Some("grid"))
}

fn act(state: TableState, with: impl FnOnce(Cursor)) -> bool {
    let Some(cursor) = state.cursor.get_untracked() else { return false };
    with(cursor);
    true
}

/// Moves the cursor; with Shift the rows passed are chosen.
fn walk(state: TableState, scroll: Scroll, key: &str, chord: bool, shift: bool) -> bool {
    let columns = state.columns.get_untracked();
    let last = state.view.with_untracked(|view| view.as_ref().map_or(0, |view| view.len()));
    let Some(last) = last.checked_sub(1) else { return false };
    let now = state.cursor.get_untracked().unwrap_or(Cursor { row: 0, field: columns[0] });
    let at = columns.iter().position(|field| *field == now.field).unwrap_or(0);
    let page = scroll.rows_in_sight().max(2) - 1;
    let (mut row, mut column) = (now.row.min(last), at);
    match key {
        "ArrowDown" if chord => row = last,
        "ArrowUp" if chord => row = 0,
        "ArrowDown" if state.cursor.get_untracked().is_some() => row = (row + 1).min(last),
        "ArrowDown" => {}
        "ArrowUp" => row = row.saturating_sub(1),
        "ArrowRight" => column = (column + 1).min(columns.len() - 1),
        "ArrowLeft" => column = column.saturating_sub(1),
        "PageDown" => row = (row + page).min(last),
        "PageUp" => row = row.saturating_sub(page),
        "Home" if chord => (row, column) = (0, 0),
        "End" if chord => (row, column) = (last, columns.len() - 1),
        "Home" => column = 0,
        "End" => column = columns.len() - 1,
        _ => return false,
    }
    if shift && row != now.row {
        if state.anchor.get_value().is_none() {
            state.anchor.set_value(Some(now.row));
        }
        state.extend_to(row);
    } else if !shift {
        state.anchor.set_value(None);
    }
    state.cursor.set(Some(Cursor { row, field: columns[column] }));
    true
}

fn edit(state: TableState, cursor: Cursor) {
    if can_edit(state.spec(cursor.field)) && state.session.may_edit().is_ok() {
        state.editing.set(Some(cursor));
    }
}

fn open(state: TableState, row: usize) {
    if let Some(id) = state.id_at(row) {
        state.session.go(&Route::Record { kind: state.kind, id });
    }
}

/// Below this width rows are cards, and a touch opens them.
const CARDS_BELOW: i32 = 720;

pub fn click(state: TableState, event: &MouseEvent) {
    let Some(place) = place_of(event) else { return };
    if place.in_box {
        if event.shift_key() {
            state.extend_to(place.row);
        } else {
            state.toggle(place.row);
        }
        // The keyboard goes on from here in the grid, not in the box.
        if let Some(grid) = place.grid.dyn_ref::<web_sys::HtmlElement>() {
            let _ = grid.focus();
        }
        let field = state.columns.with_untracked(|columns| columns[0]);
        state.cursor.set(Some(Cursor { row: place.row, field }));
        return;
    }
    if place.on_link {
        return;
    }
    let narrow = place.grid.client_width() < CARDS_BELOW;
    if narrow && !event.shift_key() {
        return open(state, place.row);
    }
    let field = place.field.or_else(|| state.columns.with_untracked(|list| list.first().copied()));
    if let Some(field) = field {
        state.cursor.set(Some(Cursor { row: place.row, field }));
    }
    if event.shift_key() {
        state.extend_to(place.row);
    } else if event.ctrl_key() || event.meta_key() {
        state.toggle(place.row);
    } else {
        state.anchor.set_value(Some(place.row));
    }
}

pub fn double_click(state: TableState, event: &MouseEvent) {
    let Some(place) = place_of(event) else { return };
    if let (false, false, Some(field)) = (place.in_box, place.on_link, place.field) {
        edit(state, Cursor { row: place.row, field });
    }
}

/// What a mouse points at.
struct Place {
    grid: web_sys::Element,
    row: usize,
    field: Option<usize>,
    in_box: bool,
    on_link: bool,
}

fn place_of(event: &MouseEvent) -> Option<Place> {
    let target = event.target()?.dyn_into::<web_sys::Element>().ok()?;
    let near = |selector: &str| target.closest(selector).ok().flatten();
    let row = near("[data-row]")?.get_attribute("data-row")?.parse().ok()?;
    let field =
        near("[data-field]").and_then(|cell| cell.get_attribute("data-field")?.parse().ok());
    Some(Place {
        grid: near(".grid")?,
        row,
        field,
        in_box: near(".cell-box").is_some(),
        on_link: near(".cell-link").is_some(),
    })
}
