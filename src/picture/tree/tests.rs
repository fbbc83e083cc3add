//! What a reader may rely on: no overlap, parents in the middle, order kept, linear growth.

use super::*;
use proptest::prelude::*;

fn arrange() -> impl Strategy<Value = Arrange> {
    prop_oneof![
        4 => Just(Arrange::Row),
        1 => (1usize..5).prop_map(|columns| Arrange::Panel { columns }),
        1 => (100f64..900.0).prop_map(|width| Arrange::Shelves { width }),
        1 => (1usize..6).prop_map(|columns| Arrange::Stacks { columns }),
    ]
}

/// Any forest: each node's parent is an earlier node or none.
fn forest(most: usize) -> impl Strategy<Value = Vec<Node>> {
    let node = (0usize..10_000, 20f64..200.0, 10f64..120.0, arrange());
    prop::collection::vec(node, 1..most).prop_map(|raw| {
        let node = |(at, (pick, w, h, arrange)): (usize, (usize, f64, f64, Arrange))| {
            let parent = (at > 0 && pick % 17 != 0).then(|| pick % at.max(1));
            Node { parent, w, h, arrange }
        };
        raw.into_iter().enumerate().map(node).collect()
    })
}

fn direction() -> impl Strategy<Value = Direction> {
    prop_oneof![Just(Direction::Down), Just(Direction::Right)]
}

proptest! {
    #[test]
    fn p1_boxes_do_not_overlap(nodes in forest(80), direction in direction()) {
        let got = layout(&nodes, direction, &Gaps::CHART);
        for (i, a) in got.boxes.iter().enumerate() {
            for b in &got.boxes[i + 1..] {
                prop_assert!(!a.overlaps(b, 1e-6), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn p2_a_parent_stands_over_the_middle_of_its_row(nodes in forest(80), direction in direction()) {
        let got = layout(&nodes, direction, &Gaps::CHART);
        let family = Family::new(nodes.iter().map(|n| n.parent));
        for at in 0..nodes.len() {
            let kids = family.children(at as u32);
            if got.placed[at] != Placed::Row || kids.is_empty() {
                continue;
            }
            let frame = |k: u32| got.frames[k as usize];
            let (first, last) = (frame(kids[0]), frame(kids[kids.len() - 1]));
            let (x, y) = got.boxes[at].center();
            let (is, want) = match direction {
                Direction::Down => (x, (first.x0 + last.x1) / 2.0),
                Direction::Right => (y, (first.y0 + last.y1) / 2.0),
            };
            prop_assert!((is - want).abs() < 1e-6);
        }
    }

    #[test]
    fn p3_siblings_keep_their_order_and_stand_below(nodes in forest(80), direction in direction()) {
        let got = layout(&nodes, direction, &Gaps::CHART);
        let family = Family::new(nodes.iter().map(|n| n.parent));
        for at in 0..nodes.len() {
            let kids = family.children(at as u32);
            // A panel stands the same way whatever the direction; all else is turned as a whole.
            let sideways = direction == Direction::Right && got.placed[at] != Placed::Panel;
            let turn = |r: Rect| match sideways {
                true => Rect { x0: r.y0, y0: r.x0, x1: r.y1, y1: r.x1 },
                false => r,
            };
            let frame = |kid: u32| turn(got.frames[kid as usize]);
            for pair in kids.windows(2) {
                let (a, b) = (frame(pair[0]), frame(pair[1]));
                let next_row = got.placed[at] != Placed::Row && a.y0 < b.y0 + 1e-6;
                prop_assert!(a.x1 <= b.x0 + 1e-6 || next_row, "{a:?} {b:?}");
            }
            let parent = turn(got.boxes[at]);
            for kid in kids {
                prop_assert!(parent.y1 <= frame(*kid).y0 + 1e-6);
            }
        }
    }

    #[test]
    fn p1_a_panel_holds_its_cards(nodes in forest(60)) {
        let got = layout(&nodes, Direction::Down, &Gaps::CHART);
        let family = Family::new(nodes.iter().map(|n| n.parent));
        for at in 0..nodes.len() {
            if got.placed[at] == Placed::Panel {
                for kid in family.children(at as u32) {
                    let (f, k) = (got.frames[at].grow(1e-6), got.regions[*kid as usize]);
                    prop_assert!(f.contains(k.x0, k.y0) && f.contains(k.x1, k.y1));
                }
            }
        }
    }
}

/// Boxes in the order of their left edges, each compared with those still open.
fn apart(boxes: &[Rect]) -> Result<(), String> {
    let mut order: Vec<&Rect> = boxes.iter().filter(|b| !b.is_empty()).collect();
    order.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut open: Vec<&Rect> = Vec::new();
    for b in order {
        open.retain(|a| a.x1 > b.x0 + 1e-6);
        if let Some(a) = open.iter().find(|a| a.overlaps(b, 1e-6)) {
            return Err(format!("{a:?} {b:?}"));
        }
        open.push(b);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn p1_thousands_of_boxes_do_not_overlap(nodes in forest(4_000), direction in direction()) {
        let got = layout(&nodes, direction, &Gaps::CHART);
        prop_assert_eq!(got.boxes.len(), nodes.len());
        prop_assert_eq!(apart(&got.boxes), Ok(()));
        prop_assert!(got.boxes.iter().all(|b| got.bounds.contains(b.x0, b.y0) && got.bounds.contains(b.x1, b.y1)));
    }

    #[test]
    fn p4_work_is_in_proportion_for_any_tree(nodes in forest(4_000), direction in direction()) {
        let got = layout(&nodes, direction, &Gaps::CHART);
        prop_assert!(got.work <= 6 * nodes.len() + 16, "{} for {}", got.work, nodes.len());
    }

    #[test]
    fn p8_the_same_tree_is_laid_out_the_same(nodes in forest(300), direction in direction()) {
        let (a, b) = (layout(&nodes, direction, &Gaps::CHART), layout(&nodes, direction, &Gaps::CHART));
        prop_assert_eq!(a.boxes, b.boxes);
    }
}

fn work(n: usize, arrange: Arrange, parent: impl Fn(usize) -> usize) -> usize {
    let node = |at: usize| Node {
        parent: (at > 0).then(|| parent(at)),
        w: 40.0 + (at * 7919 % 61) as f64,
        h: 20.0 + (at * 104_729 % 37) as f64,
        arrange,
    };
    let nodes: Vec<Node> = (0..n).map(node).collect();
    layout(&nodes, Direction::Down, &Gaps::CHART).work
}

#[test]
fn p4_work_grows_with_the_number_of_boxes() {
    let shapes: [fn(usize) -> usize; 4] =
        [|at| (at - 1) / 2, |at| (at - 1) / 7, |at| at - 1, |at| at * 48_271 % at];
    for shape in shapes {
        let (small, large) = (work(2_000, Arrange::Row, shape), work(20_000, Arrange::Row, shape));
        assert!(large <= 11 * small, "{small} {large}");
        assert!(large <= 4 * 20_000, "{large}");
    }
}

/// Rows that might break are laid out only where they might.
#[test]
fn p4_work_grows_with_the_number_of_boxes_where_rows_may_break() {
    let shapes: [fn(usize) -> usize; 4] =
        [|at| (at - 1) / 2, |at| (at - 1) / 7, |at| at - 1, |at| at * 48_271 % at];
    for shape in shapes {
        for width in [2_000.0, 30_000.0, f64::INFINITY] {
            let large = work(20_000, Arrange::Shelves { width }, shape);
            assert!(large <= 40 * 20_000, "{width}: {large}");
        }
    }
}

#[test]
fn p4_a_chain_ten_thousand_deep_is_drawn() {
    let node = |at: usize| Node {
        parent: at.checked_sub(1),
        w: 10.0,
        h: 10.0,
        arrange: if at.is_multiple_of(2) { Arrange::Row } else { Arrange::Panel { columns: 1 } },
    };
    let nodes: Vec<Node> = (0..10_000).map(node).collect();
    let got = layout(&nodes, Direction::Down, &Gaps::CHART);
    assert!(got.boxes[9_999].y0 > got.boxes[0].y1);
}

#[test]
fn p11_a_unit_that_is_its_own_ancestor_becomes_a_root() {
    let node = |parent| Node { parent, w: 10.0, h: 10.0, arrange: Arrange::Row };
    let nodes = [node(Some(0)), node(Some(2)), node(Some(1)), node(Some(9)), node(Some(2))];
    let got = layout(&nodes, Direction::Down, &Gaps::CHART);
    assert!(got.boxes.iter().all(|b| !b.is_empty()));
    assert!(!got.boxes[1].overlaps(&got.boxes[2], 0.0));
}

#[test]
fn p11_nothing_gives_nothing() {
    let got = layout(&[], Direction::Down, &Gaps::CHART);
    assert!(got.boxes.is_empty() && got.bounds.is_empty());
}
