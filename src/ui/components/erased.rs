//! What was erased from this browser and what a second look found, over the start page.

use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::prelude::*;
use crate::ui::session::use_session;
use crate::web::erase::Erasure;

#[component]
pub fn Erased() -> impl IntoView {
    let session = use_session();
    move || session.erased.get().map(|after| view! { <Report after=after/> })
}

#[component]
fn Report(after: Erasure) -> impl IntoView {
    let session = use_session();
    let Erasure { before, left } = after;
    let gone = left.is_empty();
    let how = if left.listed {
        "再次请浏览器列出全部数据库和设置："
    } else {
        "这个浏览器不会列出数据库，已逐个名称试着打开："
    };
    let item = |name: String| view! { <li class="mono">{name}</li> };
    let close = move |()| session.erased.set(None);
    view! {
        <Dialog title=if gone { "已清除，什么都没留下" } else { "还没有清除干净" } shape=Shape::Question close=close>
            <div class="dialog-body">
                <p>"刚才有这些："</p>
                <ul class="erase-list">{before.databases.into_iter().chain(before.settings).map(item).collect_view()}</ul>
                {if gone {
                    view! { <p class="notice notice-ok" role="status">{how} "岗图的一项都没有了。"</p> }
                } else {
                    view! {
                        <p class="notice notice-bad" role="alert">
                            {how} "还剩下面几项。多半是另一个标签页正开着岗图，里面已清空；请关掉其他标签页，再清除一次。"
                        </p>
                        <ul class="erase-list">{left.databases.into_iter().chain(left.settings).map(item).collect_view()}</ul>
                    }
                }}
            </div>
            <div class="dialog-foot">
                <TextButton class="button" label="知道了" act=close/>
            </div>
        </Dialog>
    }
}
