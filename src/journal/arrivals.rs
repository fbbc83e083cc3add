//! Which actions came in together from other copies: runs of the log that this copy did not write.
//! Read from the heads in memory; nothing is stored for it.

use std::collections::BTreeMap;

use super::fold::Fold;
use super::heads::{ActionIx, Heads};
use super::stamp::{Stamp, millis};
use crate::model::Text;

/// Actions that came in together.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    /// First and last of them, in the order this copy met them.
    pub from: ActionIx,
    pub to: ActionIx,
    /// Who made them, and how many each.
    pub people: Vec<(Text, usize)>,
    /// When the first and the last were made, milliseconds since 1970.
    pub span: (u64, u64),
}

impl Arrival {
    /// What the copy began with is no import to take back.
    pub fn is_beginning(&self) -> bool {
        self.from == 1
    }

    pub fn count(&self) -> usize {
        (self.to - self.from + 1) as usize
    }

    pub fn stamps(&self, heads: &Heads) -> Vec<Stamp> {
        (self.from..=self.to).map(|at| heads.stamp(at)).collect()
    }
}

impl Fold {
    /// What came from elsewhere to the copy called `own`, latest arrival first. Within one arrival
    /// actions stand in order of time; where time runs back another began.
    pub fn arrivals(&self, own: &str) -> Vec<Arrival> {
        let heads = self.heads();
        let mut runs: Vec<(ActionIx, ActionIx)> = Vec::new();
        for (at, head) in heads.iter() {
            if heads.replica(head.replica).as_str() == own {
                continue;
            }
            match runs.last_mut() {
                Some((_, to)) if *to + 1 == at && head.time >= heads.head(*to).time => *to = at,
                _ => runs.push((at, at)),
            }
        }
        runs.into_iter().rev().map(|(from, to)| arrival(heads, from, to)).collect()
    }
}

fn arrival(heads: &Heads, from: ActionIx, to: ActionIx) -> Arrival {
    let mut people: BTreeMap<Text, usize> = BTreeMap::new();
    let mut span = (u64::MAX, 0);
    for at in from..=to {
        let head = heads.head(at);
        *people.entry(head.by.clone()).or_default() += 1;
        let made = millis(heads.order(at));
        span = (span.0.min(made), span.1.max(made));
    }
    Arrival { from, to, people: people.into_iter().collect(), span }
}
