//! Textures as SVG patterns, drawn with the same strokes as on the canvas.

use std::fmt::Write;

use super::num;
use crate::picture::palette::Palette;
use crate::picture::style::{Pattern, Style};

/// Side of a texture's tile in screen pixels at scale 1; shared with the canvas painter.
pub const TILE: f64 = 6.0;

/// Strokes of one tile as line ends in tile units 0..=1; dots are lines of no length.
pub fn strokes(pattern: Pattern) -> &'static [[f64; 4]] {
    match pattern {
        Pattern::None => &[],
        Pattern::Hatch => {
            &[[0.0, 1.0, 1.0, 0.0], [-0.25, 0.25, 0.25, -0.25], [0.75, 1.25, 1.25, 0.75]]
        }
        Pattern::BackHatch => {
            &[[0.0, 0.0, 1.0, 1.0], [-0.25, 0.75, 0.25, 1.25], [0.75, -0.25, 1.25, 0.25]]
        }
        Pattern::Cross => &[[0.0, 0.5, 1.0, 0.5], [0.5, 0.0, 0.5, 1.0]],
        Pattern::Dots => &[[0.5, 0.5, 0.5, 0.5]],
        Pattern::Bars => &[[0.5, 0.0, 0.5, 1.0]],
        Pattern::Rows => &[[0.0, 0.5, 1.0, 0.5]],
    }
}

/// Stroke width of a texture in tile units.
pub fn stroke_width(pattern: Pattern) -> f64 {
    if pattern == Pattern::Dots { 0.3 } else { 0.16 }
}

pub(super) fn texture(out: &mut String, id: usize, style: &Style, palette: Palette, scale: f64) {
    let side = num(TILE / scale);
    let colour = palette.css(style.stroke);
    let width = num(stroke_width(style.pattern));
    let _ = write!(
        out,
        "<pattern id=\"t{id}\" patternUnits=\"userSpaceOnUse\" width=\"{side}\" height=\"{side}\" \
         viewBox=\"0 0 1 1\"><path stroke=\"{colour}\" stroke-width=\"{width}\" \
         stroke-linecap=\"round\" d=\""
    );
    for [x0, y0, x1, y1] in strokes(style.pattern) {
        let _ = write!(out, "M{} {}L{} {}", num(*x0), num(*y0), num(*x1), num(*y1));
    }
    out.push_str("\"/></pattern>");
}
