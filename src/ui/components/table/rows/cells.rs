//! The elements of a row, made once and then changed only where they differ: a row that scrolls into
//! sight costs a few texts. Views would take every attribute off and put it on again. Decides
//! nothing about what a row says.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::{CellContent, RowContent, cell_id, cell_style};
use crate::model::{FieldSpec, FieldType};
use crate::ui::components::table::state::TableState;
use crate::ui::prelude::document;

/// Facts a card shows under its title.
const FACTS: usize = 2;

pub struct Cells {
    fields: Vec<usize>,
    tick: HtmlInputElement,
    title: Cell,
    link: Element,
    href: String,
    /// Beside the title of a record that does not hold: 已结束.
    tag: Element,
    rest: Vec<Cell>,
}

struct Cell {
    element: Element,
    spec: &'static FieldSpec,
    class: String,
    text: String,
}

impl Cells {
    /// Shows a row's content in `row`, with elements made anew where the columns are others.
    pub fn show(
        cells: &mut Option<Cells>,
        row: &Element,
        state: TableState,
        place: usize,
        content: &RowContent,
        at: Option<usize>,
        chosen: bool,
    ) {
        let fields = || content.cells.iter().map(|cell| cell.field);
        if cells.as_ref().is_none_or(|cells| !cells.fields.iter().copied().eq(fields())) {
            row.set_text_content(None);
            *cells = Cells::put_into(row, state, place, fields().collect());
        }
        if let (Some(cells), Some((title, rest))) = (cells, content.cells.split_first()) {
            cells.tick.set_checked(chosen);
            cells.show_title(title, content, at);
            cells.show_rest(rest, at);
        }
    }

    /// `None` where the page is being taken down.
    fn put_into(
        row: &Element,
        state: TableState,
        place: usize,
        fields: Vec<usize>,
    ) -> Option<Cells> {
        let head = part(row, "div", &[("class", "row-head"), ("role", "presentation")])?;
        let tick_cell = [("class", "cell cell-box"), ("role", "gridcell"), ("aria-colindex", "1")];
        let tick = [("type", "checkbox"), ("tabindex", "-1"), ("aria-label", "选择这一条")];
        let tick = part(&part(&head, "div", &tick_cell)?, "input", &tick)?.dyn_into().ok()?;
        let cell = |within: &Element, column: usize, field: usize| {
            Cell::put_into(within, place, column, field, state.spec(field))
        };
        let (first, rest) = fields.split_first()?;
        let title = cell(&head, 0, *first)?;
        let link = part(&title.element, "a", &[("class", "cell-link"), ("tabindex", "-1")])?;
        let tag = part(&title.element, "span", &[("class", "tag tag-quiet"), ("hidden", "")])?;
        let rest = (1..)
            .zip(rest)
            .map(|(column, field)| cell(row, column, *field))
            .collect::<Option<_>>()?;
        Some(Cells { fields, tick, title, link, href: String::new(), tag, rest })
    }

    fn show_title(&mut self, title: &CellContent, content: &RowContent, at: Option<usize>) {
        let cursor = at == Some(title.field);
        self.title.set_class(if cursor {
            "cell cell-title cell-cursor"
        } else {
            "cell cell-title"
        });
        let name = if title.text.is_empty() { "未填" } else { &title.text };
        if changes(&mut self.title.text, name) {
            self.link.set_text_content(Some(name));
        }
        if changes(&mut self.href, &content.href) {
            set(&self.link, "href", &content.href);
        }
        match &content.ended {
            Some(word) => {
                self.tag.set_text_content(Some(word));
                let _ = self.tag.remove_attribute("hidden");
            }
            None => set(&self.tag, "hidden", ""),
        }
    }

    fn show_rest(&mut self, contents: &[CellContent], at: Option<usize>) {
        let mut facts = 0;
        for (cell, content) in self.rest.iter_mut().zip(contents) {
            let telling = is_telling(cell.spec) && facts < FACTS;
            facts += usize::from(telling);
            let mut class = class_of(cell.spec).to_string();
            class.push_str(if telling { " cell-fact" } else { "" });
            class.push_str(if at == Some(content.field) { " cell-cursor" } else { "" });
            class.push_str(if content.missing { " cell-missing" } else { "" });
            let blank = content.text.is_empty() && !content.missing;
            class.push_str(if blank { " cell-blank" } else { "" });
            cell.set_class(&class);
            cell.set_text(if content.missing { "未填" } else { &content.text });
        }
    }
}

impl Cell {
    fn put_into(
        within: &Element,
        place: usize,
        column: usize,
        field: usize,
        spec: &'static FieldSpec,
    ) -> Option<Cell> {
        let element = part(
            within,
            "div",
            &[
                ("role", "gridcell"),
                ("id", &cell_id(place, field)),
                ("data-field", &field.to_string()),
                ("data-label", spec.label),
                ("aria-colindex", &(column + 2).to_string()),
                ("style", &cell_style(spec)),
            ],
        )?;
        Some(Cell { element, spec, class: String::new(), text: String::new() })
    }

    fn set_class(&mut self, class: &str) {
        if changes(&mut self.class, class) {
            self.element.set_class_name(class);
        }
    }

    fn set_text(&mut self, text: &str) {
        if !changes(&mut self.text, text) {
            return;
        }
        if self.spec.ty != FieldType::Set {
            return self.element.set_text_content(Some(text));
        }
        self.element.set_text_content(None);
        for word in text.split('、').filter(|word| !word.is_empty()) {
            if let Some(chip) = part(&self.element, "span", &[("class", "chip")]) {
                chip.set_text_content(Some(word));
            }
        }
    }
}

/// Whether `known` was another text; it is `text` from now on.
fn changes(known: &mut String, text: &str) -> bool {
    let differs = known != text;
    if differs {
        text.clone_into(known);
    }
    differs
}

/// A new element at the end of another.
fn part(within: &Element, tag: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    for (name, value) in attributes {
        set(&element, name, value);
    }
    within.append_child(&element).ok()?;
    Some(element)
}

fn set(element: &Element, name: &str, value: &str) {
    // Fails only for names that are none; ours are.
    let _ = element.set_attribute(name, value);
}

/// Says something without its column's name beside it.
fn is_telling(spec: &FieldSpec) -> bool {
    matches!(spec.ty, FieldType::Ref(_) | FieldType::Choice(_) | FieldType::Text | FieldType::Set)
}

fn class_of(spec: &FieldSpec) -> &'static str {
    match spec.ty {
        FieldType::Int | FieldType::Real => "cell cell-number",
        FieldType::Set => "cell cell-set",
        FieldType::LongText => "cell cell-long",
        _ => "cell",
    }
}
