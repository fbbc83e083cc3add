//! 台账: all records of a kind in a table, and the form for a new one.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use crate::model::{KindIx, schema};
use crate::route::Route;
use crate::ui::components::form::{NewButton, RecordForm, Wanted};
use crate::ui::components::icon::Icon;
use crate::ui::components::table::Table;
use crate::ui::components::table::bulk::BulkBar;
use crate::ui::components::table::state::TableState;
use crate::ui::components::table::toolbar::TableToolbar;
use crate::ui::session::use_session;

pub fn page() -> AnyView {
    match use_session().route.get_untracked() {
        Route::List { kind } => list(kind),
        _ => ().into_any(),
    }
}

fn list(kind: KindIx) -> AnyView {
    let session = use_session();
    let state = TableState::new(session, kind);
    let adding = RwSignal::new(false);
    let label = schema().kinds[kind].spec.label;
    let ready = move || state.view.with(Option::is_some);
    let none = move || ready() && state.count() == 0;
    view! {
        <section class="page list-page">
            <header class="page-head">
                <h1 class="page-title">{label}</h1>
                <p class="page-count" role="status">{move || ready().then(|| counts(state))}</p>
                <div class="page-actions">
                    {drawn(kind).then(|| view! { <a class="button" href=Route::Hall.href()><Icon name="columns"/><span>"画大厅图"</span></a> })}
                    <a class="button" href=Route::Import.href()><Icon name="import"/><span>"导入表格"</span></a>
                    <NewButton kind=kind main=true open=move |()| adding.set(true)/>
                </div>
            </header>
            {beside(kind)}
            <div class="table-tools">
                <TableToolbar state=state/>
                <BulkBar state=state/>
            </div>
            <div class="page-body" class:page-body-none=none>
                <Table state=state/>
                <Show when=none><Nothing state=state adding=adding/></Show>
            </div>
        </section>
        <Show when=move || adding.get()>
            <RecordForm
                wanted=Wanted::new_record(kind)
                done=move |id| state.seek.set_value(Some(id))
                close=move |()| adding.set(false)
            />
        </Show>
    }
}

/// Kinds that are kept together: from one list to the others without the side bar.
const TOGETHER: &[&[&str]] = &[
    &["task", "action", "task_force", "force_member", "strategy"],
    &["person", "holding", "review"],
    &["village", "zone", "village_score"],
    &["matter", "window", "hall_spot", "proxy_point", "proxy_job", "ask_day"],
    &["allowance", "publication"],
    &["duty", "duty_link"],
];

/// Kinds that stand on the plan of the hall.
fn drawn(kind: KindIx) -> bool {
    ["window", "hall_spot"].contains(&schema().kinds[kind].spec.id)
}

fn beside(kind: KindIx) -> AnyView {
    let own = schema().kinds[kind].spec.id;
    let Some(kinds) = TOGETHER.iter().find(|kinds| kinds.contains(&own)) else {
        return ().into_any();
    };
    let link = |id: &&str| {
        let kind = schema().kind(id)?;
        let here = (*id == own).then_some("page");
        let label = schema().kinds[kind].spec.label;
        Some(
            view! { <a class="tab" href=Route::List { kind }.href() aria-current=here>{label}</a> },
        )
    };
    let links = kinds.iter().filter_map(link).collect_view();
    view! { <nav class="tabs list-beside" aria-label="相关台账">{links}</nav> }.into_any()
}

/// `148 条，选中 3 条`
fn counts(state: TableState) -> String {
    let shown = format!("{} 条", state.count());
    match state.selection.with(|selection| selection.count) {
        0 => shown,
        chosen => format!("{shown}，选中 {chosen} 条"),
    }
}

/// Why there is nothing to see, and what to do about it.
#[component]
fn Nothing(state: TableState, adding: RwSignal<bool>) -> impl IntoView {
    let label = schema().kinds[state.kind].spec.label;
    let filtered = move || state.is_filtered();
    let hidden = move || {
        state.data.track();
        state.read(|township| township.table(state.kind).rows().count())
    };
    let ended = move || !filtered() && hidden() > 0;
    view! {
        <div class="empty">
            {move || match (filtered(), ended()) {
                (true, _) => view! {
                    <h2>"没有符合条件的记录"</h2>
                    <p>"换个词，或清除筛选看全部。"</p>
                    <div class="choices">
                        <TextButton class="button" label="清除筛选" act=move |()| state.show_all()/>
                    </div>
                },
                (_, true) => view! {
                    <h2>{format!("这一天没有在用的{label}")}</h2>
                    <p>{format!("有 {} 条已结束或还没开始，没有显示。", hidden())}</p>
                    <div class="choices">
                        <TextButton class="button" label="显示已结束" act=move |()| state.ended.set(true)/>
                    </div>
                },
                _ => view! {
                    <h2>{format!("还没有{label}")}</h2>
                    <p>"可以从现成的表格导入，也可以一条一条新建。"</p>
                    <div class="choices">
                        <a class="button" href=Route::Import.href()><Icon name="import"/><span>"导入表格"</span></a>
                        <NewButton kind=state.kind open=move |()| adding.set(true)/>
                    </div>
                },
            }}
        </div>
    }
}
