//! The two sample townships as the rules see them: the published figures, the land, what they hide.

mod support;

use std::collections::BTreeMap;

use gangtu::bundle::Bundle;
use gangtu::journal::Desk;
use gangtu::journal::memory::Memory;
use gangtu::model::kinds::duty::DutyList;
use gangtu::model::kinds::duty_link::DutyRole;
use gangtu::model::kinds::grid_cell::GridLevel;
use gangtu::model::kinds::post::Track;
use gangtu::model::kinds::village::VillageColour;
use gangtu::model::{Date, Outline, Value, schema};
use gangtu::picture::map;
use gangtu::picture::scene::Group;
use gangtu::rules::{Finding, Links, Rule, Severity, Staffing, findings_in, grouped};
use gangtu::view::map::{ColourBy, MapAsk, cells};
use support::{now, world};

const YUNXI: &str = include_str!("../samples/yunxi.json");
const REAL: &str = include_str!("../samples/real-posts.json");

fn open(text: &str) -> Desk<Memory> {
    let mut bundle = Bundle::open(text.as_bytes(), &gangtu::encoding::gb18030).expect("bundle");
    bundle.read_all().expect("lines");
    let township = bundle.header.township.as_str().into();
    let desk = now(Desk::create(Memory::default(), world(1), township, "")).expect("desk");
    let taken = now(desk.take(bundle.into_lines(), "打开示范镇")).expect("take");
    assert_eq!(taken.parked, 0);
    desk
}

/// The township with its findings on the day the samples were written.
fn look(text: &str) -> (Links, Vec<Finding>) {
    let day = Date::from_ymd_opt(2026, 11, 2).expect("date");
    open(text).read(|fold| {
        let day = fold.township().on(day);
        let links = Links::of(&day);
        let found = findings_in(&day, &links);
        (links, found)
    })
}

#[test]
fn r6_yunxi_carries_the_published_figures_at_once() {
    let (links, _) = look(YUNXI);
    let staffing = Staffing::of(&links);
    let tracks = (staffing.track(Track::Steady), staffing.track(Track::Vanguard));
    assert_eq!(tracks, (41, 7), "YC-08");
    assert_eq!(staffing.authorised, Some(61), "YC-12");
    assert_eq!((staffing.in_post, staffing.force), (47, 87), "YC-12");
    assert_eq!(staffing.vacancies, Some(14), "YC-12");
    assert_eq!(links.villages.all().len(), 33, "QJ-02");
    assert_eq!(links.windows.all().len(), 12, "XM-16");
    let cells = |level| links.cells.all().iter().filter(|cell| cell.level == Some(level)).count();
    let levels = [GridLevel::Grid, GridLevel::Sub, GridLevel::Micro].map(cells);
    assert_eq!(levels, [28, 109, 280], "XM-21");
    let colour = |colour| {
        links.villages.all().iter().filter(|village| village.colour == Some(colour)).count()
    };
    assert_eq!((colour(VillageColour::Red), colour(VillageColour::Yellow)), (8, 1), "YC-23");
}

#[test]
fn yunxi_has_103_basic_duties_in_six_classes_each_with_one_lead() {
    let (links, _) = look(YUNXI);
    let mut classes: BTreeMap<&str, usize> = BTreeMap::new();
    let duties = links.duties.all().iter();
    for duty in duties.filter(|duty| duty.list == Some(DutyList::Basic)) {
        *classes.entry(&duty.class).or_default() += 1;
        let posts = links.posts_for(&duty.id);
        let leads = posts.iter().filter(|(_, link)| link.role == Some(DutyRole::Lead));
        assert_eq!(leads.count(), 1, "{}", duty.name);
    }
    assert_eq!(classes.len(), 6, "XM-02");
    assert_eq!(classes.values().sum::<usize>(), 103, "YC-09");
    for post in links.posts.all() {
        assert!(!links.duties_of(&post.id).is_empty(), "{} has no duty", post.title);
    }
    for list in [DutyList::Assist, DutyList::Recalled] {
        assert!(links.duties.all().iter().filter(|duty| duty.list == Some(list)).count() >= 20);
    }
}

#[test]
fn yunxi_shows_these_findings_and_no_others() {
    let (_, found) = look(YUNXI);
    let shown: Vec<(&str, usize)> =
        grouped(&found).map(|(rule, group)| (rule.id(), group.len())).collect();
    let planted = [
        (Rule::DutyLead, 1),
        (Rule::RecalledLinked, 1),
        (Rule::PostVacant, 3),
        (Rule::PostNoBackup, 2),
        (Rule::MainTwice, 1),
        (Rule::PersonNoPost, 1),
        (Rule::Secondment, 1),
        (Rule::CellKeeper, 2),
        (Rule::MatterCard, 41),
        (Rule::MatterParts, 5),
        (Rule::ProxyAgent, 1),
        (Rule::ProxyLate, 3),
        (Rule::ActionForce, 1),
        (Rule::TaskAnswers, 1),
        (Rule::TaskLate, 2),
        (Rule::VillageTask, 2),
    ];
    assert_eq!(shown, planted.map(|(rule, count)| (rule.id(), count)), "{found:#?}");
    let errors: Vec<Rule> = found
        .iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.rule)
        .collect();
    assert_eq!(errors, [Rule::MainTwice]);
}

#[test]
fn s7_yunxi_answers_a_resident_in_everyday_words() {
    let (links, _) = look(YUNXI);
    let common: Vec<_> = links.matters.all().iter().filter(|matter| matter.common).collect();
    assert_eq!(common.len(), 82);
    for matter in &common {
        assert!(matter.terms.len() >= 3, "{} has few everyday terms", matter.name);
    }
    let cards = common.iter().filter(|matter| !matter.materials.is_empty()).count();
    assert!(cards >= 40, "{cards} cards");
    for matter in links.matters.all() {
        let window = links.windows.find(matter.window.as_ref()).expect("window");
        assert!(!window.phone.is_empty() && !window.hours.is_empty() && !window.place.is_empty());
        let post = links.posts.find(matter.post.as_ref()).expect("post");
        assert!(!links.holders(&post.id).is_empty(), "nobody answers for {}", matter.name);
    }
}

#[test]
fn names_are_as_awkward_as_real_ones() {
    let (links, _) = look(YUNXI);
    let has = |test: fn(&str) -> bool| links.people.all().iter().any(|person| test(&person.name));
    assert!(has(|name| name.contains('·')) && has(|name| name.chars().count() == 4));
    assert!(has(|name| name.contains('𬭎')) && has(|name| name.contains('喆')));
    let mut names: Vec<&str> = links.people.all().iter().map(|person| &*person.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), links.people.all().len(), "two people share a name");
    assert!(links.units.all().iter().any(|unit| unit.name.chars().count() > 12));
}

#[test]
fn neither_sample_holds_a_real_phone_or_an_identity_number() {
    for text in [YUNXI, REAL] {
        open(text).read(|fold| {
            for (kind, info) in schema().kinds.iter().enumerate() {
                for row in fold.township().table(kind).rows() {
                    for (field, cell) in info.spec.fields.iter().zip(&row.cells) {
                        check_digits(field.id, cell);
                    }
                }
            }
        });
    }
}

fn check_digits(field: &str, cell: &Value) {
    let Value::Text(text) = cell else { return };
    if field.contains("phone") || field == "mobile" {
        assert!(text.starts_with("1000"), "{field}: {text}");
        return;
    }
    for run in text.split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let digits = run.bytes().take_while(u8::is_ascii_digit).count();
        assert!(run.len() != 18 || digits < 17, "{field}: {text}");
        assert!(!(digits == 11 && run.starts_with('1')), "{field}: {text}");
    }
}

#[test]
fn no_place_of_the_lists_origin_is_left() {
    for word in ["四川", "成都", "广安", "百步", "511602", "115113"] {
        assert!(!YUNXI.contains(word) && !REAL.contains(word), "{word}");
    }
}

/// Twice the area inside, exact: vertices lie on whole metres.
fn doubled_area(outline: &Outline) -> i64 {
    sides(outline).iter().map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

type Corner = (i64, i64);

fn sides(outline: &Outline) -> Vec<(Corner, Corner)> {
    let corner = |point: &[f64; 2]| {
        assert_eq!(point.map(f64::round), *point);
        (point[0] as i64, point[1] as i64)
    };
    let corners: Vec<Corner> = outline.0[0].iter().map(corner).collect();
    let next = corners.iter().cycle().skip(1);
    corners.iter().copied().zip(next.copied()).collect()
}

/// Checks that outlines cover their land once, and gives the sides only one of them has.
fn rim(outlines: &[&Outline]) -> Vec<(Corner, Corner)> {
    let mut seen: BTreeMap<(Corner, Corner), usize> = BTreeMap::new();
    for outline in outlines {
        assert!(outline.0[0].len() >= 4 && doubled_area(outline) > 0, "not counter-clockwise");
        for side in sides(outline) {
            let before = seen.insert(side, 1);
            assert_eq!(before, None, "two cells lie on the same side of a border");
        }
    }
    let alone = seen.keys().filter(|(a, b)| !seen.contains_key(&(*b, *a)));
    alone.copied().collect()
}

#[test]
fn p5_the_land_is_covered_without_gap_or_overlap_at_every_level() {
    let (links, _) = look(YUNXI);
    let level = |level| -> Vec<&Outline> {
        let cells = links.cells.all().iter().filter(|cell| cell.level == Some(level));
        cells.map(|cell| &cell.outline).collect()
    };
    let villages: Vec<&Outline> = links.villages.all().iter().map(|one| &one.outline).collect();
    let layers = [level(GridLevel::Grid), level(GridLevel::Sub), level(GridLevel::Micro), villages];
    let town = rim(&layers[0]);
    assert!(town.len() > 100);
    let area = |layer: &[&Outline]| layer.iter().map(|ring| doubled_area(ring)).sum::<i64>();
    let square_km = area(&layers[0]) as f64 / 2e6;
    for layer in &layers {
        assert_eq!(rim(layer), town, "every level has the town's own outline");
        assert_eq!(area(layer), area(&layers[0]));
    }
    let declared = links.town.as_ref().and_then(|town| town.area).expect("area");
    assert!((declared - square_km).abs() < 0.005, "{declared} {square_km}");
}

#[test]
fn p5_cells_tile_the_cell_above_and_their_households_add_up() {
    let (links, _) = look(YUNXI);
    for cell in links.cells.all().iter().filter(|cell| cell.level != Some(GridLevel::Micro)) {
        let parts = links.parts_of(&cell.id);
        assert!(parts.len() >= 2, "{} has one part", cell.name);
        let area: i64 = parts.iter().map(|part| doubled_area(&part.outline)).sum();
        assert_eq!(area, doubled_area(&cell.outline), "{}", cell.name);
        let households: i64 = parts.iter().filter_map(|part| part.households).sum();
        assert_eq!(Some(households), cell.households, "{}", cell.name);
    }
    for village in links.villages.all() {
        let parts = links.cells_in(&village.id, GridLevel::Sub);
        let area: i64 = parts.iter().map(|part| doubled_area(&part.outline)).sum();
        assert_eq!(area, doubled_area(&village.outline), "{}", village.name);
    }
}

#[test]
fn no_outline_crosses_itself() {
    let (links, _) = look(YUNXI);
    for cell in links.cells.all() {
        let sides = sides(&cell.outline);
        for (at, one) in sides.iter().enumerate() {
            for two in &sides[at + 1..] {
                assert!(!cross(*one, *two), "{}: {one:?} {two:?}", cell.name);
            }
        }
    }
}

/// Whether two sides meet anywhere but at a common corner.
fn cross(one: (Corner, Corner), two: (Corner, Corner)) -> bool {
    if one.0 == two.0 || one.0 == two.1 || one.1 == two.0 || one.1 == two.1 {
        return false;
    }
    let turn = |(a, b): (Corner, Corner), c: Corner| {
        ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
    };
    turn(one, two.0) != turn(one, two.1) && turn(two, one.0) != turn(two, one.1)
}

#[test]
fn the_real_table_has_148_posts_16_units_and_247_work_items() {
    let (links, found) = look(REAL);
    assert_eq!(links.posts.all().len(), 148);
    assert_eq!(links.units.all().len(), 16);
    assert_eq!(links.duties.all().len(), 247);
    let linked = links.duties.all().iter().filter(|duty| links.is_led(&duty.id)).count();
    assert!(linked > 120, "{linked} of 247 linked");
    assert!(links.people.all().is_empty(), "the table names nobody");
    assert!(found.iter().all(|finding| finding.rule != Rule::Dangling));
}

/// Names of villages on the map of so many pixels across.
fn named(size: f64, across: f64) -> Vec<String> {
    let (links, _) = look(YUNXI);
    let input = cells(&links, MapAsk { colour: ColourBy::Zone, method: None, names: true });
    let map = map::draw_sized(&input, size);
    let scale = (across / map.scene.bounds.width()) as f32;
    let shown = |group: &&Group| {
        let items = &map.scene.items[group.items.range()];
        let village = group.id.contains("-village/");
        village && group.role == "label" && items.iter().any(|item| item.lod.shows(scale))
    };
    map.scene.groups.iter().filter(shown).map(|group| group.id.to_string()).collect()
}

#[test]
fn p6_yunxi_names_every_village_where_the_town_fits_and_most_on_a_phone() {
    // Widths of the whole town at 1920, 1366 and 1024 pixels, projected, and on a phone.
    for (size, across) in [(1.0, 1300.0), (1.0, 830.0), (1.0, 620.0), (1.6, 1050.0), (1.6, 800.0)] {
        assert_eq!(named(size, across).len(), 33, "{across}");
    }
    for (across, most) in [(345.0, 29), (366.0, 32), (366.0 * 1.35, 33)] {
        assert!(named(1.0, across).len() >= most, "{across}: {:?}", named(1.0, across));
    }
}
