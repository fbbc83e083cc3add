//! Each copy's lines hang together: a line names the one before it by a piece of its hash, so that a
//! line altered or exchanged on the way is found and named. Knows no keys; see `seal` for signatures.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest, Sha256};

use super::action::Action;
use super::stamp::{ReplicaId, Time};
use crate::model::Text;

/// The first 128 bits of a line's SHA-256; as text, 32 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Link(u128);

impl Link {
    pub fn of(line: &str) -> Link {
        let hash = Sha256::digest(line.as_bytes());
        Link(hash[..16].iter().fold(0, |bits, byte| bits << 8 | u128::from(*byte)))
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

/// A line that is not the one its successor was written after: altered, or exchanged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Altered {
    pub replica: ReplicaId,
    pub counter: u64,
}

/// Follows lines sorted by replica and counter, from any number of files.
pub struct Follower<'a> {
    tips: &'a Tips,
    replica: Option<ReplicaId>,
    /// Counter and links of the lines last met, and of those before.
    last: (u64, Vec<Link>),
    before: (u64, Vec<Link>),
}

impl<'a> Follower<'a> {
    pub fn new(tips: &'a Tips) -> Self {
        let none = (0, Vec::new());
        Follower { tips, replica: None, last: none.clone(), before: none }
    }

    /// Whether the line's predecessor can be among what is known: false where lines of its counter
    /// are, and none of them is it. Then two copies went on under one name, and the side this line
    /// belongs to has not come yet.
    pub fn follows(&mut self, action: &Action, own: Link) -> bool {
        if self.replica.as_ref() != Some(&action.replica) {
            *self = Follower { replica: Some(action.replica.clone()), ..Follower::new(self.tips) };
        }
        if self.last.0 != action.counter {
            self.before = std::mem::replace(&mut self.last, (action.counter, Vec::new()));
        }
        self.last.1.push(own);
        let Some(named) = action.link else { return true };
        let counter = action.counter - 1;
        let mut candidates = self.tips.at(&action.replica, counter);
        if self.before.0 == counter {
            candidates.extend(&self.before.1);
        }
        candidates.is_empty() || candidates.contains(&named)
    }
}

/// The newest line of one side of a copy, while a file is read.
#[derive(Clone, Copy, Debug)]
pub struct Side {
    pub counter: u64,
    pub time: Time,
    pub own: Link,
    chained: bool,
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

/// Sets a line behind those of its copy in one file. A file holds all lines of a copy between two
/// counters; where two went on under one name, of both. `whole` is false for a file that was split.
pub fn set_behind(sides: &mut Vec<Side>, action: &Action, own: Link, whole: bool) -> Order {
    let (counter, time) = (action.counter, action.time);
    let side = Side { counter, time, own, chained: action.link.is_some() };
    let named = |at: &&mut Side| match action.link {
        Some(link) => at.own == link,
        None => at.counter < counter && at.time < time,
    };
    if let Some(before) = sides.iter_mut().find(named) {
        if before.counter >= counter || before.time >= time {
            return Order::RunsBack;
        }
        if action.link.is_none() && before.chained {
            return Order::Altered;
        }
        *before = side;
        return Order::Sound;
    }
    if sides.iter().any(|at| at.counter == counter && at.time == time) {
        return Order::RunsBack;
    }
    let predecessors = sides.iter().any(|at| at.counter + 1 == counter);
    if action.link.is_some() && predecessors && whole {
        return Order::Altered;
    }
    if action.link.is_none() && sides.iter().any(|at| at.counter < counter) {
        return Order::RunsBack;
    }
    sides.push(side);
    Order::Sound
}
