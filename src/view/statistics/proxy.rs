//! 代办 (XM-17): errands of each point and for whom they were run, in time or late against the hours the township promises.
//! Counts only.

use super::{Behind, Column, Group, Shape, Statistic, behind, column, each_of};
use crate::model::kinds::proxy_job::Client;
use crate::model::kinds::{ProxyJob, ProxyPoint};
use crate::model::{Day, RecordId};
use crate::picture::style::{Pattern, Role};
use crate::rules::Links;
use crate::rules::proxy::{Errand, Promise};

const IN_TIME: Column = column("按时办结", Role::Jade, Pattern::None);
const LATE: Column = column("超时", Role::Amber, Pattern::Hatch);
const GOING: Column = column("在办", Role::Steady, Pattern::Dots);

/// An errand that was taken, and how it stands.
type Run = (ProxyJob, Errand);

pub fn all(day: &Day, links: &Links) -> [Statistic; 2] {
    let promise = Promise::of(links);
    let run = |job: ProxyJob| promise.errand(&job, day.day).map(|errand| (job, errand));
    let runs: Vec<Run> = day.all::<ProxyJob>().into_iter().filter_map(run).collect();
    [of_points(&runs, links), of_clients(&runs)]
}

fn of_points(runs: &[Run], links: &Links) -> Statistic {
    let points = links.points_by_village();
    let known = |id: &RecordId| points.iter().any(|point| point.id == *id);
    let at =
        |job: &ProxyJob| job.point.as_ref().map(|point| point.id.clone()).filter(|id| known(id));
    let of = |point: &&ProxyPoint| {
        group(&point.name, runs.iter().filter(|(job, _)| at(job).as_ref() == Some(&point.id)))
    };
    let mut groups: Vec<Group> = points.iter().map(of).collect();
    let without = group("未填代办点", runs.iter().filter(|(job, _)| at(job).is_none()));
    if !without.behind.is_empty() {
        groups.push(without);
    }
    // A point nobody has come to is part of the picture; a township without errands has none.
    if runs.is_empty() {
        groups.clear();
    }
    statistic("proxy-points", "各代办点办件", groups)
}

fn of_clients(runs: &[Run]) -> Statistic {
    let of = |client: Option<Client>, label: &str| {
        group(label, runs.iter().filter(|(job, _)| job.client == client))
    };
    statistic("proxy-clients", "为谁代办", each_of(Client::ALL, Client::label, "未填", of))
}

fn group<'a>(label: &str, runs: impl Iterator<Item = &'a Run>) -> Group {
    let mut counts = vec![0.0; 3];
    let mut records: Vec<Behind> = Vec::new();
    for (job, errand) in runs {
        counts[stand(errand)] += 1.0;
        records.push(behind(job, &job.subject));
    }
    Group { label: label.to_string(), values: counts, behind: records }
}

/// Where an errand counts: late is late, done or not.
fn stand(errand: &Errand) -> usize {
    match (errand.late, errand.done) {
        (true, _) => 1,
        (false, true) => 0,
        (false, false) => 2,
    }
}

fn statistic(id: &'static str, title: &'static str, groups: Vec<Group>) -> Statistic {
    Statistic {
        id,
        title,
        unit: "件",
        shape: Shape::Bars,
        columns: vec![IN_TIME, LATE, GOING],
        groups,
    }
}
