//! Pure answers about a township on a day: who does what, how many, and what is missing.
//!
//! Start at [`Links`] (everything joined in one pass); [`staffing`](staffing::Staffing) counts,
//! [`findings`] tells what to put right. Writes nothing, refuses nothing, knows no screen.

pub mod band;
mod effort;
pub mod finding;
mod land;
pub mod links;
mod matter;
mod people;
pub mod portrait;
mod post;
pub mod presence;
pub mod proxy;
mod reference;
pub mod review;
pub mod service_time;
pub mod shelf;
pub mod staffing;
mod structure;
pub mod work;

pub use finding::{Finding, Rule, Severity, grouped};
pub use links::{Links, Seat, Service, ServiceRole};
pub use staffing::Staffing;
pub use work::Work;

use crate::model::Day;
use crate::sorting::Sorting;

/// Everything the rules find on the day, sorted by rule, then by record.
pub fn findings(day: &Day) -> Vec<Finding> {
    findings_in(day, &Links::of(day))
}

/// The same for a caller that has joined the day already.
pub fn findings_in(day: &Day, links: &Links) -> Vec<Finding> {
    let mut judging = Judging::default();
    while !judging.step(day, links) {}
    judging.finish()
}

/// The rules by what they are about.
const CHECKS: [fn(&Day, &Links, &mut Vec<Finding>); 8] = [
    |_, links, found| structure::check(links, found),
    |_, links, found| post::check(links, found),
    |_, links, found| people::check(links, found),
    |_, links, found| land::check(links, found),
    |_, links, found| matter::check(links, found),
    |day, links, found| proxy::check(day, links, found),
    |day, links, found| effort::check(&Work::of(day), links, found),
    |day, _, found| reference::check(day, found),
];

/// The rules asked one group after the other, so that a page stays awake over a large township. Every step
/// wants the same day.
#[derive(Default)]
pub struct Judging {
    asked: usize,
    found: Vec<Finding>,
}

impl Judging {
    /// Asks the next group; true when all were asked.
    pub fn step(&mut self, day: &Day, links: &Links) -> bool {
        if let Some(check) = CHECKS.get(self.asked) {
            check(day, links, &mut self.found);
            self.asked += 1;
        }
        self.asked == CHECKS.len()
    }

    pub fn finish(mut self) -> Vec<Finding> {
        self.found.arrange(|a, b| (a.rule, &a.record, a.field).cmp(&(b.rule, &b.record, b.field)));
        self.found
    }
}
