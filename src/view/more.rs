//! What cards of the chart show besides title and holders, as somebody asks for it: identity, number of duties, load, band of
//! the newest review, what is to be mended. Changes cards that are there; draws nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::chart::CardMore;
use super::record_of;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Person, Post, Review};
use crate::model::{Record, RecordId, schema};
use crate::picture::chart::{ChartInput, ChartNode, Form, Kind, Mark, Portrait};
use crate::rules::Links;
use crate::rules::band::Band;
use crate::rules::finding::{Finding, Severity};
use crate::rules::review::{Term, newest};

/// Cards as they are asked for.
pub fn asked(
    input: &mut ChartInput,
    links: &Links,
    (findings, reviews): (&[Finding], &[Review]),
    list: &[CardMore],
) {
    let shows = |more| list.contains(&more);
    let scores = if shows(CardMore::Score) { newest(reviews) } else { BTreeMap::new() };
    let open = if shows(CardMore::Findings) { counted(findings) } else { FxHashMap::default() };
    input.portraits = shows(CardMore::Photo) && has_faces(input.form);
    let with_faces = input.portraits;
    for node in &mut input.nodes {
        if !shows(CardMore::Identity) {
            node.holders.iter_mut().for_each(|holder| holder.identity = None);
        }
        if !shows(CardMore::Duties) {
            node.duties = 0;
        }
        let Some(post) = post_of(node) else { continue };
        if with_faces {
            node.portrait = portrait(links, &post);
        }
        if shows(CardMore::Load) {
            node.marks.extend(load(links, &post));
        }
        node.marks.extend(score(links, &post, &scores));
        node.marks.extend(
            open.get(&post)
                .map(|(count, missing)| Mark {
                    text: format!("提醒 {count}"), missing: *missing
                }),
        );
    }
}

/// Whether the cards of a form are posts, which have a face. In the chains they are villages and tasks.
pub fn has_faces(form: Form) -> bool {
    !matches!(form, Form::Chain | Form::Work)
}

/// Of whoever holds a post as A岗; a face on a post that lacks one would hide that it does.
fn portrait(links: &Links, post: &RecordId) -> Option<Portrait> {
    let seats = links.holders(post);
    let main = seats.iter().find(|seat| seat.role == HoldRole::Primary)?;
    let Person { name, photo, .. } = main.person;
    let source = (!photo.is_none()).then(|| photo.source().clone());
    Some(Portrait { source, initial: name.chars().take(1).collect() })
}

fn post_of(node: &ChartNode) -> Option<RecordId> {
    let (kind, id) =
        record_of(&node.id).filter(|_| matches!(node.kind, Kind::Post | Kind::Leader))?;
    (schema().kinds[kind].spec.id == Post::ID).then_some(id)
}

/// Duties of whoever holds the post, in all posts they hold (事项数 is the post's own).
fn load(links: &Links, post: &RecordId) -> Option<Mark> {
    let most = links.holders(post).iter().map(|seat| links.load_of(&seat.person.id)).max()?;
    (most > 0).then(|| Mark { text: format!("负担 {most}"), missing: false })
}

/// 考评档次 of whoever holds the post as A岗, by the newest review.
fn score(links: &Links, post: &RecordId, scores: &BTreeMap<RecordId, (Term, f64)>) -> Option<Mark> {
    let seats = links.holders(post);
    let main = seats.iter().find(|seat| seat.role == HoldRole::Primary)?;
    let (_, score) = scores.get(&main.person.id)?;
    let band = Band::of(*score, links.town.as_ref());
    Some(Mark { text: format!("考评 {}", band.label()), missing: band == Band::Below })
}

/// Findings by post: how many, and whether one of them is an error.
fn counted(findings: &[Finding]) -> FxHashMap<RecordId, (usize, bool)> {
    let mut counts: FxHashMap<RecordId, (usize, bool)> = FxHashMap::default();
    for finding in findings.iter().filter(|finding| finding.kind == Post::ID) {
        let (count, missing) = counts.entry(finding.record.clone()).or_default();
        *count += 1;
        *missing |= finding.severity == Severity::Error;
    }
    counts
}
