//! Pure answers about a township on a day: who does what, how many, and what is missing.
//!
//! Start at [`Links`] (everything joined in one pass); [`staffing`](staffing::Staffing) counts,
//! [`findings`] tells what to put right. Writes nothing, refuses nothing, knows no screen.

pub mod finding;
mod land;
pub mod links;
mod matter;
mod people;
mod post;
mod reference;
pub mod shelf;
pub mod staffing;
mod structure;

pub use finding::{Finding, Rule, Severity, grouped};
pub use links::{Links, Seat, Service, ServiceRole};
pub use staffing::Staffing;

use crate::model::Day;
use crate::sorting::Sorting;

/// Everything the rules find on the day, sorted by rule, then by record.
pub fn findings(day: &Day) -> Vec<Finding> {
    findings_in(day, &Links::of(day))
}

/// The same for a caller that has joined the day already.
pub fn findings_in(day: &Day, links: &Links) -> Vec<Finding> {
    let mut found = Vec::new();
    structure::check(links, &mut found);
    post::check(links, &mut found);
    people::check(links, &mut found);
    land::check(links, &mut found);
    matter::check(links, &mut found);
    reference::check(day, &mut found);
    found.arrange(|a, b| (a.rule, &a.record, a.field).cmp(&(b.rule, &b.record, b.field)));
    found
}
