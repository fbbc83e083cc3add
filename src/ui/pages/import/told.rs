//! What became of each file: imported, refused, and where to go on. Keeps no plan.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::toast::NOT_SAVED;

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
    let lines = move || {
        let list = job.told.get();
        let last = list.len().saturating_sub(1);
        let lines = list.into_iter().enumerate();
        lines.map(|(at, told)| view! { <ToldLine told=told last=at == last/> }).collect_view()
    };
    view! { <div class="import-told" role="status">{lines}</div> }
}

#[component]
fn ToldLine(told: Told, last: bool) -> impl IntoView {
    match told {
        Told::Refused { name, sentence } => view! {
            <div class="notice notice-bad" role="alert"><p><strong>{name}</strong> " " {sentence}</p></div>
        }
        .into_any(),
        Told::Imported { name, kind, counts, targets, links, left, first } => {
            let done = Step { what: what_of(&name), first, last };
            let sentence = sentence_of(kind, counts, &targets, links.links);
            let label = schema().kinds[kind].spec.label;
            view! {
                <Done done=done name=name.clone() sentence=sentence>
                    <a href=Route::List { kind }.href()>{format!("看{label}列表")}</a>
                    {(links.links > 0).then(|| view! { <a href=Route::Chart.href()>"看架构图"</a> })}
                </Done>
                {(links.unsure > 0).then(|| view! { <Unsure count=links.unsure/> })}
                {left.map(|text| view! { <Leftover name=name bad=counts.bad text=text/> })}
            }
            .into_any()
        }
        Told::Linked { counts, first } => {
            let done = Step { what: WHAT_LINKED.to_string(), first, last };
            let sentence = format!("已补充 {} 条", counts.links);
            view! {
                <Done done=done name="岗位事项对应".to_string() sentence=sentence>
                    <a href=Route::Chart.href()>"看架构图"</a>
                </Done>
            }
            .into_any()
        }
    }
}

/// What the action is called that imports a file.
pub fn what_of(name: &str) -> String {
    format!("导入 {name}")
}

/// What the action is called that links posts and duties.
pub const WHAT_LINKED: &str = "补充岗位事项对应";

/// An action that was done, as the page may still find it.
struct Step {
    what: String,
    first: Option<Probe>,
    /// The last one of the page: the one that may be taken back from here.
    last: bool,
}

impl Step {
    fn is_undone(&self, session: Session) -> bool {
        let gone = self.first.as_ref().is_some_and(|probe| {
            session.watch(&[probe.kind], |township| {
                township.table(probe.kind).get(probe.id.as_str()).is_none()
            })
        });
        gone || self.last && session.next_steps().1.as_deref() == Some(self.what.as_str())
    }

    fn is_next(&self, session: Session) -> bool {
        self.last && session.next_steps().0.as_deref() == Some(self.what.as_str())
    }
}

#[component]
fn Done(done: Step, name: String, sentence: String, children: Children) -> impl IntoView {
    let session = use_session();
    let state = memo(move || (done.is_undone(session), done.is_next(session)));
    view! {
        <div class="notice import-done" class:notice-ok=move || !state.get().0>
            <p>
                <strong>{name}</strong>
                " "
                {move || if state.get().0 { "已撤销，数据回到导入之前。".to_string() } else { sentence.clone() }}
            </p>
            <div class="choices" hidden=move || state.get().0>
                {children()}
                <Show when=move || state.get().1>
                    <TextButton class="button button-small" label="撤销这次导入" act=move |()| session.undo()/>
                </Show>
            </div>
        </div>
    }
}

#[component]
fn Unsure(count: usize) -> impl IntoView {
    view! {
        <p class="import-after quiet">
            {format!("有 {count} 处岗位职责还没定对应哪个事项，导完后可以用“补充岗位事项对应”再看。")}
        </p>
    }
}

#[component]
fn Leftover(name: String, bad: usize, text: String) -> impl IntoView {
    let session = use_session();
    let file = format!("有问题的行-{name}.csv");
    view! {
        <p class="import-after">
            {format!("{name} 有 {bad} 行有问题，没有导入。改好后再导一次就行。")}
            <TextButton class="button button-small" label="下载这些行" act=move |()| save(session, &file, &text)/>
        </p>
    }
}

/// Offers a table as a file.
pub fn save(session: Session, name: &str, text: &str) {
    if files::save_text(name, "text/csv", text).is_err() {
        session.toasts.failed(NOT_SAVED);
    }
}
