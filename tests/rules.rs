//! Each rule on a small township in which everything is in order but the one thing put wrong.
//!
//! Rule ids are in the names. What the rules make of whole townships: `samples.rs`.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::Date;
use gangtu::model::kinds::post::Track;
use gangtu::rules::{Finding, Links, Rule, ServiceRole, Severity, Staffing, findings, grouped};
use support::{Edit, desk, id, write};

/// A township of seven posts in which no rule finds anything.
const SOUND: &[Edit] = &[
    ("town", "t", &[("name", "小镇"), ("lead", "r1"), ("template", "1+4+X"), ("quota", "4")]),
    ("town", "t", &[("post_cap", "7"), ("steady_planned", "5"), ("vanguard_planned", "1")]),
    ("unit", "ld", &[("name", "班子"), ("role", "leadership")]),
    ("unit", "zh", &[("name", "指挥室"), ("role", "command"), ("led_by", "l1")]),
    ("unit", "dj", &[("name", "党建办"), ("role", "party"), ("led_by", "l1")]),
    ("unit", "jj", &[("name", "经济办"), ("role", "economy"), ("led_by", "l1")]),
    ("unit", "pa", &[("name", "平安办"), ("role", "safety"), ("led_by", "l1")]),
    ("unit", "gg", &[("name", "公服办"), ("role", "service"), ("led_by", "l1")]),
    ("post", "l1", &[("title", "书记"), ("unit", "ld")]),
    ("post", "zh1", &[("title", "指挥岗"), ("unit", "zh"), ("track", "steady")]),
    ("post", "dj1", &[("title", "党建岗"), ("unit", "dj"), ("track", "steady")]),
    ("post", "jj1", &[("title", "产业岗"), ("unit", "jj"), ("track", "steady")]),
    ("post", "pa1", &[("title", "网格岗"), ("unit", "pa"), ("track", "steady")]),
    ("post", "gg1", &[("title", "民政岗"), ("unit", "gg"), ("track", "steady")]),
    ("post", "v1", &[("title", "征迁岗"), ("unit", "jj"), ("track", "vanguard")]),
    ("post", "v1", &[("key_task", "改线"), ("since", "2026-01-01"), ("until", "2027-01-01")]),
    ("duty", "d1", &[("name", "低保"), ("list", "basic")]),
    ("duty", "d2", &[("name", "改线征迁"), ("list", "assist")]),
    ("duty", "d3", &[("name", "房屋鉴定"), ("list", "recalled")]),
    ("duty_link", "k1", &[("post", "gg1"), ("duty", "d1"), ("role", "lead")]),
    ("duty_link", "k2", &[("post", "v1"), ("duty", "d2"), ("role", "lead")]),
    ("duty_link", "k3", &[("post", "l1"), ("duty", "d1"), ("role", "assist")]),
    ("duty_link", "k4", &[("post", "zh1"), ("duty", "d1"), ("role", "assist")]),
    ("duty_link", "k5", &[("post", "dj1"), ("duty", "d1"), ("role", "assist")]),
    ("duty_link", "k6", &[("post", "jj1"), ("duty", "d1"), ("role", "assist")]),
    ("duty_link", "k7", &[("post", "pa1"), ("duty", "d1"), ("role", "assist")]),
    ("person", "r1", &[("name", "王一"), ("on_quota", "是"), ("identity", "administrative")]),
    ("person", "r2", &[("name", "李二"), ("on_quota", "是"), ("identity", "institution")]),
    ("person", "r3", &[("name", "张三"), ("identity", "stationed"), ("from", "县局")]),
    ("person", "r4", &[("name", "赵四"), ("identity", "contract")]),
    ("person", "g1", &[("name", "孙网格"), ("identity", "grid")]),
    ("holding", "h1", &[("person", "r1"), ("post", "l1"), ("role", "a"), ("main", "是")]),
    ("holding", "h2", &[("person", "r2"), ("post", "zh1"), ("role", "a"), ("main", "是")]),
    ("holding", "h3", &[("person", "r2"), ("post", "dj1"), ("role", "a")]),
    ("holding", "h4", &[("person", "r3"), ("post", "jj1"), ("role", "a"), ("main", "是")]),
    ("holding", "h5", &[("person", "r3"), ("post", "pa1"), ("role", "a")]),
    ("holding", "h6", &[("person", "r4"), ("post", "gg1"), ("role", "a"), ("main", "是")]),
    ("holding", "h7", &[("person", "r4"), ("post", "v1"), ("role", "a")]),
    ("holding", "b1", &[("person", "r2"), ("post", "l1"), ("role", "b")]),
    ("holding", "b2", &[("person", "r3"), ("post", "zh1"), ("role", "b")]),
    ("holding", "b3", &[("person", "r1"), ("post", "dj1"), ("role", "b")]),
    ("holding", "b4", &[("person", "r1"), ("post", "jj1"), ("role", "b")]),
    ("holding", "b5", &[("person", "r4"), ("post", "pa1"), ("role", "b")]),
    ("holding", "b6", &[("person", "r3"), ("post", "gg1"), ("role", "b")]),
    ("holding", "b7", &[("person", "r3"), ("post", "v1"), ("role", "b")]),
    ("zone", "z1", &[("name", "东片"), ("head", "r1")]),
    ("village", "n1", &[("name", "东村"), ("zone", "z1"), ("contact", "r2")]),
    ("village", "n1", &[("code", "999999101201")]),
    ("grid_cell", "c1", &[("name", "东网格"), ("level", "grid"), ("village", "n1")]),
    ("grid_cell", "c1", &[("code", "999999101201001"), ("keeper", "g1"), ("deputy", "r3")]),
    ("grid_cell", "c2", &[("name", "东子网格"), ("level", "sub"), ("village", "n1")]),
    ("grid_cell", "c2", &[("parent", "c1"), ("code", "99999910120100101"), ("keeper", "r3")]),
    ("grid_cell", "c3", &[("name", "东微网格"), ("level", "micro"), ("village", "n1")]),
    ("grid_cell", "c3", &[("parent", "c2"), ("code", "9999991012010010101"), ("keeper", "r4")]),
    ("action", "a1", &[("name", "征迁行动")]),
    ("task_force", "f1", &[("name", "征迁专班"), ("action", "a1")]),
    ("task", "t1", &[("name", "签协议"), ("action", "a1"), ("post", "v1"), ("due", "2099-12-31")]),
    ("window", "w1", &[("name", "民政窗口"), ("post", "gg1")]),
    ("matter", "m1", &[("name", "低保"), ("common", "是"), ("window", "w1"), ("post", "gg1")]),
    ("matter", "m1", &[("condition", "困难"), ("materials", "身份证"), ("steps", "申请")]),
    ("matter", "m1", &[("promise_days", "5"), ("proxy", "可以")]),
    ("proxy_point", "q1", &[("name", "东村代办点"), ("village", "n1"), ("agent", "g1")]),
];

fn sound() -> Desk<Memory> {
    let desk = desk(1);
    write(&desk, SOUND);
    desk
}

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 2).expect("date")
}

fn found(desk: &Desk<Memory>) -> Vec<Finding> {
    desk.read(|fold| findings(&fold.township().on(day())))
}

/// Puts the sound township wrong; the rule must find exactly this record and field.
fn breaks(edits: &[Edit], rule: Rule, severity: Severity, place: (&str, &str, &str)) -> Finding {
    let desk = sound();
    write(&desk, edits);
    let mut hits: Vec<Finding> =
        found(&desk).into_iter().filter(|finding| finding.rule == rule).collect();
    assert_eq!(hits.len(), 1, "{hits:#?}");
    let hit = hits.remove(0);
    assert_eq!((hit.kind, hit.record.as_str(), hit.field), place, "{}", hit.sentence);
    assert_eq!(hit.severity, severity);
    assert!(hit.sentence.ends_with('。'), "{}", hit.sentence);
    hit
}

const ENDED: &[(&str, &str)] = &[("until", "2026-10-01")];

#[test]
fn r3_a_township_in_order_has_no_findings() {
    assert_eq!(found(&sound()), vec![]);
}

#[test]
fn yc_09_a_duty_needs_a_lead_post() {
    let place = ("duty", "d1", "name");
    let edit: &[Edit] = &[("duty_link", "k1", &[("role", "assist")])];
    let hit = breaks(edit, Rule::DutyLead, Severity::Error, place);
    assert!(hit.sentence.contains("低保"), "{}", hit.sentence);
    let unlisted: &[Edit] = &[("duty", "d4", &[("name", "文印")])];
    breaks(unlisted, Rule::DutyLead, Severity::Warning, ("duty", "d4", "name"));
    breaks(
        &[("duty_link", "k2", ENDED), ("duty_link", "k8", &[("post", "v1"), ("duty", "d1")])],
        Rule::DutyLead,
        Severity::Warning,
        ("duty", "d2", "name"),
    );
}

#[test]
fn yc_09_a_post_needs_a_duty() {
    let place = ("post", "pa1", "duties");
    let edits: &[Edit] = &[("duty_link", "k7", ENDED)];
    breaks(edits, Rule::PostDuty, Severity::Error, place);
    let words: &[Edit] = &[("duty_link", "k7", ENDED), ("post", "pa1", &[("duties", "网格")])];
    breaks(words, Rule::PostDuty, Severity::Warning, place);
}

#[test]
fn yc_09_a_recalled_duty_is_nobodys() {
    let link: &[Edit] =
        &[("duty_link", "k9", &[("post", "gg1"), ("duty", "d3"), ("role", "lead")])];
    breaks(link, Rule::RecalledLinked, Severity::Warning, ("duty", "d3", "list"));
}

#[test]
fn yc_08_tracks_are_counted_against_the_plan() {
    let plan: &[Edit] = &[("town", "t", &[("steady_planned", "41")])];
    let hit = breaks(plan, Rule::TrackCount, Severity::Warning, ("town", "t", "steady_planned"));
    assert!(hit.sentence.contains("41") && hit.sentence.contains("5个"), "{}", hit.sentence);
}

#[test]
fn yc_08_a_vanguard_post_has_task_and_dates() {
    let warning = Severity::Warning;
    for (field, edit) in [("key_task", ""), ("since", ""), ("until", "")] {
        let edits: &[Edit] = &[("post", "v1", &[(field, edit)])];
        breaks(edits, Rule::TaskPost, warning, ("post", "v1", field));
    }
    let special: &[Edit] = &[("post", "pa1", &[("track", "special")])];
    breaks(special, Rule::TaskPost, warning, ("post", "pa1", "key_task"));
}

#[test]
fn yc_11_a_vacant_post_names_its_stand_in() {
    let place = ("post", "jj1", "title");
    let with_b: &[Edit] = &[("holding", "h4", ENDED)];
    let hit = breaks(with_b, Rule::PostVacant, Severity::Warning, place);
    assert!(hit.sentence.contains("王一"), "{}", hit.sentence);
    let without: &[Edit] = &[("holding", "h4", ENDED), ("holding", "b4", ENDED)];
    let hit = breaks(without, Rule::PostVacant, Severity::Warning, place);
    assert!(hit.sentence.contains("没有B岗"), "{}", hit.sentence);
}

#[test]
fn yc_11_a_table_of_posts_alone_gives_one_note() {
    let desk = desk(1);
    write(&desk, &[("post", "a", &[("title", "甲岗")]), ("post", "b", &[("title", "乙岗")])]);
    let mut hits = found(&desk);
    hits.retain(|hit| matches!(hit.rule, Rule::PostVacant | Rule::PostNoBackup));
    assert_eq!(hits.len(), 1, "{hits:#?}");
    assert_eq!((hits[0].severity, hits[0].record.as_str()), (Severity::Note, "a"));
}

#[test]
fn lx_12_a_post_of_one_needs_a_stand_in() {
    let edits: &[Edit] = &[("holding", "b5", ENDED)];
    breaks(edits, Rule::PostNoBackup, Severity::Note, ("post", "pa1", "title"));
}

#[test]
fn yc_11_a_post_has_no_more_people_than_seats() {
    let second: &[Edit] = &[("holding", "h8", &[("person", "r1"), ("post", "pa1"), ("role", "a")])];
    breaks(second, Rule::PostOverfull, Severity::Warning, ("post", "pa1", "seats"));
    let desk = sound();
    write(&desk, second);
    write(&desk, &[("post", "pa1", &[("seats", "2")])]);
    assert_eq!(found(&desk), vec![]);
}

#[test]
fn zj_03_two_posts_of_a_unit_have_two_names() {
    let edits: &[Edit] = &[("post", "v1", &[("title", "产业岗")])];
    breaks(edits, Rule::PostTwin, Severity::Note, ("post", "v1", "title"));
}

#[test]
fn zj_06_posts_stay_under_the_cap() {
    let edits: &[Edit] = &[("town", "t", &[("post_cap", "6")])];
    breaks(edits, Rule::PostCap, Severity::Error, ("town", "t", "post_cap"));
}

#[test]
fn yc_12_staff_stays_under_the_quota() {
    let edits: &[Edit] = &[("town", "t", &[("quota", "1")])];
    breaks(edits, Rule::OverQuota, Severity::Error, ("town", "t", "quota"));
}

#[test]
fn yc_12_one_main_post_a_person() {
    let edits: &[Edit] = &[("holding", "h3", &[("main", "是")])];
    let hit = breaks(edits, Rule::MainTwice, Severity::Error, ("person", "r2", "name"));
    assert!(hit.sentence.contains("指挥室·指挥岗"), "{}", hit.sentence);
}

#[test]
fn yc_12_everyone_of_the_force_has_a_post() {
    let warning = Severity::Warning;
    let staff: &[Edit] = &[("person", "r5", &[("name", "周五"), ("identity", "contract")])];
    breaks(staff, Rule::PersonNoPost, warning, ("person", "r5", "name"));
    let desk = sound();
    write(&desk, &[("person", "x1", &[("name", "吴村"), ("identity", "village")])]);
    assert_eq!(found(&desk), vec![], "a village cadre needs no post");
}

#[test]
fn lx_07_a_secondment_says_whence_and_until_when() {
    let warning = Severity::Warning;
    let edits: &[Edit] = &[("person", "r3", &[("from", "")])];
    breaks(edits, Rule::Secondment, warning, ("person", "r3", "from"));
    let edits: &[Edit] = &[("person", "r3", &[("identity", "seconded")])];
    breaks(edits, Rule::Secondment, warning, ("person", "r3", "until"));
    let quota: &[(&str, &str)] =
        &[("identity", "seconded"), ("until", "2027-01-01"), ("on_quota", "是")];
    breaks(&[("person", "r3", quota)], Rule::Secondment, warning, ("person", "r3", "on_quota"));
}

#[test]
fn zj_02_one_room_and_four_platforms() {
    let edits: &[Edit] = &[("unit", "pa", &[("role", "special")])];
    let hit = breaks(edits, Rule::Structure, Severity::Error, ("town", "t", "template"));
    assert!(hit.sentence.contains("平安法治平台"), "{}", hit.sentence);
    let desk = sound();
    write(&desk, edits);
    write(&desk, &[("town", "t", &[("small", "是")])]);
    assert_eq!(found(&desk), vec![], "a small township has posts only");
}

#[test]
fn xm_07_five_offices_one_station_two_centres() {
    let desk = sound();
    let roles = ["office", "office", "office", "office", "office", "station", "centre", "centre"];
    write(&desk, &[("town", "t", &[("template", "5+1+2")])]);
    for (unit, role) in ["zh", "dj", "jj", "pa", "gg", "ld"].iter().zip(roles) {
        write(&desk, &[("unit", unit, &[("role", role), ("led_by", "l1")])]);
    }
    let centres: Vec<Finding> =
        found(&desk).into_iter().filter(|finding| finding.rule == Rule::Structure).collect();
    assert_eq!(centres.len(), 1, "{centres:#?}");
    assert!(centres[0].sentence.contains("“中心”2个，现在是0个"), "{}", centres[0].sentence);
}

#[test]
fn xm_04_a_unit_has_a_leader_its_own_or_its_parents() {
    let alone: &[Edit] = &[("unit", "pa", &[("led_by", "")])];
    breaks(alone, Rule::UnitLeader, Severity::Warning, ("unit", "pa", "led_by"));
    let desk = sound();
    write(&desk, &[("unit", "pa", &[("led_by", ""), ("parent", "dj")])]);
    assert_eq!(found(&desk), vec![]);
}

#[test]
fn xm_09_a_unit_without_posts_is_noted() {
    let edits: &[Edit] = &[("unit", "xx", &[("name", "新办"), ("led_by", "l1")])];
    breaks(edits, Rule::UnitEmpty, Severity::Note, ("unit", "xx", "name"));
}

#[test]
fn yc_03_town_zone_and_village_have_their_people() {
    let (warning, error) = (Severity::Warning, Severity::Error);
    let edits: &[Edit] = &[("town", "t", &[("lead", "")])];
    breaks(edits, Rule::TownLead, warning, ("town", "t", "lead"));
    let edits: &[Edit] = &[("zone", "z1", &[("head", "")])];
    breaks(edits, Rule::ZoneHead, error, ("zone", "z1", "head"));
    let edits: &[Edit] = &[("village", "n1", &[("contact", "")])];
    breaks(edits, Rule::VillageContact, error, ("village", "n1", "contact"));
    let edits: &[Edit] = &[("village", "n1", &[("zone", "")])];
    breaks(edits, Rule::VillageZone, warning, ("village", "n1", "zone"));
}

#[test]
fn r4_yc_03_a_contact_who_left_leaves_the_village_without_one() {
    let edits: &[Edit] = &[("person", "r2", ENDED)];
    breaks(edits, Rule::VillageContact, Severity::Error, ("village", "n1", "contact"));
}

#[test]
fn xm_21_cells_have_keeper_place_and_code() {
    let (warning, note) = (Severity::Warning, Severity::Note);
    let edits: &[Edit] = &[("grid_cell", "c3", &[("keeper", "")])];
    breaks(edits, Rule::CellKeeper, warning, ("grid_cell", "c3", "keeper"));
    let edits: &[Edit] = &[("grid_cell", "c3", &[("parent", "c1"), ("code", "")])];
    breaks(edits, Rule::CellPlace, warning, ("grid_cell", "c3", "parent"));
    let edits: &[Edit] = &[("grid_cell", "c1", &[("village", "")])];
    breaks(edits, Rule::CellPlace, warning, ("grid_cell", "c1", "village"));
    let edits: &[Edit] = &[("grid_cell", "c3", &[("code", "9999991012010010201")])];
    breaks(edits, Rule::CellCode, note, ("grid_cell", "c3", "code"));
    let twin: &[(&str, &str)] = &[
        ("name", "西微网格"),
        ("level", "micro"),
        ("village", "n1"),
        ("parent", "c2"),
        ("keeper", "g1"),
        ("code", "9999991012010010101"),
    ];
    breaks(&[("grid_cell", "c4", twin)], Rule::CellCode, warning, ("grid_cell", "c4", "code"));
}

#[test]
fn xm_16_a_matter_has_window_and_post_and_the_window_somebody() {
    let (warning, note) = (Severity::Warning, Severity::Note);
    let edits: &[Edit] = &[("matter", "m1", &[("window", "")])];
    breaks(edits, Rule::MatterWindow, warning, ("matter", "m1", "window"));
    let edits: &[Edit] = &[("matter", "m2", &[("name", "挂失"), ("window", "w1")])];
    breaks(edits, Rule::MatterWindow, note, ("matter", "m2", "post"));
    let edits: &[Edit] = &[("window", "w1", &[("post", "")])];
    breaks(edits, Rule::WindowPost, warning, ("window", "w1", "post"));
    let edits: &[Edit] = &[("holding", "h6", ENDED)];
    breaks(edits, Rule::WindowPost, warning, ("window", "w1", "post"));
}

#[test]
fn zj_10_a_common_matter_has_a_whole_card() {
    let edits: &[Edit] = &[("matter", "m1", &[("materials", ""), ("steps", "")])];
    let hit = breaks(edits, Rule::MatterCard, Severity::Note, ("matter", "m1", "materials"));
    assert!(hit.sentence.ends_with("带什么、怎么办。"), "{}", hit.sentence);
}

#[test]
fn r1_zj10_what_many_cards_lack_is_said_once() {
    let edits: &[Edit] = &[
        ("matter", "m2", &[("name", "社保卡"), ("window", "w1"), ("post", "gg1")]),
        ("matter", "m2", &[("condition", "本人"), ("steps", "申请"), ("legal_days", "1")]),
        ("matter", "m2", &[("proxy", "可以")]),
    ];
    let hit = breaks(edits, Rule::MatterParts, Severity::Note, ("matter", "m2", "materials"));
    assert!(hit.sentence.starts_with("2 项办事事项里有 1 项没有写“带什么”"), "{}", hit.sentence);
}

#[test]
fn r1_yc11_a_post_whose_people_are_all_away_is_named() {
    let away: &[(&str, &str)] = &[("away_from", "2026-11-01"), ("away_until", "2026-11-05")];
    let desk = sound();
    write(&desk, &[("person", "r4", away)]);
    let none = found(&desk).into_iter().filter(|finding| finding.rule == Rule::PostAway).count();
    assert_eq!(none, 0, "r3 stands in for r4 in both posts");
    // r2 holds zh1 as A with r3 as B, and dj1 with r1.
    let edits: &[Edit] =
        &[("person", "r2", away), ("person", "r3", away), ("holding", "b4", ENDED)];
    let desk = sound();
    write(&desk, edits);
    let hits: Vec<Finding> =
        found(&desk).into_iter().filter(|finding| finding.rule == Rule::PostAway).collect();
    let of: Vec<&str> = hits.iter().map(|hit| hit.record.as_str()).collect();
    assert_eq!(of, ["jj1", "zh1"], "{hits:#?}");
    assert!(hits[0].sentence.contains("张三 外出到11月5日，没有B岗"), "{}", hits[0].sentence);
    assert!(hits[1].sentence.contains("B岗也不在"), "{}", hits[1].sentence);
}

#[test]
fn r1_xm17_a_point_has_an_agent_and_an_errand_is_done_in_time() {
    let edits: &[Edit] = &[("proxy_point", "q1", &[("agent", "")])];
    breaks(edits, Rule::ProxyAgent, Severity::Warning, ("proxy_point", "q1", "agent"));
    // The 30th of October 2026 is a Friday; the day asked for is Monday the 2nd of November.
    let job = |at: &'static str, done: &'static str, done_at: &'static str| -> Vec<Edit> {
        vec![
            (
                "proxy_job",
                "j1",
                Box::leak(Box::new([
                    ("subject", "营业执照"),
                    ("accepted", "2026-10-30"),
                    ("accepted_at", at),
                ])),
            ),
            ("proxy_job", "j1", Box::leak(Box::new([("done", done), ("done_at", done_at)]))),
        ]
    };
    let place = ("proxy_job", "j1", "done");
    let hit = breaks(&job("9:00", "2026-10-30", "16:00"), Rule::ProxyLate, Severity::Note, place);
    assert!(hit.sentence.contains("办了 5 小时，超过承诺的 4 小时"), "{}", hit.sentence);
    let open = breaks(&job("9:00", "", ""), Rule::ProxyLate, Severity::Warning, place);
    assert!(open.sentence.contains("还没有办结"), "{}", open.sentence);
    for in_time in [
        job("9:00", "2026-10-30", "15:00"),
        job("15:00", "2026-11-02", "9:30"),
        job("15:00", "", ""),
    ] {
        let desk = sound();
        write(&desk, &in_time);
        assert_eq!(found(&desk), vec![]);
    }
}

#[test]
fn r5_sync_a_reference_to_nothing_or_to_something_ended_is_named() {
    let edits: &[Edit] = &[("post", "zh1", &[("unit", "gone")]), ("unit", "zh", &[("no", "1")])];
    let hit = breaks(edits, Rule::Dangling, Severity::Error, ("post", "zh1", "unit"));
    assert!(hit.sentence.contains("指挥岗") && hit.sentence.contains("gone"), "{}", hit.sentence);
    let edits: &[Edit] = &[("zone", "z1", ENDED)];
    breaks(edits, Rule::Ended, Severity::Warning, ("village", "n1", "zone"));
}

#[test]
fn r5_sync_a_ring_of_parents_is_named_once() {
    let edits: &[Edit] =
        &[("unit", "zh", &[("parent", "dj")]), ("unit", "dj", &[("parent", "zh")])];
    let desk = sound();
    write(&desk, edits);
    let hits: Vec<Finding> = found(&desk);
    assert_eq!(hits.len(), 1, "{hits:#?}");
    assert_eq!((hits[0].rule, hits[0].field), (Rule::Ring, "parent"));
}

#[test]
fn r2_findings_come_in_the_order_of_rules_and_records_whatever_came_first() {
    let broken: &[Edit] = &[("holding", "b5", ENDED), ("holding", "b3", ENDED)];
    let forward = sound();
    write(&forward, broken);
    write(&forward, &[("town", "t", &[("post_cap", "1")])]);
    let backward = desk(2);
    for edit in [("town", "t", &[("post_cap", "1")] as &[_])].iter().chain(broken.iter().rev()) {
        write(&backward, &[*edit]);
    }
    for edit in SOUND
        .iter()
        .rev()
        .filter(|(_, _, fields)| fields.iter().all(|(field, _)| *field != "post_cap"))
    {
        write(&backward, &[*edit]);
    }
    write(&backward, &[("town", "t", &[("steady_planned", "5"), ("vanguard_planned", "1")])]);
    assert_eq!(found(&forward), found(&backward));
    let both = found(&forward);
    let groups: Vec<(Rule, Vec<&str>)> = grouped(&both)
        .map(|(rule, group)| (rule, group.iter().map(|hit| hit.record.as_str()).collect()))
        .collect();
    let expected = vec![(Rule::PostNoBackup, vec!["dj1", "pa1"]), (Rule::PostCap, vec!["t"])];
    assert_eq!(groups, expected);
}

#[test]
fn r6_yc_12_people_are_counted_once_whatever_they_hold() {
    let desk = sound();
    write(&desk, &[("unit", "zh", &[("no", "1")]), ("post", "jj1", &[("seats", "3")])]);
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(day()));
        let staffing = Staffing::of(&links);
        assert_eq!((staffing.authorised, staffing.in_post, staffing.force), (Some(4), 2, 4));
        assert_eq!(staffing.vacancies, Some(2));
        assert_eq!((staffing.track(Track::Steady), staffing.track(Track::Vanguard)), (5, 1));
        assert_eq!((staffing.posts, staffing.vacant_posts), (7, 0));
        assert_eq!(staffing.units[0].unit.as_str(), "zh", "numbered units come first");
        let jj = staffing.units.iter().find(|count| count.unit.as_str() == "jj").expect("unit");
        assert_eq!((jj.posts, jj.seats, jj.people, jj.vacant_posts), (2, 4, 2, 0));
    });
}

#[test]
fn r4_the_same_township_counts_differently_on_another_day() {
    let desk = sound();
    write(&desk, &[("holding", "h4", ENDED)]);
    let vacant = |month| {
        let day = Date::from_ymd_opt(2026, month, 1).expect("date");
        desk.read(|fold| Staffing::of(&Links::of(&fold.township().on(day))).vacant_posts)
    };
    assert_eq!((vacant(9), vacant(10)), (0, 1), "the end day itself no longer counts");
}

#[test]
fn links_go_from_post_to_people_and_duties_and_back() {
    let desk = sound();
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(day()));
        let holders: Vec<&str> =
            links.holders(&id("jj1")).iter().map(|seat| &*seat.person.name).collect();
        assert_eq!(holders, ["张三", "王一"], "A before B");
        let seats: Vec<&str> =
            links.seats_of(&id("r2")).iter().map(|seat| &*seat.post.title).collect();
        assert_eq!(seats, ["指挥岗", "党建岗", "书记"], "main, then A, then B");
        let posts = links.posts_for(&id("d1"));
        assert_eq!(&*posts[0].0.title, "民政岗", "the lead comes first");
        assert_eq!(posts.len(), 6);
        assert_eq!(links.units_led_by(&id("l1")).len(), 5);
        assert_eq!(links.leader_posts().len(), 1);
        assert_eq!(links.matters_at(&id("w1")).len(), 1);
        assert!(links.holders(&id("nobody")).is_empty());
    });
}

#[test]
fn a_cell_is_served_by_its_keeper_the_cells_above_and_the_contact() {
    let desk = sound();
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(day()));
        let serving = links.serving(&id("c3"));
        let who: Vec<(ServiceRole, &str)> =
            serving.iter().map(|service| (service.role, &*service.person.name)).collect();
        let expected = [
            (ServiceRole::Keeper, "赵四"),
            (ServiceRole::ParentKeeper, "张三"),
            (ServiceRole::ParentKeeper, "孙网格"),
            (ServiceRole::Contact, "李二"),
        ];
        assert_eq!(who, expected);
        assert_eq!(&*serving[0].posts[0].title, "民政岗", "the main post first");
        assert_eq!(links.parts_of(&id("c1")).len(), 1);
    });
}

#[test]
fn r1_every_rule_has_its_own_id_and_words() {
    let mut ids: Vec<&str> = Rule::LIST.iter().map(|(id, _)| *id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), Rule::ALL.len());
}

#[test]
fn r1_yc06_an_action_has_one_task_force() {
    let place = ("action", "a2", "name");
    let alone = &[("action", "a2", &[("name", "防汛行动")][..])];
    let hit = breaks(alone, Rule::ActionForce, Severity::Warning, place);
    assert!(hit.sentence.contains("防汛行动"), "{}", hit.sentence);
    let two = &[("task_force", "f2", &[("name", "另一专班"), ("action", "a1")][..])];
    let hit = breaks(two, Rule::ActionForce, Severity::Warning, ("action", "a1", "name"));
    assert!(hit.sentence.contains("征迁专班、另一专班"), "{}", hit.sentence);
}

#[test]
fn r1_yc06_a_task_has_a_post_and_a_term_that_is_kept() {
    let edits = &[("task", "t1", &[("post", "")][..])];
    breaks(edits, Rule::TaskAnswers, Severity::Warning, ("task", "t1", "post"));
    let late = &[("task", "t1", &[("due", "2026-01-31")][..])];
    let hit = breaks(late, Rule::TaskLate, Severity::Warning, ("task", "t1", "done"));
    assert!(hit.sentence.contains("2026年1月31日"), "{}", hit.sentence);
    // What was done is late no more, and needs nobody.
    let desk = sound();
    write(&desk, late);
    write(&desk, &[("task", "t1", &[("done", "2026-02-01"), ("post", "")])]);
    assert_eq!(found(&desk), Vec::new());
}

#[test]
fn r1_yc23_a_red_or_yellow_village_has_a_task_force_and_a_task() {
    let place = ("village", "n1", "colour");
    for colour in ["red", "yellow"] {
        let coloured = &[("village", "n1", &[("colour", colour)][..])];
        breaks(coloured, Rule::VillageForce, Severity::Warning, place);
        let desk = sound();
        write(&desk, coloured);
        write(&desk, &[("task_force", "f3", &[("name", "东村专班"), ("village", "n1")])]);
        let hits: Vec<Rule> = found(&desk).iter().map(|finding| finding.rule).collect();
        assert_eq!(hits, [Rule::VillageTask]);
        write(&desk, &[("task", "t2", &[("name", "整顿"), ("village", "n1"), ("post", "pa1")])]);
        assert_eq!(found(&desk), Vec::new());
    }
    let desk = sound();
    write(&desk, &[("village", "n1", &[("colour", "green")])]);
    assert_eq!(found(&desk), Vec::new());
}
