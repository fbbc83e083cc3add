//! 数据与备份: the bundle out, what waits, and how to erase this computer's copy. Bundles come in at
//! `merge`.

mod send;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::journal::Storage;
use crate::journal::hash::spoken;
use crate::route::Route;
use crate::ui::pages::merge::Undecided;
use crate::ui::pages::sealed::SealedFiles;
use crate::ui::session::{Session, use_session};
use crate::web::bases;
use send::{Notices, Send};

#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <section class="sheet">
            <h1>"数据与备份"</h1>
            <Notices/>
            <Export/>
            <SealedFiles/>
            <Send/>
            <Bring/>
            <Waiting/>
            <ThisCopy/>
        </section>
    }
}

#[component]
fn Export() -> impl IntoView {
    let session = use_session();
    view! {
        <div class="setting">
            <h2>"导出数据包"</h2>
            <p>"把整个乡镇存成一个 .json 文件：备份、拷给别人、换电脑都用它。建议每天下班前导出到 U 盘。"</p>
            <TextButton class="button button-main" label="导出数据包" act=move |()| spawn_local(session.export_file())/>
        </div>
    }
}

#[component]
fn Bring() -> impl IntoView {
    view! {
        <div class="setting">
            <h2>"合并数据包"</h2>
            <p>"把别人导出的数据包合并进来，一次可以选几个。先看会改什么、哪里两边改得不一样，确认后才写入。"</p>
            <Undecided/>
            <a class="button" href=Route::Merge.href()>"去合并"</a>
        </div>
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let session = use_session();
    let waiting = move || {
        session.watch_all(|_| ());
        session.base().map_or(0, |open| open.desk.parked().len())
    };
    view! {
        <Show when=move || waiting() != 0>
            <p class="notice">"有 " {waiting} " 条操作在等缺的数据包。请向发送人要更早的一份，导入后会自动合并。"</p>
        </Show>
    }
}

#[component]
fn ThisCopy() -> impl IntoView {
    let session = use_session();
    let hash = move || {
        session.watch_all(|_| ());
        session.read_now(|fold| spoken(&fold.state_hash()))
    };
    let facts = move || {
        session.watch_all(|_| ());
        session.base().map(|open| (open.desk.meta(), open.desk.read(|fold| fold.heads().len())))
    };
    let sure = RwSignal::new(false);
    view! {
        <div class="setting">
            <h2>"这一份"</h2>
            <dl class="facts">
                <dt>"校验码"</dt><dd class="mono">{hash}</dd>
                <dt>"操作总数"</dt><dd>{move || facts().map(|(_, count)| count)} " 条"</dd>
                <dt>"副本编号"</dt><dd class="mono">{move || facts().map(|(meta, _)| meta.replica.to_string())}</dd>
            </dl>
            <p>"两台电脑的校验码相同，说明数据完全一致。" <a href=Route::Health.href()>"不同时看哪里不一样"</a></p>
            <Show
                when=move || sure.get()
                fallback=move || view! {
                    <TextButton class="button button-danger" label="清除这台电脑上的数据…" act=move |()| sure.set(true)/>
                }
            >
                <p class="notice notice-bad" role="alert">
                    "将从这个浏览器里清除本镇的全部数据。没有导出的改动会永久丢失。请先导出数据包。"
                </p>
                <div class="choices">
                    <TextButton class="button button-danger" label="确认清除" act=move |()| spawn_local(erase(session))/>
                    <TextButton class="button" label="不清除" act=move |()| sure.set(false)/>
                </div>
            </Show>
        </div>
    }
}

async fn erase(session: Session) {
    let Some(open) = session.base() else { return };
    match open.desk.storage().erase().await {
        Ok(()) => {
            let _ = bases::forget(&open.township).await;
            session.close().await;
            session.toasts.done("已清除这台电脑上的数据", false);
        }
        Err(error) => session.toasts.failed(error.to_string()),
    }
}
