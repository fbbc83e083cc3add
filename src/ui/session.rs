//! What the page is working on: the open base, the day it is looked at, how it is shown, and the one
//! way to change anything. Pages get it from the context.

pub mod extract;
mod kiosk;
pub mod newer;
mod opening;
pub mod past;
pub mod published;
mod sending;
mod taking;
pub mod trial;

use std::cell::OnceCell;
use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::keeping::Keeping;
use super::live::{Live, notify};
use super::lock;
use super::toast::Toasts;
use crate::journal::desk::Commit;
use crate::journal::{Desk, DeskError, Diff, Draft, Fold, StoreError, Trial};
use crate::model::public::public_title;
use crate::model::{Date, Day, KindIx, RecordId, Township};
use crate::picture::chart::Form;
use crate::route::Route;
use crate::rules::{Finding, Judging, Links, findings_in};
use crate::web::bases::BaseEntry;
use crate::web::erase::Erasure;
use crate::web::store::Store;
use crate::web::tabs::Tabs;
use crate::web::world::today;
use crate::web::{frame, hash, speech};

/// Records of a change after which the readers wait for one turn of the page.
const MANY: usize = 5_000;

/// How the page is used (design: who meets it).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Desk,
    Projector,
    Lookup,
}

/// Where the last write stands: the second of the three lights.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    Saved,
    Writing,
    /// Nothing is kept on this computer: demonstration or a browser without storage.
    MemoryOnly,
    Failed(String),
}

/// An open township.
#[derive(Clone)]
pub struct Open {
    pub desk: Rc<Desk<Store>>,
    /// The base's name among those of this browser.
    pub key: String,
    pub township: String,
    /// The demonstration: closes without a trace.
    pub demo: bool,
    tabs: Rc<Tabs>,
}

impl Open {
    /// Whether this browser may keep anything about it; what is in memory only leaves no trace.
    pub fn remembers(&self) -> bool {
        self.desk.storage().lasts()
    }
}

/// What is on the page before a township is open.
#[derive(Clone, Debug, PartialEq)]
pub enum Stage {
    /// Looking what this browser holds.
    Starting,
    /// Nothing is open; the start page offers what there is.
    Empty {
        bases: Vec<BaseEntry>,
        trouble: Option<String>,
    },
    Ready,
    /// A page for residents, with its township inside.
    Published,
}

/// The page's state. `Copy`: handles only.
pub type Session = Handle<SessionParts>;

/// The signals of a [`Session`].
pub struct SessionParts {
    pub stage: RwSignal<Stage>,
    pub route: RwSignal<Route>,
    pub day: RwSignal<Date>,
    pub mode: RwSignal<Mode>,
    pub contrast: RwSignal<bool>,
    /// 大字
    pub large: RwSignal<bool>,
    /// Whether this computer has a voice to read aloud with.
    pub speaks: RwSignal<bool>,
    /// The page is a machine in the hall: nothing but the look-up, until staff lead out.
    pub kiosk: RwSignal<bool>,
    /// How the chart stands.
    pub form: RwSignal<Form>,
    /// Whether its outline stands beside it.
    pub outline: RwSignal<bool>,
    pub saving: RwSignal<Saving>,
    /// The file it is kept in: the third of the lights.
    pub keeping: Keeping,
    /// 来宾模式: nothing stays on this computer.
    pub guest: RwSignal<bool>,
    /// What was erased from this browser just now.
    pub erased: RwSignal<Option<Erasure>>,
    pub toasts: Toasts,
    pub palette: RwSignal<bool>,
    /// The past moment everything is shown as of, in milliseconds since 1970; usually none.
    pub past: RwSignal<Option<u64>>,
    /// What of a newer program is looked at; usually nothing.
    pub newer: RwSignal<Option<newer::Looked>>,
    /// How many changes are on trial; none where nothing is tried.
    pub trying: RwSignal<Option<usize>>,
    /// Whether it is kept in this browser as it stands.
    pub trial_kept: RwSignal<bool>,
    /// How many changes a trial holds that was left the last time.
    pub trial_left: RwSignal<Option<usize>>,
    trial: StoredValue<Option<Trial>, LocalStorage>,
    /// The township as it was recorded then, as a newer program made it, or as it would be.
    looked: StoredValue<Option<Rc<Fold>>, LocalStorage>,
    open: StoredValue<Option<Open>, LocalStorage>,
    live: StoredValue<Live, LocalStorage>,
    /// Counts changes; what is derived from the tables is kept until it moves.
    revision: StoredValue<u64>,
    joined: StoredValue<Option<Rc<Joined>>, LocalStorage>,
}

/// The township joined on a day, as of a revision.
struct Joined {
    revision: u64,
    day: Date,
    links: Rc<Links>,
    findings: OnceCell<Rc<[Finding]>>,
}

impl Session {
    /// The state of a page that has just begun.
    pub fn begin() -> Session {
        let session = Handle::to(SessionParts {
            stage: RwSignal::new(Stage::Starting),
            route: RwSignal::new(Route::parse(&hash::current())),
            day: RwSignal::new(today()),
            mode: RwSignal::new(Mode::Desk),
            contrast: RwSignal::new(false),
            large: RwSignal::new(false),
            speaks: RwSignal::new(false),
            kiosk: RwSignal::new(false),
            form: RwSignal::new(Form::default()),
            outline: RwSignal::new(false),
            saving: RwSignal::new(Saving::Saved),
            keeping: Keeping::begin(),
            guest: RwSignal::new(false),
            erased: RwSignal::new(None),
            toasts: Toasts::none(),
            palette: RwSignal::new(false),
            past: RwSignal::new(None),
            newer: RwSignal::new(None),
            trying: RwSignal::new(None),
            trial_kept: RwSignal::new(false),
            trial_left: RwSignal::new(None),
            trial: StoredValue::new_local(None),
            looked: StoredValue::new_local(None),
            open: StoredValue::new_local(None),
            live: StoredValue::new_local(Live::default()),
            revision: StoredValue::new(0),
            joined: StoredValue::new_local(None),
        });
        hash::listen(move |hash| session.arrive(Route::parse(&hash)));
        session.stays_at_kiosk(session.route.get_untracked());
        speech::when_known(move |known| session.speaks.set(known));
        session
    }

    /// Shows a place. Residents get the look-up instead of what is for staff: for a record, with its
    /// name typed where that is public.
    fn arrive(self, route: Route) {
        let route = self.where_looking(self.stays_at_kiosk(route));
        let open = route.is_public() || self.is_published() && route == Route::Board;
        if open || self.mode.get_untracked() != Mode::Lookup {
            return self.route.set(route);
        }
        let query = match &route {
            Route::Record { kind, id } => self.read(|fold| {
                let row = fold.township().table(*kind).get(id.as_str())?;
                public_title(*kind, row)
            }),
            _ => None,
        };
        let route = Route::Find { query: query.unwrap_or_default() };
        hash::replace(&route.to_string());
        self.route.set(route);
    }

    /// Whether residents are looking; wakes the reader when that changes.
    pub fn is_lookup(self) -> bool {
        self.mode.get() == Mode::Lookup
    }

    /// Goes to a place.
    pub fn go(self, route: &Route) {
        hash::go(&route.to_string());
    }

    /// Whether this is a page for residents: nothing leads to the rooms of staff.
    pub fn is_published(self) -> bool {
        self.stage.get_untracked() == Stage::Published
    }

    /// Residents begin with today, and with nothing of what staff left open.
    pub fn set_mode(self, mode: Mode) {
        let mode = if self.is_published() { Mode::Lookup } else { mode };
        self.mode.set(mode);
        if self.is_trying_now() {
            self.show_trial();
        }
        if mode != Mode::Lookup {
            self.large.set(false);
        }
        if mode == Mode::Lookup {
            self.back_to_now();
            self.day.set(today());
            self.toasts.list.update(Vec::clear);
            let here = self.route.get_untracked();
            if !here.is_public() {
                self.arrive(here);
            }
        }
    }

    pub fn set_contrast(self, on: bool) {
        self.contrast.set(on);
    }

    /// The open base, if one is.
    pub fn base(self) -> Option<Open> {
        self.open.get_value()
    }

    /// Looks at the fold without waiting for changes: at that of now, or of the past moment somebody
    /// chose. An empty one where nothing is open.
    pub fn read<T>(self, look: impl FnOnce(&Fold) -> T) -> T {
        match self.looked.get_value() {
            Some(fold) => look(&fold),
            None => self.read_now(look),
        }
    }

    /// The same without what is only on trial: for whoever asks from outside.
    pub fn read_recorded<T>(self, look: impl FnOnce(&Fold) -> T) -> T {
        if self.is_trying_now() { self.read_now(look) } else { self.read(look) }
    }

    /// Looks at the tables, and wakes the reader when a record of any of `kinds` changes.
    pub fn watch<T>(self, kinds: &[KindIx], look: impl FnOnce(&Township) -> T) -> T {
        self.live.with_value(|live| kinds.iter().for_each(|kind| live.track_kind(*kind)));
        self.read(|fold| look(fold.township()))
    }

    /// Looks at the tables, and wakes the reader at any change.
    pub fn watch_all<T>(self, look: impl FnOnce(&Township) -> T) -> T {
        self.live.with_value(Live::track_all);
        self.read(|fold| look(fold.township()))
    }

    /// Looks at the tables, and wakes the reader when this record changes.
    pub fn watch_record<T>(
        self,
        kind: KindIx,
        id: &RecordId,
        look: impl FnOnce(&Township) -> T,
    ) -> T {
        self.live.update_value(|live| live.track_record(kind, id));
        self.read(|fold| look(fold.township()))
    }

    /// The township joined as of the session's day; joined anew after any change, and only then.
    pub fn links(self) -> Rc<Links> {
        self.joined().links.clone()
    }

    /// Reads the township that is shown, on the day that is shown; asked again after any change.
    pub fn on_day<T>(self, read: impl FnOnce(&Day) -> T) -> T {
        let day = self.day.get();
        self.watch_all(|_| ());
        self.read(|fold| read(&fold.township().on(day)))
    }

    /// What the rules find on the session's day; judged anew after any change, and only then.
    pub fn findings(self) -> Rc<[Finding]> {
        let joined = self.joined();
        let judge =
            || self.read(|fold| findings_in(&fold.township().on(joined.day), &joined.links).into());
        joined.findings.get_or_init(judge).clone()
    }

    fn joined(self) -> Rc<Joined> {
        let day = self.day.get();
        self.watch_all(|_| ());
        let revision = self.revision.get_value();
        let kept = self.joined.get_value();
        if let Some(kept) =
            kept.as_ref().filter(|kept| kept.revision == revision && kept.day == day)
        {
            return kept.clone();
        }
        let before = kept.map_or_else(Rc::default, |kept| kept.links.clone());
        let links = Rc::new(self.read(|fold| before.renewed(&fold.township().on(day))));
        let joined = Rc::new(Joined { revision, day, links, findings: OnceCell::new() });
        frame::drop_later(self.joined.try_update_value(|kept| kept.replace(joined.clone())));
        joined
    }

    /// Rises with every change of the tables.
    pub fn revision(self) -> u64 {
        self.revision.get_value()
    }

    pub fn fresh_id(self) -> RecordId {
        self.base().map_or_else(|| RecordId::from_random(0), |open| open.desk.fresh_id())
    }

    /// Writes a draft and says so; the way for buttons and forms.
    pub fn commit(self, draft: Draft) {
        spawn_local(async move {
            if let Ok(commit) = self.commit_now(draft).await
                && commit.stamp.is_some()
            {
                self.toasts.done(commit.what.to_string(), true);
            }
        });
    }

    /// Writes a draft; failure is already told when this returns.
    pub async fn commit_now(self, draft: Draft) -> Result<Commit, DeskError> {
        if self.is_trying_now() {
            return Ok(self.take_on_trial(draft));
        }
        self.write_now(draft).await
    }

    /// The same to the base itself: refused while something is on trial.
    pub async fn write_now(self, draft: Draft) -> Result<Commit, DeskError> {
        let open = self.may_write()?;
        self.saving.set(Saving::Writing);
        let done = open.desk.commit(&draft).await;
        self.settle(&open, done.as_ref().map(|commit| &commit.diff));
        done
    }

    pub fn undo(self) {
        if self.is_trying_now() {
            return self.undo_on_trial();
        }
        spawn_local(async move {
            let _ = self.undo_now().await;
        });
    }

    /// Takes the last step back; failure is already told when this returns.
    pub async fn undo_now(self) -> Result<Commit, DeskError> {
        let open = self.may_write()?;
        let done = open.desk.undo().await;
        self.tell_back(&open, &done, "已撤销：");
        done
    }

    pub fn redo(self) {
        if self.is_trying_now() {
            return self.redo_on_trial();
        }
        spawn_local(async move {
            let Ok(open) = self.may_write() else { return };
            let done = open.desk.redo().await;
            self.tell_back(&open, &done, "已重做：");
        });
    }

    fn tell_back(self, open: &Open, done: &Result<Commit, DeskError>, word: &str) {
        self.settle(open, done.as_ref().map(|commit| &commit.diff));
        if let Ok(commit) = done {
            let left = match commit.skipped {
                0 => String::new(),
                skipped => format!("（{skipped} 处后来又改过，没有动）"),
            };
            self.toasts.done(format!("{word}{}{left}", commit.what), false);
        }
    }

    /// After a write: lights, other tabs, readers; failures are told here and nowhere else.
    fn settle(self, open: &Open, done: Result<&Diff, &DeskError>) {
        match done {
            Ok(diff) => {
                self.saving.set(if open.desk.storage().lasts() {
                    Saving::Saved
                } else {
                    Saving::MemoryOnly
                });
                open.tabs.tell();
                self.wake(open, diff);
                self.snapshot_later(open.clone());
            }
            Err(DeskError::Store(error @ StoreError::Renewed)) => {
                self.toasts.failed(error.to_string());
                let open = open.clone();
                spawn_local(async move { self.fold_again(&open).await });
            }
            Err(DeskError::Store(error)) => {
                self.saving.set(Saving::Failed(error.to_string()));
                self.toasts.failed(error.to_string());
            }
            Err(other) => self.toasts.failed(other.to_string()),
        }
    }

    fn wake(self, open: &Open, diff: &Diff) {
        if self.is_trying_now() {
            self.keeping.changed(self);
            return self.move_trial();
        }
        self.revision.update_value(|revision| *revision += 1);
        let touched =
            open.desk.read(|fold| self.live.with_value(|live| live.touched(fold.township(), diff)));
        self.keeping.changed(self);
        if diff.records.len() < MANY {
            return notify(&touched);
        }
        spawn_local(async move {
            self.join_in_turns().await;
            frame::breathe().await;
            notify(&touched);
        });
    }

    /// What readers ask for first, made before they do, each part of it in a turn of its own.
    async fn join_in_turns(self) {
        frame::breathe().await;
        // As large as what takes its place.
        drop(self.joined.try_update_value(Option::take));
        frame::breathe().await;
        let joined = untrack(|| self.joined());
        let mut judging = Judging::default();
        loop {
            frame::breathe().await;
            if self.revision() != joined.revision {
                return;
            }
            let look = |fold: &Fold| judging.step(&fold.township().on(joined.day), &joined.links);
            if self.read(look) {
                break;
            }
        }
        let _ = joined.findings.set(judging.finish().into());
    }

    fn snapshot_later(self, open: Open) {
        spawn_local(async move {
            frame::sleep(2_000).await;
            // A snapshot only makes the next start faster; failing to write one loses nothing.
            let _ = open.desk.snapshot_if_due().await;
        });
    }

    fn catch_up(self) {
        spawn_local(async move {
            let Some(open) = self.base() else { return };
            match open.desk.catch_up().await {
                Err(DeskError::Store(StoreError::Locked { .. })) => lock::now(self).await,
                Err(DeskError::Store(StoreError::Renewed)) => self.fold_again(&open).await,
                Ok(diff) => {
                    self.keeping.caught_up(self);
                    self.wake(&open, &diff);
                }
                Err(DeskError::Store(error @ (StoreError::Gone | StoreError::Newer { .. }))) => {
                    self.saving.set(Saving::Failed(error.to_string()));
                }
                Err(_) => {}
            }
        });
    }
}

/// The session of this page.
pub fn use_session() -> Session {
    expect_context::<Session>()
}
