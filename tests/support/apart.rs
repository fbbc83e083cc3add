//! Random lives of three copies: edits, decisions, and hearing of one another.

use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use proptest::prelude::*;

use super::{at, bundle_of, desk, id, now};

pub fn set(desk: &Desk<Memory>, kind: &str, record: &str, fields: &[(&str, Value)], what: &str) {
    let mut draft = Draft::new(what);
    for (field, value) in fields {
        let (kind, field) = at(kind, field);
        draft.set(kind, &id(record), field, value.clone());
    }
    now(desk.commit(&draft)).expect("commit");
}

pub fn text(words: &str) -> Value {
    Value::text(words)
}

pub fn words(list: &[&str]) -> Value {
    Value::Set(list.iter().map(|word| (*word).into()).collect())
}

pub fn hear(desk: &Desk<Memory>, from: &Desk<Memory>) {
    now(desk.take(bundle_of(from).into_lines(), "导入 数据包")).expect("take");
}

/// Something on one of three copies: an edit, a decision of what stands apart, or hearing of another.
#[derive(Clone, Debug)]
pub enum Step {
    Edit { copy: usize, record: u8, field: u8, value: u8 },
    Decide { copy: usize },
    Hear { copy: usize, from: usize },
}

pub fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edit = (0..3usize, 0u8..3, 0u8..4, 0u8..4)
        .prop_map(|(copy, record, field, value)| Step::Edit { copy, record, field, value });
    let decide = (0..3usize).prop_map(|copy| Step::Decide { copy });
    let hear = (0..3usize, 0..3usize).prop_map(|(copy, from)| Step::Hear { copy, from });
    prop::collection::vec(prop_oneof![6 => edit, 1 => decide, 3 => hear], 1..30)
}

pub fn run(steps: &[Step]) -> Vec<Desk<Memory>> {
    let desks: Vec<Desk<Memory>> = (1..=3).map(desk).collect();
    for step in steps {
        match *step {
            Step::Edit { copy, record, field, value } => {
                let said = if value == 0 { Value::Null } else { text(&format!("甲{value}")) };
                let day = if value == 0 { Value::Null } else { text(&format!("2026-01-0{value}")) };
                let terms = words(&["低保", "养老", "社保"][..value as usize]);
                let (kind, field, value) = match field {
                    0 => ("post", "title", said),
                    1 => ("post", "until", day),
                    2 => ("matter", "terms", if value == 0 { Value::Null } else { terms }),
                    _ => ("unit", "parent", text(&format!("r{}", value % 3))),
                };
                set(&desks[copy], kind, &format!("r{record}"), &[(field, value)], "修改");
            }
            Step::Decide { copy } => {
                let conflicts = desks[copy].read(|fold| fold.conflicts());
                let Some(conflict) = conflicts.first() else { continue };
                let mut draft = Draft::new("处理分歧");
                let value = conflict.claims.last().expect("claims").value.clone();
                draft.decide(conflict.kind, &conflict.id, conflict.register, value);
                now(desks[copy].commit(&draft)).expect("commit");
            }
            Step::Hear { copy, from } if copy != from => hear(&desks[copy], &desks[from]),
            Step::Hear { .. } => {}
        }
    }
    desks
}
