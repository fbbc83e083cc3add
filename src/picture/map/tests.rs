//! Borders stay shared, labels stay apart, classes hold every value.

use super::*;
use crate::picture::scene::{Group, Shape};
use proptest::prelude::*;

/// Columns × rows of cells with bent borders whose corners all neighbours share.
fn mesh(columns: usize, rows: usize, bends: usize, shake: &[f64]) -> Vec<Vec<[f64; 2]>> {
    let corner = |x: f64, y: f64| {
        let at = ((x * 7.3 + y * 31.7) * 10.0) as usize % shake.len();
        [x * 100.0 + shake[at] * 30.0, y * 100.0 - shake[(at + 1) % shake.len()] * 30.0]
    };
    let mut rings = Vec::new();
    for row in 0..rows {
        for column in 0..columns {
            rings.push(walk(column as f64, row as f64, 1.0, 1.0, bends, &corner));
        }
    }
    rings.push(walk(0.0, 0.0, columns as f64, rows as f64, bends, &corner));
    rings
}

/// The border of a box, with `bends` corners for each unit of length.
fn walk(
    x: f64,
    y: f64,
    w: f64,
    h: f64,
    bends: usize,
    corner: &impl Fn(f64, f64) -> [f64; 2],
) -> Vec<[f64; 2]> {
    let (nx, ny) = (w as usize * bends, h as usize * bends);
    let step = 1.0 / bends as f64;
    let mut ring = Vec::new();
    ring.extend((0..nx).map(|i| corner(x + i as f64 * step, y)));
    ring.extend((0..ny).map(|i| corner(x + w, y + i as f64 * step)));
    ring.extend((0..nx).map(|i| corner(x + w - i as f64 * step, y + h)));
    ring.extend((0..ny).map(|i| corner(x, y + h - i as f64 * step)));
    ring
}

proptest! {
    #[test]
    fn p5_simplified_cells_still_tile_the_town(
        columns in 1usize..6, rows in 1usize..6, bends in prop::sample::select(vec![1usize, 2, 4]),
        shake in prop::collection::vec(-1f64..1.0, 7..40), step in 0.5f64..40.0,
    ) {
        let mut rings = mesh(columns, rows, bends, &shake);
        rings.rotate_right(1);
        let net = Net::new(&rings);
        let area = |ring| area(&net.ring(ring, step));
        let whole = area(0);
        let parts: f64 = (1..rings.len()).map(area).sum();
        prop_assert!((whole - parts).abs() <= 1e-6 * whole.abs().max(1.0), "{whole} {parts}");
    }

    #[test]
    fn p5_every_edge_of_a_simplified_cell_is_a_neighbours_or_the_towns(
        columns in 1usize..6, rows in 1usize..6, bends in prop::sample::select(vec![1usize, 2, 4]),
        shake in prop::collection::vec(-1f64..1.0, 7..40), step in 0.5f64..40.0,
    ) {
        let mut rings = mesh(columns, rows, bends, &shake);
        rings.rotate_right(1);
        let net = Net::new(&rings);
        let edges = |ring: usize| {
            let points: Vec<[u64; 2]> =
                net.ring(ring, step).iter().map(|p| [p[0].to_bits(), p[1].to_bits()]).collect();
            let closed = points.last() == points.first();
            let n = points.len() - usize::from(closed && points.len() > 1);
            (0..n).map(|at| (points[at], points[(at + 1) % n])).collect::<Vec<_>>()
        };
        let mut open: std::collections::BTreeMap<_, i32> = std::collections::BTreeMap::new();
        for ring in 1..rings.len() {
            for (from, to) in edges(ring) {
                let way = if from < to { 1 } else { -1 };
                *open.entry((from.min(to), from.max(to))).or_default() += way;
            }
        }
        for (from, to) in edges(0) {
            let way = if from < to { 1 } else { -1 };
            *open.entry((from.min(to), from.max(to))).or_default() -= way;
        }
        prop_assert!(open.values().all(|left| *left == 0), "{open:?}");
    }

    #[test]
    fn the_box_at_the_pole_lies_inside_and_no_sampled_point_holds_a_larger_one(
        points in prop::collection::vec((0f64..std::f64::consts::TAU, 20f64..100.0), 3..24),
        (w, h) in (1f64..8.0, 1f64..8.0),
    ) {
        let mut points = points;
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        let ring: Vec<[f64; 2]> = points.iter().map(|(a, r)| [a.cos() * r, a.sin() * r]).collect();
        let (at, k) = pole(&ring, [w, h], 0.02);
        prop_assert!(k <= 0.0 || holds(&ring, at, [w * k * 0.999, h * k * 0.999]));
        for (a, r) in &points {
            let near = [a.cos() * r * 0.5, a.sin() * r * 0.5];
            prop_assert!(!holds(&ring, near, [w * (k + 0.03), h * (k + 0.03)]));
        }
    }

    #[test]
    fn p6_labels_never_touch_at_any_scale(
        spots in prop::collection::vec((0f64..2000.0, 0f64..2000.0, 1usize..9, 0usize..2), 1..60),
        scale in 0.05f64..20.0,
    ) {
        let cells = spots.iter().map(|(x, y, chars, level)| {
            let level = [Level::Village, Level::Grid][*level];
            MapCell { level, ..square(*x, *y, *chars) }
        });
        let shown = shown(cells.collect(), (0.0, 2100.0), scale);
        for (i, a) in shown.iter().enumerate() {
            for b in &shown[i + 1..] {
                let apart = (a.at[0] - b.at[0]).abs() * scale + 1e-6 >= (a.w + b.w) / 2.0
                    || (a.at[1] - b.at[1]).abs() * scale + 1e-6 >= (a.h + b.h) / 2.0;
                prop_assert!(apart && a.cell != b.cell);
            }
        }
    }

    #[test]
    fn p6_labels_lie_inside_their_cells_and_large_enough_maps_name_every_village(
        columns in 1usize..6, rows in 1usize..6, shake in prop::collection::vec(-1f64..1.0, 7..40),
        chars in prop::collection::vec(1usize..8, 36), scale in 0.01f64..20.0,
    ) {
        let mut rings = mesh(columns, rows, 4, &shake);
        rings.pop();
        let cell = |(at, ring): (usize, &Vec<[f64; 2]>)| MapCell {
            level: Level::Village,
            rings: vec![ring.clone()],
            ..square(at as f64, 0.0, chars[at])
        };
        let cells: Vec<MapCell> = rings.iter().enumerate().map(cell).collect();
        // The labels know simplified borders; this close nobody sees the difference.
        let slack = 3.0 / scale;
        let top = 100.0 * rows as f64;
        for label in shown(cells.clone(), (0.0, top), scale) {
            let half = [label.w / 2.0 / scale - slack, label.h / 2.0 / scale - slack];
            let at = [label.at[0], top - label.at[1]];
            prop_assert!(half[1] <= 0.0 || holds(&cells[label.cell].rings[0], at, half));
        }
        prop_assert_eq!(shown(cells, (0.0, top), 12.0).len(), rings.len());
    }

    #[test]
    fn every_number_falls_into_a_class(
        values in prop::collection::vec(-1e6f64..1e6, 1..60), method in 0usize..3,
    ) {
        let method = Method::ALL[method];
        let scheme = Scheme::Numbers { title: String::new(), unit: "户".to_owned(), method };
        let cell = |v: &f64| MapCell { value: Some(Value::Number(*v)), ..square(0.0, 0.0, 1) };
        let input = MapInput { cells: values.iter().map(cell).collect(), scheme, schematic: false };
        let got = classes(&input);
        prop_assert_eq!(got.iter().map(|c| c.cells).sum::<usize>(), values.len());
        prop_assert!(got.windows(2).all(|pair| pair[0].upto < pair[1].upto));
    }
}

/// What names show at a scale.
fn shown(cells: Vec<MapCell>, origin: (f64, f64), scale: f64) -> Vec<label::Label> {
    let input = MapInput { cells, scheme: Scheme::Plain, schematic: false };
    let land = Land { origin, fit: 0.5, ..Land::of(&input) };
    let ground = Ground::new(Level::Micro, &land);
    let labels = label::all(&input, &ground, [0.0; 4], 1.0);
    labels.into_iter().filter(|l| l.from <= scale && scale < l.to).collect()
}

/// Whether a box lies in a ring: its middle does, and no edge of the ring enters it.
fn holds(ring: &[[f64; 2]], at: [f64; 2], half: [f64; 2]) -> bool {
    let mut inside = false;
    let mut clear = true;
    for (i, b) in ring.iter().enumerate() {
        let a = ring[(i + ring.len() - 1) % ring.len()];
        if (b[1] > at[1]) != (a[1] > at[1]) {
            inside ^= at[0] < (a[0] - b[0]) * (at[1] - b[1]) / (a[1] - b[1]) + b[0];
        }
        // Clipped to the box from all four sides, something of an entering edge is left.
        let (mut from, mut to) = (0f64, 1f64);
        for axis in 0..2 {
            let (start, way) = (a[axis] - at[axis], b[axis] - a[axis]);
            let (u, v) = ((-half[axis] - start) / way, (half[axis] - start) / way);
            if way.abs() < 1e-12 {
                if start.abs() >= half[axis] {
                    to = -1.0;
                }
            } else {
                (from, to) = (from.max(u.min(v)), to.min(u.max(v)));
            }
        }
        clear &= from >= to;
    }
    inside && clear
}

fn square(x: f64, y: f64, chars: usize) -> MapCell {
    MapCell {
        id: format!("{x} {y}"),
        level: Level::Grid,
        parent: None,
        name: "云".repeat(chars),
        rings: vec![vec![[x, y], [x + 90.0, y], [x + 90.0, y + 90.0], [x, y + 90.0]]],
        value: None,
        keeper: String::new(),
    }
}

#[test]
fn p5_a_border_is_drawn_once_and_by_the_coarser_level() {
    let ring = |x: f64, w: f64| vec![[x, 0.0], [x + w, 0.0], [x + w, 10.0], [x, 10.0]];
    // A village of two grids: the middle border is the only one the village has not.
    let village =
        vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.0], [20.0, 10.0], [10.0, 10.0], [0.0, 10.0]];
    let net = Net::new(&[village, ring(0.0, 10.0), ring(10.0, 10.0)]);
    let owned = |ring| net.arcs().iter().filter(|arc| arc.ring == ring).count();
    assert_eq!((owned(0), owned(1), owned(2)), (2, 1, 0));
}

#[test]
fn the_finest_level_that_shows_is_hit() {
    let village = MapCell { level: Level::Village, id: "v".to_owned(), ..square(0.0, 0.0, 2) };
    let mut grid = square(0.0, 0.0, 2);
    grid.id = "g".to_owned();
    grid.rings = vec![vec![[0.0, 0.0], [45.0, 0.0], [45.0, 45.0], [0.0, 45.0]]];
    let input = MapInput { cells: vec![village, grid], scheme: Scheme::Plain, schematic: true };
    let map = draw(&input);
    let id = |scale, x, y| map.scene.hit(x, y, scale).map(|g| &*map.scene.group(g).id);
    // y is turned: the grid lies in the south-west.
    assert_eq!(id(20.0, 10.0, 80.0), Some("g"));
    assert_eq!(id(20.0, 80.0, 10.0), Some("v"));
    assert_eq!(id(0.01, 10.0, 80.0), Some("v"));
    assert_eq!(id(20.0, 300.0, 10.0), None);
}

#[test]
fn p6_a_cell_s_name_does_not_repeat_what_it_lies_in() {
    let village = MapCell {
        level: Level::Village,
        name: "云溪村".to_owned(),
        rings: vec![vec![[0.0, 0.0], [900.0, 0.0], [900.0, 400.0], [0.0, 400.0]]],
        ..square(0.0, 0.0, 1)
    };
    let cell = |x: f64, name: &str| MapCell {
        parent: Some(0),
        name: name.to_owned(),
        ..square(x, 0.0, 1)
    };
    let names = ["云溪村东片网格", "云溪村网格", "河西网格"];
    let cells = (0..).zip(names).map(|(at, name)| cell(f64::from(at) * 300.0, name));
    let cells = std::iter::once(village).chain(cells).collect();
    let input = MapInput { cells, scheme: Scheme::Plain, schematic: false };
    let scene = draw(&input).scene;
    let said = scene.items.iter().filter_map(|item| match item.shape {
        Shape::Text { chars, .. } => Some(scene.text(chars)),
        _ => None,
    });
    let said: std::collections::BTreeSet<&str> = said.collect();
    assert!(
        said.contains("云溪村") && said.contains("东片网格") && said.contains("河西网格"),
        "{said:?}"
    );
    assert!(said.iter().all(|word| !names[..2].contains(word) && *word != "网格"), "{said:?}");
}

#[test]
fn p22_natural_classes_part_values_where_they_lie_apart() {
    let values = [1.0, 2.0, 3.0, 50.0, 51.0, 53.0, 90.0, 400.0, 401.0, 900.0, 902.0];
    let scheme =
        Scheme::Numbers { title: String::new(), unit: "户".to_owned(), method: Method::Natural };
    let cell = |v: &f64| MapCell { value: Some(Value::Number(*v)), ..square(0.0, 0.0, 1) };
    let input = MapInput { cells: values.iter().map(cell).collect(), scheme, schematic: false };
    let ends: Vec<(f64, usize)> =
        classes(&input).iter().map(|class| (class.upto, class.cells)).collect();
    assert_eq!(ends, [(3.0, 3), (53.0, 3), (90.0, 1), (401.0, 2), (902.0, 2)]);
    let few = MapInput { cells: [7.0, 7.0, 9.0].iter().map(cell).collect(), ..input };
    assert_eq!(classes(&few).iter().map(|class| class.cells).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn p21_a_cell_of_two_parts_and_a_hole_is_one_cell() {
    let ring = |x: f64, y: f64, side: f64| {
        vec![[x, y], [x + side, y], [x + side, y + side], [x, y + side]]
    };
    let rings = vec![ring(0.0, 0.0, 90.0), ring(30.0, 30.0, 30.0), ring(200.0, 0.0, 40.0)];
    let cells = vec![MapCell { id: "c".to_owned(), rings, ..square(0.0, 0.0, 2) }];
    let input = MapInput { cells, scheme: Scheme::Plain, schematic: false };
    let map = draw(&input);
    let id = |x, y| map.scene.hit(x, y, 20.0).map(|g| &*map.scene.group(g).id);
    assert_eq!((id(10.0, 80.0), id(220.0, 80.0)), (Some("c"), Some("c")));
    assert_eq!((id(45.0, 45.0), id(150.0, 80.0)), (None, None), "neither in the hole nor between");
    for label in shown(input.cells, (0.0, 90.0), 20.0) {
        assert!(label.at[0] < 90.0, "the name stands in the larger part");
    }
}

#[test]
fn p11_broken_rings_draw_nothing_and_break_nothing() {
    let mut bad = square(0.0, 0.0, 2);
    bad.rings = vec![vec![[f64::NAN, 0.0], [1.0, f64::INFINITY], [2.0, 2.0]]];
    let empty = MapCell { rings: Vec::new(), ..square(0.0, 0.0, 2) };
    let far = MapCell { rings: vec![vec![[9e9, 9e9]; 4], vec![[0.0, 0.0]; 2]], ..empty.clone() };
    let cells = vec![bad, empty, far, square(500.0, 500.0, 2)];
    let map = draw(&MapInput { cells, scheme: Scheme::Plain, schematic: false });
    assert_eq!(map.groups.iter().flatten().count(), 1);
    assert_eq!(map.origin, (500.0, 590.0), "what is no land has no say in how large the map is");
    assert!(map.scene.bounds.width() < 100.0);
}

#[test]
fn p36_what_is_seen_first_is_of_the_whole_map_and_fits_the_same_view() {
    let box_of =
        |x: f64, y: f64, w: f64| vec![vec![[x, y], [x + w, y], [x + w, y + w], [x, y + w]]];
    let grid = |at: usize| MapCell {
        id: format!("g{at}"),
        rings: box_of((at % 8) as f64 * 4e3, (at / 8) as f64 * 4e3, 4e3),
        ..square(0.0, 0.0, 3)
    };
    let micro = |at: usize| MapCell {
        id: format!("m{at}"),
        level: Level::Micro,
        rings: box_of((at % 80) as f64 * 400.0, (at / 80) as f64 * 400.0, 400.0),
        ..square(0.0, 0.0, 3)
    };
    let cells: Vec<MapCell> = (0..64).map(grid).chain((0..6400).map(micro)).collect();
    let input = MapInput { cells, scheme: Scheme::Plain, schematic: true };
    let (first, whole) = (draw_first(&input, 1.0).expect("micro-grids wait"), draw(&input));
    assert_eq!(first.groups.iter().flatten().count(), 64);
    assert_eq!(whole.groups.iter().flatten().count(), 6464);
    assert_eq!((first.scene.bounds, first.origin), (whole.scene.bounds, whole.origin));
    // The names seen first keep their places.
    let names = |map: &Map| {
        let label = |group: &&Group| group.role == "label" && group.id.contains('g');
        map.scene
            .groups
            .iter()
            .filter(label)
            .map(|g| (g.id.to_string(), g.bounds))
            .collect::<Vec<_>>()
    };
    assert!(!names(&first).is_empty());
    assert_eq!(names(&first), names(&whole));
}

#[test]
fn p36_a_small_map_is_drawn_at_once() {
    let input =
        MapInput { cells: vec![square(0.0, 0.0, 100)], scheme: Scheme::Plain, schematic: false };
    assert!(draw_first(&input, 1.0).is_none());
}
