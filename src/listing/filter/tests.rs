//! Filters as readers type them.

use super::*;
use crate::journal::memory::Memory;
use crate::journal::seeded::{SeededWorld, now};
use crate::journal::{Desk, Draft};
use crate::listing::choose::{Wish, choose, keep_places};
use crate::listing::order::Order;
use crate::model::RecordId;
use proptest::prelude::*;

fn desk() -> Desk<Memory> {
    let desk = now(Desk::create(
        Memory::default(),
        SeededWorld::new(1_700_000_000_000, 0, 7),
        "t".into(),
        "",
    ))
    .expect("desk");
    let mut draft = Draft::new("样例");
    let mut set = |kind: &str, id: &str, fields: &[(&str, Value)]| {
        let kind = schema().kind(kind).expect("kind");
        let id = RecordId::parse(id).expect("id");
        for (field, value) in fields {
            let field = schema().kinds[kind].field(field).expect("field");
            draft.set(kind, &id, field, value.clone());
        }
    };
    set("unit", "u1", &[("name", Value::text("党政办"))]);
    let posts = [
        ("p1", "文书岗", Value::text("u1"), Value::Int(3), Value::Null),
        ("p2", "Wps 管理岗", Value::Null, Value::Int(12), Value::text("2026-03-01")),
        ("p3", "网格岗", Value::text("u1"), Value::Null, Value::text("2026-12-01")),
    ];
    for (id, title, unit, no, until) in posts {
        let title = Value::text(title);
        set("post", id, &[("title", title), ("unit", unit), ("no", no), ("until", until)]);
    }
    now(desk.commit(&draft)).expect("commit");
    desk
}

fn shown(words: &str, conditions: &[(&str, &str)], day: Option<&str>) -> Vec<u32> {
    desk().read(|fold| {
        let (township, kind) = (fold.township(), schema().kind("post").expect("kind"));
        let info = &schema().kinds[kind];
        let field = |id: &str| info.field(id).expect("field");
        let haystack = Haystack::of(township, kind, &[field("title"), field("unit")]);
        let conditions: Vec<(usize, Condition)> = conditions
            .iter()
            .filter_map(|(id, typed)| {
                Some((field(id), Condition::read(&info.spec.fields[field(id)], typed)?))
            })
            .collect();
        let wish = Wish {
            day: day.and_then(parse_date),
            words: Some((&haystack, words)),
            conditions: &conditions,
            order: &Order::of(township, kind, field("no"), &|_| 0),
            descending: false,
        };
        choose(township, kind, &wish)
    })
}

proptest! {
    #[test]
    fn l3_whatever_is_typed_over_a_column_is_read(
        typed in prop_oneof!["\\PC{0,16}", "[0-9>=<≥年月/.~-]{0,24}", "[0-9]{1,10}[-/.][0-9]{1,10}"],
    ) {
        for info in &schema().kinds {
            for field in info.spec.fields {
                let asked = Condition::read(field, &typed);
                prop_assert_eq!(asked.is_none(), typed.trim().is_empty());
            }
        }
    }
}

#[test]
fn l3_every_word_must_be_somewhere_in_the_row() {
    assert_eq!(shown("岗", &[], None), [0, 1, 2]);
    assert_eq!(shown("党政 岗", &[], None), [0, 2]);
    assert_eq!(shown("党政 文书", &[], None), [0]);
    assert_eq!(shown("wps", &[], None), [1]);
    assert_eq!(shown("文书党政", &[], None), Vec::<u32>::new(), "cells do not run together");
}

#[test]
fn l3_a_column_takes_parts_of_words_spans_and_the_word_for_empty() {
    assert_eq!(shown("", &[("unit", "党政")], None), [0, 2]);
    assert_eq!(shown("", &[("unit", "未填")], None), [1]);
    assert_eq!(shown("", &[("no", ">3")], None), [1]);
    assert_eq!(shown("", &[("no", "≥3")], None), [0, 1]);
    assert_eq!(shown("", &[("no", "1-3")], None), [0]);
    assert_eq!(shown("", &[("until", "2026-12")], None), [2]);
    assert_eq!(shown("", &[("until", "<2026-6-1")], None), [1]);
}

#[test]
fn l4_what_has_ended_by_the_day_is_left_out() {
    assert_eq!(shown("", &[], Some("2026-06-01")), [0, 2]);
    assert_eq!(shown("", &[], Some("2026-01-01")), [0, 1, 2]);
}

#[test]
fn l5_rows_keep_their_places_when_only_their_values_change() {
    assert_eq!(keep_places(&[2, 0, 1], &[0, 1, 2, 3], 4), [2, 0, 1, 3]);
    assert_eq!(keep_places(&[2, 0, 1], &[1, 2], 4), [2, 1]);
}
