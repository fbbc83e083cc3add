//! What a base remembers of other copies, and of its own bundles: who knew how much when, so that a
//! bundle can hold just what one of them lacks. Reads and writes no file.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::heads::Heads;
use super::stamp::ReplicaId;
use crate::model::Text;

/// Up to which counter each replica is known.
pub type Knows = BTreeMap<Text, u64>;

/// Another copy, as its newest bundle showed it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Peer {
    /// Who sat there.
    pub name: Text,
    /// When the bundle was made, as it says.
    pub made: Text,
    /// The bundle's number among that copy's; 0 where it names none.
    pub number: u64,
    pub knows: Knows,
    /// It is an extract: it takes no bundles.
    #[serde(default)]
    pub extract: bool,
}

/// The newest bundle that went out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Sent {
    pub number: u64,
    /// Its content hash.
    pub hash: Text,
}

impl Peer {
    /// What is known of a copy after another of its bundles: the newer one counts, and nothing once
    /// known is forgotten.
    pub fn hear(&mut self, newer: &Peer) {
        for (replica, counter) in &newer.knows {
            let known = self.knows.entry(replica.clone()).or_default();
            *known = (*known).max(*counter);
        }
        if (newer.number, &newer.made) >= (self.number, &self.made) {
            self.name = newer.name.clone();
            self.made = newer.made.clone();
            self.number = newer.number;
            self.extract = newer.extract;
        }
    }
}

impl Heads {
    /// What this copy knows, to be told to others. Where two copies went on under one name, only what
    /// came before that is sure to be the same.
    pub fn knows(&self) -> Knows {
        let sure = |(replica, known): (ReplicaId, u64)| {
            let sure = self.forked(&replica).map_or(known, |from| known.min(from - 1));
            (replica.as_str().into(), sure)
        };
        self.version().into_iter().map(sure).collect()
    }

    /// Actions beyond what a copy knows.
    pub fn count_beyond(&self, knows: &Knows) -> usize {
        let new = |replica: u32, counter: u64| {
            let known = knows.get(self.replica(replica).as_str());
            known.is_none_or(|known| counter > *known)
        };
        let made = self.iter().filter(|(_, head)| head.counter > 0);
        made.filter(|(_, head)| new(head.replica, head.counter)).count()
    }

    /// Who made actions that another copy was seen to have and this one has not, and how many.
    pub fn lacking(&self, peers: &BTreeMap<Text, Peer>) -> Vec<(Text, u64)> {
        let told = peers.values().flat_map(|peer| &peer.knows);
        let mut most = Knows::new();
        for (replica, counter) in told {
            let known = most.entry(replica.clone()).or_default();
            *known = (*known).max(*counter);
        }
        let lacking = |(replica, told): (Text, u64)| {
            let known = ReplicaId::parse(&replica).map_or(0, |replica| self.known(&replica));
            let name = peers.get(&replica).map_or(replica, |peer| peer.name.clone());
            (told > known).then(|| (name, told - known))
        };
        most.into_iter().filter_map(lacking).collect()
    }

    /// From where on lines must go to a copy that knows so much.
    pub fn lacked_by(&self, knows: &Knows) -> Knows {
        let ours = self.knows();
        let both = |(replica, known): (&Text, &u64)| {
            let forked = ReplicaId::parse(replica).and_then(|replica| self.forked(&replica));
            let sure = if forked.is_some() { ours.get(replica) } else { None };
            (replica.clone(), sure.map_or(*known, |sure| (*known).min(*sure)))
        };
        knows.iter().map(both).collect()
    }
}
