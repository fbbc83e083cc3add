//! What a table shows, what is chosen in it and what is being edited. Knows no elements of the page.

use std::rc::Rc;

use crate::ui::prelude::*;

use super::memory::{Left, TableMemory, chosen_columns, keep_columns};
use crate::listing::choose::{Wish, choose, keep_places};
use crate::listing::filter::{Condition, Haystack};
use crate::listing::order::{Order, natural_field};
use crate::model::{Date, FieldSpec, FieldType, KindIx, RecordId, Township, schema};
use crate::sorting::Sorting;
use crate::ui::session::Session;
use gangtu_search::sound::{OTHER, Sounds};

/// The cell the keyboard is at: a place in the view and a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub row: usize,
    pub field: usize,
}

/// Chosen rows, by slot.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    marks: Vec<bool>,
    pub count: usize,
}

impl Selection {
    pub fn has(&self, slot: u32) -> bool {
        self.marks.get(slot as usize).copied().unwrap_or(false)
    }

    pub fn mark(&mut self, slot: u32, on: bool) {
        let at = slot as usize;
        if self.marks.len() <= at {
            self.marks.resize(at + 1, false);
        }
        if std::mem::replace(&mut self.marks[at], on) != on {
            self.count = if on { self.count + 1 } else { self.count - 1 };
        }
    }

    pub fn slots(&self) -> impl Iterator<Item = u32> + '_ {
        (0u32..).zip(&self.marks).filter(|(_, on)| **on).map(|(slot, _)| slot)
    }
}

/// What the rows were chosen by; while it stands still, rows keep their places.
#[derive(Clone, PartialEq)]
struct Asked {
    sort: (usize, bool),
    words: String,
    conditions: Vec<(usize, String)>,
    ended: bool,
    day: Date,
}

/// What is made once from the records and used until they change.
#[derive(Default)]
struct Made {
    data: u64,
    /// Of the columns sorted by so far.
    orders: Vec<Order>,
    haystack: Option<(Vec<usize>, Haystack)>,
}

/// A table at work. `Copy`: handles only.
pub type TableState = Handle<TableStateParts>;

/// The signals of a [`TableState`].
pub struct TableStateParts {
    pub session: Session,
    pub kind: KindIx,
    /// Fields shown, in order; the first stays in sight.
    pub columns: RwSignal<Vec<usize>>,
    pub sort: RwSignal<(usize, bool)>,
    pub words: RwSignal<String>,
    pub conditions: RwSignal<Vec<(usize, String)>>,
    /// Whether the line of conditions is open.
    pub filtering: RwSignal<bool>,
    pub ended: RwSignal<bool>,
    /// Slots in the order shown; `None` before the first look.
    pub view: RwSignal<Option<Rc<Vec<u32>>>, LocalStorage>,
    /// Rises with every change of the records.
    pub data: RwSignal<u64>,
    pub selection: RwSignal<Selection>,
    /// Where a range of chosen rows began.
    pub anchor: StoredValue<Option<usize>>,
    pub cursor: RwSignal<Option<Cursor>>,
    pub editing: RwSignal<Option<Cursor>>,
    /// A record just made, or left the cursor at, to go to once its row is there.
    pub seek: StoredValue<Option<RecordId>>,
    /// First pixel in sight: what `scroll` starts from and leaves.
    pub top: StoredValue<f64>,
    made: StoredValue<Made, LocalStorage>,
}

impl TableState {
    pub fn new(session: Session, kind: KindIx) -> TableState {
        let memory = expect_context::<TableMemory>();
        let township = session.base().map(|open| open.key).unwrap_or_default();
        let left = memory.get(&township, kind).unwrap_or_default();
        let sort = left.sort.unwrap_or((natural_field(kind), false));
        let columns = chosen_columns(kind).unwrap_or_else(|| listed(kind));
        let state = Handle::to(TableStateParts {
            session,
            kind,
            columns: RwSignal::new(columns),
            sort: RwSignal::new(sort),
            words: RwSignal::new(left.words),
            conditions: RwSignal::new(left.conditions),
            filtering: RwSignal::new(left.filtering),
            ended: RwSignal::new(left.ended),
            view: RwSignal::new_local(None),
            data: RwSignal::new(0),
            selection: RwSignal::new(Selection::default()),
            anchor: StoredValue::new(None),
            cursor: RwSignal::new(None),
            editing: RwSignal::new(None),
            seek: StoredValue::new(left.at),
            top: StoredValue::new(left.top),
            made: StoredValue::new_local(Made::default()),
        });
        state.follow_records();
        on_cleanup(move || memory.set(&township, kind, state.leave()));
        state
    }

    fn leave(self) -> Left {
        Left {
            sort: Some(self.sort.get_untracked()),
            words: self.words.get_untracked(),
            conditions: self.conditions.get_untracked(),
            filtering: self.filtering.get_untracked(),
            ended: self.ended.get_untracked(),
            top: self.top.get_value(),
            at: self.cursor.get_untracked().and_then(|cursor| self.id_at(cursor.row)),
            view: self.view.get_untracked().unwrap_or_default(),
        }
    }

    /// Chooses rows anew when records or wishes change.
    fn follow_records(self) {
        let kinds = concerned(self.kind);
        effect(move || {
            self.session.watch(&kinds, |_| ());
            self.data.update(|data| *data += 1);
        });
        Effect::new(move |before: Option<Asked>| {
            let asked = self.asked();
            if self.data.get() == 0 {
                return asked;
            }
            let columns = self.columns.get();
            let mut view = self.choose(&asked, &columns);
            let old = self.view.get_untracked();
            match old.filter(|_| before.as_ref() == Some(&asked)) {
                Some(old) => view = keep_places(&old, &view, self.room()),
                // Nothing may stay chosen that the reader no longer sees.
                None => self.clear_selection(),
            }
            let sought = self.sought(&view);
            self.view.set(Some(Rc::new(view)));
            if let Some(row) = sought {
                self.seek.set_value(None);
                self.cursor.set(Some(Cursor { row, field: columns[0] }));
            }
            asked
        });
    }

    fn sought(self, view: &[u32]) -> Option<usize> {
        let id = self.seek.get_value()?;
        let slot = self.read(|township| township.table(self.kind).slot(id.as_str()))?;
        view.iter().position(|known| *known as usize == slot)
    }

    fn asked(self) -> Asked {
        Asked {
            sort: self.sort.get(),
            words: self.words.get(),
            conditions: self.conditions.get(),
            ended: self.ended.get(),
            day: self.session.day.get(),
        }
    }

    fn room(self) -> usize {
        self.read(|township| township.table(self.kind).slots().len())
    }

    fn choose(self, asked: &Asked, columns: &[usize]) -> Vec<u32> {
        let (field, descending) = asked.sort;
        let specs = schema().kinds[self.kind].spec.fields;
        let read =
            |(at, typed): &(usize, String)| Some((*at, Condition::read(&specs[*at], typed)?));
        let conditions: Vec<(usize, Condition)> =
            asked.conditions.iter().filter_map(read).collect();
        let searching = !asked.words.trim().is_empty();
        self.prepare(field, searching.then_some(columns));
        self.read(|township| {
            self.made.with_value(|made| {
                let order = made.orders.iter().find(|order| order.field() == field);
                let Some(order) = order else { return Vec::new() };
                let haystack = made.haystack.as_ref().filter(|_| searching);
                let wish = Wish {
                    day: (!asked.ended).then_some(asked.day),
                    words: haystack.map(|(_, haystack)| (haystack, asked.words.as_str())),
                    conditions: &conditions,
                    order,
                    descending,
                };
                choose(township, self.kind, &wish)
            })
        })
    }

    /// Makes keys and search text where the records or the question changed since.
    fn prepare(self, field: usize, columns: Option<&[usize]>) {
        let data = self.data.get_untracked();
        self.made.update_value(|made| {
            if made.data != data {
                *made = Made { data, ..Made::default() };
            }
            self.read(|township| {
                if made.orders.iter().all(|order| order.field() != field) {
                    made.orders.push(Order::of(township, self.kind, field, &sound_of));
                }
                if let Some(columns) = columns
                    && made.haystack.as_ref().is_none_or(|(known, _)| known != columns)
                {
                    let haystack = Haystack::of(township, self.kind, columns);
                    made.haystack = Some((columns.to_vec(), haystack));
                }
            });
        });
    }

    /// Gets the search text ready before the first letter is typed.
    pub fn expect_words(self) {
        let field = self.sort.get_untracked().0;
        let columns = self.columns.get_untracked();
        self.prepare(field, Some(&columns));
    }

    /// Looks at the tables without waiting for changes.
    pub fn read<T>(self, look: impl FnOnce(&Township) -> T) -> T {
        self.session.read(|fold| look(fold.township()))
    }

    pub fn count(self) -> usize {
        self.view.with(|view| view.as_ref().map_or(0, |view| view.len()))
    }

    pub fn slot_at(self, row: usize) -> Option<u32> {
        self.view.with_untracked(|view| view.as_ref()?.get(row).copied())
    }

    pub fn id_at(self, row: usize) -> Option<RecordId> {
        let slot = self.slot_at(row)?;
        self.read(|township| Some(township.table(self.kind).at(slot as usize).id.clone()))
    }

    pub fn spec(self, field: usize) -> &'static FieldSpec {
        &schema().kinds[self.kind].spec.fields[field]
    }

    /// A click on a column's name: up, down, up …
    pub fn sort_by(self, field: usize) {
        self.sort.update(|(now, descending)| {
            *descending = *now == field && !*descending;
            *now = field;
        });
    }

    pub fn set_columns(self, columns: Vec<usize>) {
        keep_columns(self.kind, &columns);
        self.columns.set(columns);
    }

    pub fn set_condition(self, field: usize, typed: String) {
        self.conditions.update(|list| {
            list.retain(|(known, _)| *known != field);
            if !typed.trim().is_empty() {
                list.push((field, typed));
            }
        });
    }

    /// Takes every filter away.
    pub fn show_all(self) {
        self.words.set(String::new());
        self.conditions.set(Vec::new());
    }

    pub fn is_filtered(self) -> bool {
        !self.words.with(|words| words.trim().is_empty()) || !self.conditions.with(Vec::is_empty)
    }

    /// Chooses or leaves one row.
    pub fn toggle(self, row: usize) {
        let Some(slot) = self.slot_at(row) else { return };
        self.anchor.set_value(Some(row));
        self.selection.update(|selection| selection.mark(slot, !selection.has(slot)));
    }

    /// Chooses all rows between the range's beginning and `row`.
    pub fn extend_to(self, row: usize) {
        let from = self.anchor.get_value().unwrap_or(row);
        self.anchor.set_value(Some(from));
        let (low, high) = (from.min(row), from.max(row));
        let mut selection = Selection::default();
        self.view.with_untracked(|view| {
            let rows = view.as_ref().and_then(|view| view.get(low..=high));
            rows.unwrap_or_default().iter().for_each(|slot| selection.mark(*slot, true));
        });
        self.selection.set(selection);
    }

    /// Chooses every row shown, or none where all are.
    pub fn toggle_all(self) {
        let mut selection = Selection::default();
        if self.selection.with_untracked(|now| now.count) != self.view_len() {
            self.view.with_untracked(|view| {
                view.iter()
                    .flat_map(|view| view.iter())
                    .for_each(|slot| selection.mark(*slot, true));
            });
        }
        self.selection.set(selection);
    }

    pub fn clear_selection(self) {
        self.anchor.set_value(None);
        if self.selection.with_untracked(|selection| selection.count) > 0 {
            self.selection.set(Selection::default());
        }
    }

    fn view_len(self) -> usize {
        self.view.with_untracked(|view| view.as_ref().map_or(0, |view| view.len()))
    }

    /// Width all columns want, in em, the box for choosing among them.
    pub fn width_em(self) -> f64 {
        let columns = self.columns.with(|columns| {
            columns.iter().map(|field| column_width(self.spec(*field)).0).sum::<f64>()
        });
        columns + 3.0
    }
}

/// Columns shown until the reader chooses: what the declaration lists, the title first.
pub fn listed(kind: KindIx) -> Vec<usize> {
    let fields = schema().kinds[kind].spec.fields;
    let mut columns: Vec<usize> = (0..fields.len()).filter(|at| fields[*at].listed).collect();
    columns.arrange_by(|at| !fields[*at].title);
    columns
}

/// Width wanted in em, and how willing a column is to take more.
pub fn column_width(field: &FieldSpec) -> (f64, f64) {
    let (width, grow) = match field.ty {
        _ if field.title => (13.0, 3.0),
        FieldType::Text => (9.0, 2.0),
        FieldType::LongText => (18.0, 4.0),
        FieldType::Int | FieldType::Real => (4.0, 0.0),
        FieldType::Bool | FieldType::Outline | FieldType::Photo => (4.0, 0.0),
        FieldType::Date => (7.5, 0.0),
        FieldType::Choice(list) => {
            let longest = list.iter().map(|(_, label)| label.chars().count()).max().unwrap_or(0);
            (longest.clamp(2, 12) as f64 + 2.0, 0.5)
        }
        FieldType::Ref(_) => (9.5, 2.0),
        FieldType::Set => (14.0, 3.0),
    };
    // The name, the mark of sorting and the room at both sides.
    (f64::max(width, field.label.chars().count() as f64 * 0.95 + 2.9), grow)
}

/// The kind and all whose titles its rows show.
fn concerned(kind: KindIx) -> Vec<KindIx> {
    let mut kinds = vec![kind];
    let mut at = 0;
    while let Some(info) = kinds.get(at).map(|kind| &schema().kinds[*kind]) {
        for field in info.spec.fields.iter().filter(|field| at == 0 || field.title) {
            if let FieldType::Ref(target) = field.ty
                && let Some(target) = schema().kind(target).filter(|target| !kinds.contains(target))
            {
                kinds.push(target);
            }
        }
        at += 1;
    }
    kinds
}

/// The place of a character's commonest sound; letters without one come last.
pub fn sound_of(letter: char) -> u16 {
    match u16::try_from(letter as u32).map(|code| Sounds::get().first(code)) {
        Ok(sound) if sound > OTHER => sound,
        _ => u16::MAX - 1,
    }
}
