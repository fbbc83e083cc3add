//! A matter's card (办事指南): who may, what to bring, how it goes, how long, what it costs, who can go for you.
//! Says what the record says; a section that says nothing is not there.

use super::papers::{Paper, papers, unnumbered};
use super::steps::{Step, steps};
use super::whom::name;
use crate::model::kinds::{Matter, ProxyPoint};
use crate::rules::Links;

/// What a matter's record says beyond where and whom.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Guide {
    /// 谁能办, a condition a line.
    pub condition: Vec<String>,
    pub papers: Vec<Paper>,
    pub steps: Vec<Step>,
    /// 多久: promised, then legal.
    pub time: String,
    pub fee: String,
    pub proxy: String,
    pub online: String,
    pub department: String,
    /// Whether somebody else may go for you.
    pub sent: bool,
}

/// 代办点 as an answer names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Point {
    pub name: String,
    pub place: String,
    pub hours: String,
    pub phone: String,
    /// 代办员, where the reader may see the name.
    pub agent: Option<String>,
}

impl Guide {
    pub fn of(matter: &Matter) -> Guide {
        let conditions = matter.condition.lines().map(unnumbered).filter(|line| !line.is_empty());
        Guide {
            condition: conditions.map(String::from).collect(),
            papers: papers(&matter.materials),
            steps: steps(&matter.steps),
            time: time_limits(matter),
            fee: matter.fee.trim().to_string(),
            proxy: matter.proxy.trim().to_string(),
            online: matter.online.trim().to_string(),
            department: matter.department.trim().to_string(),
            sent: may_be_sent(matter),
        }
    }
}

/// Whether the record says that somebody else may go.
fn may_be_sent(matter: &Matter) -> bool {
    let words = matter.proxy.trim();
    words.starts_with('可') || words.starts_with('能')
}

/// All points, by the name of the village.
pub fn points(links: &Links, names: bool) -> Vec<Point> {
    links.points_by_village().into_iter().map(|at| point(at, links, names)).collect()
}

pub(super) fn point(point: &ProxyPoint, links: &Links, names: bool) -> Point {
    let village = links.villages.find(point.village.as_ref());
    let place = match (point.place.is_empty(), village) {
        (true, Some(village)) => village.place.to_string(),
        _ => point.place.to_string(),
    };
    let agent = links.people.find(point.agent.as_ref());
    Point {
        name: point.name.to_string(),
        place,
        hours: point.hours.to_string(),
        phone: point.phone.to_string(),
        agent: agent.and_then(|agent| name(agent, names)),
    }
}

fn time_limits(matter: &Matter) -> String {
    let days = |word: &str, days: Option<i64>| {
        days.map(|days| match days {
            0 => format!("{word}当场办结"),
            days => format!("{word} {days} 个工作日"),
        })
    };
    let limits = [days("承诺", matter.promise_days), days("法定", matter.legal_days)];
    limits.into_iter().flatten().collect::<Vec<_>>().join("，")
}
