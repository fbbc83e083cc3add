//! 便民查询: the page residents are given as a file. The look-up, the map and the pictures of what is inside; no way
//! to change, take in or send anything.

use crate::journal::hash::spoken;
use crate::model::value::day_words;
use crate::publishing::edition::{Edition, Picture};
use crate::route::Route;
use crate::ui::components::icon::Icon;
use crate::ui::components::screen::Screen;
use crate::ui::pages::{find, kiosk, map, not_found};
use crate::ui::prelude::*;
use crate::ui::session::published::{picture, show};
use crate::ui::session::{Session, use_session};
use crate::web::world::today;

pub fn page() -> AnyView {
    let session = use_session();
    match show(session) {
        Ok(edition) => view! { <Published edition=edition/> }.into_any(),
        Err(unfit) => view! {
            <section class="screen-fault" role="alert">
                <h1>"查询页打不开"</h1>
                <p>{unfit.sentence()}</p>
            </section>
        }
        .into_any(),
    }
}

#[component]
fn Published(edition: Edition) -> impl IntoView {
    let session = use_session();
    let around = move || !session.kiosk.get();
    let map = edition.map;
    let warning = StoredValue::new(edition.warning(today()));
    let edition = StoredValue::new(edition);
    view! {
        <div class="published">
            <Show when=around>{edition.with_value(|edition| top(session, edition))}</Show>
            {move || warning.get_value().map(|told| view! {
                <p class="published-warning" role="status"><Icon name="bell"/>{told}</p>
            })}
            <main class="published-main" id="main" tabindex="-1">
                {move || {
                    let route = session.route.get();
                    view! { <Screen>{place(route, map)}</Screen> }
                }}
            </main>
            <Show when=around>{edition.with_value(foot)}</Show>
        </div>
    }
}

fn place(route: Route, map: bool) -> AnyView {
    match route {
        Route::Kiosk => kiosk::page(),
        Route::Map if map => view! { <map::MapPage/> }.into_any(),
        Route::Chart => shown(Picture::Chart),
        Route::Board => shown(Picture::Board),
        Route::Find { query } => view! { <find::FindPage query=query/> }.into_any(),
        Route::NotFound(hash) => view! { <not_found::NotFoundPage hash=hash/> }.into_any(),
        _ => view! { <find::FindPage query=String::new()/> }.into_any(),
    }
}

/// Whose page it is, and what is in it.
fn top(session: Session, edition: &Edition) -> impl IntoView + use<> {
    let link = move |route: Route, icon: &'static str, label: &'static str| {
        let href = route.href();
        let here = move || session.route.with(|now| same_place(now, &route));
        view! {
            <a class="published-link" href=href aria-current=move || here().then_some("page")>
                <Icon name=icon/>
                <span>{label}</span>
            </a>
        }
    };
    let contrast = move |_| session.set_contrast(!session.contrast.get_untracked());
    let has = |it: Picture| picture(it).is_some();
    view! {
        <header class="published-top">
            <p class="published-name">{edition.town.clone()}<span>"便民查询"</span></p>
            <nav class="published-links" aria-label="栏目">
                {link(Route::Find { query: String::new() }, "find", "找岗办事")}
                {edition.map.then(|| link(Route::Map, "map", "网格图"))}
                {has(Picture::Chart).then(|| link(Route::Chart, "chart", "架构图"))}
                {has(Picture::Board).then(|| link(Route::Board, "columns", "公示栏"))}
            </nav>
            <button
                class="button button-quiet published-contrast"
                aria-pressed=move || session.contrast.get().to_string()
                on:click=contrast
            >
                "高对比"
            </button>
        </header>
    }
}

fn same_place(now: &Route, link: &Route) -> bool {
    match (now, link) {
        (Route::Home | Route::Find { .. }, Route::Find { .. }) => true,
        _ => now == link,
    }
}

/// Which page it is: what somebody reads out who asks whether theirs is the newest.
fn foot(edition: &Edition) -> impl IntoView + use<> {
    let Edition { town, no, until, made, hash, .. } = edition;
    view! {
        <footer class="published-foot">
            <details>
                <summary>{town.clone()} "第 " <span class="number">{*no}</span> " 版，有效期至" {day_words(*until)}</summary>
                <p>{day_words(*made)} "发布，校验码 " <span class="mono">{spoken(hash)}</span> "。只供查询，不联网，不收集任何信息。"</p>
            </details>
        </footer>
    }
}

/// Widths a picture is shown in, and which of them first. A chart is read from a telephone by moving it about; sheets
/// are read as paper.
fn widths(which: Picture) -> (&'static [&'static str], usize) {
    match which {
        Picture::Chart => (
            &[
                "100%",
                "max(100%, 1100px)",
                "calc(max(100%, 1100px) * 1.5)",
                "calc(max(100%, 1100px) * 2.2)",
            ],
            1,
        ),
        Picture::Board => (
            &["min(100%, 900px)", "calc(min(100%, 900px) * 1.5)", "calc(min(100%, 900px) * 2.2)"],
            0,
        ),
    }
}

/// A picture of the page, as wide as can be read.
fn shown(which: Picture) -> AnyView {
    let Some(svg) = picture(which) else {
        return view! { <p class="empty">"这份查询页里没有" {which.label()} "。"</p> }.into_any();
    };
    let (widths, first) = widths(which);
    let step = RwSignal::new(first);
    let style = move || ["width:", widths[step.get()]].concat();
    let last = widths.len() - 1;
    view! {
        <section class="published-picture">
            <div class="published-picture-tools">
                <h1>{which.label()}</h1>
                <button class="button" disabled=move || step.get() == 0 on:click=move |_| step.update(|step| *step -= 1)>"缩小"</button>
                <button class="button" disabled=move || step.get() == last on:click=move |_| step.update(|step| *step += 1)>"放大"</button>
            </div>
            <div class="published-picture-frame" tabindex="0" role="region" aria-label=which.label()>
                <div
                    class="published-picture-drawn"
                    class:published-sheets=which == Picture::Board
                    style=style
                    inner_html=svg
                ></div>
            </div>
        </section>
    }
    .into_any()
}
