//! 设置: who sits here and how the page looks. Settings of the township are in its record.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::model::schema;
use crate::route::Route;
use crate::ui::lock::LockSetting;
use crate::ui::pages::keys::KeysSetting;
use crate::ui::session::{Mode, Session, use_session};

pub fn page() -> AnyView {
    let session = use_session();
    let town = move || {
        session.watch_all(|township| {
            let kind = schema().kind("town")?;
            let id = township.table(kind).rows().next()?.id.clone();
            Some(Route::Record { kind, id }.href())
        })
    };
    view! {
        <section class="sheet">
            <h1>"设置"</h1>
            <AuthorSetting/>
            <ModeSetting/>
            <LockSetting/>
            <KeysSetting/>
            <div class="setting">
                <h2>"本镇资料"</h2>
                <p>"乡镇名称、编制数、岗位上限、服务中心电话等。"</p>
                {move || town().map(|href| view! { <a class="button" href=href>"修改本镇资料"</a> })}
            </div>
            <div class="setting">
                <h2>"切换乡镇"</h2>
                <p>"关闭当前乡镇，回到开始页选择或新建另一个。"</p>
                <TextButton class="button" label="回到开始页" act=move |()| spawn_local(session.close())/>
            </div>
            <About/>
        </section>
    }
}

#[component]
fn AuthorSetting() -> impl IntoView {
    let session = use_session();
    let author = session.base().map(|open| open.desk.meta().author.to_string()).unwrap_or_default();
    let typed = RwSignal::new(author);
    let save = move || spawn_local(save_author(session, typed.get_untracked()));
    view! {
        <div class="setting">
            <h2>"我是谁"</h2>
            <p>"写进操作记录，让别人知道是谁改的。换人使用时请改成自己的姓名。"</p>
            <label class="field field-inline">
                <span class="field-label">"姓名"</span>
                <input
                    class="input"
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                />
                <TextButton class="button" label="保存" act=move |()| save()/>
            </label>
        </div>
    }
}

async fn save_author(session: Session, name: String) {
    let Some(open) = session.base() else { return };
    match open.desk.set_author(name.trim()).await {
        Ok(()) => session.toasts.done("已记住姓名", false),
        Err(error) => session.toasts.failed(error.to_string()),
    }
}

#[component]
fn ModeSetting() -> impl IntoView {
    let session = use_session();
    let modes = [(Mode::Desk, "桌面"), (Mode::Projector, "投影"), (Mode::Lookup, "居民查询")];
    let button = move |(mode, label): (Mode, &'static str)| {
        view! {
            <button
                class="button"
                aria-pressed=move || (session.mode.get() == mode).to_string()
                on:click=move |_| session.set_mode(mode)
            >
                {label}
            </button>
        }
    };
    view! {
        <div class="setting">
            <h2>"显示方式"</h2>
            <div class="choices">{modes.into_iter().map(button).collect_view()}</div>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=session.contrast
                    on:change=move |event| session.set_contrast(event_target_checked(&event))
                />
                <span>"高对比度"</span>
            </label>
        </div>
    }
}

#[component]
fn About() -> impl IntoView {
    view! {
        <div class="setting">
            <h2>"关于岗图"</h2>
            <p>
                "版本 " {env!("CARGO_PKG_VERSION")}
                "。全部在这个网页文件里运行，不联网、不上传；数据存在这台电脑的浏览器里，靠导出的数据包备份和合并。"
            </p>
        </div>
    }
}
