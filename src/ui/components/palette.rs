//! The command palette: type a few letters, get a command or a record. Runs nothing by itself.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::model::{KindIx, schema};
use crate::route::Route;
use crate::ui::commands::{self, Command};
use crate::ui::session::{Session, use_session};
use crate::web::frame::on_next_frame;

/// Lines shown at once.
const MOST: usize = 12;

/// One line of the palette.
#[derive(Clone)]
enum Choice {
    Command(Command),
    Record { route: Route, title: String, label: &'static str },
}

#[component]
pub fn Palette() -> impl IntoView {
    let session = use_session();
    view! {
        <Show when=move || session.palette.get() && session.base().is_some()>
            <OpenPalette/>
        </Show>
    }
}

#[component]
fn OpenPalette() -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0usize);
    let input = NodeRef::<Input>::new();
    let choices = memo_untested(move || choices(session, &typed.get()));
    let before = StoredValue::new_local(document().active_element());
    on_cleanup(move || {
        // Back to where the reader was.
        let before = before.try_get_value().flatten();
        on_next_frame(move |_| {
            let before = before.and_then(|before| before.dyn_into::<web_sys::HtmlElement>().ok());
            if let Some(before) = before.filter(|element| element.is_connected()) {
                let _ = before.focus();
            }
        });
    });
    effect(move || {
        if let Some(input) = input.get() {
            let _ = input.focus();
        }
    });
    let press = move |event: KeyboardEvent| {
        let last = choices.with(Vec::len).saturating_sub(1);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(last)),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => run(session, choices.with(|list| list.get(at.get_untracked()).cloned())),
            "Escape" => session.palette.set(false),
            _ => return,
        }
        event.prevent_default();
    };
    let lines = move || {
        let lines = choices.get().into_iter().enumerate();
        lines
            .map(|(line, choice)| view! { <PaletteLine choice=choice line=line at=at/> })
            .collect_view()
    };
    view! {
        <div class="veil" on:click=move |_| session.palette.set(false)></div>
        <div class="palette" role="dialog" aria-modal="true" aria-label="查找与命令" on:keydown=press>
            <div class="palette-box">
                <Icon name="find"/>
                <input
                    class="palette-input"
                    node_ref=input
                    placeholder="输入命令、岗位、人员、村名…"
                    aria-label="查找与命令"
                    prop:value=typed
                    on:input=move |event| {
                        typed.set(event_target_value(&event));
                        at.set(0);
                    }
                />
            </div>
            <ul class="palette-list" role="listbox">{lines}</ul>
            <Show when=move || choices.with(Vec::is_empty)>
                <p class="palette-none">"没有找到。换个词试试，或到“找岗办事”里查事项。"</p>
            </Show>
        </div>
    }
}

#[component]
fn PaletteLine(choice: Choice, line: usize, at: RwSignal<usize>) -> impl IntoView {
    let session = use_session();
    let (title, side) = match &choice {
        Choice::Command(command) => (command.label.clone(), command.key),
        Choice::Record { title, label, .. } => (title.clone(), *label),
    };
    view! {
        <li
            class="palette-line"
            role="option"
            aria-selected=move || (at.get() == line).to_string()
            on:pointerenter=move |_| at.set(line)
            on:click=move |_| run(session, Some(choice.clone()))
        >
            <span class="palette-title">{title}</span>
            <span class="palette-side">{side}</span>
        </li>
    }
}

fn run(session: Session, choice: Option<Choice>) {
    session.palette.set(false);
    match choice {
        Some(Choice::Command(command)) => (command.run)(session, &command.argument),
        Some(Choice::Record { route, .. }) => session.go(&route),
        None => {}
    }
}

fn choices(session: Session, typed: &str) -> Vec<Choice> {
    let typed = typed.trim().to_ascii_lowercase();
    let fits = |command: &Command| {
        command.label.to_ascii_lowercase().contains(&typed)
            || command.words.contains(typed.as_str())
    };
    let commands = commands::list(session).into_iter().filter(fits).map(Choice::Command);
    let records = if typed.is_empty() { Vec::new() } else { records(session, &typed) };
    commands.chain(records).take(MOST).collect()
}

fn records(session: Session, typed: &str) -> Vec<Choice> {
    let found = |kind: KindIx| {
        session.read(|fold| {
            let township = fold.township();
            let titled = township.table(kind).rows().map(|row| (row, township.title(kind, row)));
            let fitting = titled.filter(|(_, title)| title.to_ascii_lowercase().contains(typed));
            fitting
                .take(MOST)
                .map(|(row, title)| Choice::Record {
                    route: Route::Record { kind, id: row.id.clone() },
                    title,
                    label: schema().kinds[kind].spec.label,
                })
                .collect::<Vec<_>>()
        })
    };
    (0..schema().kinds.len()).flat_map(found).take(MOST).collect()
}
