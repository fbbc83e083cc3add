//! Which actions a copy has: one line each, their stamps, and how far every replica is known.

use rustc_hash::FxHashMap;

use super::action::Action;
use super::stamp::{ReplicaId, Stamp, Time};
use crate::model::Text;
use crate::sorting::Sorting;

/// Position of an action in this copy. 0 is no action, so that "never written" needs no `Option`.
pub type ActionIx = u32;

/// What is kept of an action when its ops are in the tables.
#[derive(Clone, Debug)]
pub struct Head {
    pub time: Time,
    pub replica: u32,
    pub counter: u64,
    pub by: Text,
    pub what: Text,
}

/// All actions of a copy, in the order it met them.
#[derive(Clone, Debug)]
pub struct Heads {
    list: Vec<Head>,
    replicas: Vec<ReplicaId>,
    /// How many actions of each replica are known, from the first on without a gap.
    known: Vec<u64>,
    by_replica: FxHashMap<ReplicaId, u32>,
    by_stamp: FxHashMap<(Time, u32), ActionIx>,
}

impl Default for Heads {
    fn default() -> Self {
        let none = Head { time: 0, replica: 0, counter: 0, by: "".into(), what: "".into() };
        Heads {
            list: vec![none],
            replicas: Vec::new(),
            known: Vec::new(),
            by_replica: FxHashMap::default(),
            by_stamp: FxHashMap::default(),
        }
    }
}

impl Heads {
    /// All actions, oldest arrival first, with their positions.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (ActionIx, &Head)> {
        self.list.iter().enumerate().skip(1).map(|(at, head)| (at as ActionIx, head))
    }

    pub fn len(&self) -> usize {
        self.list.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn head(&self, at: ActionIx) -> &Head {
        &self.list[at as usize]
    }

    pub fn replica(&self, at: u32) -> &ReplicaId {
        &self.replicas[at as usize]
    }

    pub fn stamp(&self, at: ActionIx) -> Stamp {
        let head = self.head(at);
        Stamp { time: head.time, replica: self.replica(head.replica).clone() }
    }

    pub fn find(&self, stamp: &Stamp) -> Option<ActionIx> {
        let replica = self.by_replica.get(&stamp.replica)?;
        self.by_stamp.get(&(stamp.time, *replica)).copied()
    }

    /// How many actions of a replica are known.
    pub fn known(&self, replica: &ReplicaId) -> u64 {
        self.by_replica.get(replica).map_or(0, |at| self.known[*at as usize])
    }

    /// Replicas in the order this copy met them.
    pub fn replica_list(&self) -> &[ReplicaId] {
        &self.replicas
    }

    /// Replicas and how many actions of each are known, sorted by replica.
    pub fn version(&self) -> Vec<(ReplicaId, u64)> {
        let mut version: Vec<_> =
            self.replicas.iter().cloned().zip(self.known.iter().copied()).collect();
        version.arrange(Ord::cmp);
        version
    }

    /// The latest time any known action carries.
    pub fn latest(&self) -> Time {
        self.list.iter().map(|head| head.time).max().unwrap_or(0)
    }

    /// Order of two actions everywhere: by time, then by replica.
    pub fn later(&self, a: ActionIx, b: ActionIx) -> bool {
        let (x, y) = (self.head(a), self.head(b));
        (x.time, self.replica_text(a)) > (y.time, self.replica_text(b))
    }

    /// Place of every action among all, by stamp; position by position.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<ActionIx> = (0..self.list.len() as ActionIx).collect();
        order.arrange(|a, b| {
            (self.head(*a).time, self.replica_text(*a))
                .cmp(&(self.head(*b).time, self.replica_text(*b)))
        });
        let mut ranks = vec![0; order.len()];
        for (rank, at) in (0..).zip(order) {
            ranks[at as usize] = rank;
        }
        ranks
    }

    fn replica_text(&self, at: ActionIx) -> &str {
        self.replicas.get(self.head(at).replica as usize).map_or("", ReplicaId::as_str)
    }

    pub(crate) fn push(&mut self, action: &Action) -> ActionIx {
        let replica = self.replica_ix(&action.replica);
        self.push_head(Head {
            time: action.time,
            replica,
            counter: action.counter,
            by: action.by.clone(),
            what: action.what.clone(),
        })
    }

    pub(crate) fn push_head(&mut self, head: Head) -> ActionIx {
        let at = self.list.len() as ActionIx;
        self.known[head.replica as usize] = self.known[head.replica as usize].max(head.counter);
        self.by_stamp.insert((head.time, head.replica), at);
        self.list.push(head);
        at
    }

    pub(crate) fn replica_ix(&mut self, replica: &ReplicaId) -> u32 {
        if let Some(at) = self.by_replica.get(replica) {
            return *at;
        }
        let at = self.replicas.len() as u32;
        self.replicas.push(replica.clone());
        self.known.push(0);
        self.by_replica.insert(replica.clone(), at);
        at
    }
}
