//! Two copies side by side: what differs is named, with its cause. SPEC.md J23.

mod support;

use std::rc::Rc;

use gangtu::bundle::{Bundle, Since, export};
use gangtu::journal::compare::{Comparing, Comparison, Why};
use gangtu::journal::hash::spoken;
use gangtu::journal::intake::Line;
use gangtu::journal::memory::Memory;
use gangtu::journal::peer::Knows;
use gangtu::journal::{Action, Desk};
use gangtu::model::Value;
use proptest::prelude::*;
use support::apart::{hear, run, set, steps, text, words};
use support::{bundle_of, desk, now};

fn compare(ours: &Desk<Memory>, lines: Vec<Line>, budget: usize) -> Comparison {
    let mut comparing =
        Comparing::begin(lines, Rc::new(now(ours.rows()).expect("rows")), Knows::new());
    while !ours.read(|fold| comparing.step(fold, budget)).expect("compares") {}
    ours.read(|fold| comparing.finish(fold))
}

fn beside(ours: &Desk<Memory>, theirs: &Desk<Memory>) -> Comparison {
    compare(ours, bundle_of(theirs).into_lines(), 3)
}

fn since(desk: &Desk<Memory>, known: Knows) -> Vec<Line> {
    let rows = now(desk.rows()).expect("rows");
    let text = export(&desk.meta(), "云溪镇", &rows, &Since::Version(known), 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle.into_lines()
}

/// `post p1 岗位名称: 甲 / 乙 TheyLack`, one a differing register.
fn told(found: &Comparison) -> Vec<String> {
    let fields =
        found.records.iter().flat_map(|record| record.fields.iter().map(move |at| (record, at)));
    fields
        .map(|(record, at)| {
            format!(
                "{} {} {}: {} / {} {:?}",
                record.kind, record.id, at.label, at.ours, at.theirs, at.why
            )
        })
        .collect()
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

#[test]
fn j23_what_each_lacks_is_named_by_field_cause_copy_and_counters() {
    let (here, there) = (desk(1), desk(2));
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    set(&here, "post", "p2", &[("title", text("信息岗"))], "新建");
    hear(&there, &here);
    set(&here, "post", "p1", &[("title", text("文书档案岗"))], "修改");
    set(&there, "post", "p1", &[("title", text("综合岗"))], "修改");
    set(&there, "post", "p2", &[("place", text("二楼"))], "修改");
    set(&here, "matter", "m", &[("terms", words(&["低保"]))], "新建");
    let found = beside(&here, &there);
    assert_eq!(
        told(&found),
        [
            "post p1 岗位名称: 文书档案岗 / 综合岗 Apart",
            "post p2 办公地点: （没有） / 二楼 WeLack",
            "matter m 日常叫法: 低保 / （没有） TheyLack",
        ]
    );
    let (ours, theirs) = (here.meta().replica, there.meta().replica);
    let we = &found.we_lack[0];
    assert_eq!((we.replica.as_str(), we.from, we.to, &*we.people[0]), (&*theirs, 1, 2, "王小满"));
    let they = &found.they_lack[0];
    assert_eq!((they.replica.as_str(), they.from, they.to), (&*ours, 3, 4));
    assert!(!found.is_equal() && !found.partial && found.faults() == 0);
}

#[test]
fn j23_equal_copies_say_so_in_figures_for_the_telephone() {
    let (here, there) = (desk(1), desk(2));
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    hear(&there, &here);
    assert!(beside(&here, &there).is_equal());
    let code = spoken(&hash(&here));
    assert_eq!(code, spoken(&hash(&there)));
    let groups: Vec<&str> = code.split(' ').collect();
    assert!(groups.len() == 4 && groups.iter().all(|four| four.len() == 4));
    assert!(code.bytes().all(|byte| byte == b' ' || byte.is_ascii_digit()), "{code}");
    set(&here, "post", "p1", &[("title", text("信息岗"))], "修改");
    assert_ne!(code, spoken(&hash(&here)));
}

/// The bundle's lines with one of its actions changed, as a fault would have it.
fn bent(of: &Desk<Memory>, counter: u64, bend: impl Fn(&mut Action)) -> Vec<Line> {
    let bend = |line: Line| {
        let mut action = line.action.clone();
        if action.counter == counter {
            bend(&mut action);
        }
        Line::new(action.to_line(), action)
    };
    bundle_of(of).into_lines().into_iter().map(bend).collect()
}

#[test]
fn j23_the_same_knowledge_with_another_content_is_a_fault_with_its_record() {
    let here = desk(1);
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    set(&here, "post", "p2", &[("title", text("信息岗"))], "新建");
    let lines = bent(&here, 2, |action| action.groups[0].ops[0].value = Value::text("别的岗"));
    let found = compare(&here, lines, 1);
    assert_eq!(told(&found), ["post p2 岗位名称: 信息岗 / 别的岗 Fault"]);
    assert_eq!((found.faults(), found.we_lack.len(), found.they_lack.len()), (1, 0, 0));
}

#[test]
fn j23_a_counter_given_twice_is_named() {
    let here = desk(1);
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    set(&here, "post", "p1", &[("title", text("信息岗"))], "修改");
    let found = compare(&here, bent(&here, 2, |action| action.time += 1 << 16), 1);
    assert_eq!(
        found.forked,
        [(gangtu::journal::ReplicaId::parse(&here.meta().replica).expect("id"), 2)]
    );
}

#[test]
fn j23_a_file_with_a_hole_names_what_it_lacks() {
    let (here, there) = (desk(1), desk(2));
    for n in 0..4 {
        set(&there, "post", "p1", &[("title", text(&format!("岗{n}")))], "修改");
    }
    let mut lines = bundle_of(&there).into_lines();
    lines.remove(1);
    let found = compare(&here, lines, 1);
    let holes: Vec<(u64, u64)> = found.holes.iter().map(|hole| (hole.from, hole.to)).collect();
    assert_eq!(holes, [(2, 2)]);
}

#[test]
fn j23_a_file_of_later_actions_is_held_beside_what_both_had_before() {
    let (here, there) = (desk(1), desk(2));
    set(&there, "post", "p1", &[("title", text("文书岗")), ("place", text("一楼"))], "新建");
    hear(&here, &there);
    set(&there, "post", "p1", &[("title", text("综合岗"))], "修改");
    let known = Knows::from([(there.meta().replica, 1)]);
    let found = compare(&here, since(&there, known), 1);
    assert!(found.partial);
    assert_eq!(told(&found), ["post p1 岗位名称: 文书岗 / 综合岗 WeLack"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn j23_differing_records_are_those_that_differ_and_the_buttons_mend_them(
        steps in steps(), budget in 1usize..50,
    ) {
        let desks = run(&steps);
        let (here, there) = (&desks[0], &desks[1]);
        let found = compare(here, bundle_of(there).into_lines(), budget);
        prop_assert_eq!(found.records.is_empty(), hash(here) == hash(there));
        let version = |desk: &Desk<Memory>| desk.read(|fold| fold.heads().version());
        prop_assert_eq!(found.is_equal(), hash(here) == hash(there) && version(here) == version(there));
        prop_assert_eq!(found.faults(), 0);
        prop_assert!(found.records.iter().all(|record| !record.fields.is_empty()));
        let back = beside(there, here);
        let names = |found: &Comparison| found.records.iter().map(|at| (at.kind.clone(), at.id.clone())).collect::<Vec<_>>();
        prop_assert_eq!(names(&found), names(&back), "seen from the other side the same records differ");
        let turned = |why: Why| match why {
            Why::WeLack => Why::TheyLack,
            Why::TheyLack => Why::WeLack,
            other => other,
        };
        let whys = |found: &Comparison| found.records.iter().flat_map(|at| at.fields.iter().map(|field| field.why)).collect::<Vec<_>>();
        prop_assert_eq!(whys(&found), whys(&back).into_iter().map(turned).collect::<Vec<_>>());
        // What they lack goes out, what we lack comes in: then both say the same.
        now(there.take(since(here, found.they_know), "导入")).expect("take");
        now(here.take(bundle_of(there).into_lines(), "导入")).expect("take");
        prop_assert!(beside(here, there).is_equal());
    }
}
