//! Computers whose clocks are wrong: what they wrote is taken, and counts by when it was received.

mod support;

use std::rc::Rc;

use gangtu::journal::clock::{EARLIEST_MILLIS, FAR};
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::SeededWorld;
use gangtu::journal::{Desk, Draft};
use gangtu::model::Value;
use support::{at, bundle_of, id, now};

const DAY: u64 = 24 * 60 * 60 * 1_000;
const TODAY: u64 = EARLIEST_MILLIS + 30 * DAY;

/// A base on a computer whose clock shows `ms` and moves a second a look.
fn desk_at(ms: u64, seed: u128) -> Desk<Memory> {
    now(Desk::create(Memory::default(), clock(ms, seed), "yunxi".into(), "王小满")).expect("desk")
}

fn clock(ms: u64, seed: u128) -> Rc<SeededWorld> {
    SeededWorld::new(ms, 1_000, seed * 2 + 1)
}

/// The same base on the same computer once its clock shows something else.
fn set_clock(desk: &Desk<Memory>, ms: u64, seed: u128) -> Desk<Memory> {
    now(Desk::open(desk.storage().clone(), clock(ms, seed))).expect("open").expect("base")
}

fn write(desk: &Desk<Memory>, post: &str, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("修改岗位");
    draft.set(kind, &id(post), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn title(desk: &Desk<Memory>, post: &str) -> String {
    let (_, field) = at("post", "title");
    let row = |fold: &gangtu::journal::Fold| {
        fold.township().row("post", post).expect("post").cells[field].clone()
    };
    desk.read(row).as_str().expect("text").to_string()
}

fn hear(to: &Desk<Memory>, from: &Desk<Memory>) {
    now(to.take(bundle_of(from).into_lines(), "导入")).expect("take");
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn latest(desk: &Desk<Memory>) -> u64 {
    desk.meta().clock >> 16
}

#[test]
fn j19_an_edit_from_the_far_future_does_not_outrank_what_was_written_after_it_came() {
    let (ahead, right) = (desk_at(TODAY + 3_650 * DAY, 1), desk_at(TODAY, 2));
    write(&ahead, "p1", "来自未来");
    hear(&right, &ahead);
    assert_eq!(title(&right, "p1"), "来自未来", "it is taken");
    assert!(latest(&right) < TODAY + FAR, "and does not drag this computer's clock along");
    // Written apart, later than the receipt: the later one counts, whatever the other clock says.
    let third = desk_at(TODAY + DAY / 2, 3);
    hear(&third, &ahead);
    write(&ahead, "p1", "未来又改");
    write(&third, "p1", "后来写的");
    hear(&right, &ahead);
    let stale = title(&right, "p1");
    hear(&right, &third);
    assert_eq!((stale.as_str(), title(&right, "p1").as_str()), ("未来又改", "后来写的"));
    assert_eq!(right.read(|fold| fold.conflicts().len()), 1, "both stay to be decided");
    hear(&third, &right);
    hear(&third, &ahead);
    assert_eq!(hash(&third), hash(&right));
    let named = right.read(|fold| fold.heads().skewed());
    assert_eq!((named.len(), named[0].actions), (1, 2));
    assert!(named[0].ahead > 3_640 * DAY, "the page can say by how much");
}

#[test]
fn j19_receipts_order_alike_whatever_came_first_and_survive_a_snapshot() {
    let (ahead, right, third) =
        (desk_at(TODAY + 900 * DAY, 1), desk_at(TODAY, 2), desk_at(TODAY + 40 * DAY, 3));
    write(&ahead, "p1", "来自未来");
    write(&third, "p1", "四十天后");
    hear(&right, &ahead);
    // One hears the receipt first, the other last.
    let (one, two) = (desk_at(TODAY + 41 * DAY, 4), desk_at(TODAY + 42 * DAY, 5));
    for from in [&right, &third, &ahead] {
        hear(&one, from);
    }
    for from in [&ahead, &third, &right] {
        hear(&two, from);
    }
    hear(&one, &two);
    hear(&two, &one);
    assert_eq!(hash(&one), hash(&two));
    assert_eq!(title(&one, "p1"), "四十天后");
    now(two.snapshot()).expect("snapshot");
    let again = set_clock(&two, TODAY + 43 * DAY, 6);
    assert_eq!(hash(&again), hash(&two));
    assert_eq!(again.read(|fold| fold.heads().skewed()), two.read(|fold| fold.heads().skewed()));
}

#[test]
fn j19_a_copy_whose_own_clock_is_put_right_goes_on_under_a_new_name() {
    let base = desk_at(TODAY + 3_650 * DAY, 1);
    write(&base, "p1", "钟快了十年");
    let name = base.meta().replica;
    let base = set_clock(&base, TODAY, 2);
    write(&base, "p2", "钟对了");
    assert_ne!(base.meta().replica, name);
    assert!(latest(&base) < TODAY + FAR);
    write(&base, "p1", "现在改的");
    let (right, ahead) = (desk_at(TODAY + DAY, 3), base.read(|fold| fold.heads().skewed()));
    assert_eq!((ahead.len(), ahead[0].replica.as_str()), (1, &*name));
    hear(&right, &base);
    assert_eq!((title(&right, "p1").as_str(), hash(&right)), ("现在改的", hash(&base)));
    assert_eq!(right.read(|fold| fold.conflicts().len()), 0);
}

#[test]
fn j19_a_computer_that_is_itself_behind_accuses_nobody() {
    let others = [desk_at(TODAY, 1), desk_at(TODAY + DAY, 2)];
    write(&others[0], "p1", "甲");
    write(&others[1], "p2", "乙");
    // 2010, from before this program; and late, where two agree against it.
    for (seed, behind) in [1_262_304_000_000, TODAY - 900 * DAY].into_iter().enumerate() {
        let slow = desk_at(behind, 7 + seed as u128);
        let lines: Vec<gangtu::journal::intake::Line> =
            others.iter().flat_map(|desk| bundle_of(desk).into_lines()).collect();
        now(slow.take(lines, "导入")).expect("take");
        assert_eq!(slow.read(|fold| fold.heads().skewed()), []);
        assert!(latest(&slow) >= TODAY, "its clock follows what it heard");
        write(&slow, "p1", "慢钟改的");
        hear(&others[1], &slow);
        assert_eq!(title(&others[1], "p1"), "慢钟改的");
    }
}
