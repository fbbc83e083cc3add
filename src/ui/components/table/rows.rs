//! One visible row: looks into the tables by slot and says what its cells say. Handles no events.

use crate::ui::prelude::*;

use super::scroll::Scroll;
use super::state::{TableState, column_width};
use crate::model::{FieldSpec, FieldType, Row, Township, Value};
use crate::route::Route;

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
    let cells = move || {
        let at = at.get();
        content.with(|content| content.as_ref().map(|content| cells(state, place, content, at)))
    };
    view! {
        <div
            class=class
            role="row"
            style=style
            data-row=move || row.get()
            aria-rowindex=move || row.get().map(|row| row + 2)
            aria-selected=move || chosen.get().to_string()
        >
            <div class="row-head" role="presentation">
                <div class="cell cell-box" role="gridcell" aria-colindex="1">
                    <input type="checkbox" tabindex="-1" aria-label="选择这一条" prop:checked=chosen/>
                </div>
                {move || content.with(|content| content.as_ref().map(|content| {
                    first_cell(state, place, content, at.get())
                }))}
            </div>
            {cells}
        </div>
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

fn first_cell(
    state: TableState,
    place: usize,
    content: &RowContent,
    at: Option<usize>,
) -> Option<AnyView> {
    let cell = content.cells.first()?;
    let name = if cell.text.is_empty() { "未填".to_string() } else { cell.text.clone() };
    let ended =
        content.ended.clone().map(|word| view! { <span class="tag tag-quiet">{word}</span> });
    let view = view! {
        <div
            class=if at == Some(cell.field) { "cell cell-title cell-cursor" } else { "cell cell-title" }
            role="gridcell"
            id=cell_id(place, cell.field)
            data-field=cell.field
            aria-colindex="2"
            style=cell_style(state.spec(cell.field))
        >
            <a class="cell-link" tabindex="-1" href=content.href.clone()>{name}</a>
            {ended}
        </div>
    };
    Some(view.into_any())
}

/// Facts a card shows under its title.
const FACTS: usize = 2;

fn cells(
    state: TableState,
    place: usize,
    content: &RowContent,
    at: Option<usize>,
) -> Vec<impl IntoView + use<>> {
    let mut facts = 0;
    let cells = content.cells.iter().enumerate().skip(1);
    cells
        .map(|(column, cell)| {
            let telling = is_telling(state.spec(cell.field)) && facts < FACTS;
            facts += usize::from(telling);
            cell_view(state, place, column, cell, at, telling)
        })
        .collect()
}

/// Says something without its column's name beside it.
fn is_telling(spec: &FieldSpec) -> bool {
    matches!(spec.ty, FieldType::Ref(_) | FieldType::Choice(_) | FieldType::Text | FieldType::Set)
}

fn cell_view(
    state: TableState,
    place: usize,
    column: usize,
    cell: &CellContent,
    at: Option<usize>,
    telling: bool,
) -> impl IntoView + use<> {
    let spec = state.spec(cell.field);
    let mut class = class_of(spec).to_string();
    class.push_str(if telling { " cell-fact" } else { "" });
    class.push_str(if at == Some(cell.field) { " cell-cursor" } else { "" });
    class.push_str(if cell.missing { " cell-missing" } else { "" });
    class.push_str(if cell.text.is_empty() && !cell.missing { " cell-blank" } else { "" });
    let text = if cell.missing { "未填".to_string() } else { cell.text.clone() };
    let members: Option<Vec<String>> = (spec.ty == FieldType::Set)
        .then(|| text.split('、').filter(|word| !word.is_empty()).map(String::from).collect());
    let inside = match members {
        Some(members) => members
            .into_iter()
            .map(|word| view! { <span class="chip">{word}</span> })
            .collect_view()
            .into_any(),
        None => text.into_any(),
    };
    view! {
        <div
            class=class
            role="gridcell"
            id=cell_id(place, cell.field)
            data-field=cell.field
            data-label=spec.label
            aria-colindex=column + 2
            style=cell_style(spec)
        >
            {inside}
        </div>
    }
}

fn class_of(spec: &FieldSpec) -> &'static str {
    match spec.ty {
        FieldType::Int | FieldType::Real => "cell cell-number",
        FieldType::Set => "cell cell-set",
        FieldType::LongText => "cell cell-long",
        _ => "cell",
    }
}

/// Room of a column, the same in every row and in the head.
pub fn cell_style(spec: &FieldSpec) -> String {
    let (width, grow) = column_width(spec);
    format!("flex:{grow} 0 {width}em")
}
