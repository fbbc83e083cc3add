//! Textures as SVG patterns, drawn with the same strokes as on the canvas.

use std::fmt::Write;

use super::num;
use crate::picture::geom::Rect;
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

/// Strokes of a texture in a rectangle, one by one, as line ends in the picture's units; tiles have this side.
/// Printers' programs make an image of a pattern, as large as the page; strokes stay strokes.
pub(super) fn strokes_in(pattern: Pattern, r: &Rect, side: f64) -> Vec<[f64; 4]> {
    let steps = |from: f64, to: f64| {
        let (first, last) = ((from / side).ceil() as i64, (to / side).floor() as i64);
        (first..=last).map(move |at| at as f64 * side)
    };
    let half = side / 2.0;
    let rows = || steps(r.y0 - half, r.y1 - half).map(|y| y + half);
    let bars = || steps(r.x0 - half, r.x1 - half).map(|x| x + half);
    match pattern {
        Pattern::None => Vec::new(),
        Pattern::Hatch => steps(r.x0 + r.y0, r.x1 + r.y1)
            .map(|sum| (r.x0.max(sum - r.y1), r.x1.min(sum - r.y0), sum))
            .map(|(x0, x1, sum)| [x0, sum - x0, x1, sum - x1])
            .collect(),
        Pattern::BackHatch => steps(r.x0 - r.y1, r.x1 - r.y0)
            .map(|lead| (r.x0.max(lead + r.y0), r.x1.min(lead + r.y1), lead))
            .map(|(x0, x1, lead)| [x0, x0 - lead, x1, x1 - lead])
            .collect(),
        Pattern::Rows => rows().map(|y| [r.x0, y, r.x1, y]).collect(),
        Pattern::Bars => bars().map(|x| [x, r.y0, x, r.y1]).collect(),
        Pattern::Cross => {
            rows().map(|y| [r.x0, y, r.x1, y]).chain(bars().map(|x| [x, r.y0, x, r.y1])).collect()
        }
        Pattern::Dots => rows().flat_map(|y| bars().map(move |x| [x, y, x, y])).collect(),
    }
}

pub(super) fn texture(out: &mut String, id: &str, style: &Style, palette: Palette, scale: f64) {
    let side = num(TILE / scale);
    let colour = palette.css(style.stroke);
    let width = num(stroke_width(style.pattern));
    let _ = write!(
        out,
        "<pattern id=\"{id}\" patternUnits=\"userSpaceOnUse\" width=\"{side}\" height=\"{side}\" \
         viewBox=\"0 0 1 1\"><path stroke=\"{colour}\" stroke-width=\"{width}\" \
         stroke-linecap=\"round\" d=\""
    );
    for [x0, y0, x1, y1] in strokes(style.pattern) {
        let _ = write!(out, "M{} {}L{} {}", num(*x0), num(*y0), num(*x1), num(*y1));
    }
    out.push_str("\"/></pattern>");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn p16_strokes_stand_where_the_pattern_has_them() {
        let r = Rect::sized(0.0, 0.0, 12.0, 6.0);
        assert_eq!(strokes_in(Pattern::Rows, &r, 6.0), [[0.0, 3.0, 12.0, 3.0]]);
        assert_eq!(
            strokes_in(Pattern::Dots, &r, 6.0),
            [[3.0, 3.0, 3.0, 3.0], [9.0, 3.0, 9.0, 3.0]]
        );
        assert!(strokes_in(Pattern::Hatch, &r, 6.0).contains(&[0.0, 6.0, 6.0, 0.0]));
        assert!(strokes_in(Pattern::BackHatch, &r, 6.0).contains(&[0.0, 0.0, 6.0, 6.0]));
        assert_eq!(strokes_in(Pattern::None, &r, 6.0), [[0.0; 4]; 0]);
    }

    proptest! {
        #[test]
        fn p16_strokes_stay_inside(
            (x, y) in (-500f64..500.0, -500f64..500.0),
            (w, h) in (0.5f64..80.0, 0.5f64..80.0),
            side in 2f64..20.0,
        ) {
            let r = Rect::sized(x, y, w, h);
            let all = [
                Pattern::Hatch, Pattern::BackHatch, Pattern::Cross, Pattern::Dots, Pattern::Bars, Pattern::Rows,
            ];
            for pattern in all {
                for [x0, y0, x1, y1] in strokes_in(pattern, &r, side) {
                    let r = r.grow(1e-6);
                    prop_assert!(r.contains(x0, y0) && r.contains(x1, y1), "{pattern:?}");
                }
            }
        }
    }
}
