//! A post's narrow card (竖排): track bar across the top, the title in upright columns from right to left, below
//! the rule who holds it, A at the right and B beside; at the foot how many duties and what is wrong.

use super::super::looks::{BODY, FAR_LOD, MID, NEAR_LOD, plane};
use super::super::measure::{
    BAR, FACE, FACE_ABOVE, NAME_SQUARE, NAME_SQUARES, PARTS_OF, RULE, SQUARE, Upright, post_columns,
};
use super::super::{Canvas, ChartNode, Duty, Holder};
use crate::picture::geom::Rect;
use crate::picture::scene::Lod;
use crate::picture::style::StyleId;
use crate::picture::vertical::{Columns, Square, columns};

/// From one column to the next, in squares.
const STEP: f64 = 1.12;

pub(super) fn draw(canvas: &mut Canvas, at: usize, node: &ChartNode, upright: Upright) {
    let looks = canvas.looks;
    let r = canvas.plan.layout.boxes[at];
    let (near, far) =
        if node.vacant { (looks.vacant, looks.far_vacant) } else { (looks.card, looks.far) };
    canvas.b.lod(FAR_LOD).rect(plane::CARD, far, r, 0.0);
    canvas.b.lod(NEAR_LOD).rect(plane::CARD, near, r, 0.0);
    super::post::track(canvas, node, &r, true);
    canvas.b.lod(Lod::from(MID));
    let (part, title) = post_columns(&node.title, upright.squares);
    let size = SQUARE * PARTS_OF[part];
    let set = Set { title: looks.upright_title[part], pair: looks.upright_pair[part], size };
    let mut top = r.y0 + BAR;
    if canvas.posts.portraits {
        let at = Rect::sized(r.center().0 - FACE.0 / 2.0, top, FACE.0, FACE.1);
        super::face(canvas, node, at, looks.face_initial);
        top += FACE_ABOVE;
    }
    columns_at(canvas, &title, &set, r.center().0, top);
    if upright.names {
        let rule = top + upright.squares as f64 * SQUARE + RULE / 2.0;
        let ends = [(r.x0 + 8.0, rule), (r.x1 - 8.0, rule)];
        canvas.b.lod(NEAR_LOD).line(plane::DETAIL, looks.tag, &ends);
        canvas.b.lod(Lod::from(BODY));
        holders(canvas, node, &r, rule + RULE / 2.0);
    }
    canvas.b.lod(Lod::from(BODY));
    foot(canvas, node, &r);
}

/// How squares are set.
struct Set {
    title: StyleId,
    pair: StyleId,
    size: f64,
}

/// Columns about a middle, the first at the right.
fn columns_at(canvas: &mut Canvas, set: &Columns<'_>, type_: &Set, middle: f64, top: f64) {
    let step = type_.size * STEP;
    let first = middle + (set.columns.len() as f64 - 1.0) / 2.0 * step;
    for (at, column) in set.columns.iter().enumerate() {
        squares(canvas, column, type_, first - at as f64 * step, top);
    }
}

/// One column; what stands upright without a break is one text.
fn squares(canvas: &mut Canvas, column: &[Square<'_>], type_: &Set, x: f64, top: f64) {
    let base = |at: usize| top + (at as f64 + 0.88) * type_.size;
    let mut run = String::new();
    let mut from = 0;
    for (at, square) in column.iter().enumerate() {
        if let Square::Upright(c) = square {
            if run.is_empty() {
                from = at;
            }
            run.push(*c);
            continue;
        }
        canvas.b.text(plane::TEXT, type_.title, x, base(from), &run);
        run.clear();
        match square {
            Square::Pair(pair) => canvas.b.text(plane::TEXT, type_.pair, x, base(at), pair),
            Square::Corner(c) => {
                // Drawn in the lower left of its square; it belongs into the upper right.
                let (x, y) = (x + 0.58 * type_.size, base(at) - 0.58 * type_.size);
                canvas.b.text(plane::TEXT, type_.title, x, y, c.encode_utf8(&mut [0; 4]));
            }
            Square::Upright(_) => {}
        }
    }
    canvas.b.text(plane::TEXT, type_.title, x, base(from), &run);
}

/// A at the right, B at the left; more of one kind are counted below.
fn holders(canvas: &mut Canvas, node: &ChartNode, r: &Rect, top: f64) {
    let looks = canvas.looks;
    let of = |role: Duty| -> Vec<&Holder> {
        node.holders.iter().filter(|holder| holder.role == role).collect()
    };
    let (main, second) = (of(Duty::A), of(Duty::B));
    let first = if node.vacant { Some("空缺") } else { first_name(&main) };
    let beside = first_name(&second);
    let step = NAME_SQUARE * STEP;
    let shift = if first.is_some() && beside.is_some() { step / 2.0 } else { 0.0 };
    let style = if node.vacant { looks.upright_missing } else { looks.upright_name };
    let places =
        [(first, style, shift, main.len()), (beside, looks.upright_second, -shift, second.len())];
    for (name, style, dx, of_kind) in places {
        let Some(name) = name else { continue };
        let set = columns(name, NAME_SQUARES, 1);
        let Some(column) = set.columns.first() else { continue };
        let type_ = Set { title: style, pair: style, size: NAME_SQUARE };
        squares(canvas, column, &type_, r.center().0 + dx, top);
        if of_kind > 1 && column.len() < NAME_SQUARES {
            let y = top + (column.len() as f64 + 0.85) * NAME_SQUARE;
            let more = format!("+{}", of_kind - 1);
            canvas.b.text(plane::TEXT, looks.tag_text, r.center().0 + dx, y, &more);
        }
    }
}

fn first_name<'a>(holders: &[&'a Holder]) -> Option<&'a str> {
    holders.first().map(|holder| holder.name.as_str())
}

fn foot(canvas: &mut Canvas, node: &ChartNode, r: &Rect) {
    let looks = canvas.looks;
    let y = r.y1 - 8.0;
    if node.duties > 0 {
        let count = format!("{}项", node.duties);
        canvas.b.text(plane::TEXT, looks.body_middle, r.center().0, y, &count);
    }
    if !node.marks.is_empty() {
        let missing = node.marks.iter().any(|mark| mark.missing);
        let style = if missing { looks.warning_missing } else { looks.warning };
        canvas.b.text(plane::TEXT, style, r.x0 + 3.0, y, "▲");
    }
}
