//! People: everyone in the force has a post, one main post at most, secondments are in order.

use super::finding::{Finding, Rule, Severity};
use super::links::Links;
use super::staffing::in_force;
use crate::model::kinds::Person;
use crate::model::kinds::person::StaffIdentity;

pub(super) fn check(links: &Links, found: &mut Vec<Finding>) {
    for person in links.people.all() {
        check_posts(links, person, found);
        check_secondment(person, found);
    }
}

fn check_posts(links: &Links, person: &Person, found: &mut Vec<Finding>) {
    let (seats, name) = (links.seats_of(&person.id), &person.name);
    if seats.is_empty() && in_force(person) {
        let sentence = format!("{name}没有岗位，请安排岗位，或结束这条人员记录。");
        found.push(Finding::new(Rule::PersonNoPost, Severity::Warning, person, "name", sentence));
    }
    let main: Vec<String> = seats
        .iter()
        .filter(|seat| seat.holding.main)
        .map(|seat| links.post_name(seat.post))
        .collect();
    if main.len() > 1 {
        let posts = main.join("、");
        let sentence = format!("{name}有{}个主要岗位（{posts}），请只保留一个。", main.len());
        found.push(Finding::new(Rule::MainTwice, Severity::Error, person, "name", sentence));
    }
}

/// 借调 and 派驻: where from, until when, and not on the township's own quota (LX-07, ZJ-17).
fn check_secondment(person: &Person, found: &mut Vec<Finding>) {
    let seconded = person.identity == Some(StaffIdentity::Seconded);
    if !seconded && person.identity != Some(StaffIdentity::Stationed) {
        return;
    }
    let (name, label) = (&person.name, if seconded { "借调" } else { "派驻" });
    let mut report = |severity, field, sentence| {
        found.push(Finding::new(Rule::Secondment, severity, person, field, sentence));
    };
    if person.from.is_empty() {
        let sentence = format!("{label}人员{name}没有写明派出单位，请补上。");
        report(Severity::Warning, "from", sentence);
    }
    if seconded && person.until.is_none() {
        let sentence = format!("借调人员{name}没有写明借调期限，请补上结束日期。");
        report(Severity::Warning, "until", sentence);
    }
    if seconded && person.on_quota {
        let sentence = format!("借调人员{name}勾了占本镇编制，借调人员的编制在派出单位，请核对。");
        report(Severity::Warning, "on_quota", sentence);
    }
}
