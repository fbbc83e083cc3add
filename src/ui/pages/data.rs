//! 数据与备份: the file home, the bundle out, the residents' page, what waits. Bundles come in at `merge`.

mod publish;
mod send;

use crate::ui::components::button::TextButton;
use crate::ui::components::file_home::FileHome;
use crate::ui::components::undecided::Undecided;
use crate::ui::pages::erase;
use crate::ui::pages::extract::OnePerson;
use crate::ui::prelude::*;

use crate::journal::hash::spoken;
use crate::route::Route;
use crate::ui::pages::sealed::SealedFiles;
use crate::ui::session::{Open, use_session};
use crate::web::home::handle::can_pick;
use send::{Notices, Send};

pub fn page() -> AnyView {
    let session = use_session();
    if let Some(of) = session.extract_of() {
        return view! { <ExtractData name=of.name.to_string()/> }.into_any();
    }
    view! {
        <section class="sheet">
            <h1>"数据与备份"</h1>
            <Notices/>
            <FileHome/>
            <Export/>
            <SealedFiles/>
            <Send/>
            <OnePerson/>
            {publish::section()}
            <Bring/>
            <Waiting/>
            <ThisCopy/>
        </section>
    }
    .into_any()
}

/// Of an extract only what was changed in it goes out, and only a newer one comes in.
#[component]
fn ExtractData(name: String) -> impl IntoView {
    let session = use_session();
    let unsaved = move || session.keeping.unsaved(session).count;
    view! {
        <section class="sheet">
            <h1>"数据与备份"</h1>
            <div class="setting">
                <h2>"导出这里的改动"</h2>
                <p>"这一份是" {name} "的提取件。导出的文件只装着在这里改过的内容，请交回完整的一份，在那里合并。"</p>
                <Show when=move || unsaved() != 0>
                    <p class="notice notice-soon"><strong>{unsaved} " 处改动"</strong> "不在任何核对过的文件里。"</p>
                </Show>
                <div class="choices">
                    <TextButton class="button button-main" label="导出改动" act=move |()| session.export()/>
                    <TextButton class="button" label="核对文件" act=move |()| session.keeping.check(session)/>
                </div>
            </div>
            <div class="setting">
                <h2>"换上新的提取件"</h2>
                <p>"完整的一份改动多了以后，请那边再做一份同一个人的提取件，到这里换上；自己的改动还在上面。"</p>
                <a class="button" href=Route::Merge.href()>"选提取件"</a>
            </div>
            <ThisCopy/>
        </section>
    }
}

#[component]
fn Export() -> impl IntoView {
    let session = use_session();
    // One thing to do a page: where the page writes files itself, that is it.
    let class = if can_pick() { "button" } else { "button button-main" };
    view! {
        <div class="setting">
            <h2>"导出数据包"</h2>
            <p>"把整个乡镇存成一个 .json 文件：拷给别人、换电脑都用它。"</p>
            <TextButton class=class label="导出数据包" act=move |()| session.export()/>
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
        let count = |open: &Open| open.desk.read(|fold| fold.heads().made());
        session.base().map(|open| (open.desk.meta(), count(&open)))
    };
    view! {
        <div class="setting">
            <h2>"这一份"</h2>
            <dl class="facts">
                <dt>"校验码"</dt><dd class="mono">{hash}</dd>
                <dt>"操作总数"</dt><dd>{move || facts().map(|(_, count)| count)} " 条"</dd>
                <dt>"副本编号"</dt><dd class="mono">{move || facts().map(|(meta, _)| meta.replica.to_string())}</dd>
            </dl>
            <Show when=move || session.extract_of().is_none()>
                <p>"两台电脑的校验码相同，说明数据完全一致。" <a href=Route::Health.href()>"不同时看哪里不一样"</a></p>
            </Show>
            {erase::button()}
        </div>
    }
}
