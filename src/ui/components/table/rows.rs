//! The visible rows: looks into the tables by slot and says what their cells say, changing only
//! what differs from what stands there. Handles no events.

mod cells;
mod element;

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::html::Div;

use super::scroll::Scroll;
use super::state::{TableState, column_width};
use crate::model::{Date, FieldSpec, FieldType, Row, Township, Value};
use crate::route::Route;
use element::RowElement;

/// What a row shows.
struct RowContent {
    href: String,
    cells: Vec<CellContent>,
    /// Set where the record does not hold on the day.
    ended: Option<&'static str>,
}

struct CellContent {
    field: usize,
    text: String,
    missing: bool,
}

/// What all rows are read by; while it stands, a row that stays in its place says the same.
struct Ground {
    data: u64,
    view: Option<Rc<Vec<u32>>>,
    columns: Vec<usize>,
    day: Date,
}

impl Ground {
    fn of(state: TableState) -> Ground {
        Ground {
            data: state.data.get(),
            view: state.view.get(),
            columns: state.columns.get(),
            day: state.session.day.get(),
        }
    }

    fn is(&self, other: &Ground) -> bool {
        let same_view = match (&self.view, &other.view) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_view
            && self.data == other.data
            && self.columns == other.columns
            && self.day == other.day
    }

    fn slot(&self, row: usize) -> Option<u32> {
        self.view.as_ref()?.get(row).copied()
    }
}

/// The element of a cell, for `aria-activedescendant`.
pub fn cell_id(place: usize, field: usize) -> String {
    format!("cell-{place}-{field}")
}

#[component]
pub fn TableRows(state: TableState, scroll: Scroll) -> impl IntoView {
    let group = NodeRef::<Div>::new();
    let selection = state.selection;
    let mut rows: Vec<RowElement> = Vec::new();
    let mut before: Option<Ground> = None;
    effect(move || {
        let Some(group) = group.get() else { return };
        let ground = Ground::of(state);
        let fresh = before.as_ref().is_none_or(|before| !before.is(&ground));
        let cursor = state.cursor.get();
        let wanted: Vec<Option<usize>> = scroll.rows().collect();
        RowElement::have(&mut rows, &group, wanted.len());
        state.read(|township| {
            for (place, (element, row)) in rows.iter_mut().zip(wanted).enumerate() {
                let slot = row.and_then(|row| ground.slot(row));
                let (Some(row), Some(slot)) = (row, slot) else {
                    element.hide();
                    continue;
                };
                element.stand_at(row, scroll.offset(row));
                if element.takes(row, fresh)
                    && let Some(content) = content_of(state, township, &ground, slot)
                {
                    element.say(state, place, content);
                }
                let at = cursor.filter(|cursor| cursor.row == row).map(|cursor| cursor.field);
                element.mark(at, selection.with(|selection| selection.has(slot)));
            }
        });
        before = Some(ground);
    });
    view! { <div node_ref=group role="presentation"></div> }
}

fn content_of(
    state: TableState,
    township: &Township,
    ground: &Ground,
    slot: u32,
) -> Option<RowContent> {
    let record = township.table(state.kind).slots().get(slot as usize)?;
    let cell = |field: &usize| {
        let spec = state.spec(*field);
        let value = &record.cells[*field];
        CellContent {
            field: *field,
            text: shown(township, spec, value),
            missing: spec.required && value.is_null(),
        }
    };
    let ended = (!record.holds_on(ground.day)).then(|| ended_on(record));
    let route = Route::Record { kind: state.kind, id: record.id.clone() };
    Some(RowContent { href: route.href(), cells: ground.columns.iter().map(cell).collect(), ended })
}

/// A line of text for a cell; lines of long texts run together.
fn shown(township: &Township, spec: &FieldSpec, value: &Value) -> String {
    let text = township.display(spec.ty, value);
    match spec.ty {
        FieldType::LongText if text.contains('\n') => text.replace('\n', " "),
        _ => text,
    }
}

fn ended_on(record: &Row) -> &'static str {
    match &record.cells[..] {
        [.., _, until] if !until.is_null() => "已结束",
        _ => "未开始",
    }
}

/// Room of a column, the same in every row and in the head.
pub fn cell_style(spec: &FieldSpec) -> String {
    let (width, grow) = column_width(spec);
    format!("flex:{grow} 0 {width}em")
}
