//! Looking at the township as it was recorded at a moment: every page reads that fold until somebody
//! comes back to now. Nothing can be written meanwhile; each way to write says so.

use std::rc::Rc;

use super::{Open, Session};
use crate::journal::moments::Moments;
use crate::journal::past::{Past, end_of};
use crate::journal::{DeskError, Fold, StoreError};
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::web::frame;
use crate::web::world::{day_of, today};

/// Bytes of the log between two looks at the clock.
pub const STEP: usize = 32_768;

impl Session {
    /// Looks at the fold of now, wherever the pages look.
    pub fn read_now<T>(self, look: impl FnOnce(&Fold) -> T) -> T {
        match self.base() {
            Some(open) => open.desk.read(look),
            None => match self.looked.get_value() {
                Some(fold) => look(&fold),
                None => look(&Fold::default()),
            },
        }
    }

    /// Who may write: whoever has a base of this program open and looks at now. The refusal is told here.
    pub fn may_write(self) -> Result<Open, DeskError> {
        if self.past.get_untracked().is_some() {
            let error = DeskError::LookingBack;
            self.toasts.failed(error.to_string());
            return Err(error);
        }
        if self.is_trying_now() {
            self.toasts.failed(DeskError::Trying.to_string());
            return Err(DeskError::Trying);
        }
        if let Err(error) = self.may_pass_on() {
            self.toasts.failed(error.to_string());
            return Err(error);
        }
        self.base().ok_or(StoreError::Gone.into())
    }

    /// Shows everything that was recorded up to the end of this millisecond, once it is folded.
    /// `told` hears of bytes read and bytes in all and says whether to go on.
    pub async fn look_back(self, millis: u64, told: &dyn Fn((usize, usize)) -> bool) {
        let Some(open) = self.base() else { return };
        if self.is_trying_now() {
            return self.toasts.failed(DeskError::Trying.to_string());
        }
        let rows = match open.desk.rows().await {
            Ok(rows) => rows,
            Err(error) => return self.toasts.failed(error.to_string()),
        };
        let mut past = Past::begin(Rc::new(rows), end_of(millis), self.read_now(Moments::of));
        let mut failed = None;
        loop {
            let mut step = || {
                past.step(STEP).unwrap_or_else(|error| {
                    failed = Some(error);
                    true
                })
            };
            if frame::slice(&mut step) {
                break;
            }
            if !told(past.progress()) {
                return;
            }
            frame::breathe().await;
        }
        match failed {
            Some(error) => self.toasts.failed(error.to_string()),
            None => self.show(Some((millis, Rc::new(past.finish())))),
        }
    }

    pub fn back_to_now(self) {
        if self.past.get_untracked().is_some() {
            self.show(None);
        }
    }

    fn show(self, looked: Option<(u64, Rc<Fold>)>) {
        let at = looked.as_ref().map(|(at, _)| *at);
        // What held on that day, until the reader asks for another.
        self.day.set(at.map_or_else(today, day_of));
        self.looked.set_value(looked.map(|(_, fold)| fold));
        self.past.set(at);
        self.revision.update_value(|revision| *revision += 1);
        notify(&self.live.with_value(Live::all));
    }
}
