//! 试排: changes that count for nothing until somebody applies them. A copy of the fold with steps on top, each
//! a draft like any other; applied they become one action with one undo, discarded nothing was ever written.
//! Stores nothing and is sent to nobody; `kept` says it as a text for whoever lets it outlast the page.

pub mod kept;

use std::rc::Rc;

use super::action::{Action, OpGroup};
use super::draft::Draft;
use super::fold::{Diff, Fold};
use super::restore::Plan;
use super::stamp::{ReplicaId, Stamp, Time, tick};
use crate::encoding::Nfc;
use crate::model::Text;

/// A township with changes on trial.
#[derive(Clone, Debug)]
pub struct Trial {
    /// The township as it is.
    base: Rc<Fold>,
    /// The township with all steps.
    fold: Rc<Fold>,
    steps: Vec<Draft>,
    undone: Vec<Draft>,
}

impl Trial {
    pub fn on(base: Fold) -> Trial {
        let base = Rc::new(base);
        Trial { fold: base.clone(), base, steps: Vec::new(), undone: Vec::new() }
    }

    /// The township as it would be.
    pub fn fold(&self) -> &Rc<Fold> {
        &self.fold
    }

    /// The township as it is.
    pub fn base(&self) -> &Rc<Fold> {
        &self.base
    }

    /// How many steps there are.
    pub fn len(&self) -> usize {
        self.steps.len()
    }

    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// Adds a step, as if it were written at `now_ms`; `None` where nothing would change by it.
    pub fn take(&mut self, draft: Draft, nfc: Nfc, now_ms: u64) -> Option<(Stamp, Diff)> {
        let groups = draft.to_groups(&self.fold, nfc);
        if groups.is_empty() {
            return None;
        }
        let mut fold = (*self.fold).clone();
        let done = apply(&mut fold, &draft.what, groups, now_ms);
        self.fold = Rc::new(fold);
        self.steps.push(draft);
        self.undone.clear();
        Some(done)
    }

    /// Takes the last step back; its name, where there was one.
    pub fn undo(&mut self, nfc: Nfc, now_ms: u64) -> Option<Text> {
        let step = self.steps.pop()?;
        let what = step.what.clone();
        self.undone.push(step);
        self.fold_steps(nfc, now_ms);
        Some(what)
    }

    /// Does what was taken back last; its name, where there was anything.
    pub fn redo(&mut self, nfc: Nfc, now_ms: u64) -> Option<Text> {
        let step = self.undone.pop()?;
        let what = step.what.clone();
        self.steps.push(step);
        self.fold_steps(nfc, now_ms);
        Some(what)
    }

    /// What undo and redo would do.
    pub fn next_steps(&self) -> (Option<Text>, Option<Text>) {
        let named = |steps: &[Draft]| steps.last().map(|step| step.what.clone());
        (named(&self.steps), named(&self.undone))
    }

    /// The township has changed meanwhile: the steps stand on what it is now.
    pub fn move_to(&mut self, base: Fold, nfc: Nfc, now_ms: u64) {
        self.base = Rc::new(base);
        self.fold_steps(nfc, now_ms);
    }

    /// All steps as one draft. A field that several steps wrote has the value of the last.
    pub fn draft(&self, what: &str) -> Draft {
        let mut all = Draft::new(what);
        self.steps.iter().for_each(|step| all.add(step));
        all
    }

    /// Every field that would change, as it is and as it would be.
    pub fn plan(&self, what: &str, nfc: Nfc) -> Plan {
        let draft = self.draft(what);
        let groups = draft.to_groups(&self.base, nfc);
        Plan::of_groups((&self.base, &self.fold), &groups, draft)
    }

    fn fold_steps(&mut self, nfc: Nfc, now_ms: u64) {
        let mut fold = (*self.base).clone();
        for step in &self.steps {
            let groups = step.to_groups(&fold, nfc);
            if !groups.is_empty() {
                apply(&mut fold, &step.what, groups, now_ms);
            }
        }
        self.fold = Rc::new(fold);
    }
}

/// Folds a step in under a name of its own, later than anything that is known.
fn apply(fold: &mut Fold, what: &Text, groups: Vec<OpGroup>, now_ms: u64) -> (Stamp, Diff) {
    let replica = ReplicaId::from_random(0);
    let latest: Time = fold.heads().latest().values().map(|(_, time)| *time).max().unwrap_or(0);
    let action = Action {
        counter: fold.heads().known(&replica) + 1,
        replica,
        time: tick(latest, now_ms),
        link: None,
        by: Text::default(),
        what: what.clone(),
        groups,
    };
    let diff = fold.apply_part(&action);
    fold.settle_trees();
    (action.stamp(), diff)
}
