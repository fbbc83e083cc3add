//! That conflicts wait to be decided, and the way to where they are.

use crate::route::Route;
use crate::ui::prelude::*;
use crate::ui::session::use_session;

/// How many conflicts wait to be decided, if any do.
#[component]
pub fn Undecided() -> impl IntoView {
    let session = use_session();
    let count = memo(move || {
        session.watch_all(|_| ());
        session.read(|fold| fold.conflicts().len())
    });
    view! {
        <Show when=move || count.get() != 0>
            <p class="notice">
                "有 " {count} " 处两个人改得不一样，还没定以谁为准。"
                <a href=Route::Merge.href()>"去定下来"</a>
            </p>
        </Show>
    }
}
