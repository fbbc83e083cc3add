//! 找岗办事

use leptos::prelude::*;

#[component]
pub fn FindPage(query: String) -> impl IntoView {
    view! { <h1>"找岗办事"{query}</h1> }
}
