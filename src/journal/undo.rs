//! Steps that can be taken back in this tab. History takes back older ones; see `log`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::action::{Action, OpGroup};
use super::desk::back;
use super::fold::{Applied, Diff, Fold, Key};
use super::heads::ActionIx;
use crate::model::{Text, Value};

/// Steps kept; further back, the history page does it.
const DEEPEST: usize = 200;

/// What a step changed: the value before and the action after, register by register. Places and actions
/// are those of the fold it was recorded on: an import changes a million registers.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Undo {
    pub what: Text,
    changes: Vec<Changed>,
}

#[derive(Clone, Debug, PartialEq)]
struct Changed {
    key: Key,
    before: Value,
    /// What had written `before`; 0 where nothing had been written.
    before_at: ActionIx,
    after: ActionIx,
}

impl Undo {
    /// Folds actions in and notes what it takes to go back.
    pub fn record(what: &str, fold: &mut Fold, actions: &[&Action]) -> (Diff, Undo) {
        let mut recorder = Recorder::new(fold);
        actions.iter().for_each(|action| recorder.fold_in(fold, action));
        fold.settle_trees();
        recorder.close(fold, usize::MAX);
        recorder.finish(what)
    }

    /// The ops that take the step back; registers written again since are left alone and counted.
    pub fn groups(&self, fold: &Fold) -> (Vec<OpGroup>, usize) {
        let mut groups: Vec<OpGroup> = Vec::new();
        let mut skipped = 0;
        for change in &self.changes {
            if fold.winner_at(&change.key) != Some(change.after) {
                skipped += 1;
                continue;
            }
            let (kind, id, reg) = fold.place(&change.key);
            let op = back(reg, change.before.clone(), fold.heads().stamp(change.after));
            match groups.last_mut() {
                Some(last) if last.kind == kind && last.id == id => last.ops.push(op),
                _ => groups.push(OpGroup { kind, id, ops: vec![op] }),
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

/// What a register held, and since which action; `None` where it was never written.
type Before = Option<(Value, ActionIx)>;

/// Folds a batch of actions in, as many at a time as one likes, and notes what their registers held.
pub(crate) struct Recorder {
    befores: Vec<(Key, Before)>,
    /// The batch's own actions come after this one.
    last: ActionIx,
    /// Registers noted whose winner is none of the batch all the same.
    lost: FxHashSet<Key>,
    diff: Diff,
    changes: Vec<Changed>,
}

impl Recorder {
    pub fn new(fold: &Fold) -> Recorder {
        Recorder {
            befores: Vec::new(),
            last: fold.heads().len() as ActionIx,
            lost: FxHashSet::default(),
            diff: Diff::default(),
            changes: Vec::new(),
        }
    }

    pub fn fold_in(&mut self, fold: &mut Fold, action: &Action) {
        let from = self.befores.len();
        action.groups.iter().for_each(|group| self.note(fold, group));
        if let Applied::New(new) = fold.apply(action) {
            self.diff.records.extend(new.records);
        }
        // An op that lost leaves the winner as it was: the next one would be noted again.
        for (key, _) in &self.befores[from..] {
            if fold.winner_at(key).is_none_or(|at| at <= self.last) {
                self.lost.insert(key.clone());
            }
        }
    }

    /// Notes the registers of a group that the batch has not written yet: back is before its first op.
    fn note(&mut self, fold: &mut Fold, group: &OpGroup) {
        for key in fold.keys_of(group) {
            let at = fold.winner_at(&key);
            if at.is_some_and(|at| at > self.last) || self.lost.contains(&key) {
                continue;
            }
            let before = fold.winner(&key).map(|cell| (cell.value, cell.at));
            self.befores.push((key, before));
        }
    }

    /// Compares so many registers with what they hold once all is in; true when all are.
    pub fn close(&mut self, fold: &Fold, registers: usize) -> bool {
        for _ in 0..registers {
            let Some((key, before)) = self.befores.pop() else { break };
            let Some(now) = fold.winner(&key) else { continue };
            let (before, before_at) = before.unwrap_or((Value::Null, 0));
            if now.value != before {
                self.changes.push(Changed { key, before, before_at, after: now.at });
            }
        }
        self.befores.is_empty()
    }

    pub fn finish(mut self, what: &str) -> (Diff, Undo) {
        self.changes.reverse();
        (self.diff, Undo { what: what.into(), changes: self.changes })
    }
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
    pub fn uncover(&mut self, step: &Undo, now: ActionIx) {
        let written = step.changes.iter().filter(|change| change.before_at != 0);
        let uncovered: FxHashMap<&Key, ActionIx> =
            written.map(|change| (&change.key, change.before_at)).collect();
        let steps = self.done.iter_mut().chain(&mut self.undone);
        for change in steps.flat_map(|step| &mut step.changes) {
            if uncovered.get(&change.key) == Some(&change.after) {
                change.after = now;
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
