//! Posts and duties: 事事有人管、岗岗有明责 (YC-09), tasks of vanguard posts, seats filled.

use rustc_hash::FxHashSet;

use super::finding::{Finding, Rule, Severity};
use super::links::{Links, Seat};
use super::presence::away;
use crate::model::kinds::duty::DutyList;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::post::Track;
use crate::model::kinds::{Duty, Post};
use crate::model::value::short_day;

pub(super) fn check(links: &Links, found: &mut Vec<Finding>) {
    for duty in links.duties.all() {
        check_duty(links, duty, found);
    }
    for post in links.posts.all() {
        let name = links.post_name(post);
        check_work(links, post, &name, found);
        check_task(post, &name, found);
        if !links.holdings.all().is_empty() {
            check_seats(links, post, &name, found);
            check_away(links, post, &name, found);
        }
    }
    check_holdings(links, found);
    check_twins(links, found);
}

fn check_duty(links: &Links, duty: &Duty, found: &mut Vec<Finding>) {
    let name = &duty.name;
    if duty.list == Some(DutyList::Recalled) {
        let posts = links.posts_for(&duty.id);
        if let Some((post, _)) = posts.first() {
            let post = links.post_name(post);
            let sentence =
                format!("“{name}”已由上级部门收回，岗位“{post}”仍在承担，请结束这条对应关系。");
            found.push(Finding::new(
                Rule::RecalledLinked,
                Severity::Warning,
                duty,
                "list",
                sentence,
            ));
        }
    } else if !links.is_led(&duty.id) {
        let basic = duty.list == Some(DutyList::Basic);
        let severity = if basic { Severity::Error } else { Severity::Warning };
        let list = duty.list.map_or("工作事项", DutyList::label);
        let sentence = format!("{list}“{name}”没有主责岗位，请指定由哪个岗位主责。");
        found.push(Finding::new(Rule::DutyLead, severity, duty, "name", sentence));
    }
}

/// Who is away leaves somebody behind (LX-12).
fn check_away(links: &Links, post: &Post, name: &str, found: &mut Vec<Finding>) {
    let Some(day) = links.day else { return };
    let seats = links.holders(&post.id);
    let Some(seat) = seats.iter().find(|seat| seat.role == HoldRole::Primary) else { return };
    let gone = |seat: &&Seat| away(seat.person, day).is_some();
    let Some(absence) = away(seat.person, day) else { return };
    if seats.iter().any(|seat| !gone(&seat)) {
        return;
    }
    let until = absence.until.map(|day| format!("到{}", short_day(day))).unwrap_or_default();
    let backup = seats.iter().any(|seat| seat.role == HoldRole::Backup);
    let why = if backup { "B岗也不在" } else { "没有B岗" };
    let sentence =
        format!("岗位“{name}”的 {} 外出{until}，{why}，请安排人顶岗。", seat.person.name);
    found.push(Finding::new(Rule::PostAway, Severity::Warning, post, "title", sentence));
}

fn check_work(links: &Links, post: &Post, name: &str, found: &mut Vec<Finding>) {
    if !links.duties_of(&post.id).is_empty() {
        return;
    }
    let (severity, sentence) = if post.duties.is_empty() {
        (Severity::Error, format!("岗位“{name}”没有履职事项，请对应到清单中的事项。"))
    } else {
        let sentence = format!("岗位“{name}”的职责只有文字，还没有对应到履职事项清单。");
        (Severity::Warning, sentence)
    };
    found.push(Finding::new(Rule::PostDuty, severity, post, "duties", sentence));
}

/// A vanguard post has a start, an end and a key task (YC-08); a special one has a task (ZJ-07).
fn check_task(post: &Post, name: &str, found: &mut Vec<Finding>) {
    let vanguard = post.track == Some(Track::Vanguard);
    if !vanguard && post.track != Some(Track::Special) {
        return;
    }
    let mut report = |field, what| {
        let sentence = format!("岗位“{name}”没有写明{what}，请补上。");
        found.push(Finding::new(Rule::TaskPost, Severity::Warning, post, field, sentence));
    };
    if post.key_task.is_empty() {
        report("key_task", "关联重点任务");
    }
    if vanguard && post.since.is_none() {
        report("since", "开始日期");
    }
    if vanguard && post.until.is_none() {
        report("until", "结束日期");
    }
}

fn check_seats(links: &Links, post: &Post, name: &str, found: &mut Vec<Finding>) {
    let holders = links.holders(&post.id);
    let primary = holders.iter().filter(|seat| seat.role == HoldRole::Primary).count();
    let backup = holders.len() - primary;
    let seats = post.seats.unwrap_or(1);
    if primary == 0 {
        let stands_in = holders.first().map(|seat| &seat.person.name);
        let sentence = match stands_in {
            Some(person) => format!("岗位“{name}”A岗空缺，现由B岗{person}顶岗，请安排人员。"),
            None => format!("岗位“{name}”空缺，也没有B岗，请安排人员。"),
        };
        found.push(Finding::new(Rule::PostVacant, Severity::Warning, post, "title", sentence));
    } else if backup == 0 && primary < 2 {
        let sentence = format!("岗位“{name}”只有一人，没有B岗，请假时无人顶岗。");
        found.push(Finding::new(Rule::PostNoBackup, Severity::Note, post, "title", sentence));
    }
    if primary as i64 > seats {
        let sentence = format!("岗位“{name}”定员{seats}人，A岗有{primary}人，请核对。");
        found.push(Finding::new(Rule::PostOverfull, Severity::Warning, post, "seats", sentence));
    }
}

/// A table of posts alone says nothing of vacancies: one note, not one a post.
fn check_holdings(links: &Links, found: &mut Vec<Finding>) {
    let posts = links.posts.all();
    if let Some(first) = posts.first().filter(|_| links.holdings.all().is_empty()) {
        let count = posts.len();
        let sentence = format!("{count}个岗位都还没有登记任职，登记后才能检查空岗和B岗。");
        found.push(Finding::new(Rule::PostVacant, Severity::Note, first, "title", sentence));
    }
}

fn check_twins(links: &Links, found: &mut Vec<Finding>) {
    let mut seen: FxHashSet<(Option<&str>, &str)> = FxHashSet::default();
    for post in links.posts.all() {
        let unit = post.unit.as_ref().map(|unit| unit.id.as_str());
        if !seen.insert((unit, &post.title)) {
            let name = links.post_name(post);
            let sentence = format!("岗位“{name}”与同一机构的另一个岗位重名，请改名或合并。");
            found.push(Finding::new(Rule::PostTwin, Severity::Note, post, "title", sentence));
        }
    }
}
