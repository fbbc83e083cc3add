//! Who refers to a record, field by field. Follows one step and judges nothing.

use crate::model::{FieldType, KindIx, RecordId, Township, Value, schema};

/// The records of a kind that name a record in one of their fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Referrers {
    pub kind: KindIx,
    pub field: usize,
    pub slots: Vec<u32>,
    /// Records of this kind are nothing without the reference: 任职, 岗位事项.
    pub close: bool,
}

/// Every field that may name a record of `kind`, with the records that do. Close ones come first and
/// also where there are none; the others only where there are some.
pub fn referrers(township: &Township, kind: KindIx, id: &RecordId) -> Vec<Referrers> {
    let target = schema().kinds[kind].spec.id;
    let mut found = Vec::new();
    for (from, info) in schema().kinds.iter().enumerate() {
        for (field, spec) in info.spec.fields.iter().enumerate() {
            if spec.ty != FieldType::Ref(target) {
                continue;
            }
            let slots = naming(township, from, field, id);
            let close = spec.required;
            if close || !slots.is_empty() {
                found.push(Referrers { kind: from, field, slots, close });
            }
        }
    }
    found.sort_by_key(|group| !group.close);
    found
}

fn naming(township: &Township, kind: KindIx, field: usize, id: &RecordId) -> Vec<u32> {
    let names = |value: &Value| matches!(value, Value::Text(text) if **text == *id.as_str());
    let rows = (0u32..).zip(township.table(kind).slots());
    rows.filter(|(_, row)| names(&row.cells[field])).map(|(slot, _)| slot).collect()
}
