//! Random lives of three copies: edits, decisions, and hearing of one another.

use gangtu::journal::clock::EARLIEST_MILLIS;
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::SeededWorld;
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use proptest::prelude::*;

use super::{at, bundle_of, desk, id, now};

const DAY: u64 = 24 * 60 * 60 * 1_000;

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

/// Three copies on computers whose clocks are right.
pub fn run(steps: &[Step]) -> Vec<Desk<Memory>> {
    run_on((1..=3).map(desk).collect(), steps)
}

/// How many days ahead the clocks of three computers are.
pub fn clocks() -> impl Strategy<Value = [u64; 3]> {
    let days = || prop_oneof![4 => Just(0u64), 1 => Just(40), 1 => 2u64..4_000];
    [days(), days(), days()]
}

pub fn run_at(clocks: [u64; 3], steps: &[Step]) -> Vec<Desk<Memory>> {
    let today = EARLIEST_MILLIS + 30 * DAY;
    let desk = |(at, ahead): (usize, u64)| {
        let world =
            SeededWorld::new(today + ahead * DAY + at as u64 * 7, 1_000, at as u128 * 2 + 3);
        now(Desk::create(Memory::default(), world, "yunxi".into(), "王小满")).expect("desk")
    };
    run_on(clocks.into_iter().enumerate().map(desk).collect(), steps)
}

fn run_on(desks: Vec<Desk<Memory>>, steps: &[Step]) -> Vec<Desk<Memory>> {
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
