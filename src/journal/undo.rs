//! Steps that can be taken back in this tab. History takes back older ones; see `log`.

use std::ops::RangeInclusive;

use rustc_hash::{FxHashMap, FxHashSet};

use super::action::{Action, Op, OpGroup};
use super::fold::{Applied, Diff, Fold, Key, Watch};
use super::heads::ActionIx;
use crate::model::{Text, Value};
use crate::sorting::Sorting;

/// Steps kept; further back, the history page does it.
const DEEPEST: usize = 200;

/// What a step changed. Places and actions are those of the fold it was recorded on: an import writes a
/// million registers, and those that had never been written are known by their writers alone.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Undo {
    pub what: Text,
    /// The step's own actions.
    actions: RangeInclusive<ActionIx>,
    /// Registers that had a value, and those the step no longer wrote last.
    changes: Vec<Changed>,
    /// How many registers it was the first to write, beside those in `changes`.
    fresh: usize,
}

/// The value before and the action after.
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
        recorder.finish(fold, what)
    }

    /// The ops that take the step back; registers written again since are left alone and counted.
    pub fn groups(&self, fold: &Fold) -> (Vec<OpGroup>, usize) {
        let mut ops: Vec<(Key, Op)> = Vec::new();
        let mut take_back = |key: Key, before: Value, now: ActionIx| {
            let (_, _, reg) = fold.place(&key);
            let own = fold.rivals_at(&key).filter(|at| self.actions.contains(at));
            let rivals = own.map(|at| fold.heads().stamp(at)).collect();
            let prev = Some(fold.heads().stamp(now));
            ops.push((key, Op { reg, value: before, prev, rivals }));
        };
        let mut skipped = 0;
        for Changed { key, before, after, .. } in &self.changes {
            match fold.winner(key) {
                Some(now) if now.at != *after => skipped += 1,
                Some(now) if now.value != *before => {
                    take_back(key.clone(), before.clone(), now.at);
                }
                _ => {}
            }
        }
        let told: FxHashSet<&Key> = self.changes.iter().map(|change| &change.key).collect();
        let mut found = 0;
        fold.each_written_in(&self.actions, &mut |key, cell| {
            if told.contains(&key) {
                return;
            }
            found += 1;
            if !cell.value.is_null() {
                take_back(key, Value::Null, cell.at);
            }
        });
        (grouped(fold, ops), skipped + self.fresh.saturating_sub(found))
    }

    pub fn what_back(&self) -> String {
        format!("撤销：{}", self.what)
    }

    /// The same step seen from the other side keeps its name.
    pub fn named(self, step: &Undo) -> Undo {
        Undo { what: step.what.clone(), ..self }
    }

    /// Registers that had been left as an action left them are now as `now` left them.
    fn left_by(&mut self, uncovered: &FxHashMap<&Key, ActionIx>, now: ActionIx) {
        let mut own: FxHashMap<&Key, ActionIx> = uncovered.clone();
        own.retain(|_, at| self.actions.contains(at));
        for change in &mut self.changes {
            own.remove(&change.key);
            if uncovered.get(&change.key) == Some(&change.after) {
                change.after = now;
            }
        }
        // It was the first to write these.
        self.fresh = self.fresh.saturating_sub(own.len());
        self.changes.extend(own.into_keys().map(|key| Changed {
            key: key.clone(),
            before: Value::Null,
            before_at: 0,
            after: now,
        }));
    }
}

/// Ops by record, those of a record by register name, as a line has them.
fn grouped(fold: &Fold, mut ops: Vec<(Key, Op)>) -> Vec<OpGroup> {
    ops.arrange(|(a, _), (b, _)| a.cmp(b));
    ops.arrange_by_cached(|(key, _)| fold.record_of(key));
    let mut groups: Vec<OpGroup> = Vec::new();
    for (key, op) in ops {
        let (kind, id, _) = fold.place(&key);
        match groups.last_mut() {
            Some(last) if last.kind == kind && last.id == id => last.ops.push(op),
            _ => groups.push(OpGroup { kind, id, ops: vec![op] }),
        }
    }
    for group in &mut groups {
        let kind = &group.kind;
        group.ops.arrange_by_cached(|op| op.reg.name(kind).into_owned());
    }
    groups
}

/// Folds a batch of actions in and notes what their registers held.
pub(crate) struct Recorder {
    /// The batch's own actions come after this one.
    last: ActionIx,
    diff: Diff,
}

impl Recorder {
    pub fn new(fold: &mut Fold) -> Recorder {
        fold.watch = Some(Watch::default());
        Recorder { last: fold.heads().len() as ActionIx, diff: Diff::default() }
    }

    pub fn fold_in(&mut self, fold: &mut Fold, action: &Action) {
        if let Applied::New(new) = fold.apply(action) {
            self.diff.records.extend(new.records);
        }
    }

    pub fn finish(self, fold: &mut Fold, what: &str) -> (Diff, Undo) {
        let Watch { replaced, fresh } = fold.watch.take().unwrap_or_default();
        let mut met: FxHashSet<Key> = FxHashSet::default();
        met.reserve(replaced.len());
        let mut changes = Vec::with_capacity(replaced.len());
        for (key, before) in replaced {
            // Of a register the batch wrote several times, what it held before the first counts.
            if before.at > self.last || !met.insert(key.clone()) {
                continue;
            }
            if let Some(after) = fold.winner_at(&key).filter(|at| *at > self.last) {
                let (before, before_at) = (before.value, before.at);
                changes.push(Changed { key, before, before_at, after });
            }
        }
        let actions = self.last + 1..=fold.heads().len() as ActionIx;
        (self.diff, Undo { what: what.into(), actions, changes, fresh })
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
        for other in self.done.iter_mut().chain(&mut self.undone) {
            other.left_by(&uncovered, now);
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
