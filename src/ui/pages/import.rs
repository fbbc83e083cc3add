//! 导入表格

use leptos::prelude::*;

#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <h1>"导入表格"</h1> }
}
