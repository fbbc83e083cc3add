//! 只看不改: what a file of a newer program is, and the way to look at it. Shown where files are opened.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::bundle::Newer;
use crate::ui::components::button::TextButton;
use crate::ui::session::use_session;

/// The plan for such a file: what it is, how much of it can be seen, and that nothing else can be done.
#[component]
pub fn LookOffer(newer: Newer) -> impl IntoView {
    let session = use_session();
    let (name, origin, told) = (newer.name.clone(), newer.origin(), newer.told());
    let kept = StoredValue::new_local(Some(newer));
    let look = move |()| {
        if let Some(newer) = kept.with_value(Clone::clone) {
            spawn_local(session.look_at(newer));
        }
    };
    view! {
        <div class="plan newer-offer">
            <p>
                <strong>{name}</strong> "：这份数据" {origin} "，不能合并，也不能在本版里改。" {told}
                "可以先看看：只在内存里，不改动、不存下任何数据。"
            </p>
            <TextButton class="button" label="只看不改" act=look/>
        </div>
    }
}
