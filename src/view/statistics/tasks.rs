//! Tasks over time (QJ-12): a line each in a Gantt chart, how many are done against how many were due month by month, and how
//! they stand. Counts what is registered; judges nobody.

use std::borrow::Cow;

use chrono::Months;

use super::{Behind, Column, Group, Shape, Statistic, behind, column, number};
use crate::model::Date;
use crate::model::kinds::Task;
use crate::picture::plot::Scale;
use crate::picture::style::{Pattern, Role};
use crate::rules::work::{Stand, Work};
use crate::sorting::Sorting;

/// Tasks a Gantt chart shows; the others are in the list.
const MOST: usize = 40;
/// Months of a burn-up.
const MONTHS: usize = 36;

pub fn all(work: &Work) -> [Statistic; 3] {
    [stands(work), terms(work), burn_up(work)]
}

fn said(task: &Task) -> Behind {
    behind(task, &task.name)
}

/// 任务统计 (QJ-12): 发布 is done and running and late and not begun.
fn stands(work: &Work) -> Statistic {
    let word = |task: &Task| match Stand::of(task, work.day) {
        Stand::Done => "已完成",
        Stand::Running => "实施中",
        Stand::Late(_) => "逾期",
        Stand::Waiting => "未开始",
    };
    let group = |label: &str| {
        let tasks = work.tasks.all().iter().filter(|task| word(task) == label);
        let behind: Vec<Behind> = tasks.map(said).collect();
        Group { label: label.to_string(), values: vec![behind.len() as f64], behind }
    };
    Statistic {
        id: "tasks",
        title: "任务统计",
        unit: "项",
        shape: Shape::Bars,
        columns: vec![column("任务", Role::Steady, Pattern::None)],
        groups: ["已完成", "实施中", "逾期", "未开始"].map(group).to_vec(),
    }
}

/// 任务进度: those still open first, by their term.
fn terms(work: &Work) -> Statistic {
    let dated = |task: &&Task| task.begin.or(task.due).is_some();
    let mut tasks: Vec<&Task> = work.tasks.all().iter().filter(dated).collect();
    let rank = |task: &Task| {
        let done = Stand::of(task, work.day) == Stand::Done;
        (done, task.due.or(task.begin), task.id.clone())
    };
    tasks.arrange_by(|task| rank(task));
    tasks.truncate(MOST);
    tasks.arrange_by(|task| (task.begin.or(task.due), task.due, task.id.clone()));
    let group = |task: &&Task| Group {
        label: task.name.to_string(),
        values: vec![
            number(task.begin),
            number(task.due),
            number(task.done.filter(|done| *done <= work.day)),
            task.progress.map_or(f64::NAN, |part| part as f64),
        ],
        behind: vec![said(task)],
    };
    let name = |name: &'static str| column(name, Role::Steady, Pattern::None);
    Statistic {
        id: "gantt",
        title: "任务进度",
        unit: "",
        shape: Shape::Gantt(work.day),
        columns: vec![name("开始"), name("期限"), name("完成"), name("进度")],
        groups: tasks.iter().map(group).collect(),
    }
}

/// 累计完成 month by month: how many were to be done by then, how many were.
fn burn_up(work: &Work) -> Statistic {
    let tasks: Vec<&Task> = work.tasks.all().iter().filter(|task| task.due.is_some()).collect();
    let days = tasks.iter().flat_map(|task| [task.due, task.done]).flatten();
    let first = days.clone().min();
    let last = days.max().map(|last| last.max(work.day));
    let ends = first.zip(last).map_or_else(Vec::new, |(first, last)| month_ends(first, last));
    let group = |end: &Date| {
        let by = |day: Option<Date>| day.is_some_and(|day| day <= *end);
        let due = tasks.iter().filter(|task| by(task.due)).count() as f64;
        let done: Vec<&&Task> = tasks.iter().filter(|task| by(task.done)).collect();
        // What has not come yet is not known.
        let begun = month_begin(*end) <= work.day;
        let known = if begun { done.len() as f64 } else { f64::NAN };
        Group {
            label: end.format("%Y-%m").to_string(),
            values: vec![due, known],
            behind: if begun {
                done.into_iter().map(|task| said(task)).collect()
            } else {
                Vec::new()
            },
        }
    };
    Statistic {
        id: "burn-up",
        title: "任务累计完成",
        unit: "项",
        shape: Shape::Lines(Scale::Amounts),
        columns: vec![
            Column {
                name: Cow::Borrowed("到期应完成"),
                role: Role::Quiet,
                pattern: Pattern::Hatch,
            },
            Column {
                name: Cow::Borrowed("实际完成"), role: Role::Steady, pattern: Pattern::None
            },
        ],
        groups: ends.iter().map(group).collect(),
    }
}

fn month_begin(day: Date) -> Date {
    use chrono::Datelike;
    day.with_day(1).unwrap_or(day)
}

/// The last days of the months between two days, the newest where there are too many.
pub(super) fn month_ends(first: Date, last: Date) -> Vec<Date> {
    let mut ends = Vec::new();
    let mut begin = month_begin(last);
    while ends.len() < MONTHS && begin >= month_begin(first) {
        let next = begin.checked_add_months(Months::new(1));
        ends.extend(next.and_then(|next| next.pred_opt()));
        let Some(before) = begin.checked_sub_months(Months::new(1)) else { break };
        begin = before;
    }
    ends.reverse();
    ends
}
