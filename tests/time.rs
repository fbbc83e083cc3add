//! The past of a township: any moment, any record's life, and the way back. SPEC.md J20–J23.

mod support;

use std::rc::Rc;

use gangtu::journal::life::{Deed, Event, Life};
use gangtu::journal::log::Log;
use gangtu::journal::memory::Memory;
use gangtu::journal::moments::Moments;
use gangtu::journal::past::{Past, end_of};
use gangtu::journal::restore::{Plan, TakingBack, Why};
use gangtu::journal::stamp::{Stamp, Time, millis};
use gangtu::journal::{Action, Desk, Draft, Fold};
use gangtu::model::{Value, schema};
use proptest::prelude::*;
use support::apart::{clocks, hear, run_at, set, steps, text, words};
use support::{at, desk, id, now};

fn rows(desk: &Desk<Memory>) -> Rc<Vec<String>> {
    Rc::new(now(desk.rows()).expect("rows"))
}

fn past(desk: &Desk<Memory>, until: Time, bytes: usize) -> Fold {
    let mut past = Past::begin(rows(desk), until, desk.read(Moments::of));
    while !past.step(bytes).expect("reads") {}
    past.finish()
}

fn life(desk: &Desk<Memory>, kind: &str, record: &str) -> Vec<Event> {
    let kind = schema().kind(kind).expect("kind");
    let mut life = Life::begin(kind, id(record), rows(desk));
    while !life.step(100) {}
    life.tell()
}

fn sentences(event: &Event) -> Vec<String> {
    event.parts.iter().flat_map(|part| part.lines.iter().map(|line| line.sentence())).collect()
}

fn cell(desk: &Desk<Memory>, kind: &str, record: &str, field: &str) -> Value {
    let (_, field) = at(kind, field);
    desk.read(|fold| {
        let row = fold.township().row(kind, record);
        row.map_or(Value::Null, |row| row.cells[field].clone())
    })
}

fn last_stamp(desk: &Desk<Memory>) -> Stamp {
    desk.read(|fold| fold.heads().iter().last().map(|(at, _)| fold.heads().stamp(at)))
        .expect("an action")
}

fn take_back(desk: &Desk<Memory>, stamps: &[Stamp]) -> Plan {
    let mut taking = TakingBack::begin(rows(desk), stamps.to_vec());
    while !taking.step(100) {}
    desk.read(|fold| taking.plan(fold, "收回"))
}

/// When an action counts as made, on a copy.
fn order(desk: &Desk<Memory>, action: &Action) -> Time {
    desk.read(|fold| fold.heads().order(fold.heads().find(&action.stamp()).expect("known")))
}

/// The oracle: every action of the copy that counts by then, and nothing else, folded one by one.
fn filtered(desk: &Desk<Memory>, actions: &[Action], until: Time) -> Fold {
    let mut fold = Fold::default();
    let mut wanted: Vec<&Action> =
        actions.iter().filter(|action| order(desk, action) <= until).collect();
    wanted.sort_by_key(|action| (&action.replica, action.counter));
    for action in wanted {
        fold.apply(action);
    }
    fold.settle_trees();
    fold
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn j20_the_past_is_the_fold_of_what_was_recorded_by_then(
        clocks in clocks(), steps in steps(), bytes in 1usize..2_000, pick in any::<prop::sample::Index>(),
    ) {
        for desk in run_at(clocks, &steps) {
            let log = now(desk.log()).expect("log");
            let mut times: Vec<Time> = log.actions().iter().map(|action| order(&desk, action)).collect();
            times.extend([0, u64::MAX]);
            let until = *pick.get(&times);
            for until in [until, until.saturating_sub(1), end_of(millis(until))] {
                let there = past(&desk, until, bytes);
                let oracle = filtered(&desk, log.actions(), until);
                prop_assert_eq!(there.state_hash(), oracle.state_hash());
                prop_assert_eq!(there.heads().version(), oracle.heads().version());
            }
            prop_assert_eq!(past(&desk, u64::MAX, bytes).state_hash(), desk.read(|fold| fold.state_hash()));
        }
    }

    #[test]
    fn j22_taking_back_leaves_what_the_others_made_and_what_was_written_since(
        clocks in clocks(), steps in steps(), pick in any::<prop::sample::Index>(),
    ) {
        for desk in run_at(clocks, &steps) {
            let log = now(desk.log()).expect("log");
            let Some(action) = (!log.actions().is_empty()).then(|| pick.get(log.actions()).clone()) else { continue };
            let own = action.stamp();
            let rest: Vec<Action> = log.actions().iter().filter(|at| at.stamp() != own).cloned().collect();
            let before = desk.read(Fold::clone);
            let plan = take_back(&desk, std::slice::from_ref(&own));
            now(desk.commit(&plan.draft)).expect("commit");
            for group in action.groups.iter().filter(|group| group.kind.name() != "clock") {
                for op in &group.ops {
                    let was = before.register(&group.kind, &group.id, &op.reg);
                    let is = desk.read(|fold| fold.register(&group.kind, &group.id, &op.reg));
                    let value = |found: &Option<(Value, Stamp)>| found.clone().map_or(Value::Null, |at| at.0);
                    if was.as_ref().is_some_and(|(_, at)| *at == own) {
                        let place = |action: &Action| (order(&desk, action), action.stamp());
                        let names = (&*group.id, group.kind.name(), &*op.reg.name(&group.kind));
                        let expected = winner_by_definition(&rest, names, &place);
                        prop_assert_eq!(value(&is), expected);
                    } else {
                        prop_assert_eq!(is, was, "written since, left alone");
                    }
                }
            }
            prop_assert_eq!(take_back(&desk, &[own]).count, 0, "a second time there is nothing to do");
        }
    }
}

/// The head of a register among some actions: nobody else's op names it; of several the latest, in a
/// set one that is there.
fn winner_by_definition(
    actions: &[Action],
    (record, kind, reg): (&str, &str, &str),
    place: &dyn Fn(&Action) -> (Time, Stamp),
) -> Value {
    let mut ops = Vec::new();
    for action in actions {
        for group in
            action.groups.iter().filter(|group| &*group.id == record && group.kind.name() == kind)
        {
            ops.extend(
                group
                    .ops
                    .iter()
                    .filter(|op| op.reg.name(&group.kind) == reg)
                    .map(|op| (place(action), op)),
            );
        }
    }
    let replaced: Vec<&Stamp> = ops.iter().flat_map(|(_, op)| op.replaced()).collect();
    let heads = ops.iter().filter(|(at, _)| !replaced.contains(&&at.1));
    let winner =
        heads.max_by_key(|(at, op)| (reg.contains('/') && !op.value.is_null(), at.clone()));
    winner.map_or(Value::Null, |(_, op)| op.value.clone())
}

#[test]
fn j20_a_record_is_as_it_was_and_now_is_untouched() {
    let desk = desk(1);
    set(&desk, "post", "p1", &[("title", text("文书岗"))], "新建");
    let then = last_stamp(&desk).time;
    set(&desk, "post", "p1", &[("title", text("信息岗"))], "修改");
    set(&desk, "post", "p2", &[("title", text("后来的岗"))], "新建");
    let there = past(&desk, then, 7);
    let title = |fold: &Fold| fold.township().title_of("post", "p1");
    assert_eq!(title(&there), "文书岗");
    assert!(there.township().row("post", "p2").is_none());
    assert_eq!(desk.read(title), "信息岗");
}

#[test]
fn j21_a_life_is_told_in_sentences_with_the_names_of_the_day() {
    let desk = desk(1);
    set(&desk, "person", "z", &[("name", text("张小三"))], "新建人员");
    set(&desk, "post", "p1", &[("title", text("文书岗"))], "新建岗位“文书岗”");
    let seat = [("person", text("z")), ("post", text("p1")), ("role", text("a"))];
    set(&desk, "holding", "h1", &seat, "新建任职");
    set(&desk, "person", "z", &[("name", text("张三"))], "修改人员");
    set(
        &desk,
        "post",
        "p1",
        &[("duties", text("收发文件")), ("since", text("2026-06-15"))],
        "修改岗位",
    );
    set(&desk, "holding", "h1", &[("until", text("2026-07-01"))], "结束任职");
    set(&desk, "post", "p1", &[("duties", text("收发文件、管印章"))], "修改岗位");
    let events = life(&desk, "post", "p1");
    let told: Vec<(Deed, Vec<String>)> =
        events.iter().map(|event| (event.deed, sentences(event))).collect();
    let told: Vec<(Deed, Vec<&str>)> = told
        .iter()
        .map(|(deed, list)| (*deed, list.iter().map(String::as_str).collect()))
        .collect();
    assert_eq!(
        told,
        [
            (Deed::Changed, vec!["把“岗位职责”从 收发文件 改为 收发文件、管印章"]),
            (Deed::Changed, vec!["填写“结束日期”：2026年7月1日"]),
            (Deed::Changed, vec!["填写“岗位职责”：收发文件", "填写“起始日期”：2026年6月15日"]),
            (Deed::Changed, vec!["填写“A/B岗”：A岗"]),
            (Deed::Made, vec!["填写“岗位名称”：文书岗"]),
        ]
    );
    assert_eq!(events[1].parts[0].title, "张三 · 文书岗", "by then the person was called so");
    assert_eq!(events[3].parts[0].title, "张小三 · 文书岗", "and when it was made so");
    assert!(!events[1].parts[0].own && events[3].parts[0].made);
}

#[test]
fn j21_sets_are_told_member_by_member_and_undo_as_undo() {
    let desk = desk(1);
    set(&desk, "matter", "m", &[("terms", words(&["低保", "吃低保"]))], "新建办事事项");
    set(&desk, "matter", "m", &[("terms", words(&["吃低保"]))], "修改办事事项");
    now(desk.undo()).expect("undo");
    let events = life(&desk, "matter", "m");
    let label = {
        let (kind, field) = at("matter", "terms");
        schema().kinds[kind].spec.fields[field].label
    };
    assert_eq!(events[0].deed, Deed::Undone);
    assert_eq!(sentences(&events[0]), [format!("在“{label}”里加上 低保")]);
    assert_eq!(sentences(&events[1]), [format!("从“{label}”里去掉 低保")]);
    assert_eq!(sentences(&events[2]).len(), 2);
    assert_eq!(events.len(), 3);
}

#[test]
fn j21_what_was_changed_apart_is_told_beside_it_and_the_decision_as_one() {
    let (here, there) = (desk(1), desk(2));
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    hear(&there, &here);
    set(&here, "post", "p1", &[("title", text("文书档案岗"))], "修改");
    set(&there, "post", "p1", &[("title", text("综合岗"))], "修改");
    hear(&here, &there);
    let conflict = here.read(|fold| fold.conflicts()).remove(0);
    let mut draft = Draft::new("处理分歧");
    draft.decide(conflict.kind, &conflict.id, conflict.register, text("文书档案岗"));
    now(here.commit(&draft)).expect("commit");
    let events = life(&here, "post", "p1");
    assert_eq!(events[0].deed, Deed::Decided);
    let apart =
        events.iter().flat_map(|event| &event.parts[0].lines).find(|line| !line.beside.is_empty());
    let apart = apart.expect("the later of the two names the other");
    assert_eq!(apart.from, "文书岗", "what its author saw");
    assert!(
        ["文书档案岗", "综合岗"].contains(&&*apart.beside[0].said)
            && apart.beside[0].said != apart.to
    );
    assert_eq!(&*apart.beside[0].by, "王小满");
}

#[test]
fn j21_a_life_of_hundreds_of_changes_is_whole_and_in_order() {
    let desk = desk(1);
    for n in 0..400 {
        set(&desk, "post", "p1", &[("title", text(&format!("岗{n}")))], "修改");
        set(&desk, "post", "p2", &[("title", text(&format!("别的岗{n}")))], "修改");
    }
    let events = life(&desk, "post", "p1");
    assert_eq!(events.len(), 400);
    assert_eq!(sentences(&events[0]), ["把“岗位名称”从 岗398 改为 岗399"]);
    assert!(events.is_sorted_by(|a, b| a.stamp > b.stamp));
    assert!(life(&desk, "post", "p3").is_empty());
}

#[test]
fn j22_one_field_and_one_record_go_back_and_nothing_else() {
    let desk = desk(1);
    set(&desk, "post", "p1", &[("title", text("文书岗")), ("place", text("一楼"))], "新建");
    set(&desk, "post", "p1", &[("title", text("信息岗")), ("duties", text("发文"))], "修改");
    let (kind, title) = at("post", "title");
    let cells = life(&desk, "post", "p1").pop().and_then(|event| event.cells).expect("cells");
    let plan =
        |only| desk.read(|fold| Plan::of_record(fold, (kind, &id("p1")), &cells, only, "恢复岗位"));
    assert_eq!((plan(Some(title)).count, plan(None).count), (1, 2));
    now(desk.commit(&plan(Some(title)).draft)).expect("commit");
    assert_eq!(cell(&desk, "post", "p1", "title"), text("文书岗"));
    assert_eq!(cell(&desk, "post", "p1", "duties"), text("发文"));
    now(desk.commit(&plan(None).draft)).expect("commit");
    assert_eq!(cell(&desk, "post", "p1", "duties"), Value::Null);
    let seq = desk.meta().seq;
    assert_eq!(plan(None).count, 0);
    now(desk.commit(&plan(None).draft)).expect("commit");
    assert_eq!(desk.meta().seq, seq, "nothing differs, nothing is written");
    now(desk.undo()).expect("one undo");
    assert_eq!(cell(&desk, "post", "p1", "duties"), text("发文"));
}

#[test]
fn j22_what_a_record_must_have_is_not_emptied() {
    let desk = desk(1);
    set(&desk, "post", "p1", &[("place", text("一楼"))], "新建");
    set(&desk, "post", "p1", &[("title", text("文书岗"))], "修改");
    let kind = schema().kind("post").expect("kind");
    let cells = life(&desk, "post", "p1").pop().and_then(|event| event.cells).expect("cells");
    let plan = desk.read(|fold| Plan::of_record(fold, (kind, &id("p1")), &cells, None, "恢复"));
    assert_eq!((plan.count, &plan.kept[0].why), (0, &Why::Required));
}

#[test]
fn j22_an_import_older_than_this_tab_is_taken_back_but_for_what_was_written_since() {
    let (here, there) = (desk(1), desk(2));
    set(&here, "post", "p1", &[("title", text("文书岗"))], "新建");
    hear(&there, &here);
    set(&there, "post", "p1", &[("title", text("综合岗")), ("place", text("二楼"))], "修改");
    set(&there, "post", "p2", &[("title", text("新岗"))], "新建");
    set(&there, "post", "p2", &[("title", text("更新的岗"))], "修改");
    hear(&here, &there);
    set(&here, "post", "p1", &[("place", text("三楼"))], "修改");
    let here =
        now(Desk::open(here.storage().clone(), support::world(3))).expect("open").expect("base");
    let own = here.meta().replica;
    let arrivals = here.read(|fold| fold.arrivals(&own));
    assert_eq!(arrivals.len(), 1);
    assert_eq!((arrivals[0].count(), arrivals[0].is_beginning()), (3, false));
    let stamps = here.read(|fold| arrivals[0].stamps(fold.heads()));
    let plan = take_back(&here, &stamps);
    let lines: Vec<[&str; 3]> =
        plan.lines.iter().map(|line| [&*line.record, &*line.now, &*line.then]).collect();
    assert_eq!(
        lines,
        [["岗位“综合岗”", "综合岗", "文书岗"], ["岗位“更新的岗”", "更新的岗", "（空）"]]
    );
    assert_eq!((plan.kept_count, &*plan.kept[0].label), (1, "办公地点"));
    assert!(matches!(plan.kept[0].why, Why::Later { .. }));
    now(here.commit(&plan.draft)).expect("commit");
    assert_eq!(cell(&here, "post", "p1", "title"), text("文书岗"));
    assert_eq!(cell(&here, "post", "p1", "place"), text("三楼"));
    assert!(here.read(|fold| fold.township().row("post", "p2").is_none()));
    now(here.undo()).expect("one undo");
    assert_eq!(cell(&here, "post", "p2", "title"), text("更新的岗"));
}

#[test]
fn j22_two_imports_in_a_row_are_two() {
    let (here, a, b) = (desk(1), desk(2), desk(3));
    set(&here, "post", "p0", &[("title", text("本机"))], "新建");
    set(&a, "post", "p1", &[("title", text("甲"))], "新建");
    set(&a, "post", "p1", &[("title", text("甲二"))], "修改");
    set(&b, "post", "p2", &[("title", text("乙"))], "新建");
    hear(&here, &a);
    hear(&here, &b);
    let own = here.meta().replica;
    let counts: Vec<usize> =
        here.read(|fold| fold.arrivals(&own)).iter().map(|at| at.count()).collect();
    assert_eq!(counts, [1, 2]);
}

#[test]
fn j20_a_moment_reads_the_same_from_any_log() {
    let desk = desk(1);
    set(
        &desk,
        "post",
        "p1",
        &[("title", text("\"t\":\"0000000000000000\" 的岗"))],
        "what\",\"t\":\"",
    );
    let read = now(desk.rows()).expect("rows");
    let log = Log::read(read.iter().map(String::as_str));
    let before = log.actions()[0].time - 1;
    assert!(past(&desk, before, 9).heads().is_empty());
    assert_eq!(past(&desk, u64::MAX, 9).heads().len(), 1);
}
