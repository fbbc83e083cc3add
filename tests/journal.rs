//! The desk as a user meets it: write, undo, history, reopen. SPEC.md J-rules are in the names.

mod support;

use std::cell::Cell;

use gangtu::journal::memory::Memory;
use gangtu::journal::storage::{Appended, Fits, Found, NextChunk, ReadChunk, Sealed, Stored};
use gangtu::journal::{Desk, DeskError, Draft, Meta, Storage, StoreError};
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
fn j5_what_was_written_is_there_after_opening_again() {
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
fn j6_undo_takes_back_and_redo_brings_again() {
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
fn j10_a_draft_that_changes_nothing_writes_nothing() {
    let desk = desk(1);
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    let seq = desk.meta().seq;
    set(&desk, "post", "p1", "title", Value::text("文书岗"));
    assert_eq!(desk.meta().seq, seq);
}

#[test]
fn m6_both_ends_of_a_period_are_one_register() {
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
fn j7_history_tells_who_changed_what_from_what_to_what() {
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
fn j9_two_tabs_share_one_counter_and_see_each_other() {
    let first = desk(1);
    let shared = first.storage().clone();
    set(&first, "post", "p1", "title", Value::text("文书岗"));
    // A tab is a desk over the same storage: here the second one is made by handing it over.
    let second = now(Desk::open(shared, world(2))).expect("open").expect("base");
    set(&second, "post", "p2", "title", Value::text("信息岗"));
    set(&first, "post", "p3", "title", Value::text("档案岗"));
    assert_eq!(first.meta().counter, 3, "no counter is used twice");
    now(second.catch_up()).expect("catch up");
    for desk in [&first, &second] {
        assert_eq!(
            desk.read(|fold| fold.township().table_of("post").map(|t| t.rows().count())),
            Some(3)
        );
    }
    assert_eq!(first.read(|fold| fold.state_hash()), second.read(|fold| fold.state_hash()));
}

/// A store whose disk is full from a moment on: a write begins and then fails.
struct FullDisk {
    inner: Memory,
    full: Cell<bool>,
}

impl Storage for FullDisk {
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError> {
        self.inner.load(chunk).await
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        self.inner.create(meta).await
    }

    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError> {
        if !self.full.get() {
            return self.inner.append(known, seal).await;
        }
        let (meta, _) = self.inner.rows_after(known).await?;
        seal(Found { meta: &meta, parked: &[] });
        Err(StoreError::QuotaFull)
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        self.inner.rows_after(known).await
    }

    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError> {
        self.inner.put_snapshot(fits, next, seq).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.inner.erase().await
    }
}

#[test]
fn j5_memory_changes_only_after_storage_did() {
    let store = FullDisk { inner: Memory::default(), full: Cell::new(false) };
    let desk = now(Desk::create(store, world(1), "yunxi".into(), "王小满")).expect("desk");
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("新建岗位");
    draft.set(kind, &id("p1"), field, Value::text("文书岗"));
    now(desk.commit(&draft)).expect("commit");
    let before = desk.read(|fold| fold.state_hash());
    desk.storage().full.set(true);
    let mut draft = Draft::new("改名");
    draft.set(kind, &id("p1"), field, Value::text("信息岗"));
    let error = now(desk.commit(&draft)).expect_err("disk full");
    assert!(error.to_string().contains("之前的数据都在"), "{error}");
    assert!(now(desk.undo()).is_err());
    assert_eq!(desk.read(|fold| fold.state_hash()), before);
    desk.storage().full.set(false);
    now(desk.undo()).expect("the step is still there to undo");
}

/// A first import is folded while it is stored.
#[test]
fn j5_a_first_import_that_is_not_stored_is_not_in_memory() {
    let there = desk(2);
    set(&there, "post", "p1", "title", Value::text("文书岗"));
    let lines = || {
        let line = now(there.rows()).expect("rows").remove(0);
        let action = gangtu::journal::Action::from_line(&line).expect("action");
        vec![gangtu::journal::intake::Line::new(line, action)]
    };
    let store = FullDisk { inner: Memory::default(), full: Cell::new(true) };
    let here = now(Desk::create(store, world(1), "yunxi".into(), "王小满")).expect("desk");
    let before = here.read(|fold| fold.state_hash());
    now(here.take(lines(), "导入")).expect_err("disk full");
    assert_eq!(here.read(|fold| fold.state_hash()), before);
    assert_eq!((here.read(|fold| fold.heads().len()), here.undoable().0), (0, None));
    here.storage().full.set(false);
    now(here.take(lines(), "导入")).expect("take");
    assert_eq!(here.read(|fold| fold.state_hash()), there.read(|fold| fold.state_hash()));
    now(here.undo()).expect("undo");
    assert!(here.read(|fold| fold.township().row("post", "p1").is_none_or(|row| !row.exists())));
}

#[test]
fn j5_a_base_of_a_newer_program_is_not_opened() {
    let memory = Memory::default();
    let newer = Meta { version: 99, ..desk(1).meta() };
    now(memory.create(&newer)).expect("create");
    let error = now(Desk::open(memory, world(2))).err().expect("refused");
    assert_eq!(error, StoreError::Newer { base: 99 });
}

#[test]
fn j12_a_group_that_is_no_object_is_kept_as_it_came() {
    let there = desk(2);
    let line = r#"{"by":"","n":1,"ops":[["post","p1",{"period":"soon","title":"x"}]],"r":"a","t":"0000000000010000","what":""}"#;
    let action = gangtu::journal::Action::from_line(line).expect("action");
    let line = gangtu::journal::intake::Line::new(line.to_string(), action);
    now(there.take(vec![line], "导入")).expect("take");
    now(there.snapshot()).expect("snapshot");
    let again = now(Desk::open(there.storage().clone(), world(3))).expect("opens").expect("base");
    assert_eq!(again.read(|fold| fold.state_hash()), there.read(|fold| fold.state_hash()));
}

#[test]
fn j13_what_is_typed_is_stored_composed() {
    let desk = desk(1);
    set(&desk, "person", "a", "name", Value::text("Ame\u{301}lie"));
    assert_eq!(cell(&desk, "person", "a", "name"), Value::text("Amélie"));
    let before = desk.meta().seq;
    set(&desk, "person", "a", "name", Value::text("Ame\u{301}lie"));
    assert_eq!(desk.meta().seq, before, "the same name is no change");
    let terms = Value::Set(["e\u{301}".into(), "é".into()].as_slice().into());
    set(&desk, "matter", "m", "terms", terms);
    assert_eq!(cell(&desk, "matter", "m", "terms").as_set().len(), 1);
}

/// Two moves of one action that close a ring: which of them falls must not depend on which record a
/// copy met first.
#[test]
fn m7_a_ring_made_in_one_action_is_cut_alike_on_every_copy() {
    let line = |replica: &str, time: u64, ops: &str| {
        let text = format!(
            r#"{{"by":"","n":1,"ops":[{ops}],"r":"{replica}","t":"{time:016x}","what":""}}"#
        );
        let action = gangtu::journal::Action::from_line(&text).expect("action");
        gangtu::journal::intake::Line::new(text, action)
    };
    let names = |id: &str| format!(r#"["unit","{id}",{{"name":"{id}"}}]"#);
    let ring = r#"["unit","a",{"parent":"b"}],["unit","b",{"parent":"a"}]"#;
    let parents = |order: [usize; 3]| {
        let lines = [line("x", 1, &names("a")), line("y", 2, &names("b")), line("z", 3, ring)];
        let desk = desk(1);
        for at in order {
            now(desk.take(vec![lines[at].clone()], "导入")).expect("take");
        }
        desk.read(|fold| {
            let kind = at("unit", "name").0;
            let table = fold.township().table(kind);
            let up = |id: &str| {
                let parent = fold.township().parent(kind, table.slot(id).expect("slot"));
                parent.map(|slot| table.at(slot).id.to_string())
            };
            (up("a"), up("b"))
        })
    };
    assert_eq!(parents([0, 1, 2]), parents([1, 0, 2]));
    assert_eq!(parents([0, 1, 2]), parents([2, 1, 0]));
}

#[test]
fn j8_a_snapshot_and_the_rows_after_it_are_the_same_township() {
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
