//! One visible row: looks into the tables by slot and says what its cells say. Handles no events.

mod cells;

use crate::ui::prelude::*;
use leptos::html::Div;

use super::scroll::Scroll;
use super::state::{TableState, column_width};
use crate::model::{FieldSpec, FieldType, Row, Township, Value};
use crate::route::Route;
use cells::Cells;

/// What a row shows.
#[derive(Clone, PartialEq)]
struct RowContent {
    slot: u32,
    href: String,
    cells: Vec<CellContent>,
    /// Set where the record no longer holds on the day.
    ended: Option<String>,
}

#[derive(Clone, PartialEq)]
struct CellContent {
    field: usize,
    text: String,
    missing: bool,
}

/// The element of a cell, for `aria-activedescendant`.
pub fn cell_id(place: usize, field: usize) -> String {
    format!("cell-{place}-{field}")
}

#[component]
pub fn TableRow(state: TableState, scroll: Scroll, place: usize) -> impl IntoView {
    let row = memo(move || scroll.row_of(place));
    let content = memo(move || {
        state.data.track();
        let columns = state.columns.get();
        let slot = state.view.with(|view| view.as_ref()?.get(row.get()?).copied())?;
        let day = state.session.day.get();
        state.read(|township| {
            let record = township.table(state.kind).slots().get(slot as usize)?;
            let ended = (!record.holds_on(day)).then(|| ended_on(record));
            Some(content_of(state, township, slot, record, &columns, ended))
        })
    });
    let chosen = memo(move || {
        let slot = content.with(|content| content.as_ref().map(|content| content.slot));
        slot.is_some_and(|slot| state.selection.with(|selection| selection.has(slot)))
    });
    let at = memo(move || {
        state.cursor.get().filter(|cursor| Some(cursor.row) == row.get()).map(|cursor| cursor.field)
    });
    let class = move || {
        let mut class = "row".to_string();
        class.push_str(if chosen.get() { " row-chosen" } else { "" });
        class.push_str(if at.get().is_some() { " row-cursor" } else { "" });
        let ended = content.with(|content| content.as_ref().is_some_and(|row| row.ended.is_some()));
        class.push_str(if ended { " row-ended" } else { "" });
        class
    };
    let style = move || match row.get() {
        Some(row) => format!("transform:translateY({}px)", scroll.offset(row)),
        None => "display:none".to_string(),
    };
    let element = NodeRef::<Div>::new();
    let cells = StoredValue::new_local(None::<Cells>);
    effect(move || {
        let Some(element) = element.get() else { return };
        let (at, chosen) = (at.get(), chosen.get());
        content.with(|content| {
            if let Some(content) = content {
                cells.update_value(|cells| {
                    Cells::show(cells, &element, state, place, content, at, chosen);
                });
            }
        });
    });
    view! {
        <div
            node_ref=element
            class=class
            role="row"
            style=style
            data-row=move || row.get()
            aria-rowindex=move || row.get().map(|row| row + 2)
            aria-selected=move || chosen.get().to_string()
        ></div>
    }
}

fn content_of(
    state: TableState,
    township: &Township,
    slot: u32,
    record: &Row,
    columns: &[usize],
    ended: Option<String>,
) -> RowContent {
    let cell = |field: &usize| {
        let spec = state.spec(*field);
        let value = &record.cells[*field];
        CellContent {
            field: *field,
            text: shown(township, spec, value),
            missing: spec.required && value.is_null(),
        }
    };
    let route = Route::Record { kind: state.kind, id: record.id.clone() };
    RowContent { slot, href: route.href(), cells: columns.iter().map(cell).collect(), ended }
}

/// A line of text for a cell; lines of long texts run together.
fn shown(township: &Township, spec: &FieldSpec, value: &Value) -> String {
    let text = township.display(spec.ty, value);
    match spec.ty {
        FieldType::LongText => text.replace('\n', " "),
        _ => text,
    }
}

fn ended_on(record: &Row) -> String {
    match &record.cells[..] {
        [.., _, until] if !until.is_null() => "已结束".to_string(),
        _ => "未开始".to_string(),
    }
}

/// Room of a column, the same in every row and in the head.
pub fn cell_style(spec: &FieldSpec) -> String {
    let (width, grow) = column_width(spec);
    format!("flex:{grow} 0 {width}em")
}
