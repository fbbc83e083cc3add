//! Which actions a copy has: one line each, their stamps, and how far every replica is known.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::action::Action;
use super::clock::RECEIPTS;
use super::peer::Knows;
use super::stamp::{ReplicaId, Stamp, Time, millis};
use crate::model::Text;
use crate::sorting::Sorting;

/// Position of an action in this copy. 0 is no action, so that "never written" needs no `Option`.
pub type ActionIx = u32;

/// What is kept of an action when its ops are in the tables.
#[derive(Clone, Debug)]
pub struct Head {
    /// As its copy claims.
    pub time: Time,
    pub replica: u32,
    /// 0 where only the stamp is known (`basis`).
    pub counter: u64,
    pub by: Text,
    pub what: Text,
    /// It says when others were received, and nothing else: its own time decides nothing.
    pub only_receipts: bool,
}

/// All actions of a copy, in the order it met them.
#[derive(Clone, Debug)]
pub struct Heads {
    list: Vec<Head>,
    replicas: Vec<ReplicaId>,
    /// The counter up to which each replica is known, from the first on without a gap.
    known: Vec<u64>,
    /// The first counter that two copies gave to different actions under one name.
    forked: FxHashMap<u32, u64>,
    /// Counters received by a time, of replicas whose clock was wrong.
    receipts: FxHashMap<u32, Vec<(u64, Time)>>,
    /// Where receipts bound it: the time an action counts by. Few have one.
    bounded: FxHashMap<ActionIx, Time>,
    /// The latest action of each replica.
    last: BTreeMap<u32, ActionIx>,
    by_replica: FxHashMap<ReplicaId, u32>,
    by_stamp: FxHashMap<(Time, u32), ActionIx>,
}

impl Default for Heads {
    fn default() -> Self {
        let none = Head {
            time: 0,
            replica: 0,
            counter: 0,
            by: "".into(),
            what: "".into(),
            only_receipts: false,
        };
        Heads {
            list: vec![none],
            replicas: Vec::new(),
            known: Vec::new(),
            forked: FxHashMap::default(),
            receipts: FxHashMap::default(),
            bounded: FxHashMap::default(),
            last: BTreeMap::new(),
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

    /// Actions this copy has, without those of which an extract brought only the stamp.
    pub fn made(&self) -> usize {
        self.iter().filter(|(_, head)| head.counter > 0).count()
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

    /// The time an action is ordered by: as claimed, or when it was received.
    pub fn order(&self, at: ActionIx) -> Time {
        self.bounded.get(&at).copied().unwrap_or_else(|| self.head(at).time)
    }

    /// The counter up to which a replica is known.
    pub fn known(&self, replica: &ReplicaId) -> u64 {
        self.by_replica.get(replica).map_or(0, |at| self.known[*at as usize])
    }

    /// The latest action of a replica.
    pub(crate) fn last_of(&self, replica: &ReplicaId) -> Option<&Head> {
        let replica = self.by_replica.get(replica)?;
        self.last.get(replica).map(|at| self.head(*at))
    }

    /// Replicas in the order this copy met them.
    pub fn replica_list(&self) -> &[ReplicaId] {
        &self.replicas
    }

    /// How many of the newest arrivals hold everything that somebody lacks who knows so much.
    pub fn arrived_since(&self, known: &Knows) -> usize {
        let counters: Vec<u64> = self
            .replicas
            .iter()
            .map(|replica| known.get(replica.as_str()).copied().unwrap_or(0))
            .collect();
        let lacked = |(_, head): &(ActionIx, &Head)| head.counter > counters[head.replica as usize];
        self.iter().find(lacked).map_or(0, |(at, _)| self.len() + 1 - at as usize)
    }

    /// Replicas and how many actions of each are known, sorted by replica.
    pub fn version(&self) -> Vec<(ReplicaId, u64)> {
        let known = self.replicas.iter().cloned().zip(self.known.iter().copied());
        let mut version: Vec<_> = known.filter(|(_, known)| *known > 0).collect();
        version.arrange(Ord::cmp);
        version
    }

    /// Who sat at a replica last.
    pub fn last_author(&self, replica: &str) -> Text {
        let of = |at: &&ActionIx| self.replica(self.head(**at).replica).as_str() == replica;
        self.last.values().find(of).map(|at| self.head(*at).by.clone()).unwrap_or_default()
    }

    /// The first counter of a replica that two copies gave to different actions.
    pub fn forked(&self, replica: &ReplicaId) -> Option<u64> {
        self.forked.get(self.by_replica.get(replica)?).copied()
    }

    /// Counter and time of the last action of every replica, as it counts; receipts alone are none.
    pub fn latest(&self) -> BTreeMap<ReplicaId, (u64, Time)> {
        let mut latest: BTreeMap<ReplicaId, (u64, Time)> = BTreeMap::new();
        for (replica, at) in &self.last {
            let (counter, time) = (self.head(*at).counter, self.order(*at));
            latest.insert(self.replica(*replica).clone(), (counter, time));
        }
        latest
    }

    /// Milliseconds of the latest action, as it counts.
    pub fn latest_millis(&self) -> u64 {
        self.last.values().map(|at| millis(self.order(*at))).max().unwrap_or(0)
    }

    /// Order of two actions everywhere: by time, then by replica.
    pub fn later(&self, a: ActionIx, b: ActionIx) -> bool {
        self.place(a) > self.place(b)
    }

    fn place(&self, at: ActionIx) -> (Time, Time, &str) {
        (self.order(at), self.head(at).time, self.replica_text(at))
    }

    /// Place of every action among all, by stamp; position by position.
    pub fn ranks(&self) -> Vec<u32> {
        let mut order: Vec<ActionIx> = (0..self.list.len() as ActionIx).collect();
        order.arrange(|a, b| self.place(*a).cmp(&self.place(*b)));
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
        let receipts = action.groups.iter().all(|group| group.kind.name() == RECEIPTS);
        self.push_head(Head {
            only_receipts: receipts && !action.groups.is_empty(),
            time: action.time,
            replica,
            counter: action.counter,
            by: action.by.clone(),
            what: action.what.clone(),
        })
    }

    pub(crate) fn push_head(&mut self, head: Head) -> ActionIx {
        let at = self.list.len() as ActionIx;
        let known = &mut self.known[head.replica as usize];
        // Of what an extract brought only the stamps are known: it is no action this copy has.
        if head.counter > 0 && head.counter <= *known {
            let from = self.forked.entry(head.replica).or_insert(head.counter);
            *from = head.counter.min(*from);
        }
        *known = head.counter.max(*known);
        self.by_stamp.insert((head.time, head.replica), at);
        if !head.only_receipts {
            let last = self.last.entry(head.replica).or_insert(at);
            if self.list.get(*last as usize).is_none_or(|last| last.time < head.time) {
                *last = at;
            }
        }
        self.list.push(head);
        self.bound(at);
        at
    }

    /// Notes that a replica was received up to a counter at a time; says whether that moves anything.
    pub(crate) fn receive(&mut self, replica: &ReplicaId, counter: u64, time: Time) -> bool {
        let replica = self.replica_ix(replica);
        self.receipts.entry(replica).or_default().push((counter, time));
        let own = |at: &ActionIx| self.list[*at as usize].replica == replica;
        let touched: Vec<ActionIx> = (1..self.list.len() as ActionIx).filter(own).collect();
        let moved: Vec<bool> = touched.into_iter().map(|at| self.bound(at)).collect();
        moved.contains(&true)
    }

    /// Receipts, in the order of replicas as this copy met them.
    pub(crate) fn receipts(&self) -> impl Iterator<Item = (u32, u64, Time)> + '_ {
        (0..self.replicas.len() as u32).flat_map(|replica| {
            let list = self.receipts.get(&replica).into_iter().flatten();
            list.map(move |(counter, time)| (replica, *counter, *time))
        })
    }

    /// An action counts by the earliest time at which it is known to have been there, where what it
    /// claims is far beyond that.
    fn bound(&mut self, at: ActionIx) -> bool {
        let head = &self.list[at as usize];
        let received = self.receipts.get(&head.replica).into_iter().flatten();
        let covering = received.filter(|(counter, _)| *counter >= head.counter);
        let Some(time) = covering.map(|(_, time)| *time).min().filter(|time| *time < head.time)
        else {
            return false;
        };
        self.bounded.insert(at, time) != Some(time)
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
