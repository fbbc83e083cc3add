//! Faults of storage, tabs and copies, as a desk meets them. SPEC.md J- and B-rules are in the names.

mod support;

use gangtu::bundle::{Bundle, BundleError, Plan, Since, export};
use gangtu::journal::hash::sha256_hex;
use gangtu::journal::intake::Line;
use gangtu::journal::memory::Memory;
use gangtu::journal::stamp::{ReplicaId, tick};
use gangtu::journal::{Action, Desk, Draft, Fold, Meta, Storage, StoreError};
use gangtu::model::Value;
use support::{at, copied, desk, id, now, world};

fn write(desk: &Desk<Memory>, record: &str, title: &str) {
    let (kind, field) = at("post", "title");
    let mut draft = Draft::new("改岗位名称");
    draft.set(kind, &id(record), field, Value::text(title));
    now(desk.commit(&draft)).expect("commit");
}

fn title(desk: &Desk<Memory>, record: &str) -> Option<String> {
    let (_, field) = at("post", "title");
    desk.read(|fold| {
        let row = fold.township().row("post", record)?;
        row.cells[field].as_str().map(str::to_string)
    })
}

fn lines(rows: &[String]) -> Vec<Line> {
    let read = |text: &str| Line::new(text.to_string(), Action::from_line(text).expect("action"));
    rows.iter().flat_map(|row| row.lines()).map(read).collect()
}

fn rows(desk: &Desk<Memory>) -> Vec<String> {
    now(desk.rows()).expect("rows")
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn again(desk: &Desk<Memory>, seed: u128) -> Desk<Memory> {
    now(Desk::open(desk.storage().clone(), world(seed))).expect("open").expect("base")
}

#[test]
fn j5_a_meta_row_of_a_newer_program_is_named_whatever_its_shape() {
    let newer = Err(StoreError::Newer { base: 7 });
    assert_eq!(Meta::read(r#"{"version":7,"epoch":{}}"#), newer);
    assert!(matches!(Meta::read("{}"), Err(StoreError::Corrupt(_))));
}

#[test]
fn j8_a_snapshot_that_cannot_be_read_costs_time_and_no_data() {
    let desk = desk(1);
    write(&desk, "p1", "文书岗");
    now(desk.snapshot()).expect("snapshot");
    write(&desk, "p2", "信息岗");
    let whole = desk.read(Fold::to_snapshot).chunks;
    let cut = whole.iter().map(|chunk| chunk[..chunk.len() - 1].to_string()).collect();
    let broken = vec!["{\"records\":[".to_string()];
    let newer = vec!["{\"portraits\":[]}".to_string()];
    for chunks in [broken, newer, Vec::new(), cut] {
        let mut chunks = chunks.into_iter();
        now(desk.storage().put_snapshot(&|_| Ok(()), &mut || chunks.next(), 1)).expect("put");
        assert_eq!(hash(&again(&desk, 2)), hash(&desk));
    }
}

#[test]
fn j8_the_deepest_value_a_line_can_hold_comes_back_from_a_snapshot_or_without_one() {
    let desk = desk(1);
    for depth in 115..128 {
        let deep = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let line = format!(
            r#"{{"by":"","n":1,"ops":[["post","p{depth}",{{"odd":{deep}}}]],"r":"d{depth}","t":"0000000000010000","what":""}}"#
        );
        let Ok(action) = Action::from_line(&line) else { continue };
        now(desk.take(vec![Line::new(line, action)], "导入")).expect("take");
    }
    now(desk.snapshot()).expect("snapshot");
    assert_eq!(hash(&again(&desk, 2)), hash(&desk));
}

#[test]
fn j9_what_two_tabs_take_at_once_is_stored_once() {
    let (source, first) = (desk(1), desk(2));
    write(&source, "p1", "文书岗");
    let second = again(&first, 3);
    let bundle = lines(&rows(&source));
    assert_eq!(now(first.take(bundle.clone(), "导入")).expect("take").applied, 1);
    // The second tab has not heard of it yet.
    let taken = now(second.take(bundle, "导入")).expect("take");
    assert_eq!((taken.applied, taken.known), (0, 1));
    assert_eq!(rows(&second).len(), 1);
    assert_eq!(hash(&first), hash(&second));
}

#[test]
fn j9_a_base_two_tabs_begin_at_once_is_begun_once() {
    let store = Memory::default();
    let begin = |seed| Desk::create(store.clone(), world(seed), "yunxi".into(), "王小满");
    let first = now(begin(1)).expect("desk");
    write(&first, "p1", "文书岗");
    let second = now(begin(2)).expect("desk");
    assert_eq!(second.meta().replica, first.meta().replica);
    assert_eq!(title(&second, "p1").as_deref(), Some("文书岗"));
}

#[test]
fn b3_what_waits_in_one_tab_survives_an_import_in_another() {
    let (source, other, first) = (desk(1), desk(2), desk(3));
    write(&source, "p1", "甲");
    write(&source, "p1", "乙");
    write(&other, "p2", "丙");
    let second = again(&first, 4);
    let (early, late) = (rows(&source)[..1].to_vec(), rows(&source)[1..].to_vec());
    now(first.take(lines(&late), "导入")).expect("take");
    now(second.take(lines(&rows(&other)), "导入")).expect("take");
    assert_eq!(second.parked(), late);
    now(second.take(lines(&early), "导入")).expect("take");
    assert_eq!(title(&second, "p1").as_deref(), Some("乙"));
}

#[test]
fn j14_what_a_page_holds_when_its_base_is_gone_makes_the_same_tables_and_merges() {
    let here = desk(1);
    write(&here, "p1", "文书岗");
    let known_elsewhere = rows(&here);
    write(&here, "p1", "信息岗");
    let (kind, field) = at("matter", "terms");
    let mut draft = Draft::new("加叫法");
    draft.set(kind, &id("m1"), field, Value::Set(["低保".into()].as_slice().into()));
    now(here.commit(&draft)).expect("commit");
    now(here.storage().erase()).expect("erase");
    assert_eq!(now(here.rows()), Err(StoreError::Gone.into()));

    let rescued = here.rescue();
    let (empty, partly) = (desk(2), desk(3));
    now(partly.take(lines(&known_elsewhere), "导入")).expect("take");
    for there in [&empty, &partly] {
        now(there.take(lines(&rescued), "导入")).expect("take");
        assert_eq!(title(there, "p1").as_deref(), Some("信息岗"));
        let terms =
            |fold: &Fold| fold.township().row("matter", "m1").map(|row| row.cells[field].clone());
        assert_eq!(there.read(terms), here.read(terms));
    }
}

#[test]
fn j15_a_copy_that_meets_its_own_name_on_later_actions_goes_on_under_another() {
    let here = desk(1);
    write(&here, "p1", "甲");
    let backup = copied(&here, 2);
    write(&here, "p2", "乙");
    now(backup.take(lines(&rows(&here)), "导入")).expect("take");
    write(&backup, "p3", "丙");
    assert_ne!(backup.meta().replica, here.meta().replica);
    assert_eq!(title(&backup, "p3").as_deref(), Some("丙"), "nothing is dropped as known");
    now(here.take(lines(&rows(&backup)), "导入")).expect("take");
    assert_eq!(hash(&here), hash(&backup));
}

#[test]
fn j15_two_copies_that_went_on_under_one_name_are_both_kept_and_the_fork_is_named() {
    let here = desk(1);
    write(&here, "p1", "甲");
    let twin = copied(&here, 2);
    write(&here, "p2", "这边");
    write(&here, "p4", "这边又改");
    write(&twin, "p3", "那边");
    let text = export(&twin.meta(), "云溪镇", &rows(&twin), &Since::Start, 0);
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let plan = here.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).expect("plan");
    let named: Vec<(&str, u64)> =
        plan.forked.iter().map(|fork| (fork.replica.as_str(), fork.counter)).collect();
    assert_eq!(named, [(&*twin.meta().replica, 2)]);
    now(here.take(bundle.into_lines(), "导入")).expect("take");
    for (post, name) in [("p1", "甲"), ("p2", "这边"), ("p3", "那边"), ("p4", "这边又改")]
    {
        assert_eq!(title(&here, post).as_deref(), Some(name));
    }
    assert_ne!(here.meta().replica, twin.meta().replica, "the copy goes on under a new name");
    write(&here, "p5", "新名下");
    // The other side hears of it, a third hears both, in another order.
    now(twin.take(lines(&rows(&here)), "导入")).expect("take");
    write(&twin, "p6", "也是新名");
    now(here.take(lines(&rows(&twin)), "导入")).expect("take");
    let third = desk(3);
    now(third.take(lines(&rows(&here)), "导入")).expect("take");
    assert_eq!(hash(&here), hash(&twin));
    assert_eq!(hash(&here), hash(&third));
    let names = [&here, &twin, &third].map(|desk| desk.meta().replica);
    assert!(names[0] != names[1] && names[1] != names[2]);
    let reopened = now(Desk::open(here.storage().clone(), world(9))).expect("open").expect("base");
    assert_eq!(hash(&reopened), hash(&here));
    now(here.snapshot()).expect("snapshot");
    let reopened = now(Desk::open(here.storage().clone(), world(9))).expect("open").expect("base");
    assert_eq!(now(reopened.take(lines(&rows(&twin)), "导入")).expect("take").applied, 0);
}

#[test]
fn j4_the_clock_stands_at_its_end_instead_of_starting_over() {
    assert_eq!(tick(u64::MAX, 1_000), u64::MAX);
}

#[test]
fn b4_counters_and_times_no_copy_gives_are_refused() {
    let line =
        |n: &str, t: &str| format!(r#"{{"by":"","n":{n},"ops":[],"r":"a1","t":"{t}","what":""}}"#);
    let soon = "0000000000010000";
    for n in ["0", "-1", "9007199254740992", "1e30", "\"3\""] {
        assert!(Action::from_line(&line(n, soon)).is_err(), "{n}");
    }
    let meta = Meta::new("yunxi".into(), &ReplicaId::from_random(7), "");
    let far = export(&meta, "云溪镇", &[line("1", "ffffffffffffffff")], &Since::Start, 0);
    let mut bundle = Bundle::open(far.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    let too_far = BundleError::TimeTooFar { replica: "a1".to_string(), counter: 1 };
    assert_eq!(bundle.read_all(), Err(too_far));
    let two = [line("1", soon), line("2", "0000000000020000")];
    let twice = export(&meta, "云溪镇", &two, &Since::Start, 0).replace("\"n\":2", "\"n\":1");
    let twice = twice.replace("0000000000020000", soon);
    let covered = twice.rfind(",\"hash\":").map(|end| &twice[..end]).expect("hash");
    let sealed = format!("{covered},\"hash\":\"{}\"}}\n", sha256_hex(covered.as_bytes()));
    let mut bundle = Bundle::open(sealed.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    assert!(bundle.read_all().is_err(), "one counter twice in one bundle");
}
