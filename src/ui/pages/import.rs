//! 导入表格: a foreign table from file to plan to one action that can be undone.
//!
//! `intake` (files and paste) → `source` (bytes to sheet) → `columns` (what each column means) → `plan`
//! (what would become of each row) → `told` (what was done). `job` holds the state and does the work;
//! the rest only shows. Reading and planning themselves are the core's `exchange`.

mod columns;
mod foot;
mod intake;
mod job;
mod links;
mod plan;
mod review;
mod rows;
mod source;
mod tables;
mod told;
mod towns;

use crate::model::RecordId;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::html::H1;

use crate::ui::session::use_session;
use columns::ColumnsView;
use foot::{ImportFoot, LinksFoot};
use intake::Intake;
use job::{Bar, Job, Stage};
use links::{LinkReview, Names};
use plan::PlanView;
use tables::{LinkTool, TableKinds};
use told::ToldList;
use towns::TownChoice;

pub fn page() -> AnyView {
    let job = Job::begin(use_session());
    // A file let go beside the box must not replace the page.
    let keep = |event: leptos::ev::DragEvent| event.prevent_default();
    let heading = NodeRef::<H1>::new();
    // What was pressed is gone with its step: reading and the keyboard go on from the top.
    Effect::new(move |began: Option<()>| {
        job.stage.track();
        if let Some(heading) = heading.get_untracked().filter(|_| began.is_some()) {
            let _ = heading.focus();
        }
    });
    view! {
        <section class="sheet sheet-wide import" on:dragover=keep on:drop=keep>
            <h1 tabindex="-1" node_ref=heading>"导入表格"</h1>
            {move || match job.stage.get() {
                Stage::Idle => view! { <Beginning job=job/> },
                Stage::Reading { name } => view! { <Working job=job title=format!("正在读取 {name}")/> },
                Stage::Towns { name } => view! { <TownChoice job=job name=name/> },
                Stage::Review => view! { <Looking job=job/> },
                Stage::Matching => view! { <Working job=job title="正在对应岗位和事项".to_string()/> },
                Stage::Links => view! { <LookingAtLinks job=job/> },
                Stage::Writing { rows } => view! { <Writing rows=rows/> },
            }}
        </section>
    }
}

#[component]
fn Beginning(job: Job) -> impl IntoView {
    view! {
        <p class="sheet-note">
            "把手头的表格放进来。先认列、再给您看会改什么，确认后才写入；不满意可以一步撤销。"
        </p>
        <ToldList job=job/>
        <Intake job=job/>
        <LinkTool job=job/>
        <TableKinds/>
    }
}

/// Columns above, plan below, and the decision always in sight.
#[component]
fn Looking(job: Job) -> impl IntoView {
    view! {
        <ToldList job=job/>
        <ColumnsView job=job/>
        <PlanView job=job/>
        <ImportFoot job=job/>
    }
}

#[component]
fn LookingAtLinks(job: Job) -> impl IntoView {
    let names = Names::new(move |id: RecordId| {
        job.session.read(|fold| fold.township().title_of("unit", id.as_str()))
    });
    view! {
        <h2 class="import-step">"补充岗位事项对应"</h2>
        <p class="quiet">"把每个岗位写的职责逐句和履职事项表对照。已有的对应不重复，您删过的不再添。"</p>
        <LinkReview review=job.links names=names/>
        <LinksFoot job=job/>
    }
}

#[component]
fn Working(job: Job, title: String) -> impl IntoView {
    view! {
        <div class="import-working" aria-busy="true">
            <h2 role="status">{title}</h2>
            <BarView bar=job.bar/>
            <div class="choices">
                <TextButton class="button" label="取消" act=move |()| job.stop()/>
                <span class="quiet">"还没有写入任何内容。"</span>
            </div>
        </div>
    }
}

/// The bar of the work under way; a bar without an end before the first figure.
#[component]
pub fn BarView(bar: RwSignal<Option<Bar>>) -> impl IntoView {
    let total = move || bar.get().map(|bar| bar.at.total.max(1));
    let done = move || bar.get().map(|bar| bar.at.done);
    let words = move || {
        let bar = bar.get()?;
        Some(format!("{} {}%", bar.text, bar.at.done * 100 / bar.at.total.max(1)))
    };
    view! {
        <progress aria-label="进度" max=total value=done></progress>
        <p class="quiet">{words}</p>
    }
}

#[component]
fn Writing(rows: usize) -> impl IntoView {
    view! {
        <div class="import-working" aria-busy="true">
            <h2 role="status">{format!("正在写入 {rows} 条")}</h2>
            <progress aria-label="进度"></progress>
            <p class="quiet">"写完会回读核对。条数多时要几秒到几十秒，请先不要关闭页面。"</p>
        </div>
    }
}
