//! Lines over quarters, months or days in house style: each series a line with points, its name at its end where there is
//! room for ranks, else in a key. A value that is missing leaves a gap. Ranks run from the top.

use super::bars::{BarChart, Series, figure};
use super::parts::{HEAD, KEY, SHAPE, WORD, WORDS, begin, key, nothing, step, touch, wide};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Dash, PATTERNS, Role, Style, StyleId};
use crate::picture::text::TableMetrics;
use crate::picture::wrap::elide;

/// Height of the plot, and of a rank.
const HIGH: f64 = 210.0;
const RANK: f64 = 21.0;
/// Below the plot: its labels.
const FOOT: f64 = 30.0;
const POINT: f64 = 3.5;
/// From the last point to the name of its line.
const NAME: f64 = 10.0;

/// What the values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// From nothing up.
    Amounts,
    /// 1 is the best and stands at the top.
    Ranks,
}

/// The chart as a scene: categories from left to right; a group `bar-<n>` for each answers to the pointer.
pub fn line_chart(chart: &BarChart, scale: Scale) -> Scene {
    let mut b = Builder::default();
    begin(&mut b, &chart.title);
    match Frame::of(chart, scale) {
        Some(frame) => draw(chart, frame, &mut b),
        None => nothing(&mut b, chart.width),
    }
    b.finish()
}

/// Where the plot stands and what its edges mean.
struct Frame {
    scale: Scale,
    left: f64,
    right: f64,
    top: f64,
    high: f64,
    low: f64,
    most: f64,
    step: f64,
    count: usize,
}

fn sound(chart: &BarChart) -> impl Iterator<Item = f64> {
    chart.series.iter().flat_map(|one| one.values.iter().copied()).filter(|value| value.is_finite())
}

impl Frame {
    fn of(chart: &BarChart, scale: Scale) -> Option<Frame> {
        sound(chart).next()?;
        let count = chart.categories.len();
        let (low, most) = sound(chart)
            .fold((0.0, 1.0), |(low, most): (f64, f64), value| (low.min(value), most.max(value)));
        let low = if scale == Scale::Ranks { 1.0 } else { low };
        let high = if scale == Scale::Ranks { (most - 1.0).max(1.0) * RANK } else { HIGH };
        let step = match scale {
            Scale::Ranks => step(most, 12.0),
            Scale::Amounts => step(most - low, 6.0),
        };
        let names = chart.series.iter().map(|one| wide(&one.name)).fold(0.0, f64::max);
        let left = wide(&figure(most, "")).max(wide(&figure(low, ""))) + 14.0;
        let right = match scale {
            Scale::Ranks => names.min(chart.width * 0.4) + NAME + 6.0,
            Scale::Amounts => 26.0,
        };
        let right = (chart.width - right).max(left + 40.0);
        Some(Frame { scale, left, right, top: HEAD, high, low, most, step, count })
    }

    fn x(&self, at: usize) -> f64 {
        let inset = 14.0;
        let room = self.right - self.left - 2.0 * inset;
        match self.count {
            0 | 1 => (self.left + self.right) / 2.0,
            count => self.left + inset + room * at as f64 / (count - 1) as f64,
        }
    }

    fn y(&self, value: f64) -> f64 {
        let part = (value - self.low) / (self.most - self.low).max(1e-9);
        match self.scale {
            Scale::Ranks => self.top + self.high * part,
            Scale::Amounts => self.top + self.high * (1.0 - part),
        }
    }
}

fn draw(chart: &BarChart, mut frame: Frame, b: &mut Builder) {
    frame.top = match frame.scale {
        Scale::Ranks => HEAD + 14.0,
        Scale::Amounts => {
            key(b, &chart.series, (HEAD, chart.width), |b, one, x, y| {
                let look = b.style(look(one));
                b.line(SHAPE, look, &[(x - 13.0, y), (x + 13.0, y)]);
                point(b, one, x, y);
            }) + 12.0
        }
    };
    axis(&frame, b);
    labels(chart, &frame, b);
    for one in &chart.series {
        line(one, &frame, b);
    }
    if frame.scale == Scale::Ranks {
        names(chart, &frame, b);
    }
    let band = if frame.count > 1 { frame.x(1) - frame.x(0) } else { frame.right - frame.left };
    for (at, name) in chart.categories.iter().enumerate() {
        let of = |one: &Series| {
            let value = one.values.get(at).copied().filter(|value| value.is_finite())?;
            Some(format!("，{} {}", one.name, figure(value, &chart.unit)))
        };
        let said: String = chart.series.iter().filter_map(of).collect();
        let place = Rect::sized(frame.x(at) - band / 2.0, frame.top, band, frame.high + FOOT);
        let place = Rect { x0: place.x0.max(0.0), x1: place.x1.min(chart.width), ..place };
        touch(b, at, &(name.clone() + &said), place);
    }
}

/// Lines across with their values at the left.
fn axis(frame: &Frame, b: &mut Builder) {
    let (rule, base) =
        (b.style(Style::line(Role::Line, 1.0)), b.style(Style::line(Role::LineStrong, 1.0)));
    let word = b.style(KEY.end());
    let mut value = match frame.scale {
        Scale::Ranks => 1.0,
        Scale::Amounts => (frame.low / frame.step).ceil() * frame.step,
    };
    while value <= frame.most + 1e-9 {
        let y = frame.y(value);
        let style = if value == 0.0 { base } else { rule };
        b.line(SHAPE, style, &[(frame.left, y), (frame.right, y)]);
        b.text(WORDS, word, frame.left - 8.0, y + 4.7, &figure(value, ""));
        // Ranks are labelled 1, 5, 10 …
        value = match (frame.scale, value == 1.0 && frame.step > 1.0) {
            (Scale::Ranks, true) => frame.step,
            _ => value + frame.step,
        };
    }
}

/// As many labels below as stand clear of each other.
fn labels(chart: &BarChart, frame: &Frame, b: &mut Builder) {
    let word = b.style(KEY.middle());
    let y = frame.top + frame.high + 22.0;
    let mut free = f64::NEG_INFINITY;
    for (at, name) in chart.categories.iter().enumerate() {
        let half = wide(name) / 2.0;
        let x = frame.x(at).clamp(half, (chart.width - half).max(half));
        if x - half >= free {
            b.text(WORDS, word, x, y, name);
            free = x + half + 12.0;
        }
    }
}

/// The line of a series; those of one colour are told apart by their dashes.
fn look(one: &Series) -> Style {
    let dash = match PATTERNS.iter().position(|known| *known == one.pattern).unwrap_or(0) {
        0 => Dash::Solid,
        1 => Dash::Dashed,
        _ => Dash::Dotted,
    };
    let width = if one.role == Role::Mute { 1.25 } else { 2.5 };
    Style::line(one.role, width).dashed(dash)
}

fn line(one: &Series, frame: &Frame, b: &mut Builder) {
    let style: StyleId = b.style(look(one));
    let mut piece: Vec<(f64, f64)> = Vec::new();
    let end = |piece: &mut Vec<(f64, f64)>, b: &mut Builder| {
        if piece.len() > 1 {
            b.line(SHAPE, style, piece);
        }
        piece.clear();
    };
    for at in 0..frame.count {
        match one.values.get(at).copied().filter(|value| value.is_finite()) {
            Some(value) => piece.push((frame.x(at), frame.y(value))),
            None => end(&mut piece, b),
        }
    }
    end(&mut piece, b);
    let crowded = frame.count > 60;
    for at in (0..frame.count).filter(|_| !crowded) {
        if let Some(value) = one.values.get(at).copied().filter(|value| value.is_finite()) {
            point(b, one, frame.x(at), frame.y(value));
        }
    }
}

fn point(b: &mut Builder, one: &Series, x: f64, y: f64) {
    let style = b.style(Style::boxed(one.role, Role::Card, 1.0));
    b.rect(SHAPE, style, Rect::sized(x - POINT, y - POINT, 2.0 * POINT, 2.0 * POINT), POINT);
}

/// Each line's name at its end, those that would touch moved apart.
fn names(chart: &BarChart, frame: &Frame, b: &mut Builder) {
    let mut ends: Vec<(f64, &Series)> = Vec::new();
    for one in &chart.series {
        let last = one.values.iter().take(frame.count).rposition(|value| value.is_finite());
        if let Some(last) = last {
            ends.push((frame.y(one.values[last]), one));
        }
    }
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut free = f64::NEG_INFINITY;
    let room = chart.width - frame.right - NAME;
    for (y, one) in ends {
        let y = y.max(free);
        free = y + 17.0;
        let role = if one.role == Role::Mute { Role::Quiet } else { Role::Ink };
        let style = b.style(Style { fill: role, ..WORD });
        let words = elide(&TableMetrics, &one.name, WORD.font(), room);
        b.text(WORDS, style, frame.right + NAME, y + 4.7, &words);
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::looked::{assert_sound, words};
    use super::*;
    use crate::picture::style::Pattern;

    const GAP: f64 = f64::NAN;

    fn chart(points: usize, series: &[(&str, &[f64])], width: f64) -> BarChart {
        let one = |(name, values): &(&str, &[f64])| Series {
            name: (*name).to_string(),
            role: Role::Steady,
            pattern: Pattern::None,
            values: values.to_vec(),
        };
        let month = |at: usize| format!("{}-{:02}", 2000 + at / 12, at % 12 + 1);
        BarChart {
            title: "每月受理".to_string(),
            unit: "件".to_string(),
            categories: (0..points).map(month).collect(),
            series: series.iter().map(one).collect(),
            width,
        }
    }

    #[test]
    fn p32_lines_of_nothing_one_and_three_hundred_points_stand_on_their_sheet() {
        let many: Vec<f64> = (0..300).map(|at| f64::from(at * 37 % 100)).collect();
        for width in [280.0, 402.0, 560.0, 900.0] {
            for values in [&[7.0][..], &[0.0, 0.0], &[-5.0, 12_345.0, 3.0], &many] {
                let chart = chart(values.len(), &[("受理", values), ("办结", values)], width);
                assert_sound(&line_chart(&chart, Scale::Amounts), width, "amounts");
            }
        }
        for values in [&[][..], &[GAP, f64::INFINITY]] {
            let scene =
                line_chart(&chart(values.len(), &[("受理", values)], 400.0), Scale::Amounts);
            assert_eq!(words(&scene), ["每月受理", "暂无数据"]);
        }
    }

    #[test]
    fn p32_a_missing_value_leaves_a_gap_in_its_line() {
        let lines = |values: &[f64]| {
            let scene =
                line_chart(&chart(values.len(), &[("受理", values)], 400.0), Scale::Amounts);
            let wide = |item: &&crate::picture::scene::Item| scene.style(item.style).width == 2.5;
            scene.items.iter().filter(wide).count()
        };
        // One more is in the key.
        assert_eq!(lines(&[1.0, 2.0, 3.0, 4.0]), 2);
        assert_eq!(lines(&[1.0, 2.0, GAP, 3.0, 4.0]), 3);
        assert_eq!(lines(&[1.0, GAP, 3.0]), 1, "points alone");
    }

    #[test]
    fn p33_ranks_run_from_the_top_and_no_name_touches_another() {
        let values: Vec<(String, Vec<f64>)> = (0..33)
            .map(|at| (format!("第{at}村"), vec![f64::from(33 - at), f64::from(at / 2 * 2 + 1)]))
            .collect();
        let series: Vec<(&str, &[f64])> =
            values.iter().map(|(name, list)| (name.as_str(), list.as_slice())).collect();
        for width in [320.0, 560.0] {
            let scene = line_chart(&chart(2, &series, width), Scale::Ranks);
            assert_sound(&scene, width, "ranks");
            let said = words(&scene);
            assert!(said.contains(&"第0村") && said.contains(&"第32村"));
        }
        let scene = line_chart(&chart(2, &series, 560.0), Scale::Ranks);
        let said = &*scene.group(scene.find("bar-1").expect("point")).title;
        assert!(said.starts_with("2000-02，第0村 1 件，第1村 1 件，第2村 3 件"), "{said}");
    }
}
