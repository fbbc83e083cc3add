//! Bars in house style: lying, so that Chinese names stay level and whole; each value is written.

use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::prelude::{
    Cartesian2d, ChartBuilder, ChartContext, IntoDrawingArea, IntoFont, Rectangle, Text, TextStyle,
};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Pen, ink, textured};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Lod, Scene};
use crate::picture::style::{Pattern, Role, Style};
use crate::picture::text::{TableMetrics, TextMetrics};
use crate::picture::wrap::wrap;

/// One colour of bars; `values` in the order of the categories, missing ones are not drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    pub name: String,
    pub role: Role,
    pub pattern: Pattern,
    pub values: Vec<f64>,
}

/// What a bar chart shows. `unit` stands after each value (人, 项); `width` in world units.
#[derive(Clone, Debug, PartialEq)]
pub struct BarChart {
    pub title: String,
    pub unit: String,
    pub categories: Vec<String>,
    pub series: Vec<Series>,
    pub width: f64,
}

const TITLE: f64 = 18.0;
const WORD: f64 = 13.0;
const BAR: f64 = 16.0;
const GAP: f64 = 12.0;
/// From line to line of a name, and between two words of the key or the axis.
const LINE: f64 = 16.0;
const SPACE: f64 = 22.0;
/// Names get so much of the width, then break into two lines.
const NAMES: f64 = 0.4;

type Plot<'a, 'b> = ChartContext<'b, Pen<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Result<T = ()> = std::result::Result<T, DrawingAreaErrorKind<std::convert::Infallible>>;

/// The chart as a scene: a group `bar-<n>` per category answers to the pointer.
pub fn bar_chart(chart: &BarChart) -> Scene {
    let mut b = Builder::default();
    b.group("plot", "plot", &chart.title);
    let sheet = Sheet::of(chart);
    let empty = chart.categories.is_empty() || values(chart).next().is_none();
    // The pen cannot fail; a chart plotters refuses is left as far as it was drawn.
    let _ = if empty { nothing(chart, &mut b) } else { bars(chart, &sheet, &mut b) };
    if !empty {
        rows(chart, &sheet, &mut b);
    }
    b.finish()
}

fn values(chart: &BarChart) -> impl Iterator<Item = f64> {
    chart.series.iter().flat_map(|s| s.values.iter().copied()).filter(|v| v.is_finite())
}

/// Sizes of one chart.
struct Sheet {
    top: f64,
    /// Room for the category names.
    left: f64,
    /// Room for the longest value after its bar.
    right: f64,
    /// Room for the longest value before its bar; none where nothing is below zero.
    below: f64,
    row: f64,
    /// Entries of the key in one row of it.
    keys: usize,
    height: f64,
}

impl Sheet {
    fn of(chart: &BarChart) -> Sheet {
        let font = Style::text(Role::Ink, WORD as f32).font();
        let wide = |text: &str| TableMetrics.width(text, font);
        let names = chart.categories.iter().map(|c| wide(c)).fold(0.0, f64::max);
        let figures = values(chart).map(|v| wide(&figure(v, &chart.unit))).fold(0.0, f64::max);
        let minus = values(chart).filter(|v| *v < 0.0).map(|v| wide(&figure(v, &chart.unit)));
        let below = minus.map(|wide| wide + 18.0).fold(0.0, f64::max);
        let left = names.min(chart.width * NAMES);
        let bars = BAR * chart.series.len().max(1) as f64 + GAP;
        let row = if names > left { bars.max(2.0 * LINE + 4.0) } else { bars };
        let entry = chart.series.iter().map(|s| wide(&s.name)).fold(0.0, f64::max) + 20.0 + SPACE;
        let keys = ((chart.width + SPACE) / entry).max(1.0) as usize;
        let key = match chart.series.len() {
            0 | 1 => 0.0,
            many => 6.0 + 20.0 * many.div_ceil(keys) as f64,
        };
        let top = if chart.title.is_empty() { 8.0 } else { 40.0 } + key;
        Sheet {
            top,
            left: left + 14.0,
            right: figures + 18.0,
            below,
            row,
            keys,
            height: top + row * chart.categories.len() as f64 + 30.0,
        }
    }
}

/// A value without needless digits, with its unit.
pub(super) fn figure(v: f64, unit: &str) -> String {
    let rounded = (v * 10.0).round() / 10.0;
    if unit.is_empty() { rounded.to_string() } else { format!("{rounded} {unit}") }
}

fn word(role: Role, h: HPos) -> TextStyle<'static> {
    ("sans-serif", WORD).into_font().color(&ink(role)).pos(Pos::new(h, VPos::Center))
}

fn area<'a>(chart: &BarChart, height: f64, b: &'a mut Builder) -> DrawingArea<Pen<'a>, Shift> {
    Pen { b, size: (chart.width as u32, height as u32) }.into_drawing_area()
}

fn head<'a>(chart: &BarChart, root: &DrawingArea<Pen<'a>, Shift>) -> Result {
    use plotters::style::{FontFamily, FontStyle};
    let font = (FontFamily::Serif, TITLE, FontStyle::Bold).into_font();
    root.draw(&Text::new(chart.title.clone(), (0, 8), font.color(&ink(Role::Ink))))
}

/// An empty chart says so.
fn nothing(chart: &BarChart, b: &mut Builder) -> Result {
    let root = area(chart, 120.0, b);
    head(chart, &root)?;
    let middle = (chart.width as i32 / 2, 76);
    root.draw(&Text::new("暂无数据", middle, word(Role::Quiet, HPos::Center)))
}

fn bars(chart: &BarChart, sheet: &Sheet, b: &mut Builder) -> Result {
    let root = area(chart, sheet.height, b);
    head(chart, &root)?;
    key(chart, sheet, &root)?;
    let (low, high) = range(chart, sheet);
    let n = chart.categories.len() as f64;
    let mut plot: Plot = ChartBuilder::on(&root)
        .margin_top(sheet.top as i32)
        .margin_right(sheet.right as i32)
        .x_label_area_size(30)
        .y_label_area_size(sheet.left as i32)
        .build_cartesian_2d(low..high, n..0.0)?;
    axis(chart, sheet, &mut plot, &root)?;
    for (at, series) in chart.series.iter().enumerate() {
        one(chart, sheet, &mut plot, at, series)?;
    }
    let zero = Rectangle::new([(0.0, 0.0), (0.0, n)], ink(Role::LineStrong));
    plot.draw_series([zero])?;
    names(chart, sheet, &plot, &root)
}

/// Lines across the bars with their values below: ours, because plotters' mesh takes no word of how
/// wide a label is, and weighs more than all the rest of it.
fn axis(
    chart: &BarChart,
    sheet: &Sheet,
    plot: &mut Plot,
    root: &DrawingArea<Pen<'_>, Shift>,
) -> Result {
    let (low, high) = range(chart, sheet);
    let n = chart.categories.len() as f64;
    if high - low > 1e15 {
        // Beyond all counting; a line for each step might never end.
        return Ok(());
    }
    let step = step(chart, sheet, high - low);
    let (first, last) = ((low / step).ceil() as i64, (high / step + 1e-9).floor() as i64);
    for at in first..=last {
        let v = at as f64 * step;
        plot.draw_series([Rectangle::new([(v, 0.0), (v, n)], ink(Role::Line))])?;
        let (x, y) = plot.backend_coord(&(v, n));
        root.draw(&Text::new(figure(v, ""), (x, y + 14), word(Role::Quiet, HPos::Center)))?;
    }
    Ok(())
}

/// From line to line: 1, 2 or 5 of a power of ten, so that the values stand clear of each other; whole
/// for whole numbers.
fn step(chart: &BarChart, sheet: &Sheet, span: f64) -> f64 {
    let font = Style::text(Role::Quiet, WORD as f32).font();
    let wide = TableMetrics.width(&figure(-span.ceil(), ""), font);
    let room = chart.width - sheet.left - sheet.right;
    let most = (room / (wide + SPACE)).clamp(1.0, 8.0);
    let whole = values(chart).all(|v| v.fract() == 0.0);
    let mut ten = if whole { 1.0 } else { 0.1 };
    loop {
        let fits = [1.0, 2.0, 5.0].map(|part| part * ten).into_iter().find(|s| span / s <= most);
        if let Some(step) = fits {
            return step;
        }
        ten *= 10.0;
    }
}

fn range(chart: &BarChart, sheet: &Sheet) -> (f64, f64) {
    let low = values(chart).fold(0.0, f64::min);
    let high = values(chart).fold(0.0, f64::max);
    if high - low < 1e-9 {
        return (0.0, 1.0);
    }
    // Values below zero stand to the left of their bars.
    let room = (chart.width - sheet.left - sheet.right).max(1.0);
    let part = (sheet.below / room).min(0.6);
    (low - (high - low) * part / (1.0 - part), high)
}

fn one(chart: &BarChart, sheet: &Sheet, plot: &mut Plot, at: usize, series: &Series) -> Result {
    let (bar, gap) = (BAR / sheet.row, GAP / sheet.row);
    let top = move |row: usize| row as f64 + gap / 2.0 + at as f64 * bar;
    let sound = || series.values.iter().copied().enumerate().filter(|(_, v)| v.is_finite());
    let sound = || sound().take_while(|(row, _)| *row < chart.categories.len());
    let fill = textured(series.role, series.pattern).filled();
    plot.draw_series(sound().map(|(row, v)| {
        Rectangle::new([(0.0, top(row) + 0.06 * bar), (v, top(row) + 0.94 * bar)], fill)
    }))?;
    plot.draw_series(sound().map(|(row, v)| {
        let text = format!("\u{a0}{}\u{a0}", figure(v, &chart.unit));
        let side = if v < 0.0 { HPos::Right } else { HPos::Left };
        Text::new(text, (v, top(row) + 0.5 * bar), word(Role::Ink, side))
    }))?;
    Ok(())
}

fn names(
    chart: &BarChart,
    sheet: &Sheet,
    plot: &Plot,
    root: &DrawingArea<Pen<'_>, Shift>,
) -> Result {
    let font = Style::text(Role::Ink, WORD as f32).font();
    let (low, _) = range(chart, sheet);
    for (row, name) in chart.categories.iter().enumerate() {
        let (x, y) = plot.backend_coord(&(low, row as f64 + 0.5));
        let lines = wrap(&TableMetrics, name, font, sheet.left - 14.0 + 1e-6, 2);
        let last = lines.lines.len() as i32 - 1;
        for (at, line) in lines.lines.iter().enumerate() {
            let at = at as i32;
            let mut line = (*line).to_owned();
            if lines.cut && at == last {
                line.push('…');
            }
            let y = y + (at * 2 - last) * LINE as i32 / 2;
            root.draw(&Text::new(line, (x - 10, y), word(Role::Ink, HPos::Right)))?;
        }
    }
    Ok(())
}

/// Which colour is which series, above the bars.
fn key(chart: &BarChart, sheet: &Sheet, root: &DrawingArea<Pen<'_>, Shift>) -> Result {
    if chart.series.len() < 2 {
        return Ok(());
    }
    let font = Style::text(Role::Ink, WORD as f32).font();
    let entry = |series: &Series| 20 + (TableMetrics.width(&series.name, font) + SPACE) as i32;
    let one = chart.series.len() <= sheet.keys;
    let wide = chart.series.iter().map(entry).sum::<i32>() - SPACE as i32;
    // Over the bars, further left where they would not end on the sheet.
    let start = (chart.width as i32 - wide).clamp(0, sheet.left as i32);
    let start = if one { start } else { 0 };
    let step = chart.series.iter().map(entry).max().unwrap_or(0);
    let mut x = start;
    for (at, series) in chart.series.iter().enumerate() {
        if at > 0 && at % sheet.keys == 0 {
            x = start;
        }
        let above = chart.series.len().div_ceil(sheet.keys) - 1 - at / sheet.keys;
        let y = sheet.top as i32 - 16 - 20 * above as i32;
        let fill = textured(series.role, series.pattern).filled();
        root.draw(&Rectangle::new([(x, y - 6), (x + 14, y + 6)], fill))?;
        root.draw(&Text::new(series.name.clone(), (x + 20, y), word(Role::Quiet, HPos::Left)))?;
        x += if one { entry(series) } else { step };
    }
    Ok(())
}

/// Invisible rows for the pointer, each a group with its values as title.
fn rows(chart: &BarChart, sheet: &Sheet, b: &mut Builder) {
    let clear = b.style(Style::fill(Role::Clear));
    for (row, name) in chart.categories.iter().enumerate() {
        let of = |s: &Series| {
            let value = s.values.get(row).map(|v| figure(*v, &chart.unit));
            value.map(|v| format!("，{} {v}", s.name))
        };
        let title: String = chart.series.iter().filter_map(of).collect();
        b.group(&format!("bar-{row}"), "bar", &(name.clone() + &title));
        let y = sheet.top + row as f64 * sheet.row;
        b.rect(3, clear, Rect::sized(0.0, y, chart.width, sheet.row), 0.0);
        b.hit_box(Lod::ALWAYS);
    }
}

#[cfg(test)]
mod tests {
    use super::super::parts::looked::{boxes, words};
    use super::*;

    fn chart(values: &[f64]) -> BarChart {
        let categories = (0..values.len()).map(|at| format!("第{at}类履职事项与公共服务"));
        BarChart {
            title: "履职事项".to_owned(),
            unit: "项".to_owned(),
            categories: categories.collect(),
            series: vec![Series {
                name: "基本".to_owned(),
                role: Role::Steady,
                pattern: Pattern::None,
                values: values.to_vec(),
            }],
            width: 640.0,
        }
    }

    #[test]
    fn no_values_say_so() {
        assert_eq!(words(&bar_chart(&chart(&[]))), ["履职事项", "暂无数据"]);
    }

    #[test]
    fn every_bar_has_its_name_and_value_inside_the_picture() {
        for values in [vec![7.0], vec![0.0, 0.0], vec![-3.0, 5.0], (0..30).map(f64::from).collect()]
        {
            let scene = bar_chart(&chart(&values));
            for v in &values {
                let figure = figure(*v, "项");
                assert!(words(&scene).contains(&figure.as_str()), "{figure}");
            }
            let names = words(&scene).iter().filter(|w| w.starts_with('第')).count();
            assert_eq!(names, values.len());
            assert!(scene.bounds.x0 >= 0.0 && scene.bounds.x1 <= 640.5, "{:?}", scene.bounds);
        }
    }

    #[test]
    fn p13_words_of_a_bar_chart_are_never_below_thirteen_and_never_touch_however_narrow() {
        for width in [280.0, 336.0, 402.0, 560.0, 900.0] {
            for n in [1, 2, 3] {
                let mut chart = chart(&[103.0, 4.0, 15_420.0, 0.0]);
                chart.width = width;
                let one = chart.series[0].clone();
                chart.series = vec![one; n];
                let scene = bar_chart(&chart);
                assert!(scene.styles.iter().all(|s| s.size == 0.0 || s.size >= 13.0));
                let boxes = boxes(&scene);
                for (at, (name, a)) in boxes.iter().enumerate() {
                    assert!(a.x0 >= -0.5 && a.x1 <= width + 0.5, "{width} {n} {name} {a:?}");
                    for (other, b) in &boxes[at + 1..] {
                        assert!(!a.overlaps(b, 0.5), "{width} {n}: {name} {other} {a:?} {b:?}");
                    }
                }
                let whole = words(&scene).concat();
                assert!(whole.matches("公共服务").count() >= 4, "{whole}");
            }
        }
    }

    #[test]
    fn a_row_of_the_chart_answers_to_the_pointer() {
        let scene = bar_chart(&chart(&[3.0, 4.0]));
        let hit = scene.hit(300.0, 40.0 + 30.0, 1.0).map(|g| &*scene.group(g).title);
        assert_eq!(hit, Some("第1类履职事项与公共服务，基本 4 项"));
    }
}
