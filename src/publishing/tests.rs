//! From a township to the written page and back: what goes out, what does not, and what a hurt page says.

use super::edition::{BLOCK, Edition, Picture};
use super::opening::{Unfit, open};
use super::page::{Contents, Program, without_program, write};
use super::scan::{Sign, Watch, find_hits, find_in};
use super::selection::{KINDS, Selection, Wanted, forbidden_names, withheld};
use crate::journal::stamp::tick;
use crate::journal::{Action, Draft, Fold, ReplicaId};
use crate::model::spec::{FieldType, Visibility};
use crate::model::{Date, RecordId, Township, Value, schema};

fn day(month: u32, day: u32) -> Date {
    Date::from_ymd_opt(2026, month, day).expect("day")
}

/// A record: kind, id, fields.
type Told<'a> = (&'a str, &'a str, &'a [(&'a str, Value)]);

fn fold(records: &[Told<'_>]) -> Fold {
    let mut draft = Draft::new("");
    for (kind, id, fields) in records {
        let id = RecordId::parse(id).expect("id");
        for (field, value) in *fields {
            draft.set_named(kind, &id, field, value.clone());
        }
    }
    let mut fold = Fold::default();
    let groups = draft.to_groups(&fold, &str::to_string);
    let (replica, time) = (ReplicaId::from_random(7), tick(0, 1));
    let (by, what) = (Default::default(), Default::default());
    fold.apply(&Action { replica, counter: 1, time, link: None, by, what, groups });
    fold
}

fn text(text: &str) -> Value {
    Value::text(text)
}

/// Records of each kind in a full township.
const OF_EACH: usize = 3;

/// Every field of every kind filled: what may be seen with `公开`, what may not with a number to look for.
fn full() -> (Fold, Vec<String>) {
    let mut draft = Draft::new("");
    let mut secrets = Vec::new();
    let records =
        schema().kinds.iter().flat_map(|kind| (1..=OF_EACH).map(move |no| (kind.spec, no)));
    for (spec, no) in records {
        let id = RecordId::parse(&format!("{}-{no}", spec.id)).expect("id");
        for field in spec.fields {
            let secret = field.visibility != Visibility::Public || !KINDS.contains(&spec.id);
            let value = match field.ty {
                FieldType::Bool => Value::Bool(secret && field.id != "leader"),
                FieldType::Ref(other) => text(&format!("{other}-{no}")),
                FieldType::Date => continue,
                FieldType::Int | FieldType::Real if !secret => Value::int(5),
                FieldType::Int | FieldType::Real => Value::int(7_000_000 + secrets.len() as i64),
                FieldType::Set if !secret => Value::Set(["公开".into()].into()),
                FieldType::Set => {
                    Value::Set([format!("密{:03}密", secrets.len()).as_str().into()].into())
                }
                _ if secret => text(&format!("密{:03}密", secrets.len())),
                _ => text("公开"),
            };
            if secret && !matches!(field.ty, FieldType::Bool | FieldType::Ref(_)) {
                secrets.push(match &value {
                    Value::Int(int) => int.to_string(),
                    Value::Set(members) => members[0].to_string(),
                    other => other.as_str().expect("text").to_string(),
                });
            }
            draft.set_named(spec.id, &id, field.id, value);
        }
    }
    let mut fold = Fold::default();
    let groups = draft.to_groups(&fold, &str::to_string);
    let (replica, time) = (ReplicaId::from_random(7), tick(0, 1));
    let (by, what) = ("密作者".into(), "密操作".into());
    fold.apply(&Action { replica, counter: 1, time, link: None, by, what, groups });
    secrets.extend(["密作者".to_string(), "密操作".to_string()]);
    (fold, secrets)
}

fn edition() -> Edition {
    Edition {
        town: "云溪镇</script>".to_string(),
        no: 3,
        made: day(11, 24),
        until: day(12, 24),
        map: true,
        program: "0.1.0".to_string(),
        hash: String::new(),
    }
}

fn program() -> Program {
    let texts = |names: &[&str]| names.iter().map(|name| format!("text of {name}")).collect();
    Program {
        style: ".a{top:0}".to_string(),
        data: texts(&["wasm", "hall", "readings"]),
        scripts: texts(&["glue", "loader"]),
    }
}

fn contents(township: &Township) -> Contents {
    let selection = Selection::of(township, day(11, 24), Wanted { map: true });
    let pictures = vec![(Picture::Chart, "<svg><text>架构</text></svg>".to_string())];
    Contents { edition: edition(), lines: selection.lines(), pictures }.sealed()
}

#[test]
fn f1_nothing_internal_of_any_field_of_any_kind_is_in_the_file() {
    let (fold, secrets) = full();
    assert!(secrets.len() > 200, "{}", secrets.len());
    let page = write(&program(), &contents(fold.township()));
    for secret in secrets {
        assert!(!page.contains(&secret), "{secret}");
    }
    assert!(page.contains("公开"));
    assert!(!page.contains("post-1"), "the township's own ids stay at home");
}

#[test]
fn f1_kinds_that_are_not_on_the_list_are_not_in_the_file() {
    let (fold, _) = full();
    let selection = Selection::of(fold.township(), day(11, 24), Wanted::default());
    for kind in schema().kinds.iter() {
        let listed = KINDS.contains(&kind.spec.id);
        assert_eq!(selection.count(kind.spec.id) > 0, listed, "{}", kind.spec.id);
    }
}

#[test]
fn f1_what_does_not_hold_on_the_day_and_whom_nothing_names_stays_out() {
    let fold = fold(&[
        ("post", "a", &[("title", text("民政岗"))]),
        ("post", "b", &[("title", text("旧岗")), ("until", text("2026-11-24"))]),
        ("post", "c", &[("title", text("未来岗")), ("since", text("2026-11-25"))]),
        ("window", "w", &[("name", text("一号窗")), ("post", text("b"))]),
        ("person", "p", &[("name", text("路人甲")), ("leader", Value::Bool(true))]),
        ("person", "q", &[("name", text("王镇长")), ("leader", Value::Bool(true))]),
        ("holding", "h", &[("person", text("q")), ("post", text("a"))]),
    ]);
    let lines = Selection::of(fold.township(), day(11, 24), Wanted::default()).lines();
    assert!(lines.contains("民政岗") && lines.contains("王镇长"), "{lines}");
    for left_out in ["旧岗", "未来岗", "路人甲", "\"post\":\"b\""] {
        assert!(!lines.contains(left_out), "{left_out} in {lines}");
    }
}

#[test]
fn f2_a_name_goes_out_for_a_leader_or_by_a_decision_with_a_reason() {
    let person = |id: &'static str, more: &'static str, why: &'static str| {
        let mut fields =
            vec![("name", text(&format!("姓名{id}"))), ("mobile", text("13800001111"))];
        if !more.is_empty() {
            fields.push((more, Value::Bool(true)));
        }
        if !why.is_empty() {
            fields.push(("named_why", text(why)));
        }
        fields
    };
    let (leader, decided) = (person("a", "leader", ""), person("b", "named", "本人书面同意"));
    let (baseless, nobody) = (person("c", "named", " "), person("d", "", "没有决定"));
    let hold = |person: &str| [("person", text(person)), ("post", text("p"))];
    let (a, b, c, d) = (hold("a"), hold("b"), hold("c"), hold("d"));
    let fold = fold(&[
        ("post", "p", &[("title", text("综合岗"))]),
        ("person", "a", &leader),
        ("person", "b", &decided),
        ("person", "c", &baseless),
        ("person", "d", &nobody),
        ("holding", "a", &a),
        ("holding", "b", &b),
        ("holding", "c", &c),
        ("holding", "d", &d),
    ]);
    let selection = Selection::of(fold.township(), day(11, 24), Wanted::default());
    let lines = selection.lines();
    assert!(lines.contains("姓名a") && lines.contains("姓名b"), "{lines}");
    for hidden in ["姓名c", "姓名d", "13800001111", "本人书面同意"] {
        assert!(!lines.contains(hidden), "{hidden} in {lines}");
    }
    assert_eq!(selection.count("holding"), 4, "nobody's post looks empty");
    let (undecided, without_reason) = withheld(fold.township(), day(11, 24));
    assert_eq!((undecided.len(), without_reason.len()), (1, 1));
    assert_eq!(forbidden_names(fold.township(), day(11, 24)), ["姓名c", "姓名d"]);
}

#[test]
fn f3_hits_name_record_and_field_and_own_names_are_none() {
    let fold = fold(&[
        ("post", "p", &[("title", text("综合岗")), ("duties", text("找陈大文，13800001111"))]),
        (
            "matter",
            "m",
            &[("name", text("开证明")), ("terms", Value::Set(["问陈大文".into()].into()))],
        ),
        ("person", "l", &[("name", text("王镇长")), ("leader", Value::Bool(true))]),
        ("holding", "h", &[("person", text("l")), ("post", text("p"))]),
    ]);
    let selection = Selection::of(fold.township(), day(11, 24), Wanted::default());
    let watch = Watch::for_names(["陈大文".to_string()]);
    let hits = find_hits(&selection, &watch);
    let told: Vec<(Sign, &str, &str, &str)> =
        hits.iter().map(|hit| (hit.sign, &*hit.text, hit.id.as_str(), hit.field)).collect();
    assert_eq!(
        told,
        [
            (Sign::Mobile, "13800001111", "p", "岗位职责"),
            (Sign::Name, "陈大文", "p", "岗位职责"),
            (Sign::Name, "陈大文", "m", "日常叫法"),
        ]
    );
}

#[test]
fn f4_the_written_page_opens_with_everything_that_was_chosen() {
    let (fold, _) = full();
    let contents = contents(fold.township());
    let page = write(&program(), &contents);
    let block = between(&page, BLOCK);
    let picture = between(&page, Picture::Chart.block());
    let (edition, opened) = open(block, &[picture]).expect("opens");
    assert_eq!(edition, contents.edition);
    for kind in KINDS {
        assert_eq!(
            opened.township().table_of(kind).expect("table").rows().count(),
            OF_EACH,
            "{kind}"
        );
    }
    let post =
        opened.township().table_of("post").expect("table").rows().next().expect("row").clone();
    let field = schema().kinds[schema().kind("post").expect("kind")].field("title").expect("field");
    assert_eq!(post.cells[field], text("公开"));
    let again = Selection::of(opened.township(), day(11, 24), Wanted { map: true });
    assert_eq!(again.lines(), contents.lines, "opened and chosen from again, it is the same");
}

#[test]
fn f4_a_hurt_page_is_told() {
    let (fold, _) = full();
    let contents = contents(fold.township());
    let page = write(&program(), &contents);
    let (block, picture) = (between(&page, BLOCK), between(&page, Picture::Chart.block()));
    let damaged = block.replacen("公开", "公的", 1);
    assert_eq!(open(&damaged, &[picture]).err(), Some(Unfit::Damaged));
    assert_eq!(open(block, &["<svg/>"]).err(), Some(Unfit::Damaged));
    let prolonged = block.replacen("2026-12-24", "2036-12-24", 1);
    assert_eq!(open(&prolonged, &[picture]).err(), Some(Unfit::Damaged));
    let later = block.replacen("\"format\":1", "\"format\":2", 1);
    assert_eq!(open(&later, &[picture]).err(), Some(Unfit::NoHeading));
    assert_eq!(open("", &[]).err(), Some(Unfit::NoHeading));
}

#[test]
fn f5_the_policy_lets_nothing_out_and_no_text_ends_its_block() {
    let (fold, _) = full();
    let page = write(&program(), &contents(fold.township()));
    let policy = page.split("Content-Security-Policy\" content=\"").nth(1).expect("policy");
    let policy = policy.split('"').next().expect("policy");
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    for lets in ["connect-src", "worker-src", "form-action 'self'", "http", "blob:", "*"] {
        assert!(!policy.contains(lets), "{policy}");
    }
    assert_eq!(page.matches("</script>").count(), page.matches("<script").count());
    assert_eq!(page.matches("<script").count(), 3 + 2 + 2);
}

#[test]
fn f5_the_scan_of_the_file_leaves_out_the_program_and_nothing_else() {
    let fold =
        fold(&[("window", "w", &[("name", text("一号窗")), ("phone", text("13800001111"))])]);
    let mut contents = contents(fold.township());
    contents.pictures[0].1 =
        "<svg><path d=\"M1380 0001 111\"/><text x=\"13900002222\">架构 13900003333</text></svg>"
            .to_string();
    let program =
        Program { data: vec!["x@y.zz".to_string(), String::new(), String::new()], ..program() };
    let page = write(&program, &contents);
    let rest = without_program(&page, &program, &contents);
    assert!(rest.contains("架构") && !rest.contains("text of glue"));
    assert_eq!(
        find_in(&rest, &Watch::default()),
        [(Sign::Mobile, "13800001111".to_string()), (Sign::Mobile, "13900003333".to_string()),]
    );
}

#[test]
fn f6_a_page_says_when_it_is_old() {
    let edition = edition();
    assert_eq!(edition.warning(day(11, 24)), None);
    assert_eq!(edition.warning(day(12, 24)), None);
    assert!(edition.warning(day(12, 25)).expect("told").contains("有效期到2026年12月24日已经过了"));
    let long = Edition { until: day(12, 31), ..edition };
    assert!(long.warning(day(12, 25)).expect("told").contains("31 天"));
    assert_eq!(long.warning(day(11, 1)), None, "a clock that is wrong");
}

fn between<'a>(page: &'a str, block: &str) -> &'a str {
    let (_, after) = page.split_once(&format!("id=\"{block}\">")).expect("block");
    after.split_once("</script>").expect("end").0
}
