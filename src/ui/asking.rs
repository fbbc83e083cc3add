//! 查询记录 of this page: what was asked goes into `asked`, which is kept in the browser beside the township. Judges nothing.

use crate::asked::Asked;
use crate::ui::prelude::*;
use crate::ui::session::{Session, Stage};
use crate::web::leavings;
use crate::web::world::today;

/// Where it is kept, before the base's name.
const KEPT: &str = "asked-";

/// The record of this page. `Copy`: a handle only.
#[derive(Clone, Copy)]
pub struct Asking {
    session: Session,
    asked: RwSignal<Asked>,
    /// The base it is of.
    of: StoredValue<Option<String>>,
    /// Somebody is asking; their last question.
    somebody: StoredValue<Option<String>>,
}

impl Asking {
    /// The record of whatever township the session opens.
    pub fn follow(session: Session) -> Asking {
        let asking = Asking {
            session,
            asked: RwSignal::new(Asked::default()),
            of: StoredValue::new(None),
            somebody: StoredValue::new(None),
        };
        effect(move || {
            if session.stage.get() == Stage::Ready {
                asking.load();
            }
        });
        asking
    }

    fn load(self) {
        let base = self.session.base();
        // A demonstration leaves nothing, and is no place to learn from.
        let key = base.filter(|open| open.remembers()).map(|open| [KEPT, &*open.key].concat());
        let kept = key.as_ref().and_then(|key| leavings::get(key));
        self.of.set_value(key);
        self.asked.set(kept.map(|text| Asked::read(&text)).unwrap_or_default());
    }

    /// Looks at the record, and wakes the reader when it changes.
    pub fn with<T>(self, look: impl FnOnce(&Asked) -> T) -> T {
        self.asked.with(look)
    }

    /// The same without waking anybody.
    pub fn look<T>(self, look: impl FnOnce(&Asked) -> T) -> T {
        self.asked.with_untracked(look)
    }

    /// Changes the record and keeps it.
    pub fn change(self, change: impl FnOnce(&mut Asked)) {
        self.asked.update(change);
        let key = self.of.get_value();
        if let Some(key) = key {
            leavings::set(&key, &self.asked.with_untracked(Asked::write));
        }
    }

    /// Somebody touches the page or types.
    pub fn begun(self) {
        if self.somebody.with_value(Option::is_none) {
            self.somebody.set_value(Some(String::new()));
            self.change(|asked| asked.visit(today()));
        }
    }

    /// A question stands as it is meant. Going on typing is the same question.
    pub fn asked(self, query: &str, found: bool) {
        let query = query.trim();
        if query.is_empty() {
            return;
        }
        self.begun();
        let last = self.somebody.get_value().unwrap_or_default();
        if last == query {
            return;
        }
        self.somebody.set_value(Some(query.to_string()));
        self.change(|asked| asked.ask(today(), query, found));
    }

    /// An answer to it was opened.
    pub fn picked(self, query: &str, id: &str) {
        self.change(|asked| asked.pick(query.trim(), id));
    }

    /// Whoever asked has gone.
    pub fn gone(self) {
        self.somebody.set_value(None);
    }
}
