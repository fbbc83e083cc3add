//! What of a township goes into the public file: kinds by a list, fields by their visibility, people only where
//! something public names them. Built from what is allowed, never by taking away. Ids are given anew, so that the
//! file tells nothing of the township's own.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::kinds::Person;
use crate::model::public::public_cells;
use crate::model::spec::{FieldType, Visibility};
use crate::model::value::write_json_text;
use crate::model::{Date, KindIx, Record, RecordId, Row, Text, Township, Value, schema};
use crate::sorting::Sorting;

/// Kinds residents look things up in. A kind that is not named here is not in the file, whatever its fields say.
pub const KINDS: &[&str] = &[
    "town",
    "zone",
    "village",
    "unit",
    "post",
    "duty",
    "duty_link",
    "holding",
    "grid_cell",
    "matter",
    "window",
    "proxy_point",
    "hall_spot",
    "person",
];

/// Which parts of it are wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Borders of villages and cells, for the map.
    pub map: bool,
}

/// One record as it goes out: of its fields those anybody may see.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    pub kind: KindIx,
    /// The record's id in the township; the file has another.
    pub id: RecordId,
    /// Position of each field in its kind, and its value.
    pub cells: Vec<(usize, Value)>,
}

/// Everything that goes out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    pub rows: Vec<Chosen>,
}

/// Records by kind and id, and the place of each in a list.
type Places = FxHashMap<(KindIx, RecordId), usize>;

impl Selection {
    /// What holds on a day and may be seen by anybody.
    pub fn of(township: &Township, day: Date, wanted: Wanted) -> Selection {
        let mut rows = Vec::new();
        let mut named = Places::default();
        for kind in KINDS.iter().filter_map(|kind| schema().kind(kind)) {
            let person = schema().kinds[kind].spec.id == Person::ID;
            let holds = |row: &&Row| row.exists() && row.holds_on(day);
            let mut here: Vec<&Row> = township.table(kind).rows().filter(holds).collect();
            // The file has its ids in the order of these.
            here.arrange(|a, b| a.id.cmp(&b.id));
            // People come last: by then it is known whom something names.
            here.retain(|row| !person || named.contains_key(&(kind, row.id.clone())));
            for row in here {
                let chosen = chosen(kind, row, wanted);
                let references = chosen.cells.iter();
                named.extend(references.filter_map(|cell| Some((reference(kind, cell)?, 0))));
                rows.push(chosen);
            }
        }
        let mut selection = Selection { rows };
        selection.drop_what_leads_out();
        selection
    }

    /// Where each record stands.
    fn places(&self) -> Places {
        let places = self.rows.iter().enumerate();
        places.map(|(at, row)| ((row.kind, row.id.clone()), at)).collect()
    }

    /// A reference to what is not in the file would lead nowhere.
    fn drop_what_leads_out(&mut self) {
        let inside = self.places();
        for row in &mut self.rows {
            let kind = row.kind;
            row.cells.retain(|cell| {
                target(kind, cell.0).is_none()
                    || reference(kind, cell).is_some_and(|other| inside.contains_key(&other))
            });
        }
    }

    /// How many records of a kind go out.
    pub fn count(&self, kind: &str) -> usize {
        let kind = schema().kind(kind);
        self.rows.iter().filter(|row| Some(row.kind) == kind).count()
    }

    /// Whether a record goes out.
    pub fn has(&self, kind: &str, id: &RecordId) -> bool {
        let kind = schema().kind(kind);
        self.rows.iter().any(|row| Some(row.kind) == kind && row.id == *id)
    }

    /// The lines of the file: `["kind","id",{"field":value,…}]`, one a record.
    pub fn lines(&self) -> String {
        let places = self.places();
        let mut out = String::new();
        for (at, row) in self.rows.iter().enumerate() {
            let spec = schema().kinds[row.kind].spec;
            out.push_str(&["[\"", spec.id, "\",\"", &fresh(at), "\",{"].concat());
            for (nth, cell) in row.cells.iter().enumerate() {
                if nth != 0 {
                    out.push(',');
                }
                write_json_text(spec.fields[cell.0].id, &mut out);
                out.push(':');
                let other = reference(row.kind, cell);
                match other.and_then(|other| places.get(&other)) {
                    Some(place) => write_json_text(&fresh(*place), &mut out),
                    None => cell.1.write_json(&mut out),
                }
            }
            out.push_str("}]\n");
        }
        // Inside a page no text may look like a tag.
        out.replace('<', "\\u003c")
    }
}

/// Letters first: an id is never taken for a number.
fn fresh(at: usize) -> String {
    format!("r{at:05}")
}

/// The kind a field refers to.
fn target(kind: KindIx, field: usize) -> Option<KindIx> {
    match schema().kinds[kind].spec.fields[field].ty {
        FieldType::Ref(other) => schema().kind(other),
        _ => None,
    }
}

/// The record a field names.
fn reference(kind: KindIx, (field, value): &(usize, Value)) -> Option<(KindIx, RecordId)> {
    Some((target(kind, *field)?, RecordId::parse(value.as_str()?)?))
}

fn chosen(kind: KindIx, row: &Row, wanted: Wanted) -> Chosen {
    let info = &schema().kinds[kind];
    let mut cells = Vec::new();
    let public: Vec<&str> = public_cells(kind, row).iter().map(|(field, _)| field.id).collect();
    let unnamed = info.spec.id == Person::ID && !is_decided(row);
    for (at, field) in info.spec.fields.iter().enumerate() {
        let value = &row.cells[at];
        // Who is meant by a record is needed to join it; the reference itself names nobody.
        let joins =
            field.visibility == Visibility::Consent && matches!(field.ty, FieldType::Ref(_));
        let drawn = field.ty == FieldType::Outline && !wanted.map;
        let withheld = unnamed && ["name", "named"].contains(&field.id);
        if (public.contains(&field.id) || joins) && !drawn && !withheld && !value.is_null() {
            cells.push((at, value.clone()));
        }
    }
    Chosen { kind, id: row.id.clone(), cells }
}

/// Whether a person's name goes out: a leader's, or one decided on with a reason.
fn is_decided(row: &Row) -> bool {
    let person = Person::read(row);
    person.leader || (person.named && !person.named_why.trim().is_empty())
}

/// People whose names do not go out, and those decided on without a reason.
pub fn withheld(township: &Township, day: Date) -> (Vec<Person>, Vec<Person>) {
    let Some(table) = township.table_of(Person::ID) else { return Default::default() };
    let rows = table.rows().filter(|row| row.exists() && row.holds_on(day) && !is_decided(row));
    rows.map(Person::read).partition(|person| !person.named)
}

/// Every name that may not be read in the file: of whoever was ever entered here and is not decided on.
pub fn forbidden_names(township: &Township, day: Date) -> Vec<String> {
    let Some(table) = township.table_of(Person::ID) else { return Vec::new() };
    let everybody = || table.rows().filter(|row| row.exists());
    let allowed: FxHashSet<Text> = everybody()
        .filter(|row| row.holds_on(day) && is_decided(row))
        .map(|row| Person::read(row).name)
        .collect();
    let names = everybody().map(|row| Person::read(row).name);
    names.filter(|name| !allowed.contains(name)).map(|name| name.to_string()).collect()
}
