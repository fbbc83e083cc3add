//! A base that took anything at all opens again as it was: values of any shape, registers written
//! many times, rings, members with slashes, undo and redo, snapshots, export and import.

mod support;

use gangtu::bundle::{Bundle, BundleError, Header, Since, export, write};
use gangtu::journal::memory::Memory;
use gangtu::journal::{Action, Desk, Draft};
use gangtu::model::{Value, schema};
use proptest::prelude::*;
use serde_json::{Value as Json, json};
use support::{desk, id, now, world};

/// JSON as a careless or hostile program might write it into a register.
fn any_json() -> impl Strategy<Value = Json> {
    let leaf = prop_oneof![
        Just(Json::Null),
        any::<bool>().prop_map(Json::from),
        any::<i64>().prop_map(Json::from),
        any::<u64>().prop_map(Json::from),
        any::<f64>().prop_filter("finite", |real| real.is_finite()).prop_map(Json::from),
        (-180.0f64..180.0).prop_map(Json::from),
        Just(json!(i64::MIN)),
        Just(json!("r1")),
        Just(json!("2026-13-99")),
        "[\\PC\n\r\t\u{0}\u{2028}]{0,6}".prop_map(Json::from),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(Json::from),
            prop::collection::btree_map("since|until|post|person|x", inner, 0..3)
                .prop_map(|map| Json::Object(map.into_iter().collect())),
        ]
    })
}

const REGISTERS: [(&str, &str); 14] = [
    ("post", "title"),
    ("post", "seats"),
    ("post", "period"),
    ("town", "area"),
    ("unit", "parent"),
    ("unit", "name"),
    ("holding", "seat"),
    ("matter", "terms/低保/五保"),
    ("matter", "terms/"),
    ("matter", "terms"),
    ("grid_cell", "outline"),
    ("grid_cell", "parent"),
    ("post", "novel/x"),
    ("robot", "arm"),
];

/// One op: which register, of which record, what, and whether it replaces the last one there.
type Write = (usize, usize, Json, bool);

fn writes() -> impl Strategy<Value = Vec<Vec<Write>>> {
    let write = (0..REGISTERS.len(), 0usize..3, any_json(), any::<bool>());
    prop::collection::vec(prop::collection::vec(write, 1..6), 1..8)
}

/// The actions of a foreign copy as lines of a bundle.
fn lines(actions: &[Vec<Write>]) -> Vec<String> {
    let mut last = std::collections::BTreeMap::new();
    let mut lines = Vec::new();
    for (at, ops) in actions.iter().enumerate() {
        let time = format!("{:016x}", (at as u64 + 1) << 20);
        let mut groups = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        for (register, record, value, replaces) in ops {
            let (kind, name) = REGISTERS[*register];
            let record = format!("r{record}");
            if !seen.insert((kind, record.clone(), name)) {
                continue;
            }
            let key = (kind, record.clone(), name);
            let prev = last.insert(key, time.clone()).filter(|_| *replaces);
            let prevs = prev.map_or(json!({}), |prev| json!({ name: prev }));
            groups.push(json!([kind, record, { name: value }, prevs]));
        }
        let line = json!({
            "by": "外镇", "n": at + 1, "ops": groups, "r": "foreign", "t": time, "what": "写",
        });
        lines.push(line.to_string());
    }
    lines
}

fn take(desk: &Desk<Memory>, text: &str) {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    now(desk.take(bundle.into_lines(), "导入数据包")).expect("take");
}

fn hash(desk: &Desk<Memory>) -> String {
    desk.read(|fold| fold.state_hash())
}

fn opened_again(desk: &Desk<Memory>) -> String {
    let again = now(Desk::open(desk.storage().clone(), world(9))).expect("opens").expect("base");
    hash(&again)
}

/// Every stored line reads, and writes a register at most once.
fn check_lines(desk: &Desk<Memory>) {
    for row in now(desk.rows()).expect("rows") {
        for line in row.lines() {
            let action = Action::from_line(line).expect("a line reads");
            let mut seen = std::collections::BTreeSet::new();
            for group in &action.groups {
                for op in &group.ops {
                    let name = op.reg.name(&group.kind).into_owned();
                    assert!(seen.insert((group.kind.clone(), group.id.clone(), name)), "{line}");
                }
            }
        }
    }
}

/// What people see of three records of two kinds.
fn shown(desk: &Desk<Memory>) -> Vec<Vec<Value>> {
    let row = |(kind, id): (&str, String)| {
        desk.read(|fold| fold.township().row(kind, &id).map(|row| row.cells.to_vec()))
    };
    let records = ["post", "matter"].into_iter().flat_map(|kind| (0..3).map(move |at| (kind, at)));
    records.filter_map(|(kind, at)| row((kind, format!("r{at}")))).collect()
}

/// One step at the desk: what is set in which of three records.
type Step = Vec<(usize, usize, u8)>;

fn step(desk: &Desk<Memory>, step: &Step) -> bool {
    const FIELDS: [(&str, &str); 4] =
        [("post", "title"), ("post", "since"), ("matter", "name"), ("matter", "terms")];
    let mut draft = Draft::new("改");
    for (field, record, value) in step {
        let (kind, field) = support::at(FIELDS[*field].0, FIELDS[*field].1);
        let value = match (schema().kinds[kind].spec.fields[field].id, value) {
            (_, 0) => Value::Null,
            ("terms", value) => Value::Set(vec![format!("词{value}").into()].into()),
            ("since", value) => Value::text(&format!("2026-01-0{value}")),
            (_, value) => Value::text(&format!("值{value}")),
        };
        draft.set(kind, &id(&format!("r{record}")), field, value);
    }
    now(desk.commit(&draft)).expect("commit").stamp.is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn j6_undo_walks_back_through_what_was_shown_and_redo_forward(
        imported in writes(),
        steps in prop::collection::vec(prop::collection::vec((0usize..4, 0usize..3, 0u8..4), 1..5), 1..7),
    ) {
        let desk = desk(1);
        let text = export(&desk.meta(), "云溪镇", &lines(&imported), &Since::Start, 0);
        let mut seen = vec![shown(&desk)];
        for (at, one) in steps.iter().enumerate() {
            if at == 2 {
                take(&desk, &text);
                seen.push(shown(&desk));
            }
            if step(&desk, one) {
                seen.push(shown(&desk));
            }
        }
        let empty = |cells: &Vec<Value>| cells.iter().all(Value::is_null);
        // A record nobody filled yet is there after its making was taken back, empty.
        let filled = |mut rows: Vec<Vec<Value>>| { rows.retain(|cells| !empty(cells)); rows };
        let mut dropped = false;
        for before in seen.iter().rev().skip(1) {
            // An import may have changed nothing that can be taken back: then its step is dropped.
            dropped = now(desk.undo()).is_err() || dropped;
            prop_assert_eq!(filled(shown(&desk)), filled(before.clone()));
        }
        for after in seen.iter().skip(1).filter(|_| !dropped) {
            now(desk.redo()).expect("redo");
            prop_assert_eq!(filled(shown(&desk)), filled(after.clone()));
        }
        check_lines(&desk);
    }

    #[test]
    fn j12_whatever_was_taken_opens_again_as_it_was(actions in writes(), own in any_json()) {
        let desk = desk(1);
        let text = export(&desk.meta(), "云溪镇", &lines(&actions), &Since::Start, 0);
        take(&desk, &text);
        prop_assert_eq!(opened_again(&desk), hash(&desk), "after the import");
        let (kind, field) = support::at("post", "seats");
        let mut draft = Draft::new("改");
        draft.set(kind, &id("r1"), field, Value::from_json(own));
        now(desk.commit(&draft)).expect("commit");
        prop_assert_eq!(opened_again(&desk), hash(&desk), "after an edit");
        let before = hash(&desk);
        let steps = std::iter::from_fn(|| now(desk.undo()).ok()).take(4).count();
        check_lines(&desk);
        prop_assert_eq!(opened_again(&desk), hash(&desk), "after undo");
        for _ in 0..steps {
            let _ = now(desk.redo());
        }
        check_lines(&desk);
        prop_assert_eq!(opened_again(&desk), hash(&desk), "after redo");
        now(desk.snapshot()).expect("snapshot");
        prop_assert_eq!(opened_again(&desk), hash(&desk), "after a snapshot");
        let rows = now(desk.rows()).expect("rows");
        let out = export(&desk.meta(), "云溪镇", &rows, &Since::Start, 0);
        let there = support::desk(2);
        take(&there, &out);
        prop_assert_eq!(hash(&there), hash(&desk), "in an empty copy");
        prop_assert!(!before.is_empty());
    }

    #[test]
    fn b10_no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        if let Ok(mut bundle) = Bundle::open(&bytes, &gangtu::encoding::gb18030) {
            let _ = bundle.read_all();
        }
    }

    #[test]
    fn b10_a_hurt_bundle_is_refused_or_read_and_never_panics(
        actions in writes(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>(),
    ) {
        let meta = desk(1).meta();
        let mut bytes = export(&meta, "云溪镇", &lines(&actions), &Since::Start, 0).into_bytes();
        let whole = bytes.clone();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        let read = |bytes: &[u8]| {
            let mut bundle = Bundle::open(bytes, &gangtu::encoding::gb18030)?;
            bundle.read_all()?;
            Ok::<_, BundleError>(bundle)
        };
        let sound = read(&whole).expect("sound");
        // What is written between the lines, and what only repeats them, may be hurt without loss.
        if let Ok(taken) = read(&bytes) {
            prop_assert_eq!(&taken.header.township, &sound.header.township);
            let text = |bundle: Vec<gangtu::journal::intake::Line>| {
                bundle.into_iter().map(|line| line.text.clone()).collect::<Vec<_>>()
            };
            prop_assert_eq!(text(taken.into_lines()), text(sound.into_lines()), "changed at {}", at);
        }
    }

    #[test]
    fn b10_no_line_makes_the_reader_panic(text in "[\\PC\"{}\\[\\],:0-9a-f@]{0,80}") {
        let _ = Action::from_line(&text);
    }
}

#[test]
fn j12_an_import_that_wrote_a_field_twice_is_taken_back_to_before_it() {
    let (here, there) = (desk(1), desk(2));
    let (kind, field) = support::at("post", "title");
    for title in ["文书岗", "信息岗", "档案岗"] {
        let mut draft = Draft::new("改");
        draft.set(kind, &id("p1"), field, Value::text(title));
        now(here.commit(&draft)).expect("commit");
    }
    let rows = now(here.rows()).expect("rows");
    take(&there, &export(&here.meta(), "云溪镇", &rows, &Since::Start, 0));
    now(there.undo()).expect("undo");
    assert!(there.read(|fold| fold.township().row("post", "p1").is_none()));
    check_lines(&there);
    assert_eq!(opened_again(&there), hash(&there));
    now(there.redo()).expect("redo");
    let title = |desk: &Desk<Memory>| {
        desk.read(|fold| fold.township().row("post", "p1").map(|row| row.cells[field].clone()))
    };
    assert_eq!(title(&there), Some(Value::text("档案岗")));
    assert_eq!(schema().kinds[kind].spec.id, "post");
}

fn foreign(n: u64, time: &str, title: &str) -> String {
    format!(
        r#"{{"by":"外","n":{n},"ops":[["post","p{n}",{{"title":"{title}"}}]],"r":"foreign","t":"{time}","what":"写"}}"#
    )
}

/// What no honest copy writes and no copy would read in a file: a line older than all it can follow.
#[test]
fn b4_a_line_older_than_what_it_follows_is_refused_in_whatever_order_it_comes() {
    let (first, second) = ("018bcfe56be80000", "018bcfe56fd00000");
    let old = "018bcfe54fd00000";
    let fork =
        [foreign(1, first, "文书岗"), foreign(2, second, "信息岗"), foreign(2, old, "档案岗")];
    let turned = [foreign(2, first, "信息岗"), foreign(1, second, "文书岗")];
    let twice =
        [foreign(1, first, "文书岗"), foreign(1, second, "信息岗"), foreign(2, second, "档案岗")];
    for lines in [&fork[..], &turned[..], &twice[..]] {
        let desk = desk(1);
        let text = export(&desk.meta(), "云溪镇", lines, &Since::Start, 0);
        let taken =
            Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).and_then(|mut bundle| {
                bundle.read_all()?;
                Ok(now(desk.take(bundle.into_lines(), "导入")).is_ok())
            });
        assert!(!taken.unwrap_or(false), "{lines:?}");
        assert_eq!(desk.read(|fold| fold.heads().len()), 0);
    }
    // One that came before what it should follow waits, and keeps nothing else out.
    let desk = desk(1);
    take(&desk, &export(&desk.meta(), "云溪镇", &[foreign(2, old, "档案岗")], &Since::Start, 0));
    for _ in 0..2 {
        let honest = [foreign(1, first, "文书岗"), foreign(2, second, "信息岗")];
        take(&desk, &export(&desk.meta(), "云溪镇", &honest, &Since::Start, 0));
        assert_eq!(desk.read(|fold| fold.heads().len()), 2);
    }
    let rows = now(desk.rows()).expect("rows");
    take(&support::desk(2), &export(&desk.meta(), "云溪镇", &rows, &Since::Start, 0));
    assert_eq!(opened_again(&desk), hash(&desk));
}

/// Which of the two counted would depend on what else a copy met, and when.
#[test]
fn b4_an_action_that_writes_a_field_twice_is_refused() {
    let bundle = |ops: &str| {
        let line =
            format!(r#"{{"by":"","n":1,"ops":[{ops}],"r":"bb","t":"0000000000010000","what":""}}"#);
        let header = Header { township: "yunxi".into(), ..Header::default() };
        let text = write(&header, [&*line].into_iter(), &Since::Start);
        Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("opens").read_all()
    };
    let table = r#"["post",["p1","p2","p3","p4"],{"title":["甲","乙","丙","丁"]}]"#;
    let again = |name: &str| format!(r#"{table},["post","p2",{{"{name}":"戊"}}]"#);
    let error = bundle(&again("title")).expect_err("refused");
    assert!(matches!(&error, BundleError::BadAction { at: 1, .. }), "{error}");
    assert!(error.to_string().contains("写了两次"), "{error}");
    // Two names of one register: what it was called before, and what it is called now.
    assert!(bundle(r#"["post","p1",{"counterpart":"甲","upper":"乙"}]"#).is_err());
    assert!(bundle(&again("phone")).is_ok());
}
