//! One person's extract on the page: made here, opened as a base of its own, exchanged for a newer one.
//! What is in it and how it merges is `bundle::extract` and `journal::basis`.

use std::rc::Rc;

use super::newer::STILL_UNSAVED;
use super::opening::{open_desk, open_locked};
use super::{Open, Session};
use crate::bundle::{Extract, Header};
use crate::journal::basis::{Age, ExtractOf};
use crate::journal::{Desk, DeskError, StoreError};
use crate::model::reach::Reach;
use crate::model::{KindIx, RecordId};
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::ui::toast::NOT_SAVED;
use crate::web::files;
use crate::web::store::Store;
use crate::web::world::{BrowserWorld, today};

/// The name of the base an extract is kept in: beside the township's own, should that be here, too.
fn key_of(extract: &Extract) -> String {
    // No id has this sign.
    [&extract.township, "~", &*extract.of.person].concat()
}

impl Open {
    /// Whose extract this is, if it is one.
    pub fn extract(&self) -> Option<ExtractOf> {
        self.desk.plan(|base| base.meta.extract.clone())
    }
}

impl Session {
    /// Whose extract is open, if one is.
    pub fn extract_of(self) -> Option<ExtractOf> {
        self.base()?.extract()
    }

    /// What to say of a record of which an extract brought only a part.
    pub fn partly_brought(self, kind: KindIx, id: &RecordId) -> Option<&'static str> {
        Some(match self.base()?.desk.brought(kind, id)? {
            Reach::Title => "提取件只带来了姓名，别的内容这里不知道，不是没填。",
            _ => "提取件只带来了公开的内容，内部的内容这里不知道，不是没填。",
        })
    }

    /// Offers one person's posts and duties as a file.
    pub fn send_extract(self, person: &RecordId) {
        let Some(open) = self.base().filter(|open| open.extract().is_none()) else { return };
        let header = Header { knows: Default::default(), ..self.next_header(&open) };
        let day = today();
        let extract =
            self.read_now(|fold| Extract::of(fold, &fold.township().on(day), person, &header));
        let Some(extract) = extract else { return };
        let name = [
            "",
            &self.township_name(),
            "-",
            &*extract.of.name,
            "-提取件-",
            &day.to_string(),
            ".json",
        ]
        .concat();
        if files::save_text(&name, "application/json", &extract.write()).is_err() {
            return self.toasts.failed(NOT_SAVED);
        }
        self.toasts.done(format!("已下载 {name}，{} 条记录", extract.count()), false);
    }

    /// Opens an extract as a base of its own; one that is here already takes it as the newer one.
    /// The `Err` is the sentence, told already where a township is on the page.
    pub async fn open_extract(self, extract: Extract) -> Result<(), String> {
        if self.would_lose() {
            self.toasts.failed(STILL_UNSAVED);
            return Err(STILL_UNSAVED.to_string());
        }
        if self.shows_something() {
            self.close_base();
            self.clear_page().await;
            self.forget_newer();
        }
        let key = key_of(&extract);
        match self.extract_desk(&key, &extract).await {
            Ok(desk) => {
                let renewed = desk.renew(&extract.of, &extract.basis).await;
                self.enter(desk, key, false).await;
                match renewed {
                    Ok(()) | Err(DeskError::NotRenewed(Age::Same)) => Ok(()),
                    Err(error) => {
                        self.toasts.failed(error.to_string());
                        Err(error.to_string())
                    }
                }
            }
            Err(sentence) => {
                self.show_empty(Some(sentence.clone())).await;
                Err(sentence)
            }
        }
    }

    async fn extract_desk(self, key: &str, extract: &Extract) -> Result<Desk<Store>, String> {
        let stored = match self.guest.get_untracked() {
            true => Ok(None),
            false => open_desk(key, None).await,
        };
        match stored {
            Ok(Some(desk)) => return Ok(desk),
            Err(StoreError::Locked { lock }) => return open_locked(key, lock).await,
            Err(error) if !error.leaves_memory() => return Err(error.to_string()),
            Ok(None) | Err(_) => {}
        }
        let store = self.fresh_store(key).await.map_err(|error| error.to_string())?;
        let township = extract.township.as_str().into();
        let desk = Desk::create_extract(store, Rc::new(BrowserWorld), township, &extract.of).await;
        desk.map_err(|error| error.to_string())
    }

    /// Puts a newer extract of the same person into the place of the one that is open; failure is told
    /// already when this returns.
    pub async fn renew_extract(self, extract: &Extract) -> Result<(), DeskError> {
        let open = self.may_write()?;
        let done = open.desk.renew(&extract.of, &extract.basis).await;
        match &done {
            Ok(()) => {
                open.tabs.tell();
                self.wake_all();
                self.toasts.done("已换上新的提取件，自己的改动还在上面", false);
            }
            Err(error) => self.toasts.failed(error.to_string()),
        }
        done
    }

    /// Another tab has exchanged what the extract began with.
    pub(super) async fn fold_again(self, open: &Open) {
        if open.desk.fold_again().await.is_ok() {
            self.wake_all();
        }
    }

    fn wake_all(self) {
        if self.is_trying_now() {
            self.move_trial();
        }
        self.revision.update_value(|revision| *revision += 1);
        notify(&self.live.with_value(Live::all));
        self.keeping.changed(self);
    }
}
