//! What was typed and not saved: kept while the page is open, told before it closes.

use crate::ui::prelude::*;
use leptos::ev;
use rustc_hash::FxHashMap;

use super::FormState;
use crate::model::{KindIx, RecordId};

/// A form by what it was opened for.
type Key = (KindIx, Option<RecordId>);

/// What stood in the fields of a form, by field id.
type Texts = Vec<(&'static str, String)>;

/// Forms left unsaved, by field id and text.
#[derive(Clone, Copy)]
pub struct Unsaved {
    kept: StoredValue<FxHashMap<Key, Texts>, LocalStorage>,
}

impl Default for Unsaved {
    fn default() -> Self {
        Self::new()
    }
}

impl Unsaved {
    pub fn new() -> Unsaved {
        Unsaved { kept: StoredValue::new_local(FxHashMap::default()) }
    }
}

impl FormState {
    fn key(self) -> Key {
        self.wanted.with_value(|wanted| (wanted.kind, wanted.id.clone()))
    }

    /// Going elsewhere keeps the typed words; closing the page asks first.
    pub(super) fn keep_unsaved(self) {
        let unsaved = expect_context::<Unsaved>();
        let handle = window_event_listener(ev::beforeunload, move |event| {
            if self.changed() {
                event.prevent_default();
                event.set_return_value("1");
            }
        });
        let key = self.key();
        on_cleanup(move || {
            handle.remove();
            if self.changed() {
                let texts = self.changed_texts();
                unsaved.kept.update_value(|kept| {
                    kept.insert(key, texts);
                });
            }
        });
    }

    fn changed_texts(self) -> Vec<(&'static str, String)> {
        self.fields.with_value(|fields| {
            let changed = fields.iter().filter(|field| untrack(|| field.changed()));
            changed.map(|field| (field.spec.id, field.typed.get_untracked())).collect()
        })
    }

    /// Fills in what was left unsaved the last time.
    pub(super) fn fill_again(self) {
        let unsaved = expect_context::<Unsaved>();
        let key = self.key();
        let Some(texts) = unsaved.kept.try_update_value(|kept| kept.remove(&key)).flatten() else {
            return;
        };
        self.fields.with_value(|fields| {
            for (id, text) in texts {
                if let Some(field) = fields.iter().find(|field| field.spec.id == id) {
                    field.typed.set(text);
                }
            }
        });
        self.again.set(true);
    }

    /// Saved or given up: nothing is left to keep.
    pub(super) fn forget(self) {
        self.fields.with_value(|fields| fields.iter().for_each(|field| field.settle()));
    }
}
