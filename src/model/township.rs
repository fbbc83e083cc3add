//! The township as tables: what the fold writes and everybody else reads. No stamps, no history.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;

use super::ids::{RecordId, Ref};
use super::schema::{KindIx, schema};
use super::spec::{FieldType, Record};
use super::value::{Date, Text, Value};
use crate::sorting::Sorting;

/// One record: a cell for each field of its kind, in declared order.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub id: RecordId,
    pub cells: Box<[Value]>,
}

impl Row {
    pub fn empty(kind: KindIx, id: RecordId) -> Row {
        Row { id, cells: vec![Value::Null; schema().kinds[kind].spec.fields.len()].into() }
    }

    /// A record of which every field is empty does not exist (its creation was undone).
    pub fn exists(&self) -> bool {
        self.cells.iter().any(|cell| !cell.is_null())
    }

    /// Whether the record holds on `day`: `since` ≤ day < `until`.
    pub fn holds_on(&self, day: Date) -> bool {
        let [.., since, until] = &self.cells[..] else { return true };
        since.as_date().is_none_or(|since| since <= day)
            && until.as_date().is_none_or(|until| day < until)
    }
}

/// All records of one kind in the order this copy met them; sort before showing or comparing.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    by_id: FxHashMap<RecordId, u32>,
    version: u64,
}

/// Counts writes to all tables of the program.
static WRITES: AtomicU64 = AtomicU64::new(0);

impl Table {
    /// Another one after every write: tables of a kind that have the same hold the same.
    pub fn version(&self) -> u64 {
        self.version
    }

    fn written(&mut self) {
        self.version = WRITES.fetch_add(1, Ordering::Relaxed) + 1;
    }

    pub fn slot(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).map(|slot| *slot as usize)
    }

    pub fn at(&self, slot: usize) -> &Row {
        &self.rows[slot]
    }

    pub fn get(&self, id: &str) -> Option<&Row> {
        self.slot(id).map(|slot| &self.rows[slot]).filter(|row| row.exists())
    }

    /// Place of every slot among all by the ids of their records: alike on every copy, as slots are not.
    pub(crate) fn places_by_id(&self) -> Vec<u32> {
        let mut slots: Vec<usize> = (0..self.rows.len()).collect();
        slots.arrange(|a, b| self.rows[*a].id.cmp(&self.rows[*b].id));
        let mut places = vec![0; slots.len()];
        for (place, slot) in (0..).zip(slots) {
            places[slot] = place;
        }
        places
    }

    /// Every slot ever used, records that no longer exist among them.
    pub fn slots(&self) -> &[Row] {
        &self.rows
    }

    /// Existing records.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.exists())
    }

    pub(crate) fn at_mut(&mut self, slot: usize) -> &mut Row {
        self.written();
        &mut self.rows[slot]
    }

    pub(crate) fn reserve(&mut self, records: usize) {
        self.rows.reserve(records);
        self.by_id.reserve(records);
    }

    pub(crate) fn insert(&mut self, row: Row) -> usize {
        self.written();
        let slot = self.rows.len();
        self.by_id.insert(row.id.clone(), slot as u32);
        self.rows.push(row);
        slot
    }
}

/// The township's tables.
#[derive(Clone, Debug)]
pub struct Township {
    tables: Vec<Table>,
    /// Parents that differ from what the records say, because what they say runs in a ring.
    settled: BTreeMap<(KindIx, usize), Option<usize>>,
}

impl Default for Township {
    fn default() -> Self {
        Township {
            tables: schema().kinds.iter().map(|_| Table::default()).collect(),
            settled: BTreeMap::new(),
        }
    }
}

impl Township {
    pub fn table(&self, kind: KindIx) -> &Table {
        &self.tables[kind]
    }

    pub(crate) fn table_mut(&mut self, kind: KindIx) -> &mut Table {
        &mut self.tables[kind]
    }

    pub fn table_of(&self, kind: &str) -> Option<&Table> {
        schema().kind(kind).map(|kind| &self.tables[kind])
    }

    pub fn row(&self, kind: &str, id: &str) -> Option<&Row> {
        self.table_of(kind)?.get(id)
    }

    /// The parent of a record in its tree, safe to climb: never runs in a ring.
    pub fn parent(&self, kind: KindIx, slot: usize) -> Option<usize> {
        if let Some(parent) = self.settled.get(&(kind, slot)) {
            return *parent;
        }
        let field = schema().kinds[kind].tree_field()?;
        let table = &self.tables[kind];
        table.slot(table.at(slot).cells[field].as_str()?)
    }

    /// Records whose parent does not count, since it would make a ring.
    pub fn rings(&self) -> impl Iterator<Item = (KindIx, &Row)> {
        self.settled.keys().map(|(kind, slot)| (*kind, self.tables[*kind].at(*slot)))
    }

    pub(crate) fn clear_settled(&mut self) {
        self.settled.clear();
    }

    pub(crate) fn set_settled(&mut self, kind: KindIx, parents: &[(usize, Option<usize>)]) {
        self.settled.extend(parents.iter().map(|(slot, parent)| ((kind, *slot), *parent)));
    }

    /// Every record of a kind, whatever its period.
    pub fn all<K: Record>(&self) -> Vec<K> {
        self.typed_table::<K>().rows().map(K::read).collect()
    }

    pub fn get<K: Record>(&self, target: &Ref<K>) -> Option<K> {
        self.typed_table::<K>().get(target.id.as_str()).map(K::read)
    }

    /// The township as it stands on `day`.
    pub fn on(&self, day: Date) -> Day<'_> {
        Day { township: self, day }
    }

    /// What people call a record: its title fields, references followed one step.
    pub fn title(&self, kind: KindIx, row: &Row) -> String {
        self.title_within(kind, row, 2)
    }

    /// The title of a referred record, or its id where nothing is there.
    pub fn title_of(&self, kind: &str, id: &str) -> String {
        let known = schema().kind(kind).and_then(|kind| Some((kind, self.tables[kind].get(id)?)));
        known.map_or_else(|| id.to_string(), |(kind, row)| self.title(kind, row))
    }

    /// A cell as people read it: labels for choices, titles for references, 是 for true.
    pub fn display(&self, ty: FieldType, value: &Value) -> String {
        self.display_within(ty, value, 2)
    }

    fn typed_table<K: Record>(&self) -> &Table {
        let kind = schema().kind(K::ID);
        // Every `Record` made by `record!` and listed in `kinds!` is in the schema.
        &self.tables[kind.unwrap_or(0)]
    }

    fn title_within(&self, kind: KindIx, row: &Row, depth: usize) -> String {
        let fields = schema().kinds[kind].spec.fields.iter().zip(&row.cells);
        let parts: Vec<String> = fields
            .filter(|(field, cell)| field.title && !cell.is_null())
            .map(|(field, cell)| self.display_within(field.ty, cell, depth))
            .collect();
        if parts.is_empty() { row.id.to_string() } else { parts.join(" · ") }
    }

    fn display_within(&self, ty: FieldType, value: &Value, depth: usize) -> String {
        match (ty, value) {
            (_, Value::Null) => String::new(),
            (FieldType::Choice(list), Value::Text(id)) => choice_label(list, id).to_string(),
            (FieldType::Ref(kind), Value::Text(id)) if depth > 0 => {
                let kind = schema().kind(kind);
                let row = kind.and_then(|kind| Some((kind, self.tables[kind].get(id)?)));
                row.map_or_else(
                    || id.to_string(),
                    |(kind, row)| self.title_within(kind, row, depth - 1),
                )
            }
            (_, Value::Bool(bool)) => if *bool { "是" } else { "否" }.to_string(),
            (_, Value::Int(int)) => int.to_string(),
            (_, Value::Real(real)) => real.to_string(),
            (_, Value::Set(members)) => members.join("、"),
            (FieldType::Outline, Value::Json(_)) => "已画边界".to_string(),
            (FieldType::Photo, _) => "有照片".to_string(),
            (_, Value::Text(text) | Value::Json(text)) => text.to_string(),
        }
    }
}

fn choice_label<'a>(list: &'a [(&str, &str)], id: &'a str) -> &'a str {
    list.iter().find(|(known, _)| *known == id).map_or(id, |(_, label)| label)
}

/// The township on one day: only what holds then. Rules and pictures read this.
#[derive(Clone, Copy)]
pub struct Day<'a> {
    pub township: &'a Township,
    pub day: Date,
}

impl Day<'_> {
    /// Records of a kind that hold on the day, sorted by id.
    pub fn all<K: Record>(&self) -> Vec<K> {
        let mut rows: Vec<&Row> = self.rows::<K>().collect();
        rows.arrange(|a, b| a.id.cmp(&b.id));
        rows.into_iter().map(K::read).collect()
    }

    pub fn get<K: Record>(&self, target: &Ref<K>) -> Option<K> {
        let row = self.township.typed_table::<K>().get(target.id.as_str())?;
        row.holds_on(self.day).then(|| K::read(row))
    }

    /// Version of the table of a kind.
    pub fn version<K: Record>(&self) -> u64 {
        self.township.typed_table::<K>().version()
    }

    fn rows<K: Record>(&self) -> impl Iterator<Item = &Row> {
        self.township.typed_table::<K>().rows().filter(|row| row.holds_on(self.day))
    }
}

/// The name of a referred record for people, empty where it refers to nothing.
pub fn title_of_ref<K: Record>(township: &Township, target: Option<&Ref<K>>) -> Text {
    let title = target.map(|target| township.title_of(K::ID, target.id.as_str()));
    title.unwrap_or_default().into()
}
