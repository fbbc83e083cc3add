//! 战略 → 行动 → 任务, reviews, ranks and cases: how the chain stands, what the charts over time say, and that nothing is ranked
//! where the township does not publish ranks.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::Date;
use gangtu::model::kinds::Review;
use gangtu::picture::chart::{ChartInput, Form, draw};
use gangtu::picture::map::Value as MapValue;
use gangtu::picture::scene::{Scene, Shape};
use gangtu::rules::Links;
use gangtu::rules::band::Band;
use gangtu::rules::review::newest;
use gangtu::rules::work::{Stand, Work};
use gangtu::view::chart::ChartAsk;
use gangtu::view::map::{ColourBy, MapAsk, cells_counted};
use gangtu::view::map_figures::map_figures;
use gangtu::view::statistics::{Statistic, all, five, portrait_of};
use gangtu::view::work::{chart_cards, found, kin};
use support::{Edit, desk, write};

const DAY: Option<Date> = Date::from_ymd_opt(2026, 11, 2);

const TOWNSHIP: &[Edit] = &[
    ("town", "t", &[("name", "云溪镇"), ("band_good", "95")]),
    ("person", "zhao", &[("name", "赵一")]),
    ("person", "qian", &[("name", "钱二"), ("leader", "是")]),
    ("unit", "office", &[("name", "党政办")]),
    ("post", "clerk", &[("title", "文书岗"), ("unit", "office")]),
    ("post", "guard", &[("title", "安全岗"), ("unit", "office")]),
    ("holding", "h1", &[("person", "zhao"), ("post", "clerk"), ("role", "A岗")]),
    ("holding", "h2", &[("person", "qian"), ("post", "clerk"), ("role", "B岗")]),
    ("holding", "h3", &[("person", "qian"), ("post", "guard"), ("role", "A岗")]),
    ("strategy", "s1", &[("no", "1"), ("name", "产业富民")]),
    ("action", "a1", &[("no", "1"), ("name", "招商行动"), ("strategy", "s1"), ("lead", "guard")]),
    ("action", "a2", &[("no", "2"), ("name", "无主行动")]),
    ("task_force", "f1", &[("name", "招商专班"), ("action", "a1")]),
    (
        "task",
        "t1",
        &[
            ("name", "签约"),
            ("action", "a1"),
            ("post", "clerk"),
            ("begin", "2026-05-01"),
            ("due", "2026-12-31"),
            ("progress", "40"),
        ],
    ),
    ("task", "t2", &[("name", "平整"), ("action", "a1"), ("post", "clerk"), ("due", "2026-10-23")]),
    (
        "task",
        "t3",
        &[
            ("name", "联络"),
            ("action", "a1"),
            ("post", "guard"),
            ("due", "2026-09-30"),
            ("done", "2026-10-10"),
        ],
    ),
    ("task", "t4", &[("name", "筹备"), ("begin", "2027-01-01"), ("due", "2027-02-01")]),
];

fn township() -> Desk<Memory> {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    desk
}

fn links(desk: &Desk<Memory>) -> Links {
    desk.read(|fold| Links::of(&fold.township().on(DAY.expect("date"))))
}

fn work(desk: &Desk<Memory>) -> Work {
    desk.read(|fold| Work::of(&fold.township().on(DAY.expect("date"))))
}

fn chain(desk: &Desk<Memory>, names: bool) -> ChartInput {
    let ask = ChartAsk { names, form: Form::Work, ..ChartAsk::default() };
    let links = links(desk);
    desk.read(|fold| chart_cards(&fold.township().on(DAY.expect("date")), &links, &ask))
}

fn statistics(desk: &Desk<Memory>) -> Vec<Statistic> {
    let links = links(desk);
    desk.read(|fold| all(&fold.township().on(DAY.expect("date")), &links))
}

fn statistic(desk: &Desk<Memory>, id: &str) -> Statistic {
    statistics(desk).into_iter().find(|one| one.id == id).unwrap_or_else(|| panic!("{id}"))
}

/// `label value value …` of each group.
fn said(statistic: &Statistic) -> Vec<String> {
    let group = |group: &gangtu::view::statistics::Group| {
        let values = group.values.iter().enumerate();
        let values = values.map(|(at, value)| statistic.said(at, *value));
        std::iter::once(group.label.clone()).chain(values).collect::<Vec<_>>().join(" ")
    };
    statistic.groups.iter().map(group).collect()
}

fn texts(scene: &Scene) -> Vec<&str> {
    let text = |item: &gangtu::picture::scene::Item| match item.shape {
        Shape::Text { chars, .. } => Some(scene.text(chars)),
        _ => None,
    };
    scene.items.iter().filter_map(text).collect()
}

#[test]
fn p31_the_chain_leads_from_a_strategy_to_who_does_the_task() {
    let input = chain(&township(), true);
    let lines: Vec<String> = input
        .nodes
        .iter()
        .map(|node| {
            let depth = std::iter::successors(node.parent, |at| input.nodes[*at].parent).count();
            let holders: Vec<&str> = node.holders.iter().map(|one| one.name.as_str()).collect();
            let marks: Vec<&str> = node.marks.iter().map(|mark| mark.text.as_str()).collect();
            let vacant = if node.vacant { " 待定" } else { "" };
            let parts =
                [&*node.title, &node.subtitle, node.lacks, &holders.join("、"), &marks.join("、")];
            let parts = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>();
            format!("{}{}{vacant}", "  ".repeat(depth), parts.join(" | "))
        })
        .collect();
    assert_eq!(
        lines,
        [
            "云溪镇党委",
            "  产业富民 | 1 项行动",
            "    招商行动 | 牵头 安全岗",
            "      联络 | 安全岗　钱二 | 已完成",
            "      平整 | 文书岗　赵一 | 逾期 10 天",
            "      签约 | 文书岗　赵一 | 40%，12月31日到期",
            "  未归入战略目标",
            "    无主行动 | 缺专班",
            "  未归入行动",
            "    筹备 | 未开始 待定",
        ]
    );
    let drawn = texts(&draw(&input).scene).join("\n");
    for words in ["缺专班", "待定", "1 项待定", "岗 文书岗　赵一"] {
        assert!(drawn.contains(words), "{words} in\n{drawn}");
    }
}

#[test]
fn p31_who_may_not_know_names_reads_posts_alone_but_for_leaders() {
    let input = chain(&township(), false);
    let names: Vec<&str> =
        input.nodes.iter().flat_map(|node| &node.holders).map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["安全岗　钱二", "文书岗", "文书岗"]);
}

#[test]
fn p31_pointing_at_a_task_lights_up_what_else_its_people_answer_for() {
    let desk = township();
    // 赵一 of 文书岗 also sits in 安全岗.
    write(&desk, &[("holding", "h4", &[("person", "zhao"), ("post", "guard"), ("role", "A岗")])]);
    let (links, work) = (links(&desk), work(&desk));
    assert_eq!(kin(&links, &work, "task/t1"), ["task/t1", "task/t2", "task/t3"]);
    assert_eq!(kin(&links, &work, "task/t4"), [""; 0], "nobody answers for it");
    assert_eq!(kin(&links, &work, "action/a1"), [""; 0]);
}

#[test]
fn p31_what_is_looked_for_in_the_chain_is_a_name_or_a_post_that_answers() {
    let work = work(&township());
    assert_eq!(found(&work, "招商", &[]), ["action/a1"]);
    assert_eq!(found(&work, "签 约", &[]), ["task/t1"]);
    assert_eq!(found(&work, "文书", &["post/clerk".to_string()]), ["task/t1", "task/t2"]);
    assert_eq!(found(&work, " ", &[]), [""; 0]);
}

#[test]
fn p31_a_township_without_work_says_so() {
    let desk = desk(1);
    write(&desk, &[("town", "t", &[("name", "云溪镇")])]);
    let input = chain(&desk, true);
    assert_eq!(input.nodes.len(), 1);
    assert!(texts(&draw(&input).scene).concat().contains("还没有登记战略目标、行动和任务"));
}

#[test]
fn p32_a_task_is_late_from_the_day_after_its_term_until_it_is_done() {
    let desk = township();
    let work = work(&desk);
    let stand = |id: &str, day: (i32, u32, u32)| {
        let day = Date::from_ymd_opt(day.0, day.1, day.2).expect("day");
        Stand::of(work.tasks.get(id).expect("task"), day)
    };
    assert_eq!(stand("t2", (2026, 10, 23)), Stand::Running);
    assert_eq!(stand("t2", (2026, 10, 24)), Stand::Late(1));
    assert_eq!(stand("t3", (2026, 10, 9)), Stand::Late(9));
    assert_eq!(stand("t3", (2026, 10, 10)), Stand::Done);
    assert_eq!(stand("t4", (2026, 12, 31)), Stand::Waiting);
}

#[test]
fn p32_tasks_are_counted_by_how_they_stand_and_drawn_over_time() {
    let desk = township();
    assert_eq!(said(&statistic(&desk, "tasks")), ["已完成 1", "实施中 1", "逾期 1", "未开始 1"]);
    let gantt = statistic(&desk, "gantt");
    assert_eq!(
        said(&gantt),
        [
            "签约 2026年5月1日 2026年12月31日 — 40%",
            "联络 — 2026年9月30日 2026年10月10日 —",
            "平整 — 2026年10月23日 — —",
            "筹备 2027年1月1日 2027年2月1日 — —",
        ]
    );
    let scene = gantt.scene(560.0);
    let drawn = texts(&scene);
    assert!(drawn.contains(&"截至日") && drawn.contains(&"签约"), "{drawn:?}");
    let title = &*scene.group(scene.find("bar-0").expect("row")).title;
    assert_eq!(title, "签约，开始 2026年5月1日，期限 2026年12月31日，进度 40%");
}

#[test]
fn p32_what_was_to_be_done_and_what_is_runs_on_month_by_month() {
    let burn_up = statistic(&township(), "burn-up");
    assert_eq!(
        said(&burn_up),
        ["2026-09 1 0", "2026-10 2 1", "2026-11 2 1", "2026-12 3 —", "2027-01 3 —", "2027-02 4 —",]
    );
    assert!(burn_up.scene(560.0).find("bar-5").is_some());
}

const REVIEWS: &[Edit] = &[
    (
        "review",
        "r1",
        &[
            ("person", "zhao"),
            ("year", "2026"),
            ("quarter", "1"),
            ("loyalty", "90"),
            ("diligence", "80"),
            ("competence", "70"),
            ("drive", "60"),
            ("integrity", "100"),
        ],
    ),
    (
        "review",
        "r2",
        &[
            ("person", "zhao"),
            ("year", "2026"),
            ("quarter", "2"),
            ("loyalty", "100"),
            ("diligence", "96"),
            ("competence", "94"),
            ("drive", "92"),
            ("integrity", "98"),
        ],
    ),
    (
        "review",
        "r3",
        &[
            ("person", "qian"),
            ("year", "2026"),
            ("quarter", "2"),
            ("loyalty", "90"),
            ("diligence", "250"),
        ],
    ),
];

#[test]
fn p33_five_dimensions_are_a_radar_of_the_newest_review_beside_the_one_before() {
    let desk = township();
    write(&desk, REVIEWS);
    let links = links(&desk);
    let reviews: Vec<Review> = desk.read(|fold| fold.township().on(DAY.expect("date")).all());
    let zhao = &links.people.get("zhao").expect("person").id;
    let own = five(&reviews, zhao, &links).expect("scored");
    let heads: Vec<&str> = own.columns.iter().map(|column| &*column.name).collect();
    assert_eq!(heads, ["2026年第二季度", "2026年第一季度"]);
    assert_eq!(said(&own)[0], "政治忠诚度 100 90");
    assert!(texts(&own.scene(420.0)).contains(&"100 / 90"));
    // The mean of all; what is out of range counts as not given.
    assert_eq!(said(&statistic(&desk, "five"))[..2], ["政治忠诚度 95 90", "勤勉敬业度 96 80"]);
    let clerk = five(&reviews, &links.town.as_ref().expect("town").id, &links);
    assert!(clerk.is_none(), "nobody scored the township");
}

#[test]
fn p33_bands_go_by_the_townships_own_lines() {
    let desk = township();
    write(&desk, REVIEWS);
    // 优秀 begins at 95 here: the mean of 赵一 is 96, that of 钱二 90.
    assert_eq!(said(&statistic(&desk, "bands")), ["优秀 1", "良好 1", "合格 0", "待提升 0"]);
    let reviews: Vec<Review> = desk.read(|fold| fold.township().on(DAY.expect("date")).all());
    let scores: Vec<f64> = newest(&reviews).values().map(|(_, score)| *score).collect();
    assert_eq!(scores, [90.0, 96.0]);
    assert_eq!(Band::of(59.9, None), Band::Below);
    assert_eq!(Band::of(90.0, None), Band::Good);
}

#[test]
fn p33_a_portrait_says_where_each_figure_comes_from() {
    let desk = township();
    write(
        &desk,
        &[
            ("duty", "d1", &[("name", "低保")]),
            ("duty", "d2", &[("name", "防汛")]),
            ("duty_link", "l1", &[("post", "clerk"), ("duty", "d1"), ("role", "主责")]),
            ("duty_link", "l2", &[("post", "guard"), ("duty", "d1"), ("role", "协助")]),
            ("duty_link", "l3", &[("post", "guard"), ("duty", "d2"), ("role", "主责")]),
        ],
    );
    let links = links(&desk);
    let post = links.posts.get("clerk").expect("post");
    let (statistic, because) = portrait_of(&links, &work(&desk), post);
    assert_eq!(said(&statistic), ["职责饱和 50", "运行顺畅 50", "资源配置合理 100"]);
    assert_eq!(because[0], "职责饱和：本岗 1 项事项；全镇九成岗位不超过 2 项，按 2 项算满分。");
    assert_eq!(because[1], "运行顺畅：负责 2 项任务，其中 1 项逾期。");
}

const SCORES: &[Edit] = &[
    ("village", "v1", &[("name", "大石村")]),
    ("village", "v2", &[("name", "小河村")]),
    ("village", "v3", &[("name", "竹坑村")]),
    (
        "village_score",
        "x1",
        &[("village", "v1"), ("year", "2026"), ("quarter", "1"), ("score", "80")],
    ),
    (
        "village_score",
        "x2",
        &[("village", "v2"), ("year", "2026"), ("quarter", "1"), ("score", "90")],
    ),
    (
        "village_score",
        "x3",
        &[("village", "v3"), ("year", "2026"), ("quarter", "1"), ("score", "80")],
    ),
    (
        "village_score",
        "x4",
        &[("village", "v1"), ("year", "2026"), ("quarter", "2"), ("score", "95")],
    ),
    (
        "village_score",
        "x5",
        &[("village", "v2"), ("year", "2026"), ("quarter", "2"), ("score", "70")],
    ),
];

#[test]
fn p33_nothing_is_ranked_unless_the_township_publishes_ranks() {
    let desk = township();
    write(&desk, SCORES);
    let ranked = |desk: &Desk<Memory>| statistics(desk).into_iter().find(|one| one.id == "ranks");
    assert!(ranked(&desk).is_none());
    write(&desk, &[("town", "t", &[("ranking", "不公布")])]);
    assert!(ranked(&desk).is_none());
    write(&desk, &[("town", "t", &[("ranking", "按半年")])]);
    assert_eq!(
        said(&ranked(&desk).expect("ranks")),
        ["2026年2季 1 2"],
        "the first quarter stays unsaid"
    );
    write(&desk, &[("town", "t", &[("ranking", "按季")])]);
    let ranks = ranked(&desk).expect("ranks");
    // Villages by their newest rank; equal scores share one.
    let names: Vec<&str> = ranks.columns.iter().map(|column| &*column.name).collect();
    assert_eq!(names, ["大石村", "小河村", "竹坑村"]);
    assert_eq!(said(&ranks), ["2026年1季 2 1 2", "2026年2季 1 2 —"]);
    let drawn = ranks.scene(560.0);
    for name in names {
        assert!(texts(&drawn).contains(&name), "{name}");
    }
}

const CASES: &[Edit] = &[
    ("village", "v1", &[("name", "大石村"), ("households", "200")]),
    ("village", "v2", &[("name", "小河村")]),
    (
        "grid_cell",
        "c1",
        &[("name", "一网格"), ("level", "网格"), ("village", "v1"), ("households", "50")],
    ),
    (
        "grid_cell",
        "c2",
        &[
            ("name", "一微网格"),
            ("level", "微网格"),
            ("village", "v1"),
            ("parent", "c1"),
            ("households", "10"),
        ],
    ),
    (
        "case",
        "k1",
        &[
            ("subject", "路灯"),
            ("village", "v1"),
            ("accepted", "2026-08-03"),
            ("assigned", "2026-08-04"),
            ("closed", "2026-08-20"),
            ("visited", "2026-08-25"),
            ("outcome", "办成（调处成功）"),
        ],
    ),
    (
        "case",
        "k2",
        &[
            ("subject", "界址"),
            ("cell", "c2"),
            ("accepted", "2026-09-03"),
            ("closed", "2026-10-01"),
            ("outcome", "未办成（调处未成功）"),
        ],
    ),
    ("case", "k3", &[("subject", "水压"), ("village", "v2"), ("accepted", "2026-10-28")]),
    (
        "case",
        "k4",
        &[
            ("subject", "旧案"),
            ("village", "v1"),
            ("accepted", "2025-01-01"),
            ("closed", "2025-02-01"),
        ],
    ),
    ("case", "k5", &[("subject", "将来"), ("village", "v1"), ("accepted", "2026-12-01")]),
];

#[test]
fn p34_cases_are_counted_by_the_step_they_came_to() {
    let desk = desk(1);
    write(&desk, CASES);
    assert_eq!(said(&statistic(&desk, "flow")), ["受理 4 1", "分办 3 0", "办结 3 2", "回访 1 1"]);
    let months = said(&statistic(&desk, "case-months"));
    assert_eq!(months.first().map(String::as_str), Some("2025-01 1 0"));
    assert_eq!(
        &months[months.len() - 4..],
        ["2026-08 1 1", "2026-09 1 0", "2026-10 1 1", "2026-11 0 0"]
    );
    let ends = said(&statistic(&desk, "outcomes"));
    assert_eq!(ends, ["办成（调处成功） 1", "未办成（调处未成功） 1", "撤回 0", "还没有结果 2"]);
}

#[test]
fn p34_the_map_shows_cases_for_each_hundred_households_of_a_year() {
    let desk = desk(1);
    write(&desk, CASES);
    write(
        &desk,
        &[
            ("village", "v3", &[("name", "竹坑村"), ("households", "50")]),
            ("grid_cell", "c3", &[("name", "三网格"), ("level", "网格"), ("village", "v3")]),
            ("case", "k6", &[("subject", "公交"), ("village", "v3"), ("accepted", "2026-02-01")]),
        ],
    );
    let links = links(&desk);
    let ask = MapAsk { colour: ColourBy::Cases, method: None, names: true };
    let figures = desk.read(|fold| map_figures((&fold.township().on(DAY.expect("date")), &links)));
    let input = cells_counted(&links, &figures, ask);
    let value = |id: &str| {
        let cell = input.cells.iter().find(|cell| cell.id == id).unwrap_or_else(|| panic!("{id}"));
        cell.value
    };
    assert_eq!(
        value("village/v1"),
        Some(MapValue::Number(1.0)),
        "of a year, the case of a cell too"
    );
    assert_eq!(value("village/v2"), None, "nobody knows how many households");
    assert_eq!(value("village/v3"), Some(MapValue::Number(2.0)));
    assert_eq!(value("grid_cell/c1"), Some(MapValue::Number(2.0)), "what is below counts");
    assert_eq!(value("grid_cell/c2"), Some(MapValue::Number(10.0)));
    // In a village of which no case names a cell, its cells are as it is.
    assert_eq!(value("grid_cell/c3"), Some(MapValue::Number(2.0)));
    // Residents see nothing of it.
    let public = cells_counted(&links, &figures, MapAsk { names: false, ..ask });
    assert!(public.cells.iter().all(|cell| cell.value.is_none()));
}

#[test]
fn p34_colours_of_villages_say_what_they_mean_here() {
    let desk = desk(1);
    write(&desk, CASES);
    write(
        &desk,
        &[
            ("town", "t", &[("name", "云溪镇"), ("colour_red", "限期整顿")]),
            ("village", "v1", &[("colour", "红")]),
            ("village", "v2", &[("colour", "绿")]),
        ],
    );
    let links = links(&desk);
    let ask = MapAsk { colour: ColourBy::VillageColour, method: None, names: true };
    let input = cells_counted(&links, &Default::default(), ask);
    let drawn = gangtu::picture::map::draw(&input);
    let legend = gangtu::picture::map::legend(&input, &drawn);
    let words = texts(&legend).join(" ");
    assert!(words.contains("红：限期整顿"), "{words}");
    assert!(words.contains('绿') && !words.contains("绿："), "{words}");
}
