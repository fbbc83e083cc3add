//! What a set of actions means, by definition and as slowly as it likes: what the fold is held against.

use std::collections::BTreeMap;

use gangtu::journal::action::{Action, Kind, Reg};
use gangtu::journal::clock::receipts_in;
use gangtu::journal::stamp::Time;
use gangtu::journal::{Fold, ReplicaId, Stamp};
use gangtu::model::Value;

/// Kind, record and register.
pub type Names = (String, String, String);

/// What stands in a register: the value, who wrote it, and how many others stand beside it.
pub type Stands = (Value, Stamp, usize);

/// An op as the oracle sees it.
struct Written {
    /// The time it counts by.
    counts: Time,
    stamp: Stamp,
    value: Value,
    replaced: Vec<Stamp>,
}

/// By definition, heads are ops whose stamp no other op names; the latest wins, and in a set a member
/// that is there wins over one that is not. An action counts by the earliest of its own time and the
/// receipts that cover it.
pub fn oracle(actions: &[Action]) -> BTreeMap<Names, Stands> {
    let receipts: Vec<(ReplicaId, u64, Time)> = actions.iter().flat_map(receipts_in).collect();
    let mut ops: BTreeMap<Names, Vec<Written>> = BTreeMap::new();
    for action in actions {
        let covering = receipts.iter().filter(|(replica, counter, _)| {
            *replica == action.replica && *counter >= action.counter
        });
        let received = covering.map(|(_, _, time)| *time).min();
        let counts = received.map_or(action.time, |time| time.min(action.time));
        for group in &action.groups {
            for op in &group.ops {
                let name = op.reg.name(&group.kind).into_owned();
                let key = (group.kind.name().into(), group.id.to_string(), name);
                ops.entry(key).or_default().push(Written {
                    counts,
                    stamp: action.stamp(),
                    value: op.value.clone(),
                    replaced: op.replaced().cloned().collect(),
                });
            }
        }
    }
    ops.into_iter().map(|(key, ops)| (key.clone(), stands(&key, &ops))).collect()
}

fn stands((_, _, name): &Names, ops: &[Written]) -> Stands {
    let replaced: Vec<&Stamp> = ops.iter().flat_map(|op| &op.replaced).collect();
    let mut heads: Vec<&Written> = ops.iter().filter(|op| !replaced.contains(&&op.stamp)).collect();
    let adds = |op: &Written| name.contains('/') && !op.value.is_null();
    heads.sort_by_key(|op| (adds(op), op.counts, op.stamp.clone()));
    let winner = heads.last().expect("a register has a head");
    (winner.value.clone(), winner.stamp.clone(), heads.len() - 1)
}

/// Where a fold of `actions` says something else, in words.
pub fn differs(fold: &Fold, actions: &[Action]) -> Option<String> {
    let mut conflicts = 0;
    for ((kind, id, name), (value, stamp, rivals)) in oracle(actions) {
        let known = Kind::named(&kind);
        let found = fold.register(&known, &id, &Reg::named(&known, &name));
        if found.as_ref() != Some(&(value.clone(), stamp.clone())) {
            return Some(format!(
                "{kind} {id} {name} is {found:?} instead of {value:?} by {stamp}"
            ));
        }
        conflicts += usize::from(rivals > 0);
    }
    let counted = fold.conflict_count();
    (counted != conflicts).then(|| format!("{counted} conflicts instead of {conflicts}"))
}
