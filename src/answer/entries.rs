//! A township as entries to look up: which records, which of their fields, with what weight. All of it
//! follows from the declarations; this only says which kinds are asked for. Builds no index.

use crate::model::public::public_cells;
use crate::model::{Date, FieldSpec, FieldType, KindIx, RecordId, Row, Township, Value, schema};
use gangtu_search::{Entry, EntryKind, Field, FieldRole, Hit};

/// Kinds people look for, by their ids.
const KINDS: &[(&str, EntryKind)] = &[
    ("matter", EntryKind::Matter),
    ("post", EntryKind::Post),
    ("duty", EntryKind::Duty),
    ("unit", EntryKind::Unit),
    ("person", EntryKind::Person),
    ("village", EntryKind::Village),
    ("zone", EntryKind::Zone),
    ("grid_cell", EntryKind::Cell),
    ("window", EntryKind::Window),
    ("proxy_point", EntryKind::Other),
];

/// Everything that can be looked up on a day; only what is public for people from outside.
pub fn entries(township: &Township, day: Date, public: bool) -> Vec<Entry> {
    let mut entries = Vec::new();
    for (name, kind) in KINDS {
        let Some(at) = schema().kind(name) else { continue };
        let rows = township.table(at).rows().filter(|row| row.holds_on(day));
        entries
            .extend(rows.map(|row| entry(at, *kind, row, public)).filter(|e| !e.fields.is_empty()));
    }
    entries
}

/// The kind and record an entry's id stands for.
pub fn record_of(id: &str) -> Option<(KindIx, RecordId)> {
    let (kind, id) = id.split_once('/')?;
    Some((schema().kind(kind)?, RecordId::parse(id)?))
}

/// What a hit was found by, where that is a name or an everyday word: what somebody at a kiosk chooses instead of typing on.
pub fn found_by(hit: &Hit, township: &Township, public: bool) -> Option<String> {
    let (kind, id) = record_of(&hit.id)?;
    let entry = entry(kind, hit.kind, township.table(kind).get(id.as_str())?, public);
    let named = |field: &&Field| matches!(field.role, FieldRole::Title | FieldRole::Term);
    let matched = hit.matched.iter().filter_map(|(at, _)| entry.fields.get(*at)).find(named);
    let title = || entry.fields.iter().find(|field| field.role == FieldRole::Title);
    matched.or_else(title).map(|field| field.text.to_string())
}

fn entry(kind: KindIx, entry_kind: EntryKind, row: &Row, public: bool) -> Entry {
    let spec = schema().kinds[kind].spec;
    let cells: Vec<(&FieldSpec, &Value)> =
        if public { public_cells(kind, row) } else { spec.fields.iter().zip(&row.cells).collect() };
    let mut fields = Vec::new();
    for (field, value) in cells {
        push_fields(&mut fields, field, value);
    }
    Entry { id: format!("{}/{}", spec.id, row.id).into(), kind: entry_kind, fields }
}

fn push_fields(fields: &mut Vec<Field>, spec: &FieldSpec, value: &Value) {
    if spec.search == 0 {
        return;
    }
    let role = match spec.ty {
        _ if spec.title => FieldRole::Title,
        FieldType::Set => FieldRole::Term,
        FieldType::LongText => FieldRole::Body,
        _ => FieldRole::Keyword,
    };
    let mut push = |text: &crate::model::Text| {
        fields.push(Field { text: text.clone(), weight: spec.search, role });
    };
    match value {
        Value::Text(text) => push(text),
        Value::Set(members) => members.iter().for_each(push),
        _ => {}
    }
}
