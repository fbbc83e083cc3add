//! The look-up index of what is open: built in slices, kept until something changes. Ranks nothing.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::session::{Mode, Session};
use crate::encoding::composed;
use crate::search::answer::Answer;
use crate::search::township::entries;
use crate::search::{Builder, Hit, Index};
use crate::web::frame::{self, SLICE_MS};
use crate::web::world::nfc;

/// Characters indexed between two looks at the clock.
const STEP: usize = 10_000;

/// A ready index and what it was built of.
#[derive(Clone)]
struct Built {
    revision: u64,
    public: bool,
    index: Rc<Index>,
}

/// The index for screens. `Copy`: a handle only.
#[derive(Clone, Copy)]
pub struct Finder {
    session: Session,
    built: RwSignal<Option<Built>, LocalStorage>,
}

impl Finder {
    /// An index that follows the session from now on.
    pub fn follow(session: Session) -> Finder {
        let finder = Finder { session, built: RwSignal::new_local(None) };
        Effect::new(move || {
            session.watch_all(|_| ());
            session.mode.track();
            session.day.track();
            spawn_local(finder.refresh());
        });
        finder
    }

    /// Answers, best first; `None` while the first index is being built.
    pub fn find(self, query: &str, limit: usize) -> Option<Vec<Answer>> {
        let hits = self.hits(query, limit)?;
        let links = self.session.links();
        let names = self.session.mode.get() != Mode::Lookup;
        Some(hits.iter().filter_map(|hit| Answer::of(hit, &links, names)).collect())
    }

    pub fn hits(self, query: &str, limit: usize) -> Option<Vec<Hit>> {
        let query = composed(query, &nfc);
        self.built.with(|built| built.as_ref().map(|built| built.index.find(&query, limit)))
    }

    /// Builds the index if what it was built of has changed.
    pub async fn refresh(self) {
        let revision = self.session.revision();
        let public = self.session.mode.get_untracked() == Mode::Lookup;
        let fits = |built: &Built| built.revision == revision && built.public == public;
        if self.built.with_untracked(|built| built.as_ref().is_some_and(fits)) {
            return;
        }
        let day = self.session.day.get_untracked();
        let entries = self.session.read(|fold| entries(fold.township(), day, public));
        let index = Rc::new(build_in_slices(entries).await);
        if self.session.revision() == revision {
            self.built.set(Some(Built { revision, public, index }));
        }
    }
}

async fn build_in_slices(entries: Vec<crate::search::Entry>) -> Index {
    let mut builder = Builder::new(entries);
    loop {
        let began = frame::now();
        while frame::now() - began < SLICE_MS {
            if builder.step(STEP) {
                return builder.finish();
            }
        }
        frame::breathe().await;
    }
}
