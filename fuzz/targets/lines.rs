//! Any lines inside a sound envelope, taken by a copy: it opens again as it was, its own file changes
//! nothing, and with a copy that takes it comes to rest at the same township (SPEC J12, J19, B1).
#![no_main]

use std::rc::Rc;

use gangtu::bundle::{Bundle, Header, Plan, Since, export, write};
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::{SeededWorld, now};
use gangtu::journal::{Desk, Fold};
use libfuzzer_sys::fuzz_target;

/// 2026-12-01, a second a look.
fn world(seed: u128) -> Rc<SeededWorld> {
    SeededWorld::new(1_796_083_200_000, 1_000, seed)
}

fn desk(seed: u128) -> Desk<Memory> {
    now(Desk::create(Memory::default(), world(seed), "yunxi".into(), "王小满")).expect("a desk")
}

fn read(text: &str) -> Option<Bundle> {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).ok()?;
    bundle.read_all().ok()?;
    Some(bundle)
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(Fold::state_hash)
}

/// Whether the bundle was taken; what is refused changes nothing.
fn take(desk: &Desk<Memory>, bundle: Bundle) -> bool {
    let before = (hash(desk), desk.meta().seq);
    let planned = desk.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).is_ok();
    let taken = now(desk.take(bundle.into_lines(), "导入")).is_ok();
    assert!(taken || before == (hash(desk), desk.meta().seq), "a refused file changed something");
    planned && taken
}

fn out(desk: &Desk<Memory>) -> Bundle {
    let rows = now(desk.rows()).expect("rows");
    let text = export(&desk.meta(), "云溪镇", &rows, &Since::Start, 0);
    read(&text).expect("an export reads")
}

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let header = Header { township: "yunxi".to_string(), ..Header::default() };
    let Some(bundle) = read(&write(&header, text.lines(), &Since::Start)) else { return };
    let here = desk(3);
    if !take(&here, bundle) {
        return;
    }
    let again = now(Desk::open(here.storage().clone(), world(5))).expect("opens").expect("a base");
    assert_eq!(hash(&again), hash(&here), "opened as another");
    let seq = here.meta().seq;
    assert!(take(&here, out(&here)) && here.meta().seq == seq, "its own file changed it");
    let there = desk(7);
    assert!(take(&there, out(&here)), "its own file is refused elsewhere");
    // Where clocks were wrong, each has something to say of it: told to the other, they come to rest.
    for (to, from) in [(&here, &there), (&there, &here), (&here, &there)] {
        assert!(take(to, out(from)), "what the other says of it is refused");
    }
    assert_eq!(hash(&there), hash(&here), "another township elsewhere");
});
