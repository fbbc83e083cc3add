//! What became of each file: imported, refused, and where to go on. Keeps no plan.

use leptos::prelude::*;

use super::job::Job;
use crate::exchange::Counts;
use crate::exchange::link::LinkCounts;
use crate::model::{KindIx, RecordId, schema};
use crate::route::Route;
use crate::ui::session::{Session, use_session};
use crate::web::files;

/// A record an import made: while it is there, the import has not been taken back.
#[derive(Clone, Debug, PartialEq)]
pub struct Probe {
    pub kind: KindIx,
    pub id: RecordId,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Refused {
        name: String,
        sentence: String,
    },
    Imported {
        name: String,
        kind: KindIx,
        counts: Counts,
        targets: Vec<(KindIx, usize)>,
        links: LinkCounts,
        /// The bad rows as a table.
        left: Option<String>,
        first: Option<Probe>,
    },
    Linked {
        counts: LinkCounts,
        first: Option<Probe>,
    },
}

/// What was done, in words: 岗位新增 148 条，新建机构 16 个。
pub fn sentence_of(
    kind: KindIx,
    counts: Counts,
    targets: &[(KindIx, usize)],
    links: usize,
) -> String {
    let label = |kind: KindIx| schema().kinds[kind].spec.label;
    let mut parts = Vec::new();
    for (count, word) in [(counts.new, "新增"), (counts.changes, "改动"), (counts.same, "一样")]
    {
        if count > 0 {
            parts.push(format!("{word} {count} 条"));
        }
    }
    parts.extend(targets.iter().map(|(kind, count)| format!("新建{} {count} 个", label(*kind))));
    if links > 0 {
        parts.push(format!("岗位事项对应 {links} 条"));
    }
    format!(
        "{}：{}",
        label(kind),
        if parts.is_empty() { "没有变化".to_string() } else { parts.join("，") }
    )
}

#[component]
pub fn ToldList(job: Job) -> impl IntoView {
    view! {
        <div class="import-told" role="status">
            {move || job.told.get().into_iter().map(|told| view! { <ToldLine told=told/> }).collect_view()}
        </div>
    }
}

#[component]
fn ToldLine(told: Told) -> impl IntoView {
    match told {
        Told::Refused { name, sentence } => view! {
            <div class="notice notice-bad" role="alert">
                <p><strong>{name}</strong></p>
                <p>{sentence}</p>
            </div>
        }
        .into_any(),
        Told::Imported { name, kind, counts, targets, links, left, first } => {
            let sentence = sentence_of(kind, counts, &targets, links.links);
            view! { <Imported name=name kind=kind sentence=sentence bad=counts.bad unsure=links.unsure left=left first=first/> }
                .into_any()
        }
        Told::Linked { counts, first } => {
            let session = use_session();
            view! {
                <div class="notice notice-ok">
                    <p>{move || if is_undone(session, first.as_ref()) {
                        "岗位事项对应已撤销。".to_string()
                    } else {
                        format!("已补充 {} 条岗位事项对应。", counts.links)
                    }}</p>
                    <p class="choices"><a href=Route::Chart.href()>"看架构图"</a></p>
                </div>
            }
            .into_any()
        }
    }
}

#[component]
fn Imported(
    name: String,
    kind: KindIx,
    sentence: String,
    bad: usize,
    unsure: usize,
    left: Option<String>,
    first: Option<Probe>,
) -> impl IntoView {
    let session = use_session();
    let file = format!("有问题的行-{name}.csv");
    let leftover = left.map(|text| view! {
        <p>
            {format!("有 {bad} 行有问题，没有导入。")}
            <button class="button button-small" on:click=move |_| save(session, &file, &text)>"下载这些行"</button>
            " 改好后再导一次就行。"
        </p>
    });
    let undone = Memo::new(move |_| is_undone(session, first.as_ref()));
    view! {
        <div class="notice" class:notice-ok=move || !undone.get()>
            <p><strong>{name}</strong> {move || undone.get().then_some(" 已撤销，数据回到导入之前。")}</p>
            <p>{sentence}</p>
            <Show when=move || !undone.get()>
                {(unsure > 0).then(|| view! {
                    <p>"有 " {unsure} " 处岗位职责还没定对应哪个事项，可以用下面的“补充岗位事项对应”再看。"</p>
                })}
                <p class="choices">
                    <a href=Route::List { kind }.href()>"看" {schema().kinds[kind].spec.label} "列表"</a>
                    <a href=Route::Chart.href()>"看架构图"</a>
                </p>
            </Show>
            {leftover}
        </div>
    }
}

fn is_undone(session: Session, first: Option<&Probe>) -> bool {
    first.is_some_and(|probe| {
        session.watch(&[probe.kind], |township| {
            township.table(probe.kind).get(probe.id.as_str()).is_none()
        })
    })
}

/// Offers a table as a file.
pub fn save(session: Session, name: &str, text: &str) {
    if files::save_text(name, "text/csv", text).is_err() {
        session.toasts.failed("浏览器没有允许保存文件，数据没有变化。请检查下载设置后重试。");
    }
}
