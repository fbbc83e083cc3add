//! Maps, 职责岗位对照, 公示栏 and bars as text, small and large, and with what broke others. Charts are in `forms.rs`.

use super::dump::{brief, golden, outline};
use super::{land, town};
use gangtu::picture::board::{self, Board, Card, Part, Wish};
use gangtu::picture::map::{self, Category, Level, MapCell, MapInput, Method, Scheme, Value};
use gangtu::picture::matrix::{self, Line, Matrix, Meeting};
use gangtu::picture::plot::{BarChart, Series, bar_chart, pyramid};
use gangtu::picture::style::{Pattern, Role};

const LONG: &str =
    "历史文化名镇保护利用与乡村全面振兴示范片区建设工作领导小组办公室专职联络协调员岗位一";
const RARE: &str = "𠮷野·㐂𬭊 Aleksandr（试）";

fn households() -> Scheme {
    Scheme::Numbers { title: "户数".to_owned(), unit: "户".to_owned(), method: Method::Quantile }
}

fn mapped(cells: Vec<MapCell>) -> gangtu::picture::scene::Scene {
    map::draw(&MapInput { cells, scheme: households(), schematic: true }).scene
}

#[test]
fn maps_of_one_to_a_thousand_cells_are_as_recorded() {
    let one = land::land([1, 1, 1, 1]).into_iter().take(1).collect();
    golden("map-1", &outline(&mapped(one), true));
    let ten = land::land([1, 2, 3, 4]);
    assert_eq!(ten.len(), 10);
    golden("map-10", &outline(&mapped(ten), false));
    let told = |counts: [usize; 4]| {
        let cells = land::land(counts);
        brief(&cells.len().to_string(), &mapped(cells), 12)
    };
    let large = told([4, 12, 28, 56]) + "\n" + &told([28, 109, 280, 583]);
    golden("map-large", &large);
}

/// Lands that broke other people's maps.
fn nasty_lands() -> Vec<(&'static str, Vec<MapCell>)> {
    let small = || land::land([2, 4, 6, 9]);
    let named = |name: &str| {
        let rename = |cell| MapCell { name: name.to_owned(), keeper: name.to_owned(), ..cell };
        small().into_iter().map(rename).collect::<Vec<MapCell>>()
    };
    let mut broken = small();
    broken[2].rings = vec![vec![[f64::NAN, 0.0], [1.0, f64::INFINITY], [2.0, 2.0]]];
    broken[3].rings.clear();
    broken[4].rings = vec![vec![[1.0, 1.0], [2.0, 2.0]]];
    broken[5].rings = vec![vec![[5.0, 5.0]; 9]];
    let mut orphans = small();
    for cell in &mut orphans {
        cell.parent = None;
        cell.value = None;
    }
    let fine = small().into_iter().filter(|cell| cell.level == Level::Micro);
    let fine = fine.map(|cell| MapCell { parent: None, ..cell }).collect();
    let mut far = small();
    for point in far.iter_mut().flat_map(|cell| &mut cell.rings).flatten() {
        *point = [point[0] * 1e-6, point[1] * 1e-6];
    }
    vec![
        ("no cells", Vec::new()),
        ("190 cells in one grid", land::land([1, 1, 1, 190])),
        ("40-character names", named(LONG)),
        ("rare characters", named(RARE)),
        ("broken rings", broken),
        ("no parents, no values", orphans),
        ("micro-grids alone", fine),
        ("all of it within a hand's breadth", far),
    ]
}

#[test]
fn maps_of_nasty_lands_are_as_recorded() {
    let told = nasty_lands().into_iter().map(|(name, cells)| brief(name, &mapped(cells), 6));
    golden("map-nasty", &told.collect::<Vec<_>>().join("\n"));
    let categories = [("稳定", Some(Role::Steady)), (LONG, None), ("", None)];
    let category = |(label, role): (&str, _)| Category { label: label.to_owned(), role };
    let categories = categories.into_iter().map(category).collect();
    let scheme = Scheme::Categories { title: "类别".to_owned(), categories };
    let mut cells = land::land([1, 2, 3, 9]);
    for (at, cell) in cells.iter_mut().enumerate() {
        // One more than there are: a category nobody knows.
        cell.value = Some(Value::Category(at % 4));
    }
    let input = MapInput { cells, scheme, schematic: false };
    let map = map::draw(&input);
    golden("map-legend-categories", &outline(&map::legend(&input, &map), true));
}

fn line(kind: &str, at: usize, label: &str) -> Line {
    let heading = ["党的建设", "经济发展", "民生服务", "平安法治"][at / 6 % 4];
    Line { id: format!("{kind}/{at}"), label: label.to_owned(), heading: heading.to_owned() }
}

/// So many duties, as many posts as a township has for them; every fifth duty nobody leads.
fn duties(rows: usize, label: &str) -> Matrix {
    let columns = rows.div_ceil(3);
    let meeting =
        |row: usize| Meeting { row, column: row * 7 % columns, leads: !row.is_multiple_of(5) };
    Matrix {
        rows: (0..rows).map(|at| line("duty", at, label)).collect(),
        columns: (0..columns).map(|at| line("post", at, label)).collect(),
        meetings: (0..rows).map(meeting).collect(),
    }
}

#[test]
fn the_matrix_is_as_recorded_at_any_size_and_with_nasty_names() {
    golden("matrix-1", &outline(&matrix::draw(&duties(1, "低保审核")), true));
    golden("matrix-10", &outline(&matrix::draw(&duties(10, "低保审核")), false));
    let told = |name: &str, matrix: &Matrix, first| brief(name, &matrix::draw(matrix), first);
    let large =
        [told("100", &duties(100, "低保审核"), 12), told("1000", &duties(1000, "低保审核"), 12)];
    golden("matrix-large", &large.join("\n"));
    let plain = || duties(6, "低保审核");
    let nasty = [
        told("nothing", &Matrix::default(), 6),
        told("no posts", &Matrix { columns: Vec::new(), meetings: Vec::new(), ..plain() }, 6),
        told("no duties", &Matrix { rows: Vec::new(), meetings: Vec::new(), ..plain() }, 6),
        told("40-character names", &duties(6, LONG), 6),
        told("rare characters", &duties(6, RARE), 6),
    ];
    golden("matrix-nasty", &nasty.join("\n"));
}

/// A board of so many posts, twelve a unit.
fn board(posts: usize, title: &str) -> Board {
    let mut dice = town::Dice(posts as u32);
    let mut card = |at: usize| Card {
        title: title.to_owned(),
        lines: vec![
            ("主岗".to_owned(), dice.name()),
            ("电话".to_owned(), format!("8888{:04}", at % 10_000)),
            ("职责".to_owned(), "受理、审核、公示".repeat(1 + at % 9)),
        ],
        vacant: at % 11 == 3,
    };
    let cards: Vec<Card> = (0..posts).map(&mut card).collect();
    let part = |(at, cards): (usize, &[Card])| Part {
        name: ["党政综合办公室", "便民服务中心", "财政所"][at % 3].to_owned(),
        note: "分管：副镇长　电话：88880001".to_owned(),
        cards: cards.to_vec(),
    };
    let parts = cards.chunks(12).enumerate().map(part).collect();
    Board { title: "云溪镇岗位公示栏".to_owned(), parts }
}

const A3: Wish = Wish { room: (400.0, 268.0), apart: false, size: 1.0 };

fn sheets(name: &str, board: &Board, wish: &Wish) -> String {
    let list = board::sheets(board, wish);
    let told = list.iter().take(3).enumerate();
    let told = told.map(|(at, scene)| brief(&format!("{name}, sheet {}", at + 1), scene, 8));
    format!("{name}: {} sheets\n{}", list.len(), told.collect::<Vec<_>>().join(""))
}

#[test]
fn the_board_is_as_recorded_at_any_size_and_with_nasty_words() {
    let whole = |posts, items| {
        let list = board::sheets(&board(posts, "综合窗口岗"), &A3);
        list.iter().map(|scene| outline(scene, items)).collect::<Vec<_>>().join("\n")
    };
    golden("board-1", &whole(1, true));
    golden("board-10", &whole(10, false));
    let apart = Wish { apart: true, ..A3 };
    let large = [
        sheets("100", &board(100, "综合窗口岗"), &A3),
        sheets("1000", &board(1000, "综合窗口岗"), &A3),
        sheets("1000, a sheet a unit", &board(1000, "综合窗口岗"), &apart),
    ];
    golden("board-large", &large.join("\n"));
    let mut crowd = board(190, "综合窗口岗");
    let cards = crowd.parts.iter().flat_map(|part| part.cards.clone()).collect();
    crowd.parts = vec![Part { cards, ..crowd.parts[0].clone() }];
    let mut empty = board(12, "综合窗口岗");
    empty.parts.iter_mut().for_each(|part| part.cards.clear());
    let nasty = [
        sheets("nothing", &Board::default(), &A3),
        sheets("nothing, a sheet a unit", &Board::default(), &apart),
        sheets("a unit without posts", &empty, &A3),
        sheets("190 posts in one unit", &crowd, &A3),
        sheets("40-character titles", &board(6, LONG), &A3),
        sheets("rare characters", &board(6, RARE), &A3),
    ];
    golden("board-nasty", &nasty.join("\n"));
}

fn bars(categories: &[&str], values: [&[f64]; 2]) -> BarChart {
    let series = |name: &str, role, values: &[f64]| Series {
        name: name.to_owned(),
        role,
        pattern: Pattern::None,
        values: values.to_vec(),
    };
    BarChart {
        title: "年龄".to_owned(),
        unit: "人".to_owned(),
        categories: categories.iter().map(|name| (*name).to_owned()).collect(),
        series: vec![
            series("男", Role::Steady, values[0]),
            series("女", Role::Vanguard, values[1]),
        ],
        width: 480.0,
    }
}

#[test]
fn bars_and_pyramids_of_anything_are_as_recorded() {
    let ages = ["30以下", "31—40", "41—50", "51以上"];
    let plain = bars(&ages, [&[3.0, 12.0, 7.0, 0.0], &[5.0, 9.0, 2.0, 1.0]]);
    golden("pyramid", &outline(&pyramid(&plain), true));
    let many: Vec<String> = (0..40).map(|at| format!("第{at}办公室")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    let figures: Vec<f64> = (0..40).map(|at| f64::from(at * at)).collect();
    let nasty = [
        ("nothing", bars(&[], [&[], &[]])),
        ("no figure above zero", bars(&ages, [&[0.0; 4], &[0.0; 4]])),
        ("one bar", bars(&["全镇"], [&[1.0], &[0.0]])),
        ("forty bars", bars(&many, [&figures, &figures])),
        ("40-character names", bars(&[LONG, LONG], [&[4.0, 2.0], &[1.0, 9.0]])),
        ("rare characters", bars(&[RARE, RARE], [&[4.0, 2.0], &[1.0, 9.0]])),
        ("fewer figures than names", bars(&ages, [&[4.0], &[]])),
        ("no numbers", bars(&ages, [&[f64::NAN, 2.0, f64::INFINITY, -3.0], &[1.0; 4]])),
        ("a million and one", bars(&ages, [&[1e6, 1.0, 1.0, 1.0], &[1.0; 4]])),
    ];
    let told = |draw: fn(&BarChart) -> _| {
        let list = nasty.iter().map(|(name, chart)| brief(name, &draw(chart), 10));
        list.collect::<Vec<_>>().join("\n")
    };
    golden("bars-nasty", &told(bar_chart));
    golden("pyramid-nasty", &told(pyramid));
}
