//! Opening and closing a township: from this browser, from a file, as a demonstration. Writes no records.

use std::rc::Rc;

use crate::ui::prelude::*;
use gangtu_seal::rows::KEY;
use leptos::task::spawn_local;

use super::{Open, Saving, Session, Stage};
use crate::bundle::Bundle;
use crate::journal::memory::Memory;
use crate::journal::{Desk, Draft, StoreError};
use crate::model::RecordId;
use crate::ui::live::{Live, notify};
use crate::web::bases::{self, BaseEntry, database_name};
use crate::web::idb::Idb;
use crate::web::store::Store;
use crate::web::tabs::Tabs;
use crate::web::world::BrowserWorld;
use crate::web::{frame, leavings, packed, vault};

impl Session {
    /// Opens the township used last, or shows what there is to open. A page for residents has its own and looks
    /// for no other.
    pub async fn start(self) {
        if packed::is_published() {
            return self.stage.set(Stage::Published);
        }
        match bases::list().await {
            Ok(entries) => match entries.first().cloned() {
                Some(entry) => self.open_stored(entry.township).await,
                None => self.stage.set(Stage::Empty { bases: entries, trouble: None }),
            },
            Err(error) => {
                let trouble = Some(error.to_string());
                self.stage.set(Stage::Empty { bases: Vec::new(), trouble });
            }
        }
    }

    pub async fn open_stored(self, township: String) {
        self.be_guest(false);
        match open_desk(&township, None).await {
            Ok(Some(desk)) => self.enter(desk, township, false).await,
            Err(StoreError::Locked { lock }) => {
                // The page is ready before somebody types the passphrase.
                self.show_empty(None).await;
                spawn_local(self.unlock(township, lock));
            }
            Ok(None) => {
                let _ = bases::forget(&township).await;
                self.show_empty(None).await;
            }
            Err(StoreError::Newer { .. }) if self.look_at_base(&township).await => {}
            Err(error) => self.show_empty(Some(error.to_string())).await,
        }
    }

    async fn unlock(self, township: String, lock: String) {
        match open_locked(&township, lock).await {
            Ok(desk) => self.enter(desk, township, false).await,
            Err(sentence) => self.show_empty(Some(sentence)).await,
        }
    }

    /// Starts a new township with its first record written.
    pub async fn create(self, author: &str, first: impl FnOnce(RecordId) -> Draft) {
        let id = fresh_township_id();
        match self.create_desk(&id, author).await {
            Ok(desk) => {
                let draft = first(desk.fresh_id());
                // Entered when it has its name: nobody is shown a township without one meanwhile.
                let written = desk.commit(&draft).await;
                self.enter(desk, id, false).await;
                if let Some(open) = self.base() {
                    self.tell_first(&open, written.as_ref().err());
                }
                if written.is_ok() {
                    self.note_base().await;
                }
            }
            Err(error) => self.show_empty(Some(error.to_string())).await,
        }
    }

    /// Opens the demonstration township in memory.
    pub async fn open_demo(self, bundle: Bundle) {
        let township = bundle.header.township.clone();
        let store = Store::Memory(Memory::default());
        let desk = Desk::create(store, Rc::new(BrowserWorld), township.clone().into(), "").await;
        if let Ok(desk) = desk
            && desk.take(bundle.into_lines(), "打开示范镇").await.is_ok()
        {
            self.enter(desk, township, true).await;
        }
    }

    /// Nothing stays on this computer from now on, or it does again.
    pub fn be_guest(self, guest: bool) {
        self.guest.set(guest);
        leavings::leave_nothing(guest);
    }

    /// Whether closing the page would lose something: it is in memory only, and in no verified file.
    pub fn would_lose(self) -> bool {
        if self.would_lose_trial() {
            return true;
        }
        let only_here = self.base().is_some_and(|open| !open.demo && !open.remembers());
        only_here && untrack(|| self.keeping.unsaved(self)).count > 0
    }

    /// Closes what is open and shows the start page.
    pub async fn close(self) {
        let sure = match self.would_lose_trial() {
            true => "试排的改动还没有采用，关闭后就没有了。确定关闭吗？",
            false => "有改动还没有存进核对过的文件，关闭后就没有了。确定关闭吗？",
        };
        let window = web_sys::window();
        if self.would_lose()
            && !window.is_some_and(|window| window.confirm_with_message(sure).unwrap_or(true))
        {
            return;
        }
        self.put_away().await;
    }

    /// Closes what is open without a question.
    pub async fn put_away(self) {
        self.close_base();
        self.forget_newer();
        self.show_empty(None).await;
    }

    pub(super) fn close_base(self) {
        if let Some(open) = self.base() {
            open.tabs.close();
        }
        self.back_to_now();
        self.leave_trial();
        self.open.set_value(None);
        self.keeping.forget();
    }

    pub(super) async fn create_desk(
        self,
        township: &str,
        author: &str,
    ) -> Result<Desk<Store>, StoreError> {
        let store = self.fresh_store(township).await?;
        Desk::create(store, Rc::new(BrowserWorld), township.into(), author).await
    }

    /// Where a base of this name is kept that is about to begin.
    pub(super) async fn fresh_store(self, key: &str) -> Result<Store, StoreError> {
        if self.guest.get_untracked() {
            return Ok(Store::Memory(Memory::default()));
        }
        match Idb::open(&database_name(key)).await {
            Ok(idb) => Ok(Store::browser(idb, None)),
            // A base nobody else can know of is not blocked by anybody: storage does not answer.
            Err(error) if error.leaves_memory() || error == StoreError::Blocked => {
                self.toasts.failed(error.to_string());
                Ok(Store::Memory(Memory::default()))
            }
            Err(error) => Err(error),
        }
    }

    pub(super) async fn enter(self, desk: Desk<Store>, key: String, demo: bool) {
        let lasts = desk.storage().lasts();
        let township = desk.meta().township.to_string();
        let tabs = Rc::new(Tabs::listen(&key, move || self.catch_up()));
        self.back_to_now();
        self.leave_trial();
        if self.only_looks_now() {
            self.clear_page().await;
            self.forget_newer();
        }
        self.saving.set(if lasts { Saving::Saved } else { Saving::MemoryOnly });
        self.open.set_value(Some(Open { desk: Rc::new(desk), key, township, demo, tabs }));
        self.revision.update_value(|revision| *revision += 1);
        self.look_for_trial();
        self.stage.set(Stage::Ready);
        notify(&self.live.with_value(Live::all));
        self.keeping.entered(self);
        spawn_local(async move {
            // Nothing on the first screen waits for it.
            frame::until_painted().await;
            self.note_base().await;
        });
    }

    pub(super) async fn show_empty(self, trouble: Option<String>) {
        let bases = bases::list().await.unwrap_or_default();
        self.stage.set(Stage::Empty { bases, trouble });
    }

    /// Keeps the list of townships in this browser up to date.
    pub(super) async fn note_base(self) {
        let Some(open) = self.base().filter(|open| open.desk.storage().lasts()) else { return };
        let of = open.extract().map(|of| ["（", &*of.name, "的提取件）"].concat());
        let name = self.township_name() + &of.unwrap_or_default();
        note_as(&open.desk, &open.key, name).await;
    }

    /// The township's name, or a stand-in while it has none.
    pub fn township_name(self) -> String {
        let name = self.read_now(|fold| {
            let township = fold.township();
            let row = township.table_of("town")?.rows().next()?;
            Some(township.title_of("town", row.id.as_str()))
        });
        name.unwrap_or_else(|| "未命名乡镇".to_string())
    }
}

pub(super) async fn open_desk(
    township: &str,
    key: Option<&[u8; KEY]>,
) -> Result<Option<Desk<Store>>, StoreError> {
    let idb = Idb::open(&database_name(township)).await?;
    Desk::open(Store::browser(idb, key), Rc::new(BrowserWorld)).await
}

/// Notes a township under a name in the list of those in this browser.
pub(super) async fn note_as(desk: &Desk<Store>, key: &str, name: String) {
    let Some(kept) = desk.storage().kept() else { return };
    kept.inner().renewed().await;
    let entry = BaseEntry { township: key.into(), name, opened: js_sys::Date::now() };
    let _ = bases::note(&entry).await;
}

/// A base that is locked, once somebody has typed its passphrase; the `Err` is the sentence.
pub(super) async fn open_locked(township: &str, lock: String) -> Result<Desk<Store>, String> {
    let key = vault::unlocked(lock).await?;
    let desk = open_desk(township, Some(&key)).await.map_err(|error| error.to_string())?;
    desk.ok_or_else(|| StoreError::Gone.to_string())
}

pub(super) fn fresh_township_id() -> String {
    use crate::journal::World;
    RecordId::from_random(BrowserWorld.random()).to_string()
}
