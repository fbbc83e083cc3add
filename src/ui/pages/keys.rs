//! 签名 (in 设置): this copy's key, and whose keys were seen and compared. Compares nothing itself:
//! people do, by reading the groups aloud.

use gangtu_seal::names::Scheme;
use leptos::task::spawn_local;

use crate::journal::action::signed;
use crate::journal::signed::Checkpoint;
use crate::model::Text;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::use_session;
use crate::ui::signing;
use crate::web::signatures;

#[component]
pub fn KeysSetting() -> impl IntoView {
    let session = use_session();
    // Notes change no record: the list is drawn anew when one was made here.
    let turn = RwSignal::new(0_u32);
    let own = move || {
        turn.get();
        session.watch_all(|_| ());
        session.base().and_then(|open| open.desk.meta().keys.own)
    };
    let renew = move |scheme: Scheme| {
        spawn_local(async move {
            let Some(open) = session.base() else { return };
            match signing::renew(&open, scheme).await {
                Some(()) => session.toasts.done("已换新钥匙。请把新的核对码告诉同事", false),
                None => session
                    .toasts
                    .failed("没有换成，原来的钥匙还在用，数据没有变化。请刷新本页再试。"),
            }
            turn.update(|turn| *turn += 1);
        });
    };
    let others = move || {
        turn.get();
        session.watch_all(|_| ());
        let Some(open) = session.base() else { return Vec::new() };
        let keys = open.desk.meta().keys;
        let own = keys.own.map(|own| own.key);
        let mut seen: Vec<Checkpoint> = Vec::new();
        for checkpoint in keys.signed.into_values() {
            let known = seen.iter().any(|other| other.key == checkpoint.key);
            if !known && Some(&checkpoint.key) != own.as_ref() {
                seen.push(checkpoint);
            }
        }
        seen
    };
    view! {
        <div class="setting">
            <h2>"签名"</h2>
            <p>"导出的数据包会用这台电脑的钥匙签名，别人就能知道确实是从这里出去、途中没有改动。第一次收到对方的签名时，请当面或打电话把核对码念一遍，一致再记为可信。"</p>
            {move || match own() {
                Some(own) => view! {
                    <p>"本机核对码 " <Fingerprint scheme=own.scheme key=own.key/></p>
                },
                None => view! { <p class="quiet">"还没有钥匙，第一次导出时自动生成。"</p> },
            }}
            <div class="choices">
                <TextButton class="button button-small" label="换一把钥匙" act=move |()| renew(Scheme::Ed25519)/>
                <TextButton class="button button-small" label="换成国密算法（SM2）的钥匙" act=move |()| renew(Scheme::Sm2)/>
            </div>
            <Show when=move || !others().is_empty()>
                <h3>"见过的钥匙"</h3>
                <ul class="keys">
                    {move || others().into_iter().map(|seen| view! { <SeenKey seen=seen turn=turn/> }).collect_view()}
                </ul>
            </Show>
        </div>
    }
}

#[component]
fn SeenKey(seen: Checkpoint, turn: RwSignal<u32>) -> impl IntoView {
    let session = use_session();
    let (trusted, name) = match session.base() {
        Some(open) => {
            let meta = open.desk.meta();
            let heads = |fold: &crate::journal::Fold| fold.heads().last_author(&seen.replica);
            (meta.keys.trusted.get(&seen.key).cloned(), open.desk.read(heads))
        }
        None => (None, "".into()),
    };
    let key = StoredValue::new(seen.key.clone());
    let said = StoredValue::new(name.clone());
    let trust = move |name: Option<Text>| {
        spawn_local(async move {
            session.trust(key.get_value(), name).await;
            turn.update(|turn| *turn += 1);
        });
    };
    view! {
        <li>
            <strong>{signed(&name).to_string()}</strong>
            " " <Fingerprint scheme=seen.scheme key=seen.key/>
            {match trusted {
                Some(_) => view! {
                    <span class="author-mark">"已核对"</span>
                    <TextButton class="button button-small" label="不再信任" act=move |()| trust(None)/>
                },
                None => view! {
                    <span class="author-mark">"未核对"</span>
                    <TextButton class="button button-small" label="核对一致，记为可信" act=move |()| trust(Some(said.get_value()))/>
                },
            }}
        </li>
    }
}

/// The groups people compare.
#[component]
fn Fingerprint(scheme: Text, key: Text) -> impl IntoView {
    let groups = RwSignal::new("……".to_string());
    spawn_local(async move {
        let said = signatures::fingerprint(&scheme, &key).await;
        let _ = groups.try_set(said.unwrap_or_else(|| "算不出来，请刷新本页".to_string()));
    });
    view! { <span class="mono fingerprint">{groups}</span> }
}
