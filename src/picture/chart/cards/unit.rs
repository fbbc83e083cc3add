//! A unit's panel: frame, name in Song, how many posts it has, holds and misses.

use super::super::looks::{BODY, BODY_TEXT, FAR_LOD, NAME, NEAR_LOD, plane};
use super::super::measure::{UNIT_LINE, unit_lines, width};
use super::super::{Canvas, ChartNode, Counts, Kind};
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
    let rule = Rect { y1: r.y0 + 2.0, ..r };
    canvas.b.lod(NEAR_LOD).rect(plane::DETAIL, looks.rule, rule, 0.0);
    canvas.b.lod(Lod::from(NAME));
    let lines = unit_lines(node, r.width());
    let y = super::lines(canvas, &lines, looks.unit_title, (left, r.y0 + 27.0), UNIT_LINE);
    note(canvas, at, node, (left, y - 1.5), &r);
    if node.collapsed {
        chip(canvas, at, &r);
    } else if !panel && node.kind == Kind::Unit && canvas.tree.counts[at] == Counts::default() {
        canvas.b.lod(Lod::from(BODY));
        canvas.b.text(plane::TEXT, looks.body_end, r.x1 - 12.0, y - 1.5, "暂无岗位");
    }
}

fn note(canvas: &mut Canvas, at: usize, node: &ChartNode, (x, y): (f64, f64), r: &Rect) {
    let looks = canvas.looks;
    let counts = canvas.tree.counts[at];
    canvas.b.lod(Lod::from(BODY));
    let mut room = r.width() - 24.0;
    if node.kind == Kind::Unit && counts.vacant > 0 {
        let missing = format!("缺 {}", counts.vacant);
        room -= width(&missing, &BODY_TEXT.bold()) + 8.0;
        canvas.b.text(plane::TEXT, looks.missing_end, r.x1 - 12.0, y, &missing);
    }
    let mut words = String::new();
    if node.kind == Kind::Unit && counts.posts > 0 {
        words = match counts.held + counts.vacant {
            // Nobody has been registered yet: nothing is known of who is there.
            0 => format!("{} 岗", counts.posts),
            _ => format!("{} 岗　在岗 {}", counts.posts, counts.held),
        };
    }
    if !node.subtitle.is_empty() {
        if !words.is_empty() {
            words.push('　');
        }
        words.push_str(&node.subtitle);
    }
    let words = elide(&TableMetrics, &words, BODY_TEXT.font(), room);
    canvas.b.text(plane::TEXT, looks.body, x, y, &words);
}

/// What a closed unit holds back.
fn chip(canvas: &mut Canvas, at: usize, r: &Rect) {
    let looks = canvas.looks;
    let label = format!("＋ 展开 {} 岗", canvas.tree.counts[at].posts);
    let w = width(&label, &BODY_TEXT) + 20.0;
    let chip = Rect::sized(r.x0 + 12.0, r.y1 - 32.0, w, 22.0);
    canvas.b.lod(NEAR_LOD).rect(plane::DETAIL, looks.chip, chip, 11.0);
    canvas.b.lod(Lod::from(BODY));
    canvas.b.text(plane::TEXT, looks.body, chip.x0 + 10.0, chip.y0 + 15.3, &label);
}
