//! A Gantt chart in house style: a line for each task from its beginning to its term, filled as far as it has come; what is
//! late runs on in vermilion; a rule through all of it says today. Days only; knows no records.

use chrono::{Datelike, NaiveDate};

use super::bars::{Series, figure};
use super::parts::{HEAD, KEY, SHAPE, WORD, WORDS, begin, key, nothing, touch, wide};
use crate::picture::geom::Rect;
use crate::picture::scene::{Builder, Scene};
use crate::picture::style::{Pattern, Role, Style, StyleId};
use crate::picture::text::TableMetrics;
use crate::picture::wrap::wrap;

/// One task. A day that is missing is taken from the other; without both it has no bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    pub name: String,
    pub begin: Option<NaiveDate>,
    pub due: Option<NaiveDate>,
    pub done: Option<NaiveDate>,
    /// 0 to 1.
    pub progress: f64,
    /// What a pointer hears besides the name.
    pub says: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    pub title: String,
    pub bars: Vec<Bar>,
    pub today: NaiveDate,
    pub width: f64,
}

const ROW: f64 = 30.0;
const BAR: f64 = 14.0;
const LINE: f64 = 15.0;
const FOOT: f64 = 12.0;
/// Above the rows: 截至日 and the months.
const AXIS: f64 = 42.0;
/// Names get so much of the width.
const NAMES: f64 = 0.38;
/// Dates further apart than so many days are somebody's slip; the axis ends there.
const FARTHEST: i32 = 366 * 20;

/// The chart as a scene: a group `bar-<n>` for each task answers to the pointer.
pub fn gantt(chart: &Gantt) -> Scene {
    let mut b = Builder::default();
    begin(&mut b, &chart.title);
    match Frame::of(chart) {
        Some(frame) => draw(chart, frame, &mut b),
        None => nothing(&mut b, chart.width),
    }
    b.finish()
}

#[derive(Clone, Copy)]
struct Frame {
    left: f64,
    right: f64,
    top: f64,
    /// Days, counted from the beginning of our era.
    from: i32,
    until: i32,
}

fn number(day: NaiveDate) -> i32 {
    day.num_days_from_ce()
}

impl Bar {
    /// From when to when it is planned.
    fn planned(&self) -> Option<(i32, i32)> {
        let begin = self.begin.or(self.due)?;
        let due = self.due.unwrap_or(begin);
        let (begin, due) = (number(begin), number(due));
        Some((begin.min(due), begin.max(due) + 1))
    }

    /// Days behind its term that it took or takes.
    fn late(&self, today: i32) -> Option<(i32, i32)> {
        let due = number(self.due?) + 1;
        let end = self.done.map_or(today, number) + 1;
        (end > due).then_some((due, end))
    }
}

impl Frame {
    fn of(chart: &Gantt) -> Option<Frame> {
        let today = number(chart.today);
        let planned = chart.bars.iter().filter_map(Bar::planned);
        let late = chart.bars.iter().filter_map(|bar| bar.late(today));
        let mut spans = planned.chain(late);
        let first = spans.next()?;
        let (from, until) = spans.fold(first, |all, one| (all.0.min(one.0), all.1.max(one.1)));
        let (from, until) = (from.max(today - FARTHEST), until.min(today + FARTHEST));
        let until = until.max(from + 7);
        let names = chart.bars.iter().map(|bar| wide(&bar.name)).fold(0.0, f64::max);
        let left = names.min(chart.width * NAMES) + 14.0;
        Some(Frame { left, right: chart.width - 14.0, top: HEAD, from, until })
    }

    fn x(&self, day: i32) -> f64 {
        let part = f64::from(day - self.from) / f64::from(self.until - self.from);
        self.left + (self.right - self.left) * part.clamp(0.0, 1.0)
    }
}

/// Looks of the parts, also in the key.
fn looks() -> [Series; 4] {
    let one = |name: &str, role, pattern| Series {
        name: name.to_string(),
        role,
        pattern,
        values: Vec::new(),
    };
    [
        one("计划", Role::Far, Pattern::None),
        one("进度", Role::Steady, Pattern::None),
        one("已完成", Role::Jade, Pattern::Dots),
        one("逾期", Role::Vermilion, Pattern::Hatch),
    ]
}

fn style(one: &Series) -> Style {
    Style::fill(one.role).textured(one.pattern, Role::Card)
}

fn draw(chart: &Gantt, frame: Frame, b: &mut Builder) {
    let looks = looks();
    let end = key(b, &looks, (HEAD, chart.width), |b, one, x, y| {
        let look = b.style(style(one));
        b.rect(SHAPE, look, Rect::sized(x - 13.0, y - 6.0, 26.0, 12.0), 0.0);
    });
    let frame = &Frame { top: end + AXIS, ..frame };
    let high = chart.bars.len() as f64 * ROW;
    months(frame, high, b);
    let styles = looks.each_ref().map(|one| b.style(style(one)));
    for (at, bar) in chart.bars.iter().enumerate() {
        row(chart, frame, (at, bar), styles, b);
    }
    today(chart, frame, high, b);
    for (at, bar) in chart.bars.iter().enumerate() {
        let place = Rect::sized(0.0, frame.top + at as f64 * ROW, chart.width, ROW);
        let foot = if at + 1 == chart.bars.len() { FOOT } else { 0.0 };
        let place = Rect { y1: place.y1 + foot, ..place };
        touch(b, at, &[&*bar.name, "，", &*bar.says].concat(), place);
    }
}

/// Rules at the first of months, as many as have room for their names.
fn months(frame: &Frame, high: f64, b: &mut Builder) {
    let (rule, word) = (b.style(Style::line(Role::Line, 1.0)), b.style(KEY));
    let Some(begin) = NaiveDate::from_num_days_from_ce_opt(frame.from) else { return };
    let month: f64 = (frame.right - frame.left) / f64::from(frame.until - frame.from) * 30.4;
    let every = [1, 2, 3, 6, 12, 24, 60].into_iter();
    let room = wide("12月") + 14.0;
    let every = every.clone().find(|every| month * f64::from(*every) >= room).unwrap_or(120);
    let months = begin.year() * 12 + begin.month0() as i32;
    let (mut first, mut free) = (true, f64::NEG_INFINITY);
    let mut at = months - months.rem_euclid(every);
    loop {
        let (year, month) = (at.div_euclid(12), at.rem_euclid(12) as u32 + 1);
        let Some(day) = NaiveDate::from_ymd_opt(year, month, 1) else { return };
        let day = number(day);
        if day > frame.until {
            return;
        }
        if day >= frame.from {
            let x = frame.x(day);
            b.line(SHAPE, rule, &[(x, frame.top - 4.0), (x, frame.top + high)]);
            let words = match (month, first) {
                (1, _) => format!("{year}年"),
                (_, true) => format!("{year}年{month}月"),
                _ => format!("{month}月"),
            };
            if x >= free && x + wide(&words) <= frame.right + 14.0 {
                b.text(WORDS, word, x, frame.top - 10.0, &words);
                (first, free) = (false, x + wide(&words) + 10.0);
            }
        }
        at += every;
    }
}

fn row(
    chart: &Gantt,
    frame: &Frame,
    (at, bar): (usize, &Bar),
    [planned, progress, done, late]: [StyleId; 4],
    b: &mut Builder,
) {
    let y = frame.top + at as f64 * ROW;
    name(bar, frame, y, b);
    let y = y + (ROW - BAR) / 2.0;
    let Some((begin, due)) = bar.planned() else { return };
    let (x0, x1) = (frame.x(begin), frame.x(due));
    let long = (x1 - x0).max(4.0);
    b.rect(SHAPE, planned, Rect::sized(x0, y, long, BAR), 0.0);
    let part = if bar.done.is_some() { 1.0 } else { bar.progress.clamp(0.0, 1.0) };
    let look = if bar.done.is_some() { done } else { progress };
    if part > 0.0 {
        b.rect(SHAPE, look, Rect::sized(x0, y, long * part, BAR), 0.0);
    }
    if let Some((from, until)) = bar.late(number(chart.today)) {
        let (from, until) = (frame.x(from), frame.x(until));
        b.rect(SHAPE, late, Rect::sized(from, y + 4.0, (until - from).max(4.0), BAR - 8.0), 0.0);
    }
    if bar.done.is_none() && bar.progress > 0.0 {
        let words = figure((bar.progress * 100.0).round(), "%");
        let words = words.replace(' ', "");
        let inside = long * (1.0 - part) > wide(&words) + 8.0;
        if inside {
            let style = b.style(WORD.haloed());
            b.text(WORDS, style, x0 + long * part + 4.0, y + BAR / 2.0 + 4.7, &words);
        }
    }
}

/// The name in one line or two, to the left of its bar.
fn name(bar: &Bar, frame: &Frame, y: f64, b: &mut Builder) {
    let style = b.style(WORD.end());
    let lines = wrap(&TableMetrics, &bar.name, WORD.font(), frame.left - 14.0 + 1e-6, 2);
    let last = lines.lines.len().saturating_sub(1);
    let first = y + ROW / 2.0 + 4.7 - last as f64 * LINE / 2.0;
    for (at, line) in lines.lines.iter().enumerate() {
        let mut line = (*line).to_owned();
        if lines.cut && at == last {
            line.push('…');
        }
        b.text(WORDS, style, frame.left - 10.0, first + at as f64 * LINE, &line);
    }
}

fn today(chart: &Gantt, frame: &Frame, high: f64, b: &mut Builder) {
    let day = number(chart.today);
    if day < frame.from || day > frame.until {
        return;
    }
    let x = frame.x(day);
    let rule = b.style(Style::line(Role::Ink, 1.5));
    b.line(SHAPE, rule, &[(x, frame.top - 28.0), (x, frame.top + high)]);
    let ends = x + wide("截至日") + 6.0 > chart.width;
    let style = b.style(if ends { WORD.bold().end() } else { WORD.bold() });
    let x = if ends { x - 5.0 } else { x + 5.0 };
    b.text(WORDS, style, x, frame.top - 26.0, "截至日");
}

#[cfg(test)]
mod tests {
    use super::super::parts::looked::{assert_sound, words};
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    fn bar(name: &str, [begin, due, done]: [&str; 3], progress: f64) -> Bar {
        let (begin, due, done) = (day(begin), day(due), day(done));
        Bar { name: name.to_string(), begin, due, done, progress, says: "说明".to_string() }
    }

    fn chart(bars: Vec<Bar>, width: f64) -> Gantt {
        let today = day("2026-11-02").expect("day");
        Gantt { title: "任务进度".to_string(), bars, today, width }
    }

    #[test]
    fn p32_a_gantt_chart_of_any_days_stands_on_its_sheet() {
        let long = "绕镇公路改线两侧房屋征收补偿安置协议签订与旧房拆除清运工作";
        let lists = [
            vec![bar("一天", ["2026-11-02", "2026-11-02", ""], 0.0)],
            vec![bar("过去", ["2019-01-01", "2019-06-30", "2019-06-01"], 1.0)],
            vec![bar("倒过来", ["2026-12-01", "2026-01-01", ""], 0.5)],
            vec![
                bar("很远", ["0001-01-01", "9999-12-31", ""], 2.0),
                bar(long, ["", "2026-10-01", ""], f64::NAN),
            ],
            (0..300)
                .map(|at| {
                    bar(
                        &format!("任务{at}"),
                        ["2026-01-01", "2026-12-31", ""],
                        f64::from(at) / 300.0,
                    )
                })
                .collect(),
        ];
        for bars in lists {
            for width in [280.0, 402.0, 560.0, 1200.0] {
                assert_sound(&gantt(&chart(bars.clone(), width)), width, &bars[0].name);
            }
        }
    }

    #[test]
    fn p32_tasks_without_days_draw_nothing_and_say_so() {
        assert_eq!(words(&gantt(&chart(Vec::new(), 400.0))), ["任务进度", "暂无数据"]);
        let undated = vec![bar("没有期限", ["", "", ""], 0.3)];
        assert_eq!(words(&gantt(&chart(undated, 400.0))), ["任务进度", "暂无数据"]);
    }

    #[test]
    fn p32_what_is_late_runs_on_until_it_is_done_or_to_the_day() {
        let late = |done: &str| {
            let bar = bar("一", ["2026-01-01", "2026-10-01", done], 0.5);
            bar.late(number(day("2026-11-02").expect("day"))).map(|(from, until)| until - from)
        };
        assert_eq!(late(""), Some(32));
        assert_eq!(late("2026-10-05"), Some(4));
        assert_eq!(late("2026-09-05"), None);
    }
}
