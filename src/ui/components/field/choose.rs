//! One of a fixed list.

use crate::ui::prelude::*;

use super::{FieldState, take};

#[component]
pub fn ChoiceInput(
    field: FieldState,
    id: String,
    options: Vec<(&'static str, &'static str)>,
) -> impl IntoView {
    let option = move |(id, label): (&'static str, &'static str)| {
        view! { <option value=id selected=move || field.typed.with(|typed| typed == id)>{label}</option> }
    };
    view! {
        <select
            class="input"
            id=id.clone()
            aria-label=field.spec.label
            aria-invalid=move || field.problem.with(Option::is_some).to_string()
            aria-describedby=format!("{id}-problem")
            prop:value=field.typed
            on:change=take(field)
        >
            <option value="">"（未填）"</option>
            {options.into_iter().map(option).collect_view()}
        </select>
    }
}
