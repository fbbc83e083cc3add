//! 网格图: villages and three levels of cells, coloured by a chosen field. Cells come from `view`.

use std::rc::Rc;

use crate::ui::prelude::*;

use crate::model::schema;
use crate::picture::map::{draw_sized, legend};
use crate::route::Route;
use crate::ui::components::icon::Icon;
use crate::ui::components::picture::{PictureView, Shown};
use crate::ui::session::{Mode, use_session};
use crate::view::map::{ColourBy, MapAsk, cells};
use crate::view::place::{facts, serving};
use crate::view::record_of;

/// Width of an exported map in pixels, for names of size 1.
const PAPER: f64 = 1600.0;

#[component]
pub fn MapPage() -> impl IntoView {
    let session = use_session();
    let colour = RwSignal::new(ColourBy::Zone);
    let selected = RwSignal::new(None::<String>);
    let empty = move || {
        let links = session.links();
        links.cells.all().is_empty() && links.villages.all().is_empty()
    };
    let shown = RwSignal::new_local(None);
    effect(move || {
        let links = session.links();
        let names = session.mode.get() != Mode::Lookup;
        let input = cells(&links, MapAsk { colour: colour.get(), names });
        let size = match session.mode.get() {
            Mode::Desk => 1.0,
            Mode::Lookup => 1.2,
            Mode::Projector => 1.6,
        };
        let map = draw_sized(&input, size);
        let legend = Rc::new(legend(&input, &map));
        let name = format!("{}网格图", session.township_name());
        let scene = Rc::new(map.scene);
        let paper = PAPER * size / scene.bounds.width().max(1.0);
        shown.set(Some(Shown {
            scene,
            legend: Some(legend),
            legend_below: false,
            name,
            paper,
            arranged: "",
        }));
    });
    let open = Callback::new(move |id: String| selected.set(Some(id)));
    let tools = move || {
        view! {
            <ColourChoice colour=colour/>
            <Show when=move || session.mode.get() == Mode::Desk && !session.only_looks()>
                <a class="button button-quiet" href=Route::Borders.href()>"网格边界"</a>
            </Show>
        }
    };
    view! {
        <section class="picture-page">
            <h1 class="visually-hidden">"网格图"</h1>
            <Show when=move || !empty() fallback=NoCells>
                <PictureView shown=shown on_open=open tools=tools.into()/>
                {move || selected.get().map(|id| view! { <CellCard id=id selected=selected/> })}
            </Show>
        </section>
    }
}

#[component]
fn ColourChoice(colour: RwSignal<ColourBy>) -> impl IntoView {
    let session = use_session();
    let option = move |choice: ColourBy| {
        view! {
            <option value=choice.id() selected=move || colour.get() == choice>{choice.label()}</option>
        }
    };
    view! {
        <label class="field field-inline picture-choice">
            <span class="field-label">"着色"</span>
            <select
                class="input"
                on:change=move |event| {
                    if let Some(choice) = ColourBy::from_id(&event_target_value(&event)) {
                        colour.set(choice);
                    }
                }
            >
                {move || {
                    let names = session.mode.get() != Mode::Lookup;
                    let seen = ColourBy::ALL.iter().copied().filter(|it| names || it.is_public());
                    seen.map(option).collect_view()
                }}
            </select>
        </label>
    }
}

/// The selected cell or village: who keeps it, which posts serve it, what is in it.
#[component]
fn CellCard(id: String, selected: RwSignal<Option<String>>) -> impl IntoView {
    let session = use_session();
    let Some((kind, id)) = record_of(&id) else { return ().into_any() };
    let links = session.links();
    let names = session.mode.get_untracked() != Mode::Lookup;
    let spec = schema().kinds[kind].spec;
    let title = session.read(|fold| fold.township().title_of(spec.id, id.as_str()));
    let facts = session.read(|fold| facts(fold.township(), kind, &id, names));
    let facts = facts.into_iter().map(|(label, text)| view! { <dt>{label}</dt><dd>{text}</dd> });
    let people = serving(&links, spec.id, &id, names).into_iter().map(|server| {
        view! {
            <li class="list-line">
                <span class="list-main">{server.name} " " <small>{server.posts}</small></span>
                <span class="list-side">{server.role}</span>
            </li>
        }
    });
    let href = Route::Record { kind, id: id.clone() }.href();
    view! {
        <aside class="picture-card" aria-live="polite">
            <div class="spread">
                <h2>{title}</h2>
                <button class="button button-icon button-small button-quiet" aria-label="关闭" on:click=move |_| selected.set(None)>
                    <Icon name="close"/>
                </button>
            </div>
            <dl class="facts">{facts.collect_view()}</dl>
            <ul class="list">{people.collect_view()}</ul>
            <a href=href>"打开记录"</a>
        </aside>
    }
    .into_any()
}

#[component]
fn NoCells() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"还没有村和网格"</h2>
            <p>"登记了村（社区）或网格，这里就先排出一张示意图；有测绘的边界文件，可以直接导入。"</p>
            <div class="choices">
                <a
                    class="button"
                    href=schema().kind("grid_cell").map(|kind| Route::List { kind }.href())
                >
                    "打开网格台账"
                </a>
                <a class="button" href=Route::Borders.href()>"导入边界"</a>
            </div>
        </div>
    }
}
