//! What files hold, and what a backup turns out to be when it is opened. SPEC.md V-rules are in the
//! names.

mod support;

use gangtu::bundle::{Bundle, Since, export};
use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use gangtu::saving::held::unknown_here;
use gangtu::saving::{Held, Seen, rehearse};
use support::{at, bundle_of, copied, desk, id, now, world};

fn write(desk: &Desk<Memory>, record: &str, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("改岗位名称");
    draft.set(kind, &id(record), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn held(desk: &Desk<Memory>, bundle: &Bundle) -> Held {
    desk.read(|fold| Seen::of(bundle.lines()).held(fold.heads()))
}

/// Actions of a desk that a file lacks, and lines of the file that the desk lacks.
fn between(desk: &Desk<Memory>, file: &Bundle) -> (u64, usize) {
    let parked = desk.parked();
    desk.read(|fold| {
        (held(desk, file).lacks(fold.heads()), unknown_here(file.lines(), fold.heads(), &parked))
    })
}

fn part(desk: &Desk<Memory>, since: &Since) -> Bundle {
    let rows = now(desk.rows()).expect("rows");
    let text = export(&desk.meta(), "云溪镇", &rows, since, 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle
}

#[test]
fn v1_a_file_holds_everything_until_the_next_change() {
    let desk = desk(1);
    write(&desk, "p1", "文书岗");
    let file = bundle_of(&desk);
    assert_eq!(between(&desk, &file), (0, 0));
    assert_eq!(desk.read(|fold| Held::all(fold.heads())), held(&desk, &file));
    write(&desk, "p1", "文书档案岗");
    write(&desk, "p2", "信息岗");
    assert_eq!(between(&desk, &file), (2, 0));
    let replica = desk.meta().replica;
    let held = held(&desk, &file);
    let oldest = desk.read(|fold| {
        let since = held.oldest_lacking(fold.heads(), &replica, 2);
        (since, fold.heads().head(2).time)
    });
    assert_eq!(oldest.0, Some(oldest.1), "the first change after the file");
}

#[test]
fn v1_a_part_of_the_township_is_not_the_township() {
    let desk = desk(1);
    write(&desk, "p1", "文书岗");
    let before = desk.read(|fold| fold.heads().version());
    write(&desk, "p2", "信息岗");
    let mut known = std::collections::BTreeMap::new();
    known.extend(before.into_iter().map(|(replica, count)| (replica.as_str().into(), count)));
    let delta = part(&desk, &Since::Version(known));
    assert_eq!(delta.lines().len(), 1);
    assert_eq!(between(&desk, &delta), (2, 0), "a file that begins in the middle holds nothing");
}

#[test]
fn v2_what_only_the_file_has_is_counted() {
    let here = desk(1);
    write(&here, "p1", "文书岗");
    let there = desk(2);
    now(there.take(bundle_of(&here).into_lines(), "导入")).expect("take");
    write(&there, "p1", "综合文书岗");
    let file = bundle_of(&there);
    assert_eq!(between(&here, &file), (0, 1));
    now(here.take(file.clone().into_lines(), "导入")).expect("take");
    assert_eq!(between(&here, &file), (0, 0), "merged it may be written over");
}

#[test]
fn v2_a_copy_that_went_on_under_our_name_is_not_written_over() {
    let here = desk(1);
    write(&here, "p1", "文书岗");
    let stick = copied(&here, 9);
    write(&here, "p2", "这里改的");
    write(&stick, "p2", "那里改的");
    let file = bundle_of(&stick);
    assert_eq!(between(&here, &file), (1, 1), "the same counter, another action");
}

#[test]
fn v2_what_waits_for_others_is_known_too() {
    let there = desk(2);
    for title in ["甲", "乙", "丙"] {
        write(&there, "p1", title);
    }
    let mut first = std::collections::BTreeMap::new();
    first.insert(there.meta().replica, 1);
    let late = part(&there, &Since::Version(first));
    let here = desk(1);
    now(here.take(late.clone().into_lines(), "导入")).expect("take");
    assert_eq!(here.parked().len(), 2);
    assert_eq!(between(&here, &late).1, 0);
}

#[test]
fn v5_a_rehearsed_backup_is_the_township_it_was_made_of() {
    let desk = desk(1);
    write(&desk, "p1", "文书岗");
    write(&desk, "p2", "信息岗");
    let found = now(rehearse(bundle_of(&desk), Memory::default(), world(5))).expect("rehearsal");
    assert_eq!((found.actions, found.records, found.waiting), (2, 2, 0));
    assert_eq!(found.state, desk.read(|fold| fold.state_hash()));
    let file = bundle_of(&desk);
    write(&desk, "p2", "信息化岗");
    let found = now(rehearse(file, Memory::default(), world(6))).expect("rehearsal");
    assert_ne!(found.state, desk.read(|fold| fold.state_hash()), "of an older day");
}
