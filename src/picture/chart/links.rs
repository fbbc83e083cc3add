//! The elbows between cards: one quiet line per child, sharing the parent's stem.

use super::Canvas;
use super::arrange::{GAPS, sideways};
use super::looks::plane;
use crate::picture::geom::Rect;
use crate::picture::scene::{GroupId, Lod};
use crate::picture::tree::Placed;

/// Draws every link; returns the group of the link to each input node.
pub(super) fn draw(canvas: &mut Canvas) -> Vec<Option<GroupId>> {
    let mut links = vec![None; canvas.input.nodes.len()];
    canvas.b.lod(Lod::ALWAYS);
    for at in 0..canvas.tree.shown.len() {
        let Some(up) = canvas.tree.family.parent[at].map(|p| p as usize) else { continue };
        let layout = &canvas.plan.layout;
        let turn = |rect: Rect| if sideways(canvas.input) { turned(&rect) } else { rect };
        let (parent, child) = (turn(layout.boxes[up]), turn(layout.boxes[at]));
        let frame = turn(layout.frames[up]);
        let mut points = match layout.placed[up] {
            Placed::Row => down(&parent, &child),
            Placed::Shelves => shelf(&parent, &child, frame.x0),
            Placed::Panel | Placed::Stacks | Placed::Leaf => continue,
        };
        if sideways(canvas.input) {
            points.iter_mut().for_each(|(x, y)| std::mem::swap(x, y));
        }
        let id = format!("link-{}", canvas.node(at).id);
        let group = canvas.b.group(&id, "link", "");
        canvas.b.line(plane::LINK, canvas.looks.link, &points);
        links[canvas.tree.shown[at] as usize] = Some(group);
    }
    links
}

fn down(parent: &Rect, child: &Rect) -> Vec<(f64, f64)> {
    let (px, cx) = (parent.center().0, child.center().0);
    if (px - cx).abs() < 0.5 {
        return vec![(px, parent.y1), (px, child.y0)];
    }
    let bus = parent.y1 + GAPS.level / 2.0;
    vec![(px, parent.y1), (px, bus), (cx, bus), (cx, child.y0)]
}

/// As if the root at the left were at the top.
fn turned(rect: &Rect) -> Rect {
    Rect { x0: rect.y0, y0: rect.x0, x1: rect.y1, y1: rect.x1 }
}

/// To a child on a shelf: the first shelf like a row, the others by a trunk at the left edge.
fn shelf(parent: &Rect, child: &Rect, left: f64) -> Vec<(f64, f64)> {
    let first = parent.y1 + GAPS.level / 2.0;
    if child.y0 <= parent.y1 + GAPS.level + 1.0 {
        return down(parent, child);
    }
    let (px, cx) = (parent.center().0, child.center().0);
    let bus = child.y0 - GAPS.level / 2.0;
    vec![(px, parent.y1), (px, first), (left, first), (left, bus), (cx, bus), (cx, child.y0)]
}
