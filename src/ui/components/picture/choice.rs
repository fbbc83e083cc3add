//! What stands over a picture beside its buttons: a choice of one of a few, and a box to look for something in it.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;

/// A labelled list; `options` are ids with their words.
#[component]
pub fn PictureChoice(
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(&'static str, &'static str)>>,
    #[prop(into)] chosen: Signal<&'static str>,
    #[prop(into)] choose: Callback<String>,
) -> impl IntoView {
    let option = move |(id, words): (&'static str, &'static str)| {
        view! { <option value=id selected=move || chosen.get() == id>{words}</option> }
    };
    view! {
        <label class="field field-inline picture-choice">
            <span class="field-label">{label}</span>
            <select class="input" aria-label=label on:change=move |event| choose.run(event_target_value(&event))>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// A box to type into; says so where nothing is found. `children` stand below it.
#[component]
pub fn PictureSearch(
    words: RwSignal<String>,
    label: &'static str,
    placeholder: &'static str,
    #[prop(into)] none: Signal<bool>,
    #[prop(optional, into)] pressed: Option<Callback<KeyboardEvent>>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <span class="picture-search">
            <input
                class="input"
                type="search"
                aria-label=label
                placeholder=placeholder
                prop:value=words
                on:input=move |event| words.set(event_target_value(&event))
                on:keydown=move |event| if let Some(pressed) = pressed { pressed.run(event) }
            />
            {children.map(|children| children())}
            <Show when=move || none.get()><span class="picture-none" role="status">"没有找到"</span></Show>
        </span>
    }
}
