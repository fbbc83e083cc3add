//! Bundles into the township that is open, or into one that begins with them. Reads no file.

use futures_util::future::join;
use leptos::task::spawn_local;

use super::opening::{note_as, open_desk, open_locked};
use super::{Open, Saving, Session};
use crate::bundle::{Bundle, BundleError, Header, may_be_taken};
use crate::journal::desk::{Offer, Taken};
use crate::journal::intake::Line;
use crate::journal::{DeskError, Draft, StoreError};
use crate::ui::prelude::*;
use crate::web::frame;

impl Session {
    /// Opens a bundle as a township of its own: the way onto another computer. The `Err` is the
    /// sentence, told already.
    pub async fn open_bundle(self, bundle: Bundle, author: &str) -> Result<Taken, String> {
        let Header { township, name, extract, .. } = bundle.header.clone();
        let told = |error: StoreError| error.to_string();
        let stored = match self.guest.get_untracked() {
            true => Ok(None),
            false => open_desk(&township, None).await,
        };
        let fresh = matches!(stored, Ok(None));
        let desk = match stored {
            Ok(Some(desk)) => Ok(desk),
            Ok(None) if !extract.is_empty() => {
                // Nothing is begun that only holds what somebody changed.
                return Err(BundleError::OfAnExtract.to_string());
            }
            Ok(None) => self.create_desk(&township, author).await.map_err(told),
            Err(StoreError::Locked { lock }) => open_locked(&township, lock).await,
            Err(error) if error.leaves_memory() => {
                self.create_desk(&township, author).await.map_err(told)
            }
            Err(error) => Err(error.to_string()),
        };
        let desk = match desk {
            Ok(desk) => desk,
            Err(sentence) => {
                self.show_empty(Some(sentence.clone())).await;
                return Err(sentence);
            }
        };
        let fits = desk.plan(|base| may_be_taken(std::slice::from_ref(&bundle), &base));
        if let Err(error) = fits {
            self.enter(desk, township, false).await;
            self.toasts.failed(error.to_string());
            return Err(error.to_string());
        }
        // Listed while it is written: nothing that is there may be missing in the list.
        let listed = async {
            if fresh && !name.is_empty() {
                note_as(&desk, &township, name).await;
            }
        };
        let (offer, decided) = whole(bundle);
        let lines = offer.lines.clone();
        // Entered when all is there: nobody is shown an empty township meanwhile.
        let (taken, ()) = join(desk.merge(offer, &decided), listed).await;
        drop_later(lines);
        self.enter(desk, township, false).await;
        if let Some(open) = self.base() {
            self.tell_first(&open, taken.as_ref().err());
        }
        if !fresh {
            self.note_base().await;
        }
        taken.map_err(|error| error.to_string())
    }

    /// Folds in a read bundle.
    pub async fn take(self, bundle: Bundle) -> Result<Taken, DeskError> {
        let (offer, decided) = whole(bundle);
        self.merge(offer, &decided).await
    }

    /// Folds in what bundles offer, and what was decided of their conflicts.
    pub async fn merge(self, offer: Offer, decided: &Draft) -> Result<Taken, DeskError> {
        let open = self.may_write()?;
        self.saving.set(Saving::Writing);
        let done = open.desk.merge(offer, decided).await;
        self.settle(&open, done.as_ref().map(|taken| &taken.diff));
        done
    }

    /// After a write before the township was entered: its readers have only just begun.
    pub(super) fn tell_first(self, open: &Open, failed: Option<&DeskError>) {
        match failed {
            Some(error) => self.settle(open, Err(error)),
            None => {
                open.tabs.tell();
                self.snapshot_later(open.clone());
            }
        }
    }
}

/// Lets go of what a township was made of when it has been shown: that takes as long as two frames.
fn drop_later(mut lines: Vec<Line>) {
    spawn_local(async move {
        frame::sleep(500).await;
        while lines.pop().is_some() {
            frame::pause().await;
        }
    });
}

/// What is taken of one bundle, and under which words.
fn whole(bundle: Bundle) -> (Offer, Draft) {
    let what = format!("导入 {} 的数据包", bundle.header.sender);
    (Bundle::offer(vec![bundle]), Draft::new(&what))
}
