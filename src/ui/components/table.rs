//! The table of a kind: any number of rows, only the visible ones in the page.
//!
//! `state` (what is shown, chosen, edited), `scroll` (which rows are in sight), `rows`, `head`,
//! `keys` (keyboard and mouse), `editor` (a cell in place), `bulk` (the chosen rows), `columns`.
//! Reads rows through the session by slot; owns no copy of them and writes only drafts.

pub mod bulk;
mod columns;
mod editor;
mod head;
mod keys;
pub mod memory;
mod rows;
mod scroll;
pub mod state;
pub mod toolbar;

use crate::ui::prelude::*;
use leptos::html::Div;

use crate::model::schema;
use editor::CellEditor;
use head::TableHead;
use rows::TableRows;
use scroll::Scroll;
use state::TableState;

/// The scrolling grid itself; toolbar and bulk bar stand around it.
#[component]
pub fn Table(state: TableState) -> impl IntoView {
    let frame = NodeRef::<Div>::new();
    let scroll = Scroll::new(state, frame);
    scroll.watch_size();
    keys::follow_cursor(state, scroll);
    let active = move || {
        let cursor = state.cursor.get()?;
        Some(rows::cell_id(cursor.row % scroll.pool.get().max(1), cursor.field))
    };
    view! {
        <div
            class="grid"
            class:grid-filtering=state.filtering
            role="grid"
            tabindex="0"
            node_ref=frame
            aria-label=schema().kinds[state.kind].spec.label
            aria-multiselectable="true"
            aria-rowcount=move || state.count() + 1
            aria-colcount=move || state.columns.with(Vec::len) + 1
            aria-activedescendant=active
            style=move || format!("--grid-width:{}em", state.width_em())
            on:scroll=move |_| scroll.scrolled()
            on:keydown=move |event| keys::press(state, scroll, &event)
            on:click=move |event| keys::click(state, &event)
            on:dblclick=move |event| keys::double_click(state, &event)
        >
            <div class="grid-probe" aria-hidden="true"></div>
            <TableHead state=state/>
            <div class="grid-space" role="presentation" style=move || format!("height:{}px", scroll.height.get())>
                <div class="grid-rows" role="rowgroup" style=move || format!("transform:translateY({}px)", scroll.shift.get())>
                    <TableRows state=state scroll=scroll/>
                    <CellEditor state=state scroll=scroll/>
                </div>
            </div>
        </div>
    }
}
