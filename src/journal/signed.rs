//! Signatures over the chain of a copy's lines: a *checkpoint* says, under a key, that a line and so
//! every line before it are those its copy wrote. Collects and compares them; the arithmetic of keys
//! is the vault's, and whether a checkpoint's signature is good is handed in.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::chain::Link;
use super::heads::Heads;
use super::stamp::ReplicaId;
use super::storage::Meta;
use crate::model::Text;

/// What a copy says of its own lines up to a counter. Key and signature in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint {
    pub replica: Text,
    pub counter: u64,
    pub link: Link,
    /// `ed25519` or `sm2`.
    pub scheme: Text,
    pub key: Text,
    pub signature: Text,
}

/// The key of this computer. The secret half never leaves the base.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnKey {
    pub scheme: Text,
    pub secret: Text,
    pub key: Text,
}

/// What a base knows of keys.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Keys {
    #[serde(default)]
    pub own: Option<OwnKey>,
    /// The newest checkpoint of each replica.
    #[serde(default)]
    pub signed: BTreeMap<Text, Checkpoint>,
    /// Keys that were compared with their owner, and the name they were kept under.
    #[serde(default)]
    pub trusted: BTreeMap<Text, Text>,
}

/// How sure it is that an action is from whom it names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorship {
    /// Made here.
    Own,
    /// Signed by a key that was compared; the name it is kept under.
    Signed(Text),
    /// Signed by a key nobody here has compared yet.
    Unknown(Text),
    Unsigned,
}

impl Checkpoint {
    /// What is signed: plain text, so that it can be checked by other means for ever.
    pub fn statement(&self, township: &str) -> String {
        let Checkpoint { replica, counter, link, .. } = self;
        format!("gangtu checkpoint 1\n{township}\n{replica}\n{counter}\n{link}\n")
    }

    /// The next checkpoint of this copy, still without a signature; `None` where there is nothing to
    /// sign or no key.
    pub fn next(meta: &Meta) -> Option<Checkpoint> {
        let own = meta.keys.own.as_ref()?;
        Some(Checkpoint {
            replica: meta.replica.clone(),
            counter: meta.counter,
            link: meta.tips.tip(&meta.replica, meta.counter)?,
            scheme: own.scheme.clone(),
            key: own.key.clone(),
            signature: "".into(),
        })
    }
}

impl Keys {
    /// Whether no checkpoint of its replica is kept that is as late.
    pub fn lack(&self, checkpoint: &Checkpoint) -> bool {
        let kept = self.signed.get(&checkpoint.replica);
        kept.is_none_or(|kept| kept.counter < checkpoint.counter)
    }

    /// Keeps a checkpoint that was found good, unless a later one is kept.
    pub fn keep(&mut self, checkpoint: &Checkpoint) {
        if self.lack(checkpoint) {
            self.signed.insert(checkpoint.replica.clone(), checkpoint.clone());
        }
    }

    /// Whether a replica has been signing under another key.
    pub fn contradict(&self, checkpoint: &Checkpoint) -> bool {
        let kept = self.signed.get(&checkpoint.replica);
        kept.is_some_and(|kept| kept.key != checkpoint.key)
    }
}

impl Meta {
    /// How sure the author of an action is. Where two copies went on under one name, nothing is from
    /// there on: a checkpoint covers one of them only.
    pub fn authorship(&self, heads: &Heads, replica: &ReplicaId, counter: u64) -> Authorship {
        let forked = heads.forked(replica).is_some_and(|from| counter >= from);
        if replica.as_str() == &*self.replica && !forked {
            return Authorship::Own;
        }
        let covering = self.keys.signed.get(replica.as_str());
        let Some(covering) = covering.filter(|kept| counter <= kept.counter && !forked) else {
            return Authorship::Unsigned;
        };
        match self.keys.trusted.get(&covering.key) {
            Some(name) => Authorship::Signed(name.clone()),
            None => Authorship::Unknown(covering.key.clone()),
        }
    }
}
