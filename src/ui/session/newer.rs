//! Looking at what a newer program made: a file or a base of a newer major format, shown as far as it is
//! understood. As when looking back, every page reads a fold that nobody can write to; nothing of it is
//! stored here, taken into another township or sent on.

use std::rc::Rc;

use futures_util::future::LocalBoxFuture;

use super::{Session, Stage};
use crate::bundle::Newer;
use crate::journal::DeskError;
use crate::route::Route;
use crate::ui::later;
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::web::bases::database_name;
use crate::web::frame;
use crate::web::hash;
use crate::web::idb::glimpse::glimpse;
use crate::web::slices::read_whole;
use crate::web::world::today;

/// Why nothing else is shown yet.
pub const STILL_UNSAVED: &str = "现在打开的这一份还有改动没有存进核对过的文件，或有试排没有采用。请先存好、采用或放弃，再看别的数据。";

/// Why a place for whole townships is not shown in an extract.
const OF_AN_EXTRACT: &str = "这一份是提取件，只有一个人的内容，不能在这里导入表格或核对两份数据。请在完整的一份里做；数据没有变化。";

/// What is looked at, for the banner.
#[derive(Clone, Debug, PartialEq)]
pub struct Looked {
    pub name: String,
    /// Where it comes from.
    pub origin: String,
    /// What of it is not shown.
    pub told: String,
    /// The township that was open before.
    back: Option<String>,
}

/// Waits in the second part of the program: entered by address.
fn look_at_stored((session, base): (Session, String)) -> LocalBoxFuture<'static, bool> {
    Box::pin(async move {
        let Some((meta, rows)) = glimpse(&database_name(&base)).await else { return false };
        let Some(mut newer) = Newer::of_base(&meta, &rows) else { return false };
        if read_whole(&mut newer, |_, _| ()).await.is_err() {
            return false;
        }
        session.show_newer(newer, None);
        true
    })
}

impl Session {
    /// Whether the page only looks at what a newer program made; wakes the reader when that changes.
    pub fn only_looks(self) -> bool {
        self.newer.with(Option::is_some)
    }

    /// The same, waking nobody.
    pub fn only_looks_now(self) -> bool {
        self.newer.with_untracked(Option::is_some)
    }

    /// The place, or the first page where it needs a township of this program's own, or all of one.
    pub(super) fn where_looking(self, route: Route) -> Route {
        let why = if self.only_looks_now() && route.needs_base() {
            DeskError::OnlyLooking.to_string()
        } else if self.extract_of().is_some() && route.needs_whole() {
            OF_AN_EXTRACT.to_string()
        } else {
            return route;
        };
        self.toasts.failed(why);
        hash::replace(&Route::Home.to_string());
        Route::Home
    }

    /// Whether there is a township on the page, its own or one that is looked at.
    pub fn shows_something(self) -> bool {
        self.base().is_some() || self.only_looks_now()
    }

    /// Refuses to send on or to keep what is only looked at.
    pub(super) fn may_pass_on(self) -> Result<(), DeskError> {
        match self.only_looks_now() {
            true => Err(DeskError::OnlyLooking),
            false => Ok(()),
        }
    }

    /// Shows what a newer program made. What is open is closed first, and opened again on leaving.
    pub async fn look_at(self, newer: Newer) {
        if self.would_lose() {
            return self.toasts.failed(STILL_UNSAVED);
        }
        let back = self.base().filter(|open| open.remembers()).map(|open| open.key);
        self.close_base();
        self.clear_page().await;
        self.show_newer(newer, back);
    }

    /// Takes down what shows one township before another is there: nothing left of it wakes for the
    /// other's records.
    pub(super) async fn clear_page(self) {
        self.stage.set(Stage::Starting);
        frame::breathe().await;
    }

    fn show_newer(self, newer: Newer, back: Option<String>) {
        let (origin, told, called) = (newer.origin(), newer.told(), newer.name.clone());
        self.day.set(today());
        self.looked.set_value(Some(Rc::new(newer.into_fold())));
        let named = self.township_name();
        let name = if called.is_empty() { named } else { called };
        self.newer.set(Some(Looked { name, origin, told, back }));
        self.revision.update_value(|revision| *revision += 1);
        if self.route.with_untracked(Route::needs_base) {
            self.go(&Route::Home);
        }
        self.stage.set(Stage::Ready);
        notify(&self.live.with_value(Live::all));
    }

    /// Looks at a base of a newer program, where its meta row and its rows can be read.
    pub(super) async fn look_at_base(self, base: &str) -> bool {
        later::bring().await.is_ok() && later::call(look_at_stored, (self, base.to_string())).await
    }

    /// Ends the look: back to the township that was open, or to the start page.
    pub async fn leave_newer(self) {
        let Some(looked) = self.newer.get_untracked() else { return };
        self.clear_page().await;
        self.forget_newer();
        match looked.back {
            Some(base) => self.open_stored(base).await,
            None => self.show_empty(None).await,
        }
    }

    pub(super) fn forget_newer(self) {
        if self.only_looks_now() {
            self.looked.set_value(None);
            self.newer.set(None);
        }
    }
}
