//! A button that says in a word what it does. Buttons that show a state or an icon alone are
//! written where they stand.

use crate::ui::prelude::*;

#[component]
pub fn TextButton(
    class: &'static str,
    label: &'static str,
    #[prop(into)] act: Callback<()>,
) -> impl IntoView {
    view! { <button type="button" class=class on:click=move |_| act.run(())>{label}</button> }
}
