//! What the marks of the chart mean: a scene of its own, shown beside the world and on paper.

use super::looks::{BODY_TEXT, Looks, plane};
use super::measure::width;
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::StyleId;

/// One line of swatches and words, 24 units high.
pub fn legend() -> Scene {
    let mut b = Builder::default();
    let looks = Looks::new(&mut b);
    b.group("legend", "legend", "图例");
    let mut x = 0.0;
    for (style, word) in [
        (looks.steady, "精业实干岗"),
        (looks.vanguard, "勤政先锋岗"),
        (looks.special, "专项工作岗"),
    ] {
        let swatch = Rect::sized(x, 4.0, 12.0, 16.0);
        x = entry(&mut b, &looks, style, swatch, word);
    }
    let swatch = Rect::sized(x, 4.0, 26.0, 16.0);
    x = entry(&mut b, &looks, looks.vacant, swatch, "空缺");
    b.text(plane::TEXT, looks.body, x, 16.3, "A 主岗　B 备岗");
    b.finish()
}

fn entry(b: &mut Builder, looks: &Looks, style: StyleId, swatch: Rect, word: &str) -> f64 {
    b.rect(plane::CARD, style, swatch, 0.0);
    let x = swatch.x1 + 7.0;
    b.text(plane::TEXT, looks.body, x, 16.3, word);
    x + width(word, &BODY_TEXT) + 22.0
}
