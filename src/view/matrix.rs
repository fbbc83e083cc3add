//! 职责岗位对照 (YC-09): every duty that is the township's, under its class, beside every post, under its unit.
//! Draws nothing.

use rustc_hash::FxHashMap;

use super::group_id;
use crate::model::kinds::duty::DutyList;
use crate::model::kinds::duty_link::DutyRole;
use crate::model::kinds::{Duty, Post};
use crate::picture::matrix::{Line, Matrix, Meeting};
use crate::rules::Links;
use crate::rules::links::short_name;
use crate::sorting::Sorting;

/// Duties that were handed back have no post.
pub fn matrix(links: &Links) -> Matrix {
    let duties = duties(links);
    let posts = posts(links, &duties);
    let place: FxHashMap<&str, usize> =
        posts.iter().enumerate().map(|(at, post)| (post.id.as_str(), at)).collect();
    let mut meetings = Vec::new();
    for (row, duty) in duties.iter().enumerate() {
        for (post, link) in links.posts_for(&duty.id) {
            if let Some(column) = place.get(post.id.as_str()) {
                let leads = link.role == Some(DutyRole::Lead);
                meetings.push(Meeting { row, column: *column, leads });
            }
        }
    }
    let row = |duty: &&Duty| Line {
        id: group_id("duty", &duty.id),
        label: duty.name.to_string(),
        heading: if duty.class.is_empty() { "未分类".into() } else { duty.class.to_string() },
    };
    let column = |post: &&Post| Line {
        id: group_id("post", &post.id),
        label: post.title.to_string(),
        heading: unit_of(links, post),
    };
    let (rows, columns) = (duties.iter().map(row).collect(), posts.iter().map(column).collect());
    Matrix { rows, columns, meetings }
}

/// By class, in the order in which classes first come in the list.
fn duties(links: &Links) -> Vec<&Duty> {
    let own = links.duties.all().iter().filter(|duty| duty.list != Some(DutyList::Recalled));
    let mut duties: Vec<&Duty> = own.collect();
    duties.arrange_by(|duty| (duty.no.unwrap_or(i64::MAX), duty.id.clone()));
    let mut classes: FxHashMap<&str, usize> = FxHashMap::default();
    for duty in &duties {
        let next = classes.len();
        classes.entry(&duty.class).or_insert(next);
    }
    duties.arrange_by(|duty| classes.get(&*duty.class).copied());
    duties
}

/// Posts that do any of these duties, unit by unit.
fn posts<'a>(links: &'a Links, duties: &[&Duty]) -> Vec<&'a Post> {
    let mut doing: FxHashMap<&str, &Post> = FxHashMap::default();
    for duty in duties {
        doing.extend(
            links.posts_for(&duty.id).into_iter().map(|(post, _)| (post.id.as_str(), post)),
        );
    }
    let mut posts: Vec<&Post> =
        links.posts.all().iter().filter(|post| doing.contains_key(post.id.as_str())).collect();
    posts.arrange_by(|post| {
        let unit = links.units.find(post.unit.as_ref());
        let unit = unit.map(|unit| (unit.no.unwrap_or(i64::MAX), unit.id.clone()));
        (unit.is_none(), unit, post.no.unwrap_or(i64::MAX), post.id.clone())
    });
    posts
}

fn unit_of(links: &Links, post: &Post) -> String {
    let unit = links.units.find(post.unit.as_ref());
    unit.map_or("未归入机构", short_name).to_string()
}
