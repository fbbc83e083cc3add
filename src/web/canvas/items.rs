//! Strokes and fills for runs of items of one style; each kind of shape in the cheapest way.
//!
//! Boxes are plain filled rectangles on whole pixels, their outline a larger one below: that is
//! several times faster to rasterise than a stroked path, and sharper.

use super::brush::Brush;
use super::{Look, View, outside, photos};
use crate::picture::palette::Palette;
use crate::picture::scene::{Group, Hit, Item, Scene, Shape, Span};
use crate::picture::style::{Dash, Pattern, Role, Style};
use web_sys::CanvasWindingRule;

/// Letters smaller than this, in CSS pixels, are not painted.
const LEGIBLE: f64 = 4.5;

/// Lines stroked as one path: a path of thousands is slower than its parts.
const BATCH: usize = 24;

/// So many areas of one class in view are too small for a texture.
const CROWD: usize = 300;

/// Paints a run; `shown` yields its visible items again for each pass.
pub(super) fn paint<I: Iterator<Item = u32>>(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    style: &Style,
    shown: impl Fn() -> I,
) -> usize {
    let items = || shown().map(|at| &scene.items[at as usize]);
    brush.alpha(style.alpha);
    let kind = items().next().map(|item| item.shape);
    let painted = match kind {
        Some(Shape::Rect { .. }) => rects(brush, palette, view, style, items),
        Some(Shape::Line(_) | Shape::Lines(_)) => lines(brush, scene, palette, view, style, items),
        Some(Shape::Area(_)) => areas(brush, scene, palette, view, style, items),
        Some(Shape::Text { .. }) => texts(brush, scene, palette, view, style, items),
        Some(Shape::Image { .. }) => images(brush, scene, palette, view, style, items),
        None => 0,
    };
    brush.alpha(1.0);
    painted
}

/// A rectangle on whole device pixels, at least one wide.
fn snap(shape: &Shape, view: &View) -> Option<[f64; 5]> {
    let Shape::Rect { x, y, w, h, r } = *shape else { return None };
    let (x0, y0) = (view.x(x).round(), view.y(y).round());
    let (x1, y1) = (view.x(x + w).round(), view.y(y + h).round());
    Some([x0, y0, (x1 - x0).max(1.0), (y1 - y0).max(1.0), f64::from(r) * view.k])
}

fn rects<'a, I: Iterator<Item = &'a Item>>(
    brush: &mut Brush,
    palette: Palette,
    view: &View,
    style: &Style,
    items: impl Fn() -> I,
) -> usize {
    let boxes = || {
        let inside = items().filter(|item| !outside(&item.shape, view));
        inside.filter_map(|item| snap(&item.shape, view))
    };
    let unit = if style.fixed { view.dpr } else { view.k };
    let outlined = style.stroke != Role::Clear && style.pattern == Pattern::None;
    let edge = if outlined { (f64::from(style.width) * unit).round().max(1.0) } else { 0.0 };
    let broken = outlined && style.dash != Dash::Solid && view.k / view.dpr > 0.3;
    let mut painted = 0;
    if outlined && style.fill == Role::Clear {
        brush.stroke(palette.css(style.stroke), edge, style.dash);
        for [x, y, w, h, _] in boxes() {
            brush.context().stroke_rect(x + edge / 2.0, y + edge / 2.0, w - edge, h - edge);
            painted += 1;
        }
        return painted;
    }
    if outlined && !broken {
        brush.fill(palette.css(style.stroke));
        fill_boxes(brush, boxes(), 0.0);
    }
    let inset = if broken { 0.0 } else { edge };
    if style.fill != Role::Clear {
        brush.fill(palette.css(style.fill));
        painted += fill_boxes(brush, boxes(), inset);
    }
    if broken {
        brush.stroke(palette.css(style.stroke), edge, style.dash);
        for [x, y, w, h, _] in boxes() {
            brush.context().stroke_rect(x + edge / 2.0, y + edge / 2.0, w - edge, h - edge);
        }
    }
    if view.k / view.dpr > 0.4 && brush.texture(style, palette, view.dpr) {
        fill_boxes(brush, boxes(), 0.0);
    }
    painted
}

fn fill_boxes(brush: &mut Brush, boxes: impl Iterator<Item = [f64; 5]>, inset: f64) -> usize {
    let mut painted = 0;
    for [x, y, w, h, r] in boxes {
        let (w, h) = (w - 2.0 * inset, h - 2.0 * inset);
        if w <= 0.0 || h <= 0.0 {
            continue;
        }
        if r >= 2.0 {
            rounded(brush, x + inset, y + inset, w, h, r);
        } else {
            brush.context().fill_rect(x + inset, y + inset, w, h);
        }
        painted += 1;
    }
    painted
}

/// `roundRect` is younger than the oldest kernel: corners by `arcTo`.
fn rounded(brush: &mut Brush, x: f64, y: f64, w: f64, h: f64, r: f64) {
    let r = r.min(w / 2.0).min(h / 2.0);
    let c = brush.context();
    c.begin_path();
    c.move_to(x + r, y);
    // arcTo fails only for a negative radius.
    let _ = c.arc_to(x + w, y, x + w, y + h, r);
    let _ = c.arc_to(x + w, y + h, x, y + h, r);
    let _ = c.arc_to(x, y + h, x, y, r);
    let _ = c.arc_to(x, y, x + w, y, r);
    c.fill();
}

fn lines<'a, I: Iterator<Item = &'a Item>>(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    style: &Style,
    items: impl Fn() -> I,
) -> usize {
    // Lines that grow with the world are elbows: sharp on whole or half pixels. Others are borders.
    let sharp = !style.fixed;
    let width = if sharp { stroke_px(style, view) } else { f64::from(style.width) * view.dpr };
    brush.stroke(palette.css(style.stroke), width, style.dash);
    let half = if width as u32 % 2 == 1 { 0.5 } else { 0.0 };
    let place = |v: f64| if sharp { v.floor() + half } else { v };
    let c = brush.context();
    let mut painted = 0;
    for item in items() {
        let one;
        let spans = match item.shape {
            Shape::Line(span) => {
                one = [span];
                &one[..]
            }
            Shape::Lines(span) => &scene.rings[span.range()],
            _ => continue,
        };
        if painted % BATCH == 0 {
            if painted > 0 {
                c.stroke();
            }
            c.begin_path();
        }
        for (at, [x, y]) in spans.iter().flat_map(|s| scene.points(*s).iter().enumerate()) {
            let (x, y) = (place(view.x(*x)), place(view.y(*y)));
            if at == 0 {
                c.move_to(x, y);
            } else {
                c.line_to(x, y);
            }
        }
        painted += 1;
    }
    if painted > 0 {
        c.stroke();
    }
    painted
}

/// Each cut to its box from the middle; one that is not there yet is a plain box.
fn images<'a, I: Iterator<Item = &'a Item>>(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    style: &Style,
    items: impl Fn() -> I,
) -> usize {
    let mut painted = 0;
    for item in items() {
        let Shape::Image { x, y, w, h, chars } = item.shape else { continue };
        let [x0, y0, x1, y1] = [view.x(x), view.y(y), view.x(x + w), view.y(y + h)].map(f64::round);
        let (w, h) = (x1 - x0, y1 - y0);
        brush.fill(palette.css(style.fill));
        brush.context().fill_rect(x0, y0, w, h);
        if let Some(image) = photos::found(scene.text(chars)) {
            let (wide, high) =
                (f64::from(image.natural_width()), f64::from(image.natural_height()));
            let (from_w, from_h) =
                (wide.min(high * w / h.max(1.0)), high.min(wide * h / w.max(1.0)));
            let (left, top) = ((wide - from_w) / 2.0, (high - from_h) / 2.0);
            // Fails only for what was not decoded; its box stands there.
            let _ = brush
                .context()
                .draw_image_with_html_image_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                    &image, left, top, from_w, from_h, x0, y0, w, h,
                );
        }
        painted += 1;
    }
    painted
}

/// Whole device pixels, never less than one.
fn stroke_px(style: &Style, view: &View) -> f64 {
    let unit = if style.fixed { view.dpr } else { view.k };
    (f64::from(style.width) * unit).round().max(1.0)
}

fn areas<'a, I: Iterator<Item = &'a Item>>(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    style: &Style,
    items: impl Fn() -> I,
) -> usize {
    let outlined = style.stroke != Role::Clear && style.pattern == Pattern::None;
    if style.fill == Role::Clear && !outlined {
        return 0;
    }
    let mut painted = 0;
    if style.fill != Role::Clear {
        brush.fill(palette.css(style.fill));
        for item in items() {
            if trace(brush, scene, view, &item.shape) {
                fill(brush);
                painted += 1;
            }
        }
        // In a crowd of small cells a texture is noise, and twice the work.
        if painted <= CROWD && brush.texture(style, palette, view.dpr) {
            for item in items() {
                trace(brush, scene, view, &item.shape);
                fill(brush);
            }
        }
    }
    if outlined {
        let width = f64::from(style.width) * if style.fixed { view.dpr } else { view.k };
        brush.stroke(palette.css(style.stroke), width, style.dash);
        for item in items() {
            if trace(brush, scene, view, &item.shape) {
                brush.context().stroke();
                painted += 1;
            }
        }
    }
    painted
}

/// Fills the current path: what an odd number of its rings goes around.
fn fill(brush: &Brush) {
    brush.context().fill_with_canvas_winding_rule(CanvasWindingRule::Evenodd);
}

/// Takes a veil away from over a group.
pub(super) fn uncover(brush: &Brush, scene: &Scene, view: &View, group: &Group) {
    let Hit::Area(at) = group.hit else {
        let b = &group.bounds;
        let (x, y) = (view.x(b.x0 as f32).round(), view.y(b.y0 as f32).round());
        let (w, h) = (view.x(b.x1 as f32).round() - x, view.y(b.y1 as f32).round() - y);
        return brush.context().clear_rect(x, y, w, h);
    };
    if trace(brush, scene, view, &scene.items[at as usize].shape) {
        let c = brush.context();
        let _ = c.set_global_composite_operation("destination-out");
        fill(brush);
        let _ = c.set_global_composite_operation("source-over");
    }
}

/// Makes the shape the current path.
fn trace(brush: &Brush, scene: &Scene, view: &View, shape: &Shape) -> bool {
    let Shape::Area(span) = *shape else { return false };
    let c = brush.context();
    c.begin_path();
    for ring in &scene.rings[span.range()] {
        ring_path(brush, scene, view, *ring);
    }
    true
}

fn ring_path(brush: &Brush, scene: &Scene, view: &View, ring: Span) {
    let c = brush.context();
    for (at, [x, y]) in scene.points(ring).iter().enumerate() {
        let (x, y) = (view.x(*x), view.y(*y));
        if at == 0 {
            c.move_to(x, y);
        } else {
            c.line_to(x, y);
        }
    }
    c.close_path();
}

fn texts<'a, I: Iterator<Item = &'a Item>>(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    style: &Style,
    items: impl Fn() -> I,
) -> usize {
    let px = font_px(style, view);
    if px < LEGIBLE * view.dpr {
        return 0;
    }
    brush.font(style, px);
    if style.halo {
        brush.stroke(palette.css(Role::Paper), (px * 0.24).round().max(2.0), Dash::Solid);
        for item in items() {
            word(scene, view, style, px, item, |text, x, y| {
                let _ = brush.context().stroke_text(text, x, y);
            });
        }
    }
    brush.fill(palette.css(style.fill));
    let mut painted = 0;
    for item in items() {
        painted += word(scene, view, style, px, item, |text, x, y| {
            let _ = brush.context().fill_text(text, x, y);
        });
    }
    painted
}

/// Device pixels of the letters. A growing text steps by half a pixel, rounded down: glyphs are
/// then found in the browser's cache while zooming, and never outgrow their card.
fn font_px(style: &Style, view: &View) -> f64 {
    if style.fixed {
        (f64::from(style.size) * view.dpr * 2.0).round() / 2.0
    } else {
        let px = f64::from(style.size) * view.k;
        let step = if px < 24.0 { 0.5 } else { 2.0 };
        (px / step).floor() * step
    }
}

fn word(
    scene: &Scene,
    view: &View,
    style: &Style,
    px: f64,
    item: &Item,
    mut put: impl FnMut(&str, f64, f64),
) -> usize {
    let Shape::Text { x, y, chars } = item.shape else { return 0 };
    let text = scene.text(chars);
    let (x, mut y) = (view.x(x).round(), view.y(y).round());
    if style.fixed {
        // A fixed label hangs on its middle.
        y = (y + px * (0.36 + f64::from(style.drop))).round();
    }
    if !style.vertical {
        put(text, x, y);
        return 1;
    }
    let mut buffer = [0; 4];
    // Letters step by half pixels while zooming, their places do not.
    let step = f64::from(style.size) * view.k;
    for (at, c) in (0..).zip(text.chars()) {
        put(c.encode_utf8(&mut buffer), x, (y + f64::from(at) * step).round());
    }
    1
}

/// Outlines a group on the overlay: its hit shape, or its lines.
pub(super) fn outline(
    brush: &mut Brush,
    scene: &Scene,
    palette: Palette,
    view: &View,
    group: &Group,
    look: &Look,
) {
    brush.stroke(palette.css(look.role), look.width * view.dpr, Dash::Solid);
    brush.alpha(look.wash);
    brush.fill(palette.css(look.role));
    match group.hit {
        Hit::Area(at) => {
            if trace(brush, scene, view, &scene.items[at as usize].shape) {
                if look.wash > 0.0 {
                    fill(brush);
                }
                brush.alpha(1.0);
                brush.context().stroke();
            }
        }
        Hit::Box => {
            let b = &group.bounds;
            let (x, y) = (b.x0 * view.k + view.tx, b.y0 * view.k + view.ty);
            let (w, h) = (b.width() * view.k, b.height() * view.k);
            if look.wash > 0.0 {
                brush.context().fill_rect(x, y, w, h);
            }
            brush.alpha(1.0);
            brush.context().stroke_rect(x.round(), y.round(), w.round(), h.round());
        }
        Hit::Never => {
            brush.alpha(1.0);
            let items = &scene.items[group.items.range()];
            let style = Style::line(look.role, look.width as f32).fixed();
            lines(brush, scene, palette, view, &style, || items.iter());
        }
    }
    brush.alpha(1.0);
}
