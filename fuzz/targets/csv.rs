//! Any bytes as a table: refused with a sentence, or planned, written and read again as all the same
//! (SPEC X2, X3, X5, X10).
#![no_main]

use gangtu::exchange::{Mapping, Options, Plan, decode, guess_kind, table};
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::{SeededWorld, now};
use libfuzzer_sys::fuzz_target;

fn plan(desk: &Desk<Memory>, bytes: &[u8]) -> Option<Plan> {
    let text = decode(bytes).ok()?.text;
    let table = table(text).ok()?;
    let kind = guess_kind(&table.headers, "")?;
    let mapping = Mapping::guess(&table.headers, kind, "");
    let plan = |fold: &gangtu::journal::Fold| {
        Plan::build(fold.township(), table, mapping, Options::default(), || desk.fresh_id())
    };
    Some(desk.read(plan))
}

fuzz_target!(|bytes: &[u8]| {
    let world = SeededWorld::new(1_796_083_200_000, 1_000, 3);
    let desk = now(Desk::create(Memory::default(), world, "yunxi".into(), "")).expect("a desk");
    let Some(first) = plan(&desk, bytes) else { return };
    let draft = desk.read(|fold| first.to_draft(fold.township(), "导入"));
    now(desk.commit(&draft)).expect("a plan is written");
    let seq = desk.meta().seq;
    let Some(second) = plan(&desk, bytes) else { panic!("the same bytes read once only") };
    let draft = desk.read(|fold| second.to_draft(fold.township(), "导入"));
    now(desk.commit(&draft)).expect("a plan is written");
    assert_eq!(desk.meta().seq, seq, "the same table a second time changed something");
});
