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
        let mut befores = Befores::new(fold);
        let mut diff = Diff::default();
        for action in actions {
            let from = befores.list.len();
            action.groups.iter().for_each(|group| befores.note(fold, group));
            if let Applied::New(new) = fold.apply(action) {
                diff.records.extend(new.records);
            }
            befores.note_losers(fold, from);
        }
        fold.settle_trees();
        let changed = |(key, before): (Key, Before)| {
            let now = fold.winner(&key)?;
            let (before, before_at) = before.unwrap_or((Value::Null, 0));
            (now.value != before).then_some(Changed { key, before, before_at, after: now.at })
        };
        let changes = befores.list.into_iter().filter_map(changed).collect();
        (diff, Undo { what: what.into(), changes })
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

/// What registers held before a batch of actions.
struct Befores {
    list: Vec<(Key, Before)>,
    /// The batch's own actions come after this one.
    last: ActionIx,
    /// Registers noted whose winner is none of the batch all the same.
    lost: FxHashSet<Key>,
}

impl Befores {
    fn new(fold: &Fold) -> Befores {
        let last = fold.heads().len() as ActionIx;
        Befores { list: Vec::new(), last, lost: FxHashSet::default() }
    }

    /// Notes the registers of a group that the batch has not written yet: back is before its first op.
    fn note(&mut self, fold: &mut Fold, group: &OpGroup) {
        for key in fold.keys_of(group) {
            let at = fold.winner_at(&key);
            if at.is_some_and(|at| at > self.last) || self.lost.contains(&key) {
                continue;
            }
            let before = fold.winner(&key).map(|cell| (cell.value, cell.at));
            self.list.push((key, before));
        }
    }

    /// An op that lost leaves the winner as it was: the next one would be noted again.
    fn note_losers(&mut self, fold: &Fold, from: usize) {
        let lost = |(key, _): &&(Key, Before)| fold.winner_at(key).is_none_or(|at| at <= self.last);
        let lost: Vec<Key> =
            self.list[from..].iter().filter(lost).map(|(key, _)| key.clone()).collect();
        self.lost.extend(lost);
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
