//! 架构图

use leptos::prelude::*;

#[component]
pub fn ChartPage() -> impl IntoView {
    view! { <h1>"架构图"</h1> }
}
