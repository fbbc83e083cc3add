//! 网格图

use leptos::prelude::*;

#[component]
pub fn MapPage() -> impl IntoView {
    view! { <h1>"网格图"</h1> }
}
