//! Names for the view from afar: where a card's own words are too small, its name stands large
//! over the whole subtree, one level at a time.

use super::looks::{NAME, NEAR_LOD, TITLE, plane};
use super::{Canvas, Kind, measure};
use crate::picture::geom::Rect;
use crate::picture::scene::Lod;
use crate::picture::style::{Role, Style};
use crate::picture::text::TableMetrics;
use crate::picture::tree::Placed;
use crate::picture::wrap::wrap;

/// The smallest type worth reading, in screen pixels.
const LEAST: f64 = 9.0;
/// Sizes are rounded down to powers of this, to share styles.
const STEP: f64 = 1.1;

/// Two lines of a unit's name fit into its head so high.
const HEAD_HIGH: f64 = 62.0;

struct Name {
    lines: Vec<String>,
    size: f64,
    lod: Lod,
    /// Of its group's id.
    prefix: &'static str,
    /// What it may cover.
    room: Rect,
}

pub(super) fn draw(canvas: &mut Canvas) {
    let extents = extents(canvas);
    let mut limit = vec![NAME; extents.len()];
    let order = &canvas.tree.family.order;
    let mut names: Vec<(usize, Name)> = Vec::new();
    for at in order.iter().rev() {
        let at = *at as usize;
        let Some(up) = canvas.tree.family.parent[at].map(|up| up as usize) else { continue };
        if canvas.node(at).kind == Kind::Leader {
            // Inside the card and in nobody's way.
            let card = canvas.plan.layout.boxes[at];
            names
                .extend(name(canvas, at, card, TITLE, card.height() * 0.74).map(|name| (at, name)));
        } else {
            // No larger than its head for as long as that reads; then over what it stands for.
            for (prefix, most) in [("name-", HEAD_HIGH), ("far-", f64::INFINITY)] {
                if let Some(name) = named(canvas, at, &extents[at], limit[at], most) {
                    limit[at] = f64::from(name.lod.from);
                    names.push((at, Name { prefix, ..name }));
                }
            }
        }
        // What stands above takes over where the smallest name below gives up.
        limit[up] = limit[up].min(limit[at]);
    }
    for (at, name) in names {
        put(canvas, at, &name);
    }
    canvas.b.lod(NEAR_LOD);
}

/// The box of everything below a node, itself included.
fn extents(canvas: &Canvas) -> Vec<Rect> {
    let mut all = canvas.plan.layout.frames.clone();
    for at in canvas.tree.family.order.iter().rev() {
        if let Some(up) = canvas.tree.family.parent[*at as usize] {
            all[up as usize] = all[up as usize].union(&all[*at as usize]);
        }
    }
    all
}

/// The name of a unit or level over all below it.
fn named(canvas: &Canvas, at: usize, extent: &Rect, limit: f64, most: f64) -> Option<Name> {
    let part = |part: f64| (extent.height() * part).min(most);
    let kids = !canvas.tree.family.children(at as u32).is_empty();
    match canvas.node(at).kind {
        // The upper part of a panel: which posts are vacant stays in sight below it.
        Kind::Unit if canvas.plan.layout.placed[at] == Placed::Panel || !kids => {
            name(canvas, at, *extent, limit, part(if kids { 0.6 } else { 0.95 }))
        }
        Kind::Unit | Kind::Level if kids => name(canvas, at, *extent, limit, part(0.3)),
        _ => None,
    }
}

/// The name as large as a box allows, its lines together no higher than `high`; `None` where it would never be
/// needed.
fn name(canvas: &Canvas, at: usize, room: Rect, limit: f64, high: f64) -> Option<Name> {
    let node = canvas.node(at);
    let title = match node.kind {
        Kind::Leader if node.vacant => "空缺",
        _ if node.short.is_empty() => &node.title,
        _ => &node.short,
    };
    let chars = title.chars().count().max(1) as f64;
    let (w, h) = (room.width() * 0.94, high);
    let across = (w / chars).min(h);
    let half = (w / (chars / 2.0).ceil()).min(h / 1.9);
    let (mut wish, mut most) = if half > across * 1.15 { (half, 2) } else { (across, 1) };
    // Of a name too long to be read from afar, the beginning is.
    let enough = LEAST / limit * 1.4;
    if wish < enough && high > enough * 2.4 {
        (wish, most) = (enough, 2);
    }
    let size = STEP.powf(wish.min(900.0).ln().div_euclid(STEP.ln()));
    let from = LEAST / size;
    if from >= limit || size < 20.0 {
        return None;
    }
    let font = Style::text(Role::Ink, size as f32).bold().song().font();
    let lines = wrap(&TableMetrics, title, font, w.max(size * 2.0), most);
    let cut = lines.cut;
    let mut lines: Vec<String> = lines.lines.iter().map(|line| (*line).to_owned()).collect();
    if let Some(last) = lines.last_mut().filter(|_| cut) {
        last.push('…');
    }
    Some(Name {
        lines,
        size,
        lod: Lod { from: from as f32, to: limit as f32 },
        prefix: "name-",
        room,
    })
}

fn put(canvas: &mut Canvas, at: usize, name: &Name) {
    let input = canvas.input;
    let node = &input.nodes[canvas.tree.shown[at] as usize];
    let leader = node.kind == Kind::Leader;
    let role = if leader && node.vacant { Role::Vermilion } else { Role::Ink };
    let style = Style::text(role, name.size as f32).bold().song().middle();
    let wide = name.lines.iter().map(|line| measure::width(line, &style)).fold(0.0, f64::max);
    let (cx, mut cy) = name.room.center();
    let high = name.lines.len() as f64 * name.size * 1.16;
    let (dx, dy) = (wide / 2.0 + name.size * 0.2, high / 2.0 + name.size * 0.02);
    if canvas.plan.layout.placed[at] == Placed::Panel {
        cy = name.room.y0 + dy;
    }
    let plate = Rect { x0: cx - dx, y0: cy - dy, x1: cx + dx, y1: cy + dy };
    let style = canvas.b.style(style);
    let id = name.prefix.to_owned() + &node.id;
    canvas.b.group(&id, "name", &node.title);
    canvas.b.lod(name.lod);
    if !leader {
        canvas.b.hit_box(name.lod);
        canvas.b.rect(plane::PLATE, canvas.looks.plate, plate, 0.0);
    }
    let mut y = cy - high / 2.0 + name.size * 0.94;
    for line in &name.lines {
        canvas.b.text(plane::NAME, style, cx, y, line);
        y += name.size * 1.16;
    }
}
