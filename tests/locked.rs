//! Rules E9 to E11 of SPEC.md: a locked base, over a base in memory.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use gangtu::journal::locked::{Locked, Rewrite, Whole};
use gangtu::journal::memory::Memory;
use gangtu::journal::storage::{Storage, StoreError};
use gangtu::journal::{Desk, DeskError, Draft};
use gangtu::model::kinds::Person;
use support::{now, world};

const KEY: [u8; 32] = [7; 32];
const OTHER: [u8; 32] = [8; 32];

type LockedDesk = Desk<Locked<Memory>>;

fn over(memory: &Memory, key: Option<&[u8; 32]>, seed: u128) -> Locked<Memory> {
    Locked::new(memory.clone(), key, world(seed))
}

fn begun(memory: &Memory, seed: u128) -> LockedDesk {
    now(Desk::create(over(memory, None, seed), world(seed), "yunxi".into(), "李秀英"))
        .expect("done")
}

fn opened(memory: &Memory, key: Option<&[u8; 32]>) -> Result<LockedDesk, StoreError> {
    now(Desk::open(over(memory, key, 99), world(99))).map(Option::unwrap)
}

fn write(desk: &LockedDesk, name: &str) -> Result<(), DeskError> {
    let mut draft = Draft::new(&format!("新增 {name}"));
    let id = desk.fresh_id();
    draft.put(&Person { id, name: name.into(), mobile: "10001234567".into(), ..Person::default() });
    now(desk.commit(&draft)).map(drop)
}

/// Everything that lies in storage, as one text.
fn lies_there(memory: &Memory) -> String {
    let mut text = String::new();
    let mut look = |whole: Whole| {
        text = format!("{whole:?}");
        Err::<Whole, _>(StoreError::Gone)
    };
    let _ = now(memory.rewrite(&mut look));
    text
}

fn hash(desk: &LockedDesk) -> String {
    desk.read(|fold| fold.state_hash())
}

#[test]
fn e9_nothing_that_was_written_can_be_read_where_it_is_kept() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    now(desk.snapshot()).expect("done");
    assert!(lies_there(&memory).contains("陈大山"));
    now(desk.storage().set("lock", &KEY, 15)).expect("done");
    write(&desk, "王小满").expect("done");
    now(desk.snapshot()).expect("done");
    write(&desk, "赵长河").expect("done");
    let there = lies_there(&memory);
    for secret in ["陈大山", "王小满", "赵长河", "李秀英", "1000123", "新增", "person"]
    {
        assert!(!there.contains(secret), "{secret} lies open");
    }
    let again = opened(&memory, Some(&KEY)).expect("done");
    assert_eq!(hash(&again), hash(&desk));
    assert_eq!(again.meta(), desk.meta(), "author, clock and counter too");
    assert_eq!(now(again.rows()).expect("done").len(), 3);
    write(&again, "第四人").expect("done");
    now(desk.catch_up()).expect("done");
    assert_eq!(hash(&again), hash(&desk), "two tabs with one key see each other");
}

#[test]
fn e10_a_tab_that_missed_the_lock_writes_no_snapshot() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    let other = opened(&memory, None).expect("a second tab");
    now(other.storage().set("lock", &KEY, 15)).expect("done");
    let told = now(desk.snapshot());
    assert!(matches!(told, Err(DeskError::Store(StoreError::Locked { .. }))), "{told:?}");
    assert!(!lies_there(&memory).contains("陈大山"));
    now(other.snapshot()).expect("the tab with the key");
}

#[test]
fn e9_without_the_key_it_is_not_opened_and_nothing_changes() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    now(desk.storage().set("the lock", &KEY, 15)).expect("done");
    let before = lies_there(&memory);
    for key in [None, Some(&OTHER)] {
        let told = opened(&memory, key).err();
        assert_eq!(told, Some(StoreError::Locked { lock: "the lock".to_string() }));
    }
    assert_eq!(lies_there(&memory), before);
}

#[test]
fn e9_rows_that_were_swapped_or_changed_are_found() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    write(&desk, "王小满").expect("done");
    now(desk.storage().set("lock", &KEY, 15)).expect("done");
    let mut swap = |mut whole: Whole| {
        whole.rows.swap(0, 1);
        Ok(whole)
    };
    now(memory.rewrite(&mut swap)).expect("done");
    let told = opened(&memory, Some(&KEY)).err();
    assert!(matches!(told, Some(StoreError::Corrupt(_))), "{told:?}");
    now(memory.rewrite(&mut swap)).expect("done");
    assert!(opened(&memory, Some(&KEY)).is_ok());
}

#[test]
fn e9_a_snapshot_that_does_not_open_is_passed_over() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    now(desk.storage().set("lock", &KEY, 15)).expect("done");
    now(desk.snapshot()).expect("done");
    let mut hurt = |mut whole: Whole| {
        whole.chunks[0] = whole.chunks[1].clone();
        Ok(whole)
    };
    now(memory.rewrite(&mut hurt)).expect("done");
    assert_eq!(hash(&opened(&memory, Some(&KEY)).expect("done")), hash(&desk));
}

#[test]
fn e10_the_lock_goes_on_and_off_as_one_step_and_its_passphrase_changes_no_row() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    now(desk.snapshot()).expect("done");
    let plain = lies_there(&memory);
    now(desk.storage().set("first", &KEY, 15)).expect("done");
    let lock = now(desk.storage().lock()).expect("done").expect("done");
    assert_eq!((lock.lock.as_str(), lock.minutes), ("first", 15));
    let rows = |memory: &Memory| now(memory.rows_after(0)).expect("done").1;
    let before = rows(&memory);
    now(desk.storage().change(&|lock| lock.lock = "second".to_string())).expect("done");
    now(desk.storage().change(&|lock| lock.minutes = 0)).expect("done");
    let lock = now(desk.storage().lock()).expect("done").expect("done");
    assert_eq!((lock.lock.as_str(), lock.minutes), ("second", 0));
    assert_eq!(rows(&memory), before);
    now(desk.storage().remove()).expect("done");
    assert_eq!(lies_there(&memory), plain, "as if it had never been locked");
    assert!(opened(&memory, None).is_ok());
}

#[test]
fn e10_a_tab_that_missed_the_lock_writes_nothing_readable() {
    let memory = Memory::default();
    let here = begun(&memory, 1);
    write(&here, "陈大山").expect("done");
    let late = opened(&memory, None).expect("done");
    now(here.storage().set("lock", &KEY, 15)).expect("done");
    let before = lies_there(&memory);
    let told = write(&late, "王小满");
    assert!(matches!(told, Err(DeskError::Store(StoreError::Locked { .. }))), "{told:?}");
    assert_eq!(lies_there(&memory), before);
    // And the other way round: a tab with the key of a lock that is gone.
    let late = opened(&memory, Some(&KEY)).expect("done");
    now(here.storage().remove()).expect("done");
    let told = write(&late, "王小满");
    assert!(matches!(told, Err(DeskError::Store(StoreError::Locked { .. }))), "{told:?}");
    assert_eq!(now(memory.rows_after(0)).expect("done").1.len(), 1);
}

#[test]
fn e10_what_waits_is_sealed_too() {
    let memory = Memory::default();
    let desk = begun(&memory, 1);
    write(&desk, "陈大山").expect("done");
    write(&desk, "王小满").expect("done");
    let mut gap = support::bundle_of(&desk).into_lines();
    gap.remove(0);
    let other = Memory::default();
    let there = begun(&other, 2);
    now(there.storage().set("lock", &KEY, 15)).expect("done");
    let taken = now(there.take(gap, "导入")).expect("done");
    assert_eq!(taken.parked, 1);
    assert!(!lies_there(&other).contains("王小满"));
    let again = opened(&other, Some(&KEY)).expect("done");
    assert_eq!(again.parked(), there.parked());
}
