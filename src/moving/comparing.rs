//! Goes through a township before and after, and names what differs. Judges nothing and draws nothing.

use rustc_hash::FxHashSet;

use super::compared::{Became, Change, Compared, Figure, Load, Size};
use crate::model::kinds::{Post, Unit};
use crate::model::{Record, RecordId};
use crate::rules::shelf::Shelf;
use crate::rules::staffing::in_force;
use crate::rules::{Links, Staffing};
use crate::sorting::Sorting;

/// What lies between two townships, or two days of one.
pub fn compare((before, after): (&Links, &Links)) -> Compared {
    Compared {
        figures: figures(before, after),
        posts: posts(before, after),
        units: units(before, after),
        loads: loads(before, after),
        sizes: sizes(before, after),
    }
}

fn figures(before: &Links, after: &Links) -> Vec<Figure> {
    let (was, is) = (Staffing::of(before), Staffing::of(after));
    let figure = |label, before, after| Figure { label, before, after };
    vec![
        figure("机构", before.units.all().len(), after.units.all().len()),
        figure("岗位", was.posts, is.posts),
        figure("空缺岗位", was.vacant_posts, is.vacant_posts),
        figure("在岗（占编）", was.in_post, is.in_post),
        figure("没有岗位的人", idle(before), idle(after)),
    ]
}

fn idle(links: &Links) -> usize {
    let of_force = |person: &&_| in_force(person);
    let people = links.people.all().iter().filter(of_force);
    people.filter(|person| links.seats_of(&person.id).is_empty()).count()
}

/// Ids of both shelves, each once: those of the later one first.
fn ids<K: Record>(before: &Shelf<K>, after: &Shelf<K>) -> Vec<RecordId> {
    let there: FxHashSet<&str> = after.all().iter().map(|record| record.id().as_str()).collect();
    let gone = before.all().iter().filter(|record| !there.contains(record.id().as_str()));
    after.all().iter().chain(gone).map(|record| record.id().clone()).collect()
}

fn posts(before: &Links, after: &Links) -> Vec<Change> {
    let mut found = Vec::new();
    for id in ids(&before.posts, &after.posts) {
        let (was, is) = (before.posts.get(id.as_str()), after.posts.get(id.as_str()));
        match (was, is) {
            (Some(was), Some(is)) => post_changes(before, after, (was, is), &mut found),
            (None, Some(is)) => found.push(Change {
                became: Became::New,
                name: after.post_name(is),
                before: String::new(),
                after: holders(after, &id),
                id,
            }),
            (Some(was), None) => found.push(Change {
                became: Became::Ended,
                name: before.post_name(was),
                before: holders(before, &id),
                after: String::new(),
                id,
            }),
            (None, None) => {}
        }
    }
    found
}

fn post_changes(before: &Links, after: &Links, (was, is): (&Post, &Post), found: &mut Vec<Change>) {
    let mut push = |became: Became, before: String, now: String| {
        if before != now {
            let (id, name) = (is.id.clone(), after.post_name(is));
            found.push(Change { id, became, name, before, after: now });
        }
    };
    push(Became::Moved, unit_of(before, was), unit_of(after, is));
    push(Became::Seated, holders(before, &was.id), holders(after, &is.id));
    push(Became::Renamed, was.title.to_string(), is.title.to_string());
}

fn unit_of(links: &Links, post: &Post) -> String {
    links
        .units
        .find(post.unit.as_ref())
        .map_or_else(|| "未归入机构".into(), |unit| unit.name.to_string())
}

/// `A岗 王小满、B岗 李白露`, or 空缺.
fn holders(links: &Links, post: &RecordId) -> String {
    let seats = links.holders(post);
    let mut said: Vec<String> =
        seats.iter().map(|seat| [seat.role.label(), " ", &*seat.person.name].concat()).collect();
    said.arrange(Ord::cmp);
    if said.is_empty() { "空缺".to_string() } else { said.join("、") }
}

fn units(before: &Links, after: &Links) -> Vec<Change> {
    let mut found = Vec::new();
    for id in ids(&before.units, &after.units) {
        let (was, is) = (before.units.get(id.as_str()), after.units.get(id.as_str()));
        let mut push = |unit: &Unit, became: Became, before: String, now: String| {
            if before != now {
                let (id, name) = (id.clone(), unit.name.to_string());
                found.push(Change { id, became, name, before, after: now });
            }
        };
        match (was, is) {
            (Some(was), Some(is)) => {
                push(is, Became::Moved, above(before, was), above(after, is));
                push(is, Became::Renamed, was.name.to_string(), is.name.to_string());
            }
            (None, Some(is)) => push(is, Became::New, String::new(), above(after, is)),
            (Some(was), None) => push(was, Became::Ended, above(before, was), String::new()),
            (None, None) => {}
        }
    }
    found
}

/// Who leads a unit and what it is part of.
fn above(links: &Links, unit: &Unit) -> String {
    let part = links.unit_above(&unit.id).map_or("党委", |above| &above.name);
    match links.posts.find(unit.led_by.as_ref()) {
        Some(leader) => [part, "，", &leader.title, "分管"].concat(),
        None => part.to_string(),
    }
}

fn loads(before: &Links, after: &Links) -> Vec<Load> {
    let mut found = Vec::new();
    for id in ids(&before.people, &after.people) {
        let posts = (posts_of(before, &id), posts_of(after, &id));
        let duties = (before.load_of(&id), after.load_of(&id));
        if posts.0 == posts.1 && duties.0 == duties.1 {
            continue;
        }
        let person = after.people.get(id.as_str()).or_else(|| before.people.get(id.as_str()));
        let name = person.map_or_else(String::new, |person| person.name.to_string());
        found.push(Load { id, name, posts, duties });
    }
    found.arrange_by(|load| std::cmp::Reverse(load.duties.0.abs_diff(load.duties.1)));
    found
}

fn posts_of(links: &Links, person: &RecordId) -> String {
    let seats = links.seats_of(person);
    let mut said: Vec<String> = seats
        .iter()
        .map(|seat| [&links.post_name(seat.post), " ", seat.role.label()].concat())
        .collect();
    said.arrange(Ord::cmp);
    if said.is_empty() { "没有岗位".to_string() } else { said.join("、") }
}

fn sizes(before: &Links, after: &Links) -> Vec<Size> {
    let size = |links: &Links, id: &RecordId| {
        let posts = links.posts_in(id);
        let vacant = posts.iter().filter(|post| links.is_vacant(&post.id)).count();
        (posts.len(), vacant)
    };
    let mut found = Vec::new();
    for id in ids(&before.units, &after.units) {
        let (was, is) = (size(before, &id), size(after, &id));
        if was == is {
            continue;
        }
        let unit = after.units.get(id.as_str()).or_else(|| before.units.get(id.as_str()));
        let name = unit.map_or_else(String::new, |unit| unit.name.to_string());
        found.push(Size { id, name, posts: (was.0, is.0), vacant: (was.1, is.1) });
    }
    found
}
