//! A portrait being chosen, looked at or taken away. What is chosen is made small before it stands here.

use leptos::ev::Event;
use leptos::html::Input;
use leptos::task::spawn_local;

use super::FieldState;
use crate::model::photo::{HIGH, WIDE};
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::web::portrait;

#[component]
pub fn PhotoInput(field: FieldState, id: String) -> impl IntoView {
    let input = NodeRef::<Input>::new();
    let picked = move |_: Event| {
        let Some(files) = input.get_untracked() else { return };
        let file = files.files().and_then(|files| files.get(0));
        // The same file chosen once more is a choice, too.
        files.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            match portrait::of(&file).await {
                Ok(photo) => {
                    field.typed.try_set(photo);
                    field.problem.try_set(None);
                }
                Err(cannot) => drop(field.problem.try_set(Some(cannot.to_string()))),
            }
        });
    };
    let has_one = move || !field.typed.with(String::is_empty);
    let shown = move || match has_one() {
        true => view! {
            <img class="photo" src=field.typed width=WIDE height=HIGH alt="现在的照片"/>
        }
        .into_any(),
        false => view! { <span class="photo photo-none">"没有照片"</span> }.into_any(),
    };
    view! {
        <div class="photo-choice">
            {shown}
            <div class="choices">
                <label class="button">
                    {move || if has_one() { "换一张…" } else { "选照片…" }}
                    <input
                        class="visually-hidden"
                        type="file"
                        accept="image/jpeg,image/png,image/webp"
                        id=id
                        aria-label=field.spec.label
                        node_ref=input
                        on:change=picked
                    />
                </label>
                <Show when=has_one>
                    <TextButton class="button" label="去掉照片" act=move |()| field.typed.set(String::new())/>
                </Show>
            </div>
        </div>
    }
}
