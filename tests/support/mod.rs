//! What the core's tests share: a base in memory on a computer that is known.

// Each test file is a crate of its own and takes what it needs from here.
#![allow(dead_code)]

pub mod apart;
pub mod history;
pub mod oracle;

use std::rc::Rc;

use gangtu::bundle::{Bundle, Since, export};
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::SeededWorld;
pub use gangtu::journal::seeded::now;
use gangtu::journal::storage::{Found, Sealed};
use gangtu::journal::{Desk, Draft, Meta, Storage};
use gangtu::model::check::read_typed;
use gangtu::model::{KindIx, RecordId, schema};

/// A clock that moves a second a look; no two show the same millisecond.
pub fn world(seed: u128) -> Rc<SeededWorld> {
    SeededWorld::new(1_700_000_000_000 + seed as u64 * 7, 1_000, seed * 2 + 1)
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

/// Kind, record, and its fields as typed.
pub type Edit<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)]);

/// Writes records as somebody would type them.
pub fn write(desk: &Desk<Memory>, edits: &[Edit]) {
    now(desk.commit(&typed(edits))).expect("commit");
}

/// A draft of records as somebody would type them.
pub fn typed(edits: &[Edit]) -> Draft {
    let mut draft = Draft::new("录入");
    for (kind, record, fields) in edits {
        for (field, typed) in *fields {
            let (kind_at, field_at) = at(kind, field);
            let spec = &schema().kinds[kind_at].spec.fields[field_at];
            draft.set(kind_at, &id(record), field_at, read_typed(spec, typed).expect("typed"));
        }
    }
    draft
}

/// Everything a copy holds, read as from a file.
pub fn bundle_of<S: Storage>(desk: &Desk<S>) -> Bundle {
    let rows = now(desk.rows()).expect("rows");
    let text = export(&desk.meta(), "云溪镇", &rows, &Since::Start, 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle
}

/// What a stick carries away: a profile copied with everything in it, its name too.
pub fn copied(desk: &Desk<Memory>, seed: u128) -> Desk<Memory> {
    let storage = Memory::default();
    now(storage.create(&Meta { seq: 0, snapshot: 0, ..desk.meta() })).expect("create");
    let rows = now(desk.rows()).expect("rows");
    let mut seal = |_: Found<'_>| Sealed { meta: desk.meta(), rows: rows.clone(), parked: None };
    now(storage.append(0, &mut seal)).expect("append");
    now(Desk::open(storage, world(seed))).expect("open").expect("base")
}
