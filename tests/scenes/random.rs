//! What holds for every picture of any township: drawn from random cards and cells, small, and with every form.

use super::{apart, town, words_inside};
use gangtu::picture::board::{Board, Card, Part, Wish, sheets};
use gangtu::picture::chart::{
    Chart, ChartInput, ChartNode, Duty, Form, Holder, Identity, Kind, Portrait,
};
use gangtu::picture::chart::{Mark, Track, draw};
use gangtu::picture::map::{self, Level, MapCell, MapInput, Method, Scheme, Value, pole};
use gangtu::picture::matrix::{self, Line, Matrix, Meeting};
use gangtu::picture::scene::{GroupId, Scene, Shape};
use proptest::prelude::*;

/// Words as people write and as nobody should: long, empty, rare, with line breaks and joined marks.
fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[一-龥]{1,12}",
        2 => "[一-龥（）、·A-Za-z0-9]{0,40}",
        1 => "[\u{20bb7}\u{3402}\u{2caca}\u{301}\u{200d}\u{1f3e0}〇々 \n\t]{0,12}",
    ]
}

/// A failure is printed small; finding the smallest of all is not worth minutes.
fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn holder() -> impl Strategy<Value = Holder> {
    let identity = prop_oneof![
        Just(None),
        Just(Some(Identity::Civil)),
        Just(Some(Identity::Institution)),
        Just(Some(Identity::Stationed)),
        Just(Some(Identity::Seconded)),
    ];
    let role = prop_oneof![Just(Duty::A), Just(Duty::B), Just(Duty::Contact)];
    (words(), role, identity).prop_map(|(name, role, identity)| Holder { name, role, identity })
}

const KINDS: [Kind; 9] = [
    Kind::Committee,
    Kind::Leader,
    Kind::Unit,
    Kind::Unit,
    Kind::Post,
    Kind::Post,
    Kind::Post,
    Kind::Post,
    Kind::Level,
];

/// A card below any other, itself and later ones included: what hangs in a ring has to be drawn as well.
fn card() -> impl Strategy<Value = (ChartNode, usize)> {
    let texts = (words(), words(), words());
    let marks = prop::collection::vec((words(), any::<bool>()), 0..3);
    let holders = prop::collection::vec(holder(), 0..4);
    let track = 0usize..4;
    let flags = (any::<bool>(), prop::bool::weighted(0.05), 0u32..12);
    let whole = (0usize..KINDS.len(), any::<u16>(), texts, marks, holders, track, flags);
    whole.prop_map(|(kind, up, (title, short, subtitle), marks, holders, track, flags)| {
        let (vacant, collapsed, duties) = flags;
        let mark = |(text, missing)| Mark { text, missing };
        let portrait = holders.first().map(|holder: &Holder| Portrait {
            source: (duties % 2 == 0).then(|| "data:image/jpeg;base64,/9j/".into()),
            initial: holder.name.chars().take(1).collect(),
        });
        let node = ChartNode {
            kind: KINDS[kind],
            title,
            short,
            subtitle,
            holders,
            track: [None, Some(Track::Steady), Some(Track::Vanguard), Some(Track::Special)][track],
            vacant,
            duties,
            marks: marks.into_iter().map(mark).collect(),
            collapsed,
            portrait,
            ..ChartNode::default()
        };
        (node, usize::from(up))
    })
}

fn township(most: usize) -> impl Strategy<Value = Vec<ChartNode>> {
    prop::collection::vec(card(), 0..most).prop_map(|cards| {
        let count = cards.len();
        let place = |(at, (node, up)): (usize, (ChartNode, usize))| {
            // Mostly below an earlier card; now and then anywhere, which may be a ring.
            let parent = match up % 23 {
                0 => None,
                1 => Some(up % count),
                _ => (at > 0).then(|| up % at),
            };
            ChartNode { id: format!("n{at}"), parent, ..node }
        };
        cards.into_iter().enumerate().map(place).collect()
    })
}

fn finite(scene: &Scene) -> Result<(), TestCaseError> {
    let numbers = |shape: &Shape| match *shape {
        Shape::Rect { x, y, w, h, .. } | Shape::Image { x, y, w, h, .. } => vec![x, y, w, h],
        Shape::Text { x, y, .. } => vec![x, y],
        Shape::Line(_) | Shape::Lines(_) | Shape::Area(_) => Vec::new(),
    };
    for item in &scene.items {
        let sound = numbers(&item.shape).iter().all(|number| number.is_finite());
        prop_assert!(sound, "{:?}", item.shape);
        prop_assert!(!item.lod.from.is_nan() && !item.lod.to.is_nan());
    }
    prop_assert!(scene.points.iter().flatten().all(|number| number.is_finite()));
    let b = scene.bounds;
    let sides = [b.x0, b.y0, b.x1, b.y1];
    prop_assert!(scene.items.is_empty() || sides.iter().all(|side| side.is_finite()), "{b:?}");
    Ok(())
}

/// Cards that ought to be seen: nothing above them is closed. By definition, walking up from each.
fn open(nodes: &[ChartNode], chart: &Chart, at: usize) -> bool {
    // What is cut out of a ring is up to the drawing: its own links say who is above.
    let way = chart.trace(at);
    let closed = |group: &GroupId| {
        let card = chart.node_of(*group);
        card.is_some_and(|above| above != at && nodes[above].collapsed)
    };
    !way.iter().any(closed)
}

fn each_once(nodes: &[ChartNode], chart: &Chart) -> Result<(), TestCaseError> {
    let mut shown: Vec<GroupId> = chart.cards.iter().flatten().copied().collect();
    let count = shown.len();
    shown.sort_by_key(|group| group.0);
    shown.dedup();
    prop_assert_eq!(shown.len(), count, "two cards share a group");
    for (at, node) in nodes.iter().enumerate() {
        let named = chart.scene.groups.iter().filter(|group| *group.id == *node.id).count();
        prop_assert_eq!(named, usize::from(chart.cards[at].is_some()), "{} {}", at, &node.title);
        prop_assert!(chart.cards[at].is_none() || open(nodes, chart, at), "{}", at);
    }
    if nodes.iter().all(|node| !node.collapsed) {
        prop_assert_eq!(count, nodes.len());
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn p1_p10_any_township_in_any_form_keeps_cards_apart_and_words_inside(
        nodes in township(60), heads in prop::sample::select(vec![1.0, 1.25, 1.6]), aspect in 0.4f64..3.0,
        portraits: bool,
    ) {
        for form in Form::ALL {
            let chart = draw(&ChartInput { nodes: nodes.clone(), form, aspect, heads, portraits });
            apart(form.id(), &chart);
            words_inside(form.id(), &chart);
            each_once(&nodes, &chart)?;
            finite(&chart.scene)?;
        }
    }
}

proptest! {
    #![proptest_config(config(6))]

    #[test]
    fn p1_p10_large_townships_keep_cards_apart_and_words_inside(nodes in township(3_000)) {
        for form in Form::ALL {
            let chart = draw(&ChartInput { form, ..ChartInput::new(nodes.clone()) });
            apart(form.id(), &chart);
            words_inside(form.id(), &chart);
            finite(&chart.scene)?;
        }
    }
}

/// A cell of any shape anywhere; some with rings that are none.
fn cell() -> impl Strategy<Value = MapCell> {
    let spot = (-5e4f64..5e4, -5e4f64..5e4);
    let way = (0f64..std::f64::consts::TAU, 5f64..900.0);
    let ring = prop::collection::vec(way, 3..12).prop_map(|mut ways| {
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        ways.into_iter().map(|(angle, far)| [angle.cos() * far, angle.sin() * far]).collect()
    });
    let odd = prop_oneof![
        Just(Vec::new()),
        Just(vec![[0.0, 0.0], [1.0, 1.0]]),
        Just(vec![[f64::NAN, 0.0], [1.0, f64::INFINITY], [2.0, 2.0]]),
        Just(vec![[3.0, 3.0]; 5]),
    ];
    let ring: BoxedStrategy<Vec<[f64; 2]>> = prop_oneof![12 => ring, 1 => odd].boxed();
    let value = prop_oneof![
        Just(None),
        (-1e6f64..1e6).prop_map(|number| Some(Value::Number(number))),
        Just(Some(Value::Number(f64::NAN))),
        (0usize..9).prop_map(|at| Some(Value::Category(at))),
    ];
    (spot, ring, value, 0usize..4, words()).prop_map(|((x, y), ring, value, level, name)| {
        let ring = ring.into_iter().map(|[u, v]| [x + u, y + v]).collect();
        MapCell {
            id: String::new(),
            level: [Level::Village, Level::Grid, Level::Sub, Level::Micro][level],
            parent: None,
            name,
            rings: vec![ring],
            value,
            keeper: String::new(),
        }
    })
}

fn cells(most: usize) -> impl Strategy<Value = Vec<MapCell>> {
    prop::collection::vec(cell(), 0..most).prop_map(|mut cells| {
        for (at, cell) in cells.iter_mut().enumerate() {
            cell.id = format!("c{at}");
        }
        cells
    })
}

/// Three corners that are places, and not the same.
fn has_land(cell: &MapCell) -> bool {
    let mut corners = cell.rings.concat();
    corners.retain(|corner| corner.iter().all(|number| number.is_finite()));
    corners.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    corners.dedup();
    corners.len() > 2
}

proptest! {
    #![proptest_config(config(64))]

    #[test]
    fn p11_p21_any_cells_are_drawn_each_once_and_found_where_they_lie(cells in cells(40)) {
        let scheme = Scheme::Numbers { title: String::new(), unit: "户".to_owned(), method: Method::Natural };
        let input = MapInput { cells, scheme, schematic: true };
        let map = map::draw(&input);
        finite(&map.scene)?;
        finite(&map::legend(&input, &map))?;
        for (at, cell) in input.cells.iter().enumerate() {
            prop_assert_eq!(map.groups[at].is_some(), has_land(cell), "{:?}", &cell.rings);
            let named = map.scene.groups.iter().filter(|group| *group.id == *cell.id).count();
            prop_assert_eq!(named, usize::from(has_land(cell)));
            if !has_land(cell) {
                continue;
            }
            // From close by, somebody lies at its middle: itself, or who lies over it.
            let ([east, north], room) = pole(&cell.rings[0], [1.0, 1.0], 0.1);
            if room > 1.0 {
                let hit = map.scene.hit(east - map.origin.0, map.origin.1 - north, 1e3);
                let over = hit.and_then(|group| map.groups.iter().position(|one| *one == Some(group)));
                prop_assert!(over.is_some_and(|over| input.cells[over].level >= cell.level), "{}", at);
            }
        }
    }

    #[test]
    fn p20_any_matrix_has_each_line_once_and_marks_apart(
        rows in prop::collection::vec((words(), 0usize..4), 0..30),
        columns in prop::collection::vec((words(), 0usize..4), 0..20),
        meetings in prop::collection::btree_map((0usize..32, 0usize..22), any::<bool>(), 0..80),
    ) {
        let lines = |kind: &str, list: &[(String, usize)]| {
            let line = |(at, (label, heading)): (usize, &(String, usize))| Line {
                id: format!("{kind}/{at}"), label: label.clone(), heading: "云".repeat(*heading),
            };
            list.iter().enumerate().map(line).collect::<Vec<_>>()
        };
        let meeting = |((row, column), leads): (&(usize, usize), &bool)| Meeting { row: *row, column: *column, leads: *leads };
        let matrix = Matrix {
            rows: lines("duty", &rows), columns: lines("post", &columns),
            meetings: meetings.iter().map(meeting).collect(),
        };
        let scene = matrix::draw(&matrix);
        finite(&scene)?;
        for line in matrix.rows.iter().chain(&matrix.columns) {
            prop_assert_eq!(scene.groups.iter().filter(|group| *group.id == *line.id).count(), 1);
        }
        let marks: Vec<_> = scene.groups.iter().filter(|group| group.role == "mark").collect();
        let known = |at: &&Meeting| at.row < rows.len() && at.column < columns.len();
        prop_assert_eq!(marks.len(), matrix.meetings.iter().filter(known).count());
        for (at, one) in marks.iter().enumerate() {
            prop_assert!(marks[at + 1..].iter().all(|other| !one.bounds.touches(&other.bounds)));
        }
    }

    #[test]
    fn p26_cards_of_any_board_keep_apart_and_every_number_is_one(
        names in prop::collection::vec((words(), words(), 0usize..9), 0..8), apart: bool, title in words(),
    ) {
        let card = |at: usize, said: &str| Card {
            title: said.to_owned(), lines: vec![("职责".to_owned(), said.repeat(at))], vacant: at.is_multiple_of(2),
        };
        let part = |(name, said, cards): &(String, String, usize)| Part {
            name: name.clone(), note: said.clone(), cards: (0..*cards).map(|at| card(at, said)).collect(),
        };
        let board = Board { title, parts: names.iter().map(part).collect() };
        for scene in sheets(&board, &Wish { room: (277.0, 181.0), apart, size: 1.0 }) {
            finite(&scene)?;
            let cards: Vec<_> = scene.groups.iter().filter(|group| group.role == "card").collect();
            for (at, one) in cards.iter().enumerate() {
                let clear = cards[at + 1..].iter().all(|other| !one.bounds.overlaps(&other.bounds, 0.5));
                prop_assert!(clear, "{:?}", one.bounds);
            }
        }
    }
}

/// The dice the other tests play with, so that a township here is as uneven as theirs.
#[test]
fn p10_a_county_in_every_form_shows_every_card_once() {
    let nodes = town::county(2_600);
    for form in Form::ALL {
        let chart = draw(&ChartInput { form, ..ChartInput::new(nodes.clone()) });
        assert_eq!(chart.cards.iter().flatten().count(), nodes.len(), "{}", form.id());
    }
}
