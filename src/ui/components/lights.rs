//! The three saving lights: in memory, in this browser, in a file. Colour never alone: a word beside it.

use crate::ui::prelude::*;

use crate::ui::session::{Saving, use_session};

#[component]
pub fn Lights() -> impl IntoView {
    let session = use_session();
    let browser = move || match session.saving.get() {
        Saving::Saved => ("ok", "本机已存", "已写入这台电脑的浏览器，并回读核对".to_string()),
        Saving::Writing => ("soon", "正在保存", "正在写入这台电脑的浏览器".to_string()),
        Saving::MemoryOnly => ("off", "未存本机", "只在内存里，关闭页面就没有了".to_string()),
        Saving::Failed(why) => ("bad", "保存失败", why),
    };
    let file = memo(move || session.keeping.light(session));
    view! {
        <div class="lights" aria-live="polite">
            <span class="light light-ok light-memory" title="已在页面内存里">"内存"</span>
            <span class=move || format!("light light-{}", browser().0) title=move || browser().2>
                {move || browser().1}
            </span>
            <button
                class=move || ["light light-", file.get().tone].concat()
                title=move || file.get().title
                on:click=move |_| session.keeping.act(session)
            >
                {move || file.get().word}
            </button>
        </div>
    }
}
