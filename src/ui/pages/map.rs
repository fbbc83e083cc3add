//! 网格图: villages and three levels of cells, coloured by a chosen field. Cells come from `view`.

use std::rc::Rc;

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;

use crate::answer::Answer;
use crate::model::kinds::{GridCell, Village};
use crate::model::{Record, schema};
use crate::picture::map::{Map, MapInput, Method, draw_first, draw_sized, legend};
use crate::route::Route;
use crate::ui::components::icon::Icon;
use crate::ui::components::picture::choice::{PictureChoice, PictureSearch};
use crate::ui::components::picture::{Found, PictureView, Shown};
use crate::ui::finder::Finder;
use crate::ui::later::{arrived, call};
use crate::ui::session::{Mode, use_session};
use crate::view::map::{ColourBy, MapAsk, cells, cells_counted};
use crate::view::map_figures::map_figures;
use crate::view::place::{facts, serving};
use crate::view::{group_id, record_of};
use crate::web::frame::once_painted;

/// Width of an exported map in pixels, for names of size 1.
const PAPER: f64 = 1600.0;

#[component]
pub fn MapPage() -> impl IntoView {
    let session = use_session();
    let colour = RwSignal::new(ColourBy::Zone);
    let method = RwSignal::new(None::<Method>);
    let selected = RwSignal::new(None::<String>);
    let words = RwSignal::new(String::new());
    let finder = expect_context::<Finder>();
    let found = Signal::derive(move || places(finder, &words.get()));
    let stands_out = Signal::derive(move || Found {
        ids: found.with(|found| found.iter().map(|place| place.id.clone()).collect()),
        alone: !words.with(|words| words.trim().is_empty()) && finder.is_ready(),
    });
    let pointed = RwSignal::new(None::<String>);
    let choose = Callback::new(move |id: String| {
        pointed.set(Some(id.clone()));
        selected.set(Some(id));
    });
    let empty = move || {
        let links = session.links();
        links.cells.all().is_empty() && links.villages.all().is_empty()
    };
    let shown = RwSignal::new_local(None);
    // Counts the maps asked for.
    let turn = StoredValue::new(0_u32);
    effect(move || {
        let links = session.links();
        let names = session.mode.get() != Mode::Lookup;
        let ask = MapAsk { colour: colour.get(), method: method.get(), names };
        let input = match ask.colour.counts_more() && names {
            true => {
                session.on_day(|day| cells_counted(&links, &call(map_figures, (day, &*links)), ask))
            }
            false => cells(&links, ask),
        };
        let size = match session.mode.get() {
            Mode::Desk => 1.0,
            Mode::Lookup => 1.2,
            Mode::Projector => 1.6,
        };
        let name = format!("{}网格图", session.township_name());
        turn.update_value(|turn| *turn += 1);
        let Some(first) = draw_first(&input, size) else {
            return shown.set(Some(picture(&input, draw_sized(&input, size), (size, name))));
        };
        shown.set(Some(picture(&input, first, (size, name.clone()))));
        let mine = turn.get_value();
        once_painted(move || {
            // Unless the map is another by now, or left.
            if turn.try_get_value() == Some(mine) {
                shown.set(Some(picture(&input, draw_sized(&input, size), (size, name))));
            }
        });
    });
    let open = Callback::new(move |id: String| selected.set(Some(id)));
    let tools = move || {
        view! {
            <Served words=words found=found choose=choose/>
            <ColourChoice colour=colour method=method/>
            <Show when=move || session.mode.get() == Mode::Desk && !session.only_looks()>
                <a class="button button-quiet" href=Route::Borders.href()>"网格边界"</a>
            </Show>
        }
    };
    view! {
        <section class="picture-page">
            <h1 class="visually-hidden">"网格图"</h1>
            <Show when=move || !empty() fallback=NoCells>
                <PictureView shown=shown on_open=open tools=tools.into() pointed=pointed found=stands_out near=true/>
                {move || selected.get().map(|id| view! { <CellCard id=id selected=selected/> })}
            </Show>
        </section>
    }
}

/// A map of a township so called, its names so large.
fn picture(input: &MapInput, map: Map, (size, name): (f64, String)) -> Shown {
    let legend = Rc::new(legend(input, &map));
    let scene = Rc::new(map.scene);
    let paper = PAPER * size / scene.bounds.width().max(1.0);
    Shown {
        scene,
        legend: Some(legend),
        legend_below: false,
        name,
        paper,
        arranged: "",
        by_units: None,
    }
}

/// Places looked through.
const PLACES: usize = 40;
/// Places offered below the box.
const OFFERED: usize = 6;

/// A village or cell that what was typed may mean.
#[derive(Clone, PartialEq)]
struct PlaceFound {
    id: String,
    title: String,
    /// The village a cell lies in.
    within: String,
}

fn places(finder: Finder, words: &str) -> Vec<PlaceFound> {
    if words.trim().is_empty() {
        return Vec::new();
    }
    let links = finder.session().links();
    let place = |answer: Answer| {
        let kind = schema().kinds[answer.kind].spec.id;
        let village = links.cells.get(answer.id.as_str()).filter(|_| kind == GridCell::ID);
        let village = village.and_then(|cell| links.villages.find(cell.village.as_ref()));
        [Village::ID, GridCell::ID].contains(&kind).then(|| PlaceFound {
            id: group_id(kind, &answer.id),
            title: answer.title,
            within: village.map(|village| village.name.to_string()).unwrap_or_default(),
        })
    };
    let answers = finder.find_alike(words, PLACES).unwrap_or_default();
    answers.into_iter().filter_map(place).collect()
}

/// 我家归谁管: what is typed becomes places to choose from; the one chosen is brought near with its card.
#[component]
fn Served(
    words: RwSignal<String>,
    found: Signal<Vec<PlaceFound>>,
    choose: Callback<String>,
) -> impl IntoView {
    // What was typed when a place was chosen: the list is gone until something else is typed.
    let done = RwSignal::new(String::new());
    let open = Signal::derive(move || {
        words.with(|words| !words.trim().is_empty() && done.with(|done| done != words))
    });
    let take = Callback::new(move |id: String| {
        done.set(words.get_untracked());
        choose.run(id);
    });
    let pressed = move |event: KeyboardEvent| match &*event.key() {
        "Enter" => {
            let first = found.with_untracked(|found| found.first().map(|place| place.id.clone()));
            if let Some(id) = first {
                take.run(id);
            }
        }
        "Escape" => done.set(words.get_untracked()),
        _ => {}
    };
    let line = move |place: PlaceFound| {
        let PlaceFound { id, title, within } = place;
        view! {
            <li>
                <button class="picture-place" on:click=move |_| take.run(id.clone())>
                    <span>{title}</span> <small class="quiet">{within}</small>
                </button>
            </li>
        }
    };
    let lines = move || {
        let found = found.get();
        let shown = open.get() && !found.is_empty();
        shown.then(|| view! {
            <ul class="picture-places">{found.into_iter().take(OFFERED).map(line).collect_view()}</ul>
        })
    };
    let none = Signal::derive(move || open.get() && found.with(Vec::is_empty));
    view! {
        <PictureSearch
            words=words
            label="输入村、组、小区或网格，看归谁管"
            placeholder="我家归谁管"
            none=none
            pressed=pressed
        >
            {lines}
        </PictureSearch>
    }
}

#[component]
fn ColourChoice(colour: RwSignal<ColourBy>, method: RwSignal<Option<Method>>) -> impl IntoView {
    let session = use_session();
    let arrived = arrived();
    let options = Signal::derive(move || {
        let names = session.mode.get() != Mode::Lookup;
        let here = arrived.get();
        let seen = ColourBy::ALL.iter().filter(|it| names || it.is_public());
        let seen = seen.filter(|it| here || !it.counts_more());
        seen.map(|it| (it.id(), it.label())).collect::<Vec<_>>()
    });
    let choose = move |id: String| {
        if let Some(choice) = ColourBy::from_id(&id) {
            colour.set(choice);
        }
    };
    let chosen = Signal::derive(move || colour.get().id());
    let own = move || method.get().or(colour.get().method());
    let cut = Signal::derive(move || own().map_or("", Method::id));
    let cuts = Signal::stored(Method::LIST.to_vec());
    view! {
        <PictureChoice label="着色" options=options chosen=chosen choose=choose/>
        // Figures only are cut into classes.
        <Show when=move || colour.get().method().is_some()>
            <PictureChoice label="分级" options=cuts chosen=cut choose=move |id: String| method.set(Method::from_id(&id))/>
        </Show>
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
