//! A reference, chosen by typing a part of the record's title; a missing record can be named on the way.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;

use super::{FieldState, Made};
use crate::model::{FieldType, KindIx, RecordId, schema};
use crate::ui::components::icon::Icon;
use crate::ui::session::{Session, use_session};

/// Lines offered at once.
const MOST: usize = 40;

/// A record to choose.
#[derive(Clone, PartialEq)]
struct Candidate {
    id: String,
    title: String,
}

/// A picker at work.
#[derive(Clone, Copy)]
struct Picking {
    session: Session,
    field: FieldState,
    kind: KindIx,
    /// What the input says; a title once something is chosen.
    words: RwSignal<String>,
    open: RwSignal<bool>,
    at: RwSignal<usize>,
}

#[component]
pub fn Picker(field: FieldState, id: String, kind: &'static str) -> impl IntoView {
    let session = use_session();
    let kind = schema().kind(kind).unwrap_or_default();
    let picking = Picking {
        session,
        field,
        kind,
        words: RwSignal::new(String::new()),
        open: RwSignal::new(false),
        at: RwSignal::new(0),
    };
    effect(move || {
        field.typed.track();
        picking.words.set(picking.title_now());
    });
    let list = memo(move || if picking.open.get() { picking.fitting() } else { Vec::new() });
    let press = move |event: KeyboardEvent| picking.press(&event, &list.get_untracked());
    let list_id = format!("{id}-list");
    view! {
        <div class="picker">
            <input
                class="input"
                id=id.clone()
                role="combobox"
                autocomplete="off"
                aria-label=field.spec.label
                aria-autocomplete="list"
                aria-expanded=move || picking.open.get().to_string()
                aria-controls=list_id.clone()
                aria-invalid=move || field.problem.with(Option::is_some).to_string()
                placeholder=format!("输入{}名称查找", schema().kinds[kind].spec.label)
                prop:value=picking.words
                on:input=move |event| picking.type_words(event_target_value(&event))
                on:click=move |_| picking.open.set(true)
                on:keydown=press
                on:blur=move |_| picking.leave()
            />
            <Show when=move || picking.open.get()>
                <ul class="picker-list" role="listbox" id=list_id.clone()
                    on:mousedown=move |event| event.prevent_default()>
                    {move || lines(picking, list.get())}
                </ul>
            </Show>
        </div>
    }
}

fn lines(picking: Picking, list: Vec<Candidate>) -> impl IntoView {
    let none = list.is_empty();
    let count = list.len();
    let line = move |(at, one): (usize, Candidate)| {
        let id = one.id.clone();
        view! {
            <li
                class="picker-line"
                role="option"
                aria-selected=move || (picking.at.get() == at).to_string()
                on:click=move |_| picking.choose(&id)
            >
                {one.title}
            </li>
        }
    };
    let new = move || {
        let words = picking.new_title()?;
        let label = schema().kinds[picking.kind].spec.label;
        Some(view! {
            <li
                class="picker-line picker-new"
                role="option"
                aria-selected=move || (picking.at.get() == count).to_string()
                on:click=move |_| picking.make()
            >
                <span>{format!("新建{label}“{words}”")}</span>
                <Icon name="plus"/>
            </li>
        })
    };
    view! {
        {list.into_iter().enumerate().map(line).collect_view()}
        {none.then(|| view! { <li class="picker-line picker-side">"没有找到"</li> })}
        {new}
    }
}

impl Picking {
    fn title_now(self) -> String {
        let id = self.field.typed.get_untracked();
        if id.is_empty() {
            return id;
        }
        match self.field.made_now() {
            Some(made) => made.title,
            None => self
                .session
                .read(|fold| fold.township().title_of(schema().kinds[self.kind].spec.id, &id)),
        }
    }

    fn fitting(self) -> Vec<Candidate> {
        let typed = self.words.get().trim().to_ascii_lowercase();
        let chosen = typed == self.title_now().to_ascii_lowercase();
        let day = self.session.day.get_untracked();
        self.session.read(|fold| {
            let township = fold.township();
            let rows = township.table(self.kind).rows().filter(|row| row.holds_on(day));
            let titled = rows.map(|row| Candidate {
                id: row.id.to_string(),
                title: township.title(self.kind, row),
            });
            // What is already chosen is no question: all are offered again.
            titled
                .filter(|one| chosen || one.title.to_ascii_lowercase().contains(&typed))
                .take(MOST)
                .collect()
        })
    }

    /// The words as a new record's title, where a title is all such a record needs.
    fn new_title(self) -> Option<String> {
        let words = self.words.get().trim().to_string();
        let fields = schema().kinds[self.kind].spec.fields;
        let mut required = fields.iter().filter(|field| field.required);
        let only = required.next().filter(|field| field.title && field.ty == FieldType::Text);
        let enough = only.is_some() && required.next().is_none();
        (enough && !words.is_empty() && words != self.title_now()).then_some(words)
    }

    fn type_words(self, words: String) {
        self.words.set(words);
        self.at.set(0);
        self.open.set(true);
    }

    fn press(self, event: &KeyboardEvent, list: &[Candidate]) {
        let open = self.open.get_untracked();
        let last = list.len() + usize::from(self.new_title().is_some());
        match event.key().as_str() {
            "ArrowDown" if !open => self.open.set(true),
            "ArrowDown" => self.at.update(|at| *at = (*at + 1).min(last.max(1) - 1)),
            "ArrowUp" => self.at.update(|at| *at = at.saturating_sub(1)),
            "Enter" if open && !event.ctrl_key() => match list.get(self.at.get_untracked()) {
                Some(one) => self.choose(&one.id),
                None => self.make(),
            },
            "Escape" if open => self.open.set(false),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    }

    fn choose(self, id: &str) {
        self.open.set(false);
        self.field.problem.set(None);
        self.field.typed.set(id.to_string());
        self.words.set(self.title_now());
    }

    fn make(self) {
        let Some(title) = self.new_title() else { return };
        let id: RecordId = self.session.fresh_id();
        self.field.made.set(Some(Made { id: id.clone(), title }));
        self.choose(id.as_str());
    }

    /// Words that name exactly one record choose it; empty words choose none; others are taken back.
    fn leave(self) {
        // The page takes the focus away also when it takes the input out.
        let Some(words) = self.words.try_get_untracked() else { return };
        self.open.set(false);
        if words.trim().is_empty() {
            self.field.typed.set(String::new());
            return;
        }
        let typed = words.trim().to_ascii_lowercase();
        if typed != self.title_now().to_ascii_lowercase() {
            let list = self.fitting();
            match list.iter().find(|one| one.title.to_ascii_lowercase() == typed) {
                Some(one) => self.choose(&one.id),
                None => self.words.set(self.title_now()),
            }
        }
    }
}
