//! Where the township is kept beside this browser: the file home, what no verified file holds yet, and
//! when it is written. Writing, choosing and checking wait in the second part of the program and are
//! entered by address; bytes are `web::home`'s.

mod check;
mod choose;
mod writing;

pub use check::Rehearsal;
pub use choose::Place;

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::later::enter;
use super::session::{Open, Session};
use crate::journal::stamp::millis;
use crate::saving::lights::{Light, Standing, file_light};
use crate::saving::{Held, Seen, Trouble, Wishes};
use crate::web::frame::sleep;
use crate::web::home::Home;
use crate::web::home::kept::{self, Facts, Kept, Verified};
use crate::web::leavings;
use crate::web::world::local_time;

/// How often the age of what is unsaved is looked at, in milliseconds.
const A_MINUTE: i32 = 60_000;

/// A bundle that was offered for download and not opened again yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    pub name: String,
    pub held: Held,
}

/// What is known of the township's file. `Copy`: handles only.
pub type Keeping = Handle<KeepingParts>;

/// The signals of a [`Keeping`].
pub struct KeepingParts {
    /// Where every change goes; `None` where nobody chose.
    pub home: RwSignal<Option<Home>, LocalStorage>,
    pub facts: RwSignal<Facts>,
    /// The home waits for a click before it may be written.
    pub asks: RwSignal<bool>,
    pub writing: RwSignal<bool>,
    pub trouble: RwSignal<Option<Trouble>>,
    pub offered: RwSignal<Option<Offered>>,
    pub wishes: RwSignal<Wishes>,
    /// Rises with every change and every minute: what is unsaved is counted anew.
    pub beat: RwSignal<u32>,
    /// A file for the merge room, handed over by who could not save.
    pub to_merge: StoredValue<Option<web_sys::File>, LocalStorage>,
    /// A write is under way or about to be.
    busy: StoredValue<bool>,
}

/// What no verified file holds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Unsaved {
    pub count: u64,
    /// When the oldest of it was made here, milliseconds since 1970.
    pub since: Option<u64>,
}

impl Keeping {
    pub fn begin() -> Keeping {
        let keeping = Handle::to(KeepingParts {
            home: RwSignal::new_local(None),
            facts: RwSignal::new(Facts::default()),
            asks: RwSignal::new(false),
            writing: RwSignal::new(false),
            trouble: RwSignal::new(None),
            offered: RwSignal::new(None),
            wishes: RwSignal::new(Wishes::read(&leavings::get("saving").unwrap_or_default())),
            beat: RwSignal::new(0),
            to_merge: StoredValue::new_local(None),
            busy: StoredValue::new(false),
        });
        spawn_local(async move {
            loop {
                sleep(A_MINUTE).await;
                keeping.beat.update(|beat| *beat += 1);
            }
        });
        keeping
    }

    /// A township was opened: what this browser remembers of its file.
    pub fn entered(self, session: Session) {
        self.forget();
        self.learn(session);
    }

    fn learn(self, session: Session) {
        spawn_local(async move {
            let Some(open) = session.base().filter(|open| open.remembers()) else { return };
            let kept = kept::load(&open.key).await;
            // Somebody may have closed it, or chosen, in the meantime.
            if session.base().is_none_or(|now| !Rc::ptr_eq(&now.desk, &open.desk))
                || self.home.with_untracked(Option::is_some)
            {
                return;
            }
            let when = |facts: &Facts| facts.verified.as_ref().map_or(0.0, |file| file.when);
            if when(&kept.facts) > self.facts.with_untracked(when) {
                self.facts.set(kept.facts);
            }
            if kept.home.is_some() {
                self.home.set(kept.home);
                self.look_for_permission(session).await;
            }
        });
    }

    /// Nothing is known any more.
    pub fn forget(self) {
        self.home.set(None);
        self.facts.set(Facts::default());
        self.asks.set(false);
        self.trouble.set(None);
        self.offered.set(None);
    }

    /// The township changed: it goes to its file when hands are still for a moment.
    pub fn changed(self, session: Session) {
        self.beat.update(|beat| *beat += 1);
        self.write_soon(session);
    }

    /// Writes when nothing has changed for a moment; once for any number of calls.
    fn write_soon(self, session: Session) {
        let ready = self.home.with_untracked(Option::is_some) && !self.asks.get_untracked();
        if ready && !self.busy.get_value() {
            self.busy.set_value(true);
            enter(session.toasts, writing::write_soon, (self, session));
        }
    }

    /// After a start: is the home still open to us?
    async fn look_for_permission(self, session: Session) {
        let Some(home) = self.home.get_untracked() else { return };
        match home.handle().writable(false).await {
            Ok(true) => self.write_soon(session),
            _ => self.asks.set(true),
        }
    }

    /// Another tab wrote: it may have chosen a home, too.
    pub fn caught_up(self, session: Session) {
        if self.home.with_untracked(Option::is_none) {
            self.learn(session);
        }
    }

    /// What no verified file holds; wakes the reader when that may have changed.
    pub fn unsaved(self, session: Session) -> Unsaved {
        self.beat.track();
        self.facts
            .with(|facts| session.base().map_or(Unsaved::default(), |open| lacking(&open, facts)))
    }

    /// The third light.
    pub fn light(self, session: Session) -> Light {
        let unsaved = self.unsaved(session);
        let wishes = self.wishes.get();
        let now = js_sys::Date::now() as u64;
        let verified = self.facts.with(|facts| {
            let verified = facts.verified.as_ref()?;
            Some((verified.name.clone(), local_time(verified.when as u64)))
        });
        file_light(&Standing {
            demo: session.base().is_some_and(|open| open.demo),
            unsaved: unsaved.count,
            remind: wishes.remind(unsaved.count, unsaved.since, now),
            verified,
            writing: self.writing.get(),
            asks: self.asks.get(),
            trouble: self.trouble.with(|trouble| trouble.as_ref().map(Trouble::to_string)),
            offered: self.offered.with(|offered| {
                let held = offered.as_ref().map(|offered| &offered.held);
                held.is_some_and(|held| session.read_now(|fold| held.lacks(fold.heads()) == 0))
            }),
            home: self.home.with(Option::is_some),
        })
    }

    /// What a click on the third light does: the next step towards a file.
    pub fn act(self, session: Session) {
        if self.trouble.with_untracked(Option::is_some) {
            session.go(&crate::route::Route::Data);
        } else if self.home.with_untracked(Option::is_some) {
            enter(session.toasts, writing::write_now, (self, session));
        } else if self.offered.with_untracked(Option::is_some) {
            enter(session.toasts, check::check, (self, session));
        } else {
            session.export();
        }
    }

    pub fn wish(self, wishes: Wishes) {
        self.wishes.set(wishes);
        leavings::set("saving", &wishes.to_text());
    }

    /// A file was opened and read whole: what it holds needs no saving.
    pub fn saw(self, session: Session, name: String, seen: &Seen) {
        let (held, lacks) = session.read_now(|fold| {
            let held = seen.held(fold.heads());
            let lacks = held.lacks(fold.heads());
            (held, lacks)
        });
        let seq = session.base().filter(|_| lacks == 0).map_or(0, |open| open.desk.meta().seq);
        self.verified(session, Verified { name, when: js_sys::Date::now(), held, seq });
    }

    /// Notes that a file was opened again and holds so much.
    fn verified(self, session: Session, verified: Verified) {
        self.facts.update(|facts| facts.verified = Some(verified));
        self.offered.set(None);
        self.remember(session);
    }

    fn remember(self, session: Session) {
        spawn_local(self.remembered(session));
    }

    async fn remembered(self, session: Session) {
        let Some(open) = session.base().filter(Open::remembers) else { return };
        let kept = Kept { home: self.home.get_untracked(), facts: self.facts.get_untracked() };
        // Forgotten it is chosen once more: nothing in the file depends on it.
        let _ = kept::save(&open.key, &kept).await;
    }
}

fn lacking(open: &Open, facts: &Facts) -> Unsaved {
    let nothing = Held::default();
    let held = facts.verified.as_ref().map_or(&nothing, |verified| &verified.held);
    let replica = open.desk.meta().replica;
    open.desk.read(|fold| {
        let count = held.lacks(fold.heads());
        let since = (count > 0).then(|| held.oldest_lacking(fold.heads(), &replica, count));
        Unsaved { count, since: since.flatten().map(millis) }
    })
}
