//! 公示栏: what stands on the board, who is named on it, and that no word leaves its sheet.

mod support;

use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::Date;
use gangtu::picture::board::{Board, Card, Part, Wish, sheets};
use gangtu::picture::scene::{Scene, Shape};
use gangtu::rules::Links;
use gangtu::view::board::{BoardAsk, Said, board};
use proptest::prelude::*;
use support::{Edit, desk, id, write};

const TOWNSHIP: &[Edit] = &[
    ("town", "t", &[("name", "云溪镇")]),
    ("person", "zhao", &[("name", "赵一"), ("leader", "是")]),
    ("person", "qian", &[("name", "钱二"), ("mobile", "13900001111")]),
    (
        "unit",
        "office",
        &[
            ("name", "党政办"),
            ("no", "1"),
            ("led_by", "deputy"),
            ("place", "二楼"),
            ("phone", "88880001"),
        ],
    ),
    ("unit", "service", &[("name", "便民中心"), ("no", "2")]),
    ("unit", "empty", &[("name", "空机构"), ("no", "3")]),
    ("post", "deputy", &[("title", "副镇长"), ("unit", "office"), ("no", "1")]),
    (
        "post",
        "clerk",
        &[("title", "文书岗"), ("unit", "office"), ("no", "2"), ("phone", "88880002")],
    ),
    (
        "post",
        "window",
        &[("title", "综合窗口岗"), ("unit", "service"), ("no", "3"), ("duties", "受理\n发证")],
    ),
    ("post", "loose", &[("title", "无处岗"), ("no", "4")]),
    ("holding", "h1", &[("person", "zhao"), ("post", "deputy"), ("role", "A岗")]),
    ("holding", "h2", &[("person", "qian"), ("post", "clerk"), ("role", "A岗")]),
    ("window", "w1", &[("name", "3号窗口"), ("place", "大厅东侧"), ("post", "window")]),
    ("matter", "m1", &[("name", "低保申请"), ("post", "window")]),
];

fn links() -> Links {
    let desk: Desk<Memory> = desk(1);
    write(&desk, TOWNSHIP);
    let day = Date::from_ymd_opt(2026, 11, 2).expect("date");
    desk.read(|fold| Links::of(&fold.township().on(day)))
}

fn ask() -> BoardAsk {
    BoardAsk {
        title: "云溪镇岗位公示栏".to_string(),
        without: Default::default(),
        said: Said::ALL.to_vec(),
        everybody: false,
    }
}

fn words(board: &Board) -> String {
    format!("{board:?}")
}

#[test]
fn p26_the_board_says_what_is_asked_for_unit_by_unit() {
    let board = board(&links(), &ask());
    let names: Vec<&str> = board.parts.iter().map(|part| part.name.as_str()).collect();
    assert_eq!(names, ["党政办", "便民中心", "其他岗位"], "a unit without posts is left out");
    assert_eq!(board.parts[0].note, "分管：副镇长　地点：二楼　电话：88880001");
    let window = &board.parts[1].cards[0];
    let line = |label: &str| {
        window.lines.iter().find(|(known, _)| known == label).map(|(_, words)| words.as_str())
    };
    assert_eq!(line("窗口"), Some("3号窗口（大厅东侧）"));
    assert_eq!(
        (line("办事"), line("职责"), line("主岗")),
        (Some("低保申请"), Some("受理 发证"), Some("空缺"))
    );
    assert!(window.vacant && !board.parts[0].cards[0].vacant);
}

#[test]
fn p26_only_leaders_are_named_unless_somebody_says_everybody_agreed() {
    let links = links();
    let leaders = words(&board(&links, &ask()));
    assert!(leaders.contains("赵一") && !leaders.contains("钱二"));
    let everybody = words(&board(&links, &BoardAsk { everybody: true, ..ask() }));
    assert!(everybody.contains("钱二"));
    let nobody = BoardAsk { said: vec![Said::Phone], everybody: true, ..ask() };
    let nobody = words(&board(&links, &nobody));
    assert!(!nobody.contains("赵一") && !nobody.contains("钱二"));
    // A person's own number is nobody's business.
    assert!(!everybody.contains("13900001111"));
}

#[test]
fn p26_units_can_be_left_out() {
    let without = [id("office")].into_iter().collect();
    let board = board(&links(), &BoardAsk { without, ..ask() });
    assert!(board.parts.iter().all(|part| part.name != "党政办"));
}

fn texts(scene: &Scene) -> Vec<String> {
    let items = scene.items.iter().filter_map(|item| match item.shape {
        Shape::Text { chars, .. } => Some(scene.text(chars).to_string()),
        _ => None,
    });
    items.collect()
}

#[test]
fn p26_a_sheet_for_each_unit_stands_where_the_index_says() {
    let board = board(&links(), &ask());
    let wish = Wish { room: (190.0, 268.0), apart: true, size: 1.0 };
    let list = sheets(&board, &wish);
    assert_eq!(list.len(), 1 + board.parts.len());
    let index = texts(&list[0]);
    for (at, part) in board.parts.iter().enumerate() {
        let place = index.iter().position(|word| *word == part.name).expect("in the index");
        assert_eq!(index[place + 1], format!("第 {} 张", at + 2));
        assert!(texts(&list[at + 1]).contains(&part.name));
    }
}

fn any_board() -> impl Strategy<Value = Board> {
    let words = "[岗位职责办公室电话a-z0-9、。]{0,60}";
    let lines = prop::collection::vec(("[一-龥]{0,4}", words), 0..6);
    let lines = lines
        .prop_map(|list| list.into_iter().map(|(label, said)| (label.to_string(), said)).collect());
    let card = ("[一-龥]{0,40}", lines, any::<bool>()).prop_map(|(title, lines, vacant)| Card {
        title,
        lines,
        vacant,
    });
    let part = ("[一-龥]{0,30}", "[一-龥]{0,90}", prop::collection::vec(card, 0..14))
        .prop_map(|(name, note, cards)| Part { name, note, cards });
    ("[一-龥]{0,50}", prop::collection::vec(part, 0..12))
        .prop_map(|(title, parts)| Board { title, parts })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn p26_no_word_leaves_its_sheet_and_every_post_is_on_one(
        board in any_board(), paper in 0usize..4, apart: bool, size in 0usize..3,
    ) {
        let room = [(190.0, 268.0), (277.0, 181.0), (277.0, 391.0), (400.0, 268.0)][paper];
        let wish = Wish { room, apart, size: [1.0, 1.3, 1.6][size] };
        let list = sheets(&board, &wish);
        for scene in &list {
            let bounds = scene.bounds;
            prop_assert!(bounds.x0 > -0.5 && bounds.y0 > -0.5, "{bounds:?}");
            prop_assert!(bounds.x1 < room.0 + 0.5 && bounds.y1 < room.1 + 0.5, "{bounds:?} {room:?}");
        }
        let cards = list.iter().flat_map(|scene| &scene.groups).filter(|group| group.role == "card");
        let posts: usize = board.parts.iter().map(|part| part.cards.len()).sum();
        prop_assert_eq!(cards.count(), posts);
    }
}
