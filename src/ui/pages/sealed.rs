//! 加密导出 and 更换口令: the part of 数据与备份 that makes sealed files. Opening them is everywhere a bundle is.

use std::rc::Rc;

use leptos::html::Input;
use leptos::task::spawn_local;

use crate::bundle::Since;
use crate::saving::Held;
use crate::ui::components::button::TextButton;
use crate::ui::components::passphrase::{Form, Given, Passphrases, Work};
use crate::ui::keeping::Offered;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::ui::toast::NOT_SAVED;
use crate::web::files;
use crate::web::slices::bearable;
use crate::web::vault::{self, Told};
use crate::web::world::today;

#[component]
pub fn SealedFiles() -> impl IntoView {
    let session = use_session();
    let place = expect_context::<Passphrases>();
    let input = NodeRef::<Input>::new();
    let picked = move |_| {
        let Some(field) = input.get_untracked() else { return };
        let file = field.files().and_then(|files| files.get(0));
        field.set_value("");
        let Some(file) = file else { return };
        spawn_local(async move {
            if let Err(sentence) = rewrap(session, place, &file).await {
                session.toasts.failed(sentence);
            }
        });
    };
    view! {
        <div class="setting">
            <h2>"加密导出"</h2>
            <p>"用口令锁住的数据包，适合发微信、放别人的 U 盘。打开和合并时与普通数据包一样，只是先问口令。"</p>
            <div class="choices">
                <TextButton class="button" label="加密导出…" act=move |()| spawn_local(place.ask(export(session)))/>
                <label class="button">
                    "更换加密文件的口令…"
                    <input class="visually-hidden" type="file" accept=".json,application/json" node_ref=input on:change=picked/>
                </label>
            </div>
        </div>
    }
}

fn export(session: Session) -> Form {
    let run = move |given: Given, told: Told| -> Work { Box::pin(seal(session, given, told)) };
    Form {
        title: "加密导出",
        note: "整个乡镇存成一个加密文件，只有知道口令的人打得开。".to_string(),
        verb: "加密导出",
        old: None,
        new: true,
        suites: true,
        run: Rc::new(run),
    }
}

async fn seal(session: Session, given: Given, told: Told) -> Result<(), String> {
    let held = session.read(|fold| Held::all(fold.heads()));
    let text = session.bundle_text(&Since::Start).await.map_err(|error| error.to_string())?;
    let sealed = vault::seal(text.as_bytes(), &given.new, given.suite, told).await;
    let sealed = sealed.map_err(|error| error.sentence)?;
    let name = format!("{}-{}-加密.json", session.township_name(), today());
    save(session, &name, &sealed)?;
    session.keeping.offered.set(Some(Offered { name, held }));
    Ok(())
}

fn save(session: Session, name: &str, text: &str) -> Result<(), String> {
    files::save_text(name, "application/json", text).map_err(|_| NOT_SAVED)?;
    session.toasts.done(format!("已下载 {name}。口令请另外告诉对方，不要和文件一起发"), false);
    Ok(())
}

async fn rewrap(session: Session, place: Passphrases, file: &web_sys::File) -> Result<(), String> {
    bearable(file).await.map_err(|error| error.to_string())?;
    let handed = files::read(file).await;
    let handed = handed.ok_or("文件读不出来，可能 U 盘已拔出。请插好后重选，现有数据没有变化。")?;
    vault::look(&handed.bytes).await.map_err(|error| error.sentence)?;
    let note = format!(
        "给“{}”换口令：内容不变，另存成一份新文件。旧文件仍能用旧口令打开，不用了请删掉。",
        handed.name
    );
    let named = format!("{}-新口令.json", handed.name.trim_end_matches(".json"));
    let run = move |given: Given, _: Told| -> Work {
        let (bytes, named) = (handed.bytes.clone(), named.clone());
        Box::pin(async move {
            let again = vault::rewrap(&bytes, &given.old, &given.new).await;
            save(session, &named, &again.map_err(|error| error.sentence)?)
        })
    };
    let (title, verb, old) = ("更换口令", "更换口令", Some("现在的口令"));
    place.ask(Form { title, note, verb, old, new: true, suites: false, run: Rc::new(run) }).await;
    Ok(())
}
