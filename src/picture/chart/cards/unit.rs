//! A unit's panel: frame, name in Song, how many posts it has, holds and misses.

use super::super::looks::{BODY, FAR_LOD, NAME, NEAR_LOD, UNIT_NOTE, plane};
use super::super::measure::{UNIT_LINE, fitted, unit_lines, width};
use super::super::{Canvas, ChartNode, Counts, Form, Kind};
use crate::picture::geom::Rect;
use crate::picture::scene::Lod;
use crate::picture::text::TableMetrics;
use crate::picture::tree::Placed;
use crate::picture::wrap::elide;

pub(super) fn draw(canvas: &mut Canvas, at: usize, node: &ChartNode) {
    let looks = canvas.looks;
    let layout = &canvas.plan.layout;
    let (r, frame) = (layout.boxes[at], layout.frames[at]);
    let panel = layout.placed[at] == Placed::Panel;
    canvas.b.lod(FAR_LOD).rect(plane::FRAME, looks.frame_far, frame, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::FRAME, looks.frame, frame, 0.0);
    let left = r.x0 + 12.0;
    let k = canvas.input.heads;
    let rule = Rect { y1: r.y0 + 3.0, ..r };
    canvas.b.lod(NEAR_LOD).rect(plane::DETAIL, looks.rule, rule, 0.0);
    canvas.b.lod(Lod::from(NAME));
    let title = unit_lines(node, r.width(), k);
    let first = (left, r.y0 + (4.0 + UNIT_LINE) * k);
    let y = super::lines(canvas, &title, &looks.unit_title, first, UNIT_LINE * k) - 3.0 * k;
    note(canvas, at, node, (left, y), &r);
    if node.collapsed {
        chip(canvas, at, &r);
    } else if !panel && node.kind == Kind::Unit && canvas.tree.counts[at] == Counts::default() {
        canvas.b.lod(Lod::from(BODY));
        canvas.b.text(plane::TEXT, looks.unit_note_end[0], r.x1 - 12.0, y, "暂无岗位");
    }
}

fn note(canvas: &mut Canvas, at: usize, node: &ChartNode, (x, y): (f64, f64), r: &Rect) {
    let looks = canvas.looks;
    let k = canvas.input.heads;
    let counts = canvas.tree.counts[at];
    canvas.b.lod(Lod::from(NAME));
    let mut room = (r.width() - 24.0) / k;
    let missing = missing(canvas.input.form, node, counts);
    if !missing.is_empty() {
        let missing = elide(&TableMetrics, &missing, UNIT_NOTE.bold().font(), room);
        room -= width(&missing, &UNIT_NOTE.bold()) + 8.0;
        canvas.b.text(plane::TEXT, looks.unit_missing[0], r.x1 - 12.0, y, &missing);
    }
    canvas.b.lod(Lod::from(BODY));
    let mut words = String::new();
    if node.kind == Kind::Level && counts.posts > 0 {
        words = format!("{} {}", counts.posts, below(canvas.input.form));
    } else if node.kind == Kind::Unit && counts.posts > 0 {
        words = match counts.held + counts.vacant {
            // Nobody has been registered yet: nothing is known of who is there.
            0 => format!("{} 岗", counts.posts),
            _ => format!("{} 岗　在岗 {}", counts.posts, counts.held),
        };
    }
    for mark in &node.marks {
        words = ["▲ ", &*mark.text, "　", &*words].concat();
    }
    if !node.subtitle.is_empty() {
        if !words.is_empty() {
            words.push('　');
        }
        words.push_str(&node.subtitle);
    }
    super::lines(canvas, &fitted(&words, UNIT_NOTE, room, 1), &looks.unit_note, (x, y), 0.0);
}

/// Posts nobody holds; of a level, what it lacks and what below it nobody answers for.
fn missing(form: Form, node: &ChartNode, counts: Counts) -> String {
    let vacant = match (node.kind, counts.vacant) {
        (_, 0) => String::new(),
        (Kind::Unit, vacant) => format!("缺 {vacant}"),
        (Kind::Level, vacant) if form == Form::Work => format!("{vacant} 项待定"),
        (Kind::Level, vacant) => format!("{vacant} 村无人包"),
        _ => String::new(),
    };
    let gap = if node.lacks.is_empty() || vacant.is_empty() { "" } else { "、" };
    [node.lacks, gap, &vacant].concat()
}

/// What stands below a level.
fn below(form: Form) -> &'static str {
    if form == Form::Work { "项任务" } else { "村" }
}

/// What a closed unit holds back.
fn chip(canvas: &mut Canvas, at: usize, r: &Rect) {
    let looks = canvas.looks;
    let k = canvas.input.heads;
    let what = if canvas.node(at).kind == Kind::Level { below(canvas.input.form) } else { "岗" };
    let (count, room) = (canvas.tree.counts[at].posts, (r.width() - 34.0) / k);
    let mut label = format!("＋ 展开 {count} {what}");
    if width(&label, &UNIT_NOTE) > room {
        label = elide(&TableMetrics, &format!("＋ {count} {what}"), UNIT_NOTE.font(), room);
    }
    let w = width(&label, &UNIT_NOTE) * k + 20.0;
    let chip = Rect::sized(r.x0 + 12.0, r.y1 - 10.0 - 24.0 * k, w, 24.0 * k);
    canvas.b.lod(NEAR_LOD).rect(plane::DETAIL, looks.chip, chip, 12.0 * k);
    canvas.b.lod(Lod::from(BODY));
    let y = chip.y0 + 17.5 * k;
    canvas.b.text(plane::TEXT, looks.unit_note[0], chip.x0 + 10.0, y, &label);
}
