//! The real posts against the real duty list: what is matched, what is shown, and that order is free.

mod support;

#[path = "exchange/steps.rs"]
#[allow(dead_code)]
mod steps;

use std::collections::BTreeSet;

use gangtu::exchange::link::{LinkPlan, Verdict, link_duties};
use gangtu::exchange::{Options, split_phrases};
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::kinds::duty_link::DutyRole;
use gangtu::model::kinds::{Duty, DutyLink, Post};
use steps::{commit, plan_bytes, plan_file, read_source, takes};
use support::{at, desk, now};

const LINK: Options =
    Options { today: None, create_people: false, link_duties: true, blank_clears: false };

fn township() -> Desk<Memory> {
    let desk = desk(1);
    commit(&desk, &plan_file(&desk, "posts.csv"));
    commit(&desk, &plan_file(&desk, "duties.csv"));
    desk
}

fn plan(desk: &Desk<Memory>) -> LinkPlan {
    desk.read(|fold| link_duties(fold.township(), None))
}

/// Every link in words: post, duty, role, scope.
fn links(desk: &Desk<Memory>) -> BTreeSet<String> {
    desk.read(|fold| {
        let links = fold.township().all::<DutyLink>();
        let words = links.iter().map(|link| {
            let title = |kind, id: Option<&str>| fold.township().title_of(kind, id.unwrap_or("-"));
            let post = title("post", link.post.as_ref().map(|post| post.id.as_str()));
            let duty = title("duty", link.duty.as_ref().map(|duty| duty.id.as_str()));
            format!("{post}|{duty}|{}|{}", link.role.map_or("", DutyRole::label), link.scope)
        });
        words.collect()
    })
}

/// The verdict on a phrase of a post: `=` matched names, `?` candidates, `*` general, `-` nothing.
fn verdict(plan: &LinkPlan, title: &str, phrase: &str) -> String {
    let post = plan
        .posts
        .iter()
        .find(|post| &*post.title == title && post.phrases.iter().any(|at| at.text == phrase));
    let found = post.and_then(|post| post.phrases.iter().find(|at| at.text == phrase));
    let names = |hits: &[gangtu::exchange::link::Hit]| {
        hits.iter().map(|hit| hit.name.to_string()).collect::<Vec<_>>().join("+")
    };
    match &found.expect("phrase").verdict {
        Verdict::Matched(hits) => format!("={}", names(hits)),
        Verdict::Unsure(hits) => format!("?{}", names(hits)),
        Verdict::General => "*".to_string(),
        Verdict::Unmatched => "-".to_string(),
    }
}

#[test]
fn x8_three_quarters_of_the_real_phrases_find_their_duty_and_none_is_lost() {
    let desk = township();
    let plan = plan(&desk);
    let counts = plan.counts();
    let posts = desk.read(|fold| fold.township().all::<Post>());
    let written: usize = posts.iter().map(|post| split_phrases(&post.duties).len()).sum();
    assert_eq!(counts.phrases, written);
    assert_eq!(counts.matched + counts.unsure + counts.general + counts.unmatched, written);
    let specific = counts.phrases - counts.general;
    assert!(counts.matched * 4 >= specific * 3, "{counts:?}");
}

#[test]
fn phrases_are_matched_as_a_clerk_would() {
    let desk = township();
    let plan = plan(&desk);
    let cases = [
        ("民政岗", "民政", "=民政工作"),
        ("综合岗", "党政智治", "=数字化改革(党政智治)"),
        ("综治岗", "四个平台", "=基层治理四平台运行"),
        ("投资统计岗", "固投", "=固定资产投资统计"),
        ("村会计代理岗", "五村会计", "=村会计代理"),
        ("国资岗", "国有资产管理", "=国有资产日常管理"),
        (
            "主任",
            "统筹民政残联退役三社卫健",
            "=民政工作+残联工作+退役军人工作+三社工作(社区社会组织社工)+卫生健康",
        ),
        ("主任", "全面统筹", "*"),
        ("党委副书记、镇长", "政府全面", "*"),
        ("外资岗", "翻译", "-"),
        ("安全项目岗", "劳动", "?劳动纠纷调处+劳动工资统计"),
    ];
    for (title, phrase, wanted) in cases {
        assert_eq!(verdict(&plan, title, phrase), wanted, "{title}: {phrase}");
    }
}

#[test]
fn words_that_mean_something_else_in_another_unit_are_not_matched() {
    let desk = township();
    let plan = plan(&desk);
    for (title, phrase) in
        [("林业岗", "能源"), ("副岗", "工会会计"), ("宣传后勤岗", "档案"), ("商会岗", "园区党建")]
    {
        assert!(verdict(&plan, title, phrase).starts_with('?'), "{title}: {phrase}");
    }
}

#[test]
fn x8_links_are_the_same_whichever_table_came_first() {
    let later = township();
    let draft = plan(&later).to_draft("补充岗位事项对应");
    now(later.commit(&draft)).expect("commit");

    let posts_last = desk(2);
    commit(&posts_last, &plan_file(&posts_last, "duties.csv"));
    commit(&posts_last, &plan_bytes(&posts_last, &read_source("posts.csv"), "posts.csv", LINK));

    let duties_last = desk(3);
    commit(&duties_last, &plan_file(&duties_last, "posts.csv"));
    commit(&duties_last, &plan_bytes(&duties_last, &read_source("duties.csv"), "duties.csv", LINK));

    assert!(links(&later).len() > 200);
    assert_eq!(links(&later), links(&posts_last));
    assert_eq!(links(&later), links(&duties_last));
}

#[test]
fn x8_a_post_leads_in_its_own_unit_and_assists_elsewhere() {
    let desk = township();
    let draft = plan(&desk).to_draft("补充岗位事项对应");
    now(desk.commit(&draft)).expect("commit");
    let links = links(&desk);
    let has = |words: &str| links.iter().any(|link| link.contains(words));
    assert!(
        has("巡查岗|农房码头燃气巡查|主责|农房、码头、燃气"),
        "phrases of one duty share a link"
    );
    assert!(has("项目现场岗|镇级小型项目现场管理|协助|镇级小型项目现场管理"));
    let posts = desk.read(|fold| fold.township().all::<Post>());
    assert!(posts.iter().any(|post| post.duties.contains("翻译")), "the cell keeps every word");
}

#[test]
fn x8_linking_twice_makes_nothing_and_what_was_ended_stays_ended() {
    let desk = township();
    let draft = plan(&desk).to_draft("补充岗位事项对应");
    now(desk.commit(&draft)).expect("commit");
    assert_eq!(plan(&desk).counts().links, 0);
    let (kind, until) = at("duty_link", "until");
    let first = desk.read(|fold| fold.township().all::<DutyLink>()[0].id.clone());
    let mut end = gangtu::journal::Draft::new("结束");
    end.set(kind, &first, until, gangtu::model::Value::text("2026-01-01"));
    now(desk.commit(&end)).expect("commit");
    assert_eq!(plan(&desk).counts().links, 0);
}

#[test]
fn x8_a_person_may_choose_among_the_candidates() {
    let desk = township();
    let mut plan = plan(&desk);
    let post = plan.posts.iter().position(|post| &*post.title == "安全项目岗").expect("post");
    let phrase = plan.posts[post].phrases.iter().position(|at| at.text == "劳动").expect("phrase");
    let Verdict::Unsure(hits) = plan.posts[post].phrases[phrase].verdict.clone() else {
        panic!("unsure")
    };
    let before = plan.counts().links;
    plan.choose(post, phrase, vec![hits[1].clone()]);
    assert_eq!(plan.counts().links, before + 1);
    plan.choose(post, phrase, Vec::new());
    assert_eq!(plan.counts().links, before);
}

#[test]
fn x8_what_a_person_chose_is_not_asked_again() {
    let desk = township();
    let mut before = plan(&desk);
    let post = before.posts.iter().position(|post| &*post.title == "安全项目岗").expect("post");
    let texts = &before.posts[post].phrases;
    let phrase = texts.iter().position(|at| at.text == "劳动").expect("phrase");
    let Verdict::Unsure(hits) = texts[phrase].verdict.clone() else { panic!("unsure") };
    let chosen = hits[1].clone();
    before.choose(post, phrase, vec![chosen.clone()]);
    now(desk.commit(&before.to_draft("对应"))).expect("commit");
    let after = plan(&desk);
    assert_eq!(verdict(&after, "安全项目岗", "劳动"), format!("={}", chosen.name));
    assert!(after.is_known(&after.posts[post].post, &chosen.duty));
    assert_eq!(after.counts().links, 0, "nothing is linked twice");
}

#[test]
fn a_duty_list_without_units_belongs_to_whoever_lists_the_duty() {
    let desk = desk(1);
    takes(&desk, "duty", "序号,事项名称\n1,动物防疫\n2,秸秆禁烧\n");
    takes(&desk, "post", "机构,岗位,职责\n农办,防疫岗,防疫\n");
    assert_eq!(desk.read(|fold| fold.township().all::<Duty>().len()), 2);
    let links = plan(&desk).links();
    assert_eq!(links.len(), 1);
    assert_eq!(links[0].role, DutyRole::Lead);
}
