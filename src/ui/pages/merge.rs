//! 合并数据包 (`#/data/merge`): bundles in, their plan, what people changed apart and who decides it.
//!
//! `bring` (files in, the plan, one write), `conflicts` (a list of them with its choices). Reads and
//! writes through the session; judges no file: `bundle` does.

mod bring;
mod conflicts;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::ui::session::use_session;
use bring::Bring;
pub use bring::hand_over;
use conflicts::{ConflictList, Lines, Side};

pub fn page() -> AnyView {
    view! {
        <section class="sheet merge">
            <h1>"合并数据包"</h1>
            <p class="sheet-note">"别人导出的 .json 数据包可以一次放进几个。先看清再写入；整次合并算一步，可以撤销；同一份放两次不会重复。"</p>
            <Bring/>
            <Standing/>
        </section>
    }
}

/// What earlier merges left undecided.
#[component]
fn Standing() -> impl IntoView {
    let session = use_session();
    let lines = Lines::new();
    effect(move || {
        session.watch_all(|_| ());
        lines.renew(session.read(|fold| fold.conflicts()));
    });
    let write = move || {
        let Some(draft) = lines.decided("处理分歧") else {
            return;
        };
        if draft.is_empty() {
            session.toasts.failed("还没有选。请在要定的分歧里选一个，再写入；数据没有变化。");
            return;
        }
        spawn_local(async move {
            let _ = session.commit_now(draft).await;
        });
    };
    view! {
        <Show when=move || !lines.is_empty()>
            <h2>"还没定的分歧"</h2>
            <p class="quiet">"两个人在两台电脑上改了同一项。没定之前，以较晚的为准，别的值都留着。"</p>
            <ConflictList lines=lines side=Side::Standing/>
            <div class="merge-foot">
                <TextButton class="button button-main" label="写入选定的" act=move |()| write()/>
            </div>
        </Show>
    }
}
