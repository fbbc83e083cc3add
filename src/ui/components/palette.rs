//! The command palette: type a few letters, get a command or a record. Runs nothing by itself.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::html::Input;
use wasm_bindgen::JsCast;

use super::icon::Icon;
use crate::answer::entries::record_of;
use crate::model::{KindIx, RecordId, schema};
use crate::route::Route;
use crate::ui::commands::{self, Command};
use crate::ui::finder::Finder;
use crate::ui::session::{Session, use_session};
use crate::web::frame::on_next_frame;
use gangtu_search::{Entry, EntryKind, Field, FieldRole, Hit, Index, MatchKind};

/// Lines shown at once.
const MOST: usize = 12;

/// One line of the palette.
#[derive(Clone)]
enum Choice {
    Command(Command),
    Record { route: Route, title: String, label: &'static str },
}

/// The commands there are, and an index of their places in that list.
type Known = (Vec<Command>, Index);

/// As a page that waits for its code.
pub fn palette() -> AnyView {
    view! { <Palette/> }
}

#[component]
fn Palette() -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let at = RwSignal::new(0usize);
    let input = NodeRef::<Input>::new();
    let finder = expect_context::<Finder>();
    let commands = commands::list(session);
    let index = index_of(&commands);
    let known: Known = (commands, index);
    let choices = memo_untested(move || {
        let typed = typed.get().trim().to_ascii_lowercase();
        choices(session, finder, &known, &typed)
    });
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

/// Commands as entries to look up: a label, and the words people also look for it by.
fn index_of(commands: &[Command]) -> Index {
    let field = |text: &str, role, weight| Field { text: text.into(), weight, role };
    let entry = |(at, command): (usize, &Command)| {
        let mut fields = vec![field(&command.label, FieldRole::Title, 10)];
        let words = command.words.split(' ');
        fields.extend(words.map(|word| field(word, FieldRole::Term, 0)));
        Entry { id: at.to_string().into(), kind: EntryKind::Other, fields }
    };
    Index::build(commands.iter().enumerate().map(entry).collect())
}

/// Found by what was typed, not by what may have been meant.
fn is_sure(hit: &Hit) -> bool {
    hit.why < MatchKind::Near
}

fn choices(session: Session, finder: Finder, known: &Known, typed: &str) -> Vec<Choice> {
    let (commands, index) = known;
    if typed.is_empty() {
        return commands.iter().take(MOST).cloned().map(Choice::Command).collect();
    }
    let hits = index.find(typed, MOST).into_iter().filter(is_sure);
    let found = hits.filter_map(|hit| commands.get(hit.id.parse::<usize>().ok()?).cloned());
    let mut list: Vec<Choice> = found.map(Choice::Command).collect();
    // A record's page is for staff.
    if !session.is_lookup() {
        let places = records(session, finder, typed);
        list.extend(session.read(|fold| {
            places
                .into_iter()
                .map(|(kind, id)| Choice::Record {
                    title: fold.township().title_of(schema().kinds[kind].spec.id, id.as_str()),
                    label: schema().kinds[kind].spec.label,
                    route: Route::Record { kind, id },
                })
                .collect::<Vec<_>>()
        }));
    }
    list.truncate(MOST);
    list
}

/// Records in the look-up's order, then those whose names hold what was typed: kinds it does not
/// know, and what has ended.
fn records(session: Session, finder: Finder, typed: &str) -> Vec<(KindIx, RecordId)> {
    let hits = finder.hits(typed, MOST).unwrap_or_default().into_iter().filter(is_sure);
    let mut found: Vec<_> = hits.filter_map(|hit| record_of(&hit.id)).collect();
    session.read(|fold| {
        let township = fold.township();
        for kind in 0..schema().kinds.len() {
            for row in township.table(kind).rows() {
                if found.len() >= MOST {
                    return;
                }
                let holds = || township.title(kind, row).to_ascii_lowercase().contains(typed);
                if found.iter().all(|(_, id)| *id != row.id) && holds() {
                    found.push((kind, row.id.clone()));
                }
            }
        }
    });
    found
}
