//! History: what every line ever written says of a record. Read from storage when somebody asks.

use rustc_hash::FxHashMap;

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::basis::actions_in;
use super::draft::Draft;
use super::fold::{Fold, group_members};
use super::stamp::{Stamp, Time};
use crate::model::{Text, Value, schema};
use crate::sorting::Sorting;

/// One field's change, as history tells it.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub stamp: Stamp,
    pub by: Text,
    pub what: Text,
    /// Field id, or the register's name where this program does not know it.
    pub field: Text,
    pub from: Value,
    pub to: Value,
}

/// All actions of a copy.
#[derive(Clone, Debug, Default)]
pub struct Log {
    actions: Vec<Action>,
}

impl Log {
    /// Reads stored rows; a row is one or more lines. Lines this program cannot read are left out
    /// here: they are still stored and sent on.
    pub fn read<'a>(rows: impl IntoIterator<Item = &'a str>) -> Log {
        let lines = rows.into_iter().flat_map(str::lines);
        let mut actions: Vec<Action> = lines.flat_map(actions_in).collect();
        // What an extract brought stands behind the line itself, where that is here.
        actions.arrange_by_cached(|action| (action.stamp(), action.counter == 0));
        actions.dedup_by(|again, first| again.stamp() == first.stamp());
        Log { actions }
    }

    /// Actions in order of time, oldest first.
    pub fn actions(&self) -> &[Action] {
        &self.actions
    }

    pub fn find(&self, stamp: &Stamp) -> Option<&Action> {
        let at = self.actions.binary_search_by_key(stamp, Action::stamp).ok()?;
        Some(&self.actions[at])
    }

    /// The changes of one record, newest first.
    pub fn history(&self, kind: &str, id: &str) -> Vec<Change> {
        let kind = Kind::named(kind);
        let mut values: FxHashMap<(Text, Option<Stamp>), Value> = FxHashMap::default();
        let mut changes = Vec::new();
        for action in &self.actions {
            let groups =
                action.groups.iter().filter(|group| group.kind == kind && &*group.id == id);
            for op in groups.flat_map(|group| &group.ops) {
                let name: Text = op.reg.name(&kind).as_ref().into();
                let from =
                    values.get(&(name.clone(), op.prev.clone())).cloned().unwrap_or_default();
                push_changes(&mut changes, action, &kind, op, &from);
                values.insert((name, Some(action.stamp())), op.value.clone());
            }
        }
        changes.reverse();
        changes
    }

    /// The draft that takes an action back, and how many of its fields were changed again since.
    pub fn inverse(&self, stamp: &Stamp, fold: &Fold) -> Option<(Draft, usize)> {
        let action = self.find(stamp)?;
        let mut before = |group: &OpGroup, op: &Op| match &op.prev {
            None => Value::Null,
            Some(prev) => self.value_written(prev, group, &op.reg),
        };
        let (groups, skipped) = inverse_groups(action, fold, &mut before);
        Some((Draft::of_groups(&format!("撤销：{}", action.what), groups), skipped))
    }

    /// Actions within a span of times, for lists that page.
    pub fn between(&self, from: Time, to: Time) -> &[Action] {
        let start = self.actions.partition_point(|action| action.time < from);
        let end = self.actions.partition_point(|action| action.time < to);
        &self.actions[start..end]
    }

    fn value_written(&self, stamp: &Stamp, group: &OpGroup, reg: &Reg) -> Value {
        let written = self.find(stamp).and_then(|action| {
            let same = action.groups.iter().filter(|at| at.kind == group.kind && at.id == group.id);
            same.flat_map(|at| &at.ops).find(|op| op.reg == *reg).map(|op| op.value.clone())
        });
        written.unwrap_or_default()
    }
}

/// Ops that put back what stood before; a register written again since is left alone and counted.
pub(crate) fn inverse_groups(
    action: &Action,
    fold: &Fold,
    before: &mut dyn FnMut(&OpGroup, &Op) -> Value,
) -> (Vec<OpGroup>, usize) {
    let own = action.stamp();
    let mut skipped = 0;
    let mut groups = Vec::with_capacity(action.groups.len());
    for group in &action.groups {
        let mut ops = Vec::with_capacity(group.ops.len());
        for op in &group.ops {
            match fold.register(&group.kind, &group.id, &op.reg) {
                Some((_, at)) if at == own => {
                    let value = before(group, op);
                    ops.push(Op::over(op.reg.clone(), value, Some(own.clone())));
                }
                _ => skipped += 1,
            }
        }
        if !ops.is_empty() {
            groups.push(OpGroup { kind: group.kind.clone(), id: group.id.clone(), ops });
        }
    }
    (groups, skipped)
}

fn push_changes(changes: &mut Vec<Change>, action: &Action, kind: &Kind, op: &Op, from: &Value) {
    let change = |field: &str, from: Value, to: Value| Change {
        stamp: action.stamp(),
        by: action.by.clone(),
        what: action.what.clone(),
        field: field.into(),
        from,
        to,
    };
    let grouped = match (kind, &op.reg) {
        (Kind::Known(kind), Reg::Known(register)) => {
            Some((&schema().kinds[*kind], &schema().kinds[*kind].registers[*register]))
                .filter(|(_, register)| register.grouped)
        }
        _ => None,
    };
    let Some((info, register)) = grouped else {
        let name = op.reg.name(kind);
        return changes.push(change(&name, from.clone(), op.value.clone()));
    };
    let (old, new) = (group_members(from), group_members(&op.value));
    for field in &register.fields {
        let id = info.spec.fields[*field].id;
        let member = |members: &serde_json::Map<_, _>| {
            members.get(id).cloned().map_or(Value::Null, Value::from_json)
        };
        if old.get(id) != new.get(id) {
            changes.push(change(id, member(&old), member(&new)));
        }
    }
}
