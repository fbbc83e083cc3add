//! What the record says, grouped: what matters, the rest, long texts, the period. Changes nothing.

use crate::ui::prelude::*;

use crate::model::spec::Field;
use crate::model::value::day_words;
use crate::model::{
    FieldSpec, FieldType, KindIx, Photo, RecordId, Row, Township, Value, Visibility, schema,
};
use crate::route::Route;
use crate::sorting::Sorting;
use crate::ui::components::field::VisibilityMark;
use crate::ui::components::phone::Phone;
use crate::ui::session::use_session;

/// One value as it is shown.
#[derive(Clone, PartialEq)]
enum Shown {
    /// Nothing, though the declaration asks for something.
    Missing,
    Text(String),
    Lines(String),
    Chips(Vec<String>),
    Link {
        href: String,
        title: String,
    },
    Photo(String),
}

#[derive(Clone, PartialEq)]
struct Fact {
    field: usize,
    shown: Shown,
}

#[component]
pub fn Facts(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let facts = memo(move || {
        session.watch_all(|township| {
            let row = township.table(kind).get(id.as_str());
            row.map_or_else(Vec::new, |row| facts_of(township, kind, row))
        })
    });
    let specs = schema().kinds[kind].spec.fields;
    let long = move |fact: &Fact| specs[fact.field].ty == FieldType::LongText;
    let short = move || facts.get().into_iter().filter(move |fact| !long(fact)).collect::<Vec<_>>();
    let texts = move || facts.get().into_iter().filter(long).collect::<Vec<_>>();
    let empty = move || {
        let shown = facts.get();
        let left = (0..specs.len()).filter(|at| shown.iter().all(|fact| fact.field != *at));
        left.map(|at| specs[at].label).collect::<Vec<_>>().join("、")
    };
    view! {
        <div class="record-facts">
            <dl class="facts">
                <For each=short key=|fact| fact.field let:fact>
                    <dt>{specs[fact.field].label}</dt>
                    <dd><FactValue fact=fact.clone() kind=kind/></dd>
                </For>
            </dl>
            <For each=texts key=|fact| fact.field let:fact>
                <section class="record-text">
                    <h3>{specs[fact.field].label}</h3>
                    <FactValue fact=fact.clone() kind=kind/>
                </section>
            </For>
            <Show when=move || !empty().is_empty()>
                <p class="record-empty">"还没填：" {empty}</p>
            </Show>
        </div>
    }
}

#[component]
fn FactValue(fact: Fact, kind: KindIx) -> impl IntoView {
    let spec = &schema().kinds[kind].spec.fields[fact.field];
    // Most of what is shown may be shown to anyone; what may not says so.
    let mark = (spec.visibility != Visibility::Public)
        .then(|| view! { <VisibilityMark visibility=spec.visibility/> });
    let unit =
        (!spec.unit.is_empty()).then(|| view! { <span class="field-unit">{spec.unit}</span> });
    let inside = match fact.shown {
        Shown::Missing => view! { <span class="tag tag-act">"未填，必填"</span> },
        Shown::Text(text) if spec.phone => view! { <Phone number=text/> },
        Shown::Text(text) => view! { <span>{text}</span> },
        Shown::Lines(text) => view! { <p class="record-lines">{text}</p> },
        Shown::Chips(words) => view! {
            <span class="chips">
                {words.into_iter().map(|word| view! { <span class="chip">{word}</span> }).collect_view()}
            </span>
        }
        .into_any(),
        Shown::Link { href, title } => view! { <a href=href>{title}</a> },
        Shown::Photo(source) => view! { <img class="photo" src=source alt=spec.label/> },
    };
    view! { <span class="record-value">{inside}{unit}</span>{mark} }
}

fn facts_of(township: &Township, kind: KindIx, row: &Row) -> Vec<Fact> {
    let specs = schema().kinds[kind].spec.fields;
    let shown = specs.iter().zip(&row.cells).enumerate().filter_map(|(field, (spec, value))| {
        Some(Fact { field, shown: shown_of(township, spec, value)? })
    });
    let mut facts: Vec<Fact> = shown.collect();
    // A face comes first; then what the tables list, as in them.
    facts.arrange_by(|fact| {
        let spec = &specs[fact.field];
        let is_face = spec.ty == FieldType::Photo;
        (!is_face, spec.group == "period", !spec.listed && !spec.required)
    });
    facts
}

fn shown_of(township: &Township, spec: &FieldSpec, value: &Value) -> Option<Shown> {
    let text = || township.display(spec.ty, value);
    Some(match (spec.ty, value) {
        (_, Value::Null) if spec.required => Shown::Missing,
        (_, Value::Null) => return None,
        (FieldType::Ref(target), Value::Text(id)) => link_of(target, id, text()),
        (FieldType::LongText, _) => Shown::Lines(text()),
        (FieldType::Photo, value) if !Photo::read(value).is_none() => {
            Shown::Photo(Photo::read(value).source().to_string())
        }
        (FieldType::Date, _) => Shown::Text(value.as_date().map_or_else(text, day_words)),
        (FieldType::Set, _) => {
            Shown::Chips(value.as_set().iter().map(ToString::to_string).collect())
        }
        _ => Shown::Text(text()),
    })
}

fn link_of(target: &str, id: &str, title: String) -> Shown {
    let route = schema().kind(target).zip(RecordId::parse(id));
    match route {
        Some((kind, id)) => Shown::Link { href: Route::Record { kind, id }.href(), title },
        None => Shown::Text(title),
    }
}
