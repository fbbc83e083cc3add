//! 试排: every page shows the township as it would be, and whatever is written goes to the trial instead of the
//! base, until somebody applies it as one action or drops it. What was tried stays in this browser (not of a locked base, nor
//! for guests), so that a window that closes loses nothing: it can be gone on with.

use std::rc::Rc;

use super::{Mode, Open, Session};
use crate::journal::desk::Commit;
use crate::journal::restore::Plan;
use crate::journal::trial::kept::{self, CannotGoOn};
use crate::journal::{DeskError, Diff, Draft, Fold, Trial, World};
use crate::model::Text;
use crate::ui::later::call;
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::web::leavings;
use crate::web::world::BrowserWorld;

fn nfc(text: &str) -> String {
    BrowserWorld.nfc(text)
}

fn kept_as(open: &Open) -> String {
    ["trial:", &open.key].concat()
}

fn write_kept(trial: &Trial) -> Option<String> {
    kept::to_text(trial)
}

fn read_kept((text, base): (&str, &Fold)) -> Result<Vec<Draft>, CannotGoOn> {
    kept::read(text, base)
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

    /// Whether changes are on trial now. Where an older trial was left, somebody says first what becomes of it.
    pub fn begin_trial(self) -> bool {
        if self.is_trying_now() {
            return true;
        }
        if self.trial_left.with_untracked(Option::is_some) {
            self.toasts.failed("上次的试排还留着：请先在“试排”里选“接着试排”或“放弃”。");
            return false;
        }
        if self.may_write().is_err() {
            return false;
        }
        self.trial.set_value(Some(Trial::on(self.read_now(Fold::clone))));
        self.show_trial();
        true
    }

    /// Looks whether a trial was left when this township was open the last time.
    pub(super) fn look_for_trial(self) {
        let left = self.trial_key().and_then(|key| leavings::get(&key));
        self.trial_left.set(left.and_then(|text| text.split_once('\n')?.0.parse().ok()));
    }

    /// Goes on with the trial that was left, on the township as it is now.
    pub fn resume_trial(self) {
        let text = self.trial_key().and_then(|key| leavings::get(&key)).unwrap_or_default();
        if self.is_trying_now() || self.may_write().is_err() {
            return;
        }
        let (base, now) = (self.read_now(Fold::clone), BrowserWorld.now_ms());
        let steps = text.split_once('\n').map_or("", |(_, steps)| steps);
        let read = call(read_kept, (steps, &base));
        let mut trial = Trial::on(base);
        for step in read.as_ref().into_iter().flatten() {
            trial.take(step.clone(), &nfc, now);
        }
        let cannot = read.err().or((trial.is_empty()).then_some(CannotGoOn::Done));
        if let Some(cannot) = cannot {
            self.toasts.failed(cannot.to_string());
            return self.forget_left();
        }
        self.trial_left.set(None);
        self.trial.set_value(Some(trial));
        self.show_trial();
    }

    /// Gives up the trial that was left, once somebody has said so.
    pub fn forget_left_asked(self) {
        let sure = "上次试排的改动会全部丢掉，台账不变。确定放弃吗？";
        if window().confirm_with_message(sure).unwrap_or(true) {
            self.forget_left();
        }
    }

    fn forget_left(self) {
        self.trial_left.set(None);
        if let Some(key) = self.base().map(|open| kept_as(&open)) {
            leavings::forget(&key);
        }
    }

    /// Under which name a trial of this township is kept; none where nothing may be left in the clear.
    fn trial_key(self) -> Option<String> {
        let open = self.base().filter(|open| !open.demo && !leavings::is_guest())?;
        let is_locked = open.desk.storage().kept().is_none_or(|kept| kept.is_locked());
        (!is_locked).then(|| kept_as(&open))
    }

    /// Keeps what is on trial, or takes away what was kept of it: also where the township was locked just now.
    pub fn keep_trial(self) {
        let key = self.trial_key();
        let text = self.trial.with_value(|trial| {
            let trial = trial.as_ref().filter(|trial| !trial.is_empty())?;
            let steps = call(write_kept, trial)?;
            Some(format!("{}\n{steps}", trial.len()))
        });
        let kept = match (&key, &text) {
            (Some(key), Some(text)) => {
                leavings::set(key, text);
                // The browser may have had no room for it.
                leavings::get(key).as_ref() == Some(text)
            }
            _ => false,
        };
        if !kept && let Some(open) = self.base() {
            leavings::forget(&kept_as(&open));
        }
        self.trial_kept.set(kept);
    }

    /// Whether closing the window would lose what is on trial.
    pub fn would_lose_trial(self) -> bool {
        self.trying.get_untracked().unwrap_or(0) > 0 && !self.trial_kept.get_untracked()
    }

    /// The township is closed: what was kept of its trial stays.
    pub(super) fn leave_trial(self) {
        self.trial.set_value(None);
        self.trial_left.set(None);
        self.trial_kept.set(false);
        if self.is_trying_now() {
            self.tell_trial();
        }
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

    pub(super) fn show_trial(self) {
        self.keep_trial();
        self.tell_trial();
    }

    /// Residents see the township as it is, whatever is on trial.
    fn tell_trial(self) {
        let trial = self.trial.get_value();
        self.trying.set(trial.as_ref().map(Trial::len));
        let shown = trial.filter(|_| self.mode.get_untracked() != Mode::Lookup);
        self.looked.set_value(shown.map(|trial| trial.fold().clone()));
        self.revision.update_value(|revision| *revision += 1);
        notify(&self.live.with_value(Live::all));
    }
}
