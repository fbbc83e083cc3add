//! One person's posts and duties as a file of its own, edited apart and merged at home. SPEC.md B16.

mod support;

use std::collections::BTreeSet;
use std::rc::Rc;

use gangtu::bundle::{Bundle, BundleError, Extract, Header, Plan, Since, write};
use gangtu::encoding::gb18030;
use gangtu::journal::basis::Age;
use gangtu::journal::desk::Offer;
use gangtu::journal::intake::Refused;
use gangtu::journal::life::Life;
use gangtu::journal::memory::Memory;
use gangtu::journal::moments::Moments;
use gangtu::journal::past::Past;
use gangtu::journal::restore::TakingBack;
use gangtu::journal::seeded::SeededWorld;
use gangtu::journal::{Desk, DeskError, Draft, Fold};
use gangtu::model::reach::{Reach, of_person};
use gangtu::model::{Date, FieldType, RecordId, Value, schema};
use proptest::prelude::*;
use support::apart::{set, text, words};
use support::{at, id, now, world};

const YUNXI: &str = include_str!("../samples/yunxi.json");
const START: u64 = 1_800_000_000_000;
const HOUR: u64 = 3_600_000;

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 22).expect("date")
}

fn desk_at(start: u64, seed: u128) -> Desk<Memory> {
    let world = SeededWorld::new(start, 1_000, seed * 2 + 1);
    now(Desk::create(Memory::default(), world, "yunxi".into(), "王小满")).expect("desk")
}

/// The person, a post with two duties and a window, a village, a cell, a colleague with secrets.
fn fill(desk: &Desk<Memory>) {
    set(
        desk,
        "town",
        "t",
        &[("name", text("云溪镇")), ("quota", Value::Int(61)), ("lead", text("p2"))],
        "建",
    );
    set(
        desk,
        "person",
        "p1",
        &[("name", text("李秀英")), ("mobile", text("10000000001")), ("unit", text("u1"))],
        "人",
    );
    let secret = [
        ("name", text("陈大山")),
        ("mobile", text("10009999999")),
        ("note", text("密：旧事")),
        ("party", text("密：面貌")),
        ("office_phone", text("10008888888")),
        ("leader", Value::Bool(true)),
    ];
    set(desk, "person", "p2", &secret, "人");
    set(desk, "unit", "u0", &[("name", text("班子"))], "机构");
    set(
        desk,
        "unit",
        "u1",
        &[("name", text("党政办")), ("parent", text("u0")), ("led_by", text("b9"))],
        "机构",
    );
    set(
        desk,
        "post",
        "b1",
        &[
            ("title", text("文书岗")),
            ("unit", text("u1")),
            ("standard", text("当日办结")),
            ("seats", Value::Int(2)),
        ],
        "岗位",
    );
    set(
        desk,
        "post",
        "b9",
        &[("title", text("分管领导")), ("unit", text("u0")), ("risk", text("密：风险"))],
        "岗位",
    );
    set(
        desk,
        "holding",
        "h1",
        &[("person", text("p1")), ("post", text("b1")), ("role", text("a"))],
        "任职",
    );
    set(
        desk,
        "holding",
        "h2",
        &[
            ("person", text("p2")),
            ("post", text("b1")),
            ("role", text("b")),
            ("main", Value::Bool(true)),
        ],
        "任职",
    );
    set(desk, "holding", "h3", &[("person", text("p2")), ("post", text("b9"))], "任职");
    for (duty, name) in [("d1", "公文办理"), ("d2", "档案"), ("d3", "信访")] {
        set(
            desk,
            "duty",
            duty,
            &[("name", text(name)), ("basis", text("依据")), ("unit", text("u1"))],
            "事项",
        );
    }
    set(
        desk,
        "duty_link",
        "l1",
        &[("post", text("b1")), ("duty", text("d1")), ("role", text("lead"))],
        "对应",
    );
    set(
        desk,
        "duty_link",
        "l2",
        &[("post", text("b1")), ("duty", text("d2")), ("scope", text("机关"))],
        "对应",
    );
    set(desk, "duty_link", "l3", &[("post", text("b9")), ("duty", text("d3"))], "对应");
    set(
        desk,
        "zone",
        "z1",
        &[("name", text("东片")), ("head", text("p2")), ("note", text("密：片"))],
        "片",
    );
    set(
        desk,
        "village",
        "v1",
        &[
            ("name", text("石桥村")),
            ("contact", text("p1")),
            ("secretary", text("p2")),
            ("zone", text("z1")),
        ],
        "村",
    );
    set(desk, "village", "v2", &[("name", text("柳湾村")), ("contact", text("p2"))], "村");
    set(
        desk,
        "grid_cell",
        "g1",
        &[
            ("name", text("一格")),
            ("village", text("v2")),
            ("keeper", text("p1")),
            ("risks", words(&["塘坝"])),
        ],
        "格",
    );
    set(desk, "window", "w1", &[("name", text("综合窗")), ("post", text("b1"))], "窗");
    set(
        desk,
        "matter",
        "m1",
        &[
            ("name", text("盖章")),
            ("window", text("w1")),
            ("post", text("b1")),
            ("terms", words(&["用印"])),
        ],
        "事",
    );
}

fn header(home: &Desk<Memory>) -> Header {
    Header::next(&home.meta(), "云溪镇", home.knows(), START)
}

fn extract(home: &Desk<Memory>, person: &str) -> Extract {
    let header = header(home);
    let made =
        home.read(|fold| Extract::of(fold, &fold.township().on(day()), &id(person), &header));
    let written = made.expect("person").write();
    Extract::open(written.as_bytes(), &gb18030).expect("extract")
}

fn open_at(extract: &Extract, start: u64, seed: u128) -> Desk<Memory> {
    let world = SeededWorld::new(start, 1_000, seed * 2 + 1);
    let township = extract.township.as_str().into();
    let desk = now(Desk::create_extract(Memory::default(), world, township, &extract.of));
    let desk = desk.expect("desk");
    now(desk.renew(&extract.of, &extract.basis)).expect("begins");
    desk
}

fn opened(extract: &Extract) -> Desk<Memory> {
    open_at(extract, START + HOUR, 7)
}

/// What a copy sends, read as from a file.
fn sent(desk: &Desk<Memory>) -> Bundle {
    let rows = now(desk.rows()).expect("rows");
    let text = write(&header(desk), rows.iter().flat_map(|row| row.lines()), &Since::Start);
    let mut bundle = Bundle::open(text.as_bytes(), &gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    bundle
}

fn cell(desk: &Desk<Memory>, kind: &str, record: &str, field: &str) -> Value {
    desk.read(|fold| {
        let row = fold.township().row(kind, record);
        row.map_or(Value::Null, |row| row.cells[at(kind, field).1].clone())
    })
}

/// Records, and what stands apart, without the stamps.
fn told(fold: &Fold) -> (BTreeSet<String>, BTreeSet<String>) {
    let mut records = BTreeSet::new();
    for (kind, info) in schema().kinds.iter().enumerate() {
        for row in fold.township().table(kind).rows() {
            records.insert(format!("{} {} {:?}", info.spec.id, row.id, row.cells));
        }
    }
    let apart = fold.conflicts().into_iter().map(|conflict| {
        let claims: Vec<String> = conflict.claims.iter().map(|claim| claim.said.clone()).collect();
        format!("{} {} {} {claims:?}", conflict.kind, conflict.id, conflict.label)
    });
    (records, apart.collect())
}

#[test]
fn b16_an_extract_holds_what_the_person_works_with_and_nothing_dangles() {
    let home = desk_at(START, 1);
    fill(&home);
    let copy = opened(&extract(&home, "p1"));
    let reached = home.read(|fold| of_person(&fold.township().on(day()), &id("p1")));
    let whole: Vec<&str> = reached
        .iter()
        .filter(|(_, reach)| **reach == Reach::Whole)
        .map(|((_, id), _)| id.as_str())
        .collect();
    assert_eq!(whole, ["v1", "b1", "d1", "d2", "l1", "l2", "p1", "h1", "g1", "m1", "w1"]);
    for (kind, record, there) in [
        ("post", "b9", true),
        ("unit", "u0", true),
        ("zone", "z1", true),
        ("village", "v2", true),
        ("holding", "h2", false),
        ("holding", "h3", false),
        ("duty", "d3", false),
        ("duty_link", "l3", false),
    ] {
        assert_eq!(
            copy.read(|fold| fold.township().row(kind, record).is_some()),
            there,
            "{record}"
        );
    }
    assert_eq!(cell(&copy, "post", "b1", "standard"), text("当日办结"));
    assert_eq!(
        cell(&copy, "person", "p2", "name"),
        text("陈大山"),
        "by name, where a reference needs it"
    );
    assert_eq!(cell(&copy, "grid_cell", "g1", "risks"), words(&["塘坝"]));
    assert_eq!(cell(&copy, "town", "t", "name"), text("云溪镇"));
    copy.read(none_dangles);
}

fn none_dangles(fold: &Fold) {
    for info in &schema().kinds {
        for row in fold.township().table_of(info.spec.id).expect("table").rows() {
            for (field, cell) in info.spec.fields.iter().zip(&row.cells) {
                if let (FieldType::Ref(to), Some(target)) = (field.ty, cell.as_str()) {
                    assert!(
                        fold.township().row(to, target).is_some(),
                        "{} {} → {target}",
                        info.spec.id,
                        row.id
                    );
                }
            }
        }
    }
}

#[test]
fn b16_other_peoples_internal_fields_are_not_in_the_bytes() {
    let home = desk_at(START, 1);
    fill(&home);
    // What was decided apart goes along, but for what is others'.
    let there = desk_at(START + HOUR, 2);
    now(there.take(sent(&home).into_lines(), "导入")).expect("take");
    for desk in [&home, &there] {
        let by = format!("密：{}", desk.meta().replica);
        set(desk, "person", "p2", &[("mobile", text(&by))], "改");
        set(desk, "post", "b1", &[("standard", text(&desk.meta().replica))], "改");
    }
    now(home.take(sent(&there).into_lines(), "导入")).expect("take");
    let file = extract(&home, "p1").write();
    for secret in ["密", "10009999999", "10008888888", "61", "王小满\",\"what"] {
        let count = file.matches(secret).count();
        assert!(!file.contains(secret), "{secret}: {count}");
    }
    for known in ["陈大山", "10000000001", &home.meta().replica, &there.meta().replica] {
        assert!(file.contains(known), "{known}");
    }
    let copy = opened(&extract(&home, "p1"));
    assert_eq!(copy.read(|fold| fold.conflicts().len()), 1, "both values of the post");
    assert_eq!(home.read(|fold| fold.conflicts().len()), 2);
}

#[test]
fn b16_one_change_comes_home_as_one_change_without_gap_or_conflict() {
    let home = desk_at(START, 1);
    fill(&home);
    let copy = opened(&extract(&home, "p1"));
    assert!(now(copy.rows()).expect("rows").len() == 1 && sent(&copy).lines().is_empty());
    set(&copy, "post", "b1", &[("standard", text("两日办结"))], "改");
    let bundle = sent(&copy);
    assert_eq!(bundle.header.extract.as_ref(), "p1");
    assert_eq!(bundle.header.knows.len(), 1, "it speaks for itself alone");
    let plan = home.plan(|base| Plan::of(std::slice::from_ref(&bundle), base)).expect("plan");
    assert_eq!((plan.new_actions, plan.waiting, plan.conflicts.len()), (1, 0, 0));
    let taken = now(home.take(Bundle::offer(vec![bundle]), "导入")).expect("take");
    assert_eq!((taken.applied, taken.parked), (1, 0));
    assert_eq!(cell(&home, "post", "b1", "standard"), text("两日办结"));
    assert_eq!(home.read(|fold| fold.conflicts().len()), 0);
    assert!(home.meta().peers[&copy.meta().replica].extract);
    // Home changed it as well: seen, with both values.
    set(&home, "post", "b1", &[("standard", text("三日办结"))], "改");
    set(&copy, "post", "b1", &[("standard", text("当场办结"))], "改");
    now(home.take(Bundle::offer(vec![sent(&copy)]), "导入")).expect("take");
    assert_eq!(home.read(|fold| fold.conflicts().len()), 1);
}

#[test]
fn b16_an_extract_takes_no_bundles_and_changes_nothing_it_does_not_know() {
    let home = desk_at(START, 1);
    fill(&home);
    let copy = opened(&extract(&home, "p1"));
    let before = copy.read(|fold| fold.state_hash());
    let error = copy.plan(|base| Plan::of(&[sent(&home)], base)).expect_err("refused");
    assert_eq!(error, BundleError::Refused(Refused::IntoExtract));
    let error = now(copy.take(Offer::from(sent(&home).into_lines()), "导入")).expect_err("refused");
    assert_eq!(error, DeskError::Refused(Refused::IntoExtract));
    for (kind, record, field) in
        [("person", "p2", "mobile"), ("zone", "z1", "note"), ("post", "b9", "risk")]
    {
        let (kind, field) = at(kind, field);
        let mut draft = Draft::new("改");
        draft.set(kind, &id(record), field, text("猜的"));
        let error = now(copy.commit(&draft)).expect_err("refused");
        assert!(matches!(error, DeskError::NotBrought { .. }), "{error}");
        assert!(error.to_string().contains("没有随提取件带来"));
    }
    assert_eq!(copy.read(|fold| fold.state_hash()), before);
    // What is public of a post nearby is known, and what is new is new.
    set(&copy, "post", "b9", &[("title", text("分管副书记"))], "改");
    set(&copy, "duty_link", "l9", &[("post", text("b1")), ("duty", text("d1"))], "新");
    let taken = now(home.take(sent(&copy).into_lines(), "导入")).expect("take");
    assert_eq!((taken.applied, home.read(|fold| fold.conflicts().len())), (2, 0));
    // Changes of an extract are no township.
    let empty = desk_at(START, 9);
    let error = empty.plan(|base| Plan::of(&[sent(&copy)], base)).expect_err("refused");
    assert_eq!(error, BundleError::OfAnExtract);
    assert_eq!(
        Bundle::open(extract(&home, "p1").write().as_bytes(), &gb18030).err(),
        Some(BundleError::AnExtract)
    );
}

#[test]
fn b16_a_newer_extract_takes_the_older_ones_place_and_own_changes_stay_on_top() {
    let home = desk_at(START, 1);
    fill(&home);
    let first = extract(&home, "p1");
    let copy = opened(&first);
    set(&copy, "post", "b1", &[("standard", text("一"))], "改");
    set(&copy, "post", "b1", &[("standard", text("二"))], "改");
    now(home.take(sent(&copy).into_lines(), "导入")).expect("take");
    set(&home, "post", "b1", &[("flow", text("家里写的"))], "改");
    set(&home, "person", "p1", &[("note", text("家里的备注"))], "改");
    // Not sent yet: one where home has written, too, one where it has not.
    set(&copy, "person", "p1", &[("note", text("自己的备注"))], "改");
    set(&copy, "post", "b1", &[("place", text("二楼"))], "改");
    let second = extract(&home, "p1");
    assert_eq!(second.age(&first.basis), Age::Newer);
    now(copy.renew(&second.of, &second.basis)).expect("renewed");
    let seen = |copy: &Desk<Memory>| {
        let fields = [
            ("post", "b1", "standard"),
            ("post", "b1", "flow"),
            ("post", "b1", "place"),
            ("person", "p1", "note"),
        ];
        fields.map(|(kind, record, field)| cell(copy, kind, record, field))
    };
    assert_eq!(seen(&copy), ["二", "家里写的", "二楼", "自己的备注"].map(text));
    assert_eq!(copy.read(|fold| fold.conflicts().len()), 1, "the note");
    let hash = copy.read(|fold| fold.state_hash());
    let again = now(Desk::open(copy.storage().clone(), world(3))).expect("open").expect("base");
    assert_eq!(again.read(|fold| fold.state_hash()), hash, "as it lies in storage");
    for (older, age) in [(&first, Age::Older), (&second, Age::Same)] {
        let error = now(copy.renew(&older.of, &older.basis)).expect_err("refused");
        assert_eq!(error, DeskError::NotRenewed(age));
    }
    // And home, when all has come.
    set(&copy, "post", "b1", &[("standard", text("三"))], "改");
    let taken = now(home.take(sent(&copy).into_lines(), "导入")).expect("take");
    assert_eq!((taken.applied, taken.known, taken.parked), (3, 2, 0));
    assert_eq!(cell(&home, "post", "b1", "standard"), text("三"));
    assert_eq!(home.read(|fold| fold.conflicts().len()), 1, "the note, there as well");
}

/// A tab that has not heard of it loses nothing.
#[test]
fn b16_a_renewal_in_another_tab_is_told_and_what_was_written_is_there() {
    let home = desk_at(START, 1);
    fill(&home);
    let copy = opened(&extract(&home, "p1"));
    let tab = now(Desk::open(copy.storage().clone(), world(5))).expect("open").expect("base");
    set(&home, "post", "b1", &[("flow", text("新"))], "改");
    let newer = extract(&home, "p1");
    now(copy.renew(&newer.of, &newer.basis)).expect("renewed");
    let (kind, field) = at("post", "place");
    let mut draft = Draft::new("改");
    draft.set(kind, &id("b1"), field, text("二楼"));
    let error = now(tab.commit(&draft)).expect_err("told");
    assert!(error.to_string().contains("新的提取件，写下的都在"), "{error}");
    now(tab.fold_again()).expect("again");
    now(copy.fold_again()).expect("again");
    for desk in [&tab, &copy] {
        assert_eq!(cell(desk, "post", "b1", "place"), text("二楼"));
        assert_eq!(cell(desk, "post", "b1", "flow"), text("新"));
    }
}

#[test]
fn b16_an_extract_of_the_sample_township_is_small_and_whole() {
    let mut bundle = Bundle::open(YUNXI.as_bytes(), &gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let home = desk_at(START, 1);
    now(home.take(bundle.into_lines(), "打开示范镇")).expect("take");
    let person = schema().kind("person").expect("kind");
    let people: Vec<RecordId> =
        home.read(|fold| fold.township().table(person).rows().map(|row| row.id.clone()).collect());
    let mut sizes = Vec::new();
    for one in people.iter().step_by(7) {
        let extract = extract(&home, one.as_str());
        let file = extract.write();
        sizes.push(file.len());
        opened(&extract).read(none_dangles);
        for other in people.iter().filter(|other| *other != one) {
            let mobile = cell(&home, "person", other.as_str(), "mobile");
            if let Some(mobile) = mobile.as_str() {
                assert!(!file.contains(mobile), "{one}: the mobile of {other}");
            }
        }
    }
    sizes.sort_unstable();
    // A leader has to do with much of it, most people with little.
    let (usual, largest) = (sizes[sizes.len() / 2], sizes[sizes.len() - 1]);
    assert!(usual < YUNXI.len() / 10, "{usual} of {}", YUNXI.len());
    assert!(largest < YUNXI.len() / 3, "{largest} of {}", YUNXI.len());
}

/// Fields both sides may write, all within the extract.
const FIELDS: [(&str, &str, &str); 8] = [
    ("post", "b1", "standard"),
    ("post", "b1", "title"),
    ("person", "p1", "mobile"),
    ("duty", "d1", "basis"),
    ("duty_link", "l2", "scope"),
    ("village", "v1", "place"),
    ("unit", "u1", "place"),
    ("matter", "m1", "terms"),
];

fn edit(desk: &Desk<Memory>, (field, value): (usize, u8)) {
    let (kind, record, field) = FIELDS[field];
    let value = match (field, value) {
        ("terms", 0) => Value::Null,
        ("terms", n) => words(&["用印", "盖公章", "开证明"][..n as usize]),
        (_, 0) => Value::Null,
        (_, n) => text(&format!("甲{n}")),
    };
    set(desk, kind, record, &[(field, value)], "改");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    /// Edited in an extract or in a full copy: home comes to the same, conflicts and all.
    #[test]
    fn b16_home_merges_as_if_it_had_been_edited_in_a_full_copy(
        before in prop::collection::vec((0..FIELDS.len(), 0u8..4), 0..6),
        here in prop::collection::vec((0..FIELDS.len(), 0u8..4), 0..6),
        there in prop::collection::vec((0..FIELDS.len(), 0u8..4), 0..6),
        late in any::<bool>(),
    ) {
        let ends = [true, false].map(|as_extract| {
            let home = desk_at(START, 1);
            fill(&home);
            before.iter().for_each(|step| edit(&home, *step));
            // Its clock is ahead of home's, or behind it: then it is home that wrote last.
            let start = if late { START + 20 * HOUR } else { START - 20 * HOUR };
            let copy = if as_extract {
                open_at(&extract(&home, "p1"), start, 7)
            } else {
                let full = desk_at(start, 7);
                now(full.take(sent(&home).into_lines(), "导入")).expect("take");
                full
            };
            there.iter().for_each(|step| edit(&copy, *step));
            here.iter().for_each(|step| edit(&home, *step));
            let bundle = sent(&copy);
            let lines = bundle.lines().iter().filter(|line| line.action.replica.as_str() == &*copy.meta().replica);
            let own = lines.count();
            let taken = now(home.take(Bundle::offer(vec![bundle]), "导入")).expect("take");
            assert_eq!((taken.applied, taken.parked), (own, 0));
            home.read(told)
        });
        prop_assert_eq!(&ends[0], &ends[1]);
    }
}

#[test]
fn b16_what_is_decided_in_an_extract_is_decided_at_home() {
    let (home, there) = (desk_at(START, 1), desk_at(START + HOUR, 2));
    fill(&home);
    now(there.take(sent(&home).into_lines(), "导入")).expect("take");
    set(&home, "post", "b1", &[("standard", text("甲"))], "改");
    set(&there, "post", "b1", &[("standard", text("乙"))], "改");
    now(home.take(sent(&there).into_lines(), "导入")).expect("take");
    let copy = open_at(&extract(&home, "p1"), START + 2 * HOUR, 7);
    let conflict = copy.read(|fold| fold.conflicts()).pop().expect("conflict");
    let mut draft = Draft::new("处理分歧");
    draft.decide(conflict.kind, &conflict.id, conflict.register, text("甲"));
    now(copy.commit(&draft)).expect("commit");
    assert_eq!(copy.read(|fold| fold.conflicts().len()), 0);
    now(home.take(sent(&copy).into_lines(), "导入")).expect("take");
    assert_eq!(home.read(|fold| fold.conflicts().len()), 0);
    assert_eq!(cell(&home, "post", "b1", "standard"), text("甲"));
}

/// Undo, history, taking back and the past know what stood there before.
#[test]
fn b16_what_an_extract_brought_is_the_past_of_what_is_changed_in_it() {
    let home = desk_at(START, 1);
    fill(&home);
    let copy = opened(&extract(&home, "p1"));
    let before = copy.read(|fold| fold.state_hash());
    set(&copy, "post", "b1", &[("standard", text("改过"))], "改标准");
    let stamp = copy.read(|fold| {
        let heads = fold.heads();
        heads.stamp(heads.iter().last().expect("head").0)
    });
    let rows = Rc::new(now(copy.rows()).expect("rows"));
    let log = now(copy.log()).expect("log");
    let change = &log.history("post", "b1")[0];
    assert_eq!((&change.from, &change.to), (&text("当日办结"), &text("改过")));

    let kind = schema().kind("post").expect("kind");
    let mut life = Life::begin(kind, id("b1"), rows.clone());
    while !life.step(1 << 20) {}
    let told = format!("{:?}", life.tell());
    assert!(told.contains("改过") && told.contains("当日办结"), "{told}");

    let mut taking = TakingBack::begin(rows.clone(), vec![stamp.clone()]);
    while !taking.step(1 << 20) {}
    let plan = copy.read(|fold| taking.plan(fold, "撤销"));
    now(copy.commit(&plan.draft)).expect("commit");
    assert_eq!(cell(&copy, "post", "b1", "standard"), text("当日办结"));

    let moments = copy.read(Moments::of);
    let mut past = Past::begin(rows, stamp.time - 1, moments);
    while !past.step(1 << 20).expect("read") {}
    assert_eq!(past.finish().state_hash(), before);

    now(copy.undo()).expect("undo");
    now(copy.undo()).expect("undo");
    assert_eq!(cell(&copy, "post", "b1", "standard"), text("当日办结"));
    assert_eq!(copy.read(|fold| (fold.heads().made(), fold.heads().version().len())), (4, 1));
    assert!(!now(copy.snapshot_if_due()).expect("no snapshot"));
}

#[test]
fn b16_a_hurt_extract_is_refused_whole() {
    let home = desk_at(START, 1);
    fill(&home);
    let file = extract(&home, "p1").write();
    let refused = |text: &str| Extract::open(text.as_bytes(), &gb18030).expect_err("refused");
    assert_eq!(refused(&file.replace("文书岗", "甲书岗")), BundleError::HashMismatch);
    assert_eq!(refused(&file[..file.len() - 20]), BundleError::Truncated);
    assert_eq!(
        refused(&file.replace("\"format\":1", "\"format\":9")),
        BundleError::NewerFormat { format: 9 }
    );
    assert_eq!(refused("{}"), BundleError::NotABundle);
    let stamp = file.split('"').find(|piece| piece.contains('@')).expect("stamp");
    let late = file.replace(stamp, &format!("ffffffffffffffff@{}", home.meta().replica));
    let covered = &late[..late.rfind(",\"hash\":").expect("hash")];
    let sealed = format!(
        "{covered},\"hash\":\"{}\"}}\n",
        gangtu::journal::hash::sha256_hex(covered.as_bytes())
    );
    assert!(matches!(refused(&sealed), BundleError::Broken { .. }));
}
