//! What anybody may see of a record: built from what is allowed, never by taking away. Writes no file.

use super::schema::{KindIx, schema};
use super::spec::{FieldSpec, FieldType, Visibility};
use super::township::Row;
use super::value::Value;

/// The fields of a record that are public, with their values; empty ones are left out.
///
/// A field that needs consent counts only where the record itself carries it: leaders' names are public by
/// the disclosure rules, other people's only by a decision.
pub fn public_cells(kind: KindIx, row: &Row) -> Vec<(&'static FieldSpec, &Value)> {
    let spec = schema().kinds[kind].spec;
    let consented = is_consented(kind, row);
    let allowed = |field: &FieldSpec| match field.visibility {
        Visibility::Public => true,
        Visibility::Consent => consented,
        Visibility::Internal => false,
    };
    let cells = spec.fields.iter().zip(&row.cells);
    cells.filter(|(field, cell)| allowed(field) && !cell.is_null()).collect()
}

/// What a record is called, where its name is a text anybody may see.
pub fn public_title(kind: KindIx, row: &Row) -> Option<String> {
    let cells = public_cells(kind, row);
    let title = cells.iter().find(|(field, _)| field.title && field.ty == FieldType::Text);
    title.and_then(|(_, cell)| Some(cell.as_str()?.to_string()))
}

fn is_consented(kind: KindIx, row: &Row) -> bool {
    let info = &schema().kinds[kind];
    let says = |field| info.field(field).is_some_and(|at| row.cells[at] == Value::Bool(true));
    says("leader") || says("named")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::RecordId;

    fn person(leader: bool) -> Row {
        with_consent(if leader { "leader" } else { "" })
    }

    fn with_consent(by: &str) -> Row {
        let kind = schema().kind("person").expect("kind");
        let info = &schema().kinds[kind];
        let mut row = Row::empty(kind, RecordId::parse("p").expect("id"));
        for (at, field) in info.spec.fields.iter().enumerate() {
            row.cells[at] = match field.ty {
                FieldType::Bool => Value::Bool(true),
                _ => Value::text("密"),
            };
        }
        for field in ["leader", "named"] {
            row.cells[info.field(field).expect("field")] =
                if field == by { Value::Bool(true) } else { Value::Null };
        }
        row
    }

    fn seen(row: &Row) -> Vec<&'static str> {
        let kind = schema().kind("person").expect("kind");
        public_cells(kind, row).into_iter().map(|(field, _)| field.id).collect()
    }

    #[test]
    fn m5_only_what_is_declared_public_is_seen() {
        let staff = person(false);
        for field in seen(&staff) {
            assert!(
                !["mobile", "birth", "party", "note", "name", "sex", "photo"].contains(&field),
                "{field}"
            );
        }
        assert!(seen(&staff).contains(&"office_phone"));
    }

    #[test]
    fn m5_only_leaders_and_who_was_decided_on_are_called_by_their_names() {
        let kind = schema().kind("person").expect("kind");
        assert_eq!(public_title(kind, &person(false)), None);
        assert_eq!(public_title(kind, &person(true)), Some("密".to_string()));
        assert_eq!(public_title(kind, &with_consent("named")), Some("密".to_string()));
    }

    #[test]
    fn m5_a_leaders_name_is_public_and_nothing_else_more() {
        let more: Vec<_> = seen(&person(true))
            .into_iter()
            .filter(|id| !seen(&person(false)).contains(id))
            .collect();
        assert_eq!(more, ["name", "leader"]);
    }
}
