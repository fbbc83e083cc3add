//! 关系线 and what cards show: which lines a township has, that nobody is bound to what they are not, and that every line
//! can be told from every other without colour.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::Date;
use gangtu::model::kinds::Review;
use gangtu::picture::chart::ties::{TieKind, Ties};
use gangtu::picture::chart::tying::{bound, legend, tied};
use gangtu::picture::chart::{Chart, Form, draw};
use gangtu::picture::geom::Rect;
use gangtu::picture::palette::Palette;
use gangtu::picture::scene::{Builder, Scene, Shape};
use gangtu::picture::svg::{Options, paint};
use gangtu::rules::{Links, Work, findings_in};
use gangtu::view::chart::{CardMore, ChartAsk, cards};
use gangtu::view::more::asked;
use gangtu::view::ties::{TieAsk, fitting, ties};
use support::{Edit, desk, write};

/// A JPEG of nothing, as a person has it.
const FACE: &str = "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQAAAQABAAD/2Q==";
const DAY: Option<Date> = Date::from_ymd_opt(2026, 11, 2);

const TOWNSHIP: &[Edit] = &[
    ("town", "t", &[("name", "云溪镇")]),
    ("person", "zhao", &[("name", "赵一")]),
    ("person", "qian", &[("name", "钱二")]),
    ("person", "sun", &[("name", "孙三")]),
    (
        "unit",
        "office",
        &[("name", "党政办"), ("led_by", "deputy"), ("county_depts", "县委办、县政府办，县档案馆")],
    ),
    ("unit", "safety", &[("name", "应急站"), ("county_depts", "县应急局、县委办")]),
    ("post", "deputy", &[("title", "副镇长")]),
    ("post", "clerk", &[("title", "文书岗"), ("unit", "office")]),
    ("post", "guard", &[("title", "安全岗"), ("unit", "safety")]),
    ("holding", "h1", &[("person", "zhao"), ("post", "deputy"), ("role", "A岗")]),
    ("holding", "h2", &[("person", "qian"), ("post", "clerk"), ("role", "A岗"), ("main", "是")]),
    ("holding", "h3", &[("person", "qian"), ("post", "guard"), ("role", "B岗")]),
    ("holding", "h4", &[("person", "sun"), ("post", "guard"), ("role", "A岗")]),
    ("holding", "h5", &[("person", "sun"), ("post", "clerk"), ("role", "A岗")]),
    ("village", "v1", &[("name", "大石村"), ("contact", "zhao")]),
    ("village", "v2", &[("name", "小河村")]),
    ("duty", "d1", &[("name", "低保")]),
    ("duty_link", "l1", &[("post", "clerk"), ("duty", "d1"), ("role", "主责")]),
];

fn township() -> Desk<Memory> {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    desk
}

fn links(desk: &Desk<Memory>) -> Links {
    desk.read(|fold| Links::of(&fold.township().on(DAY.expect("date"))))
}

fn svg(scene: &Scene) -> String {
    paint(scene, Palette::Light, &Options { detail: 4.0, ..Options::default() })
}

fn work(desk: &Desk<Memory>) -> Work {
    desk.read(|fold| Work::of(&fold.township().on(DAY.expect("date"))))
}

fn no_work() -> Work {
    work(&desk(9))
}

fn ask(form: Form) -> TieAsk {
    TieAsk { kinds: TieKind::ALL.to_vec(), form }
}

fn said(links: &Links, form: Form) -> Vec<String> {
    let mut said: Vec<String> = ties(links, &no_work(), &ask(form))
        .ties
        .iter()
        .map(|tie| format!("{} {}", tie.kind.label(), tie.title))
        .collect();
    said.sort();
    said
}

#[test]
fn p24_lines_say_what_is_recorded_and_nothing_else() {
    let links = links(&township());
    assert_eq!(
        said(&links, Form::Boards),
        [
            "A/B岗顶替 文书岗的人是安全岗的B岗",
            "一人多岗 安全岗和文书岗是同一个人",
            "分管 副镇长分管党政办",
            "包村 副镇长包大石村",
            "县级指导 县委办指导党政办",
            "县级指导 县委办指导应急站",
            "县级指导 县应急局指导应急站",
            "县级指导 县政府办指导党政办",
            "县级指导 县档案馆指导党政办",
        ]
    );
    // Where the leader stands above the unit no line is drawn a second time; the chain has none.
    assert!(said(&links, Form::Tree).iter().all(|one| !one.starts_with("分管")));
    assert!(said(&links, Form::Chain).is_empty() && fitting(Form::Chain).is_empty());
    let found = ties(&links, &no_work(), &ask(Form::Tree));
    let outside: Vec<&str> = found.outside.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(outside, ["大石村", "县委办", "县政府办", "县档案馆", "县应急局"], "each once");
    assert!(found.kinds().contains(&TieKind::Contact));
}

fn drawn(links: &Links, form: Form) -> (Chart, Ties) {
    let input = cards(links, &ChartAsk { names: true, form, ..ChartAsk::default() });
    let found = ties(links, &no_work(), &ask(form));
    (tied(draw(&input), &found), found)
}

fn groups<'a>(scene: &'a Scene, role: &str) -> Vec<&'a str> {
    scene.groups.iter().filter(|group| group.role == role).map(|group| &*group.id).collect()
}

#[test]
fn p24_every_line_is_drawn_in_every_form_and_cards_keep_their_places() {
    let links = links(&township());
    for form in [Form::Tree, Form::Across, Form::Boards, Form::Wall] {
        let plain = draw(&cards(&links, &ChartAsk { names: true, form, ..ChartAsk::default() }));
        let (chart, found) = drawn(&links, form);
        assert_eq!(groups(&chart.scene, "tie").len(), found.ties.len(), "{form:?}");
        assert_eq!(groups(&chart.scene, "outside").len(), found.outside.len());
        assert_eq!(chart.layout.boxes, plain.layout.boxes);
        let kept = plain.scene.groups.len();
        for (now, before) in chart.scene.groups.iter().zip(&plain.scene.groups) {
            assert_eq!((&now.id, now.hit, now.bounds), (&before.id, before.hit, before.bounds));
        }
        assert!(chart.scene.groups.len() > kept);
        // Whatever lies outside is outside: it covers no card.
        for group in chart.scene.groups.iter().filter(|group| group.role == "outside") {
            assert!(
                group.bounds.y0 > plain.scene.bounds.y1 || group.bounds.y0 > plain.layout.bounds.y1
            );
        }
    }
}

#[test]
fn p24_a_card_lights_up_its_lines_and_their_other_ends() {
    let links = links(&township());
    let (chart, found) = drawn(&links, Form::Tree);
    let lit = |id: &str| -> Vec<String> {
        let groups = bound(&chart.scene, id, &found.ties);
        let mut ids: Vec<String> =
            groups.iter().map(|group| chart.scene.group(*group).id.to_string()).collect();
        ids.retain(|id| !id.starts_with("tie-"));
        ids.sort();
        ids.dedup();
        ids
    };
    assert_eq!(lit("post/clerk"), ["post/guard"]);
    assert_eq!(lit("village/v1"), ["post/deputy"]);
    assert_eq!(lit("county/县委办"), ["unit/office", "unit/safety"]);
    assert_eq!(bound(&chart.scene, "post/guard", &found.ties).len(), 4);
}

#[test]
fn p24_a_line_whose_end_is_folded_away_is_not_drawn() {
    let links = links(&township());
    let collapsed = ["unit/safety".to_string()].into_iter().collect();
    let input = cards(&links, &ChartAsk { names: true, collapsed, ..ChartAsk::default() });
    let chart = tied(draw(&input), &ties(&links, &no_work(), &ask(Form::Tree)));
    let drawn = groups(&chart.scene, "tie");
    assert!(drawn.iter().all(|id| !id.contains("post/guard")), "{drawn:?}");
    assert!(drawn.iter().any(|id| id.contains("unit/safety")));
}

#[test]
fn p24_lines_are_told_apart_without_colour() {
    // Whatever a line and its sign are, no two kinds have the same.
    let mut signs: Vec<String> = TieKind::ALL
        .iter()
        .map(|kind| {
            let scene = legend(Builder::default().finish(), &[*kind], 400.0);
            let texts = scene.items.iter().filter_map(|item| match item.shape {
                Shape::Text { chars, .. } => Some(scene.text(chars)),
                _ => None,
            });
            texts.collect::<Vec<&str>>().join(" ")
        })
        .collect();
    assert!(signs.iter().all(|sign| sign.chars().count() > 3));
    signs.sort();
    signs.dedup_by_key(|sign| sign.chars().next());
    assert_eq!(signs.len(), TieKind::ALL.len());
}

#[test]
fn p25_cards_show_what_is_asked_for() {
    let desk = township();
    let links = links(&desk);
    let findings = desk.read(|fold| findings_in(&fold.township().on(DAY.expect("date")), &links));
    let reviews = Vec::new();
    let shown = |list: &[CardMore]| {
        let mut input = cards(&links, &ChartAsk { names: true, ..ChartAsk::default() });
        asked(&mut input, &links, (&findings, &reviews), list);
        input.nodes.into_iter().find(|node| node.id == "post/clerk").expect("card")
    };
    let nothing = shown(&[]);
    assert_eq!((nothing.duties, nothing.marks.len()), (0, 0));
    assert_eq!(shown(&[CardMore::Duties]).duties, 1);
    let all = shown(CardMore::ALL);
    let texts: Vec<&str> = all.marks.iter().map(|mark| mark.text.as_str()).collect();
    assert_eq!(texts[0], "负担 1");
    let open = findings.iter().filter(|one| one.record.as_str() == "clerk").count();
    assert_eq!(texts.get(1).copied(), (open > 0).then(|| format!("提醒 {open}")).as_deref());
}

#[test]
fn p24_a_task_force_is_bound_to_its_head_and_its_members() {
    let desk = township();
    write(
        &desk,
        &[
            ("task_force", "f1", &[("name", "征迁专班"), ("lead", "deputy")]),
            ("task_force", "f2", &[("name", "没有人的专班")]),
            ("force_member", "m1", &[("force", "f1"), ("post", "clerk"), ("role", "副组长")]),
            ("force_member", "m2", &[("force", "f1"), ("post", "gone")]),
        ],
    );
    let found = ties(&links(&desk), &work(&desk), &ask(Form::Tree));
    let of = |kind| found.ties.iter().filter(move |tie| tie.kind == kind);
    let said: Vec<&str> = of(TieKind::Force).map(|tie| tie.title.as_str()).collect();
    assert_eq!(said, ["副镇长是征迁专班的组长", "文书岗是征迁专班的副组长"]);
    let outside: Vec<&str> = found
        .outside
        .iter()
        .filter(|one| one.kind == TieKind::Force)
        .map(|one| one.name.as_str())
        .collect();
    assert_eq!(outside, ["征迁专班"], "nobody is in the other");
}

#[test]
fn p25_a_card_shows_the_band_of_its_holders_newest_review() {
    let desk = township();
    let score = |value: &'static str| ["loyalty", "drive"].map(|field| (field, value));
    let old =
        [&[("person", "qian"), ("year", "2026"), ("quarter", "1")][..], &score("95")].concat();
    let new =
        [&[("person", "qian"), ("year", "2026"), ("quarter", "3")][..], &score("55")].concat();
    write(&desk, &[("review", "r1", &new), ("review", "r2", &old)]);
    let links = links(&desk);
    let reviews: Vec<Review> = desk.read(|fold| fold.township().on(DAY.expect("date")).all());
    let mut input = cards(&links, &ChartAsk { names: true, ..ChartAsk::default() });
    asked(&mut input, &links, (&[], &reviews), &[CardMore::Score]);
    let marks = |id: &str| {
        let node = input.nodes.iter().find(|node| node.id == id).expect("card");
        node.marks.iter().map(|mark| (mark.text.clone(), mark.missing)).collect::<Vec<_>>()
    };
    assert_eq!(marks("post/clerk"), [("考评 待提升".to_string(), true)]);
    assert_eq!(marks("post/guard"), [], "nobody scored who sits there as A岗");
}

#[test]
fn p37_faces_stand_on_cards_where_they_are_asked_for_and_nowhere_else() {
    let desk = township();
    write(&desk, &[("person", "qian", &[("photo", FACE)])]);
    let links = links(&desk);
    for form in Form::PUBLIC {
        for faces in [false, true] {
            let mut input = cards(&links, &ChartAsk { names: true, form, ..ChartAsk::default() });
            let list: &[CardMore] = if faces { &[CardMore::Photo] } else { &[] };
            asked(&mut input, &links, (&[], &[]), list);
            let scene = draw(&input).scene;
            let (shown, svg) = (scene.images().count(), svg(&scene));
            assert_eq!(shown > 0, faces && form != Form::Chain, "{form:?}");
            assert_eq!(svg.contains(FACE), shown > 0, "{form:?}");
            // 赵一 has none: the first character of the name stands there.
            assert_eq!(svg.contains(">赵</text>"), shown > 0, "{form:?}");
        }
    }
}

#[test]
fn p37_cards_with_faces_have_room_for_their_words() {
    let desk = township();
    write(&desk, &[("person", "qian", &[("photo", FACE)])]);
    let links = links(&desk);
    for form in [Form::Tree, Form::Across, Form::Boards, Form::Wall] {
        let mut input = cards(&links, &ChartAsk { names: true, form, ..ChartAsk::default() });
        asked(&mut input, &links, (&[], &[]), &[CardMore::Photo, CardMore::Identity]);
        let chart = draw(&input);
        for (group, card) in chart.cards.iter().zip(&chart.layout.boxes) {
            let Some(group) = group else { continue };
            for item in chart.scene.group_items(*group) {
                let Shape::Image { x, y, w, h, .. } = item.shape else { continue };
                let [x, y, w, h] = [x, y, w, h].map(f64::from);
                let face = Rect::sized(x, y, w, h);
                assert!(card.contains(face.x0, face.y0) && card.contains(face.x1, face.y1));
                for word in chart.scene.group_items(*group) {
                    if let Shape::Text { x, y, .. } = word.shape {
                        let (x, y) = (f64::from(x), f64::from(y));
                        assert!(!face.contains(x, y), "{form:?}: a word begins on a face");
                    }
                }
            }
        }
    }
}
