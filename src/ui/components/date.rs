//! A day, typed as clerks write it or picked from the browser's calendar. It reads 2026年6月15日
//! everywhere: browsers write a date in their own country's order. Judges nothing.

use leptos::ev::KeyboardEvent;
use leptos::html::Input;

use super::icon::Icon;
use crate::model::value::{day_words, parse_date};
use crate::ui::prelude::*;

/// `value` is what is typed, a day as 2026-06-15 once it is one; `left` hears when it is left.
#[component]
pub fn DateInput(
    id: String,
    label: &'static str,
    value: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    #[prop(into)] left: Callback<()>,
) -> impl IntoView {
    // What is being typed stays as it is typed.
    let typing = RwSignal::new(false);
    let calendar = NodeRef::<Input>::new();
    let day = move || parse_date(&value.get());
    let shown = move || match day() {
        Some(day) if !typing.get() => day_words(day),
        _ => value.get(),
    };
    let leave = move |_| {
        // An input may speak once more while it is taken out of the page.
        if typing.try_get_untracked() == Some(true) {
            typing.set(false);
            if let Some(day) = untrack(day) {
                value.set(day.to_string());
            }
            left.run(());
        }
    };
    let press = move |event: KeyboardEvent| {
        if event.alt_key() && event.key() == "ArrowDown" {
            event.prevent_default();
            // Browsers before 2022 open it by pointer only.
            let _ = calendar.get_untracked().map(|calendar| calendar.show_picker());
        }
    };
    view! {
        <span class="date">
            <input
                class="input"
                id=id.clone()
                autocomplete="off"
                placeholder="如 2026-3-9"
                aria-label=label
                aria-invalid=move || problem.with(Option::is_some).to_string()
                aria-describedby=format!("{id}-problem")
                prop:value=shown
                on:input=move |event| {
                    typing.set(true);
                    value.set(event_target_value(&event));
                    problem.set(None);
                }
                on:blur=leave
                on:keydown=press
            />
            <Icon name="calendar"/>
            <input
                class="date-calendar"
                node_ref=calendar
                type="date"
                max="9999-12-31"
                tabindex="-1"
                aria-label="从日历里选"
                prop:value=move || day().map(|day| day.to_string()).unwrap_or_default()
                on:change=move |event| {
                    typing.set(false);
                    value.set(event_target_value(&event));
                    problem.set(None);
                    left.run(());
                }
            />
        </span>
    }
}
