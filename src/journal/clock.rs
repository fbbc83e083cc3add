//! Clocks that lie. Office computers are years off; an action from the far future is taken, and its
//! time is bounded by when it was received: a *receipt*, itself an op, so that every copy orders by it
//! alike. Causal order always comes first (`fold`), claimed time last. Reads no clock: time is handed in.

use std::collections::BTreeMap;

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::heads::Heads;
use super::stamp::{ReplicaId, Time, millis, parse_time};
use crate::model::{Text, Value};

/// The kind receipts are written under; no record kind, so programs that do not know it pass it on.
pub const RECEIPTS: &str = "clock";

/// How far ahead a clock may be before it is called wrong, in milliseconds: a day.
pub const FAR: u64 = 24 * 60 * 60 * 1_000;

/// No computer that runs this program honestly shows an earlier time: 2026-11-01, UTC.
pub const EARLIEST_MILLIS: u64 = 1_793_491_200_000;

/// Whose clock is wrong, as one copy judges it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Replicas whose actions come from the far future, and how many of them are received.
    pub ahead: Vec<(ReplicaId, u64)>,
    /// This computer is the one that is wrong: behind what several others say, or before this
    /// program was made.
    pub behind: bool,
}

/// A replica whose clock was found wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Skewed {
    pub replica: ReplicaId,
    /// Who was at the desk.
    pub by: Text,
    /// How far ahead it was, in milliseconds.
    pub ahead: u64,
    /// Actions that carry such a time.
    pub actions: usize,
}

/// Judges by this computer's clock and by the latest time of every replica that is to be believed:
/// one that is far ahead of `now_ms` is wrong, several that are cannot all be.
pub fn judge(latest: &BTreeMap<ReplicaId, (u64, Time)>, now_ms: u64) -> Judged {
    let far = |time: Time| millis(time) > now_ms.saturating_add(FAR);
    let ahead: Vec<(ReplicaId, u64)> = latest
        .iter()
        .filter(|(_, (_, time))| far(*time))
        .map(|(replica, (counter, _))| (replica.clone(), *counter))
        .collect();
    let behind = now_ms < EARLIEST_MILLIS || ahead.len() > 1;
    Judged { ahead: if behind { Vec::new() } else { ahead }, behind }
}

/// Ops that say up to which counters replicas were received at `time`.
pub fn receipts(
    ahead: &[(ReplicaId, u64)],
    receiver: &ReplicaId,
    time: Time,
) -> impl Iterator<Item = OpGroup> {
    let group = move |(replica, counter): &(ReplicaId, u64)| OpGroup {
        kind: Kind::named(RECEIPTS),
        id: replica.as_str().into(),
        ops: vec![Op::over(
            Reg::Other(format!("{counter}@{receiver}").into()),
            Value::text(&format!("{time:016x}")),
            None,
        )],
    };
    ahead.iter().map(group)
}

/// Replica, counter and time of every receipt in an action.
pub fn receipts_in(action: &Action) -> impl Iterator<Item = (ReplicaId, u64, Time)> + '_ {
    let groups = action.groups.iter().filter(|group| group.kind.name() == RECEIPTS);
    groups.flat_map(|group| group.ops.iter().filter_map(move |op| read(group, op)))
}

fn read(group: &OpGroup, op: &Op) -> Option<(ReplicaId, u64, Time)> {
    let replica = ReplicaId::parse(&group.id)?;
    let name = op.reg.name(&group.kind);
    let counter = name.split_once('@')?.0.parse().ok()?;
    Some((replica, counter, parse_time(op.value.as_str()?)?))
}

impl Heads {
    /// Replicas whose times were bounded, by name.
    pub fn skewed(&self) -> Vec<Skewed> {
        let mut found: BTreeMap<&ReplicaId, Skewed> = BTreeMap::new();
        for (at, head) in self.iter() {
            let ahead = millis(head.time).saturating_sub(millis(self.order(at)));
            if ahead <= FAR {
                continue;
            }
            let replica = self.replica(head.replica);
            let skewed = found.entry(replica).or_insert_with(|| Skewed {
                replica: replica.clone(),
                by: head.by.clone(),
                ahead,
                actions: 0,
            });
            skewed.ahead = skewed.ahead.max(ahead);
            skewed.actions += 1;
        }
        found.into_values().collect()
    }
}
