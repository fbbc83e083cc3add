//! Chooses how the chart stands: how wide panels are and whether rows break, so that it fills a
//! screen of the asked shape with the largest type. Draws nothing.

use super::measure::Posts;
use super::{ChartInput, Form, Kind, Tree, measure};
use crate::picture::geom::Rect;
use crate::picture::tree::{Arrange, Gaps, Layout, Node, Placed, layout};

pub(super) const GAPS: Gaps = Gaps::CHART;

/// The chosen layout, by shown number.
pub(super) struct Plan {
    pub layout: Layout,
}

/// Panels tried: cards across for each card down, as a ratio of lengths.
const PANELS: [f64; 4] = [0.3, 0.7, 1.3, 2.4];
/// The same left to right, where the units stand below each other.
const LYING: [f64; 4] = [1.3, 2.4, 7.0, 24.0];
/// Shelf widths tried, as parts of the ideal width; the last never breaks a row.
const WIDTHS: [f64; 5] = [0.9, 1.1, 1.4, 1.8, f64::INFINITY];
/// Up to so many cards a closer look costs nothing anybody notices.
const FEW: usize = 400;
const PANELS_OF_FEW: [f64; 6] = [0.3, 0.5, 0.7, 1.0, 1.3, 2.4];
const LYING_OF_FEW: [f64; 6] = [0.7, 1.3, 2.4, 4.0, 7.0, 24.0];
const WIDTHS_OF_FEW: [f64; 12] =
    [0.7, 0.77, 0.84, 0.9, 0.97, 1.04, 1.1, 1.2, 1.4, 1.6, 1.8, f64::INFINITY];
/// Above so many cards only the middle choice is computed.
pub(super) const MANY: usize = 2_500;
/// An unbroken row reads better: it may be this much smaller.
const WHOLE: f64 = 1.1;

pub(super) fn choose(input: &ChartInput, tree: &Tree, posts: &Posts) -> Plan {
    if input.form == Form::Boards {
        return Plan { layout: boards(input, tree, posts) };
    }
    if tree.shown.len() > MANY {
        return Plan { layout: aim(input, tree, posts) };
    }
    let few = tree.shown.len() <= FEW;
    let panels: &[f64] = match (sideways(input), few) {
        (false, false) => &PANELS,
        (false, true) => &PANELS_OF_FEW,
        (true, false) => &LYING,
        (true, true) => &LYING_OF_FEW,
    };
    let widths: &[f64] = if few { &WIDTHS_OF_FEW } else { &WIDTHS };
    let mut best: Option<(f64, Layout)> = None;
    for panel in panels {
        let mut nodes = nodes(input, tree, posts, *panel);
        let ideal = (area(&nodes, tree) * along(input, input.aspect)).sqrt();
        for part in widths {
            shelve(&mut nodes, ideal * part);
            let got = layout(&nodes, input.form.direction(), &GAPS);
            let score = score(&got, input.aspect);
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, got));
            }
        }
    }
    Plan { layout: best.map(|(_, layout)| layout).unwrap_or_default() }
}

/// One kind of panel, and two corrections of the width towards the asked shape.
fn aim(input: &ChartInput, tree: &Tree, posts: &Posts) -> Layout {
    let panel = if sideways(input) { LYING[1] } else { PANELS[2] };
    let mut nodes = nodes(input, tree, posts, panel);
    let wanted = along(input, input.aspect);
    let mut width = (area(&nodes, tree) * wanted).sqrt() * 1.5;
    let mut best: Option<(f64, Layout)> = None;
    for _ in 0..3 {
        shelve(&mut nodes, width);
        let got = layout(&nodes, input.form.direction(), &GAPS);
        let shape = along(input, got.bounds.width() / got.bounds.height().max(1.0));
        let score = score(&got, input.aspect);
        if best.as_ref().is_none_or(|(most, _)| score > *most) {
            best = Some((score, got));
        }
        if (0.85..1.2).contains(&(shape / wanted)) {
            break;
        }
        width *= (wanted / shape).sqrt();
    }
    best.map(|(_, layout)| layout).unwrap_or_default()
}

/// Width to height, as it is for what runs along the rows of children.
fn along(input: &ChartInput, aspect: f64) -> f64 {
    if sideways(input) { 1.0 / aspect } else { aspect }
}

fn score(layout: &Layout, aspect: f64) -> f64 {
    let (w, h) = (layout.bounds.width().max(1.0), layout.bounds.height().max(1.0));
    let broken = layout.placed.contains(&Placed::Shelves);
    (aspect / w).min(1.0 / h) * if broken { 1.0 } else { WHOLE }
}

fn nodes(input: &ChartInput, tree: &Tree, posts: &Posts, panel: f64) -> Vec<Node> {
    sized(input, tree, posts, |at| columns(input, tree, posts, at, panel))
}

/// The boxes, with so many cards across in the panel of each node; 0 where it is none.
fn sized(
    input: &ChartInput,
    tree: &Tree,
    posts: &Posts,
    columns: impl Fn(usize) -> usize,
) -> Vec<Node> {
    let one = |at: usize| {
        let node = &input.nodes[tree.shown[at] as usize];
        let columns = columns(at);
        let (w, h) = measure::size(node, columns, &GAPS, input.heads, posts);
        let arrange = match columns {
            0 => Arrange::Row,
            columns => Arrange::Panel { columns },
        };
        Node { parent: tree.family.parent[at].map(|p| p as usize), w, h, arrange }
    };
    (0..tree.shown.len()).map(one).collect()
}

/// Cards across in the panel of a node; 0 when it is no panel.
fn columns(input: &ChartInput, tree: &Tree, posts: &Posts, at: usize, panel: f64) -> usize {
    let kids = tree.family.children(at as u32);
    if !is_panel(input, tree, at) {
        return 0;
    }
    if input.nodes[tree.shown[at] as usize].kind == Kind::Post {
        return 1;
    }
    let wide = posts.w + GAPS.card;
    let high = posts.high() * tall(tree, kids);
    let wish = (kids.len() as f64 * high / wide * panel).sqrt().round() as usize;
    // As many rows as wished, filled evenly.
    let rows = kids.len().div_ceil(wish.clamp(1, 24));
    kids.len().div_ceil(rows)
}

/// Whether what is below a node stands in a panel of its own.
fn is_panel(input: &ChartInput, tree: &Tree, at: usize) -> bool {
    let kids = tree.family.children(at as u32);
    let kind = |at: u32| input.nodes[tree.shown[at as usize] as usize].kind;
    let small = |kid: &u32| matches!(kind(*kid), Kind::Post | Kind::Person | Kind::Duty);
    !kids.is_empty() && kind(at as u32) != Kind::Committee && kids.iter().all(small)
}

/// Cards across on every board.
const ACROSS: [usize; 4] = [1, 2, 3, 4];

/// Boards of one width in as many columns as fill the screen best.
fn boards(input: &ChartInput, tree: &Tree, posts: &Posts) -> Layout {
    let units = tree.shown.len();
    let mut best: Option<(f64, Layout)> = None;
    for across in ACROSS {
        let columns = |at: usize| match input.nodes[tree.shown[at] as usize].kind {
            Kind::Unit => across,
            _ if is_panel(input, tree, at) => 1,
            _ => 0,
        };
        let mut nodes = sized(input, tree, posts, columns);
        // From one column on, as long as that makes type larger.
        let mut before = 0.0;
        for stacks in 1..=units {
            stack(&mut nodes, stacks);
            let got = layout(&nodes, input.form.direction(), &GAPS);
            let score = score(&got, input.aspect);
            if score < before {
                break;
            }
            before = score;
            if best.as_ref().is_none_or(|(most, _)| score > *most) {
                best = Some((score, got));
            }
        }
    }
    best.map(|(_, layout)| layout).unwrap_or_default()
}

fn stack(nodes: &mut [Node], columns: usize) {
    for node in nodes {
        if !matches!(node.arrange, Arrange::Panel { .. }) {
            node.arrange = Arrange::Stacks { columns };
        }
    }
}

/// Mean height of these cards in plain cards: those with duties inside are higher.
fn tall(tree: &Tree, kids: &[u32]) -> f64 {
    let inside: usize = kids.iter().map(|kid| tree.family.children(*kid).len()).sum();
    1.0 + 0.55 * inside as f64 / kids.len() as f64
}

/// Lets every node that is no panel break its row at `width`.
fn shelve(nodes: &mut [Node], width: f64) {
    for node in nodes {
        if !matches!(node.arrange, Arrange::Panel { .. }) {
            node.arrange =
                if width.is_finite() { Arrange::Shelves { width } } else { Arrange::Row };
        }
    }
}

/// Roughly the room all boxes take with their gaps.
fn area(nodes: &[Node], tree: &Tree) -> f64 {
    let inside = |at: usize| {
        tree.family.parent[at]
            .is_some_and(|p| matches!(nodes[p as usize].arrange, Arrange::Panel { .. }))
    };
    let room = |(at, node): (usize, &Node)| {
        if inside(at) {
            (node.w + GAPS.card) * (node.h + GAPS.card)
        } else {
            (node.w + GAPS.sibling) * (node.h + GAPS.level)
        }
    };
    nodes.iter().enumerate().map(room).sum::<f64>() * 1.25
}

/// The layout in input numbering.
pub(super) fn spread(layout: &Layout, tree: &Tree, n: usize) -> Layout {
    let mut out = Layout {
        boxes: vec![Rect::EMPTY; n],
        frames: vec![Rect::EMPTY; n],
        regions: vec![Rect::EMPTY; n],
        placed: vec![Placed::Leaf; n],
        bounds: layout.bounds,
        work: layout.work,
    };
    for (at, node) in tree.shown.iter().enumerate() {
        let node = *node as usize;
        out.boxes[node] = layout.boxes[at];
        out.frames[node] = layout.frames[at];
        out.regions[node] = layout.regions[at];
        out.placed[node] = layout.placed[at];
    }
    out
}

/// Whether links run sideways.
pub(super) fn sideways(input: &ChartInput) -> bool {
    input.form == Form::Across
}
