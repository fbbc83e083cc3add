//! 代办 (XM-17): every point has an agent, every errand is done within the hours the township promises.

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use super::service_time::{Moment, ServiceHours};
use crate::model::check::read_clock;
use crate::model::kinds::{ProxyJob, ProxyPoint};
use crate::model::{Date, Day};

/// The promise of XM-17, hours.
const PROMISED: i64 = 4;

/// How an errand stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Minutes of service from taking it to handing it back, or to the beginning of the day.
    pub minutes: u32,
    pub done: bool,
    pub late: bool,
}

/// What a township promises.
pub struct Promise {
    hours: ServiceHours,
    pub minutes: u32,
}

impl Promise {
    pub fn of(links: &Links) -> Promise {
        let town = links.town.as_ref();
        let promised = town.and_then(|town| town.proxy_hours).unwrap_or(PROMISED);
        Promise {
            hours: ServiceHours::read(town.map_or("", |town| &town.hall_hours)),
            minutes: (promised.clamp(1, 1_000) * 60) as u32,
        }
    }

    /// `None` for what was not taken yet. Without times of day an errand of one day counts as in time.
    pub fn errand(&self, job: &ProxyJob, day: Date) -> Option<Errand> {
        let accepted = job.accepted.filter(|accepted| *accepted <= day)?;
        let done = job.done.filter(|done| *done <= day);
        let from: Moment = (accepted, read_clock(&job.accepted_at).unwrap_or(24 * 60));
        let to: Moment = match done {
            Some(done) => (done, read_clock(&job.done_at).unwrap_or(0)),
            None => (day, 0),
        };
        let minutes = self.hours.between(from, to);
        Some(Errand { minutes, done: done.is_some(), late: minutes > self.minutes })
    }
}

pub(super) fn check(day: &Day, links: &Links, found: &mut Vec<Finding>) {
    for point in links.proxy_points.all() {
        check_agent(links, point, found);
    }
    let promise = Promise::of(links);
    for job in day.all::<ProxyJob>() {
        check_errand(&promise, &job, day.day, found);
    }
}

fn check_agent(links: &Links, point: &ProxyPoint, found: &mut Vec<Finding>) {
    if links.people.find(point.agent.as_ref()).is_none() {
        let sentence = format!("代办点“{}”没有写代办员，请选定。", point.name);
        found.push(Finding::new(Rule::ProxyAgent, Severity::Warning, point, "agent", sentence));
    }
}

fn check_errand(promise: &Promise, job: &ProxyJob, day: Date, found: &mut Vec<Finding>) {
    let Some(errand) = promise.errand(job, day).filter(|errand| errand.late) else { return };
    let (took, promised) = (duration(errand.minutes), duration(promise.minutes));
    let (severity, sentence) = match errand.done {
        true => (Severity::Note, format!("“{}”办了 {took}，超过承诺的 {promised}。", job.subject)),
        false => (
            Severity::Warning,
            format!("“{}”受理已 {took}还没有办结，超过承诺的 {promised}，请尽快办。", job.subject),
        ),
    };
    found.push(Finding::new(Rule::ProxyLate, severity, job, "done", sentence));
}

/// `3 小时 20 分钟`
pub fn duration(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} 分钟"),
        (hours, 0) => format!("{hours} 小时"),
        (hours, minutes) => format!("{hours} 小时 {minutes} 分钟"),
    }
}
