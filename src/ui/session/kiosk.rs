//! 查询机: the page as a machine in the hall. Begun by staff or by the address; only staff lead out.

use super::{Mode, Session};
use crate::journal::World;
use crate::kiosk::Code;
use crate::route::Route;
use crate::ui::prelude::*;
use crate::web::world::BrowserWorld;
use crate::web::{hash, leavings};

/// Where the code that leads out is kept.
const CODE: &str = "kiosk-code";
impl Session {
    /// The page becomes a machine in the hall.
    pub fn begin_kiosk(self) {
        self.kiosk.set(true);
        self.palette.set(false);
        self.set_mode(Mode::Lookup);
        self.go(&Route::Kiosk);
    }

    /// Back at the desk; whoever asks knows the code.
    pub fn leave_kiosk(self) {
        self.kiosk.set(false);
        self.large.set(false);
        self.set_mode(Mode::Desk);
        self.go(&Route::Find { query: String::new() });
    }

    /// The code that leads out, where one was set on this computer.
    pub fn kiosk_code(self) -> Option<Code> {
        Code::kept(leavings::get(CODE)?)
    }

    /// Sets the code; an empty one takes it away. The `Err` is the sentence.
    pub fn set_kiosk_code(self, typed: &str) -> Result<(), &'static str> {
        if typed.trim().is_empty() {
            leavings::forget(CODE);
            return Ok(());
        }
        leavings::set(CODE, Code::of(typed, BrowserWorld.random() as u64)?.to_keep());
        Ok(())
    }

    /// The kiosk's address begins it; from then on every other address leads back.
    pub(super) fn stays_at_kiosk(self, route: Route) -> Route {
        if route == Route::Kiosk {
            if !self.kiosk.get_untracked() {
                self.kiosk.set(true);
                self.palette.set(false);
                self.set_mode(Mode::Lookup);
            }
            return route;
        }
        if !self.kiosk.get_untracked() {
            return route;
        }
        hash::replace(&Route::Kiosk.to_string());
        Route::Kiosk
    }
}
