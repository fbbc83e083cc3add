//! Copies edited apart that become one again: conflicts and their decisions.

mod support;

use gangtu::bundle::{Bundle, Plan};
use gangtu::journal::conflict::Conflict;
use gangtu::journal::intake::{Line, Refused};
use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, DeskError, Draft};
use gangtu::model::Value;
use support::{at, bundle_of, copied, desk, id, now, world};

fn write(desk: &Desk<Memory>, field: &str, value: &str) {
    let (kind, field) = at("post", field);
    let mut draft = Draft::new("修改岗位");
    draft.set(kind, &id("p1"), field, Value::text(value));
    now(desk.commit(&draft)).expect("commit");
}

fn title(desk: &Desk<Memory>) -> Value {
    let (_, field) = at("post", "title");
    desk.read(|fold| fold.township().row("post", "p1").expect("post").cells[field].clone())
}

fn lines(desk: &Desk<Memory>) -> Vec<Line> {
    bundle_of(desk).into_lines()
}

fn hear(to: &Desk<Memory>, from: &Desk<Memory>) {
    now(to.take(lines(from), "导入数据包")).expect("take");
}

fn conflicts(desk: &Desk<Memory>) -> Vec<Conflict> {
    desk.read(|fold| fold.conflicts())
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn decide(draft: &mut Draft, conflict: &Conflict, claim: usize) {
    let value = conflict.claims[claim].value.clone();
    draft.decide(conflict.kind, &conflict.id, conflict.register, value);
}

/// Two copies of one post, its name changed on both.
fn apart() -> (Desk<Memory>, Desk<Memory>) {
    let (here, there) = (desk(1), desk(2));
    write(&here, "title", "文书岗");
    hear(&there, &here);
    now(there.set_author("李秀英")).expect("author");
    write(&here, "title", "文书档案岗");
    write(&there, "title", "综合文书岗");
    (here, there)
}

#[test]
fn j16_what_two_people_wrote_apart_is_listed_with_both_values_and_names() {
    let (here, there) = apart();
    write(&there, "phone", "1000-0001");
    hear(&here, &there);
    let found = conflicts(&here);
    assert_eq!(found.len(), 1, "the phone was changed by one only");
    let told: Vec<(&str, &str)> = found[0]
        .claims
        .iter()
        .map(|claim| (claim.value.as_str().expect("text"), &*claim.by))
        .collect();
    let mut sorted = told.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, [("文书档案岗", "王小满"), ("综合文书岗", "李秀英")]);
    assert_eq!(Some(told[0].0), title(&here).as_str(), "what counts stands first");
}

#[test]
fn j16_the_same_value_written_twice_is_no_conflict() {
    let (here, there) = (desk(1), desk(2));
    write(&here, "title", "文书岗");
    hear(&there, &here);
    write(&here, "title", "信息岗");
    write(&there, "title", "信息岗");
    hear(&here, &there);
    assert_eq!(conflicts(&here), []);
}

#[test]
fn j16_a_decision_holds_on_every_copy_and_the_conflict_does_not_come_back() {
    for claim in [0, 1] {
        let (here, there) = apart();
        hear(&here, &there);
        let conflict = conflicts(&here).remove(0);
        let mut draft = Draft::new("处理分歧");
        decide(&mut draft, &conflict, claim);
        now(here.commit(&draft)).expect("commit");
        assert_eq!(conflicts(&here), []);
        assert_eq!(title(&here), conflict.claims[claim].value);
        // The other side has not heard yet and goes on elsewhere.
        write(&there, "phone", "1000-0001");
        hear(&here, &there);
        assert_eq!(conflicts(&here), [], "old claims stay decided");
        hear(&there, &here);
        assert_eq!(conflicts(&there), []);
        assert_eq!(hash(&here), hash(&there));
        assert_eq!(title(&there), conflict.claims[claim].value);
    }
}

#[test]
fn j16_an_edit_made_beside_the_decision_is_a_conflict_of_its_own() {
    let (here, there) = apart();
    hear(&here, &there);
    let mut draft = Draft::new("处理分歧");
    decide(&mut draft, &conflicts(&here)[0], 0);
    now(here.commit(&draft)).expect("commit");
    write(&there, "title", "文秘岗");
    hear(&here, &there);
    let values: Vec<Value> =
        conflicts(&here)[0].claims.iter().map(|claim| claim.value.clone()).collect();
    assert_eq!(values.len(), 2);
    assert!(values.contains(&Value::text("文秘岗")));
}

#[test]
fn j17_taking_and_deciding_are_one_write_and_one_step_back() {
    let (here, there) = apart();
    let before = title(&here);
    let taken = lines(&there);
    let preview = here
        .plan(|base| gangtu::journal::intake::Intake::sort(base, taken.clone()).preview(base.fold));
    let conflict = preview.conflicts().remove(0);
    let theirs = conflict.claims.iter().position(|claim| claim.value != before).expect("theirs");
    let mut draft = Draft::new("合并数据包");
    decide(&mut draft, &conflict, theirs);
    let rows = here.meta().seq;
    now(here.merge(taken, &draft)).expect("merge");
    assert_eq!(title(&here), conflict.claims[theirs].value);
    assert_eq!(conflicts(&here), []);
    assert!(here.meta().seq > rows);
    let again = now(Desk::open(here.storage().clone(), world(9))).expect("open").expect("base");
    assert_eq!(hash(&again), hash(&here));
    now(here.undo()).expect("undo");
    assert_eq!(title(&here), before);
}

#[test]
fn j17_a_merge_that_cannot_be_written_changes_nothing() {
    let (here, there) = apart();
    let taken = lines(&there);
    let before = (hash(&here), here.meta());
    now(gangtu::journal::Storage::erase(here.storage())).expect("erase");
    let mut draft = Draft::new("合并数据包");
    let (kind, _) = at("post", "title");
    let register = gangtu::model::schema().kinds[kind].register("title").expect("register");
    draft.decide(kind, &id("p1"), register, Value::text("别的岗"));
    assert!(now(here.merge(taken, &draft)).is_err());
    assert_eq!((hash(&here), here.meta()), before);
}

#[test]
fn j1_a_decision_reads_and_writes_the_same() {
    let (here, there) = apart();
    hear(&here, &there);
    let mut draft = Draft::new("处理分歧");
    decide(&mut draft, &conflicts(&here)[0], 1);
    now(here.commit(&draft)).expect("commit");
    let rows = now(here.rows()).expect("rows");
    let line = rows.last().expect("line");
    let action = gangtu::journal::Action::from_line(line).expect("action");
    assert_eq!(action.groups[0].ops[0].rivals.len(), 1, "{line}");
    assert_eq!(&action.to_line(), line);
}

#[test]
fn b12_many_bundles_are_planned_and_taken_as_one() {
    let (here, there) = apart();
    let third = desk(3);
    hear(&third, &there);
    now(third.set_author("陈大山")).expect("author");
    write(&third, "phone", "1000-0002");
    let bundles = [bundle_of(&there), bundle_of(&third)];
    let plan = here.plan(|base| Plan::of(&bundles, base)).expect("plan");
    let senders: Vec<&str> = plan.senders.iter().map(|sender| &*sender.name).collect();
    assert_eq!(senders, ["李秀英", "陈大山"]);
    assert_eq!((plan.new_actions, plan.conflicts.len()), (2, 1));
    let lines: Vec<Line> = bundles.into_iter().flat_map(Bundle::into_lines).collect();
    assert_eq!(now(here.take(lines, "合并数据包")).expect("take").applied, 2);
    hear(&third, &here);
    assert_eq!(hash(&third), hash(&here));
}

#[test]
fn b11_one_stamp_for_two_lines_is_refused_with_its_number() {
    let (here, there) = apart();
    write(&there, "phone", "1000-0001");
    let forged = |line: &Line| {
        let text = line.text.replace("1000-0001", "1000-0009");
        let action = gangtu::journal::Action::from_line(&text).expect("action");
        Line::new(text, action)
    };
    let both: Vec<Line> =
        lines(&there).iter().flat_map(|line| [line.clone(), forged(line)]).collect();
    let before = hash(&here);
    let refused = now(here.take(both, "导入")).expect_err("refused").to_string();
    assert!(refused.contains("第 2 条") && refused.contains("没有导入"), "{refused}");
    assert_eq!(hash(&here), before);
}

/// Lines as a file, read as any file is.
fn read(lines: &[String]) -> Result<Vec<Line>, String> {
    let meta = desk(7).meta();
    let text = gangtu::bundle::export(&meta, "云溪镇", lines, &Default::default(), 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().map_err(|error| error.to_string())?;
    Ok(bundle.into_lines())
}

#[test]
fn j18_a_line_altered_or_taken_out_in_the_middle_is_found_and_named() {
    let there = desk(2);
    for title in ["文书岗", "信息岗", "档案岗"] {
        write(&there, "title", title);
    }
    let sound = now(there.rows()).expect("rows");
    let altered: Vec<String> = sound.iter().map(|line| line.replace("信息岗", "会计岗")).collect();
    let refused = read(&altered).expect_err("refused");
    assert!(refused.contains("第 2 条") && refused.contains(&*there.meta().replica), "{refused}");
    // A line that drops its link after others had one.
    let mut stripped = sound.clone();
    let at = stripped[2].find(",\"p\":").expect("link");
    stripped[2].replace_range(at..at + 39, "");
    let refused = read(&stripped).expect_err("refused");
    assert!(refused.contains("第 2 条"), "{refused}");
    // Nor does it in another order, or in a file that comes later: such a file nobody could read again.
    assert!(read(&[stripped[2].clone(), stripped[1].clone(), stripped[0].clone()]).is_err());
    let later = desk(4);
    now(later.take(read(&sound[..2]).expect("sound"), "导入")).expect("take");
    let refused = now(later.take(read(&stripped[2..]).expect("alone"), "导入"));
    assert!(matches!(refused, Err(DeskError::Refused(Refused::Altered(_)))), "{refused:?}");
    // One taken out leaves a gap that is named.
    let third = desk(3);
    let gap = read(&[sound[0].clone(), sound[2].clone()]).expect("a gap is honest");
    now(third.take(gap, "导入")).expect("take");
    assert_eq!(third.parked().len(), 1);
}

#[test]
fn j18_a_line_whose_own_side_has_not_come_waits_and_comes_with_the_next_file() {
    let here = desk(1);
    write(&here, "title", "文书岗");
    let twin = copied(&here, 8);
    write(&here, "title", "这边");
    for title in ["那边", "那边又改"] {
        write(&twin, "title", title);
    }
    let rows = now(twin.rows()).expect("rows");
    // The twin was told of two actions under this name, and sends what comes after them.
    now(here.take(read(&rows[2..]).expect("lines"), "导入")).expect("take");
    assert_eq!((here.parked().len(), conflicts(&here).len()), (1, 0));
    assert_eq!(here.knows()[&twin.meta().replica], 1, "and says that it is sure of one only");
    now(here.take(read(&rows[1..]).expect("lines"), "导入")).expect("take");
    assert_eq!((here.parked().len(), conflicts(&here).len()), (0, 1));
}
