//! Importing the real tables as a clerk does: decode, read, map, plan, one commit. X-rules of SPEC.md.

mod support;

#[path = "exchange/steps.rs"]
mod steps;

use gangtu::exchange::{Counts, Options, Outcome, divisions, to_csv};
use gangtu::exchange::{ExportColumn, link, listed_columns};
use gangtu::exchange::link::{LinkCounts, Verdict};
use gangtu::model::kinds::{Duty, DutyLink, Matter, Post, Unit, Village};
use gangtu::model::schema;
use steps::{commit, counts, plan_file, plan_text, read_source, takes};
use support::{desk, now};

fn counts_of(new: usize, changes: usize, same: usize, bad: usize) -> Counts {
    Counts { new, changes, same, bad }
}

#[test]
fn the_real_post_table_is_one_undoable_action() {
    let desk = desk(1);
    let plan = plan_file(&desk, "posts.csv");
    assert_eq!(plan.counts(), counts_of(148, 0, 0, 0));
    assert_eq!(plan.summary(), "岗位：新增 148 条，修改 0 条，相同 0 条，将新建机构 17 个。");
    commit(&desk, &plan);
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len()), 148);
    let units = desk.read(|fold| fold.township().all::<Unit>());
    let lead = units.iter().find(|unit| unit.no == Some(1)).expect("first unit");
    assert_eq!((&*lead.name, lead.role.map(|role| role.id())), ("班子", Some("leadership")));
    assert!(units.iter().filter(|unit| unit.role.is_some()).count() == 1, "no role is invented");
    now(desk.undo()).expect("undo");
    assert_eq!(desk.read(|fold| fold.township().all::<Post>().len() + fold.township().all::<Unit>().len()), 0);
}

#[test]
fn a_second_import_of_every_real_table_changes_nothing() {
    let desk = desk(1);
    for file in ["posts.csv", "duties.csv", "matters.csv", "matters_common.csv", "terms.csv"] {
        let plan = plan_file(&desk, file);
        let first = plan.counts();
        assert_eq!(first.bad, 0, "{file}: {:?}", plan.bad().collect::<Vec<_>>());
        commit(&desk, &plan);
        let again = plan_file(&desk, file);
        let rows = again.rows.len();
        assert_eq!(again.counts(), counts_of(0, 0, rows, 0), "{file}");
        assert!(again.changes_nothing(), "{file}");
    }
    let units = desk.read(|fold| fold.township().all::<Unit>().len());
    assert_eq!(units, 17, "posts and duties name the same units");
}

#[test]
fn match_rate_listing() {
    let desk = desk(1);
    for file in ["posts.csv", "duties.csv"] {
        commit(&desk, &plan_file(&desk, file));
    }
    let plan = desk.read(|fold| link::link_duties(fold.township(), None));
    for post in &plan.posts {
        for phrase in &post.phrases {
            let hits = |hits: &Vec<link::Hit>| hits.iter().map(|h| format!("{}{}{}% {:?}", if h.own_unit {""} else {"*"}, h.name, h.percent, h.how)).collect::<Vec<_>>().join(" | ");
            let v = match &phrase.verdict { Verdict::Matched(h) => format!("M {}", hits(h)), Verdict::Unsure(h) => format!("? {}", hits(h)), Verdict::General => "G".into(), Verdict::Unmatched => "-".into() };
            let unit = desk.read(|fold| post.unit.as_ref().map(|u| fold.township().title_of("unit", u.as_str())).unwrap_or_default());
            eprintln!("{}\t{}\t{}\t{v}", unit, post.title, phrase.text);
        }
    }
    eprintln!("{:?}", plan.counts());
}
