//! What the core's tests share: a base in memory on a computer that is known.

// Each test file is a crate of its own and takes what it needs from here.
#![allow(dead_code)]

use std::rc::Rc;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::SeededWorld;
pub use gangtu::journal::seeded::now;
use gangtu::model::{KindIx, RecordId, schema};

/// A clock that moves a second a look.
pub fn world(seed: u128) -> Rc<SeededWorld> {
    SeededWorld::new(1_700_000_000_000, 1_000, seed * 2 + 1)
}

pub fn desk(seed: u128) -> Desk<Memory> {
    now(Desk::create(Memory::default(), world(seed), "yunxi".into(), "王小满")).expect("desk")
}

pub fn id(text: &str) -> RecordId {
    RecordId::parse(text).expect("id")
}

/// Kind and field positions by name.
pub fn at(kind: &str, field: &str) -> (KindIx, usize) {
    let kind = schema().kind(kind).expect("kind");
    (kind, schema().kinds[kind].field(field).expect("field"))
}
