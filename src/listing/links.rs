//! Who refers to a record, field by field. Follows one step and judges nothing.

use crate::model::{FieldType, KindIx, RecordId, Township, Value, schema};
use crate::sorting::Sorting;

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
    found.arrange_by(|group| !group.close);
    found
}

/// Whether any kind has a field that names records of `kind`.
pub fn can_be_named(kind: KindIx) -> bool {
    let target = FieldType::Ref(schema().kinds[kind].spec.id);
    schema().kinds.iter().any(|info| info.spec.fields.iter().any(|field| field.ty == target))
}

fn naming(township: &Township, kind: KindIx, field: usize, id: &RecordId) -> Vec<u32> {
    let names = |value: &Value| matches!(value, Value::Text(text) if **text == *id.as_str());
    let rows = (0u32..).zip(township.table(kind).slots());
    rows.filter(|(_, row)| names(&row.cells[field])).map(|(slot, _)| slot).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Fold;
    use crate::journal::action::{Action, Kind, Op, OpGroup, Reg};
    use crate::journal::stamp::ReplicaId;

    fn fold() -> Fold {
        let group = |kind: &str, id: &str, fields: &[(&str, &str)]| {
            let at = schema().kind(kind).expect("kind");
            let reg = |field: &str| Reg::named(&Kind::Known(at), field);
            let op = |(field, value): &(&str, &str)| {
                let value = match *field {
                    "seat" => Value::Json((*value).into()),
                    _ => Value::text(value),
                };
                Op::over(reg(field), value, None)
            };
            OpGroup { kind: Kind::Known(at), id: id.into(), ops: fields.iter().map(op).collect() }
        };
        let mut fold = Fold::default();
        fold.apply(&Action {
            replica: ReplicaId::from_random(1),
            counter: 1,
            time: 1,
            link: None,
            by: "".into(),
            what: "".into(),
            groups: vec![
                group("post", "p1", &[("title", "文书岗")]),
                group("holding", "h1", &[("seat", r#"{"person":"a","post":"p1"}"#)]),
                group("holding", "h2", &[("seat", r#"{"person":"a","post":"p2"}"#)]),
                group("unit", "u1", &[("led_by", "p1")]),
            ],
        });
        fold
    }

    #[test]
    fn links_come_first_even_empty_and_others_only_where_there_are_some() {
        let fold = fold();
        let kind = schema().kind("post").expect("kind");
        let id = RecordId::parse("p1").expect("id");
        let found: Vec<(&str, usize, bool)> = referrers(fold.township(), kind, &id)
            .into_iter()
            .map(|group| (schema().kinds[group.kind].spec.id, group.slots.len(), group.close))
            .collect();
        assert!(found.contains(&("holding", 1, true)));
        assert!(found.contains(&("duty_link", 0, true)));
        assert!(found.contains(&("unit", 1, false)));
        assert!(!found.iter().any(|(kind, ..)| *kind == "window"));
        assert!(found.iter().map(|(_, _, close)| !close).is_sorted());
    }

    #[test]
    fn nothing_names_a_case() {
        let kind = |id: &str| schema().kind(id).expect("kind");
        assert!(!can_be_named(kind("case")));
        assert!(can_be_named(kind("post")));
    }
}
