//! The elements of a row, made once and then changed only where they differ: a row that scrolls into
//! sight costs a few texts. Views would take every attribute off and put it on again. Decides
//! nothing about what a row says.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Text};

use super::{CellContent, RowContent, cell_id, cell_style};
use crate::model::{FieldSpec, FieldType};
use crate::ui::components::table::state::TableState;
use crate::ui::prelude::document;

/// Facts a card shows under its title.
const FACTS: usize = 2;

pub struct Cells {
    fields: Vec<usize>,
    tick: HtmlInputElement,
    title: Title,
    rest: Vec<Cell>,
}

struct Title {
    frame: Frame,
    link: Link,
    /// Beside the name of a record that does not hold: 已结束.
    tag: Element,
    ended: Option<&'static str>,
}

struct Cell {
    frame: Frame,
    spec: &'static FieldSpec,
    words: Words,
}

/// The element of a cell and how it looks.
struct Frame {
    element: Element,
    class: String,
}

enum Words {
    Line(Line),
    /// A set's members, each in a frame of its own.
    Chips(String),
}

/// A text of the page, changed in place.
struct Line {
    node: Text,
    text: String,
}

struct Link {
    element: Element,
    text: Line,
    href: String,
}

impl Cells {
    /// Whether these are the cells of the columns a content is of.
    pub fn fits(&self, content: &RowContent) -> bool {
        self.fields.iter().copied().eq(content.cells.iter().map(|cell| cell.field))
    }

    pub fn say(&mut self, content: &RowContent) {
        if let Some((title, rest)) = content.cells.split_first() {
            self.title.say(title, content);
            for (cell, content) in self.rest.iter_mut().zip(rest) {
                cell.say(if content.missing { "未填" } else { &content.text });
            }
        }
    }

    /// What cells are beside their words: at the cursor, empty, missing; and the box.
    pub fn mark(&mut self, content: &RowContent, at: Option<usize>, chosen: bool) {
        self.tick.set_checked(chosen);
        let cursor = |field: usize| if at == Some(field) { " cell-cursor" } else { "" };
        if let Some((title, rest)) = content.cells.split_first() {
            let class = ["cell cell-title", cursor(title.field)].concat();
            self.title.frame.set_class(&class);
            self.mark_rest(rest, cursor);
        }
    }

    /// `None` where the page is being taken down.
    pub fn put_into(
        row: &Element,
        state: TableState,
        place: usize,
        content: &RowContent,
    ) -> Option<Cells> {
        let fields: Vec<usize> = content.cells.iter().map(|cell| cell.field).collect();
        let head = part(row, "div", &[("class", "row-head"), ("role", "presentation")])?;
        let tick_cell = [("class", "cell cell-box"), ("role", "gridcell"), ("aria-colindex", "1")];
        let tick = [("type", "checkbox"), ("tabindex", "-1"), ("aria-label", "选择这一条")];
        let tick = part(&part(&head, "div", &tick_cell)?, "input", &tick)?.dyn_into().ok()?;
        let frame = |within: &Element, column: usize, field: usize| {
            Frame::put_into(within, place, column, field, state.spec(field))
        };
        let (first, rest) = fields.split_first()?;
        let title = Title::put_into(frame(&head, 0, *first)?)?;
        let rest = (1..)
            .zip(rest)
            .map(|(column, field)| Cell::of(frame(row, column, *field)?, state.spec(*field)))
            .collect::<Option<_>>()?;
        Some(Cells { fields, tick, title, rest })
    }

    fn mark_rest(&mut self, contents: &[CellContent], cursor: impl Fn(usize) -> &'static str) {
        let mut facts = 0;
        for (cell, content) in self.rest.iter_mut().zip(contents) {
            let telling = is_telling(cell.spec) && facts < FACTS;
            facts += usize::from(telling);
            let blank = content.text.is_empty() && !content.missing;
            let class = [
                class_of(cell.spec),
                if telling { " cell-fact" } else { "" },
                cursor(content.field),
                if content.missing { " cell-missing" } else { "" },
                if blank { " cell-blank" } else { "" },
            ];
            cell.frame.set_class(&class.concat());
        }
    }
}

impl Title {
    fn put_into(frame: Frame) -> Option<Title> {
        let link = part(&frame.element, "a", &[("class", "cell-link"), ("tabindex", "-1")])?;
        let tag = part(&frame.element, "span", &[("class", "tag tag-quiet"), ("hidden", "")])?;
        Some(Title { frame, link: Link::of(link)?, tag, ended: None })
    }

    fn say(&mut self, title: &CellContent, content: &RowContent) {
        let name = if title.text.is_empty() { "未填" } else { &title.text };
        self.link.say(name, &content.href);
        if self.ended != content.ended {
            self.ended = content.ended;
            self.tag.set_text_content(content.ended);
            match content.ended {
                Some(_) => drop(self.tag.remove_attribute("hidden")),
                None => set(&self.tag, "hidden", ""),
            }
        }
    }
}

impl Link {
    fn of(element: Element) -> Option<Link> {
        let text = Line::put_into(&element)?;
        Some(Link { element, text, href: String::new() })
    }

    fn say(&mut self, name: &str, href: &str) {
        self.text.say(name);
        if changes(&mut self.href, href) {
            set(&self.element, "href", href);
        }
    }
}

impl Frame {
    fn put_into(
        within: &Element,
        place: usize,
        column: usize,
        field: usize,
        spec: &'static FieldSpec,
    ) -> Option<Frame> {
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
        Some(Frame { element, class: String::new() })
    }

    fn set_class(&mut self, class: &str) {
        if changes(&mut self.class, class) {
            self.element.set_class_name(class);
        }
    }
}

impl Cell {
    fn of(frame: Frame, spec: &'static FieldSpec) -> Option<Cell> {
        let words = match spec.ty {
            FieldType::Set => Words::Chips(String::new()),
            _ => Words::Line(Line::put_into(&frame.element)?),
        };
        Some(Cell { frame, spec, words })
    }

    fn say(&mut self, text: &str) {
        match &mut self.words {
            Words::Line(line) => line.say(text),
            Words::Chips(known) => {
                if changes(known, text) {
                    put_chips(&self.frame.element, text);
                }
            }
        }
    }
}

impl Line {
    fn put_into(element: &Element) -> Option<Line> {
        let node = document().create_text_node("");
        element.append_child(&node).ok()?;
        Some(Line { node, text: String::new() })
    }

    fn say(&mut self, text: &str) {
        if changes(&mut self.text, text) {
            self.node.set_data(text);
        }
    }
}

fn put_chips(element: &Element, text: &str) {
    element.set_text_content(None);
    for word in text.split('、').filter(|word| !word.is_empty()) {
        if let Some(chip) = part(element, "span", &[("class", "chip")]) {
            chip.set_text_content(Some(word));
        }
    }
}

/// Whether `known` was another text; it is `text` from now on.
pub fn changes(known: &mut String, text: &str) -> bool {
    let differs = known != text;
    if differs {
        text.clone_into(known);
    }
    differs
}

/// A new element at the end of another.
pub fn part(within: &Element, tag: &str, attributes: &[(&str, &str)]) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    for (name, value) in attributes {
        set(&element, name, value);
    }
    within.append_child(&element).ok()?;
    Some(element)
}

pub fn set(element: &Element, name: &str, value: &str) {
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
