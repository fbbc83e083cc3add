//! A radar in house style: one axis a category, one outline a series, from 0 in the middle to 100 at the rim. What is
//! missing has no corner. Fewer than three axes make no radar, and a narrow place has no room for one: bars stand there.

use std::f64::consts::TAU;

use super::bars::{BarChart, Series, bar_chart, figure};
use super::parts::{HEAD, SHAPE, WORD, WORDS, begin, key, nothing, touch, wide};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Dash, Pattern, Role, Style};

/// The rim, and the rings inside it.
const MOST: f64 = 100.0;
const RINGS: [f64; 5] = [20.0, 40.0, 60.0, 80.0, 100.0];
/// The radius, at least and at most.
const LEAST: f64 = 48.0;
const WIDE: f64 = 130.0;
const POINT: f64 = 4.0;

/// The chart as a scene; a group `bar-<n>` for each axis answers to the pointer.
pub fn radar(chart: &BarChart) -> Scene {
    if chart.categories.len() < 3 || room(chart) < LEAST {
        return bar_chart(chart);
    }
    let mut b = Builder::default();
    begin(&mut b, &chart.title);
    let any = chart.series.iter().flat_map(|one| &one.values).any(|value| value.is_finite());
    match any {
        true => draw(chart, &mut b),
        false => nothing(&mut b, chart.width),
    }
    b.finish()
}

struct Web {
    x: f64,
    y: f64,
    r: f64,
    count: usize,
}

impl Web {
    fn at(&self, axis: usize, value: f64) -> (f64, f64) {
        let turn = TAU * axis as f64 / self.count as f64;
        let r = self.r * (value.clamp(0.0, MOST) / MOST);
        (self.x + r * turn.sin(), self.y - r * turn.cos())
    }
}

fn value(one: &Series, axis: usize) -> Option<f64> {
    one.values.get(axis).copied().filter(|value| value.is_finite())
}

/// What stands at the end of an axis: its name, below it the values.
fn label(chart: &BarChart, axis: usize) -> [String; 2] {
    let values = chart.series.iter().map(|one| {
        value(one, axis).map_or_else(|| "—".to_string(), |value| figure(value, &chart.unit))
    });
    [chart.categories[axis].clone(), values.collect::<Vec<_>>().join(" / ")]
}

/// How long an axis may be between the words at its sides.
fn room(chart: &BarChart) -> f64 {
    let words = (0..chart.categories.len()).flat_map(|axis| label(chart, axis));
    chart.width / 2.0 - words.map(|words| wide(&words)).fold(0.0, f64::max) - 12.0
}

fn draw(chart: &BarChart, b: &mut Builder) {
    let count = chart.categories.len();
    let end = match chart.series.len() {
        0 | 1 => HEAD,
        _ => key(b, &chart.series, (HEAD, chart.width), |b, one, x, y| {
            let look = b.style(outline(one));
            b.line(SHAPE, look, &[(x - 13.0, y), (x + 13.0, y)]);
        }),
    };
    let r = room(chart).min(WIDE);
    let web = Web { x: chart.width / 2.0, y: end + 44.0 + r, r, count };
    grid(&web, b);
    for one in &chart.series {
        shape(one, &web, b);
    }
    for axis in 0..count {
        words_at(chart, &web, axis, b);
    }
}

fn grid(web: &Web, b: &mut Builder) {
    let (rule, rim) =
        (b.style(Style::line(Role::Line, 1.0)), b.style(Style::line(Role::LineStrong, 1.0)));
    for ring in RINGS {
        let mut points: Vec<(f64, f64)> = (0..web.count).map(|axis| web.at(axis, ring)).collect();
        points.push(points[0]);
        b.line(SHAPE, if ring == MOST { rim } else { rule }, &points);
    }
    for axis in 0..web.count {
        b.line(SHAPE, rule, &[(web.x, web.y), web.at(axis, MOST)]);
    }
}

fn outline(one: &Series) -> Style {
    let dash = if one.pattern == Pattern::None { Dash::Solid } else { Dash::Dashed };
    Style::line(one.role, 2.5).dashed(dash)
}

/// The outline through what there is; filled where every axis has a value.
fn shape(one: &Series, web: &Web, b: &mut Builder) {
    let corners: Vec<(f64, f64)> =
        (0..web.count).filter_map(|axis| Some(web.at(axis, value(one, axis)?))).collect();
    let whole = corners.len() == web.count;
    if whole && one.pattern == Pattern::None {
        let fill = b.style(Style::fill(one.role).alpha(0.16));
        b.area(SHAPE, fill, &[corners.iter().map(|(x, y)| [*x as f32, *y as f32]).collect()]);
    }
    let line = b.style(outline(one));
    if corners.len() > 1 {
        let mut points = corners.clone();
        if corners.len() > 2 {
            points.push(corners[0]);
        }
        b.line(SHAPE, line, &points);
    }
    let dot = b.style(Style::boxed(one.role, Role::Card, 1.0));
    for (x, y) in corners {
        b.rect(SHAPE, dot, Rect::sized(x - POINT, y - POINT, 2.0 * POINT, 2.0 * POINT), POINT);
    }
}

/// Name and values beyond the end of an axis, away from the middle.
fn words_at(chart: &BarChart, web: &Web, axis: usize, b: &mut Builder) {
    let (tip_x, tip_y) = web.at(axis, MOST);
    let (dx, dy) = ((tip_x - web.x) / web.r, (tip_y - web.y) / web.r);
    let name = match dx {
        dx if dx > 0.1 => WORD,
        dx if dx < -0.1 => WORD.end(),
        _ => WORD.middle(),
    };
    let (x, y) = (tip_x + dx * 10.0, tip_y + dy * 10.0);
    let top = match dy {
        dy if dy < -0.5 => y - 18.0,
        dy if dy > 0.5 => y + 12.0,
        _ => y - 4.0,
    };
    let (plain, strong) = (b.style(name), b.style(name.bold()));
    let [words, values] = label(chart, axis);
    b.text(WORDS, plain, x, top, &words);
    b.text(WORDS, strong, x, top + 17.0, &values);
    let said = chart.series.iter().map(|one| {
        let value = value(one, axis);
        let value = value.map_or_else(|| "没有".to_string(), |value| figure(value, &chart.unit));
        format!("，{} {value}", one.name)
    });
    let title = chart.categories[axis].clone() + &said.collect::<String>();
    let half = web.r * 0.32;
    let (mx, my) = web.at(axis, 80.0);
    touch(b, axis, &title, Rect::sized(mx - half, my - half, 2.0 * half, 2.0 * half));
}

#[cfg(test)]
mod tests {
    use super::super::parts::looked::{assert_sound, words};
    use super::*;

    fn chart(axes: usize, lists: &[&[f64]], width: f64) -> BarChart {
        let one = |(at, values): (usize, &&[f64])| Series {
            name: format!("2026年第{}季度", at + 1),
            role: Role::Steady,
            pattern: if at == 0 { Pattern::None } else { Pattern::Hatch },
            values: values.to_vec(),
        };
        BarChart {
            title: "五维考评".to_string(),
            unit: String::new(),
            categories: (0..axes).map(|at| format!("资源配置合理{at}")).collect(),
            series: lists.iter().enumerate().map(one).collect(),
            width,
        }
    }

    #[test]
    fn p33_a_radar_stands_on_its_sheet_whatever_it_is_given() {
        let odd = [f64::NAN, -20.0, 250.0, 33.3, 0.0];
        let full = [100.0; 8];
        for width in [280.0, 402.0, 560.0] {
            for axes in [3, 5, 8] {
                let scene = radar(&chart(axes, &[&full, &odd], width));
                assert_sound(&scene, width, &format!("{axes} axes"));
            }
        }
    }

    #[test]
    fn p33_what_was_not_scored_is_a_dash_and_nothing_is_said_so() {
        let scene = radar(&chart(3, &[&[90.0, f64::NAN, 70.0]], 400.0));
        assert!(words(&scene).contains(&"—"));
        assert_eq!(words(&radar(&chart(3, &[&[f64::NAN; 3]], 400.0))), ["五维考评", "暂无数据"]);
        assert!(
            words(&radar(&chart(2, &[&[1.0, 2.0]], 400.0))).contains(&"资源配置合理1"),
            "as bars"
        );
    }
}
