//! The element of a visible row: where it stands, what it says, how it is marked. Each is written
//! only where it differs from what stands there. Decides nothing about what a row says.

use web_sys::{Element, HtmlElement};

use super::cells::{Cells, changes, part, set};
use super::{RowContent, TableState};

pub struct RowElement {
    element: Element,
    cells: Option<Cells>,
    /// What the cells say.
    content: Option<RowContent>,
    row: Option<usize>,
    style: String,
    class: String,
    /// How it is marked: the field the cursor is at, and whether it is chosen. `None` until it is.
    marked: Option<(Option<usize>, bool)>,
}

impl RowElement {
    /// Makes elements, or takes them out, until there are `wanted`.
    pub fn have(rows: &mut Vec<RowElement>, group: &HtmlElement, wanted: usize) {
        rows.drain(wanted.min(rows.len())..).for_each(|row| row.element.remove());
        while rows.len() < wanted {
            let Some(element) = part(group, "div", &[("role", "row")]) else { return };
            rows.push(RowElement {
                element,
                cells: None,
                content: None,
                row: None,
                style: String::new(),
                class: String::new(),
                marked: None,
            });
        }
    }

    pub fn hide(&mut self) {
        self.row = None;
        self.place("display:none");
        let _ = self.element.remove_attribute("data-row");
    }

    /// Puts the element of `row` at its height.
    pub fn stand_at(&mut self, row: usize, offset: f64) {
        self.place(&format!("top:{offset}px"));
        if self.row != Some(row) {
            set(&self.element, "data-row", &row.to_string());
            set(&self.element, "aria-rowindex", &(row + 2).to_string());
        }
    }

    fn place(&mut self, style: &str) {
        if changes(&mut self.style, style) {
            set(&self.element, "style", style);
        }
    }

    /// Whether what it says has to be looked up; it is the element of `row` from now on.
    pub fn takes(&mut self, row: usize, fresh: bool) -> bool {
        let known = self.row == Some(row) && self.content.is_some() && !fresh;
        self.row = Some(row);
        !known
    }

    pub fn say(&mut self, state: TableState, place: usize, content: RowContent) {
        let fits = |cells: &Cells| cells.fits(&content);
        if !self.cells.as_ref().is_some_and(fits) {
            self.element.set_text_content(None);
            self.cells = Cells::put_into(&self.element, state, place, &content);
        }
        if let Some(cells) = &mut self.cells {
            cells.say(&content);
        }
        self.content = Some(content);
        self.marked = None;
    }

    /// Shows the cursor at a field, and whether the row is chosen.
    pub fn mark(&mut self, at: Option<usize>, chosen: bool) {
        if self.marked == Some((at, chosen)) {
            return;
        }
        let (Some(cells), Some(content)) = (&mut self.cells, &self.content) else { return };
        self.marked = Some((at, chosen));
        cells.mark(content, at, chosen);
        let mut class = "row".to_string();
        class.push_str(if chosen { " row-chosen" } else { "" });
        class.push_str(if at.is_some() { " row-cursor" } else { "" });
        class.push_str(if content.ended.is_some() { " row-ended" } else { "" });
        if changes(&mut self.class, &class) {
            self.element.set_class_name(&class);
        }
        set(&self.element, "aria-selected", if chosen { "true" } else { "false" });
    }
}
