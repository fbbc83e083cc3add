//! A set: its members as chips, and an input that adds one.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;

use super::FieldState;
use crate::ui::components::icon::Icon;

#[component]
pub fn MembersInput(field: FieldState, id: String) -> impl IntoView {
    let adding = RwSignal::new(String::new());
    let members =
        move || field.typed.with(|typed| typed.lines().map(String::from).collect::<Vec<String>>());
    let add = move || {
        // The page takes the focus away also when it takes the input out.
        let Some(words) = adding.try_get_untracked() else { return };
        adding.set(String::new());
        put_in(field, &words);
    };
    let press = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" if !event.ctrl_key() && !adding.with_untracked(String::is_empty) => {
            event.prevent_default();
            event.stop_propagation();
            add();
        }
        "Backspace" if adding.with_untracked(String::is_empty) => {
            if let Some(last) = members().pop() {
                take_out(field, &last);
            }
        }
        _ => {}
    };
    view! {
        <div class="members">
            <div class="chips">
                <For each=members key=Clone::clone let:member>
                    <Member field=field member=member/>
                </For>
            </div>
            <input
                class="input"
                id=id
                autocomplete="off"
                placeholder="写一个，按回车加入"
                aria-label=format!("加入{}", field.spec.label)
                prop:value=adding
                on:input=move |event| adding.set(event_target_value(&event))
                on:keydown=press
                on:blur=move |_| add()
            />
        </div>
    }
}

#[component]
fn Member(field: FieldState, member: String) -> impl IntoView {
    let word = member.clone();
    view! {
        <span class="chip">
            {member.clone()}
            <button
                type="button"
                class="chip-drop"
                aria-label=format!("去掉{member}")
                on:click=move |_| take_out(field, &word)
            >
                <Icon name="close"/>
            </button>
        </span>
    }
}

/// Several at once where they are parted as clerks part them.
fn put_in(field: FieldState, words: &str) {
    let words = words.split(['、', '，', ',', '；', ';', '\n']).map(str::trim);
    field.typed.update(|typed| {
        for word in words.filter(|word| !word.is_empty()) {
            if !typed.lines().any(|known| known == word) {
                if !typed.is_empty() {
                    typed.push('\n');
                }
                typed.push_str(word);
            }
        }
    });
}

fn take_out(field: FieldState, word: &str) {
    field.typed.update(|typed| {
        let left: Vec<&str> = typed.lines().filter(|known| *known != word).collect();
        *typed = left.join("\n");
    });
}
