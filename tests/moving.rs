//! What moving people, posts and units means, and changes on trial.

mod support;

use gangtu::journal::memory::Memory;
use gangtu::journal::trial::kept::{self, CannotGoOn};
use gangtu::journal::{Desk, Draft, Fold, Trial};
use gangtu::model::kinds::holding::HoldRole;
use gangtu::model::{Date, RecordId, Value, schema};
use gangtu::moving::compared::{Became, Compared};
use gangtu::moving::comparing::compare;
use gangtu::moving::ways::{Way, dropped, ways};
use gangtu::moving::{CannotMove, Move, Planned, plan};
use gangtu::rules::Links;
use gangtu::view::chart::elsewhere;
use gangtu::view::days::change_days;
use support::{Edit, desk, id, now, typed, write};

const TOWNSHIP: &[Edit] = &[
    ("unit", "dz", &[("name", "党政办")]),
    ("unit", "pa", &[("name", "平安办")]),
    ("unit", "zz", &[("name", "综治组"), ("parent", "pa")]),
    ("post", "wen", &[("title", "文书岗"), ("unit", "dz"), ("no", "1")]),
    ("post", "dang", &[("title", "档案岗"), ("unit", "dz"), ("no", "2")]),
    ("post", "wang", &[("title", "网格岗"), ("unit", "pa"), ("no", "3")]),
    ("person", "a", &[("name", "王小满")]),
    ("person", "b", &[("name", "李白露")]),
    ("person", "c", &[("name", "陈谷雨")]),
    ("duty", "d1", &[("name", "收文")]),
    ("duty", "d2", &[("name", "走访")]),
    ("duty", "d3", &[("name", "排查")]),
    ("duty_link", "k1", &[("post", "wen"), ("duty", "d1"), ("role", "lead")]),
    ("duty_link", "k2", &[("post", "wang"), ("duty", "d2"), ("role", "lead")]),
    ("duty_link", "k3", &[("post", "wang"), ("duty", "d3"), ("role", "lead")]),
    ("holding", "ha", &[("person", "a"), ("post", "wen"), ("role", "a"), ("main", "是")]),
    ("holding", "ha", &[("since", "2025-01-01")]),
    ("holding", "hb", &[("person", "b"), ("post", "wang"), ("role", "a"), ("main", "是")]),
];

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 2).expect("date")
}

fn township() -> Desk<Memory> {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    desk
}

fn links(desk: &Desk<Memory>, day: Date) -> Links {
    desk.read(|fold| Links::of(&fold.township().on(day)))
}

fn planned(desk: &Desk<Memory>, wanted: &Move) -> Result<Planned, CannotMove> {
    let mut made = 0;
    let mut fresh = || {
        made += 1;
        id(&format!("new{made}"))
    };
    plan(&links(desk, day()), wanted, day(), &mut fresh)
}

fn done(desk: &Desk<Memory>, wanted: &Move) -> Planned {
    let planned = planned(desk, wanted).expect("plan");
    now(desk.commit(&planned.draft)).expect("commit");
    planned
}

/// Who sits in a post on a day: `王小满A`.
fn seats(desk: &Desk<Memory>, post: &str, day: Date) -> Vec<String> {
    let links = links(desk, day);
    let said = |seat: &gangtu::rules::Seat| {
        let role = if seat.role == HoldRole::Primary { "A" } else { "B" };
        seat.person.name.to_string() + role
    };
    links.holders(&id(post)).iter().map(said).collect()
}

fn to_post(seat: &str, post: &str, role: HoldRole) -> Move {
    Move::Person { seat: id(seat), post: id(post), role }
}

#[test]
fn mv1_a_person_sits_elsewhere_from_the_day_on_and_where_they_were_before_it() {
    let desk = township();
    let planned = done(&desk, &to_post("ha", "dang", HoldRole::Primary));
    assert_eq!(&*planned.draft.what, "王小满调到“党政办·档案岗”");
    assert_eq!(
        planned.lines,
        [
            "王小满从“党政办·文书岗”调到“党政办·档案岗”，任A岗。",
            "王小满承担的岗位职责由 1 项变为 0 项。"
        ]
    );
    assert_eq!(planned.warnings, ["“党政办·文书岗”就没有A岗了，要另外安排人。"]);
    assert_eq!(
        (seats(&desk, "wen", day()), seats(&desk, "dang", day())),
        (vec![], vec!["王小满A".into()])
    );
    let before = day().pred_opt().expect("day");
    assert_eq!(seats(&desk, "wen", before), ["王小满A"]);
    assert!(seats(&desk, "dang", before).is_empty());
    assert!(links(&desk, day()).seats_of(&id("a"))[0].holding.main, "it stays the main post");
}

#[test]
fn mv1_what_began_on_that_day_is_set_right_and_leaves_no_trace_of_a_day() {
    let desk = township();
    write(&desk, &[("holding", "ha", &[("since", "2026-11-02")])]);
    done(&desk, &to_post("ha", "dang", HoldRole::Backup));
    let links = links(&desk, day());
    assert_eq!(links.holdings.all().len(), 2);
    assert_eq!(seats(&desk, "dang", day()), ["王小满B"]);
}

#[test]
fn mv2_two_people_change_places() {
    let desk = township();
    let planned = done(&desk, &Move::Swap { seat: id("ha"), with: id("hb") });
    assert_eq!(&*planned.draft.what, "王小满与李白露对调");
    assert!(planned.warnings.is_empty(), "{:?}", planned.warnings);
    assert_eq!(
        (seats(&desk, "wen", day()), seats(&desk, "wang", day())),
        (vec!["李白露A".into()], vec!["王小满A".into()])
    );
    now(desk.undo()).expect("one step");
    assert_eq!(seats(&desk, "wen", day()), ["王小满A"]);
}

#[test]
fn mv3_leaving_and_coming_say_what_is_left_empty_and_what_is_too_full() {
    let desk = township();
    let left = done(&desk, &Move::Leave { seat: id("ha") });
    assert_eq!(
        left.warnings,
        ["王小满就没有岗位了。", "“党政办·文书岗”就没有A岗了，要另外安排人。"]
    );
    assert!(seats(&desk, "wen", day()).is_empty());
    let appoint = |person: &str, role| Move::Appoint { person: id(person), post: id("wang"), role };
    let second = done(&desk, &appoint("c", HoldRole::Primary));
    assert_eq!(second.warnings, ["“平安办·网格岗”的A岗已经有李白露，会变成 2 个人。"]);
    assert_eq!(planned(&desk, &appoint("c", HoldRole::Primary)), Err(CannotMove::There));
    let beside = done(&desk, &appoint("b", HoldRole::Backup));
    assert_eq!(beside.warnings, ["李白露原来的岗位“平安办·网格岗”保留，一共 2 个岗位。"]);
}

#[test]
fn mv4_a_post_takes_its_people_along_and_units_are_counted() {
    let desk = township();
    let planned = done(&desk, &Move::Post { post: id("wen"), unit: id("pa") });
    assert_eq!(
        planned.lines,
        [
            "岗位“文书岗”从“党政办”划到“平安办”。",
            "“党政办”的岗位由 2 个变为 1 个。",
            "“平安办”的岗位由 1 个变为 2 个。",
            "岗上的王小满和岗位职责随岗位一起过去。"
        ]
    );
    let links = links(&desk, day());
    assert_eq!((links.posts_in(&id("dz")).len(), links.posts_in(&id("pa")).len()), (1, 2));
    assert_eq!(planned_again(&desk), Err(CannotMove::There));
}

fn planned_again(desk: &Desk<Memory>) -> Result<Planned, CannotMove> {
    planned(desk, &Move::Post { post: id("wen"), unit: id("pa") })
}

#[test]
fn mv5_a_unit_never_stands_below_itself() {
    let desk = township();
    let below =
        |unit: &str, above: Option<&str>| Move::Unit { unit: id(unit), above: above.map(id) };
    assert_eq!(planned(&desk, &below("pa", Some("zz"))), Err(CannotMove::Ring));
    assert_eq!(planned(&desk, &below("pa", Some("pa"))), Err(CannotMove::Ring));
    assert_eq!(planned(&desk, &below("pa", None)), Err(CannotMove::There));
    done(&desk, &below("zz", Some("dz")));
    assert_eq!(
        links(&desk, day()).unit_above(&id("zz")).map(|unit| unit.id.clone()),
        Some(id("dz"))
    );
    done(&desk, &below("zz", None));
    assert_eq!(links(&desk, day()).unit_above(&id("zz")), None);
    done(&desk, &Move::Lead { unit: id("zz"), post: id("wen") });
    assert_eq!(links(&desk, day()).units_led_by(&id("wen")).len(), 1);
    assert_eq!(planned(&desk, &Move::Leave { seat: id("nobody") }), Err(CannotMove::Gone));
}

/// As the page takes a step.
fn take(trial: &mut Trial, edits: &[Edit]) -> bool {
    trial.take(typed(edits), &str::to_string, 1_800_000_000_000).is_some()
}

fn unit_of(trial: &Trial, post: &str) -> Option<RecordId> {
    let links = Links::of(&trial.fold().township().on(day()));
    links.posts.get(post)?.unit.as_ref().map(|unit| unit.id.clone())
}

#[test]
fn mv6_changes_on_trial_count_for_nothing_until_they_are_applied_as_one_step() {
    let desk = township();
    let hash = desk.read(|fold| fold.state_hash());
    let mut trial = Trial::on(desk.read(Clone::clone));
    assert!(take(&mut trial, &[("post", "wen", &[("unit", "pa")])]));
    assert!(take(&mut trial, &[("post", "neu", &[("title", "应急岗"), ("unit", "pa")])]));
    assert!(take(&mut trial, &[("post", "wen", &[("unit", "zz")])]));
    assert!(!take(&mut trial, &[("post", "wen", &[("unit", "zz")])]), "nothing differs");
    assert_eq!((trial.len(), unit_of(&trial, "wen")), (3, Some(id("zz"))));
    assert_eq!(desk.read(|fold| fold.state_hash()), hash, "the township is as it was");

    assert_eq!(trial.undo(&str::to_string, 0).as_deref(), Some("录入"));
    assert_eq!(unit_of(&trial, "wen"), Some(id("pa")));
    assert!(trial.redo(&str::to_string, 0).is_some());
    assert!(trial.redo(&str::to_string, 0).is_none());
    assert_eq!(unit_of(&trial, "wen"), Some(id("zz")));

    let plan = trial.plan("采用试排", &str::to_string);
    let said: Vec<String> = plan
        .lines
        .iter()
        .map(|line| [&*line.record, &*line.label, &*line.now, &*line.then].join(" "))
        .collect();
    assert_eq!(
        said,
        [
            "岗位“应急岗” 岗位名称 （空） 应急岗",
            "岗位“应急岗” 所属机构 （空） 平安办",
            "岗位“文书岗” 所属机构 党政办 综治组"
        ]
    );
    now(desk.commit(&plan.draft)).expect("commit");
    assert_eq!(links(&desk, day()).posts_in(&id("zz")).len(), 1);
    assert_eq!(links(&desk, day()).posts_in(&id("pa")).len(), 2);
    now(desk.undo()).expect("one step");
    assert_eq!(links(&desk, day()).posts_in(&id("dz")).len(), 2);
}

#[test]
fn mv7_a_trial_moves_along_when_the_township_changes_under_it() {
    let desk = township();
    let mut trial = Trial::on(desk.read(Clone::clone));
    take(&mut trial, &[("post", "wen", &[("unit", "pa")])]);
    write(&desk, &[("post", "wen", &[("title", "文秘岗")]), ("post", "dang", &[("unit", "pa")])]);
    trial.move_to(desk.read(Clone::clone), &str::to_string, 0);
    let links = Links::of(&trial.fold().township().on(day()));
    assert_eq!(
        links.posts.get("wen").map(|post| post.title.to_string()).as_deref(),
        Some("文秘岗")
    );
    assert_eq!(links.posts_in(&id("pa")).len(), 3);
    assert_eq!(trial.plan("采用试排", &str::to_string).count, 1);
}

#[test]
fn mv7_members_of_a_set_are_those_of_the_last_step() {
    let desk = township();
    write(&desk, &[("matter", "m", &[("name", "低保"), ("terms", "低保金")])]);
    let mut trial = Trial::on(desk.read(Clone::clone));
    take(&mut trial, &[("matter", "m", &[("terms", "低保金、救济")])]);
    take(&mut trial, &[("matter", "m", &[("terms", "生活补助")])]);
    now(desk.commit(&trial.draft("采用试排"))).expect("commit");
    let terms = |fold: &Fold| Links::of(&fold.township().on(day())).matters.all()[0].terms.clone();
    assert_eq!(desk.read(terms), ["生活补助".into()]);
}

/// What a window that closes leaves behind, and what the next one makes of it.
fn left(trial: &Trial, base: &Desk<Memory>) -> Result<Trial, CannotGoOn> {
    let text = kept::to_text(trial).expect("text");
    let base = base.read(Clone::clone);
    let steps = kept::read(&text, &base)?;
    let mut again = Trial::on(base);
    for step in steps {
        again.take(step, &str::to_string, 0);
    }
    Ok(again)
}

#[test]
fn mv9_a_trial_that_was_left_goes_on_as_it_was() {
    let desk = township();
    write(&desk, &[("matter", "m", &[("name", "低保"), ("terms", "低保金、救济")])]);
    let mut trial = Trial::on(desk.read(Clone::clone));
    take(&mut trial, &[("post", "wen", &[("unit", "pa"), ("title", "文\"书\n岗")])]);
    take(&mut trial, &[("post", "neu", &[("title", "应急岗"), ("unit", "pa"), ("seats", "2")])]);
    take(&mut trial, &[("matter", "m", &[("terms", "生活补助"), ("common", "是")])]);
    take(&mut trial, &[("holding", "ha", &[("until", "2026-12-01")])]);
    let again = left(&trial, &desk).expect("goes on");
    assert_eq!(again.len(), trial.len());
    assert_eq!(again.draft("采用"), trial.draft("采用"));
    let lines = |trial: &Trial| trial.plan("采用", &str::to_string).lines;
    assert_eq!(lines(&again), lines(&trial));
}

#[test]
fn mv9_a_trial_that_was_left_stands_on_the_township_of_now() {
    let desk = township();
    let mut trial = Trial::on(desk.read(Clone::clone));
    take(&mut trial, &[("post", "wen", &[("unit", "pa")])]);
    take(&mut trial, &[("post", "dang", &[("unit", "pa")])]);
    write(&desk, &[("post", "wen", &[("title", "文秘岗"), ("unit", "pa")])]);
    let again = left(&trial, &desk).expect("goes on");
    assert_eq!(again.len(), 1, "what has come about is no step any more");
    assert_eq!(again.plan("采用", &str::to_string).count, 1);
}

#[test]
fn mv9_a_trial_of_records_that_are_gone_is_refused_in_a_sentence() {
    let mut trial = Trial::on(township().read(Clone::clone));
    take(
        &mut trial,
        &[("post", "wen", &[("unit", "pa")]), ("post", "neu", &[("title", "应急岗")])],
    );
    let other = desk(9);
    write(&other, &[("unit", "pa", &[("name", "平安办")])]);
    let cannot = left(&trial, &other).err();
    assert_eq!(cannot, Some(CannotGoOn::Gone(1)), "the new post is nobody's loss");
    assert!(cannot.expect("it").to_string().contains("有 1 条现在的台账里没有"));
    let base = other.read(Clone::clone);
    for odd in [
        "",
        "{}",
        "[1]",
        r#"{"known":[],"steps":[{"what":"x","edits":[["post","a","nofield",1]]}]}"#,
    ] {
        assert_eq!(kept::read(odd, &base).err(), Some(CannotGoOn::Unreadable), "{odd}");
    }
}

#[test]
fn mv9_a_decided_conflict_is_not_kept_half() {
    let mut trial = Trial::on(township().read(Clone::clone));
    let kind = schema().kind("post").expect("kind");
    let register =
        schema().kinds[kind].register_of_field(schema().kinds[kind].field("title").expect("field"));
    let mut draft = Draft::new("裁决");
    draft.decide(kind, &id("wen"), register, Value::text("文秘岗"));
    assert!(trial.take(draft, &str::to_string, 0).is_some());
    assert_eq!(kept::to_text(&trial), None);
}

fn date(text: &str) -> Date {
    text.parse().expect("date")
}

/// `换人 党政办·文书岗: A岗 王小满 → 空缺`
fn said(compared: &Compared) -> Vec<String> {
    let changes = compared.posts.iter().chain(&compared.units);
    let line = |change: &gangtu::moving::compared::Change| {
        format!("{} {}: {} → {}", change.became.label(), change.name, change.before, change.after)
    };
    changes.map(line).collect()
}

#[test]
fn mv8_two_days_are_compared_post_by_post_person_by_person_unit_by_unit() {
    let desk = township();
    write(
        &desk,
        &[
            ("holding", "ha", &[("until", "2026-10-01")]),
            ("holding", "hc", &[("person", "a"), ("post", "wang"), ("role", "b")]),
            ("holding", "hc", &[("since", "2026-10-01")]),
            ("post", "neu", &[("title", "应急岗"), ("unit", "pa"), ("since", "2026-09-01")]),
            ("post", "dang", &[("until", "2026-11-01")]),
            ("unit", "zz", &[("since", "2026-09-01")]),
        ],
    );
    let of = |text: &str| links(&desk, date(text));
    let compared = compare((&of("2026-08-01"), &of("2026-11-02")));
    assert_eq!(
        said(&compared),
        [
            "新设 平安办·应急岗:  → 空缺",
            "换人 平安办·网格岗: A岗 李白露 → A岗 李白露、B岗 王小满",
            "换人 党政办·文书岗: A岗 王小满 → 空缺",
            "撤销 党政办·档案岗: 空缺 → ",
            "新设 综治组:  → 平安办"
        ]
    );
    let load = &compared.loads[0];
    assert_eq!((&*load.name, load.duties), ("王小满", (1, 2)));
    assert_eq!((&*load.posts.0, &*load.posts.1), ("党政办·文书岗 A岗", "平安办·网格岗 B岗"));
    let sizes: Vec<_> = compared.sizes.iter().map(|size| (&*size.name, size.posts)).collect();
    assert_eq!(sizes, [("党政办", (2, 1)), ("平安办", (1, 2))]);
    let marks: Vec<Became> = compared.marks(&id("neu")).map(|change| change.became).collect();
    assert_eq!(marks, [Became::New]);
    let days =
        desk.read(|fold| change_days(fold.township(), date("2026-08-01"), date("2026-11-01")));
    assert_eq!(days, ["2026-09-01", "2026-10-01", "2026-11-01"].map(date));
    assert!(compare((&of("2026-11-02"), &of("2026-11-02"))).is_same());
}

#[test]
fn mv8_moved_and_renamed_are_told_from_each_other() {
    let desk = township();
    let before = links(&desk, day());
    write(
        &desk,
        &[
            ("post", "wen", &[("unit", "pa"), ("title", "文秘岗")]),
            ("unit", "zz", &[("parent", "dz"), ("name", "综治中心")]),
        ],
    );
    assert_eq!(
        said(&compare((&before, &links(&desk, day())))),
        [
            "划转 平安办·文秘岗: 党政办 → 平安办",
            "改名 平安办·文秘岗: 文书岗 → 文秘岗",
            "划转 综治中心: 平安办 → 党政办",
            "改名 综治中心: 综治组 → 综治中心"
        ]
    );
}

#[test]
fn mv3_what_is_dropped_where_says_what_is_meant() {
    let desk = township();
    let links = links(&desk, day());
    let drop = |card: (&str, &str), on: (&str, &str)| {
        dropped(&links, (card.0, &id(card.1)), (on.0, &id(on.1)))
    };
    let (post, unit) = (|id: &'static str| ("post", id), |id: &'static str| ("unit", id));
    let to = |text: &str| text.to_string();
    assert_eq!(drop(post("wen"), unit("pa")), Some((Way::Post { post: id("wen") }, to("pa"))));
    assert_eq!(drop(post("wen"), post("wang")), Some((Way::Person { seat: id("ha") }, to("wang"))));
    assert_eq!(drop(post("dang"), post("wang")), Some((Way::Post { post: id("dang") }, to("pa"))));
    assert_eq!(drop(unit("zz"), unit("dz")), Some((Way::Unit { unit: id("zz") }, to("dz"))));
    assert_eq!(drop(unit("zz"), post("wen")), Some((Way::Lead { unit: id("zz") }, to("wen"))));
    assert_eq!(drop(unit("zz"), ("village", "v")), None);
    // Every way that is offered leads somewhere, and what it leads to is a plan or a sentence.
    for (kind, card) in [post("wen"), post("dang"), unit("zz"), unit("pa")] {
        let offered = ways(&links, kind, &id(card));
        assert!(!offered.is_empty());
        for gangtu::moving::ways::Offered { way, label } in offered {
            let choices = way.choices(&links);
            let targets =
                choices.iter().flat_map(|choices| &choices.list).map(|(id, _)| id.clone());
            for to in targets.chain(way.asks().is_none().then(String::new)) {
                let wanted = way.wanted(&to, HoldRole::Backup).expect("a move");
                match planned(&desk, &wanted) {
                    Ok(planned) => assert!(
                        !planned.lines.is_empty() && !planned.draft.is_empty(),
                        "{label} {to}"
                    ),
                    Err(error) => assert!(error.to_string().ends_with('。'), "{label} {to}"),
                }
            }
        }
    }
    assert!(ways(&links, "village", &id("v")).is_empty());
}

#[test]
fn p18_a_card_traces_the_other_posts_of_its_people_and_the_units_it_leads() {
    let desk = township();
    write(
        &desk,
        &[
            ("holding", "h2", &[("person", "a"), ("post", "dang"), ("role", "b")]),
            ("unit", "pa", &[("led_by", "wen")]),
        ],
    );
    let links = links(&desk, day());
    let mut staff = elsewhere(&links, "post/wen", true);
    staff.sort();
    assert_eq!(staff, ["post/dang", "post/wen", "unit/pa"]);
    assert_eq!(elsewhere(&links, "post/wen", false), ["unit/pa"], "王小满 is no leader");
    assert!(elsewhere(&links, "unit/pa", true).is_empty());
}
