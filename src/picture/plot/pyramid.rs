//! A pyramid in house style (XM-15): two bars a band, back to back, the bands' names between them and each value
//! written at the end of its bar.

use super::bars::{BarChart, Series, figure};
use super::parts::{KEY, SHAPE, WORD, WORDS, begin, nothing, touch, wide};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Role, Style};
use crate::picture::text::TableMetrics;
use crate::picture::wrap::elide;

/// Height of a band and of its bars.
const BAND: f64 = 26.0;
const BAR: f64 = 18.0;
/// Between a bar and its words.
const GAP: f64 = 6.0;
const TOP: f64 = 68.0;
const FOOT: f64 = 10.0;

/// The chart as a scene: the first series grows to the left, the second to the right; a group `bar-<n>` for each
/// band answers to the pointer. Values below zero count as none.
pub fn pyramid(chart: &BarChart) -> Scene {
    let mut b = Builder::default();
    begin(&mut b, &chart.title);
    let largest = chart.series.iter().flat_map(|series| &series.values).copied();
    let largest = largest.filter(|value| value.is_finite()).fold(0.0, f64::max);
    match (&chart.series[..], largest > 0.0) {
        ([left, right, ..], true) => bands(chart, (left, right), largest, &mut b),
        _ => nothing(&mut b, chart.width),
    }
    b.finish()
}

/// Where bars begin and how long they may be.
struct Axis {
    left: f64,
    right: f64,
    longest: f64,
}

impl Axis {
    fn of(chart: &BarChart, largest: f64) -> Axis {
        let names = chart.categories.iter().map(|name| wide(name)).fold(0.0, f64::max);
        let value = wide(&figure(largest, &chart.unit)) + GAP;
        let half = (names / 2.0 + 10.0).min(chart.width * 0.3);
        let (left, right) = (chart.width / 2.0 - half, chart.width / 2.0 + half);
        Axis { left, right, longest: (left - value).max(20.0) }
    }
}

fn bands(chart: &BarChart, sides: (&Series, &Series), largest: f64, b: &mut Builder) {
    let axis = Axis::of(chart, largest);
    key(sides, &axis, b);
    let name = b.style(WORD.middle());
    let (before, behind) = (b.style(WORD.end()), b.style(WORD));
    let looks = [sides.0, sides.1]
        .map(|series| b.style(Style::fill(series.role).textured(series.pattern, Role::Card)));
    let line = b.style(Style::fill(Role::LineStrong));
    for (at, words) in chart.categories.iter().enumerate() {
        let y = TOP + at as f64 * BAND;
        let base = y + BAND / 2.0 + 4.7;
        let words = elide(&TableMetrics, words, WORD.font(), axis.right - axis.left - GAP);
        b.text(WORDS, name, chart.width / 2.0, base, &words);
        for (series, look, leftwards) in [(sides.0, looks[0], true), (sides.1, looks[1], false)] {
            let value = value(series, at);
            let long = value / largest * axis.longest;
            let x = if leftwards { axis.left - long } else { axis.right };
            if value > 0.0 {
                b.rect(SHAPE, look, Rect::sized(x, y + (BAND - BAR) / 2.0, long, BAR), 0.0);
            }
            let said = figure(value, &chart.unit);
            match leftwards {
                true => b.text(WORDS, before, x - GAP, base, &said),
                false => b.text(WORDS, behind, x + long + GAP, base, &said),
            }
        }
    }
    let high = chart.categories.len() as f64 * BAND;
    for x in [axis.left, axis.right] {
        b.rect(SHAPE, line, Rect::sized(x - 0.5, TOP, 1.0, high), 0.0);
    }
    answer(chart, sides, b);
}

fn value(series: &Series, at: usize) -> f64 {
    let value = series.values.get(at).copied().unwrap_or(0.0);
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// Which side is which, above the bars.
fn key(sides: (&Series, &Series), axis: &Axis, b: &mut Builder) {
    let (before, behind) = (b.style(KEY.end()), b.style(KEY));
    let y = TOP - 12.0;
    for (series, x, style, leftwards) in
        [(sides.0, axis.left, before, true), (sides.1, axis.right, behind, false)]
    {
        let look = b.style(Style::fill(series.role).textured(series.pattern, Role::Card));
        // Not `sum`: of no values it is −0.
        let sum = (0..series.values.len()).map(|at| value(series, at)).fold(0.0, |a, b| a + b);
        let said = [&*series.name, " ", &figure(sum, "")].concat();
        let mark = if leftwards { x - 14.0 } else { x };
        b.rect(SHAPE, look, Rect::sized(mark, y - 11.0, 14.0, 12.0), 0.0);
        let x = if leftwards { mark - GAP } else { mark + 14.0 + GAP };
        b.text(WORDS, style, x, y, &said);
    }
}

/// Bands for the pointer, each with its values as title.
fn answer(chart: &BarChart, (left, right): (&Series, &Series), b: &mut Builder) {
    for (at, words) in chart.categories.iter().enumerate() {
        let of = |series: &Series| {
            [&*series.name, " ", &figure(value(series, at), &chart.unit)].concat()
        };
        let title = [words, "，", &of(left), "，", &of(right)].concat();
        let foot = if at + 1 == chart.categories.len() { FOOT } else { 0.0 };
        let y = TOP + at as f64 * BAND;
        touch(b, at, &title, Rect::sized(0.0, y, chart.width, BAND + foot));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::style::Pattern;

    fn chart(left: &[f64], right: &[f64]) -> BarChart {
        let side = |name: &str, values: &[f64]| Series {
            name: name.to_string(),
            role: Role::Steady,
            pattern: Pattern::None,
            values: values.to_vec(),
        };
        BarChart {
            title: "年龄结构".to_string(),
            unit: "人".to_string(),
            categories: (0..left.len()).map(|at| format!("{}–{} 岁", at * 5, at * 5 + 4)).collect(),
            series: vec![side("男", left), side("女", right)],
            width: 480.0,
        }
    }

    fn texts(scene: &Scene) -> String {
        scene.chars.to_string()
    }

    #[test]
    fn p19_bands_stand_back_to_back_inside_the_sheet() {
        let scene = pyramid(&chart(&[3.0, 12.0, 0.0], &[5.0, 1.0, 2.0]));
        assert!(scene.bounds.x0 >= 0.0 && scene.bounds.x1 <= 480.0, "{:?}", scene.bounds);
        assert!(texts(&scene).contains("男 15") && texts(&scene).contains("女 8"));
        let band = scene.group(scene.find("bar-1").expect("band"));
        assert_eq!(&*band.title, "5–9 岁，男 12 人，女 1 人");
    }

    #[test]
    fn p19_nothing_one_and_odd_values_look_right() {
        assert!(texts(&pyramid(&chart(&[], &[]))).contains("暂无数据"));
        assert!(texts(&pyramid(&chart(&[0.0], &[0.0]))).contains("暂无数据"));
        let odd = pyramid(&chart(&[f64::NAN, -3.0, 1.0], &[f64::INFINITY, 2.0]));
        assert!(odd.bounds.width().is_finite() && odd.bounds.x1 <= 480.0, "{:?}", odd.bounds);
        assert!(odd.find("bar-2").is_some());
    }
}
