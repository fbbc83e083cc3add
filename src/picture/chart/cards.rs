//! Draws the cards: one group each, words where `measure` made room for them.

mod post;
mod unit;

use super::looks::{FAR_LOD, HEAD, NEAR_LOD, ROOT_TITLE, plane};
use super::{Canvas, ChartNode, Kind, measure};
use crate::picture::geom::Rect;
use crate::picture::scene::{GroupId, Lod};
use crate::picture::style::Style;
use crate::picture::text::TableMetrics;
use crate::picture::wrap::{Lines, elide};

/// Draws every shown card, parents first; returns the group of each input node.
pub(super) fn draw(canvas: &mut Canvas) -> Vec<Option<GroupId>> {
    let mut groups = vec![None; canvas.input.nodes.len()];
    let tree = canvas.tree;
    for at in &tree.family.order {
        let at = *at as usize;
        let input = canvas.input;
        let node = &input.nodes[tree.shown[at] as usize];
        let group = canvas.b.group(&node.id, role(node.kind), &spoken(node));
        canvas.b.hit_box(Lod::ALWAYS);
        let bounds = canvas.plan.layout.boxes[at];
        match node.kind {
            Kind::Committee => committee(canvas, node, &bounds),
            Kind::Leader => leader(canvas, node, &bounds),
            Kind::Unit | Kind::Level => unit::draw(canvas, at, node),
            Kind::Post => post::draw(canvas, at, node),
            Kind::Person | Kind::Duty => line(canvas, node, &bounds),
        }
        groups[tree.shown[at] as usize] = Some(group);
    }
    groups
}

/// The stable word for a kind, in `data-role` and tests.
pub(super) fn role(kind: Kind) -> &'static str {
    match kind {
        Kind::Committee => "committee",
        Kind::Leader => "leader",
        Kind::Unit => "unit",
        Kind::Post => "post",
        Kind::Person => "person",
        Kind::Duty => "duty",
        Kind::Level => "level",
    }
}

/// The card as a sentence, for tooltips and screen readers.
fn spoken(node: &ChartNode) -> String {
    let mut out = node.title.clone();
    if !node.subtitle.is_empty() {
        out = out + "，" + &node.subtitle;
    }
    if node.vacant {
        out.push_str("，空缺");
    }
    for holder in &node.holders {
        let role = if holder.role == super::Duty::A { "，A岗 " } else { "，B岗 " };
        out = out + role + &holder.name;
        if let Some(identity) = holder.identity {
            out = out + "（" + identity.label() + "）";
        }
    }
    for mark in &node.marks {
        out = out + "，" + &mark.text;
    }
    out
}

fn committee(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    let (cx, w) = (r.center().0, r.width() - 32.0);
    canvas.b.lod(Lod::ALWAYS).rect(plane::CARD, looks.root, *r, 0.0);
    let title = elide(&TableMetrics, &node.title, ROOT_TITLE.font(), w);
    canvas.b.lod(Lod::from(0.22)).text(plane::TEXT, looks.root_title, cx, r.y0 + 37.0, &title);
    let font = Style { size: 12.5, ..ROOT_TITLE }.font();
    let note = elide(&TableMetrics, &node.subtitle, font, w);
    canvas.b.lod(Lod::from(HEAD)).text(plane::TEXT, looks.root_note, cx, r.y0 + 59.0, &note);
}

fn leader(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    let cx = r.center().0;
    canvas.b.lod(FAR_LOD).rect(plane::CARD, looks.far, *r, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::CARD, looks.card, *r, 0.0);
    let rule = Rect { y1: r.y0 + 3.0, ..*r };
    canvas.b.lod(Lod::ALWAYS).rect(plane::DETAIL, looks.rule, rule, 0.0);
    let mut y = r.y0 + 21.0;
    canvas.b.lod(Lod::from(super::looks::TITLE));
    y = lines(canvas, &measure::leader_lines(node), looks.leader_post, (cx, y), 15.0);
    canvas.b.lod(Lod::from(HEAD));
    if node.vacant {
        canvas.b.text(plane::TEXT, looks.missing_middle, cx, y + 9.0, "空缺");
    } else {
        lines(canvas, &measure::leader_name(node), looks.leader_name, (cx, y + 9.0), 0.0);
    }
}

/// A person or a duty: one line.
fn line(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    canvas.b.lod(FAR_LOD).rect(plane::CARD, looks.far, *r, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::CARD, looks.card, *r, 0.0);
    let font = Style { size: 13.0, ..super::looks::BODY_TEXT }.font();
    let title = elide(&TableMetrics, &node.title, font, r.width() - 16.0);
    canvas.b.lod(Lod::from(super::looks::TITLE));
    canvas.b.text(plane::TEXT, looks.body_ink, r.x0 + 8.0, r.center().1 + 4.7, &title);
}

/// Lines of text from a first baseline; returns the baseline after the last.
fn lines(
    canvas: &mut Canvas,
    lines: &Lines,
    style: crate::picture::style::StyleId,
    (x, mut y): (f64, f64),
    step: f64,
) -> f64 {
    for (at, line) in lines.lines.iter().enumerate() {
        if lines.cut && at + 1 == lines.lines.len() {
            canvas.b.text(plane::TEXT, style, x, y, &format!("{line}…"));
        } else {
            canvas.b.text(plane::TEXT, style, x, y, line);
        }
        y += step;
    }
    y
}
