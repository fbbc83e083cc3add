//! 只发一部分: a bundle of what one other copy lacks, or the whole in files small enough to be sent.
//! Knows of other copies what their bundles showed.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::bundle::Since;
use crate::journal::action::signed;
use crate::journal::peer::Peer;
use crate::model::Text;
use crate::ui::session::{Session, use_session};

/// Largest file in megabytes, 0 for no limit.
const LIMITS: [(usize, &str); 5] = [
    (0, "不拆分"),
    (5, "每份不超过 5 MB"),
    (10, "每份不超过 10 MB"),
    (20, "每份不超过 20 MB"),
    (100, "每份不超过 100 MB"),
];

#[component]
pub fn Send() -> impl IntoView {
    let session = use_session();
    let to = RwSignal::new(String::new());
    let limit = RwSignal::new(0_usize);
    let peers = move || {
        session.watch_all(|_| ());
        let peers = session.base().map(|open| open.desk.meta().peers).unwrap_or_default();
        peers
            .into_iter()
            // An extract takes no bundles.
            .filter(|(_, peer)| !peer.extract)
            .map(|(replica, peer)| peer_option(session, &replica, &peer))
            .collect_view()
    };
    let limits =
        LIMITS.map(|(megabytes, label)| view! { <option value=megabytes>{label}</option> });
    view! {
        <div class="setting">
            <h2>"只发一部分"</h2>
            <p>"对方已有的不用再发。合并过谁的数据包，这里就记得谁有什么；文件太大发不出去时，可以拆成几份，对方合并时一起选中就能拼回去。"</p>
            <div class="choices">
                <label class="field">
                    <span class="field-label">"发给谁"</span>
                    <select class="input" on:change=move |event| to.set(event_target_value(&event))>
                        <option value="">"没有联系过的电脑：发全部"</option>
                        {peers}
                    </select>
                </label>
                <label class="field">
                    <span class="field-label">"大小"</span>
                    <select
                        class="input"
                        on:change=move |event| limit.set(event_target_value(&event).parse().unwrap_or(0))
                    >
                        {limits.into_iter().collect_view()}
                    </select>
                </label>
            </div>
            <div class="choices">
            <TextButton
                class="button"
                label="导出这一部分"
                act=move |()| spawn_local(send(session, to.get_untracked(), limit.get_untracked()))
            />
            </div>
        </div>
    }
}

fn peer_option(session: Session, replica: &Text, peer: &Peer) -> AnyView {
    let lacking =
        session.read(|fold| fold.heads().count_beyond(&fold.heads().lacked_by(&peer.knows)));
    let day = peer.made.split('T').next().unwrap_or_default();
    let label =
        format!("{}（副本 {replica}，{day} 的数据包；还缺这里 {lacking} 条）", signed(&peer.name));
    view! { <option value=replica.to_string()>{label}</option> }
}

async fn send(session: Session, to: String, megabytes: usize) {
    let since = session.base().and_then(|open| {
        let knows = open.desk.meta().peers.get(&*to)?.knows.clone();
        Some(Since::Version(open.desk.read(|fold| fold.heads().lacked_by(&knows))))
    });
    let limit = if megabytes == 0 { usize::MAX } else { megabytes << 20 };
    session.send_files(&since.unwrap_or_default(), limit).await;
}

/// What other copies are known to have that has not come here, and whose clocks were wrong.
#[component]
pub fn Notices() -> impl IntoView {
    let session = use_session();
    let told = move || {
        session.watch_all(|_| ());
        let Some(open) = session.base() else { return Vec::new() };
        let meta = open.desk.meta();
        let mut told: Vec<String> = open.desk.read(|fold| {
            let lacked = fold.heads().lacking(&meta.peers);
            lacked.into_iter().map(|(name, count)| format!("{} 的数据里有 {count} 条操作还没有到这里，多半是有一份数据包没有合并。请向对方再要一份。", signed(&name))).collect()
        });
        told.extend(open.desk.read(|fold| fold.heads().skewed()).into_iter().map(|skewed| {
            let days = skewed.ahead / 86_400_000;
            let whose = if skewed.replica.as_str() == &*meta.replica { "这台电脑".to_string() } else { format!("{} 的电脑（副本 {}）", signed(&skewed.by), skewed.replica) };
            format!("{whose}时钟曾经快了约 {days} 天，{} 条操作已按收到的时间排先后，内容没有改动。请校对那台电脑的日期。", skewed.actions)
        }));
        told.extend(behind(open.desk.read(|fold| fold.heads().latest_millis())));
        told
    };
    view! { {move || told().into_iter().map(|line| view! { <p class="notice">{line}</p> }).collect_view()} }
}

/// Where this computer is the one whose clock is wrong.
fn behind(latest: u64) -> Option<String> {
    let now = js_sys::Date::now() as u64;
    let days = latest.max(crate::journal::clock::EARLIEST_MILLIS).checked_sub(now)? / 86_400_000;
    (days > 1).then(|| format!("这台电脑的日期比已有记录慢了约 {days} 天。改动照常保存，先后顺序不受影响；请校对电脑的日期和时间。"))
}
