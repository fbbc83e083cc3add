//! What charts drawn without plotters share: styles, title, key, the word for nothing, steps of an axis.

use super::bars::Series;
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Lod};
use crate::picture::style::{Anchor, Role, Style};
use crate::picture::text::{TableMetrics, TextMetrics};

pub const TITLE: Style = Style::text(Role::Ink, 18.0).bold().song();
pub const WORD: Style = Style::text(Role::Ink, 13.0);
pub const KEY: Style = Style::text(Role::Quiet, 13.0);

pub const SHAPE: u8 = 1;
pub const WORDS: u8 = 2;
pub const TOUCH: u8 = 3;

/// Where a title ends and the key begins.
pub const HEAD: f64 = 36.0;
/// From line to line of the key.
const KEY_LINE: f64 = 22.0;

pub fn wide(text: &str) -> f64 {
    TableMetrics.width(text, WORD.font())
}

/// Writes the title of a chart that is begun.
pub fn begin(b: &mut Builder, title: &str) {
    b.group("plot", "plot", title);
    let style = b.style(TITLE);
    b.text(WORDS, style, 0.0, 22.0, title);
}

/// An empty chart says so.
pub fn nothing(b: &mut Builder, width: f64) {
    let style = b.style(Style { anchor: Anchor::Middle, ..KEY });
    b.text(WORDS, style, width / 2.0, 80.0, "暂无数据");
}

/// Which look is which series, from `y` on in as many lines as it needs; returns where it ends. The mark is drawn by
/// `mark` around a middle.
pub fn key(
    b: &mut Builder,
    series: &[Series],
    (mut y, width): (f64, f64),
    mut mark: impl FnMut(&mut Builder, &Series, f64, f64),
) -> f64 {
    let style = b.style(KEY);
    let mut x = 0.0;
    for one in series {
        let long = 34.0 + wide(&one.name) + 18.0;
        if x > 0.0 && x + long > width {
            (x, y) = (0.0, y + KEY_LINE);
        }
        mark(b, one, x + 13.0, y + KEY_LINE / 2.0);
        b.text(WORDS, style, x + 32.0, y + KEY_LINE / 2.0 + 4.7, &one.name);
        x += long;
    }
    y + KEY_LINE
}

/// Whole steps of 1, 2 or 5 of a power of ten, so that no more than `most` are needed for a span.
pub fn step(span: f64, most: f64) -> f64 {
    let mut ten = 1.0;
    loop {
        let fits = [1.0, 2.0, 5.0].map(|part| part * ten).into_iter().find(|s| span / s <= most);
        if let Some(step) = fits.filter(|_| span < 1e15) {
            return step;
        }
        if span >= 1e15 {
            return span.max(1.0);
        }
        ten *= 10.0;
    }
}

/// An invisible place for the pointer that says `title`.
pub fn touch(b: &mut Builder, at: usize, title: &str, place: Rect) {
    let clear = b.style(Style::fill(Role::Clear));
    b.group(&format!("bar-{at}"), "bar", title);
    b.rect(TOUCH, clear, place, 0.0);
    b.hit_box(Lod::ALWAYS);
}

/// What a drawn chart says and where, for the tests of all of them.
#[cfg(test)]
pub mod looked {
    use crate::picture::geom::Rect;
    use crate::picture::scene::{Item, Scene, Shape};
    use crate::picture::text::{TableMetrics, TextMetrics};

    pub fn words(scene: &Scene) -> Vec<&str> {
        let text = |item: &Item| match item.shape {
            Shape::Text { chars, .. } => Some(scene.text(chars).trim()),
            _ => None,
        };
        scene.items.iter().filter_map(text).collect()
    }

    /// Boxes of all words, by the tables the painters go by.
    pub fn boxes(scene: &Scene) -> Vec<(String, Rect)> {
        let of = |item: &Item| {
            let Shape::Text { x, y, chars } = item.shape else { return None };
            let style = scene.style(item.style);
            let text = scene.text(chars);
            let w = TableMetrics.width(text, style.font());
            let size = f64::from(style.size);
            let left = f64::from(x) - [0.0, w / 2.0, w][style.anchor as usize];
            Some((text.to_owned(), Rect::sized(left, f64::from(y) - 0.82 * size, w, 0.9 * size)))
        };
        scene.items.iter().filter_map(of).collect()
    }

    /// No word leaves a sheet so wide or touches another, and nothing is endless.
    pub fn assert_sound(scene: &Scene, width: f64, what: &str) {
        assert!(scene.bounds.width().is_finite() && scene.bounds.height().is_finite(), "{what}");
        let boxes = boxes(scene);
        for (at, (name, a)) in boxes.iter().enumerate() {
            assert!(a.x0 >= -0.5 && a.x1 <= width + 0.5, "{what}, {width}: {name} {a:?}");
            for (other, b) in &boxes[at + 1..] {
                assert!(!a.overlaps(b, 0.5), "{what}, {width}: {name} {other} {a:?} {b:?}");
            }
        }
    }
}
