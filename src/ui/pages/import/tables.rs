//! Which tables work, with a template of each; and 补充岗位事项对应. Imports nothing itself.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::job::Job;
use super::told::save;
use crate::exchange::{TEMPLATES, Template};
use crate::model::kinds::{Duty, Post};
use crate::model::schema;
use crate::model::spec::Record;
use crate::ui::session::use_session;

#[component]
pub fn TableKinds() -> impl IntoView {
    view! {
        <div class="setting">
            <h2>"哪些表可以导入"</h2>
            <p>"列的顺序、叫法不必和模板一样，认不出的列可以自己指。没有现成的表，下载模板填好再来。"</p>
            <ul class="import-kinds">
                {TEMPLATES.iter().map(|template| view! { <TemplateLine template=template/> }).collect_view()}
            </ul>
        </div>
    }
}

#[component]
fn TemplateLine(template: &'static Template) -> impl IntoView {
    let session = use_session();
    view! {
        <li class="list-line">
            <span class="list-main">
                <strong>{template.name}</strong>
                " "
                <span class="quiet">{template.note}</span>
                <small class="import-columns">{template.columns()}</small>
            </span>
            <button
                class="button button-small"
                aria-label=format!("下载{}模板", template.name)
                on:click=move |_| save(session, &template.file_name(), &template.text())
            >
                "下载模板"
            </button>
        </li>
    }
}

/// Offered once there are posts and duties to match.
#[component]
pub fn LinkTool(job: Job) -> impl IntoView {
    let session = job.session;
    let kinds = [Post::ID, Duty::ID].map(|id| schema().kind(id).unwrap_or(0));
    let both = move || {
        session.watch(&kinds, |township| {
            kinds.iter().all(|kind| township.table(*kind).rows().next().is_some())
        })
    };
    view! {
        <Show when=both>
            <div class="setting">
                <h2>"补充岗位事项对应"</h2>
                <p>"岗位表和履职事项表都有了，可以把岗位职责逐句对到事项上。先看结果，确认后才写入。"</p>
                <TextButton class="button" label="开始对应" act=move |()| job.match_duties()/>
            </div>
        </Show>
    }
}
