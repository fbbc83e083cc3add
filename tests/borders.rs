//! Borders in, made up and out: what a file's features become, that nothing is lost on the way out and in again, and
//! that codes count as the standard says.

mod support;

use gangtu::borders::codes::{Numbering, parts};
use gangtu::borders::drawing::Drawing;
use gangtu::borders::editing::CannotEdit;
use gangtu::borders::plan::{Asked, Becomes, Plan, Why};
use gangtu::borders::sending::{CannotSend, to_file};
use gangtu::borders::sharing::shared;
use gangtu::borders::sketching::sketched;
use gangtu::borders::{Layer, anchor};
use gangtu::geo::datum::Datum;
use gangtu::geo::geojson::{Feature, Reading};
use gangtu::geo::plane::{area_of, inside, middle};
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::Date;
use gangtu::model::kinds::village::OutlineFrom;
use gangtu::rules::Links;
use gangtu::view::map::{ColourBy, MapAsk, cells};
use support::{Edit, desk, id, now, write};

fn links(desk: &Desk<Memory>) -> Links {
    let day = Date::from_ymd_opt(2026, 11, 2).expect("date");
    desk.read(|fold| Links::of(&fold.township().on(day)))
}

const TOWNSHIP: &[Edit] = &[
    ("town", "t", &[("name", "云溪镇")]),
    ("village", "v1", &[("name", "大石村"), ("code", "510100101201"), ("households", "300")]),
    ("village", "v2", &[("name", "小河社区"), ("code", "510100101002")]),
    (
        "grid_cell",
        "g1",
        &[("name", "第一网格"), ("level", "网格"), ("village", "v1"), ("households", "200")],
    ),
    (
        "grid_cell",
        "g2",
        &[("name", "第二网格"), ("level", "网格"), ("village", "v1"), ("households", "100")],
    ),
    ("grid_cell", "g3", &[("name", "第一网格"), ("level", "网格"), ("village", "v2")]),
    (
        "grid_cell",
        "s1",
        &[("name", "东片"), ("level", "子网格"), ("parent", "g1"), ("village", "v1")],
    ),
];

fn township() -> Desk<Memory> {
    let desk = desk(1);
    write(&desk, TOWNSHIP);
    desk
}

/// A square of so many thousandths of a degree.
fn square(name: &str, village: &str, x: f64, y: f64, side: f64) -> String {
    let (x, y, side) = (105.0 + x / 1e3, 30.0 + y / 1e3, side / 1e3);
    let (e, n) = (x + side, y + side);
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}","村":"{village}"}},"geometry":{{"type":"Polygon","coordinates":[[[{x},{y}],[{e},{y}],[{e},{n}],[{x},{n}],[{x},{y}]]]}}}}"#
    )
}

fn point(name: &str, village: &str, x: f64, y: f64) -> String {
    let (x, y) = (105.0 + x / 1e3, 30.0 + y / 1e3);
    format!(
        r#"{{"type":"Feature","properties":{{"name":"{name}","村":"{village}"}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#
    )
}

fn features(list: &[String]) -> Vec<Feature> {
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, list.join(","));
    let mut reading = Reading::begin(&text).expect("geojson");
    while !reading.step(10).expect("read") {}
    assert!(reading.told.is_empty(), "{:?}", reading.told);
    reading.features
}

fn plan(desk: &Desk<Memory>, list: &[String], asked: &Asked) -> Plan {
    Plan::of(&links(desk), &features(list), Vec::new(), asked)
}

fn take(desk: &Desk<Memory>, plan: &Plan) {
    let mut fresh = || desk.fresh_id();
    let draft = plan.to_draft(&links(desk), "边界.geojson", &mut fresh);
    now(desk.commit(&draft)).expect("commit");
}

fn became(plan: &Plan) -> Vec<String> {
    let said = |becomes: &Becomes| match becomes {
        Becomes::Border(place) => format!("{} {}", place.layer.label(), place.id),
        Becomes::New { layer, village } => {
            format!("新 {} {}", layer.label(), village.as_ref().map_or("", |id| id.as_str()))
        }
        Becomes::Left(why) => why.to_string(),
    };
    plan.lines.iter().map(|line| said(&line.becomes)).collect()
}

#[test]
fn g9_features_find_their_village_or_cell_by_name_code_and_village() {
    let desk = township();
    let list = [
        square("大石村委会", "", 0.0, 0.0, 20.0),
        square("小河", "", 20.0, 0.0, 20.0),
        square("第一网格", "小河社区", 20.0, 0.0, 20.0),
        square("第二网格", "大石村", 10.0, 0.0, 10.0),
        square("第一网格", "", 0.0, 0.0, 10.0),
        square("哪儿都不是", "大石村", 0.0, 10.0, 5.0),
    ];
    let plan = plan(&desk, &list, &Asked::default());
    assert_eq!(plan.column, "name");
    let several = Why::Several(2).to_string();
    let expected = [
        "村（社区） v1",
        "村（社区） v2",
        "网格 g3",
        "网格 g2",
        &several,
        "台账里没有这个名称或编码",
    ];
    assert_eq!(became(&plan), expected);
    assert!(plan.lines[4].name == "第一网格" && several.contains("2 个同名"));
    let counts = plan.counts();
    assert_eq!((counts.fresh, counts.replaced, counts.made, counts.left), (4, 0, 0, 2));
}

#[test]
fn g9_what_nobody_is_called_becomes_new_where_it_lies_only_when_asked() {
    let desk = township();
    let list = [
        square("大石村", "", 0.0, 0.0, 20.0),
        square("水库网格", "", 5.0, 5.0, 5.0),
        square("", "", 6.0, 6.0, 1.0),
    ];
    let asked = Asked { rest: Some(Layer::Grid), ..Asked::default() };
    let plan = plan(&desk, &list, &asked);
    assert_eq!(became(&plan)[1..], ["新 网格 v1".to_string(), Why::Nameless.to_string()]);
    take(&desk, &plan);
    let links = links(&desk);
    let made = links.cells.all().iter().find(|cell| &*cell.name == "水库网格").expect("made");
    assert_eq!(made.outline_from, Some(OutlineFrom::Survey));
    assert_eq!(made.village.as_ref().map(|village| village.id.as_str()), Some("v1"));
    assert!(anchor(links.town.as_ref()).is_some(), "the map lies on earth now");
    let map = cells(&links, MapAsk { colour: ColourBy::Plain, method: None, names: true });
    assert!(!map.schematic && map.cells.len() == 2, "what has no borders is left to the lists");
}

#[test]
fn g9_borders_that_lie_nowhere_on_earth_go_and_come_back_with_undo() {
    let desk = township();
    write(&desk, &[("grid_cell", "g2", &[("outline", "[0,0,100,0,100,100]")])]);
    let plan = plan(&desk, &[square("大石村", "", 0.0, 0.0, 20.0)], &Asked::default());
    assert_eq!(plan.sketches.len(), 1);
    take(&desk, &plan);
    assert!(links(&desk).cells.get("g2").expect("g2").outline.is_empty());
    now(desk.undo()).expect("undo");
    let back = links(&desk);
    assert!(!back.cells.get("g2").expect("g2").outline.is_empty());
    assert!(
        back.villages.get("v1").expect("v1").outline.is_empty()
            && anchor(back.town.as_ref()).is_none()
    );
}

#[test]
fn g1_a_file_is_taken_in_the_coordinates_it_is_said_to_be_in() {
    let desk = township();
    take(&desk, &plan(&desk, &[square("大石村", "", 0.0, 0.0, 20.0)], &Asked::default()));
    let wgs = links(&desk).villages.get("v1").expect("v1").outline.clone();
    let asked = Asked { datum: Datum::Gcj02, ..Asked::default() };
    let again = plan(&desk, &[square("大石村", "", 0.0, 0.0, 20.0)], &asked);
    let moved = middle(&again.lines[0].rings[0]);
    let still = middle(&wgs.0[0]);
    let off = (moved[0] - still[0]).hypot(moved[1] - still[1]);
    assert!((200.0..900.0).contains(&off), "{off} metres");
    assert!(again.origin.is_none() && again.far.is_none());
    let far = plan(&desk, &[square("大石村", "", 3000.0, 0.0, 20.0)], &Asked::default());
    assert!(far.far.is_some_and(|far| far > 200_000.0), "another county's file is noticed");
}

#[test]
fn g8_what_goes_out_comes_in_again_in_any_coordinates() {
    let desk = township();
    let list =
        [square("大石村", "", 0.0, 0.0, 20.0), square("第二网格", "大石村", 10.0, 0.0, 10.0)];
    assert_eq!(to_file(&links(&desk), "云溪镇", Datum::Wgs84), Err(CannotSend::Nothing));
    write(&desk, &[("grid_cell", "g2", &[("outline", "[0,0,100,0,100,100]")])]);
    assert_eq!(to_file(&links(&desk), "云溪镇", Datum::Wgs84), Err(CannotSend::NoOrigin));
    take(&desk, &plan(&desk, &list, &Asked::default()));
    let before = links(&desk);
    for datum in Datum::ALL {
        let text = to_file(&before, "云溪镇", datum).expect("file");
        let mut reading = Reading::begin(&text).expect("geojson");
        while !reading.step(1).expect("read") {}
        let asked = Asked { datum, ..Asked::default() };
        let plan = Plan::of(&before, &reading.features, reading.told, &asked);
        assert_eq!((plan.counts().replaced, plan.counts().left, plan.lines.len()), (2, 0, 2));
        for (line, known) in plan.lines.iter().zip([
            &before.villages.get("v1").expect("v1").outline,
            &before.cells.get("g2").expect("g2").outline,
        ]) {
            for (a, b) in line.rings[0].iter().zip(&known.0[0]) {
                assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 0.05, "{datum:?} {a:?} {b:?}");
            }
        }
    }
}

#[test]
fn g6_points_get_land_within_their_village_and_say_so() {
    let desk = township();
    let list = [
        square("大石村", "", 0.0, 0.0, 20.0),
        point("第一网格", "大石村", 5.0, 5.0),
        point("第二网格", "大石村", 15.0, 5.0),
        point("第一网格", "小河社区", 40.0, 5.0),
    ];
    let plan = plan(&desk, &list, &Asked::default());
    assert_eq!(plan.counts().guessed, 3);
    let village = area_of(&plan.lines[0].rings);
    let shared = area_of(&plan.lines[1].rings) + area_of(&plan.lines[2].rings);
    assert!((village - shared).abs() < village * 1e-3, "all of the village and no more");
    assert!(area_of(&plan.lines[3].rings) > 1e5, "without a border there is land around the point");
    take(&desk, &plan);
    let links = links(&desk);
    assert_eq!(links.cells.get("g1").expect("g1").outline_from, Some(OutlineFrom::Points));
    assert!(cells(&links, MapAsk { colour: ColourBy::Plain, method: None, names: true }).schematic);
}

#[test]
fn g7_a_township_without_borders_has_a_map_by_its_tree() {
    let desk = township();
    let links = links(&desk);
    let sketch = sketched(&links);
    assert_eq!((sketch.villages.len(), sketch.cells.len()), (2, 4));
    let village = &sketch.villages[&id("v1")];
    let (g1, g2) = (&sketch.cells[&id("g1")], &sketch.cells[&id("g2")]);
    assert!((area_of(g1) / area_of(g2) - 2.0).abs() < 0.05, "twice the households, twice the land");
    assert!(inside(village, middle(&g1[0])) && inside(village, middle(&g2[0])));
    let map = cells(&links, MapAsk { colour: ColourBy::Plain, method: None, names: true });
    assert_eq!((map.cells.len(), map.schematic), (6, true));
}

#[test]
fn g7_cells_without_borders_are_made_up_inside_those_that_have_some() {
    let desk = township();
    let list =
        [square("大石村", "", 0.0, 0.0, 20.0), square("第二网格", "大石村", 10.0, 0.0, 10.0)];
    take(&desk, &plan(&desk, &list, &Asked::default()));
    let made = shared(&links(&desk));
    let mut ids: Vec<&str> = made.cells.iter().map(|(id, _)| id.as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["g1", "s1"], "the other village has no border to share");
    now(desk.commit(&made.to_draft())).expect("commit");
    let links = links(&desk);
    let area = |id: &str| area_of(&links.cells.get(id).expect("cell").outline.0);
    let village = area_of(&links.villages.get("v1").expect("v1").outline.0);
    assert!((area("g1") + area("g2") - village).abs() < village * 1e-3);
    assert!((area("s1") - area("g1")).abs() < village * 1e-3);
    assert_eq!(links.cells.get("s1").expect("s1").outline_from, Some(OutlineFrom::Sketch));
    assert!(shared(&links).cells.is_empty(), "nothing is left to make up");
}

#[test]
fn g10_codes_count_from_the_north_west_and_keep_what_is_right() {
    let desk = township();
    let list = [
        square("大石村", "", 0.0, 0.0, 20.0),
        square("第一网格", "大石村", 10.0, 10.0, 10.0),
        square("第二网格", "大石村", 0.0, 10.0, 10.0),
    ];
    take(&desk, &plan(&desk, &list, &Asked::default()));
    let codes = |anew| -> Vec<(String, String)> {
        let numbering = Numbering::of(&links(&desk), anew);
        assert!(numbering.problems.is_empty());
        numbering.coded.iter().map(|coded| (coded.id.to_string(), coded.code.clone())).collect()
    };
    let pair = |id: &str, code: &str| (id.to_string(), code.to_string());
    let all = [
        pair("g2", "510100101201001"),
        pair("s1", "51010010120100201"),
        pair("g1", "510100101201002"),
        pair("g3", "510100101002001"),
    ];
    assert_eq!(codes(false), all);
    write(
        &desk,
        &[
            ("grid_cell", "g1", &[("code", "510100101201001")]),
            ("grid_cell", "g3", &[("code", "510100101002009")]),
        ],
    );
    assert_eq!(
        codes(false),
        [pair("s1", "51010010120100101"), pair("g2", "510100101201002")],
        "who is right keeps the number"
    );
    assert_eq!(codes(true), all);
    now(desk.commit(&Numbering::of(&links(&desk), true).to_draft())).expect("commit");
    assert_eq!(Numbering::of(&links(&desk), true).coded, []);
}

#[test]
fn g10_what_stands_in_the_way_of_codes_is_said() {
    let desk = township();
    write(
        &desk,
        &[
            ("village", "v1", &[("code", "5101")]),
            ("grid_cell", "x", &[("name", "孤零零"), ("level", "网格")]),
        ],
    );
    let said: Vec<String> =
        Numbering::of(&links(&desk), false).problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2);
    assert!(
        said[0].contains("大石村") && said[0].contains("“5101”") && said[0].contains("2 个网格"),
        "{said:?}"
    );
    assert!(said[1].contains("孤零零"));
}

#[test]
fn g10_a_code_is_taken_apart() {
    let said = |code| -> Vec<String> {
        parts(code)
            .iter()
            .map(|part| format!("{} {}{}", part.digits, part.means, part.note))
            .collect()
    };
    let expected = [
        "51 省GB/T 2260",
        "01 市GB/T 2260",
        "00 县（市、区）GB/T 2260",
        "101 乡镇（街道）镇",
        "201 村（社区）村委会",
        "003 网格",
        "02 子网格地方自编",
    ];
    assert_eq!(said("51010010120100302"), expected);
    assert!(said("5101").is_empty() && said("51010010120100x").is_empty());
}

/// Two villages side by side, the first with two cells one above the other and a part in the first cell.
fn drawn() -> Desk<Memory> {
    let desk = township();
    let square = |x: i32, y: i32, w: i32, h: i32| {
        format!("[{x},{y},{},{y},{},{},{x},{}]", x + w, x + w, y + h, y + h)
    };
    let lands = [
        ("village", "v1", square(0, 0, 400, 400)),
        ("village", "v2", square(400, 0, 400, 400)),
        ("grid_cell", "g1", square(0, 0, 400, 200)),
        ("grid_cell", "g2", square(0, 200, 400, 200)),
        ("grid_cell", "s1", square(0, 0, 150, 200)),
    ];
    for (kind, id, land) in &lands {
        write(&desk, &[(*kind, *id, &[("outline", land.as_str()), ("outline_from", "测绘导入")])]);
    }
    desk
}

fn at(drawing: &Drawing, record: &str) -> usize {
    let place = drawing.pieces().iter().position(|piece| piece.id.as_str() == record);
    place.expect("piece")
}

fn written(desk: &Desk<Memory>, drawing: &Drawing) -> Links {
    let day = Date::from_ymd_opt(2026, 11, 2).expect("date");
    now(desk.commit(&drawing.to_draft(day))).expect("written");
    links(desk)
}

#[test]
fn g11_a_border_moved_by_hand_moves_for_its_neighbours_and_for_nobody_else() {
    let desk = drawn();
    let mut drawing = Drawing::of(&links(&desk));
    let corner = drawing.table().corner_at([400.0, 200.0], 1.0).expect("corner");
    drawing.move_corner(corner, [400.0, 260.0], 0.0).expect("along the villages' border");
    let links = written(&desk, &drawing);
    let cell = |id: &str| links.cells.get(id).expect("cell");
    assert_eq!(area_of(&cell("g1").outline.0) + area_of(&cell("g2").outline.0), 160_000.0);
    assert!(area_of(&cell("g1").outline.0) > 80_000.0);
    assert_eq!(cell("g1").outline_from, Some(OutlineFrom::Drawn));
    assert_eq!(cell("s1").outline_from, Some(OutlineFrom::Survey), "not touched");
    // The corner lies on a straight side of both villages: they are as they were surveyed.
    for village in links.villages.all() {
        assert_eq!(village.outline_from, Some(OutlineFrom::Survey));
        assert_eq!(village.outline.0[0].len(), 4);
    }
}

#[test]
fn g12_a_cell_split_by_hand_is_a_new_record_and_what_lies_in_it_goes_along() {
    let desk = drawn();
    let mut drawing = Drawing::of(&links(&desk));
    let cell = at(&drawing, "g1");
    let new = drawing.split(cell, &[[200.0, -50.0], [200.0, 250.0]], &id("g9")).expect("split");
    assert_eq!(drawing.piece(new).map(|piece| piece.name.as_str()), Some("第一网格（2）"));
    let summary = drawing.summary();
    assert_eq!(
        (summary.changed, summary.fresh),
        (vec!["第一网格".into()], vec!["第一网格（2）".into()])
    );
    let links = written(&desk, &drawing);
    let new = links.cells.get("g9").expect("new");
    assert_eq!(links.villages.find(new.village.as_ref()).map(|one| one.id.as_str()), Some("v1"));
    let (old, part) = (links.cells.get("g1").expect("old"), links.cells.get("s1").expect("part"));
    assert_eq!(area_of(&old.outline.0) + area_of(&new.outline.0), 80_000.0);
    let above = links.cell_above(&part.id).map(|one| one.id.as_str());
    assert_eq!(above, Some(if inside(&new.outline.0, [75.0, 100.0]) { "g9" } else { "g1" }));
    assert_eq!(old.households, Some(200), "households are for people to say");
}

#[test]
fn g12_cells_joined_by_hand_become_the_first_and_the_other_ends() {
    let desk = drawn();
    let mut drawing = Drawing::of(&links(&desk));
    let (first, other) = (at(&drawing, "g2"), at(&drawing, "g1"));
    assert_eq!(drawing.beside(first), [other]);
    drawing.join(first, other).expect("join");
    let links = written(&desk, &drawing);
    assert!(links.cells.get("g1").is_none(), "ended");
    let joined = links.cells.get("g2").expect("joined");
    assert_eq!(area_of(&joined.outline.0), 160_000.0);
    let part = links.cells.get("s1").expect("part");
    assert_eq!(links.cell_above(&part.id).map(|one| one.id.as_str()), Some("g2"));
    assert_eq!(drawing.place_at(Layer::Village, [500.0, 100.0]), Some(at(&drawing, "v2")));
}

#[test]
fn g11_what_is_drawn_takes_nothing_from_others_and_stays_inside() {
    let desk = drawn();
    let mut drawing = Drawing::of(&links(&desk));
    let cell = at(&drawing, "g3");
    let ring = [[350.0, 100.0], [600.0, 100.0], [600.0, 900.0], [350.0, 900.0]];
    drawing.draw(cell, &ring).expect("draw");
    let land = area_of(&drawing.rings(cell));
    assert!((land - 200.0 * 300.0).abs() < 1.0, "only what lies in its village: {land}");
    let before = drawing.rings(cell);
    let elsewhere = [[10.0, 10.0], [100.0, 10.0], [100.0, 100.0]];
    assert_eq!(drawing.draw(cell, &elsewhere), Err(CannotEdit::NoLand));
    assert_eq!(drawing.rings(cell), before);
    drawing.undo();
    assert!(drawing.rings(cell).is_empty() && !drawing.is_changed());
    drawing.redo();
    assert_eq!(drawing.rings(cell), before);
}

#[test]
fn g11_where_nobody_drew_anything_the_sketch_is_the_beginning_and_is_written_whole() {
    let desk = township();
    let mut drawing = Drawing::of(&links(&desk));
    assert!(drawing.is_sketched() && !drawing.is_changed());
    let village = at(&drawing, "v1");
    let corner = drawing.table().corners(village)[0][0];
    let [x, y] = drawing.table().place_of_corner(corner).expect("corner");
    drawing.move_corner(corner, [x + 3.0, y + 2.0], 0.0).expect("move");
    let links = written(&desk, &drawing);
    assert!(links.villages.all().iter().all(|one| !one.outline.is_empty()));
    assert!(links.cells.all().iter().all(|one| !one.outline.is_empty()));
    let from = |id: &str| links.villages.get(id).expect("village").outline_from;
    assert_eq!(from("v1"), Some(OutlineFrom::Drawn));
    assert!(links.cells.all().iter().any(|one| one.outline_from == Some(OutlineFrom::Sketch)));
}

#[test]
fn g11_moves_of_one_corner_are_one_step_and_all_can_be_taken_back() {
    let desk = drawn();
    let mut drawing = Drawing::of(&links(&desk));
    let first = drawing.rings(at(&drawing, "g1"));
    let corner = drawing.table().corner_at([400.0, 200.0], 1.0).expect("corner");
    for step in 1..=30 {
        drawing.nudge_corner(corner, [400.0, 200.0 + f64::from(step)]).expect("move");
    }
    drawing.undo();
    assert_eq!(drawing.rings(at(&drawing, "g1")), first);
    assert_eq!((drawing.undoes(), drawing.redoes()), (None, Some("移动拐点")));
}
