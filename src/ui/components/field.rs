//! One field at a form, a cell or a dialog: its input, what is wrong with it, what it now means.
//!
//! Every type's input writes one text; `listing::typed` reads it. Writes no draft.

mod choose;
mod members;
mod photo;
mod picker;

use crate::ui::prelude::*;
use leptos::ev;

use crate::listing::typed::{read, typed};
use crate::model::{FieldSpec, FieldType, RecordId, Value, Visibility};
use crate::ui::components::date::DateInput;
use crate::ui::components::icon::Icon;
use choose::ChoiceInput;
use members::MembersInput;
use photo::PhotoInput;
use picker::Picker;

/// A record to be made together with the one that first names it.
#[derive(Clone, Debug, PartialEq)]
pub struct Made {
    pub id: RecordId,
    pub title: String,
}

/// A field being filled in.
#[derive(Clone, Copy)]
pub struct FieldState {
    pub spec: &'static FieldSpec,
    pub typed: RwSignal<String>,
    pub problem: RwSignal<Option<String>>,
    pub made: RwSignal<Option<Made>>,
    start: StoredValue<String>,
}

impl FieldState {
    pub fn new(spec: &'static FieldSpec, value: &Value) -> FieldState {
        let text = typed(spec, value);
        FieldState {
            spec,
            typed: RwSignal::new(text.clone()),
            problem: RwSignal::new(None),
            made: RwSignal::new(None),
            start: StoredValue::new(text),
        }
    }

    /// Fills in something else than what was there; it counts as a change.
    pub fn preset(self, value: &Value) {
        self.typed.set(typed(self.spec, value));
    }

    pub fn changed(self) -> bool {
        self.typed.with(|typed| self.start.with_value(|start| start != typed))
    }

    /// What is typed now is where changes count from.
    pub fn settle(self) {
        self.start.set_value(self.typed.get_untracked());
    }

    /// What the input means now; a problem is shown at the field.
    pub fn value(self) -> Option<Value> {
        // An input may speak once more while it is taken out of the page.
        let result = read(self.spec, &self.typed.try_get_untracked()?);
        self.problem.set(result.as_ref().err().cloned());
        result.ok()
    }

    /// The record to be made for this field, if it is still wanted.
    pub fn made_now(self) -> Option<Made> {
        let wanted = self.typed.get_untracked();
        self.made.get_untracked().filter(|made| made.id.as_str() == wanted)
    }
}

/// How an input is set.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// In a form, with room.
    Form,
    /// In a cell: one line, no box for a tick.
    Cell,
}

/// The input alone; label and problem stand around it.
#[component]
pub fn FieldInput(
    field: FieldState,
    #[prop(into)] id: String,
    #[prop(default = Setting::Form)] setting: Setting,
) -> impl IntoView {
    match field.spec.ty {
        FieldType::Choice(list) => {
            view! { <ChoiceInput field=field id=id options=list.to_vec()/> }
        }
        FieldType::Bool if setting == Setting::Cell => {
            view! { <ChoiceInput field=field id=id options=vec![("是", "是")]/> }
        }
        FieldType::Bool => view! { <TickInput field=field id=id/> },
        FieldType::Ref(kind) => view! { <Picker field=field id=id kind=kind/> },
        FieldType::Set => view! { <MembersInput field=field id=id/> },
        FieldType::LongText => view! { <LongInput field=field id=id/> },
        FieldType::Outline => {
            let drawn = move || {
                if field.typed.with(String::is_empty) {
                    "还没有画边界"
                } else {
                    "已画边界"
                }
            };
            view! { <p class="quiet" id=id>{drawn}</p> }
        }
        FieldType::Photo => view! { <PhotoInput field=field id=id/> },
        FieldType::Date => view! {
            <DateInput
                id=id
                label=field.spec.label
                value=field.typed
                problem=field.problem
                left=move |()| { field.value(); }
            />
        },
        _ => view! { <LineInput field=field id=id/> },
    }
}

/// Takes what was typed and forgets the problem it may have solved.
fn take(field: FieldState) -> impl Fn(ev::Event) + Copy + 'static {
    move |event| {
        field.typed.set(event_target_value(&event));
        field.problem.set(None);
    }
}

#[component]
fn LineInput(field: FieldState, id: String) -> impl IntoView {
    let mode = match field.spec.ty {
        FieldType::Int => "numeric",
        FieldType::Real => "decimal",
        _ => "text",
    };
    view! {
        <input
            class="input"
            id=id.clone()
            inputmode=mode
            autocomplete="off"
            aria-label=field.spec.label
            aria-invalid=move || field.problem.with(Option::is_some).to_string()
            aria-describedby=format!("{id}-problem")
            prop:value=field.typed
            on:input=take(field)
            on:change=move |_| { field.value(); }
        />
    }
}

#[component]
fn LongInput(field: FieldState, id: String) -> impl IntoView {
    let rows = move || field.typed.with(|text| text.lines().count().clamp(2, 10));
    view! {
        <textarea
            class="input"
            id=id.clone()
            rows=rows
            aria-label=field.spec.label
            aria-invalid=move || field.problem.with(Option::is_some).to_string()
            aria-describedby=format!("{id}-problem")
            prop:value=field.typed
            on:input=take(field)
        ></textarea>
    }
}

#[component]
fn TickInput(field: FieldState, id: String) -> impl IntoView {
    view! {
        <label class="check">
            <input
                id=id
                type="checkbox"
                prop:checked=move || field.typed.with(|typed| typed == "是")
                on:change=move |event| {
                    let on = event_target_checked(&event);
                    field.typed.set(if on { "是".to_string() } else { String::new() });
                }
            />
            <span>"是"</span>
        </label>
    }
}

/// Label, input, unit, hint and problem of one field in a form.
#[component]
pub fn FormField(field: FieldState, #[prop(into)] id: String) -> impl IntoView {
    let spec = field.spec;
    let short = matches!(spec.ty, FieldType::Int | FieldType::Real | FieldType::Date);
    let hint = (!spec.hint.is_empty()).then(|| view! { <p class="field-hint">{spec.hint}</p> });
    let unit =
        (!spec.unit.is_empty()).then(|| view! { <span class="field-unit">{spec.unit}</span> });
    view! {
        <div class="field" class:field-short=short data-field-id=spec.id>
            <label class="field-label" for=id.clone()>
                <span>{spec.label}</span>
                {spec.required.then(|| view! { <span class="field-must">"必填"</span> })}
                <VisibilityMark visibility=spec.visibility/>
            </label>
            <div class="field-body">
                <FieldInput field=field id=id.clone()/>
                {unit}
            </div>
            {hint}
            <FieldProblem field=field id=format!("{id}-problem")/>
        </div>
    }
}

/// What is wrong, in place.
#[component]
pub fn FieldProblem(field: FieldState, id: String) -> impl IntoView {
    view! {
        <div id=id aria-live="polite">
            {move || field.problem.get().map(|sentence| view! {
                <p class="field-problem"><Icon name="warn"/><span>{sentence}</span></p>
            })}
        </div>
    }
}

/// Who may see a field.
#[component]
pub fn VisibilityMark(visibility: Visibility) -> impl IntoView {
    let (word, title) = match visibility {
        Visibility::Public => ("公开", "导出公开版时会包含这一项"),
        Visibility::Internal => ("内部", "只有工作人员能看，不进公开版"),
        Visibility::Consent => ("须同意", "本人登记同意后才进公开版"),
    };
    view! { <span class="field-mark" title=title>{word}</span> }
}
