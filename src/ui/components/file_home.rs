//! 存到 U 盘文件: where the township is kept, what is in no file yet, the rehearsal. Shows and asks;
//! `ui::keeping` does it.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::saving::{Trouble, Wishes};
use crate::ui::components::button::TextButton;
use crate::ui::keeping::{Place, Rehearsal};
use crate::ui::session::use_session;
use crate::web::home::Home;
use crate::web::home::handle::can_pick;
use crate::web::world::local_time;

#[component]
pub fn FileHome() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    let chosen = move || keeping.home.with(Option::is_some);
    if session.base().is_some_and(|open| open.demo) {
        return ().into_any();
    }
    view! {
        <div class="setting file-home">
            <h2>"存到 U 盘文件"</h2>
            <Standing/>
            <Troubled/>
            <Show when=chosen fallback=|| view! { <Choose/> }><Chosen/></Show>
            <div class="choices">
                <TextButton class="button" label="核对文件" act=move |()| keeping.check(session)/>
                <span class="quiet">"选一个存过的数据包，打开、校验，看改动是不是都在里面。"</span>
            </div>
            <WishesForm/>
        </div>
    }
}

/// What is in no verified file, and since when.
#[component]
fn Standing() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    let unsaved = memo(move || {
        let unsaved = keeping.unsaved(session);
        (unsaved.count, unsaved.since)
    });
    let file = move || {
        keeping.facts.with(|facts| {
            let verified = facts.verified.as_ref()?;
            Some((verified.name.clone(), local_time(verified.when as u64)))
        })
    };
    view! {
        {move || match unsaved.get() {
            (0, _) => file().map(|(name, when)| view! {
                <p class="notice notice-ok">"全部改动都在“" {name} "”里，" {when} " 打开核对过，内容校验一致。"</p>
            }).into_any(),
            (count, since) => view! {
                <p class="notice notice-soon">
                    <strong>{count} " 处改动"</strong> "不在任何核对过的文件里"
                    {since.map(|since| ["，最早的在 ", &local_time(since)].concat())}
                    "。"
                    {file().map(|(name, when)| ["上次核对的是“", &name, "”，", &when, "。"].concat())}
                </p>
            },
        }}
    }
}

/// Why the file was not written, and what helps.
#[component]
fn Troubled() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    let button = move |trouble: &Trouble| match trouble {
        Trouble::Changed { .. } => {
            view! { <TextButton class="button button-main" label="先合并" act=move |()| keeping.merge_first(session)/> }
        }
        Trouble::Foreign(_) => {
            view! { <TextButton class="button button-danger" label="照样覆盖" act=move |()| keeping.write_over(session)/> }
        }
        Trouble::OtherTownship { .. } => ().into_any(),
        Trouble::Denied => {
            view! { <TextButton class="button button-main" label="允许写入" act=move |()| keeping.write_now(session)/> }
        }
        _ => {
            view! { <TextButton class="button button-main" label="重试" act=move |()| keeping.write_now(session)/> }
        }
    };
    view! {
        {move || keeping.trouble.get().map(|trouble| view! {
            <div class="notice notice-bad" role="alert">
                <p>{trouble.to_string()}</p>
                <div class="choices">{button(&trouble)}</div>
            </div>
        })}
        <Show when=move || keeping.asks.get()>
            <div class="notice notice-soon">
                <p>"浏览器要您点一次头，才能往存档里写。每次重新打开页面后也要点一次。"</p>
                <TextButton class="button button-main" label="接上存档" act=move |()| keeping.write_now(session)/>
            </div>
        </Show>
    }
}

#[component]
fn Choose() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    if !can_pick() {
        return view! {
            <p>
                "这个浏览器不能自己往 U 盘写文件（要内核 86 以上，并且从 U 盘或本机打开本页）。请点“导出数据包”存到 U 盘，再点“核对文件”选它：打开核对过，才算存好。"
            </p>
        };
    }
    view! {
        <p>"在 U 盘上选好一次，以后每次改动自动存进去：先写新的，打开核对无误再换下旧的。选文件夹还会按日期留备份。"</p>
        <div class="choices">
            <TextButton class="button button-main" label="选文件夹（推荐）" act=move |()| keeping.choose(session, Place::Folder)/>
            <TextButton class="button" label="新建一个文件" act=move |()| keeping.choose(session, Place::NewFile)/>
            <TextButton class="button" label="用已有的存档" act=move |()| keeping.choose(session, Place::OldFile)/>
        </div>
    }
}

#[component]
fn Chosen() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    let place = move || keeping.home.with(|home| home.as_ref().map(|home| home.handle().name()));
    let folder = move || keeping.home.with(|home| home.as_ref().is_some_and(Home::is_folder));
    let backups = move || keeping.facts.with(|facts| facts.backups.len());
    let locked = session
        .base()
        .is_some_and(|open| open.desk.storage().kept().is_some_and(|kept| kept.is_locked()));
    let rehearsal = RwSignal::new(None::<Rehearsal>);
    let busy = RwSignal::new(false);
    let rehearse = move |()| {
        busy.set(true);
        spawn_local(async move {
            rehearsal.set(Some(keeping.rehearse(session).await));
            busy.set(false);
        });
    };
    view! {
        <dl class="facts">
            <dt>{move || if folder() { "存档文件夹" } else { "存档文件" }}</dt><dd>{place}</dd>
            <Show when=folder><dt>"备份"</dt><dd>"在“岗图备份”里，核对过 " {backups} " 份"</dd></Show>
        </dl>
        {locked.then(|| view! {
            <p class="notice notice-soon">"本机数据加了锁，但存档文件不加密：捡到 U 盘的人看得到。要加密的，请用“加密导出”。"</p>
        })}
        <div class="choices">
            <TextButton class="button" label="立即保存" act=move |()| keeping.write_now(session)/>
            <TextButton class="button" label="演练恢复" act=rehearse/>
            <TextButton class="button button-quiet" label="换个位置" act=move |()| keeping.leave(session)/>
        </div>
        <Show when=move || busy.get()><p role="status">"正在另开一份，把备份从头读一遍…"</p></Show>
        {move || rehearsal.get().map(|found| {
            let class = if found.good { "notice notice-ok" } else { "notice notice-bad" };
            view! { <p class=class role="status">{found.said}</p> }
        })}
    }
}

/// How many backups, how many days, when to remind.
#[component]
fn WishesForm() -> impl IntoView {
    let session = use_session();
    let keeping = session.keeping;
    let number = move |at: usize, before: &'static str, after: &'static str| {
        let change = move |event| {
            let mut numbers = keeping.wishes.get_untracked().to_numbers();
            numbers[at] = event_target_value(&event).trim().parse().unwrap_or(numbers[at]);
            keeping.wish(Wishes::of_numbers(numbers));
        };
        view! {
            <label class="file-home-wish">
                {before}
                <input
                    class="input"
                    type="number"
                    min="1"
                    prop:value=move || keeping.wishes.get().to_numbers()[at].to_string()
                    on:change=change
                />
                {after}
            </label>
        }
    };
    view! {
        <details class="file-home-wishes">
            <summary>"备份份数与提醒"</summary>
            <p>
                {number(0, "备份最多留", "份，")}
                {number(1, "最久留", "天；最新一份核对过的永远不删。")}
            </p>
            <p>
                {number(2, "攒到", "处改动，")}
                {number(3, "或过了", "小时没存文件，右上角的灯会变醒目。不会打断您。")}
            </p>
        </details>
    }
}
