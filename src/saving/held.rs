//! What a file holds, as how far it knows each replica. Looks at counters, not at values: that the
//! lines are sound was shown when the file was read.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::journal::Stamp;
use crate::journal::heads::Heads;
use crate::journal::intake::Line;

/// So many changes are reason enough to remind, however young.
const MANY: u64 = 10_000;

/// How many actions of each replica a file holds, from the first on without a gap.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Held(BTreeMap<String, u64>);

impl Held {
    /// Everything a copy knows.
    pub fn all(heads: &Heads) -> Held {
        let mut held = BTreeMap::new();
        for (replica, known) in heads.version() {
            held.insert(replica.to_string(), known);
        }
        Held(held)
    }

    fn known(&self, replica: &str) -> u64 {
        self.0.get(replica).copied().unwrap_or(0)
    }

    /// How many actions of this copy are not in the file.
    pub fn lacks(&self, heads: &Heads) -> u64 {
        let lack = heads.version().into_iter();
        lack.map(|(replica, known)| known.saturating_sub(self.known(replica.as_str()))).sum()
    }

    /// The oldest time of an action of `replica` that the file lacks. Looks back no further than
    /// there are `lacking` actions: they were the last to come. Of very many nobody asks the age.
    pub fn oldest_lacking(&self, heads: &Heads, replica: &str, lacking: u64) -> Option<u64> {
        if lacking > MANY {
            return None;
        }
        let from = self.known(replica);
        let mut left = lacking;
        let mut oldest = None;
        for (_, head) in heads.iter().rev() {
            let name = heads.replica(head.replica).as_str();
            if head.counter <= self.known(name) {
                continue;
            }
            if name == replica && head.counter > from {
                oldest = Some(head.time);
            }
            left = left.saturating_sub(1);
            if left == 0 {
                break;
            }
        }
        oldest
    }
}

/// The actions met in a file, in its order: what is left to know of it once its lines are taken over.
pub struct Seen(Vec<(Stamp, u64)>);

impl Seen {
    pub fn of(lines: &[Line]) -> Seen {
        Seen(lines.iter().map(|line| (line.action.stamp(), line.action.counter)).collect())
    }

    /// What the file holds of this copy. Behind a gap nothing counts, nor behind an action that is
    /// another one here: two copies went on under one name.
    pub fn held(&self, heads: &Heads) -> Held {
        let mut held = BTreeMap::new();
        for (stamp, counter) in &self.0 {
            let known = held.entry(stamp.replica.to_string()).or_insert(0);
            if *counter == *known + 1 && heads.find(stamp).is_some() {
                *known += 1;
            }
        }
        Held(held)
    }
}

/// How many lines of a file this copy does not have, neither folded nor waiting.
pub fn unknown_here(lines: &[Line], heads: &Heads, parked: &[String]) -> usize {
    let known = |line: &&Line| {
        let folded = line.action.counter <= heads.known(&line.action.replica);
        folded && heads.find(&line.action.stamp()).is_some() || parked.contains(&line.text)
    };
    lines.len() - lines.iter().filter(known).count()
}
