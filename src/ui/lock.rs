//! 本机数据加锁: the setting, locking at once, and locking by itself when nobody is there. What is sealed
//! and how is `journal::locked`; this only asks and tells.

use std::rc::Rc;

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

use crate::journal::StoreError;
use crate::journal::locked::{Lock, Locked};
use crate::ui::components::button::TextButton;
use crate::ui::components::passphrase::{Form, Given, Passphrases, Work};
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::web::frame::sleep;
use crate::web::idb::Idb;
use crate::web::vault::{self, Told, VaultError};

/// Minutes of a new lock.
const MINUTES: u32 = 15;

/// How often it is looked whether somebody is still there.
const LOOK_MS: i32 = 5_000;

/// Locks: the page begins anew, and with it goes everything that was in its memory. The township is
/// closed first: an open form would have the browser ask whether to stay, with all of it in sight.
pub async fn now(session: Session) {
    session.put_away().await;
    sleep(0).await;
    if let Some(window) = web_sys::window() {
        let _ = window.location().reload();
    }
}

/// Minutes before it locks by itself in which it says so: somebody may be reading what they typed.
const WARNED: f64 = 0.5;

/// What is said then.
const SOON: &str =
    "很久没有人操作，半分钟内就要自动锁定，没保存的内容不会留下。动一下鼠标或按一下键就不锁。";

/// Locks by itself once nobody has touched the page for as long as the lock says.
pub fn watch(session: Session) {
    let touched = Rc::new(std::cell::Cell::new(js_sys::Date::now()));
    let heard = touched.clone();
    let note = Closure::<dyn Fn()>::new(move || heard.set(js_sys::Date::now()));
    if let Some(window) = web_sys::window() {
        for event in ["pointerdown", "pointermove", "keydown", "wheel"] {
            let _ = window.add_event_listener_with_callback(event, note.as_ref().unchecked_ref());
        }
    }
    note.forget();
    spawn_local(async move {
        let mut warned = None;
        loop {
            sleep(LOOK_MS).await;
            let idle = (js_sys::Date::now() - touched.get()) / 60_000.0;
            let left = if idle < 1.0 { None } else { minutes(session).await };
            match left.map(|minutes| minutes - idle) {
                Some(left) if left <= 0.0 => return now(session).await,
                Some(left) if left <= WARNED => {
                    warned.get_or_insert_with(|| session.toasts.warned(SOON));
                }
                _ => drop(warned.take().map(|toast| session.toasts.close(toast))),
            }
        }
    });
}

/// After how many minutes what is open locks by itself; `None` where it does not.
async fn minutes(session: Session) -> Option<f64> {
    let open = session.base()?;
    let kept = open.desk.storage().kept().filter(|kept| kept.is_locked())?;
    let lock = kept.lock().await.ok().flatten()?;
    (lock.minutes > 0).then(|| f64::from(lock.minutes))
}

/// What the setting shows.
#[derive(Clone, PartialEq)]
enum Kept {
    /// Nothing stays on this computer.
    Nothing,
    Open,
    Locked(Lock),
}

#[component]
pub fn LockSetting() -> impl IntoView {
    let session = use_session();
    let place = expect_context::<Passphrases>();
    let kept = RwSignal::new(Kept::Nothing);
    let look = move || {
        spawn_local(async move { kept.set(found(session).await) });
    };
    look();
    let ask = move |form: Form| {
        spawn_local(async move {
            place.ask(form).await;
            kept.set(found(session).await);
        });
    };
    view! {
        <div class="setting">
            <h2>"本机数据加锁"</h2>
            {move || match kept.get() {
                Kept::Nothing => view! { <p>"当前数据只在内存里，不留在这台电脑上，不用加锁。"</p> },
                Kept::Open => view! {
                    <p>"给存在这台电脑浏览器里的数据加一道口令：别人打开这个浏览器也看不到。没有加锁的数据，同一台电脑上的人都能看到。"</p>
                    <TextButton class="button" label="设置口令…" act=move |()| ask(set(session))/>
                },
                Kept::Locked(lock) => view! { <Choices session=session lock=lock ask=ask look=look/> },
            }}
        </div>
    }
}

#[component]
fn Choices(
    session: Session,
    lock: Lock,
    #[prop(into)] ask: Callback<Form>,
    #[prop(into)] look: Callback<()>,
) -> impl IntoView {
    let Lock { lock, minutes, .. } = lock;
    let text = StoredValue::new(lock);
    let choose = move |event| {
        let minutes = event_target_value(&event).parse().unwrap_or(MINUTES);
        spawn_local(async move {
            let done = with_kept(session, async |kept| {
                kept.change(&|lock| lock.minutes = minutes).await.map_err(|error| error.to_string())
            });
            if let Err(sentence) = done.await {
                session.toasts.failed(sentence);
            }
            look.run(());
        });
    };
    let times =
        [(5, "5 分钟"), (15, "15 分钟"), (30, "30 分钟"), (60, "1 小时"), (0, "不自动锁定")];
    let times = times.into_iter().map(move |(value, words)| {
        view! { <option value=value.to_string() selected={value == minutes}>{words}</option> }
    });
    view! {
        <p>"已加锁：存在这台电脑上的记录都是密文，打开时要输口令。"</p>
        <label class="field field-inline">
            <span class="field-label">"没有人操作多久后自动锁定"</span>
            <select class="input" on:change=choose>{times.collect_view()}</select>
        </label>
        <p class="lock-hint">"锁定时，填了没保存的内容不会留下。"</p>
        <div class="choices">
            <TextButton class="button button-main" label="立即锁定" act=move |()| spawn_local(now(session))/>
            <TextButton class="button" label="更换口令…" act=move |()| ask.run(change(session, text.get_value()))/>
            <TextButton class="button" label="去掉口令…" act=move |()| ask.run(remove(session, text.get_value()))/>
        </div>
    }
}

async fn found(session: Session) -> Kept {
    let Some(open) = session.base() else { return Kept::Nothing };
    let Some(kept) = open.desk.storage().kept() else { return Kept::Nothing };
    match kept.lock().await {
        Ok(Some(lock)) => Kept::Locked(lock),
        Ok(None) => Kept::Open,
        Err(error) => {
            session.toasts.failed(error.to_string());
            Kept::Open
        }
    }
}

/// Does something to what this computer keeps.
async fn with_kept(
    session: Session,
    work: impl AsyncFnOnce(&Locked<Idb>) -> Result<(), String>,
) -> Result<(), String> {
    let Some(open) = session.base() else { return Err(StoreError::Gone.to_string()) };
    match open.desk.storage().kept() {
        Some(kept) => work(kept).await,
        None => Err("当前数据只在内存里，没有可以加锁的。".to_string()),
    }
}

fn said(error: VaultError) -> String {
    error.sentence
}

fn told(error: StoreError) -> String {
    error.to_string()
}

/// A form whose work ends with a word.
fn form(title: &'static str, note: &str, run: impl Fn(Given, Told) -> Work + 'static) -> Form {
    let note = note.to_string();
    Form { title, note, verb: title, old: None, new: false, suites: false, run: Rc::new(run) }
}

fn set(session: Session) -> Form {
    let note = "以后每次在这台电脑上打开本镇都要输这个口令。建议先导出一份数据包放在稳妥的地方。";
    let run = move |given: Given, _: Told| -> Work {
        Box::pin(async move {
            let (lock, key) = vault::make_lock(&given.new).await.map_err(said)?;
            with_kept(session, async |kept| kept.set(&lock, &key, MINUTES).await.map_err(told))
                .await?;
            session.keep_trial();
            session.toasts.done("已加锁，存在这台电脑上的记录都已改成密文", false);
            Ok(())
        })
    };
    Form { new: true, ..form("设置口令", note, run) }
}

fn change(session: Session, lock: String) -> Form {
    let note = "只换口令，数据不变；旧口令从此打不开这台电脑上的数据。";
    let run = move |given: Given, _: Told| -> Work {
        let lock = lock.clone();
        Box::pin(async move {
            let again = vault::change_lock(&lock, &given.old, &given.new).await.map_err(said)?;
            with_kept(session, async |kept| {
                kept.change(&|lock| lock.lock.clone_from(&again)).await.map_err(told)
            })
            .await?;
            session.toasts.done("口令已更换", false);
            Ok(())
        })
    };
    Form { old: Some("现在的口令"), new: true, ..form("更换口令", note, run) }
}

fn remove(session: Session, lock: String) -> Form {
    let note = "去掉后，同一台电脑上的人打开这个浏览器就能看到数据。";
    let run = move |given: Given, _: Told| -> Work {
        let lock = lock.clone();
        Box::pin(async move {
            vault::open_lock(&lock, &given.old).await.map_err(said)?;
            with_kept(session, async |kept| kept.remove().await.map_err(told)).await?;
            session.toasts.done("口令已去掉，存在这台电脑上的记录不再加密", false);
            Ok(())
        })
    };
    Form { old: Some("现在的口令"), ..form("去掉口令", note, run) }
}
