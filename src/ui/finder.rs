//! The look-up index of what is open: built in slices, kept until something changes. Ranks nothing.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use super::asking::Asking;
use super::session::{Mode, Session};
use crate::answer::Answer;
use crate::answer::entries::entries;
use crate::encoding::composed;
use crate::journal::Fold;
use crate::model::Date;
use crate::web::frame::{self, SLICE_MS};
use crate::web::world::nfc;
use gangtu_search::{Builder, Hit, Index, MatchKind};

/// Characters indexed between two looks at the clock.
const STEP: usize = 10_000;

/// Milliseconds a change waits before the index follows it.
const AFTER_MS: i32 = 150;

/// What an index is built of.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Wanted {
    revision: u64,
    day: Date,
    public: bool,
}

/// A ready index.
#[derive(Clone)]
struct Built {
    of: Wanted,
    index: Rc<Index>,
}

/// The index for screens. `Copy`: a handle only.
#[derive(Clone, Copy)]
pub struct Finder {
    session: Session,
    asking: Asking,
    built: RwSignal<Option<Built>, LocalStorage>,
    /// What an index is being built of just now.
    building: StoredValue<Option<Wanted>>,
}

impl Finder {
    /// An index that follows the session from now on.
    pub fn follow(session: Session, asking: Asking) -> Finder {
        let building = StoredValue::new(None);
        let finder = Finder { session, asking, built: RwSignal::new_local(None), building };
        effect(move || {
            session.watch_all(|_| ());
            session.mode.track();
            session.day.track();
            spawn_local(async move {
                // The page is seen before it is searched.
                frame::sleep(AFTER_MS).await;
                finder.refresh().await;
            });
        });
        finder
    }

    /// Answers, best first, those people open again and again before others; `None` while the first index is being built.
    pub fn find(self, query: &str, limit: usize) -> Option<Vec<Answer>> {
        let mut hits = self.hits(query, limit)?;
        let exact = |hit: &Hit| hit.why == MatchKind::Exact;
        // What is on the screen does not move under a finger: the record is looked at, not followed.
        self.asking.look(|asked| asked.order(query, &mut hits, |hit| &hit.id, exact));
        Some(self.answers(&hits))
    }

    pub fn session(self) -> Session {
        self.session
    }

    /// Whether there is an index to look in.
    pub fn is_ready(self) -> bool {
        self.built.with(Option::is_some)
    }

    /// Those that hold what was typed and are about as good as the best: for who sees no order and no guess.
    pub fn find_alike(self, query: &str, limit: usize) -> Option<Vec<Answer>> {
        let mut hits = self.hits(query, limit)?;
        let best = hits.iter().map(|hit| hit.score).max().unwrap_or(0);
        let guessed =
            |hit: &Hit| matches!(hit.why, MatchKind::Typo | MatchKind::Scattered | MatchKind::Near);
        hits.retain(|hit| hit.score * 3 >= best * 2 && !guessed(hit));
        Some(self.answers(&hits))
    }

    fn answers(self, hits: &[Hit]) -> Vec<Answer> {
        let links = self.session.links();
        let names = self.session.mode.get() != Mode::Lookup;
        hits.iter().filter_map(|hit| Answer::of(hit, &links, names)).collect()
    }

    pub fn hits(self, query: &str, limit: usize) -> Option<Vec<Hit>> {
        let query = composed(query, &nfc);
        self.built.with(|built| built.as_ref().map(|built| built.index.find(&query, limit)))
    }

    /// Builds the index if what it was built of has changed; waits where that is under way.
    pub async fn refresh(self) {
        let wanted = self.wanted();
        while self.building.get_value() == Some(wanted) {
            frame::breathe().await;
        }
        if self.built.with_untracked(|built| built.as_ref().is_some_and(|it| it.of == wanted)) {
            return;
        }
        self.building.set_value(Some(wanted));
        let index = self.build(wanted).await;
        if self.building.get_value() == Some(wanted) {
            self.building.set_value(None);
        }
        if let Some(index) = index {
            self.built.set(Some(Built { of: wanted, index: Rc::new(index) }));
        }
    }

    fn wanted(self) -> Wanted {
        Wanted {
            revision: self.session.revision(),
            day: self.session.day.get_untracked(),
            public: self.session.mode.get_untracked() == Mode::Lookup,
        }
    }

    /// Between frames; `None` where something else has come to be wanted meanwhile.
    async fn build(self, wanted: Wanted) -> Option<Index> {
        let read = |fold: &Fold| entries(fold.township(), wanted.day, wanted.public);
        let mut builder = Builder::new(self.session.read(read));
        loop {
            let began = frame::now();
            while frame::now() - began < SLICE_MS {
                if builder.step(STEP) {
                    return Some(builder.finish());
                }
            }
            frame::breathe().await;
            if self.wanted() != wanted {
                return None;
            }
        }
    }
}
