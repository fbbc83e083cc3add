//! The frame of one screen: a fault in it shows itself here and leaves the rest of the page alive.

use crate::ui::prelude::*;

#[component]
pub fn Screen(children: Children) -> impl IntoView {
    view! {
        <ErrorBoundary fallback=|errors| {
            view! {
                <section class="screen-fault" role="alert">
                    <h1>"这一屏没能显示"</h1>
                    <p>"数据没有改动，其他栏目照常可用。请换个栏目再回来；仍不行，请导出数据包备份后刷新本页。"</p>
                    <ul>
                        {move || {
                            errors.get().into_iter().map(|(_, error)| view! { <li>{error.to_string()}</li> })
                                .collect_view()
                        }}
                    </ul>
                </section>
            }
        }>{children()}</ErrorBoundary>
    }
}
