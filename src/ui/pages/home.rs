//! 首页: the township at a glance by 编、人、事、能、效 (ZJ-23), what is missing, and the ways on.

mod charts;

use std::sync::Arc;

use crate::ui::prelude::*;

use crate::model::kinds::duty::DutyList;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::post::Track;
use crate::model::schema;
use crate::route::Route;
use crate::rules::Finding;
use crate::rules::finding::Severity;
use crate::rules::{Links, Staffing};
use crate::ui::components::finding::FindingLine;
use crate::ui::components::icon::Icon;
use crate::ui::components::undecided::Undecided;
use crate::ui::later::later_piece;
use crate::ui::session::use_session;
use crate::web::frame;

/// Where a figure has not been given.
const UNSET: &str = "未填";
/// Findings shown before the whole list.
const MOST_FINDINGS: usize = 6;

#[component]
pub fn HomePage() -> impl IntoView {
    let session = use_session();
    // The figures are seen first; charts and findings take as long again.
    let painted = RwSignal::new(false);
    frame::on_next_frame(move |_| {
        frame::on_next_frame(move |_| {
            painted.try_set(true);
        });
    });
    let blocks = move || {
        let links = session.links();
        if links.posts.all().is_empty()
            && links.units.all().is_empty()
            && links.duties.all().is_empty()
        {
            return view! { <FirstSteps/> };
        }
        let staffing = Arc::new(Staffing::of(&links));
        view! {
            <div class="home-blocks">
                <QuotaBlock staffing=staffing.clone()/>
                <PostBlock staffing=staffing.clone()/>
                <DutyBlock figures=duty_figures(&links)/>
                <LandBlock figures=land_figures(&links)/>
                <MatterBlock figures=matter_figures(&links)/>
            </div>
            <div class="home-charts">
                <Show when=move || painted.get()>{later_piece(charts::charts)}</Show>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="home">
            <h1 class="home-title">{move || { session.watch_all(|_| ()); session.township_name() }}</h1>
            <Show when=move || painted.get()><Undecided/></Show>
            {blocks}
            <Show when=move || painted.get()><TopFindings/></Show>
        </section>
    }
}

/// A new township: what to do first, in order.
#[component]
fn FirstSteps() -> impl IntoView {
    view! {
        <div class="empty home-first">
            <h2>"这里还是空的，三步就能用起来"</h2>
            <ol>
                <li>"准备岗位表和履职事项表（Excel 另存为 CSV 即可）。"</li>
                <li>"导入表格：列会自动认出来，有问题的行会列出来，不影响其他行。"</li>
                <li>"看架构图、网格图，用“找岗办事”试着查一查。"</li>
            </ol>
            <a class="button button-main" href=Route::Import.href()>"导入表格"</a>
        </div>
    }
}

#[component]
fn Figure(
    #[prop(into)] value: String,
    label: &'static str,
    #[prop(optional)] unit: &'static str,
    #[prop(optional)] tone: &'static str,
) -> impl IntoView {
    let unset = value == UNSET;
    let unit = if unset { "" } else { unit };
    view! {
        <div class="figure" class:figure-missing=tone == "missing">
            <p class="figure-value number" class:figure-unset=unset>{value}<small>{unit}</small></p>
            <p class="figure-label">{label}</p>
        </div>
    }
}

#[component]
fn Block(
    title: &'static str,
    icon: &'static str,
    href: String,
    children: Children,
) -> impl IntoView {
    view! {
        <section class="block">
            <h2 class="block-title"><Icon name=icon/><a href=href>{title}</a></h2>
            <div class="block-figures">{children()}</div>
        </section>
    }
}

fn missing_if(missing: bool) -> &'static str {
    if missing { "missing" } else { "" }
}

fn list_href(kind: &str) -> String {
    schema().kind(kind).map_or_else(|| Route::Home.href(), |kind| Route::List { kind }.href())
}

fn or_unset(figure: Option<i64>) -> String {
    figure.map_or_else(|| UNSET.to_string(), |figure| figure.to_string())
}

/// 编: 应有编制 / 在岗 / 统筹力量 (YC-12)
#[component]
fn QuotaBlock(staffing: Arc<Staffing>) -> impl IntoView {
    let over = staffing.vacancies.is_some_and(|vacancies| vacancies < 0);
    let vacancy = staffing.vacancies.map_or_else(|| UNSET.to_string(), |n| n.abs().to_string());
    view! {
        <Block title="编制与力量" icon="person" href=list_href("person")>
            <Figure value=or_unset(staffing.authorised) label="应有编制" unit="名"/>
            <Figure value=staffing.in_post.to_string() label="在岗" unit="名"/>
            <Figure value=vacancy label=if over { "超编" } else { "空编" } unit="名" tone=missing_if(over)/>
            <Figure value=staffing.force.to_string() label="统筹力量" unit="名"/>
        </Block>
    }
}

/// 岗: tracks against plan (YC-08)
#[component]
fn PostBlock(staffing: Arc<Staffing>) -> impl IntoView {
    let (posts, vacant) = (staffing.posts, staffing.vacant_posts);
    let registered = vacant < posts;
    let missing = if registered { vacant.to_string() } else { UNSET.to_string() };
    let track = move |track: Track| staffing.track(track).to_string();
    view! {
        <Block title="岗位" icon="post" href=list_href("post")>
            <Figure value=posts.to_string() label="岗位总数" unit="个"/>
            <Figure value=track(Track::Steady) label="精业实干岗" unit="个"/>
            <Figure value=track(Track::Vanguard) label="勤政先锋岗" unit="个"/>
            <Figure value=missing label="空缺" unit="个" tone=missing_if(registered && vacant != 0)/>
        </Block>
    }
}

/// Basic, assist and recalled duties, and how many basic ones nobody leads.
fn duty_figures(links: &Links) -> [usize; 5] {
    let duties = links.duties.all();
    let count = |list: DutyList| duties.iter().filter(|duty| duty.list == Some(list)).count();
    let unled =
        duties.iter().filter(|duty| duty.list == Some(DutyList::Basic) && !links.is_led(&duty.id));
    let unlisted = duties.iter().filter(|duty| duty.list.is_none()).count();
    let [basic, assist, recalled] =
        [DutyList::Basic, DutyList::Assist, DutyList::Recalled].map(count);
    [basic, assist, recalled, unled.count(), unlisted]
}

/// 事: the three lists and their coverage (YC-09)
#[component]
fn DutyBlock(figures: [usize; 5]) -> impl IntoView {
    let [basic, assist, recalled, unled, unlisted] = figures;
    view! {
        <Block title="履职事项" icon="duty" href=list_href("duty")>
            <Figure value=basic.to_string() label="基本履职" unit="项"/>
            <Figure value=assist.to_string() label="配合履职" unit="项"/>
            <Figure value=recalled.to_string() label="上级收回" unit="项"/>
            <Figure value=unled.to_string() label="无主责岗位" unit="项" tone=missing_if(unled != 0)/>
            {(unlisted != 0).then(|| view! { <Figure value=unlisted.to_string() label="未分清单" unit="项"/> })}
        </Block>
    }
}

fn land_figures(links: &Links) -> [usize; 4] {
    let cells = links.cells.all();
    let count = |level: GridLevel| cells.iter().filter(|cell| cell.level == Some(level)).count();
    [
        links.villages.all().len(),
        count(GridLevel::Grid),
        count(GridLevel::Sub),
        count(GridLevel::Micro),
    ]
}

/// 网格: villages and the three levels of cells (XM-21)
#[component]
fn LandBlock(figures: [usize; 4]) -> impl IntoView {
    let [villages, grids, subs, micros] = figures;
    view! {
        <Block title="村与网格" icon="map" href=Route::Map.href()>
            <Figure value=villages.to_string() label="村（社区）" unit="个"/>
            <Figure value=grids.to_string() label="网格" unit="个"/>
            <Figure value=subs.to_string() label="子网格" unit="个"/>
            <Figure value=micros.to_string() label="微网格" unit="个"/>
        </Block>
    }
}

fn matter_figures(links: &Links) -> [usize; 3] {
    let matters = links.matters.all();
    let common = matters.iter().filter(|matter| matter.common).count();
    [matters.len(), common, links.windows.all().len()]
}

/// 办事: matters and windows (XM-16)
#[component]
fn MatterBlock(figures: [usize; 3]) -> impl IntoView {
    let [matters, common, windows] = figures;
    view! {
        <Block title="便民服务" icon="window" href=Route::Find { query: String::new() }.href()>
            <Figure value=matters.to_string() label="办事事项" unit="项"/>
            <Figure value=common.to_string() label="高频事项" unit="项"/>
            <Figure value=windows.to_string() label="服务窗口" unit="个"/>
        </Block>
    }
}

/// The first of those that press most.
fn most_pressing(findings: &[Finding]) -> Vec<Finding> {
    let by = |severity| findings.iter().filter(move |finding| finding.severity == severity);
    let all = [Severity::Error, Severity::Warning, Severity::Note].into_iter().flat_map(by);
    all.take(MOST_FINDINGS).cloned().collect()
}

#[component]
fn TopFindings() -> impl IntoView {
    let session = use_session();
    let findings = memo_untested(move || {
        let all = session.findings();
        (all.len(), most_pressing(&all))
    });
    let count = move || findings.with(|(count, _)| *count);
    view! {
        <Show when=move || count() != 0>
            <section class="home-findings">
                <h2>"待办提醒" <a class="home-more" href=Route::Findings.href()>"全部 " {count} " 条"</a></h2>
                <ul class="finding-list">
                    {move || findings.get().1.into_iter().map(|finding| view! {
                        <FindingLine finding=finding/>
                    }).collect_view()}
                </ul>
            </section>
        </Show>
    }
}
