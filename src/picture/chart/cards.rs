//! Draws the cards: one group each, words where `measure` made room for them.

mod post;
mod unit;
mod upright;

use super::looks::{FAR_LOD, HEAD, NEAR_LOD, ROOT_NOTE, ROOT_TITLE, TITLE, plane};
use super::measure::{Heading, fitted};
use super::{Canvas, ChartNode, Form, Kind, measure};
use crate::picture::geom::Rect;
use crate::picture::scene::{GroupId, Lod};
use crate::picture::style::{Style, StyleId};
use crate::picture::text::TableMetrics;
use crate::picture::wrap::elide;

/// Draws every shown card, parents first; returns the group of each input node.
pub(super) fn draw(canvas: &mut Canvas) -> Vec<Option<GroupId>> {
    let mut groups = vec![None; canvas.input.nodes.len()];
    let tree = canvas.tree;
    for at in &tree.family.order {
        let at = *at as usize;
        let input = canvas.input;
        let node = &input.nodes[tree.shown[at] as usize];
        let group = canvas.b.group(&node.id, role(node.kind), &spoken(input.form, node));
        canvas.b.hit_box(Lod::ALWAYS);
        let bounds = canvas.plan.layout.boxes[at];
        match node.kind {
            Kind::Committee => committee(canvas, node, &bounds),
            Kind::Leader => leader(canvas, node, &bounds),
            Kind::Unit | Kind::Level => unit::draw(canvas, at, node),
            Kind::Post => match canvas.posts.upright {
                Some(upright) => upright::draw(canvas, at, node, upright),
                None => post::draw(canvas, at, node),
            },
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
pub(super) fn spoken(form: Form, node: &ChartNode) -> String {
    let mut out = node.title.clone();
    if !node.subtitle.is_empty() {
        out = out + "，" + &node.subtitle;
    }
    if node.vacant {
        out = out + "，" + form.vacancy();
    }
    if !node.lacks.is_empty() {
        out = out + "，" + node.lacks;
    }
    for holder in &node.holders {
        out = out + "，" + holder.role.spoken() + &holder.name;
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
    let k = canvas.input.heads;
    let (cx, room) = (r.center().0, r.width() / k - 32.0);
    canvas.b.lod(Lod::ALWAYS).rect(plane::CARD, looks.root, *r, 0.0);
    let title = fitted(&node.title, ROOT_TITLE, room, 1);
    canvas.b.lod(Lod::from(0.16));
    lines(canvas, &title, &looks.root_title, (cx, r.y0 + 46.0 * k), 0.0);
    let note = fitted(&node.subtitle, ROOT_NOTE, room, 1);
    canvas.b.lod(Lod::from(HEAD));
    lines(canvas, &note, &looks.root_note, (cx, r.y0 + 76.0 * k), 0.0);
}

fn leader(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    let (cx, k) = (r.center().0, canvas.input.heads);
    canvas.b.lod(FAR_LOD).rect(plane::CARD, looks.far, *r, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::CARD, looks.card, *r, 0.0);
    let rule = Rect { y1: r.y0 + 4.0, ..*r };
    canvas.b.lod(Lod::ALWAYS).rect(plane::DETAIL, looks.rule, rule, 0.0);
    canvas.b.lod(Lod::from(TITLE));
    let above = if canvas.posts.portraits { measure::LEADER_FACE_ABOVE } else { 0.0 };
    let (wide, high) = measure::LEADER_FACE;
    let at = Rect::sized(cx - wide * k / 2.0, r.y0 + 12.0 * k, wide * k, high * k);
    face(canvas, node, at, looks.leader_initial);
    let office = (cx, r.y0 + (above + 9.0 + measure::OFFICE_LINE) * k);
    let step = measure::OFFICE_LINE * k;
    let y = lines(canvas, &measure::leader_office(node), &looks.leader_post, office, step);
    let style = if node.vacant { &looks.leader_missing } else { &looks.leader_name };
    let step = measure::NAME_LINE * k;
    lines(canvas, &measure::leader_name(node), style, (cx, y + 9.0 * k), step);
}

/// The face of whoever holds a post, or the first character of the name; nothing where nobody does.
fn face(canvas: &mut Canvas, node: &ChartNode, at: Rect, initial: StyleId) {
    let Some(portrait) = node.portrait.as_ref().filter(|_| canvas.posts.portraits) else { return };
    match &portrait.source {
        Some(source) => canvas.b.image(plane::DETAIL, canvas.looks.face_picture, at, source),
        None => {
            canvas.b.rect(plane::DETAIL, canvas.looks.face, at, 0.0);
            let (x, y) = (at.center().0, at.center().1 + at.height() * 0.14);
            canvas.b.text(plane::TEXT, initial, x, y, &portrait.initial);
        }
    }
}

/// A person or a duty: one line.
fn line(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    canvas.b.lod(FAR_LOD).rect(plane::CARD, looks.far, *r, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::CARD, looks.card, *r, 0.0);
    let font = Style { size: 13.0, ..super::looks::BODY_TEXT }.font();
    let title = elide(&TableMetrics, &node.title, font, r.width() - 16.0);
    canvas.b.lod(Lod::from(TITLE));
    canvas.b.text(plane::TEXT, looks.body_ink, r.x0 + 8.0, r.center().1 + 4.7, &title);
}

/// Lines of text from a first baseline; returns the baseline after the last.
fn lines(
    canvas: &mut Canvas,
    (part, lines): &Heading,
    styles: &[StyleId],
    (x, mut y): (f64, f64),
    step: f64,
) -> f64 {
    let style = styles[*part];
    for (at, line) in lines.lines.iter().enumerate() {
        if lines.cut && at + 1 == lines.lines.len() {
            canvas.b.text(plane::TEXT, style, x, y, &((*line).to_owned() + "…"));
        } else {
            canvas.b.text(plane::TEXT, style, x, y, line);
        }
        y += step;
    }
    y
}
