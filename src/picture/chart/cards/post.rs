//! A post's card: track bar, title, identity, holders or 空缺, duty count, marks.

use super::super::arrange::MANY;
use super::super::looks::{
    BODY, BODY_TEXT, FAR_LOD, FULL, MID, MID_NAMES, NEAR_LOD, PARTS, TITLE, plane, sized,
};
use super::super::measure::{
    FACE, FACE_BESIDE, Heading, INSET, PAD, TITLE_LINE, fitted, post_large, post_lines, tag, width,
};
use super::super::{Canvas, ChartNode, Duty, Track};
use crate::picture::geom::Rect;
use crate::picture::scene::Lod;
use crate::picture::text::TableMetrics;
use crate::picture::tree::Placed;
use crate::picture::wrap::{elide, wrap};

pub(super) fn draw(canvas: &mut Canvas, at: usize, node: &ChartNode) {
    let looks = canvas.looks;
    let layout = &canvas.plan.layout;
    let (r, frame) = (layout.boxes[at], layout.frames[at]);
    let (near, far) =
        if node.vacant { (looks.vacant, looks.far_vacant) } else { (looks.card, looks.far) };
    let inside = layout.placed[at] == Placed::Panel;
    let (plane_near, body) = if inside { (plane::FRAME, looks.frame) } else { (plane::CARD, near) };
    canvas.b.lod(FAR_LOD).rect(plane::CARD, far, frame, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane_near, body, frame, 0.0);
    if inside && node.vacant {
        canvas.b.rect(plane::CARD, near, r, 0.0);
    }
    track(canvas, node, &r, false);
    words(canvas, node, &r);
}

/// The bar of the track: down the left side, or across the top.
pub(super) fn track(canvas: &mut Canvas, node: &ChartNode, r: &Rect, across: bool) {
    let looks = canvas.looks;
    let style = match node.track {
        None => return,
        Some(Track::Steady) => looks.steady,
        Some(Track::Vanguard) => looks.vanguard,
        Some(Track::Special) => looks.special,
    };
    // Clear of the broken outline that says 空缺.
    let inset = if node.vacant { 3.0 } else { 0.0 };
    let bar = r.grow(-inset);
    let bar = match across {
        true => Rect { y1: bar.y0 + 8.0, ..bar },
        false => Rect { x1: bar.x0 + 8.0, ..bar },
    };
    canvas.b.lod(NEAR_LOD).rect(plane::DETAIL, style, bar, 0.0);
}

/// In small type with all there is; from further away in large type, the title and who holds it.
fn words(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    let (mut left, right) = (r.x0 + INSET, r.x1 - PAD);
    if canvas.posts.portraits {
        let at = Rect::sized(left, r.y0 + PAD, FACE.0, FACE.1);
        canvas.b.lod(Lod::from(MID));
        super::face(canvas, node, at, looks.face_initial);
        left += FACE_BESIDE;
    }
    let lines = post_lines(node);
    let rows = lines.lines.len().max(1);
    let full = if canvas.tree.shown.len() > MANY {
        Lod::from(TITLE)
    } else {
        large(canvas, node, (left, r.y0), rows, right - left);
        Lod::from(FULL)
    };
    canvas.b.lod(full);
    super::lines(canvas, &(0, lines), &[looks.post_title], (left, r.y0 + 23.0), TITLE_LINE);
    let y = r.y0 + 23.5 + rows as f64 * TITLE_LINE;
    let mut room = right - left;
    if node.duties > 0 {
        let count = format!("{} 项", node.duties);
        room -= width(&count, &BODY_TEXT) + 8.0;
        canvas.b.text(plane::TEXT, looks.body_end, right, y, &count);
    }
    let mut x = left;
    if node.vacant {
        canvas.b.text(plane::TEXT, looks.missing, x, y, canvas.input.form.vacancy());
        x += 34.0;
        room -= 34.0;
    }
    let mut text = names(node, false);
    if width(&text, &BODY_TEXT) > room {
        text = elide(&TableMetrics, &names(node, true), BODY_TEXT.font(), room);
    }
    canvas.b.text(plane::TEXT, looks.body, x, y, &text);
    if let Some(word) = tag(node) {
        identity(canvas, word, right, r.y0 + 18.0);
    }
    canvas.b.lod(Lod::from(BODY));
    marks(canvas, node, (left, y + 16.0), right - left);
}

fn large(canvas: &mut Canvas, node: &ChartNode, (x, y): (f64, f64), rows: usize, room: f64) {
    let looks = canvas.looks;
    canvas.b.lod(Lod { from: MID as f32, to: FULL as f32 });
    super::lines(canvas, &post_large(node, rows), &looks.mid_title, (x, y + 23.0), 19.5);
    let y = y + 26.5 + rows as f64 * TITLE_LINE;
    let missing = if node.vacant { 40.0 } else { 0.0 };
    if node.vacant {
        canvas.b.text(plane::TEXT, looks.mid_missing, x, y, canvas.input.form.vacancy());
    }
    let names = names(node, true);
    let names = legible(&names, room - missing);
    super::lines(canvas, &names, &looks.mid_names, (x + missing, y), 0.0);
}

/// Names a little smaller where that saves them; smaller still they would not be painted from where they are read, so
/// rather the last one is cut.
fn legible(names: &str, room: f64) -> Heading<'_> {
    const SMALLEST: usize = 1;
    let (part, lines) = fitted(names, MID_NAMES, room, 1);
    if part <= SMALLEST {
        return (part, lines);
    }
    let font = sized(MID_NAMES, PARTS[SMALLEST]).font();
    (SMALLEST, wrap(&TableMetrics, names, font, room, 1))
}

/// The identity word in its hairline box, right-aligned.
fn identity(canvas: &mut Canvas, word: &str, right: f64, middle: f64) {
    let looks = canvas.looks;
    let tag = Rect { x0: right - 26.0, y0: middle - 8.0, x1: right, y1: middle + 8.0 };
    canvas.b.rect(plane::DETAIL, looks.tag, tag, 0.0);
    canvas.b.text(plane::TEXT, looks.tag_text, right - 13.0, middle + 3.7, word);
}

/// `A 王小满　B 李谷雨`, `包村 周立夏`; many holders of one kind are counted, shortly where there is little room: `A 王小满+1`.
fn names(node: &ChartNode, short: bool) -> String {
    let mut out = String::new();
    for role in Duty::ALL {
        let mut of = node.holders.iter().filter(|holder| holder.role == role);
        let Some(first) = of.next() else { continue };
        if !out.is_empty() {
            out.push('　');
        }
        out.push_str(role.mark());
        out.push_str(&first.name);
        let more = of.count();
        if more > 0 {
            out += &if short { format!("+{more}") } else { format!("等{}人", more + 1) };
        }
    }
    out
}

fn marks(canvas: &mut Canvas, node: &ChartNode, (x, y): (f64, f64), room: f64) {
    if node.marks.is_empty() {
        return;
    }
    let looks = canvas.looks;
    let missing = node.marks.iter().any(|mark| mark.missing);
    let style = if missing { looks.warning_missing } else { looks.warning };
    let words: Vec<&str> = node.marks.iter().map(|mark| mark.text.as_str()).collect();
    let text = format!("▲ {}", words.join("、"));
    let text = elide(&TableMetrics, &text, BODY_TEXT.font(), room);
    canvas.b.text(plane::TEXT, style, x, y, &text);
}
