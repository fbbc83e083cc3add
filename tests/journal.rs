//! The desk as a user meets it: write, undo, history, reopen. SPEC.md J-rules are in the names.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::journal::{DeskError, Draft};
use gangtu::model::Value;
use support::{at, desk, id, now, world};

fn set(desk: &Desk<Memory>, kind: &str, record: &str, field: &str, value: Value) {
    let (kind, field) = at(kind, field);
    let mut draft = Draft::new("修改");
    draft.set(kind, &id(record), field, value);
    now(desk.commit(&draft)).expect("commit");
}

fn cell(desk: &Desk<Memory>, kind: &str, record: &str, field: &str) -> Value {
    let (_, field) = at(kind, field);
    desk.read(|fold| {
        let row = fold.township().row(kind, record);
        row.map_or(Value::Null, |row| row.cells[field].clone())
    })
}

#[test]
fn what_was_written_is_there_after_opening_again() {
    let desk = desk(1);
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    set(
        &desk,
        "matter",
        "m1",
        "terms",
        Value::Set(["低保".into(), "吃低保".into()].as_slice().into()),
    );
    let hash = desk.read(|fold| fold.state_hash());
    let again = now(Desk::open(desk.storage().clone(), world(2))).expect("open").expect("base");
    assert_eq!(cell(&again, "post", "p1", "title"), Value::text("文书岗"));
    assert_eq!(cell(&again, "matter", "m1", "terms").as_set().len(), 2);
    assert_eq!(again.read(|fold| fold.state_hash()), hash);
}

#[test]
fn undo_takes_back_and_redo_brings_again() {
    let desk = desk(1);
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    set(&desk, "post", "p1", "title", Value::text("信息岗"));
    now(desk.undo()).expect("undo");
    assert_eq!(cell(&desk, "post", "p1", "title"), Value::text("文书岗"));
    now(desk.undo()).expect("undo");
    assert_eq!(cell(&desk, "post", "p1", "title"), Value::Null, "a created post is gone again");
    assert!(desk.read(|fold| fold.township().row("post", "p1").is_none()));
    now(desk.redo()).expect("redo");
    now(desk.redo()).expect("redo");
    assert_eq!(cell(&desk, "post", "p1", "title"), Value::text("信息岗"));
    assert_eq!(now(desk.redo()), Err(DeskError::NothingToUndo));
}

#[test]
fn a_draft_that_changes_nothing_writes_nothing() {
    let desk = desk(1);
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    let seq = desk.meta().seq;
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    assert_eq!(desk.meta().seq, seq);
}

#[test]
fn both_ends_of_a_period_are_one_register() {
    let desk = desk(1);
    set(&desk, "post", "p1", "since", Value::text("2026-01-01"));
    set(&desk, "post", "p1", "until", Value::text("2026-07-01"));
    assert_eq!(cell(&desk, "post", "p1", "since"), Value::text("2026-01-01"));
    let log = now(desk.log()).expect("log");
    let history = log.history("post", "p1");
    assert_eq!(history.len(), 2, "{history:?}");
    assert_eq!(&*history[0].field, "until");
    assert_eq!(history[1].to, Value::text("2026-01-01"));
}

#[test]
fn history_tells_who_changed_what_from_what_to_what() {
    let desk = desk(1);
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    now(desk.set_author("李谷雨")).expect("author");
    set(&desk, "post", "p1", "title", Value::text("信息岗"));
    let history = now(desk.log()).expect("log").history("post", "p1");
    assert_eq!(&*history[0].by, "李谷雨");
    assert_eq!(history[0].from, Value::text("文书岗"));
    assert_eq!(history[0].to, Value::text("信息岗"));
    assert_eq!(&*history[1].by, "王小满");
}

#[test]
fn two_tabs_on_one_base_see_each_other_and_share_one_counter() {
    let first = desk(1);
    let shared = first.storage().clone();
    set(&first, "post", "p1", "title", Value::text("文书岗"));
    // A tab is a desk over the same storage: here the second one is made by handing it over.
    let second = now(Desk::open(shared, world(2))).expect("open").expect("base");
    set(&second, "post", "p2", "title", Value::text("信息岗"));
    assert_eq!(second.meta().counter, 2);
}

#[test]
fn a_snapshot_and_the_rows_after_it_are_the_same_township() {
    let desk = desk(1);
    set(&desk, "unit", "u1", "name", Value::text("党政办"));
    set(&desk, "unit", "u1", "parent", Value::text("u2"));
    set(&desk, "unit", "u2", "parent", Value::text("u1"));
    set(&desk, "matter", "m1", "terms", Value::Set(["低保".into()].as_slice().into()));
    now(desk.snapshot()).expect("snapshot");
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    let hash = desk.read(|fold| fold.state_hash());
    let again = now(Desk::open(desk.storage().clone(), world(2))).expect("open").expect("base");
    assert_eq!(again.read(|fold| fold.state_hash()), hash);
    assert_eq!(again.read(|fold| fold.township().rings().count()), 1);
    assert_eq!(desk.read(|fold| fold.township().rings().count()), 1);
}
