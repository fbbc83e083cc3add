//! 待办提醒

use leptos::prelude::*;

#[component]
pub fn FindingsPage() -> impl IntoView {
    view! { <h1>"待办提醒"</h1> }
}
