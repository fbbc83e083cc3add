//! A cell edited in place: one input over the cell, one draft when it is left.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::rows::cell_id;
use super::scroll::Scroll;
use super::state::{Cursor, TableState};
use crate::journal::Draft;
use crate::model::{FieldSpec, FieldType, RecordId, Value, schema};
use crate::ui::components::field::{FieldInput, FieldProblem, FieldState, Setting};
use crate::ui::components::form::put_made;
use crate::web::frame::on_next_frame;

/// Outlines are drawn and photos chosen, not typed.
pub fn can_edit(spec: &FieldSpec) -> bool {
    !matches!(spec.ty, FieldType::Outline | FieldType::Photo)
}

#[component]
pub fn CellEditor(state: TableState, scroll: Scroll) -> impl IntoView {
    move || state.editing.get().map(|at| view! { <OpenEditor state=state scroll=scroll at=at/> })
}

#[component]
fn OpenEditor(state: TableState, scroll: Scroll, at: Cursor) -> impl IntoView {
    let id = state.id_at(at.row);
    let value = value_at(state, at);
    let field = FieldState::new(state.spec(at.field), &value);
    let frame = NodeRef::<Div>::new();
    let style = place_over(scroll, at);
    focus_inside(frame);
    let save = move || match &id {
        Some(id) => save(state, field, id, at.field),
        None => true,
    };
    let save_in_keys = save.clone();
    let press = move |event: KeyboardEvent| {
        let long = field.spec.ty == FieldType::LongText;
        let next = match event.key().as_str() {
            "Escape" => {
                event.prevent_default();
                event.stop_propagation();
                return close(state, frame);
            }
            "Enter" if long && event.shift_key() => return,
            "Enter" => Some(Cursor { row: at.row + 1, field: at.field }),
            "Tab" => beside(state, at, event.shift_key()),
            _ => return event.stop_propagation(),
        };
        event.prevent_default();
        event.stop_propagation();
        if save_in_keys() {
            let tab = event.key() == "Tab";
            close(state, frame);
            go_on(state, next, tab);
        }
    };
    let leave = move |event: leptos::ev::FocusEvent| {
        // The page takes the focus away also when it takes the editor out.
        if state.editing.try_get_untracked().flatten() != Some(at) {
            return;
        }
        let to = event.related_target().and_then(|to| to.dyn_into::<web_sys::Node>().ok());
        let inside = frame.get_untracked().is_some_and(|frame| frame.contains(to.as_ref()));
        if !inside && save() {
            state.editing.set(None);
        }
    };
    view! {
        <div class="cell-editor" node_ref=frame style=style on:keydown=press on:focusout=leave>
            <FieldInput field=field id="cell-editor" setting=Setting::Cell/>
            <FieldProblem field=field id="cell-editor-problem".to_string()/>
        </div>
    }
}

fn value_at(state: TableState, at: Cursor) -> Value {
    let slot = state.slot_at(at.row);
    state.read(|township| {
        let row = slot.map(|slot| township.table(state.kind).at(slot as usize));
        row.map_or(Value::Null, |row| row.cells[at.field].clone())
    })
}

/// Over the cell it edits, in the rows' own layer, so that it scrolls along.
fn place_over(scroll: Scroll, at: Cursor) -> String {
    let place = at.row % scroll.pool.get_untracked().max(1);
    let cell = document().get_element_by_id(&cell_id(place, at.field));
    let Some(cell) = cell else { return String::new() };
    let layer = cell.closest(".grid-rows").ok().flatten();
    let left = layer.map_or(0.0, |layer| layer.get_bounding_client_rect().left());
    let rect = cell.get_bounding_client_rect();
    format!(
        "transform:translate({}px,{}px);width:{}px;min-height:{}px",
        rect.left() - left,
        untrack(|| scroll.offset(at.row)),
        rect.width(),
        rect.height()
    )
}

fn focus_inside(frame: NodeRef<Div>) {
    effect(move || {
        let Some(frame) = frame.get() else { return };
        on_next_frame(move |_| {
            let input = frame.query_selector("input,select,textarea").ok().flatten();
            let Some(input) = input else { return };
            if let Some(input) = input.dyn_ref::<web_sys::HtmlElement>() {
                let _ = input.focus();
            }
            if let Some(input) = input.dyn_ref::<web_sys::HtmlInputElement>() {
                input.select();
            }
        });
    });
}

/// Whether the cell may be left: saved, or nothing to save.
fn save(state: TableState, field: FieldState, id: &RecordId, at: usize) -> bool {
    if untrack(|| !field.changed()) {
        return true;
    }
    let Some(value) = field.value() else { return false };
    let title =
        state.read(|township| township.title_of(schema().kinds[state.kind].spec.id, id.as_str()));
    let mut draft = Draft::new(&format!("改“{title}”的{}", field.spec.label));
    put_made(&mut draft, field);
    draft.set(state.kind, id, at, value);
    spawn_local(async move {
        let _ = state.session.commit_now(draft).await;
    });
    true
}

fn close(state: TableState, frame: NodeRef<Div>) {
    let grid = frame.get_untracked().and_then(|frame| frame.closest(".grid").ok().flatten());
    state.editing.set(None);
    if let Some(grid) = grid.and_then(|grid| grid.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = grid.focus();
    }
}

/// After a cell: the one below stands ready, the one beside opens.
fn go_on(state: TableState, next: Option<Cursor>, edit: bool) {
    let Some(next) = next.filter(|next| state.slot_at(next.row).is_some()) else { return };
    state.cursor.set(Some(next));
    if edit {
        // The next cell must be in the page before its editor can stand over it.
        on_next_frame(move |_| {
            let _ = state.editing.try_set(Some(next));
        });
    }
}

/// The next cell that can be edited, over the ends of rows.
fn beside(state: TableState, at: Cursor, back: bool) -> Option<Cursor> {
    let columns = state.columns.get_untracked();
    let fits = |field: &usize| can_edit(state.spec(*field));
    let here = columns.iter().position(|field| *field == at.field)?;
    if back {
        let before = columns[..here].iter().rev().find(|field| fits(field));
        let last = columns.iter().rev().find(|field| fits(field));
        return before
            .map(|field| Cursor { row: at.row, field: *field })
            .or_else(|| Some(Cursor { row: at.row.checked_sub(1)?, field: *last? }));
    }
    let after = columns[here + 1..].iter().find(|field| fits(field));
    let first = columns.iter().find(|field| fits(field));
    after
        .map(|field| Cursor { row: at.row, field: *field })
        .or_else(|| Some(Cursor { row: at.row + 1, field: *first? }))
}
