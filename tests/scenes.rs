//! Scenes as text: what a small chart, map and bar chart draw, and what no chart may ever do.
//!
//! `BLESS=1 cargo test --test scenes` writes the golden files anew; look at the diff.

#[path = "scenes/dump.rs"]
mod dump;
#[path = "scenes/forms.rs"]
mod forms;
#[path = "scenes/land.rs"]
mod land;
#[path = "scenes/others.rs"]
mod others;
#[path = "scenes/random.rs"]
mod random;
#[path = "scenes/town.rs"]
mod town;

use dump::{golden, outline};
use gangtu::picture::chart::{Chart, ChartInput, ChartNode, Form, Kind, Track, draw};
use gangtu::picture::geom::Rect;
use gangtu::picture::map::{self, Category, MapInput, Method, Scheme};
use gangtu::picture::palette::Palette;
use gangtu::picture::plot::{BarChart, Series, bar_chart};
use gangtu::picture::scene::{Lod, Scene, Shape};
use gangtu::picture::style::{Pattern, Role};
use gangtu::picture::svg;
use gangtu::picture::text::{TableMetrics, TextMetrics};

fn one_post() -> Vec<ChartNode> {
    let mut nodes = vec![
        town::node("t".to_owned(), Kind::Committee, None, "云溪镇党委"),
        town::node("l".to_owned(), Kind::Leader, Some(0), "沈知远"),
        town::node("u".to_owned(), Kind::Unit, Some(1), "党政综合办公室"),
        town::node("p".to_owned(), Kind::Post, Some(2), "文书岗"),
    ];
    nodes[1].subtitle = "党委副书记、镇长".to_owned();
    nodes[3].vacant = true;
    nodes[3].track = Some(Track::Vanguard);
    nodes[3].duties = 4;
    nodes
}

fn town_of(posts: usize) -> Vec<ChartNode> {
    let mut nodes = Vec::new();
    town::town(&mut nodes, None, "", posts);
    nodes
}

#[test]
fn a_small_map_and_a_bar_chart_are_as_recorded() {
    let scheme = Scheme::Numbers {
        title: "户数".to_owned(),
        unit: "户".to_owned(),
        method: Method::Quantile,
    };
    let input = MapInput { cells: land::land([2, 4, 6, 9]), scheme, schematic: true };
    let map = map::draw(&input);
    golden("map-small", &outline(&map.scene, false));
    golden("map-legend", &outline(&map::legend(&input, &map), true));
    let series = |name: &str, role, pattern, values: &[f64]| Series {
        name: name.to_owned(),
        role,
        pattern,
        values: values.to_vec(),
    };
    let bars = BarChart {
        title: "编制与在岗".to_owned(),
        unit: "人".to_owned(),
        categories: vec!["党政综合办公室".to_owned(), "财政所".to_owned()],
        series: vec![
            series("编制", Role::Far, Pattern::None, &[12.0, 4.0]),
            series("在岗", Role::Steady, Pattern::Hatch, &[10.0, 5.0]),
        ],
        width: 480.0,
    };
    golden("bars", &outline(&bar_chart(&bars), true));
}

/// Townships that broke other people's charts.
fn nasty() -> Vec<(&'static str, Vec<ChartNode>)> {
    let mut crowd = town_of(0);
    let unit = crowd.iter().position(|n| n.kind == Kind::Unit);
    crowd.extend((0..190).map(|at| {
        let post = town::node(format!("x{at}"), Kind::Post, unit, "综治网格管理岗");
        town::staffed(post, &mut town::Dice(at))
    }));
    let chain = |at: usize| {
        let kind = if at == 11 { Kind::Post } else { Kind::Unit };
        town::node(format!("c{at}"), kind, at.checked_sub(1), "第十二级机构")
    };
    let mut long = one_post();
    let title =
        "历史文化名镇保护利用与乡村全面振兴示范片区建设工作领导小组办公室专职联络协调员岗位一";
    for node in &mut long {
        node.title = title.to_owned();
        node.subtitle = title.to_owned();
    }
    let mut rare = town_of(10);
    let names = [
        "𠮷野·㐂𬭊 Aleksandr",
        "买买提·吐尔逊",
        "𫚥𬶋〇々",
        "e\u{301}\u{200d}岗🏠",
        "（试）—“岗”…",
    ];
    for (node, name) in rare.iter_mut().skip(1).zip(names.iter().cycle()) {
        node.title = (*name).to_owned();
        for holder in &mut node.holders {
            holder.name = (*name).to_owned();
        }
    }
    let mut nobody = town_of(40);
    for node in nobody.iter_mut().filter(|node| node.kind == Kind::Post) {
        node.vacant = true;
        node.holders.clear();
    }
    let stray = vec![town::node("s".to_owned(), Kind::Post, None, "无机构岗位")];
    let mut closed = town_of(60);
    for node in closed.iter_mut().filter(|n| n.kind == Kind::Unit) {
        node.collapsed = true;
    }
    vec![
        ("190 posts in one unit", crowd),
        ("twelve levels", (0..12).map(chain).collect()),
        ("40-character titles", long),
        ("rare characters", rare),
        ("a post with no unit", stray),
        ("nothing at all", Vec::new()),
        ("nobody in any post", nobody),
        ("units with nobody", town_of(0)),
        ("all closed", closed),
        ("posts", town_of(148)),
    ]
}

fn each(mut check: impl FnMut(&str, &Chart)) {
    for (name, nodes) in nasty() {
        for form in Form::ALL {
            for heads in [1.0, 1.25] {
                let input = ChartInput { form, heads, ..ChartInput::new(nodes.clone()) };
                check(name, &draw(&input));
            }
        }
    }
}

/// Whether cards keep clear of each other.
fn apart(name: &str, chart: &Chart) {
    let boxes: Vec<Rect> = chart.layout.boxes.iter().copied().filter(|b| !b.is_empty()).collect();
    for (at, a) in boxes.iter().enumerate() {
        assert!(boxes[at + 1..].iter().all(|b| !a.overlaps(b, 0.01)), "{name}");
    }
}

/// Whether every word lies in the frame of its card.
fn words_inside(name: &str, chart: &Chart) {
    for (node, card) in chart.cards.iter().enumerate() {
        let Some(card) = card else { continue };
        let room = chart.layout.frames[node].grow(0.01);
        for item in chart.scene.group_items(*card) {
            let Shape::Text { x, y, chars } = item.shape else { continue };
            let style = chart.scene.style(item.style);
            let text = chart.scene.text(chars);
            let (w, below) = match style.vertical {
                true => (f64::from(style.size), text.chars().count() as f32 - 1.0),
                false => (TableMetrics.width(text, style.font()), 0.0),
            };
            let left = f64::from(x) - [0.0, w / 2.0, w][style.anchor as usize];
            // Marks of the lower left corner, set in the upper right one, have ink in half of their square.
            let ink = if ["、", "，", "。"].contains(&text) { w / 2.0 } else { w };
            let inside = left >= room.x0 && left + ink <= room.x1;
            let foot = f64::from(y + below * style.size);
            let upright = foot <= room.y1 && f64::from(y - style.size) >= room.y0 - 4.0;
            assert!(inside && upright, "{name}: {text:?} at {x} {y} in {room:?}");
        }
    }
}

#[test]
fn p1_no_card_covers_another() {
    each(apart);
}

#[test]
fn p10_words_stay_inside_their_card() {
    each(words_inside);
}

#[test]
fn p10_a_vacant_post_says_so_in_a_word_a_broken_line_and_from_afar() {
    let chart = draw(&ChartInput::new(one_post()));
    let items = chart.scene.group_items(chart.cards[3].expect("a card"));
    let shows = |scale: f32, wanted: &dyn Fn(&Shape, Role) -> bool| {
        items.iter().any(|item| {
            let style = chart.scene.style(item.style);
            let role = if style.stroke == Role::Vermilion { style.stroke } else { style.fill };
            item.lod.shows(scale) && wanted(&item.shape, role)
        })
    };
    let word = |shape: &Shape, role: Role| match shape {
        Shape::Text { chars, .. } => role == Role::Vermilion && chart.scene.text(*chars) == "空缺",
        _ => false,
    };
    let block =
        |shape: &Shape, role| matches!(shape, Shape::Rect { .. }) && role == Role::Vermilion;
    assert!(shows(1.0, &word) && shows(1.0, &block) && shows(0.1, &block));
}

#[test]
fn p10_leaders_and_units_are_named_in_legible_type_however_far_the_town_fits() {
    let chart = draw(&ChartInput::new(town_of(60)));
    let scene = &chart.scene;
    // From a phone held upright to the middle of a desk.
    for scale in [0.2f32, 0.24, 0.29, 0.31, 0.39, 0.41, 0.54, 1.0] {
        let legible = |id: &str| {
            scene.find(id).is_some_and(|group| {
                scene.group_items(group).iter().any(|item| {
                    let size = scene.style(item.style).size * scale;
                    matches!(item.shape, Shape::Text { .. }) && item.lod.shows(scale) && size >= 8.0
                })
            })
        };
        let named = scene.groups.iter().filter(|g| g.role == "leader" || g.role == "unit");
        for group in named.filter(|g| scale > 0.26 || g.role == "leader") {
            let ids = ["", "name-", "far-"].map(|prefix| prefix.to_owned() + &group.id);
            assert!(ids.iter().any(|id| legible(id)), "{scale} {} {}", group.id, group.title);
        }
    }
}

#[test]
fn p10_a_leading_post_nobody_holds_shows_its_title_and_that_it_is_vacant() {
    let mut nodes = one_post();
    nodes[1] = ChartNode { vacant: true, ..nodes[1].clone() };
    (nodes[1].title, nodes[1].subtitle) = ("党委副书记、镇长".to_owned(), String::new());
    let chart = draw(&ChartInput::new(nodes));
    let svg = svg::paint(&chart.scene, Palette::Light, &svg::Options::default());
    assert!(svg.contains(">党委副书记、镇长</text>") && svg.matches(">空缺</text>").count() == 2);
}

#[test]
fn p10_hovering_a_post_traces_its_unit_leader_and_committee() {
    let chart = draw(&ChartInput::new(one_post()));
    let ids: Vec<&str> = chart.trace(3).into_iter().map(|g| &*chart.scene.group(g).id).collect();
    assert_eq!(ids, ["p", "u", "link-u", "l", "link-l", "t"]);
}

#[test]
fn p7_a_closed_unit_hides_its_posts_and_counts_them() {
    let mut nodes = one_post();
    nodes[2].collapsed = true;
    let chart = draw(&ChartInput::new(nodes));
    assert!(chart.cards[3].is_none() && chart.scene.find("p").is_none());
    let svg = svg::paint(&chart.scene, Palette::Light, &svg::Options::default());
    assert!(svg.contains("展开 1 岗"));
}

#[test]
fn the_pointer_finds_the_card_and_not_the_panel_below_it() {
    let chart = draw(&ChartInput::new(one_post()));
    let hit = |r: &Rect| {
        let (x, y) = r.center();
        chart.scene.hit(x, y, 1.0).map(|g| &*chart.scene.group(g).id)
    };
    assert_eq!(hit(&chart.layout.boxes[3]), Some("p"));
    assert_eq!(hit(&chart.layout.boxes[2]), Some("u"));
    assert_eq!(chart.scene.hit(-500.0, -500.0, 1.0), None);
}

/// What a painter shows at a scale, against what the file holds.
fn painted(scene: &Scene, scale: f32) -> [usize; 4] {
    let mut counts = [0; 4];
    for item in scene.items.iter().filter(|item| item.lod.shows(scale)) {
        let times = 1 + usize::from(scene.style(item.style).pattern != Pattern::None);
        match item.shape {
            Shape::Rect { .. } => counts[0] += times,
            Shape::Line(_) | Shape::Lines(_) | Shape::Area(_) => counts[1] += times,
            Shape::Text { .. } => counts[2] += 1,
            Shape::Image { .. } => counts[3] += 1,
        }
    }
    counts
}

#[test]
fn p9_the_file_holds_every_item_the_screen_would_paint() {
    let check = |name: &str, scene: &Scene| {
        for width in [None, Some(scene.bounds.grow(24.0).width() / 4.0)] {
            let options = svg::Options { width, ..svg::Options::default() };
            let file = svg::paint(scene, Palette::Light, &options);
            let (_, body) = file.split_once("</defs>").unwrap_or(("", &file));
            let count = |tag: &str| body.matches(tag).count();
            let held = [count("<rect "), count("<path "), count("<text "), count("<image ")];
            let scale = if width.is_some() { 0.25 } else { 1.0 };
            assert_eq!(held, painted(scene, scale), "{name} at {scale}");
            assert_eq!(file, svg::paint(scene, Palette::Light, &options), "p8: the same file");
        }
    };
    each(|name, chart| check(name, &chart.scene));
    let scheme = Scheme::Plain;
    let input = MapInput { cells: land::land([2, 4, 6, 9]), scheme, schematic: true };
    check("map", &map::draw(&input).scene);
}

/// The screen paints plane by plane, the file group by group: where boxes or words lie on each other
/// both must come to the same picture.
#[test]
fn p9_planes_and_groups_agree_on_what_lies_on_top() {
    each(|name, chart| {
        let scene = &chart.scene;
        let shown: Vec<(usize, u8, Rect)> = (0..scene.items.len())
            .filter(|at| scene.items[*at].lod.shows(1.0))
            .filter_map(|at| match scene.items[at].shape {
                Shape::Rect { x, y, w, h, .. } => {
                    let [x, y, w, h] = [x, y, w, h].map(f64::from);
                    Some((at, scene.items[at].plane, Rect::sized(x, y, w, h)))
                }
                _ => None,
            })
            .collect();
        for (at, (_, plane, area)) in shown.iter().enumerate().take(400) {
            for (_, later, other) in &shown[at + 1..] {
                assert!(
                    later >= plane || !area.overlaps(other, 0.01),
                    "{name}: {area:?} {other:?}"
                );
            }
        }
    });
}

#[test]
fn p4_a_chart_of_twenty_thousand_takes_work_in_proportion() {
    let work = |cards| {
        let chart = draw(&ChartInput::new(town::county(cards)));
        (chart.layout.work, chart.scene.items.len())
    };
    let (small, large) = (work(2_600), work(20_800));
    assert!(large.0 <= 10 * small.0 && large.1 <= 10 * small.1, "{small:?} {large:?}");
}

#[test]
fn p9_a_script_in_any_word_of_a_chart_or_map_stays_text() {
    let evil = "\"><script>alert(1)</script>";
    let mut nodes = one_post();
    for node in &mut nodes {
        node.id += evil;
        node.title = evil.to_owned();
        node.subtitle = evil.to_owned();
    }
    let mut cells = land::land([1, 1, 2, 3]);
    for cell in &mut cells {
        (cell.id, cell.name, cell.keeper) =
            (cell.id.clone() + evil, evil.to_owned(), evil.to_owned());
    }
    let categories = vec![Category { label: evil.to_owned(), role: None }];
    let scheme = Scheme::Categories { title: evil.to_owned(), categories };
    let input = MapInput { cells, scheme, schematic: false };
    let map = map::draw(&input);
    for scene in [&draw(&ChartInput::new(nodes)).scene, &map.scene, &map::legend(&input, &map)] {
        let options = svg::Options { title: evil.to_owned(), ..svg::Options::default() };
        let svg = svg::paint(scene, Palette::Light, &options);
        assert!(!svg.contains("<script") && svg.contains("&lt;script&gt;"));
    }
}

#[test]
fn p10_every_scale_shows_each_post_once_as_block_or_card() {
    let chart = draw(&ChartInput::new(town_of(60)));
    for scale in [0.05f32, 0.2, 0.24, 0.3, 1.0, 4.0] {
        for card in chart.cards.iter().flatten().filter(|g| chart.scene.group(**g).role == "post") {
            let plane = |i: &&gangtu::picture::scene::Item| i.plane == 2 && i.lod.shows(scale);
            assert_eq!(chart.scene.group_items(*card).iter().filter(plane).count(), 1);
        }
    }
    assert!(Lod::below(0.5).shows(0.4) && !Lod::below(0.5).shows(0.5));
}
