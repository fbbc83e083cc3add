//! Orders people can name.

use super::*;
use crate::journal::action::{Action, Kind, Op, OpGroup, Reg};
use crate::journal::{Fold, ReplicaId};
use crate::model::Text;

/// Stands in for the reading table: 安 chen 李 王 张 sound in this order.
fn sound(letter: char) -> u16 {
    "安陈李王张".chars().position(|known| known == letter).map_or(100, |at| at as u16)
}

fn town(kind: &str, field: &str, values: &[Value]) -> (Fold, KindIx, usize) {
    let kind_ix = schema().kind(kind).expect("kind");
    let field_ix = schema().kinds[kind_ix].field(field).expect("field");
    let register = schema().kinds[kind_ix].register_of_field(field_ix);
    let other = schema().kinds[kind_ix].registers.len() - 2;
    let groups = values.iter().enumerate().map(|(at, value)| OpGroup {
        kind: Kind::Known(kind_ix),
        id: Text::from(format!("r{at}")),
        ops: [(register, value.clone()), (other, Value::text("x"))]
            .into_iter()
            .map(|(register, value)| Op::over(Reg::Known(register), value, None))
            .collect(),
    });
    let action = Action {
        replica: ReplicaId::from_random(1),
        counter: 1,
        time: 1,
        link: None,
        by: "".into(),
        what: "".into(),
        groups: groups.collect(),
    };
    let mut fold = Fold::default();
    fold.apply(&action);
    (fold, kind_ix, field_ix)
}

fn sorted(kind: &str, field: &str, values: &[Value], descending: bool) -> Vec<u32> {
    let (fold, kind, field) = town(kind, field, values);
    let order = Order::of(fold.township(), kind, field, &sound);
    let mut slots: Vec<u32> = (0..values.len() as u32).collect();
    order.arrange(&mut slots, descending);
    slots
}

fn texts(words: &[&str]) -> Vec<Value> {
    words.iter().map(|word| Value::text(word)).collect()
}

#[test]
fn l1_numbers_sort_by_size_and_blanks_come_last_both_ways() {
    let values = [Value::Int(10), Value::Null, Value::Int(-3), Value::Int(2)];
    assert_eq!(sorted("post", "no", &values, false), [2, 3, 0, 1]);
    assert_eq!(sorted("post", "no", &values, true), [0, 3, 2, 1]);
}

#[test]
fn l2_days_sort_by_day() {
    let values = texts(&["2026-10-01", "2026-2-01", "2025-12-31"]);
    assert_eq!(sorted("person", "birth", &values, false), [2, 1, 0]);
}

#[test]
fn l2_choices_sort_as_declared() {
    let values = texts(&["special", "vanguard", "steady"]);
    assert_eq!(sorted("post", "track", &values, false), [2, 1, 0]);
}

#[test]
fn l2_names_sort_by_sound_and_latin_comes_first() {
    let values = texts(&["张安", "王", "陈", "B", "张", "安"]);
    assert_eq!(sorted("person", "name", &values, false), [3, 5, 2, 1, 4, 0]);
}

#[test]
fn l2_texts_that_differ_only_far_behind_are_still_told_apart() {
    let long = "李".repeat(200);
    let values = texts(&[&format!("{long}张"), &format!("{long}安"), &long]);
    assert_eq!(sorted("person", "name", &values, false), [2, 1, 0]);
    assert_eq!(sorted("person", "name", &values, true), [0, 1, 2]);
}

#[test]
fn l1_what_is_equal_stays_as_it_stood() {
    let values = texts(&["王", "安", "王", "安"]);
    assert_eq!(sorted("person", "name", &values, false), [1, 3, 0, 2]);
    assert_eq!(sorted("person", "name", &values, true), [0, 2, 1, 3]);
}

#[test]
fn l2_texts_of_any_length_are_sorted() {
    let long = "李".repeat(300_000);
    let values = texts(&[&format!("{long}张"), &long, &format!("{long}安"), &long]);
    assert_eq!(sorted("post", "duties", &values, false), [1, 3, 2, 0]);
}
