//! 试排: every page shows the township as it would be, and whatever is written goes to the trial instead of the
//! base, until somebody applies it as one action or drops it. Kept in this window only.

use std::rc::Rc;

use super::{Mode, Session};
use crate::journal::desk::Commit;
use crate::journal::restore::Plan;
use crate::journal::{DeskError, Diff, Draft, Fold, Trial, World};
use crate::model::Text;
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::web::world::BrowserWorld;

fn nfc(text: &str) -> String {
    BrowserWorld.nfc(text)
}

impl Session {
    /// Whether changes are on trial; wakes the reader when that changes.
    pub fn is_trying(self) -> bool {
        self.trying.with(Option::is_some)
    }

    /// The same, waking nobody.
    pub fn is_trying_now(self) -> bool {
        self.trying.with_untracked(Option::is_some)
    }

    /// Who may fill in a form: whoever may write, or has changes on trial. The refusal is told here.
    pub fn may_edit(self) -> Result<(), DeskError> {
        if self.is_trying_now() { Ok(()) } else { self.may_write().map(drop) }
    }

    pub fn begin_trial(self) {
        if self.is_trying_now() || self.may_write().is_err() {
            return;
        }
        self.trial.set_value(Some(Trial::on(self.read_now(Fold::clone))));
        self.show_trial();
    }

    /// Forgets all of it, once somebody has said so where there is something to lose.
    pub fn drop_trial_asked(self) {
        let steps = self.trying.get_untracked().unwrap_or(0);
        let sure = format!("试排的 {steps} 步改动会全部丢掉，台账不变。确定放弃吗？");
        let confirmed = || window().confirm_with_message(&sure).unwrap_or(true);
        if steps == 0 || confirmed() {
            self.drop_trial();
        }
    }

    /// Forgets all of it; the township is as it was.
    pub fn drop_trial(self) {
        if self.is_trying_now() {
            self.trial.set_value(None);
            self.show_trial();
        }
    }

    /// Writes all of it as one action; failure is already told when this returns.
    pub async fn apply_trial(self) -> bool {
        let Some(trial) = self.trial.get_value() else { return false };
        let draft = trial.draft(&format!("采用试排的 {} 步改动", trial.len()));
        self.drop_trial();
        match self.commit_now(draft).await {
            Ok(commit) => {
                self.toasts.done(commit.what.to_string(), true);
                true
            }
            Err(_) => {
                self.trial.set_value(Some(trial));
                self.show_trial();
                false
            }
        }
    }

    /// What of it differs from the township as it is.
    pub fn trial_plan(self) -> Option<Plan> {
        self.trial.with_value(|trial| Some(trial.as_ref()?.plan("采用试排", &nfc)))
    }

    /// The township as it is, beside what is on trial.
    pub fn trial_base(self) -> Option<Rc<Fold>> {
        self.trial.with_value(|trial| Some(trial.as_ref()?.base().clone()))
    }

    /// What undo and redo would do now.
    pub fn next_steps(self) -> (Option<Text>, Option<Text>) {
        self.watch_all(|_| ());
        let tried = self.trial.with_value(|trial| trial.as_ref().map(Trial::next_steps));
        let of_base = || self.base().map_or((None, None), |open| open.desk.undoable());
        tried.unwrap_or_else(of_base)
    }

    pub(super) fn take_on_trial(self, draft: Draft) -> Commit {
        let what = draft.what.clone();
        let now = BrowserWorld.now_ms();
        let taken =
            self.trial.try_update_value(|trial| trial.as_mut()?.take(draft, &nfc, now)).flatten();
        let stamp = taken.as_ref().map(|(stamp, _)| stamp.clone());
        let diff = taken.map_or_else(Diff::default, |(_, diff)| diff);
        if stamp.is_some() {
            self.show_trial();
        }
        Commit { stamp, what, diff, skipped: 0 }
    }

    pub(super) fn undo_on_trial(self) {
        self.step_trial("已撤销：", Trial::undo);
    }

    pub(super) fn redo_on_trial(self) {
        self.step_trial("已重做：", Trial::redo);
    }

    fn step_trial(
        self,
        word: &str,
        step: fn(&mut Trial, crate::encoding::Nfc, u64) -> Option<Text>,
    ) {
        let now = BrowserWorld.now_ms();
        let done = self.trial.try_update_value(|trial| step(trial.as_mut()?, &nfc, now)).flatten();
        match done {
            Some(what) => {
                self.show_trial();
                self.toasts.done([word, &what].concat(), false);
            }
            None => self.toasts.failed(DeskError::NothingToUndo.to_string()),
        }
    }

    /// The base was written to, here or in another tab: the trial stands on what it is now.
    pub(super) fn move_trial(self) {
        if !self.is_trying_now() {
            return;
        }
        let (base, now) = (self.read_now(Fold::clone), BrowserWorld.now_ms());
        self.trial.update_value(|trial| {
            if let Some(trial) = trial {
                trial.move_to(base, &nfc, now);
            }
        });
        self.show_trial();
    }

    /// Residents see the township as it is, whatever is on trial.
    pub(super) fn show_trial(self) {
        let trial = self.trial.get_value();
        self.trying.set(trial.as_ref().map(Trial::len));
        let shown = trial.filter(|_| self.mode.get_untracked() != Mode::Lookup);
        self.looked.set_value(shown.map(|trial| trial.fold().clone()));
        self.revision.update_value(|revision| *revision += 1);
        notify(&self.live.with_value(Live::all));
    }
}
