//! The chart cut by unit: every post is on the sheets of one unit, the index says where each begins, and nothing
//! lies beside its sheet.

use std::collections::BTreeMap;

use gangtu::picture::chart::apart::{book, parts};
use gangtu::picture::chart::ties::{Outside, Tie, TieKind, Ties};
use gangtu::picture::chart::{ChartInput, ChartNode, Form, Kind};
use gangtu::picture::press::{Book, PAPERS, SMALLEST, Wanted};
use gangtu::picture::scene::{Scene, Shape};
use gangtu::picture::sheet::Words;
use proptest::prelude::*;

const WORDS: Words = Words { title: "云溪镇岗位架构图", day: "截至 2026年11月23日" };

fn node(kind: Kind, at: usize, parent: Option<usize>) -> ChartNode {
    let title = format!("{kind:?}{at}");
    let role = if kind == Kind::Unit { "unit" } else { "post" };
    ChartNode { id: format!("{role}/{at}"), kind, parent, title, ..ChartNode::default() }
}

/// The top, leaders below it, and units below any of these or another unit, each with posts.
fn township(leaders: usize, units: &[(usize, usize)], form: Form) -> ChartInput {
    let mut nodes = vec![ChartNode { id: "top".to_string(), ..node(Kind::Committee, 0, None) }];
    for at in 1..=leaders {
        nodes.push(node(Kind::Leader, at, Some(0)));
    }
    let mut above: Vec<usize> = (0..nodes.len()).collect();
    for (under, posts) in units {
        let unit = nodes.len();
        nodes.push(node(Kind::Unit, unit, Some(above[under % above.len()])));
        above.push(unit);
        for _ in 0..*posts {
            nodes.push(node(Kind::Post, nodes.len(), Some(unit)));
        }
    }
    ChartInput { form, ..ChartInput::new(nodes) }
}

fn wanted(paper: usize, lying: bool) -> Wanted {
    Wanted { paper: PAPERS[paper], lying, across: 1 }
}

fn texts(scene: &Scene) -> Vec<String> {
    let items = scene.items.iter().filter_map(|item| match item.shape {
        Shape::Text { chars, .. } => Some(scene.text(chars).to_string()),
        _ => None,
    });
    items.collect()
}

/// How often each post has a card, over all pictures.
fn cards(book: &Book) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let groups = book.leaves.iter().flat_map(|(scene, _)| &scene.groups);
    for group in groups.filter(|group| group.role == "post" || group.id.starts_with("post/")) {
        *found.entry(group.id.to_string()).or_insert(0) += 1;
    }
    found
}

#[test]
fn p27_leaders_come_first_and_a_unit_keeps_what_is_below_it() {
    let mut input = township(1, &[(1, 2), (2, 3), (0, 1)], Form::Tree);
    input.nodes[2].collapsed = true;
    let parts = parts(&input);
    let said: Vec<(&str, &str, usize)> =
        parts.iter().map(|part| (&*part.name, &*part.led, part.input.nodes.len())).collect();
    // The second unit hangs below the first, with its three posts.
    assert_eq!(said, [("领导班子", "", 2), ("Unit2", "分管 Leader1", 7), ("Unit9", "", 2)]);
    assert!(parts.iter().flat_map(|part| &part.input.nodes).all(|node| !node.collapsed));
}

#[test]
fn p27_a_chart_without_leaders_has_no_sheet_for_them() {
    let input = township(0, &[(0, 2)], Form::Boards);
    let names: Vec<String> = parts(&input).into_iter().map(|part| part.name).collect();
    assert_eq!(names, ["Unit1"]);
}

#[test]
fn p27_a_unit_too_large_to_be_read_on_one_sheet_takes_several() {
    let input = township(0, &[(0, 600), (0, 2)], Form::Tree);
    let book = book(&input, &Ties::default(), &WORDS, &wanted(0, false));
    let cuts: Vec<usize> = book.leaves.iter().map(|(_, sheets)| sheets.cuts.len()).collect();
    assert_eq!((cuts[0], cuts[2]), (1, 1));
    assert!(cuts[1] > 1, "{cuts:?}");
    assert_eq!(book.begins[1].1, 2 + cuts[1], "what comes after begins after all of them");
}

#[test]
fn p27_a_unit_s_sheet_has_the_lines_that_stay_within_it_and_what_they_lead_to() {
    let input = township(0, &[(0, 3), (0, 2)], Form::Tree);
    let posts: Vec<&str> =
        input.nodes.iter().filter(|node| node.kind == Kind::Post).map(|node| &*node.id).collect();
    let tie = |kind, from: &str, to: &str| Tie {
        kind,
        from: from.to_string(),
        to: to.to_string(),
        title: String::new(),
    };
    let village = |at| Outside {
        id: format!("village/{at}"),
        name: format!("第{at}村"),
        kind: TieKind::Contact,
    };
    let ties = Ties {
        ties: vec![
            tie(TieKind::StandIn, posts[0], posts[1]),
            tie(TieKind::StandIn, posts[0], posts[4]),
            tie(TieKind::Contact, posts[3], "village/2"),
        ],
        outside: vec![village(1), village(2)],
    };
    let book = book(&input, &ties, &WORDS, &wanted(0, true));
    let said: Vec<String> =
        book.leaves[1..].iter().map(|(scene, _)| texts(scene).join(" ")).collect();
    let lines = |at: usize| {
        let (scene, _) = &book.leaves[at + 1];
        scene.groups.iter().filter(|group| group.role == "tie").count()
    };
    assert_eq!((lines(0), lines(1)), (1, 1), "not the one from one unit to the other");
    assert!(said[0].contains(TieKind::StandIn.label()) && !said[0].contains("村"), "{}", said[0]);
    assert!(said[1].contains("第2村") && !said[1].contains("第1村"), "{}", said[1]);
    assert!(said[1].contains(TieKind::Contact.label()), "the legend says what the line is");
}

#[test]
fn p27_an_index_has_smaller_words_where_that_saves_a_sheet() {
    let index = |units: usize| {
        let input = township(0, &vec![(0, 3); units], Form::Boards);
        let book = book(&input, &Ties::default(), &WORDS, &wanted(0, true));
        let largest =
            |scene: &Scene| scene.styles.iter().map(|style| style.size).fold(0.0, f32::max);
        let sheets = book.leaves.len() - book.begins.len();
        (sheets, largest(&book.leaves[0].0))
    };
    let one = |units: &usize| index(*units).0 == 1;
    let most = (1..60).filter(one).max().expect("one sheet holds some");
    assert!(index(most).1 < index(2).1, "{most} units");
    assert_eq!(index(most + 1).0, 2);
    assert_eq!(index(most + 1).1, index(2).1, "two sheets hold large words");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn p27_every_post_is_on_one_unit_s_sheets_where_the_index_says(
        leaders in 0usize..5,
        units in prop::collection::vec((0usize..40, 0usize..30), 1..14),
        form in 0usize..4, paper in 0usize..2, lying: bool,
    ) {
        let input = township(leaders, &units, Form::ALL[form]);
        let book = book(&input, &Ties::default(), &WORDS, &wanted(paper, lying));
        let shown = cards(&book);
        for post in input.nodes.iter().filter(|node| matches!(node.kind, Kind::Post | Kind::Leader)) {
            prop_assert_eq!(shown.get(&post.id), Some(&1), "{}", post.id);
        }
        let before = book.leaves.len() - book.begins.len();
        let index: Vec<String> = book.leaves[..before].iter().flat_map(|(scene, _)| texts(scene)).collect();
        let mut sheet = before + 1;
        for ((name, first), (scene, sheets)) in book.begins.iter().zip(&book.leaves[before..]) {
            prop_assert_eq!(*first, sheet);
            let place = index.iter().position(|word| word == name).expect("in the index");
            prop_assert_eq!(&index[place + 1], &format!("第 {first} 张"));
            prop_assert!(sheets.scale >= SMALLEST);
            for bounds in scene.groups.iter().map(|group| &group.bounds).filter(|b| !b.is_empty()) {
                for (x, y) in [(bounds.x0, bounds.y0), (bounds.x1, bounds.y1)] {
                    let on = |cut: &gangtu::picture::press::Cut| cut.view.contains(x, y);
                    prop_assert!(sheets.cuts.iter().any(on), "{name}: {x} {y}");
                }
            }
            sheet += sheets.cuts.len();
        }
        prop_assert_eq!(book.count() + 1, sheet);
    }
}
