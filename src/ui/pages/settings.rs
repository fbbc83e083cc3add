//! 设置: who sits here and how the page looks. Settings of the township are in its record.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::kiosk::idle_seconds;
use crate::model::schema;
use crate::route::Route;
use crate::ui::lock::LockSetting;
use crate::ui::pages::keys::KeysSetting;
use crate::ui::pages::kiosk::IDLE;
use crate::ui::session::{Mode, Session, use_session};
use crate::web::leavings;

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
            <KioskSetting/>
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

/// 查询机: how staff get out, when it begins anew, and the button that makes the page one.
#[component]
fn KioskSetting() -> impl IntoView {
    let session = use_session();
    let code = RwSignal::new(String::new());
    let idle = RwSignal::new(idle_seconds(leavings::get(IDLE).as_deref()).to_string());
    let has_code = RwSignal::new(session.kiosk_code().is_some());
    let save = move |()| match session.set_kiosk_code(&code.get_untracked()) {
        Ok(()) => {
            has_code.set(session.kiosk_code().is_some());
            code.set(String::new());
            let seconds = idle_seconds(Some(&idle.get_untracked())).to_string();
            leavings::set(IDLE, &seconds);
            idle.set(seconds);
            session.toasts.done("已记住查询机的设置", false);
        }
        Err(sentence) => session.toasts.failed(sentence),
    };
    view! {
        <div class="setting">
            <h2>"查询机"</h2>
            <p>"大厅里的触摸屏：只有查询，全部用手点，没人时回到首页。离开：连点屏幕左上角五下，再按退出码。"</p>
            <label class="field field-inline">
                <span class="field-label">"退出码"</span>
                <input
                    class="input"
                    inputmode="numeric"
                    autocomplete="off"
                    placeholder=move || if has_code.get() { "已设，填新的就换掉" } else { "4 到 8 位数字" }
                    prop:value=code
                    on:input=move |event| code.set(event_target_value(&event))
                />
            </label>
            <label class="field field-inline">
                <span class="field-label">"没人多久回首页"</span>
                <input class="input" inputmode="numeric" prop:value=idle on:input=move |event| idle.set(event_target_value(&event))/>
                <span>"秒（15 到 600）"</span>
            </label>
            <div class="choices">
                <TextButton class="button" label="保存" act=save/>
                <TextButton class="button button-main" label="开始当查询机" act=move |()| session.begin_kiosk()/>
            </div>
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
