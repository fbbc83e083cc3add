//! One record: its facts, who refers to it, its history; the form that changes it, its end.

mod ending;
mod facts;
mod figures;
mod history;
mod links;

use crate::ui::prelude::*;

use crate::listing::order::natural_field;
use crate::model::{KindIx, RecordId, schema};
use crate::route::Route;
use crate::ui::components::form::{RecordForm, Wanted};
use crate::ui::components::icon::Icon;
use crate::ui::components::table::memory::{TableMemory, neighbours};
use crate::ui::session::use_session;
use ending::Ending;
use facts::Facts;
use figures::Figures;
use history::History;
use links::Links;

/// What of the record is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Record,
    History,
}

pub fn page() -> AnyView {
    match use_session().route.get_untracked() {
        Route::Record { kind, id } => record(kind, id),
        _ => ().into_any(),
    }
}

fn record(kind: KindIx, id: RecordId) -> AnyView {
    let session = use_session();
    let part = RwSignal::new(Part::Record);
    let wanted = RwSignal::new_local(None::<Wanted>);
    let known = {
        let id = id.clone();
        memo(move || {
            session.watch(&[kind], |township| township.table(kind).get(id.as_str()).is_some())
        })
    };
    let shown = StoredValue::new(id);
    view! {
        <Show when=move || known.get() fallback=move || view! { <Unknown kind=kind id=shown.get_value()/> }>
            <article class="sheet sheet-wide record">
                <Top kind=kind id=shown.get_value() wanted=wanted/>
                <Tabs part=part/>
                {move || match part.get() {
                    Part::Record => view! {
                        <div class="columns">
                            <div>
                                <Facts kind=kind id=shown.get_value()/>
                                <Figures kind=kind id=shown.get_value()/>
                            </div>
                            <Links kind=kind id=shown.get_value() wanted=wanted/>
                        </div>
                    },
                    Part::History => view! { <History kind=kind id=shown.get_value()/> },
                }}
            </article>
        </Show>
        {move || wanted.get().map(|form| view! {
            <RecordForm wanted=form done=move |_| () close=move |()| wanted.set(None)/>
        })}
    }
}

/// Where it belongs, what it is called, what can be done with it.
#[component]
fn Top(
    kind: KindIx,
    id: RecordId,
    wanted: RwSignal<Option<Wanted>, LocalStorage>,
) -> impl IntoView {
    let session = use_session();
    let label = schema().kinds[kind].spec.label;
    let title = {
        let id = id.clone();
        move || {
            session.watch_all(|_| ());
            session.read(|fold| {
                let township = fold.township();
                let row = township.table(kind).get(id.as_str());
                row.map_or_else(|| id.to_string(), |row| township.title(kind, row))
            })
        }
    };
    let edited = id.clone();
    view! {
        <nav class="record-way" aria-label="位置">
            <a href=Route::List { kind }.href()>{label}</a>
            <Neighbours kind=kind id=id.clone()/>
        </nav>
        {session.partly_brought(kind, &id).map(|words| view! { <p class="notice">{words}</p> })}
        <header class="record-head">
            <h1>{title}</h1>
            <div class="page-actions">
                <Ending kind=kind id=id/>
                <button
                    class="button button-main"
                    on:click=move |_| wanted.set(Some(Wanted::edit(kind, edited.clone())))
                >
                    <Icon name="edit"/>
                    <span>"修改"</span>
                </button>
            </div>
        </header>
    }
}

/// The records before and after, in the order of the table the reader came from.
#[component]
fn Neighbours(kind: KindIx, id: RecordId) -> impl IntoView {
    let session = use_session();
    let memory = expect_context::<TableMemory>();
    let (before, after) = {
        let township = session.base().map(|open| open.key).unwrap_or_default();
        let left = memory.get(&township, kind);
        session
            .read(|fold| neighbours(left.as_ref(), fold.township(), kind, &id, natural_field(kind)))
    };
    let link = move |id: Option<RecordId>, label: &'static str, icon: &'static str| {
        match id {
        Some(id) => view! {
            <a class="button button-small button-quiet" href=Route::Record { kind, id }.href()>
                <Icon name=icon/>
                <span>{label}</span>
            </a>
        }
        .into_any(),
        None => view! { <button class="button button-small button-quiet" disabled=true><Icon name=icon/><span>{label}</span></button> }
            .into_any(),
    }
    };
    view! {
        <span class="record-beside">
            {link(before, "上一个", "left")}
            {link(after, "下一个", "right")}
        </span>
    }
}

#[component]
fn Tabs(part: RwSignal<Part>) -> impl IntoView {
    let tab = move |which: Part, label: &'static str| {
        view! {
            <button
                class="tab"
                role="tab"
                aria-selected=move || (part.get() == which).to_string()
                on:click=move |_| part.set(which)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="tabs" role="tablist">
            {tab(Part::Record, "内容")}
            {tab(Part::History, "修改历史")}
        </div>
    }
}

#[component]
fn Unknown(kind: KindIx, id: RecordId) -> impl IntoView {
    let label = schema().kinds[kind].spec.label;
    view! {
        <section class="empty">
            <h1>{format!("没有这条{label}")}</h1>
            <p>"可能它的新建被撤销了，或者链接来自另一份数据。别的数据没有变化。"</p>
            <div class="choices">
                <a class="button" href=Route::List { kind }.href()>{format!("看全部{label}")}</a>
            </div>
        </section>
        // What was once there can still be read, and put back from there.
        <section class="sheet"><History kind=kind id=id/></section>
    }
}
