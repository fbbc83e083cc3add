//! The screen for a hash nobody knows: says so and leads back.

use crate::ui::prelude::*;

use crate::route::Route;

#[component]
pub fn NotFoundPage(hash: String) -> impl IntoView {
    view! {
        <section class="empty">
            <h1>"没有这个页面"</h1>
            <p>"网址里的“" {hash} "”不是岗图的栏目，可能是链接写错了。数据没有变化。"</p>
            <a class="button" href=Route::Home.href()>"回首页"</a>
        </section>
    }
}
