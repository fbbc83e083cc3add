//! 数据与备份: the bundle out, bundles in with their plan, what waits, and how to erase this computer's copy.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::html::Input;
use leptos::task::spawn_local;

use crate::bundle::{Bundle, Plan};
use crate::journal::Storage;
use crate::ui::session::{Session, use_session};
use crate::web::world::local_time;
use crate::web::{bases, files, slices};

#[component]
pub fn DataPage() -> impl IntoView {
    view! {
        <section class="sheet">
            <h1>"数据与备份"</h1>
            <Export/>
            <ImportBundle/>
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

/// A file on its way in.
#[derive(Clone)]
enum Incoming {
    None,
    Reading { done: usize, all: usize },
    Planned { plan: Plan, name: String },
    Refused(String),
    Done(String),
}

#[component]
fn ImportBundle() -> impl IntoView {
    let session = use_session();
    let state = RwSignal::new(Incoming::None);
    let held = StoredValue::new_local(None::<Bundle>);
    let input = NodeRef::<Input>::new();
    let picked = move |_| {
        let Some(field) = input.get_untracked() else { return };
        let file = field.files().and_then(|files| files.get(0));
        let Some(file) = file else { return };
        spawn_local(async move {
            let name = file.name();
            match read_bundle(session, &file, state).await {
                Ok((bundle, plan)) => {
                    held.set_value(Some(bundle));
                    state.set(Incoming::Planned { plan, name });
                }
                Err(sentence) => state.set(Incoming::Refused(sentence)),
            }
            field.set_value("");
        });
    };
    let apply = move || {
        let Some(bundle) = held.try_update_value(Option::take).flatten() else { return };
        spawn_local(async move {
            if let Ok(taken) = session.take(bundle).await {
                let waiting = if taken.parked > 0 {
                    format!("，{} 条等待补齐", taken.parked)
                } else {
                    String::new()
                };
                state.set(Incoming::Done(format!(
                    "已导入 {} 条操作，{} 条原来就有{waiting}。已写入并回读核对。可以在提示里撤销。",
                    taken.applied, taken.known
                )));
                session.toasts.done("已导入数据包", true);
            } else {
                state.set(Incoming::None);
            }
        });
    };
    let drop_it = move || {
        held.set_value(None);
        state.set(Incoming::None);
    };
    view! {
        <div class="setting">
            <h2>"导入数据包"</h2>
            <p>"把别人导出的数据包合并进来。先看会改什么，确认后才写入；同一份导两次不会重复。"</p>
            <label class="button">
                "选择数据包"
                <input class="visually-hidden" type="file" accept=".json,application/json" node_ref=input on:change=picked/>
            </label>
            {move || match state.get() {
                Incoming::None => ().into_any(),
                Incoming::Reading { done, all } => view! {
                    <p role="status">"正在读取 " {done} " / " {all} " 条"</p>
                    <progress max=all.max(1) value=done></progress>
                },
                Incoming::Refused(sentence) => view! { <p class="notice notice-bad" role="alert">{sentence}</p> },
                Incoming::Done(sentence) => view! { <p class="notice notice-ok" role="status">{sentence}</p> },
                Incoming::Planned { plan, name } => view! {
                    <PlanView plan=plan name=name apply=apply drop_it=drop_it/>
                },
            }}
        </div>
    }
}

async fn read_bundle(
    session: Session,
    file: &web_sys::File,
    state: RwSignal<Incoming>,
) -> Result<(Bundle, Plan), String> {
    let handed = files::read(file)
        .await
        .ok_or("文件读不出来，可能 U 盘已拔出。请插好后重选，现有数据没有变化。")?;
    let told = |done, all| state.set(Incoming::Reading { done, all });
    let bundle =
        slices::read_bundle(&handed.bytes, told).await.map_err(|error| error.to_string())?;
    let open = session.base().ok_or("没有打开的乡镇。")?;
    let plan = open.desk.read(|fold| Plan::of(&bundle, fold, &open.township, &open.desk.parked()));
    plan.map(|plan| (bundle, plan)).map_err(|error| error.to_string())
}

#[component]
fn PlanView(
    plan: Plan,
    name: String,
    apply: impl Fn() + Copy + Send + Sync + 'static,
    drop_it: impl Fn() + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let nothing = plan.changes_nothing();
    let span = plan.span.map(|(from, to)| format!("{} 至 {}", local_time(from), local_time(to)));
    let kinds = plan.kinds.clone().into_iter().map(|kind| {
        view! {
            <tr>
                <th scope="row">{kind.label}</th>
                <td>{kind.new_records}</td>
                <td>{kind.changed_records}</td>
                <td>{kind.ops}</td>
            </tr>
        }
    });
    let people = plan.people.iter().map(|(name, count)| {
        let name = if name.is_empty() { "未署名" } else { name };
        format!("{name} {count} 条")
    });
    let people = people.collect::<Vec<_>>().join("、");
    let missing = plan.missing.clone().into_iter().map(|gap| {
        view! { <li>{format!("副本 {} 的第 {} 至 {} 条还没有收到", gap.replica, gap.from, gap.to)}</li> }
    });
    view! {
        <div class="plan">
            <h3>{name}</h3>
            <dl class="facts">
                <dt>"发送人"</dt><dd>{if plan.from.is_empty() { "未署名".to_string() } else { plan.from.clone() }}</dd>
                <dt>"导出时间"</dt><dd>{plan.made.replace('T', " ").replace('Z', "（世界时）")}</dd>
                <dt>"新的操作"</dt><dd>{plan.new_actions} " 条" {span.map(|span| format!("，{span}"))}</dd>
                <dt>"原来就有"</dt><dd>{plan.known_actions} " 条"</dd>
                <dt>"操作人"</dt><dd>{people}</dd>
                <dt>"两边都改过"</dt><dd>{plan.conflicts} " 处，以较晚的为准，另一个值会保留"</dd>
            </dl>
            <Show when={let some = plan.waiting > 0; move || some}>
                <p class="notice">"有 " {plan.waiting} " 条操作要等缺的部分到齐后才能合并，会先存着："</p>
            </Show>
            <ul>{missing.collect_view()}</ul>
            <Show when=move || !nothing>
                <table class="plain-table">
                    <thead><tr><th>"类别"</th><th>"新增记录"</th><th>"改动记录"</th><th>"改动项"</th></tr></thead>
                    <tbody>{kinds.clone().collect_view()}</tbody>
                </table>
            </Show>
            <div class="choices">
                {if nothing {
                    view! { <p>"没有新内容，不需要导入。"</p> }
                } else {
                    view! { <TextButton class="button button-main" label="确认导入" act=move |()| apply()/> }
                }}
                <TextButton class="button" label="不导入" act=move |()| drop_it()/>
            </div>
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
        session.read(|fold| fold.state_hash())[..12].to_string()
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
            <p>"两台电脑的校验码相同，说明数据完全一致。"</p>
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
