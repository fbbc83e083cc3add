//! 操作记录: every action of this copy, newest first; each can be taken back. Reads the whole log once.

use std::rc::Rc;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::journal::action::signed;
use crate::journal::log::Log;
use crate::journal::stamp::millis;
use crate::journal::{Action, Stamp};
use crate::model::schema;
use crate::ui::session::{Session, use_session};
use crate::web::world::local_time;

/// Lines shown before the reader asks for more.
const A_PAGE: usize = 100;

#[component]
pub fn LogPage() -> impl IntoView {
    let session = use_session();
    let log = RwSignal::new_local(None::<Rc<Log>>);
    let shown = RwSignal::new(A_PAGE);
    effect(move || {
        session.watch_all(|_| ());
        spawn_local(async move {
            let Some(open) = session.base() else { return };
            match open.desk.log().await {
                Ok(read) => log.set(Some(Rc::new(read))),
                Err(error) => session.toasts.failed(error.to_string()),
            }
        });
    });
    let total = move || log.get().map_or(0, |log| log.actions().len());
    let lines = move || {
        let Some(log) = log.get() else { return Vec::new() };
        log.actions().iter().rev().take(shown.get()).map(LogLine::of).collect()
    };
    view! {
        <section class="sheet">
            <h1>"操作记录"</h1>
            <p class="sheet-note">"谁在什么时候做了什么，共 " {total} " 条。撤销会写成一条新的记录，不会抹掉历史。"</p>
            <ol class="log">
                <For each=lines key=|line| line.stamp.to_string() let:line>
                    <LogLineView line=line log=log/>
                </For>
            </ol>
            <Show when=move || shown.get() < total()>
                <TextButton class="button" label="再看 100 条" act=move |()| shown.update(|shown| *shown += A_PAGE)/>
            </Show>
        </section>
    }
}

#[derive(Clone)]
struct LogLine {
    stamp: Stamp,
    when: String,
    by: String,
    what: String,
    touched: String,
}

impl LogLine {
    fn of(action: &Action) -> LogLine {
        LogLine {
            stamp: action.stamp(),
            when: local_time(millis(action.time)),
            by: signed(&action.by).to_string(),
            what: if action.what.is_empty() {
                "修改".to_string()
            } else {
                action.what.to_string()
            },
            touched: touched(action),
        }
    }
}

/// `岗位 3 条、任职 2 条`
fn touched(action: &Action) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for group in &action.groups {
        let label = schema().info(group.kind.name()).map_or("其他", |info| info.spec.label);
        match counts.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => counts.push((label, 1)),
        }
    }
    let parts: Vec<String> =
        counts.iter().map(|(label, count)| format!("{label} {count} 条")).collect();
    parts.join("、")
}

#[component]
fn LogLineView(line: LogLine, log: RwSignal<Option<Rc<Log>>, LocalStorage>) -> impl IntoView {
    let session = use_session();
    let stamp = line.stamp.clone();
    let take_back = move |_| spawn_local(take_back(session, log.get_untracked(), stamp.clone()));
    view! {
        <li class="log-line">
            <span class="log-when">{line.when}</span>
            <span class="log-by">{line.by}</span>
            <span class="log-what">{line.what} <small>{line.touched}</small></span>
            <button class="button button-small" on:click=take_back>"撤销"</button>
        </li>
    }
}

async fn take_back(session: Session, log: Option<Rc<Log>>, stamp: Stamp) {
    let Some(log) = log else { return };
    let Some((draft, skipped)) = session.read(|fold| log.inverse(&stamp, fold)) else { return };
    if draft.is_empty() {
        session.toasts.failed("这条操作改过的内容后来都又改过了，没有可撤销的部分，数据没有变化。");
        return;
    }
    if let Ok(commit) = session.commit_now(draft).await {
        let left = if skipped > 0 {
            format!("（{skipped} 处后来又改过，没有动）")
        } else {
            String::new()
        };
        session.toasts.done(format!("{}{left}", commit.what), true);
    }
}
