//! What was written by programs of earlier days, read as today: registers that were renamed, with
//! their values as they are written now. Append only; no line that is stored or sent is ever changed.
//!
//! A register never changes its meaning: what means something else gets another name, and a line here.

use super::value::Value;

/// A register of a kind that has another name now.
pub struct Migration {
    /// Counts within the kind, from 1.
    pub number: u32,
    pub kind: &'static str,
    pub from: &'static str,
    pub to: &'static str,
    /// The value as it is written now. Total: what it does not understand it hands back.
    pub value: fn(Value) -> Value,
}

/// All there ever were. Each comes with a bundle in `tests/golden` written before it.
pub const MIGRATIONS: &[Migration] =
    &[Migration { number: 1, kind: "post", from: "upper", to: "counterpart", value: as_it_is }];

/// Only its name changed.
fn as_it_is(value: Value) -> Value {
    value
}

/// Whether a register of a kind was ever called so, or its members were.
pub fn was_called(kind: &str, name: &str) -> bool {
    let register = name.split_once('/').map_or(name, |(set, _)| set);
    MIGRATIONS.iter().any(|migration| migration.from == register && migration.kind == kind)
}

/// The register and value meant today by what was written then. A member of a set keeps its member.
pub fn migrated(list: &[Migration], kind: &str, name: &str, value: Value) -> (String, Value) {
    let (register, member) = match name.split_once('/') {
        Some((set, member)) => (set, Some(member)),
        None => (name, None),
    };
    let own = list.iter().filter(|migration| migration.kind == kind);
    let (register, value) = own.fold((register, value), |(name, value), migration| {
        if migration.from == name {
            (migration.to, (migration.value)(value))
        } else {
            (name, value)
        }
    });
    match member {
        Some(member) => (format!("{register}/{member}"), value),
        None => (register.to_string(), value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_words(value: Value) -> Value {
        match value {
            Value::Int(1) => Value::text("行政"),
            other => other,
        }
    }

    const LIST: &[Migration] = &[
        Migration { number: 1, kind: "post", from: "rank", to: "identity_no", value: as_it_is },
        Migration { number: 2, kind: "post", from: "identity_no", to: "identity", value: in_words },
        Migration { number: 1, kind: "matter", from: "words", to: "terms", value: as_it_is },
    ];

    #[test]
    fn m9_what_was_renamed_twice_reads_as_it_is_called_today() {
        for name in ["rank", "identity_no"] {
            let now = migrated(LIST, "post", name, Value::Int(1));
            assert_eq!(now, ("identity".to_string(), Value::text("行政")));
        }
        assert_eq!(migrated(LIST, "unit", "rank", Value::Int(1)).0, "rank", "of its own kind only");
        assert_eq!(migrated(LIST, "post", "rank", Value::Int(7)).1, Value::Int(7));
    }

    #[test]
    fn m9_members_of_a_set_go_along() {
        let now = migrated(LIST, "matter", "words/低保", Value::Bool(true));
        assert_eq!(now, ("terms/低保".to_string(), Value::Bool(true)));
    }

    #[test]
    fn m9_numbers_count_within_their_kind_and_nothing_leads_nowhere() {
        let schema = crate::model::schema();
        for (at, migration) in MIGRATIONS.iter().enumerate() {
            let before = MIGRATIONS[..at].iter().filter(|other| other.kind == migration.kind);
            assert_eq!(migration.number as usize, before.count() + 1, "{}", migration.from);
            let later = MIGRATIONS[at + 1..].iter().any(|next| next.from == migration.to);
            let info = schema.info(migration.kind).expect("a kind");
            assert!(later || info.register(migration.to).is_some(), "{}", migration.to);
            assert!(info.register(migration.from).is_none(), "{} is gone", migration.from);
        }
    }
}
