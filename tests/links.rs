//! The joined township as a page keeps it from change to change: always what one joined anew would say.
//! What joins mean is in `rules.rs`.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::kinds::grid_cell::GridLevel;
use gangtu::model::{Date, Record, RecordId};
use gangtu::rules::Links;
use proptest::prelude::*;
use support::{Edit, desk, id, now, write};

const TOWNSHIP: &[Edit] = &[
    ("town", "t", &[("name", "小镇")]),
    ("unit", "u1", &[("name", "党政办"), ("led_by", "p1")]),
    ("unit", "u2", &[("name", "平安办"), ("parent", "u1")]),
    ("post", "p1", &[("title", "文书岗"), ("unit", "u1")]),
    ("post", "p2", &[("title", "网格岗"), ("unit", "u2")]),
    ("person", "r1", &[("name", "王一"), ("unit", "u1")]),
    ("person", "r2", &[("name", "李二"), ("unit", "u2")]),
    ("holding", "h1", &[("person", "r1"), ("post", "p1"), ("role", "a")]),
    ("holding", "h2", &[("person", "r2"), ("post", "p2"), ("until", "2026-06-01")]),
    ("duty", "d1", &[("name", "低保")]),
    ("duty_link", "k1", &[("post", "p1"), ("duty", "d1"), ("role", "lead")]),
    ("zone", "z1", &[("name", "东片")]),
    ("village", "v1", &[("name", "东村"), ("zone", "z1"), ("contact", "r2")]),
    (
        "grid_cell",
        "c1",
        &[("name", "东网格"), ("level", "grid"), ("village", "v1"), ("keeper", "r1")],
    ),
    (
        "grid_cell",
        "c2",
        &[("name", "东子网格"), ("level", "grid"), ("village", "v1"), ("parent", "c1")],
    ),
    ("window", "w1", &[("name", "民政窗口"), ("post", "p1")]),
    ("matter", "m1", &[("name", "低保"), ("window", "w1"), ("post", "p2")]),
];

/// What may be written, one at a time; each changes what is joined, or only a word of it.
const CHANGES: &[Edit] = &[
    ("post", "p1", &[("title", "机要岗")]),
    ("post", "p2", &[("unit", "u1")]),
    ("post", "p3", &[("title", "新岗"), ("unit", "u2")]),
    ("post", "p1", &[("until", "2026-03-01")]),
    ("unit", "u1", &[("parent", "u2")]),
    ("unit", "u2", &[("led_by", "p2")]),
    ("person", "r1", &[("name", "王小一")]),
    ("person", "r3", &[("name", "赵三"), ("unit", "u1")]),
    ("holding", "h1", &[("person", "r2")]),
    ("holding", "h3", &[("person", "r1"), ("post", "p2"), ("role", "b")]),
    ("duty_link", "k1", &[("post", "p2")]),
    ("duty", "d1", &[("since", "2026-05-01")]),
    ("village", "v1", &[("contact", "r1")]),
    ("grid_cell", "c2", &[("parent", "")]),
    ("grid_cell", "c1", &[("keeper", "r2"), ("village", "")]),
    ("matter", "m1", &[("post", "p1"), ("window", "")]),
];

/// One step of a history.
#[derive(Clone, Debug)]
enum Step {
    Write(usize),
    Undo,
    LookAt(u32),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => (0..CHANGES.len()).prop_map(Step::Write),
        1 => Just(Step::Undo),
        1 => (1..13u32).prop_map(Step::LookAt),
    ];
    prop::collection::vec(step, 1..12)
}

fn ids<'a, K: Record + 'a>(list: impl IntoIterator<Item = &'a K>) -> String {
    list.into_iter().map(|record| record.id().as_str()).collect::<Vec<_>>().join(" ")
}

/// Everything a join can be asked, of every record.
fn said(links: &Links) -> Vec<String> {
    let mut said = Vec::new();
    let mut say =
        |what: &str, of: &RecordId, list: String| said.push(format!("{what} {of}: {list}"));
    for post in links.posts.all() {
        let of = &post.id;
        say("post", of, links.post_name(post));
        say("holders", of, ids(links.holders(of).iter().map(|seat| seat.person)));
        say("duties", of, ids(links.duties_of(of).iter().map(|(duty, _)| *duty)));
        say("leads", of, ids(links.units_led_by(of)));
        say("matters", of, ids(links.matters_of_post(of)));
        say("windows", of, ids(links.windows_of_post(of)));
    }
    for unit in links.units.all() {
        let of = &unit.id;
        say("posts", of, ids(links.posts_in(of)));
        say("people", of, ids(links.people_in(of)));
        say("under", of, ids(links.units_under(of)));
        say("above", of, ids(links.unit_above(of)));
        say("leader", of, ids(links.leader_of(of)));
    }
    for person in links.people.all() {
        let of = &person.id;
        say("person", of, person.name.to_string());
        say("seats", of, ids(links.seats_of(of).iter().map(|seat| seat.post)));
        say("villages", of, ids(links.villages_of(of)));
        say("keeps", of, ids(links.cells_kept_by(of)));
    }
    for zone in links.zones.all() {
        say("villages", &zone.id, ids(links.villages_in(&zone.id)));
    }
    for village in links.villages.all() {
        say("cells", &village.id, ids(links.cells_in(&village.id, GridLevel::Grid)));
    }
    for cell in links.cells.all() {
        say("parts", &cell.id, ids(links.parts_of(&cell.id)));
        say("above", &cell.id, ids(links.cell_above(&cell.id)));
        say("served", &cell.id, ids(links.serving(&cell.id).iter().map(|one| one.person)));
    }
    for duty in links.duties.all() {
        say("done by", &duty.id, ids(links.posts_for(&duty.id).iter().map(|(post, _)| *post)));
    }
    for window in links.windows.all() {
        say("matters", &window.id, ids(links.matters_at(&window.id)));
    }
    said
}

fn done(desk: &Desk<Memory>, step: &Step, day: &mut Date) {
    match step {
        Step::Write(at) => write(desk, &CHANGES[*at..=*at]),
        Step::LookAt(month) => *day = first_of(*month),
        // There may be nothing left to take back.
        Step::Undo => drop(now(desk.undo())),
    }
}

fn first_of(month: u32) -> Date {
    Date::from_ymd_opt(2026, month, 1).expect("date")
}

proptest! {
    #[test]
    fn a_kept_join_says_what_one_made_anew_says(steps in steps()) {
        let desk = desk(1);
        write(&desk, TOWNSHIP);
        let mut day = first_of(2);
        let mut kept = Links::default();
        for step in &steps {
            done(&desk, step, &mut day);
            kept = desk.read(|fold| kept.renewed(&fold.township().on(day)));
            let anew = desk.read(|fold| Links::of(&fold.township().on(day)));
            prop_assert_eq!(said(&kept), said(&anew));
        }
    }
}

#[test]
fn what_nothing_was_written_to_is_taken_over() {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    let day = first_of(2);
    let before = desk.read(|fold| Links::of(&fold.township().on(day)));
    write(&desk, &CHANGES[..1]);
    let after = desk.read(|fold| before.renewed(&fold.township().on(day)));
    assert!(std::ptr::eq(before.people.all(), after.people.all()));
    assert!(!std::ptr::eq(before.posts.all(), after.posts.all()));
    assert_eq!(&*after.posts.get("p1").expect("post").title, "机要岗");
    assert!(after.posts.get(id("p3").as_str()).is_none());
}
