//! What people from outside may see, and pictures as a function of the township alone.
//!
//! Redaction is shown by non-interference: two townships that differ only in what is not public look
//! the same to outsiders in every view that claims to be theirs.

mod support;

use gangtu::answer::Answer;
use gangtu::answer::entries::entries;
use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, Draft};
use gangtu::model::public::public_cells;
use gangtu::model::{Date, FieldType, Value, Visibility, schema};
use gangtu::picture::board::{Wish, sheets};
use gangtu::picture::chart::{ChartNode, Form};
use gangtu::picture::palette::Palette;
use gangtu::picture::scene::Scene;
use gangtu::picture::{chart, map, matrix, svg};
use gangtu::rules::Links;
use gangtu::view;
use gangtu::view::board::{BoardAsk, Said, board};
use gangtu::view::chart::{ChartAsk, cards};
use gangtu::view::map::{ColourBy, MapAsk, cells};
use gangtu::view::place::{facts, serving};
use gangtu_search::Index;
use proptest::prelude::*;
use support::{at, desk, id, now};

const RECORDS: usize = 3;

/// References go round within the kind's few records; trees hang on the first.
fn reference(target: &str, kind: &str, record: usize, seed: u64) -> Value {
    let to = if target == kind { 0 } else { (record + seed as usize) % RECORDS };
    if target == kind && record == 0 { Value::Null } else { Value::text(&format!("r{to}")) }
}

fn square(record: usize) -> Value {
    let x = record * 100;
    Value::Json(format!("[{x},0,{},0,{},100,{x},100]", x + 100, x + 100).into())
}

/// A value that fits the field; texts carry `word`.
fn value(ty: FieldType, kind: &str, record: usize, seed: u64, word: &str) -> Value {
    match ty {
        FieldType::Text | FieldType::LongText => Value::text(&format!("{word}{record}")),
        FieldType::Int => Value::Int((seed % 90_000) as i64 + 1),
        FieldType::Real => Value::Real((seed % 977) as f64 + 0.5),
        FieldType::Bool => Value::Bool(seed.is_multiple_of(2)),
        FieldType::Date => Value::text("2020-01-01"),
        FieldType::Choice(list) => Value::text(list[seed as usize % list.len()].0),
        FieldType::Ref(target) => reference(target, kind, record, seed),
        FieldType::Set => Value::Set([format!("{word}{record}").into()].as_slice().into()),
        FieldType::Outline => square(record),
        FieldType::Photo => Value::text(&format!("data:image/jpeg;base64,/9j/{seed}")),
    }
}

const SECRET: &str = "机密甲";

/// A township whose public fields follow from nothing and whose internal ones follow from `secret`;
/// 0 leaves them empty. Nobody is a leader unless `leaders`.
fn township(secret: u64, leaders: bool) -> Desk<Memory> {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    for (kind, info) in schema().kinds.iter().enumerate() {
        for record in 0..RECORDS {
            for (field, spec) in info.spec.fields.iter().enumerate() {
                let seed = (kind * 31 + record * 7 + field) as u64;
                let inner = secret.wrapping_mul(seed * 2 + 1) >> 7;
                let value = match (info.spec.id, spec.id) {
                    ("person", "leader") => Value::Bool(leaders),
                    ("person", "named") => Value::Null,
                    (_, "until") => Value::Null,
                    // The order in which a person's posts are told.
                    ("holding", "main") => Value::Null,
                    ("holding", "person") => value(spec.ty, info.spec.id, record, seed, ""),
                    _ if spec.visibility == Visibility::Public => {
                        value(spec.ty, info.spec.id, record, seed, "公开乙")
                    }
                    _ if secret == 0 && !spec.required => Value::Null,
                    _ => {
                        value(spec.ty, info.spec.id, record, inner, &format!("{SECRET}{secret}之"))
                    }
                };
                draft.set(kind, &id(&format!("r{record}")), field, value);
            }
        }
    }
    now(desk.commit(&draft)).expect("commit");
    desk
}

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 22).expect("date")
}

/// Everything an outsider can get: public cells, look-up, both pictures in all colours, places.
fn seen(desk: &Desk<Memory>) -> Vec<String> {
    desk.read(|fold| {
        let township = fold.township();
        let links = Links::of(&township.on(today()));
        let mut seen = Vec::new();
        for (kind, info) in schema().kinds.iter().enumerate() {
            for row in township.table(kind).rows() {
                let cells = public_cells(kind, row);
                let json = |(field, value): &(&gangtu::model::FieldSpec, &Value)| {
                    format!("{}={}", field.id, value.to_json())
                };
                seen.push(cells.iter().map(json).collect::<Vec<_>>().join("\n"));
                seen.push(format!("{:?}", facts(township, kind, &row.id, false)));
                seen.push(format!("{:?}", serving(&links, info.spec.id, &row.id, false)));
            }
        }
        let index = Index::build(entries(township, today(), true));
        for query in ["公开乙", "公开", "gky", "机密甲", "jm", "0", "r1"] {
            for hit in index.find(query, 50) {
                seen.push(format!("{hit:?} {:?}", Answer::of(&hit, &links, false)));
            }
        }
        let paint = |scene: &Scene| svg::paint(scene, Palette::Light, &svg::Options::default());
        for form in Form::ALL {
            let ask = ChartAsk { form, ..ChartAsk::default() };
            seen.push(paint(&chart::draw(&cards(&links, &ask)).scene));
        }
        for colour in ColourBy::ALL {
            let input = cells(&links, MapAsk { colour: *colour, method: None, names: false });
            let map = map::draw(&input);
            seen.push(paint(&map.scene));
            seen.push(paint(&map::legend(&input, &map)));
        }
        seen
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn m5_s4_outsiders_see_the_same_whatever_the_internal_fields_hold(
        one in 1u64..1 << 40, other in 0u64..1 << 40, leaders in any::<bool>(),
    ) {
        let (a, b) = (seen(&township(one, leaders)), seen(&township(other, leaders)));
        for (a, b) in a.iter().zip(&b).filter(|_| !leaders) {
            prop_assert!(!a.contains(SECRET) && !b.contains(SECRET), "{}", a);
        }
        if !leaders {
            prop_assert_eq!(a, b);
        }
    }
}

#[test]
fn s4_a_leaders_name_is_shown_and_nothing_else_of_them() {
    let seen = seen(&township(977, true)).join("\n");
    let name = format!("{SECRET}977之");
    assert!(seen.contains(&name), "leaders are named");
    for label in ["行政", "事业", "派驻", "借调", "编外"] {
        assert!(!seen.contains(&format!(">{label}<")), "{label}");
    }
}

#[test]
fn s4_staff_see_what_outsiders_do_not() {
    township(977, false).read(|fold| {
        let index = Index::build(entries(fold.township(), today(), false));
        assert!(!index.find(SECRET, 5).is_empty());
        let cell = schema().kind("grid_cell").expect("kind");
        let told = facts(fold.township(), cell, &id("r1"), true);
        assert!(told.iter().any(|(_, words)| words.contains(SECRET)), "{told:?}");
    });
}

/// One record at a time, in the order given by the dice.
fn built(order: &[usize]) -> String {
    let whole = township(5, false);
    let desk = desk(2);
    let records: Vec<(usize, usize)> =
        (0..schema().kinds.len()).flat_map(|kind| (0..RECORDS).map(move |r| (kind, r))).collect();
    for place in order {
        let (kind, record) = records[*place];
        let mut draft = Draft::new("造");
        whole.read(|fold| {
            let row = fold.township().table(kind).get(&format!("r{record}")).expect("row");
            for (field, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.is_null()) {
                draft.set(kind, &row.id, field, cell.clone());
            }
        });
        now(desk.commit(&draft)).expect("commit");
    }
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(today()));
        let paint = |scene: &Scene| svg::paint(scene, Palette::Light, &svg::Options::default());
        let mut built = String::new();
        for form in Form::ALL {
            let ask = ChartAsk { names: true, form, ..ChartAsk::default() };
            built += &paint(&chart::draw(&cards(&links, &ask)).scene);
        }
        let input = cells(&links, MapAsk { colour: ColourBy::Zone, method: None, names: true });
        built += &paint(&map::draw(&input).scene);
        built += &paint(&matrix::draw(&view::matrix::matrix(&links)));
        let ask = BoardAsk {
            title: "公示栏".to_string(),
            without: Default::default(),
            said: Said::ALL.to_vec(),
            everybody: true,
        };
        let wish = Wish { room: (277.0, 181.0), apart: true, size: 1.0 };
        built + &sheets(&board(&links, &ask), &wish).iter().map(paint).collect::<String>()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn p8_the_same_records_make_the_same_picture_whatever_came_first(
        order in Just((0..RECORDS * schema().kinds.len()).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let straight: Vec<usize> = (0..order.len()).collect();
        prop_assert_eq!(built(&order), built(&straight));
    }
}

fn set(draft: &mut Draft, kind: &str, record: &str, fields: &[(&str, Value)]) {
    for (field, value) in fields {
        let (kind, field) = at(kind, field);
        draft.set(kind, &id(record), field, value.clone());
    }
}

#[test]
fn p14_the_chain_names_who_answers_and_says_where_nobody_does() {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    let text = |text: &str| Value::text(text);
    set(&mut draft, "person", "p1", &[("name", text("王小满"))]);
    set(&mut draft, "zone", "z2", &[("name", text("后片")), ("no", Value::Int(2))]);
    set(
        &mut draft,
        "zone",
        "z1",
        &[("name", text("前片")), ("no", Value::Int(9)), ("head", text("p1"))],
    );
    set(
        &mut draft,
        "village",
        "v1",
        &[("name", text("甲村")), ("zone", text("z1")), ("contact", text("p1"))],
    );
    set(&mut draft, "village", "v2", &[("name", text("乙村")), ("zone", text("z1"))]);
    set(&mut draft, "village", "v3", &[("name", text("丙村")), ("contact", text("gone"))]);
    now(desk.commit(&draft)).expect("commit");
    let told = |names: bool| {
        desk.read(|fold| {
            let links = Links::of(&fold.township().on(today()));
            let ask = ChartAsk { names, form: Form::Chain, ..ChartAsk::default() };
            let input = cards(&links, &ask);
            let name = |node: &ChartNode| node.holders.first().map(|holder| holder.name.clone());
            let one = |node: &ChartNode| {
                let parts =
                    [node.title.clone(), node.subtitle.clone(), name(node).unwrap_or_default()];
                let missing = node.vacant || !node.lacks.is_empty();
                (parts.join(" "), missing, node.parent.unwrap_or(0))
            };
            input.nodes.iter().map(one).collect::<Vec<_>>()
        })
    };
    let chain = told(true);
    let lines: Vec<(&str, bool, usize)> =
        chain.iter().map(|(text, missing, parent)| (&**text, *missing, *parent)).collect();
    assert_eq!(
        lines[1..],
        [
            ("后片  ", true, 0),
            ("前片 片长 王小满 ", false, 0),
            ("甲村  王小满", false, 2),
            ("乙村  ", true, 2),
            ("未归入片区  ", false, 0),
            ("丙村  ", true, 5),
        ]
    );
    let public = told(false);
    assert!(public.iter().all(|(text, ..)| !text.contains("王小满")));
    assert_eq!((public[2].1, public[3].1), (false, false), "somebody is there all the same");
}

/// Cards of a chart of so many units, each below the one before.
fn chain(long: usize) -> usize {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    for at in 0..long {
        let up = if at == 0 { Value::Null } else { Value::text(&format!("u{}", at - 1)) };
        let name = Value::text(&format!("第{at}级"));
        set(&mut draft, "unit", &format!("u{at}"), &[("name", name), ("parent", up)]);
    }
    now(desk.commit(&draft)).expect("commit");
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(today()));
        chart::draw(&cards(&links, &ChartAsk::default())).cards.len()
    })
}

#[test]
fn p11_a_chain_of_units_of_any_length_becomes_a_chart() {
    // A small stack, as a page has.
    let run = std::thread::Builder::new().stack_size(256 << 10).spawn(|| chain(20_000));
    assert_eq!(run.expect("thread").join().expect("no overflow"), 20_001);
}

#[test]
fn p11_a_village_and_a_cell_of_one_id_stay_two_places() {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    set(&mut draft, "village", "1", &[("name", Value::text("东村")), ("outline", square(0))]);
    let cell = |parent: Value, level: &str| {
        [
            ("name", Value::text("网格")),
            ("level", Value::text(level)),
            ("village", Value::text("1")),
            ("parent", parent),
            ("outline", square(0)),
        ]
    };
    set(&mut draft, "grid_cell", "1", &cell(Value::Null, "grid"));
    set(&mut draft, "grid_cell", "2", &cell(Value::Null, "grid"));
    set(&mut draft, "grid_cell", "3", &cell(Value::text("1"), "sub"));
    now(desk.commit(&draft)).expect("commit");
    desk.read(|fold| {
        let links = Links::of(&fold.township().on(today()));
        let input = cells(&links, MapAsk { colour: ColourBy::Zone, method: None, names: true });
        let above: Vec<(&str, Option<&str>)> = input
            .cells
            .iter()
            .map(|cell| (&*cell.id, cell.parent.map(|at| &*input.cells[at].id)))
            .collect();
        let village = Some("village/1");
        assert_eq!(
            above,
            [
                ("village/1", None),
                ("grid_cell/1", village),
                ("grid_cell/2", village),
                ("grid_cell/3", Some("grid_cell/1")),
            ]
        );
    });
}

#[test]
fn u2_pictures_lookup_and_figures_are_of_the_day_they_are_asked_for() {
    let desk = desk(1);
    let mut draft = Draft::new("造");
    set(&mut draft, "unit", "u", &[("name", Value::text("党政办"))]);
    let post = |title: &str, since: &str, until: Value| {
        [
            ("title", Value::text(title)),
            ("unit", Value::text("u")),
            ("since", Value::text(since)),
            ("until", until),
        ]
    };
    set(&mut draft, "post", "old", &post("旧岗", "2020-01-01", Value::text("2026-01-01")));
    set(&mut draft, "post", "new", &post("新岗", "2026-01-01", Value::Null));
    now(desk.commit(&draft)).expect("commit");
    let seen = |year: i32| {
        let day = Date::from_ymd_opt(year, 6, 1).expect("date");
        desk.read(|fold| {
            let links = Links::of(&fold.township().on(day));
            let chart = chart::draw(&cards(&links, &ChartAsk::default())).scene;
            let index = Index::build(entries(fold.township(), day, false));
            let hits = index.find("岗", 5);
            let found = |id: &str| hits.iter().any(|hit| *hit.id == *format!("post/{id}"));
            (
                [chart.find("post/old").is_some(), chart.find("post/new").is_some()],
                [found("old"), found("new")],
                gangtu::rules::Staffing::of(&links).posts,
            )
        })
    };
    assert_eq!(seen(2025), ([true, false], [true, false], 1));
    assert_eq!(seen(2026), ([false, true], [false, true], 1));
    assert_eq!(seen(2019), ([false, false], [false, false], 0));
}
