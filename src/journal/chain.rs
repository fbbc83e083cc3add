//! Each copy's lines hang together: a line names the one before it by a piece of its hash, so that a
//! line altered or exchanged on the way is found and named. Knows no keys; see `seal` for signatures.

use std::collections::BTreeMap;
use std::fmt;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};

use super::action::Action;
use super::stamp::{ReplicaId, Time};
use crate::model::Text;

/// The first 128 bits of a line's SHA-256; as text, 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Link(u128);

impl Link {
    pub fn of(line: &str) -> Link {
        let hash = Sha256::digest(line.as_bytes());
        Link(hash[..16].iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
    }

    /// By the line's whole SHA-256 in hexadecimal, for who hashes elsewhere.
    pub fn of_hash(hash: &str) -> Option<Link> {
        hash.get(..32).filter(|_| hash.len() == 64).and_then(Link::parse)
    }

    pub fn parse(text: &str) -> Option<Link> {
        let digits = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        digits.then(|| u128::from_str_radix(text, 16).ok().map(Link)).flatten()
    }
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}{:016x}", (self.0 >> 64) as u64, self.0 as u64)
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        writer.serialize_str(&self.to_string())
    }
}

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Link, D::Error> {
        let text = Text::deserialize(reader)?;
        Link::parse(&text).ok_or_else(|| D::Error::custom("not a link"))
    }
}

/// The newest lines of each replica, by counter: one, or several where two copies went on under one
/// name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tips(BTreeMap<Text, Vec<(u64, Link)>>);

impl Tips {
    /// The newest line of a replica with this counter.
    pub fn tip(&self, replica: &str, counter: u64) -> Option<Link> {
        let tips = self.0.get(replica)?;
        Some(tips.iter().find(|(at, _)| *at == counter)?.1)
    }

    /// A line was added: it takes the place of the one it follows.
    pub fn extend(&mut self, action: &Action, own: Link) {
        let tips = self.0.entry(action.replica.as_str().into()).or_default();
        let before = action.counter - 1;
        let follows = |(at, link): &(u64, Link)| {
            *at == before && action.link.is_none_or(|named| named == *link)
        };
        match tips.iter_mut().find(|tip| follows(tip)) {
            Some(tip) => *tip = (action.counter, own),
            None => tips.push((action.counter, own)),
        }
    }

    fn at(&self, replica: &ReplicaId, counter: u64) -> Vec<Link> {
        let tips = self.0.get(replica.as_str()).into_iter().flatten();
        tips.filter(|(at, _)| *at == counter).map(|(_, link)| *link).collect()
    }
}

/// Where the lines of a copy begin to name the one before: none stops once it has begun, whichever comes
/// first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chain {
    /// Counter of the first that does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    first: Option<u64>,
    /// Of the last that does not.
    #[serde(default)]
    loose: u64,
}

impl Chain {
    pub fn note(&mut self, action: &Action) {
        let counter = action.counter;
        match action.link {
            Some(_) => self.first = Some(self.first.map_or(counter, |first| first.min(counter))),
            None => self.loose = self.loose.max(counter),
        }
    }

    /// Whether with this line some line would have stopped.
    pub fn is_broken_by(&self, action: &Action) -> bool {
        match action.link {
            Some(_) => action.counter < self.loose,
            None => self.first.is_some_and(|first| first < action.counter),
        }
    }
}

/// A line that is not the one its successor was written after: altered, or exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    pub replica: ReplicaId,
    pub counter: u64,
}

/// Follows lines sorted by replica and counter, from any number of files.
#[derive(Default)]
pub struct Follower {
    replica: Option<ReplicaId>,
    /// Counter and links of the lines last met, and of those before.
    last: (u64, Vec<Link>),
    before: (u64, Vec<Link>),
}

impl Follower {
    /// Whether the line's predecessor can be among what is known: false where lines of its counter
    /// are, and none of them is it. Then two copies went on under one name, and the side this line
    /// belongs to has not come yet.
    pub fn follows(&mut self, tips: &Tips, action: &Action, own: Link) -> bool {
        if self.replica.as_ref() != Some(&action.replica) {
            *self = Follower { replica: Some(action.replica.clone()), ..Follower::default() };
        }
        if self.last.0 != action.counter {
            self.before = std::mem::replace(&mut self.last, (action.counter, Vec::new()));
        }
        self.last.1.push(own);
        let Some(named) = action.link else { return true };
        let counter = action.counter - 1;
        let mut candidates = tips.at(&action.replica, counter);
        if self.before.0 == counter {
            candidates.extend(&self.before.1);
        }
        candidates.is_empty() || candidates.contains(&named)
    }
}

/// The lines of one copy met so far in a file.
#[derive(Clone, Debug, Default)]
pub struct Met {
    /// The newest lines: one, or of several that went on under one name, of each.
    sides: Vec<Side>,
    links: FxHashSet<Link>,
    chain: Chain,
}

#[derive(Clone, Copy, Debug)]
struct Side {
    counter: u64,
    time: Time,
    own: Link,
}

/// How a line of a file stands to those of its copy before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    Sound,
    /// Its time or counter is not after the line's before it.
    RunsBack,
    /// The line before it is not the one it was written after.
    Altered,
}

impl Met {
    /// Takes the next line. A file holds all lines of a copy between two counters; where two went on
    /// under one name, of both. `whole` is false for a file that was split.
    pub fn meet(&mut self, action: &Action, own: Link, whole: bool) -> Order {
        let (counter, time) = (action.counter, action.time);
        let side = Side { counter, time, own };
        let order = match self.order(action, whole) {
            Order::Sound if self.chain.is_broken_by(action) => Order::Altered,
            order => order,
        };
        if order != Order::Sound {
            return order;
        }
        match self.before(action) {
            Some(at) => self.sides[at] = side,
            None => self.sides.push(side),
        }
        self.links.insert(own);
        self.chain.note(action);
        Order::Sound
    }

    fn order(&self, action: &Action, whole: bool) -> Order {
        let (counter, time) = (action.counter, action.time);
        let twice = |at: &Side| at.counter == counter && at.time == time;
        if let Some(before) = self.before(action).map(|at| &self.sides[at]) {
            let runs_back = before.counter >= counter || before.time >= time;
            return if runs_back { Order::RunsBack } else { Order::Sound };
        }
        let Some(named) = action.link else {
            let behind = |at: &Side| at.counter < counter;
            let runs_back = self.sides.iter().any(|at| behind(at) || twice(at));
            return if runs_back { Order::RunsBack } else { Order::Sound };
        };
        let other = self.sides.iter().any(|at| at.counter + 1 == counter);
        match () {
            () if self.sides.iter().any(twice) => Order::RunsBack,
            () if whole && other && !self.links.contains(&named) => Order::Altered,
            () => Order::Sound,
        }
    }

    /// The newest line the action was written after.
    fn before(&self, action: &Action) -> Option<usize> {
        self.sides.iter().position(|at| match action.link {
            Some(link) => at.own == link,
            None => at.counter < action.counter && at.time < action.time,
        })
    }
}
