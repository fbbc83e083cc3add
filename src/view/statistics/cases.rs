//! 诉求案件 (YC-21): how far each came from 受理 to 回访 and where it waits, month by month, and how it ended with the rate of
//! success. Counts only.

use super::tasks::month_ends;
use super::{Behind, Column, Group, Shape, Statistic, behind, column};
use crate::model::kinds::Case;
use crate::model::kinds::case::CaseOutcome;
use crate::model::{Date, Day};
use crate::picture::plot::Scale;
use crate::picture::style::{Pattern, Role};

const ARRIVED: Column = column("走到这一步", Role::Steady, Pattern::None);
const WAITS: Column = column("停在这一步", Role::Amber, Pattern::Hatch);

pub fn all(day: &Day) -> [Statistic; 3] {
    // What was taken in later is not known yet on the day.
    let known = |case: &Case| case.accepted.is_none_or(|accepted| accepted <= day.day);
    let cases: Vec<Case> = day.all::<Case>().into_iter().filter(known).collect();
    [flow(&cases, day.day), months(&cases, day.day), outcomes(&cases)]
}

fn said(case: &Case) -> Behind {
    behind(case, &case.subject)
}

/// The step a case has come to by a day: 0 受理, 3 回访. A later step counts without those before it.
fn step(case: &Case, day: Date) -> usize {
    let steps = [case.assigned, case.closed, case.visited];
    steps.iter().rposition(|at| at.is_some_and(|at| at <= day)).map_or(0, |at| at + 1)
}

fn flow(cases: &[Case], day: Date) -> Statistic {
    let group = |(at, label): (usize, &str)| {
        let arrived = cases.iter().filter(|case| step(case, day) >= at).count();
        let waits: Vec<&Case> = cases.iter().filter(|case| step(case, day) == at).collect();
        Group {
            label: label.to_string(),
            values: vec![arrived as f64, waits.len() as f64],
            behind: waits.into_iter().map(said).collect(),
        }
    };
    Statistic {
        id: "flow",
        title: "诉求案件办理流程",
        unit: "件",
        shape: Shape::Bars,
        columns: vec![ARRIVED, WAITS],
        groups: ["受理", "分办", "办结", "回访"].into_iter().enumerate().map(group).collect(),
    }
}

fn months(cases: &[Case], day: Date) -> Statistic {
    let first = cases.iter().filter_map(|case| case.accepted).min();
    let ends = first.map_or_else(Vec::new, |first| month_ends(first, day));
    let group = |end: &Date| {
        let within = |at: Option<Date>| {
            at.is_some_and(|at| {
                at <= day && at.format("%Y%m").to_string() == end.format("%Y%m").to_string()
            })
        };
        let came: Vec<&Case> = cases.iter().filter(|case| within(case.accepted)).collect();
        let closed = cases.iter().filter(|case| within(case.closed)).count();
        Group {
            label: end.format("%Y-%m").to_string(),
            values: vec![came.len() as f64, closed as f64],
            behind: came.into_iter().map(said).collect(),
        }
    };
    Statistic {
        id: "case-months",
        title: "每月受理和办结",
        unit: "件",
        shape: Shape::Lines(Scale::Amounts),
        columns: vec![
            column("受理", Role::Steady, Pattern::None),
            column("办结", Role::Jade, Pattern::Hatch),
        ],
        groups: ends.iter().map(group).collect(),
    }
}

fn outcomes(cases: &[Case]) -> Statistic {
    let group = |(outcome, label): (Option<CaseOutcome>, &str)| {
        let behind: Vec<Behind> =
            cases.iter().filter(|case| case.outcome == outcome).map(said).collect();
        Group { label: label.to_string(), values: vec![behind.len() as f64], behind }
    };
    let mut groups: Vec<(Option<CaseOutcome>, &str)> =
        CaseOutcome::ALL.iter().map(|outcome| (Some(*outcome), outcome.label())).collect();
    groups.push((None, "还没有结果"));
    Statistic {
        id: "outcomes",
        title: "诉求案件办理结果",
        unit: "件",
        shape: Shape::Bars,
        columns: vec![column("案件", Role::Jade, Pattern::Dots)],
        groups: groups.into_iter().map(group).collect(),
    }
}
