//! Going back to a moment of the record: how far the folding is, and a way to stop it. Folds nothing
//! itself: the session does, in slices.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use leptos::task::spawn_local;

/// The way into the past, for pages that offer it: what is being folded, and whether to go on.
#[derive(Clone, Copy)]
pub struct LookingBack {
    session: Session,
    pub progress: RwSignal<Option<(usize, usize)>>,
}

impl LookingBack {
    pub fn begin() -> LookingBack {
        LookingBack { session: use_session(), progress: RwSignal::new(None) }
    }

    pub fn go(self, at: u64) {
        if self.progress.get_untracked().is_some() {
            return;
        }
        self.progress.set(Some((0, 1)));
        spawn_local(async move {
            // Leaving the page or pressing 停下 empties it.
            let told = |done| match self.progress.try_get_untracked().flatten() {
                Some(_) => {
                    self.progress.set(Some(done));
                    true
                }
                None => false,
            };
            self.session.look_back(at, &told).await;
            let _ = self.progress.try_set(None);
        });
    }
}

/// How far it is, with a way out.
#[component]
pub fn Folding(progress: RwSignal<Option<(usize, usize)>>, words: &'static str) -> impl IntoView {
    view! {
        {move || progress.get().map(|(done, all)| view! {
            <div class="past-progress" role="status">
                <span>{words}</span>
                <progress max=all.max(1) value=done></progress>
                <TextButton class="button button-small" label="停下" act=move |()| progress.set(None)/>
            </div>
        })}
    }
}
