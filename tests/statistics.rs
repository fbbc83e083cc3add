//! Statistics: every person, post and duty is in one group and in one only, and each figure is as large as what
//! stands behind it.

mod support;

use gangtu::bundle::Bundle;
use gangtu::model::Date;
use gangtu::picture::matrix::Line;
use gangtu::rules::Links;
use gangtu::view::matrix::matrix;
use gangtu::view::statistics::{Shape, Statistic, all};
use support::{Edit, desk, now, write};

fn day() -> Date {
    Date::from_ymd_opt(2026, 11, 2).expect("date")
}

fn of(edits: &[Edit]) -> Vec<Statistic> {
    let desk = desk(1);
    if !edits.is_empty() {
        write(&desk, edits);
    }
    desk.read(|fold| {
        let day = fold.township().on(day());
        all(&day, &Links::of(&day))
    })
}

fn find<'a>(list: &'a [Statistic], id: &str) -> &'a Statistic {
    list.iter().find(|statistic| statistic.id == id).expect("statistic")
}

/// `26–30 岁 1/0`
fn said(statistic: &Statistic) -> Vec<String> {
    let filled = statistic.groups.iter().filter(|group| !group.behind.is_empty());
    let line = |group: &gangtu::view::statistics::Group| {
        let values: Vec<String> =
            group.values.iter().take(statistic.columns.len()).map(f64::to_string).collect();
        [&*group.label, " ", &values.join("/")].concat()
    };
    filled.map(line).collect()
}

const PEOPLE: &[Edit] = &[
    (
        "person",
        "a",
        &[
            ("name", "王小满"),
            ("sex", "男"),
            ("birth", "1996-11-02"),
            ("education", "全日制大学本科"),
        ],
    ),
    (
        "person",
        "b",
        &[("name", "李白露"), ("sex", "女"), ("birth", "1995-11-03"), ("education", "在职研究生")],
    ),
    (
        "person",
        "c",
        &[("name", "陈谷雨"), ("sex", "女"), ("birth", "1960-01-01"), ("education", "大专")],
    ),
    ("person", "d", &[("name", "周立夏"), ("sex", "男"), ("identity", "事业")]),
    (
        "person",
        "g",
        &[("name", "孙网格"), ("sex", "男"), ("identity", "网格员"), ("birth", "1990-01-01")],
    ),
];

#[test]
fn p19_age_is_that_of_the_day_and_who_has_no_date_is_counted_too() {
    let list = of(PEOPLE);
    let ages = find(&list, "ages");
    assert_eq!(ages.shape, Shape::Pyramid);
    // Thirty on the very day; thirty still on the day before the birthday.
    assert_eq!(
        said(ages),
        ["26–30 岁 1/1", "61 岁及以上 0/1", "未填 1/0"],
        "grid workers are no force"
    );
    let education = find(&list, "education");
    assert_eq!(said(education), ["研究生 0/1", "大学本科 1/0", "大专 0/1", "未填 1/0"]);
    assert_eq!(said(find(&list, "identities")), ["事业 1", "网格员 1", "未填 3"]);
}

#[test]
fn p19_without_sexes_the_pyramid_is_plain_bars_and_with_some_a_third_colour() {
    let none = of(&[("person", "a", &[("name", "王小满"), ("birth", "1990-01-01")])]);
    let ages = find(&none, "ages");
    assert_eq!((ages.shape, said(ages)), (Shape::Bars, vec!["36–40 岁 1".to_string()]));
    let some = of(&[
        ("person", "a", &[("name", "王小满"), ("birth", "1990-01-01")]),
        ("person", "b", &[("name", "李白露"), ("birth", "1990-01-01"), ("sex", "女")]),
    ]);
    let ages = find(&some, "ages");
    assert_eq!((ages.shape, said(ages)), (Shape::Bars, vec!["36–40 岁 0/1/1".to_string()]));
}

#[test]
fn p19_load_counts_the_duties_of_all_posts_of_a_person() {
    let list = of(&[
        ("person", "a", &[("name", "王小满")]),
        ("person", "b", &[("name", "李白露")]),
        ("post", "p", &[("title", "文书岗"), ("track", "steady")]),
        ("post", "q", &[("title", "档案岗"), ("track", "vanguard")]),
        ("duty", "d", &[("name", "收文"), ("list", "basic"), ("class", "党的建设")]),
        ("duty", "e", &[("name", "归档")]),
        ("duty_link", "k", &[("post", "p"), ("duty", "d"), ("role", "lead")]),
        ("duty_link", "l", &[("post", "q"), ("duty", "e"), ("role", "assist")]),
        ("holding", "h", &[("person", "a"), ("post", "p"), ("role", "a")]),
        ("holding", "i", &[("person", "a"), ("post", "q"), ("role", "b")]),
    ]);
    let loads = find(&list, "loads");
    assert_eq!(said(loads), ["没有 1", "1–3 项 1"]);
    assert_eq!(loads.groups[1].behind[0].title, "王小满（2 项）");
    assert_eq!(said(find(&list, "tracks")), ["精业实干岗 1/0", "勤政先锋岗 1/1"]);
    assert_eq!(said(find(&list, "lists")), ["基本履职事项 1", "未列清单 1"]);
    assert_eq!(said(find(&list, "classes")), ["党的建设 1"]);
}

#[test]
fn p19_an_empty_township_has_empty_statistics_that_can_be_drawn() {
    for statistic in of(&[]) {
        assert!(statistic.is_empty(), "{}", statistic.id);
        for width in [280.0, 720.0] {
            let bounds = statistic.scene(width).bounds;
            assert!(bounds.width().is_finite() && bounds.x1 <= width + 1.0, "{}", statistic.id);
        }
    }
}

#[test]
fn p19_in_the_sample_every_figure_is_as_large_as_what_stands_behind_it() {
    let text = std::fs::read("samples/yunxi.json").expect("sample");
    let mut bundle = Bundle::open(&text, &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let desk = desk(1);
    now(desk.take(bundle.into_lines(), "打开")).expect("take");
    let (list, links) = desk.read(|fold| {
        let day = fold.township().on(day());
        let links = Links::of(&day);
        (all(&day, &links), links)
    });
    for statistic in &list {
        assert!(!statistic.is_empty(), "{} of the sample", statistic.id);
        let scene = statistic.scene(360.0);
        assert!(scene.bounds.x0 >= -1.0 && scene.bounds.x1 <= 361.0, "{}", statistic.id);
        // Figures over time say something else than how many stand behind them (P32 to P34).
        if !matches!(statistic.shape, Shape::Bars | Shape::Pyramid) || statistic.id == "flow" {
            continue;
        }
        let mut seen: Vec<&str> = Vec::new();
        for group in &statistic.groups {
            let ids = group.behind.iter().map(|behind| behind.id.as_str());
            seen.extend(ids);
            let (first, sum) = (group.values[0], group.values.iter().sum::<f64>());
            let behind = group.behind.len() as f64;
            assert!(behind == first || behind == sum, "{} {}", statistic.id, group.label);
        }
        let all = seen.len();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), all, "{}: nobody is counted twice", statistic.id);
    }
    let duties: usize = find(&list, "lists").groups.iter().map(|group| group.behind.len()).sum();
    assert_eq!(duties, links.duties.all().len(), "no duty is left out");
}

#[test]
fn p20_the_matrix_has_every_duty_but_those_handed_back_and_every_post_that_does_one() {
    let desk = desk(1);
    write(
        &desk,
        &[
            ("unit", "u", &[("name", "党政办"), ("no", "1")]),
            ("post", "p", &[("title", "文书岗"), ("unit", "u")]),
            ("post", "q", &[("title", "闲岗"), ("unit", "u")]),
            ("post", "z", &[("title", "散岗")]),
            ("duty", "d", &[("name", "收文"), ("class", "综合"), ("no", "2")]),
            ("duty", "e", &[("name", "走访"), ("class", "民生"), ("no", "1")]),
            ("duty", "f", &[("name", "归档"), ("class", "综合"), ("no", "3")]),
            ("duty", "g", &[("name", "鉴定"), ("list", "recalled")]),
            ("duty_link", "k", &[("post", "p"), ("duty", "d"), ("role", "lead")]),
            ("duty_link", "l", &[("post", "z"), ("duty", "d"), ("role", "assist")]),
        ],
    );
    let matrix = desk.read(|fold| matrix(&Links::of(&fold.township().on(day()))));
    let names = |lines: &[Line]| -> Vec<String> {
        lines.iter().map(|line| [&*line.heading, "·", &*line.label].concat()).collect()
    };
    assert_eq!(names(&matrix.rows), ["民生·走访", "综合·收文", "综合·归档"]);
    assert_eq!(names(&matrix.columns), ["党政办·文书岗", "未归入机构·散岗"]);
    let met: Vec<_> = matrix.meetings.iter().map(|at| (at.row, at.column, at.leads)).collect();
    assert_eq!(met, [(1, 0, true), (1, 1, false)]);
}

#[test]
fn p38_errands_count_at_their_point_and_late_is_late_whether_done_or_not() {
    let errands: &[Edit] = &[
        ("proxy_point", "p1", &[("name", "桃源村代办点")]),
        ("proxy_point", "p2", &[("name", "下溪村代办点")]),
        (
            "proxy_job",
            "j1",
            &[
                ("subject", "代领社会保障卡"),
                ("point", "p1"),
                ("client", "群众"),
                ("accepted", "2026-10-12"),
                ("accepted_at", "9:00"),
                ("done", "2026-10-12"),
                ("done_at", "11:00"),
            ],
        ),
        (
            "proxy_job",
            "j2",
            &[
                ("subject", "开饭店的许可"),
                ("point", "p1"),
                ("client", "个体工商户"),
                ("accepted", "2026-10-12"),
                ("accepted_at", "9:00"),
                ("done", "2026-10-14"),
                ("done_at", "11:00"),
            ],
        ),
        ("proxy_job", "j3", &[("subject", "残疾人补贴申请"), ("accepted", "2026-10-12")]),
        ("proxy_job", "j4", &[("subject", "还没有受理的"), ("point", "p2")]),
    ];
    let all = of(errands);
    assert_eq!(said(find(&all, "proxy-points")), ["桃源村代办点 1/1/0", "未填代办点 0/1/0"]);
    // A point nobody came to is named all the same.
    assert_eq!(find(&all, "proxy-points").groups.len(), 3);
    assert_eq!(said(find(&all, "proxy-clients")), ["群众 1/0/0", "个体工商户 0/1/0", "未填 0/1/0"]);
    assert!(of(PEOPLE).iter().all(|one| one.id != "proxy-points" || one.groups.is_empty()));
}
