//! 清除本机数据: what there is and what would be lost. Erases nothing by itself, `web::erase` does; what
//! a second look found is told by `components::erased`.

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::journal::Storage;
use crate::ui::components::button::TextButton;
use crate::ui::components::dialog::{Dialog, Shape};
use crate::ui::session::{Session, use_session};
use crate::web::bases::{self, BaseEntry, database_name};
use crate::web::erase::{self, Erasure, Found};
use crate::web::home::kept;
use crate::web::idb::Idb;

/// What has to be typed.
const WORD: &str = "清除";

/// Before: what there is, and of each township what is in no verified file.
#[derive(Clone)]
struct Before {
    found: Found,
    townships: Vec<(String, String)>,
}

/// The button, and the question it asks.
pub fn button() -> AnyView {
    let session = use_session();
    let before = RwSignal::new(None::<Before>);
    let ask = move |()| spawn_local(async move { before.set(Some(look(session).await)) });
    view! {
        <TextButton class="button button-danger" label="清除本机数据…" act=ask/>
        {move || before.get().map(|found| view! { <Question found=found close=move |()| before.set(None)/> })}
    }
}

async fn look(session: Session) -> Before {
    let mut townships = Vec::new();
    for entry in bases::list().await.unwrap_or_default() {
        let standing = standing(session, &entry).await;
        townships.push((entry.name, standing));
    }
    Before { found: erase::look(&erase::known_names().await).await, townships }
}

/// How a township stands with its file, in words.
async fn standing(session: Session, entry: &BaseEntry) -> String {
    let facts = kept::load(&entry.township).await.facts;
    let Some(verified) = facts.verified else {
        return "没有存过核对的文件，清除后就没有了".into();
    };
    let open = session.base().filter(|open| open.key == entry.township);
    let behind = match open {
        Some(_) => Ok(untrack(|| session.keeping.unsaved(session)).count),
        None => rows_after(&entry.township, verified.seq).await,
    };
    match behind {
        Ok(0) => ["全部改动都在“", &verified.name, "”里"].concat(),
        Ok(count) => format!("有 {count} 处改动不在“{}”里，清除后就没有了", verified.name),
        Err(()) => ["打不开，看不出“", &verified.name, "”里是不是全部"].concat(),
    }
}

async fn rows_after(township: &str, seq: u64) -> Result<u64, ()> {
    let base = Idb::open(&database_name(township)).await.map_err(drop)?;
    let (meta, _) = base.rows_after(seq).await.map_err(drop)?;
    Ok(meta.seq.saturating_sub(seq))
}

#[component]
fn Question(found: Before, #[prop(into)] close: Callback<()>) -> impl IntoView {
    let session = use_session();
    let typed = RwSignal::new(String::new());
    let Before { found, townships } = found;
    let settings = found.settings.len();
    let nothing = found.is_empty();
    let confirm = move |()| {
        if typed.get_untracked().trim() == WORD {
            let found = found.clone();
            close.run(());
            spawn_local(erase_all(session, found));
        }
    };
    let line = |(name, standing): (String, String)| {
        view! { <li class="list-line"><strong>{name}</strong><span class="list-main">{standing}</span></li> }
    };
    view! {
        <Dialog title="清除本机数据" shape=Shape::Question close=close>
            <div class="dialog-body">
                {if nothing {
                    view! { <p>"这个浏览器里没有岗图的数据。"</p> }
                } else {
                    view! {
                        <p>"将从这个浏览器里清除岗图的全部数据，不能恢复。U 盘和别处的文件不受影响。"</p>
                        <ul>{townships.into_iter().map(line).collect_view()}</ul>
                        <p class="quiet">"记住的存档位置和 " {settings} " 项显示设置也一并清除。"</p>
                        <label class="field">
                            <span class="field-label">"确定要清除，请输入“清除”二字"</span>
                            <input
                                class="input erase-word"
                                prop:value=typed
                                on:input=move |event| typed.set(event_target_value(&event))
                            />
                        </label>
                    }
                }}
            </div>
            <div class="dialog-foot">
                <button
                    type="button"
                    class="button button-danger"
                    disabled=move || nothing || typed.get().trim() != WORD
                    on:click=move |_| confirm(())
                >
                    "确认清除"
                </button>
                <TextButton class="button" label="不清除" act=move |()| close.run(())/>
            </div>
        </Dialog>
    }
}

async fn erase_all(session: Session, before: Found) {
    // Emptied by its own connection: that works even while another tab holds on to it.
    if let Some(open) = session.base().filter(|open| open.remembers()) {
        let _ = open.desk.storage().erase().await;
    }
    erase::erase(&before).await;
    session.put_away().await;
    let left = erase::look(&before.databases).await;
    session.erased.set(Some(Erasure { before, left }));
}
