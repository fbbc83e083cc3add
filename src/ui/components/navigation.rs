//! The way between screens: a side bar at a desk, a bar at the foot of a phone.

use crate::ui::prelude::*;

use super::icon::Icon;
use crate::model::schema;
use crate::route::Route;
use crate::ui::session::use_session;

/// Kinds people open from the side bar; the others are reached through these and the palette.
const LISTED: &[(&str, &str)] = &[
    ("post", "post"),
    ("person", "person"),
    ("duty", "duty"),
    ("unit", "unit"),
    ("village", "village"),
    ("grid_cell", "map"),
    ("matter", "matter"),
    ("window", "window"),
    ("task", "task"),
    ("case", "case"),
];

#[component]
pub fn Navigation() -> impl IntoView {
    let session = use_session();
    let link = |route: Route, icon: &'static str, label: &'static str| {
        view! { <NavigationLink route=route icon=icon label=label/> }
    };
    let list = move |(id, icon): &(&'static str, &'static str)| {
        let kind = schema().kind(id)?;
        Some(link(Route::List { kind }, icon, schema().kinds[kind].spec.label))
    };
    let open = RwSignal::new(false);
    effect(move || {
        session.route.track();
        open.set(false);
    });
    view! {
        <nav class="navigation" aria-label="栏目">
            <p class="navigation-mark" aria-hidden="true"><Icon name="mark"/>"岗图"</p>
            <div class="navigation-group navigation-main">
                <Show when=move || !session.is_lookup()>{link(Route::Home, "home", "首页")}</Show>
                {link(Route::Chart, "chart", "架构图")}
                {link(Route::Map, "map", "网格图")}
                {link(Route::Find { query: String::new() }, "find", "找岗办事")}
            </div>
            <Show when=move || !session.is_lookup()>
            <button
                class="navigation-open"
                aria-expanded=move || open.get().to_string()
                aria-controls="navigation-rest"
                on:click=move |_| open.update(|open| *open = !*open)
            >
                <Icon name="list"/>
                <span>"更多"</span>
            </button>
            <div class="navigation-rest" class:navigation-rest-open=open id="navigation-rest">
            <div class="navigation-group navigation-lists">
                <p class="navigation-title">"台账"</p>
                {LISTED.iter().filter_map(list).collect_view()}
            </div>
            <div class="navigation-group navigation-more">
                <p class="navigation-title">"管理"</p>
                {link(Route::Findings, "bell", "待办提醒")}
                {link(Route::Statistics, "bars", "统计")}
                {link(Route::Show { page: None, names: false }, "projector", "演示")}
                {link(Route::Board, "columns", "公示栏")}
                <Show when=move || !session.only_looks()>
                    {link(Route::Import, "import", "导入表格")}
                    {link(Route::Data, "data", "数据与备份")}
                    {link(Route::Asked, "speak", "查询记录")}
                    {link(Route::Log, "log", "操作记录")}
                    {link(Route::Settings, "settings", "设置")}
                </Show>
            </div>
            </div>
            </Show>
        </nav>
    }
}

#[component]
fn NavigationLink(route: Route, icon: &'static str, label: &'static str) -> impl IntoView {
    let session = use_session();
    let href = route.href();
    let here = move || same_place(&session.route.get(), &route);
    view! {
        <a
            class="navigation-link"
            href=href
            aria-current=move || here().then_some("page")
        >
            <Icon name=icon/>
            <span>{label}</span>
        </a>
    }
}

/// A record belongs to its list, a query to the look-up.
fn same_place(now: &Route, link: &Route) -> bool {
    match (now, link) {
        (Route::Record { kind, .. }, Route::List { kind: listed }) => kind == listed,
        (Route::Find { .. }, Route::Find { .. }) => true,
        _ => now == link,
    }
}
