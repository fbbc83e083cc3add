//! A record's form, made from its declaration: one draft a save, nothing lost when it is left unsaved.

mod unsaved;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::dialog::{Dialog, Shape};
use super::field::{FieldState, FormField};
use super::icon::Icon;
use crate::journal::Draft;
use crate::model::check::check;
use crate::model::{FieldSpec, KindIx, RecordId, Value, schema};
use crate::ui::session::{Session, use_session};
pub use unsaved::Unsaved;

/// What a form is opened for.
#[derive(Clone, PartialEq)]
pub struct Wanted {
    pub kind: KindIx,
    /// `None` makes a new record.
    pub id: Option<RecordId>,
    /// Values a new record starts with: field and value.
    pub preset: Vec<(usize, Value)>,
}

impl Wanted {
    pub fn new_record(kind: KindIx) -> Wanted {
        Wanted { kind, id: None, preset: Vec::new() }
    }

    pub fn edit(kind: KindIx, id: RecordId) -> Wanted {
        Wanted { kind, id: Some(id), preset: Vec::new() }
    }
}

/// A form at work.
type FormState = Handle<FormStateParts>;

/// The signals of a [`FormState`].
struct FormStateParts {
    session: Session,
    kind: KindIx,
    wanted: StoredValue<Wanted, LocalStorage>,
    fields: StoredValue<Vec<FieldState>, LocalStorage>,
    /// The reader was asked about unsaved work.
    asking: RwSignal<bool>,
    /// A save was refused; from then on what is left to mend is counted.
    refused: RwSignal<bool>,
    /// Filled again from what was left unsaved.
    again: RwSignal<bool>,
}

/// The form in a side sheet. `done` hears the record's id after each save.
#[component]
pub fn RecordForm(
    wanted: Wanted,
    #[prop(into)] done: Callback<RecordId>,
    #[prop(into)] close: Callback<()>,
) -> impl IntoView {
    let session = use_session();
    // Where nothing can be written nobody is let fill in a form.
    if session.may_edit().is_err() {
        spawn_local(async move { close.run(()) });
        return ().into_any();
    }
    let label = schema().kinds[wanted.kind].spec.label;
    let new = wanted.id.is_none();
    let title = if new { format!("新建{label}") } else { format!("修改{label}") };
    let form = FormState::open(session, wanted);
    form.keep_unsaved();
    let leave = move |()| {
        if form.changed() && !form.asking.get_untracked() {
            form.asking.set(true);
        } else {
            form.forget();
            close.run(());
        }
    };
    let save = move |more: bool| {
        spawn_local(async move {
            let Some(id) = form.save().await else { return };
            done.run(id);
            if more {
                form.clear();
            } else {
                close.run(());
            }
        });
    };
    let press = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            event.stop_propagation();
            save(false);
        }
    };
    view! {
        <Dialog title=title shape=Shape::Side close=leave>
            <div class="dialog-body form" on:keydown=press>
                <Show when=move || form.again.get()>
                    <p class="notice notice-soon">"上次填到一半没有保存，已经接着填上。不要的话请关闭并选“放弃”。"</p>
                </Show>
                {sections(form, new)}
            </div>
            <div class="dialog-foot">
                <Show when=move || form.asking.get() fallback=move || view! {
                    <TextButton class="button button-main" label="保存" act=move |()| save(false)/>
                    <Show when=move || new>
                        <TextButton class="button" label="保存并再建一条" act=move |()| save(true)/>
                    </Show>
                    <p class="dialog-foot-note" class:dialog-foot-key=move || !form.refused.get()>
                        {move || match (form.refused.get(), form.problems()) {
                            (true, count) if count > 0 => format!("还有 {count} 处要改，没有保存。"),
                            _ => "Ctrl+Enter 保存".to_string(),
                        }}
                    </p>
                }>
                    <p class="dialog-foot-note" role="alert">"填的内容还没有保存。"</p>
                    <TextButton class="button button-main" label="继续填写" act=move |()| form.asking.set(false)/>
                    <TextButton class="button button-danger" label="放弃" act=move |()| leave(())/>
                </Show>
            </div>
        </Dialog>
    }
}

/// What matters first, then the rest, then the period.
fn sections(form: FormState, new: bool) -> impl IntoView {
    let fields = form.fields.get_value();
    let period = |spec: &FieldSpec| spec.group == "period";
    let first = |spec: &FieldSpec| !period(spec) && (spec.required || spec.listed);
    let some = |wanted: &dyn Fn(&FieldSpec) -> bool| {
        let fields = fields.iter().filter(|field| wanted(field.spec));
        fields
            .map(|field| view! { <FormField field=*field id=input_id(field.spec)/> })
            .collect_view()
    };
    let rest: Vec<FieldState> =
        fields.iter().filter(|field| !first(field.spec) && !period(field.spec)).copied().collect();
    let count = rest.len();
    let rest = (count > 0).then(|| {
        let open = !new;
        view! {
            <details class="form-more" prop:open=open>
                <summary>{format!("更多项目（{count}）")}</summary>
                <div class="form-part">
                    {rest.into_iter().map(|field| view! {
                        <FormField field=field id=input_id(field.spec)/>
                    }).collect_view()}
                </div>
            </details>
        }
    });
    view! {
        <div class="form-part">{some(&first)}</div>
        {rest}
        <div class="form-part form-period">{some(&period)}</div>
    }
}

fn input_id(spec: &FieldSpec) -> String {
    format!("form-{}", spec.id)
}

/// A record named on the way is made in the same draft.
pub fn put_made(draft: &mut Draft, field: FieldState) {
    let crate::model::FieldType::Ref(kind) = field.spec.ty else { return };
    let (Some(made), Some(kind)) = (field.made_now(), schema().kind(kind)) else { return };
    let title = schema().kinds[kind].spec.fields.iter().position(|field| field.title);
    if let Some(title) = title {
        draft.set(kind, &made.id, title, Value::text(&made.title));
    }
}

impl FormState {
    fn open(session: Session, wanted: Wanted) -> FormState {
        let specs = schema().kinds[wanted.kind].spec.fields;
        let cells: Vec<Value> = session.read(|fold| {
            let table = fold.township().table(wanted.kind);
            let row = wanted.id.as_ref().and_then(|id| table.get(id.as_str()));
            row.map_or_else(|| vec![Value::Null; specs.len()], |row| row.cells.to_vec())
        });
        let fields: Vec<FieldState> =
            specs.iter().zip(&cells).map(|(spec, cell)| FieldState::new(spec, cell)).collect();
        for (at, value) in &wanted.preset {
            fields[*at].preset(value);
        }
        let form = Handle::to(FormStateParts {
            session,
            kind: wanted.kind,
            wanted: StoredValue::new_local(wanted),
            fields: StoredValue::new_local(fields),
            asking: RwSignal::new(false),
            refused: RwSignal::new(false),
            again: RwSignal::new(false),
        });
        form.fill_again();
        form
    }

    /// Whether leaving would lose something; a preset alone is no work.
    fn changed(self) -> bool {
        let preset = self
            .wanted
            .with_value(|wanted| wanted.preset.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        untrack(|| {
            self.fields.with_value(|fields| {
                let mut fields = fields.iter().enumerate();
                fields.any(|(at, field)| field.changed() && !preset.contains(&at))
            })
        })
    }

    fn problems(self) -> usize {
        let wrong = |field: &&FieldState| field.problem.with(Option::is_some);
        self.fields.with_value(|fields| fields.iter().filter(wrong).count())
    }

    /// Writes one draft; `None` where something is to be mended first.
    async fn save(self) -> Option<RecordId> {
        let fields = self.fields.get_value();
        let values: Vec<Option<Value>> = fields.iter().map(|field| field.value()).collect();
        self.tell_period(&values, &fields);
        let wrong = untrack(|| self.problems());
        self.refused.set(wrong > 0);
        if wrong > 0 {
            focus_first_problem();
            return None;
        }
        let known = self.wanted.with_value(|wanted| wanted.id.clone());
        let id = known.clone().unwrap_or_else(|| self.session.fresh_id());
        let draft = self.draft(&id, known.is_none(), &fields, values);
        if draft.is_empty() {
            self.forget();
            return Some(id);
        }
        let commit = self.session.commit_now(draft).await.ok()?;
        if commit.stamp.is_some() {
            self.session.toasts.done(commit.what.to_string(), true);
        }
        self.forget();
        Some(id)
    }

    fn draft(
        self,
        id: &RecordId,
        new: bool,
        fields: &[FieldState],
        values: Vec<Option<Value>>,
    ) -> Draft {
        let label = schema().kinds[self.kind].spec.label;
        let titles = fields.iter().filter(|field| field.spec.title);
        let title = titles.clone().next().map(|field| self.title_of(*field)).unwrap_or_default();
        let doing = if new { "新建" } else { "修改" };
        let mut draft = Draft::new(&format!("{doing}{label}“{title}”"));
        for (at, (field, value)) in fields.iter().zip(values).enumerate() {
            if let Some(value) = value.filter(|_| untrack(|| field.changed())) {
                put_made(&mut draft, *field);
                draft.set(self.kind, id, at, value);
            }
        }
        draft
    }

    fn title_of(self, field: FieldState) -> String {
        match field.made_now() {
            Some(made) => made.title,
            None => self.session.read(|fold| {
                let typed = field.typed.get_untracked();
                fold.township().display(field.spec.ty, &Value::text(&typed))
            }),
        }
    }

    /// Problems between fields, shown at the field they name.
    fn tell_period(self, values: &[Option<Value>], fields: &[FieldState]) {
        let cells: Vec<Value> =
            values.iter().map(|value| value.clone().unwrap_or_default()).collect();
        for problem in check(schema().kinds[self.kind].spec, &cells) {
            let field = fields.iter().find(|field| field.spec.id == problem.field);
            if let Some(field) = field.filter(|field| field.problem.with_untracked(Option::is_none))
            {
                field.problem.set(Some(problem.sentence));
            }
        }
    }

    /// Empty again for the next record; what was preset stays.
    fn clear(self) {
        let preset = self.wanted.with_value(|wanted| wanted.preset.clone());
        self.fields.with_value(|fields| {
            for (at, field) in fields.iter().enumerate() {
                let value = preset.iter().find(|(known, _)| *known == at).map(|(_, value)| value);
                field.preset(value.unwrap_or(&Value::Null));
                field.problem.set(None);
                field.made.set(None);
            }
        });
        self.refused.set(false);
        let first = document().query_selector(".form input,.form textarea").ok().flatten();
        if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = first.focus();
        }
    }
}

fn focus_first_problem() {
    crate::web::frame::on_next_frame(|_| {
        let input = document().query_selector(".form [aria-invalid='true']").ok().flatten();
        if let Some(input) = input.and_then(|input| input.dyn_into::<web_sys::HtmlElement>().ok()) {
            // A field in the folded part must come out to be seen.
            if let Ok(Some(folded)) = input.closest("details") {
                let _ = folded.set_attribute("open", "");
            }
            let _ = input.focus();
        }
    });
}

/// The button that opens an empty form.
#[component]
pub fn NewButton(
    kind: KindIx,
    #[prop(optional)] main: bool,
    #[prop(into)] open: Callback<()>,
) -> impl IntoView {
    let label = schema().kinds[kind].spec.label;
    view! {
        <button class="button" class:button-main=main on:click=move |_| open.run(())>
            <Icon name="plus"/>
            <span>{format!("新建{label}")}</span>
        </button>
    }
}
