//! 关系线 drawn over a chart that is there. Each kind has a line and a sign of its own, so that they are told apart in black
//! and white. What lies outside of the chart (villages, county departments) gets rows of cards below it. Decides nothing
//! about what is bound.

use std::rc::Rc;

use super::Chart;
use super::looks::plane;
use super::measure::width;
use super::signs::{Taken, WIDE};
use super::ties::{Outside, Tie, TieKind, Ties};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, GroupId, Lod, Scene};
use crate::picture::style::{Dash, Role, Style};

impl TieKind {
    /// Stands on the line.
    fn sign(self) -> &'static str {
        match self {
            TieKind::Led => "管",
            TieKind::StandIn => "顶",
            TieKind::Several => "兼",
            TieKind::Contact => "村",
            TieKind::County => "县",
            TieKind::Force => "专",
        }
    }

    /// Stands above the rows of those outside.
    fn heading(self) -> &'static str {
        match self {
            TieKind::Contact => "村（社区）",
            TieKind::Force => "专班",
            _ => "县级部门",
        }
    }

    fn line(self) -> Style {
        let line = |role, width, dash| Style::line(role, width).dashed(dash);
        match self {
            TieKind::Led => line(Role::Ink, 2.5, Dash::Solid),
            TieKind::StandIn => line(Role::Jade, 2.0, Dash::Dashed),
            TieKind::Several => line(Role::Quiet, 3.5, Dash::Dotted),
            TieKind::Contact => line(Role::Steady, 1.75, Dash::Solid),
            TieKind::County => line(Role::Amber, 2.5, Dash::Dashed),
            TieKind::Force => line(Role::Special, 3.0, Dash::Solid),
        }
    }
}

const SIGN: Style = Style::text(Role::Ink, 13.0).bold().middle();
const NAME: Style = Style::text(Role::Ink, 24.0).middle();
const HEADING: Style = Style::text(Role::Quiet, 26.0).bold();
/// A small card outside, and what is free around it.
const HIGH: f64 = 54.0;
const PAD: f64 = 14.0;
const FREE: f64 = 12.0;
/// Between the chart and the rows below it.
const BELOW: f64 = 64.0;
/// From here on names outside can be read, and signs on lines.
const READ: Lod = Lod { from: 0.28, to: f32::INFINITY };
const SIGNED: Lod = Lod { from: 0.6, to: f32::INFINITY };
/// Pieces of a bent line.
const PIECES: usize = 16;
/// How far a line bends, as a part of its length.
const BEND: f64 = 0.14;

/// The chart with its lines. Those whose ends are not to be seen (folded away) are left out.
pub fn tied(chart: Chart, ties: &Ties) -> Chart {
    let Chart { scene, layout, cards, links, parents } = chart;
    let mut taken = Taken::of(scene.words(SIGNED.from));
    let mut b = Builder::of(Rc::unwrap_or_clone(scene));
    let mut ends: Vec<(String, Rect)> = cards
        .iter()
        .zip(&layout.boxes)
        .filter_map(|(group, card)| Some((b.group_id((*group)?)?.to_string(), *card)))
        .collect();
    ends.extend(outside(&mut b, &ties.outside, &layout.bounds));
    ends.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    let end = |id: &str| {
        let at = ends.binary_search_by(|(known, _)| known.as_str().cmp(id)).ok()?;
        Some(ends[at].1)
    };
    for tie in &ties.ties {
        if let Some((from, to)) = end(&tie.from).zip(end(&tie.to)) {
            line(&mut b, &mut taken, tie, (&from, &to));
        }
    }
    Chart { scene: Rc::new(b.finish()), layout, cards, links, parents }
}

/// Rows of small cards below the chart, a heading before each kind.
fn outside(b: &mut Builder, list: &[Outside], bounds: &Rect) -> Vec<(String, Rect)> {
    let mut placed = Vec::with_capacity(list.len());
    let mut y = bounds.y1 + BELOW;
    for kind in TieKind::ALL {
        let of: Vec<&Outside> = list.iter().filter(|one| one.kind == kind).collect();
        if of.is_empty() {
            continue;
        }
        let heading = kind.heading();
        let style = b.style(HEADING);
        b.group(&format!("outside-{}", kind.sign()), "note", heading);
        b.lod(READ);
        b.text(plane::TEXT, style, bounds.x0, y + 24.0, heading);
        y += 40.0;
        let (boxed, text) =
            (b.style(Style::boxed(Role::Card, Role::LineStrong, 1.0)), b.style(NAME));
        let mut x = bounds.x0;
        for one in of {
            let wide = width(&one.name, &NAME) + 2.0 * PAD;
            if x > bounds.x0 && x + wide > bounds.x1 {
                (x, y) = (bounds.x0, y + HIGH + FREE);
            }
            let card = Rect::sized(x, y, wide, HIGH);
            b.group(&one.id, "outside", &one.name);
            b.lod(Lod::ALWAYS);
            b.rect(plane::CARD, boxed, card, 3.0);
            b.lod(READ);
            b.text(plane::TEXT, text, x + wide / 2.0, y + HIGH / 2.0 + 8.6, &one.name);
            b.hit_box(Lod::ALWAYS);
            placed.push((one.id.clone(), card));
            x += wide + FREE;
        }
        y += HIGH + BELOW / 2.0;
    }
    placed
}

/// The id of a line's group.
pub fn tie_id(tie: &Tie) -> String {
    format!("tie-{}-{}-{}", tie.kind.sign(), tie.from, tie.to)
}

fn line(b: &mut Builder, taken: &mut Taken, tie: &Tie, (from, to): (&Rect, &Rect)) {
    let (start, end) = (edge(from, to), edge(to, from));
    let points = bent(start, end);
    b.group(&tie_id(tie), "tie", &tie.title);
    b.lod(Lod::ALWAYS);
    // A rim of paper keeps it apart from the cards it crosses; their words stand over it.
    let (rim, own) = (b.style(Style::line(Role::Paper, 5.0)), b.style(tie.kind.line()));
    b.line(plane::CARD, rim, &points);
    b.line(plane::DETAIL, own, &points);
    let dot = b.style(Style::boxed(Role::Card, Role::Ink, 1.5));
    let (x, y) = end;
    b.rect(plane::DETAIL, dot, Rect::sized(x - 4.0, y - 4.0, 8.0, 8.0), 4.0);
    b.lod(SIGNED);
    let (x, y) = taken.place(&points);
    sign(b, tie.kind, x, y);
}

fn sign(b: &mut Builder, kind: TieKind, x: f64, y: f64) {
    let (plate, text) = (b.style(Style::boxed(Role::Card, Role::Ink, 1.0)), b.style(SIGN));
    b.rect(plane::NAME, plate, Rect::sized(x - WIDE / 2.0, y - WIDE / 2.0, WIDE, WIDE), WIDE / 2.0);
    b.text(plane::NAME, text, x, y + 4.8, kind.sign());
}

/// Where the way from the middle of one card to that of another leaves it.
fn edge(card: &Rect, to: &Rect) -> (f64, f64) {
    let ((x, y), (tx, ty)) = (card.center(), to.center());
    let (dx, dy) = (tx - x, ty - y);
    let part =
        |half: f64, far: f64| if far.abs() > 1e-9 { half / far.abs() } else { f64::INFINITY };
    let t = part(card.width() / 2.0, dx).min(part(card.height() / 2.0, dy)).min(1.0);
    (x + dx * t, y + dy * t)
}

/// A line bent to its left, so that one there and one back do not lie on each other.
fn bent(from: (f64, f64), to: (f64, f64)) -> Vec<(f64, f64)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let by = ((from.0 + to.0) / 2.0 + dy * BEND, (from.1 + to.1) / 2.0 - dx * BEND);
    let at = |n: usize| {
        let t = n as f64 / PIECES as f64;
        let (a, b, c) = ((1.0 - t) * (1.0 - t), 2.0 * t * (1.0 - t), t * t);
        (a * from.0 + b * by.0 + c * to.0, a * from.1 + b * by.1 + c * to.1)
    };
    (0..=PIECES).map(at).collect()
}

/// The legend with the lines that are shown.
pub fn legend(scene: Scene, kinds: &[TieKind], room: f64) -> Scene {
    const WORD: Style = Style::text(Role::Ink, 13.0);
    let (mut x, mut y) = (0.0, scene.bounds.y1.max(20.0) + 4.0);
    let mut b = Builder::of(scene);
    b.group("legend-ties", "legend", "关系线");
    b.lod(Lod::ALWAYS);
    for kind in kinds {
        let wide = 62.0 + width(kind.label(), &WORD);
        if x > 0.0 && x + wide > room {
            (x, y) = (0.0, y + 24.0);
        }
        let (own, word) = (b.style(kind.line()), b.style(WORD));
        b.line(plane::CARD, own, &[(x, y + 12.0), (x + 54.0, y + 12.0)]);
        sign(&mut b, *kind, x + 27.0, y + 12.0);
        b.text(plane::TEXT, word, x + 62.0, y + 16.7, kind.label());
        x += wide + 20.0;
    }
    b.finish()
}

/// Lines that begin or end at a card, and what stands at their other ends.
pub fn bound(scene: &Scene, id: &str, ties: &[Tie]) -> Vec<GroupId> {
    let own = ties.iter().filter(|tie| tie.from == id || tie.to == id);
    let ids = own.flat_map(|tie| {
        let other = if tie.from == id { &tie.to } else { &tie.from };
        [tie_id(tie), other.clone()]
    });
    ids.filter_map(|id| scene.find(&id)).collect()
}
