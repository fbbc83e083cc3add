//! Steps that can be taken back in this tab. History takes back older ones; see `log`.

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, Kind, OpGroup, Reg};
use super::desk::back;
use super::fold::{Applied, Diff, Fold};
use super::stamp::Stamp;
use crate::model::{Text, Value};

/// Steps kept; further back, the history page does it.
const DEEPEST: usize = 200;

/// What a step changed: the value before and the stamp after, register by register.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Undo {
    pub what: Text,
    changes: Vec<Changed>,
}

#[derive(Clone, Debug, PartialEq)]
struct Changed {
    kind: Kind,
    id: Text,
    reg: Reg,
    before: Value,
    /// Who had written `before`; `None` where nothing had been written.
    before_at: Option<Stamp>,
    after: Stamp,
}

impl Changed {
    fn place(&self) -> (Kind, Text, Reg) {
        (self.kind.clone(), self.id.clone(), self.reg.clone())
    }
}

impl Undo {
    /// Folds actions in and notes what it takes to go back.
    pub fn record(what: &str, fold: &mut Fold, actions: &[&Action]) -> (Diff, Undo) {
        let mut befores: Vec<Before> = Vec::new();
        let mut diff = Diff::default();
        for action in actions {
            for group in &action.groups {
                befores.extend(group.ops.iter().map(|op| before(fold, group, &op.reg)));
            }
            if let Applied::New(new) = fold.apply(action) {
                diff.records.extend(new.records);
            }
        }
        fold.settle_trees();
        // Actions of an import may write a register several times: back is before the first of them.
        let mut seen: BTreeSet<(Kind, Text, Reg)> = BTreeSet::new();
        befores.retain(|(kind, id, reg, _)| seen.insert((kind.clone(), id.clone(), reg.clone())));
        let changes = befores
            .into_iter()
            .filter_map(|(kind, id, reg, was)| {
                let (now, after) = fold.register(&kind, &id, &reg)?;
                let (before, before_at) = was.map_or((Value::Null, None), |(v, at)| (v, Some(at)));
                let changed = Changed { kind, id, reg, before, before_at, after };
                (now != changed.before).then_some(changed)
            })
            .collect();
        (diff, Undo { what: what.into(), changes })
    }

    /// The ops that take the step back; registers written again since are left alone and counted.
    pub fn groups(&self, fold: &Fold) -> (Vec<OpGroup>, usize) {
        let mut groups: Vec<OpGroup> = Vec::new();
        let mut skipped = 0;
        for change in &self.changes {
            let now = fold.register(&change.kind, &change.id, &change.reg);
            if now.is_none_or(|(_, stamp)| stamp != change.after) {
                skipped += 1;
                continue;
            }
            let op = back(change.reg.clone(), change.before.clone(), change.after.clone());
            match groups.last_mut() {
                Some(last) if last.kind == change.kind && last.id == change.id => last.ops.push(op),
                _ => groups.push(OpGroup {
                    kind: change.kind.clone(),
                    id: change.id.clone(),
                    ops: vec![op],
                }),
            }
        }
        (groups, skipped)
    }

    pub fn what_back(&self) -> String {
        format!("撤销：{}", self.what)
    }

    /// The same step seen from the other side keeps its name.
    pub fn named(self, step: &Undo) -> Undo {
        Undo { what: step.what.clone(), ..self }
    }
}

/// A register and what it held.
type Before = (Kind, Text, Reg, Option<(Value, Stamp)>);

fn before(fold: &Fold, group: &OpGroup, reg: &Reg) -> Before {
    let was = fold.register(&group.kind, &group.id, reg);
    (group.kind.clone(), group.id.clone(), reg.clone(), was)
}

/// Steps done and steps taken back.
#[derive(Clone, Debug, Default)]
pub(crate) struct UndoStack {
    done: Vec<Undo>,
    undone: Vec<Undo>,
}

impl UndoStack {
    pub fn names(&self) -> (Option<Text>, Option<Text>) {
        let name = |steps: &[Undo]| steps.last().map(|step| step.what.clone());
        (name(&self.done), name(&self.undone))
    }

    pub fn done(&mut self, step: Undo) {
        self.undone.clear();
        push(&mut self.done, step);
    }

    pub fn next_undo(&self) -> Option<Undo> {
        self.done.last().cloned()
    }

    pub fn next_redo(&self) -> Option<Undo> {
        self.undone.last().cloned()
    }

    /// The last step was taken back; `inverse` would bring it again.
    pub fn undone(&mut self, inverse: Undo) {
        self.done.pop();
        push(&mut self.undone, inverse);
    }

    pub fn redone(&mut self, inverse: Undo) {
        self.undone.pop();
        push(&mut self.done, inverse);
    }

    /// `step` was taken back by the action `now`: what it uncovered is as it was before the step, so
    /// the steps that had left it so can still be taken back in their turn.
    pub fn uncover(&mut self, step: &Undo, now: &Stamp) {
        let mut uncovered: BTreeMap<_, &Stamp> = BTreeMap::new();
        let places =
            step.changes.iter().filter_map(|at| Some((at.place(), at.before_at.as_ref()?)));
        uncovered.extend(places);
        let steps = self.done.iter_mut().chain(&mut self.undone);
        for change in steps.flat_map(|step| &mut step.changes) {
            if uncovered.get(&change.place()) == Some(&&change.after) {
                change.after = now.clone();
            }
        }
    }

    /// Forgets a step of which nothing is left to take back.
    pub fn drop_step(&mut self, step: &Undo) {
        self.done.retain(|known| known != step);
        self.undone.retain(|known| known != step);
    }
}

fn push(steps: &mut Vec<Undo>, step: Undo) {
    if steps.len() == DEEPEST {
        steps.remove(0);
    }
    steps.push(step);
}
