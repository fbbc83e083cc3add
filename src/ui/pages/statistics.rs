//! 统计: the township in charts, each with its figures as a table and the records behind them. Counts and draws
//! nothing itself.

use crate::model::kinds::VillageScore;
use crate::model::kinds::town::Ranking;
use crate::picture::matrix::draw;
use crate::picture::palette::Palette;
use crate::picture::scene::Scene;
use crate::picture::svg::{Options, paint};
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::components::matrix::MatrixView;
use crate::ui::components::statistic::{StatisticImage, follow_width};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::ui::toast::NOT_SAVED;
use crate::view::matrix::matrix;
use crate::view::statistics::{Behind, Group, Statistic, all};
use crate::web::files;
use crate::web::frame::on_next_frame;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Width of an exported chart, in its own units.
const PAPER: f64 = 720.0;
/// Records named before the reader asks for the others.
const NAMED: usize = 60;

pub fn page() -> AnyView {
    let session = use_session();
    let statistics = move || {
        let links = session.links();
        session.on_day(|day| all(day, &links))
    };
    view! {
        <section class="sheet statistics">
            <h1>"统计"</h1>
            <p class="sheet-note">"按截至日期统计。点图上的一条，或点开下面的“数据和名单”，看是哪些人、哪些岗位、哪些事项。"</p>
            {move || charts(session, statistics())}
        </section>
    }
    .into_any()
}

fn charts(session: Session, list: Vec<Statistic>) -> AnyView {
    let (full, empty): (Vec<Statistic>, Vec<Statistic>) =
        list.into_iter().partition(|statistic| !statistic.is_empty());
    if full.is_empty() {
        return view! {
            <div class="empty">
                <p>"还没有岗位、人员和履职事项，没有什么可统计。"</p>
                <a class="button button-main" href=Route::Import.href()>"导入表格"</a>
            </div>
        }
        .into_any();
    }
    let size = follow_width(".statistic-place");
    let missing: Vec<&str> = empty.iter().map(|statistic| statistic.title).collect();
    view! {
        <div class="statistics-charts">
            {full.into_iter().map(|one| view! { <Chart session=session statistic=one size=size/> }).collect_view()}
        </div>
        <Coverage session=session/>
        {move || unranked(session).then(|| view! {
            <p class="sheet-note">"村（社区）考核排名没有画：上级要求不得频繁通报排名。要看，在“乡镇”里填“排名公布”按季、按半年或按年。"</p>
        })}
        {(!missing.is_empty()).then(|| view! {
            <p class="sheet-note">{format!("还没有数据，没有画出来的：{}。", missing.join("、"))}</p>
        })}
    }
    .into_any()
}

/// Whether there are scores of villages that the township does not rank.
fn unranked(session: Session) -> bool {
    let links = session.links();
    let ranking = links.town.as_ref().and_then(|town| town.ranking);
    let hidden = ranking.is_none_or(|ranking| ranking == Ranking::Never);
    hidden && session.on_day(|day| !day.all::<VillageScore>().is_empty())
}

/// Which post does which duty, as a picture to move about in.
#[component]
fn Coverage(session: Session) -> impl IntoView {
    let links = session.links();
    let matrix = matrix(&links);
    if matrix.rows.is_empty() || matrix.columns.is_empty() {
        return ().into_any();
    }
    let unled = matrix.led().into_iter().filter(|led| !led).count();
    let said = match unled {
        0 => "每项都有牵头岗位。".to_string(),
        unled => format!("红色的 {unled} 项没有牵头岗位。"),
    };
    let count = matrix.rows.len();
    let drawn = matrix.clone();
    let export = move |()| save(session, "职责岗位对照", &draw(&drawn));
    view! {
        <article class="statistic statistic-wide" id="statistic-coverage">
            <h2>"职责岗位对照"</h2>
            <p class="sheet-note">
                {format!("横向是岗位，纵向是 {} 项职责；实心是牵头，空心是协助。{said}", count)}
            </p>
            <MatrixView matrix=matrix name="职责岗位对照"/>
            <div class="statistic-acts"><TextButton class="button button-small" label="导出这张图" act=export/></div>
        </article>
    }
    .into_any()
}

#[component]
fn Chart(session: Session, statistic: Statistic, size: RwSignal<(i32, f64)>) -> impl IntoView {
    let open = RwSignal::new(false);
    let exported = statistic.clone();
    let export = move |()| export(session, &exported);
    let table = statistic.clone();
    let id = format!("statistic-{}", statistic.id);
    let picked = RwSignal::new(None::<usize>);
    let article = id.clone();
    let pick = Callback::new(move |group: Option<usize>| {
        open.set(true);
        picked.set(group);
        show_picked(article.clone());
    });
    view! {
        <article class="statistic" id=id>
            <div class="statistic-place">
                <StatisticImage statistic=statistic size=size class="statistic-image" picked=pick/>
            </div>
            <div class="statistic-acts">
                <button
                    class="button button-small"
                    aria-expanded=move || open.get().to_string()
                    on:click=move |_| open.update(|open| *open = !*open)
                >
                    "数据和名单"
                </button>
                <TextButton class="button button-small" label="导出这张图" act=export/>
            </div>
            {move || open.get().then(|| figures(&table, picked))}
        </article>
    }
}

/// Brings the line of what was pressed, or the table, into sight, and the keyboard there.
fn show_picked(article: String) {
    on_next_frame(move |_| {
        let find = |inside: &str| {
            document().query_selector(&["#", &*article, inside].concat()).ok().flatten()
        };
        let line = find(" .statistic-picked").or_else(|| find(" .statistic-table"));
        if let Some(line) = line.and_then(|line| line.dyn_into::<HtmlElement>().ok()) {
            let _ = line.focus();
        }
    });
}

/// The figures as a table; each line names what is behind it.
fn figures(statistic: &Statistic, picked: RwSignal<Option<usize>>) -> AnyView {
    let heads = statistic.columns.iter().map(|column| {
        view! { <th scope="col" class="number">{column.name.to_string()}</th> }
    });
    let line = |(at, Group { label, values, behind }): (usize, &Group)| {
        let is_picked = move || picked.get() == Some(at);
        let (label, behind) = (label.clone(), behind.clone());
        let cells = values.iter().take(statistic.columns.len()).enumerate();
        let cells = cells.map(|(at, value)| {
            view! { <td class="number">{statistic.said(at, *value)}</td> }
        });
        let cells = cells.collect_view();
        view! {
            <tr tabindex="-1" class:statistic-picked=is_picked>
                <th scope="row">{label}</th>
                {cells}
                <td class="statistic-names">{names(behind)}</td>
            </tr>
        }
    };
    view! {
        <div class="statistic-table" tabindex="-1">
            <table class="plain-table">
                <thead><tr><th scope="col">"分组"</th>{heads.collect_view()}<th scope="col">"名单"</th></tr></thead>
                <tbody>{statistic.groups.iter().enumerate().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn names(list: Vec<Behind>) -> AnyView {
    if list.is_empty() {
        return view! { <span class="quiet">"—"</span> }.into_any();
    }
    let all = RwSignal::new(false);
    let count = list.len();
    let link = |Behind { kind, id, title }: Behind| {
        let href = Route::Record { kind, id }.href();
        view! { <a href=href>{title}</a>" " }
    };
    let shown = move || {
        let most = if all.get() { count } else { NAMED };
        list.iter().take(most).cloned().map(link).collect_view()
    };
    view! {
        {shown}
        <Show when=move || { count > NAMED } && !all.get()>
            <TextButton class="button button-small" label="全部列出" act=move |()| all.set(true)/>
        </Show>
    }
    .into_any()
}

fn export(session: Session, statistic: &Statistic) {
    save(session, statistic.title, &statistic.scene(PAPER));
}

/// Offers a picture as a vector file.
fn save(session: Session, title: &str, scene: &Scene) {
    let title = [&*session.township_name(), title].concat();
    let margin = PAPER * 0.03;
    let options = Options { title: title.clone(), margin, ..Options::default() };
    let svg = paint(scene, Palette::Light, &options);
    let name = title + ".svg";
    match files::save_text(&name, "image/svg+xml", &svg) {
        Ok(()) => session.toasts.done(["已导出 ", &*name].concat(), false),
        Err(_) => session.toasts.failed(NOT_SAVED),
    }
}
