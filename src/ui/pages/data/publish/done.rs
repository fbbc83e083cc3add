//! What was published before, and checking a file in hand: whether it is whole, which edition it is, and once more
//! whether anything is in it that must not be.

use leptos::task::spawn_local;

use super::{allowed, program, watch};
use crate::journal::Draft;
use crate::journal::hash::spoken;
use crate::model::kinds::Publication;
use crate::model::value::day_words;
use crate::model::{Record, Value};
use crate::publishing::scan::Found;
use crate::sorting::Sorting;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::view::published::{Checked, check};
use crate::web::files;

/// Editions listed.
const LISTED: usize = 6;

pub fn list(session: Session) -> AnyView {
    let made = move || {
        session.watch_all(|_| ());
        let mut made = session.read_now(|fold| fold.township().all::<Publication>());
        made.arrange_by(|one| std::cmp::Reverse(one.no));
        made.truncate(LISTED);
        made
    };
    let line = |one: Publication| {
        let day = |day: Option<_>| day.map(day_words).unwrap_or_default();
        let hash = (one.hash.len() >= 13).then(|| spoken(&one.hash));
        view! {
            <li class="list-line">
                <span class="list-main">"第 " {one.no} " 版　" {day(one.made)} "发布，有效期至" {day(one.last)}</span>
                <span class="list-side"><span class="mono">{hash}</span> {if one.checked { "　已核对" } else { "　未核对" }}</span>
            </li>
        }
    };
    view! {
        <Show when=move || !made().is_empty()>
            <h3>"发布过的"</h3>
            <ul class="list">{move || made().into_iter().map(line).collect_view()}</ul>
        </Show>
    }
    .into_any()
}

pub fn check_button(session: Session) -> AnyView {
    let act = move |()| spawn_local(check_file(session));
    view! { <TextButton class="button" label="核对存下的文件" act=act/> }.into_any()
}

async fn check_file(session: Session) {
    let Some(file) = files::choose(".html,text/html").await else { return };
    let Some(handed) = files::read(&file).await else {
        return session.toasts.failed("文件读不出来，可能已经移走。请再选一次；数据没有变化。");
    };
    let Some(program) = program(session) else { return };
    let Ok(text) = String::from_utf8(handed.bytes) else {
        return session.toasts.failed("这不是查询页文件，或文件坏了。数据没有变化。");
    };
    match check(&text, &program, watch(session)) {
        Err(unfit) => session.toasts.failed(unfit.sentence()),
        Ok(checked) => told(session, &checked),
    }
}

fn told(session: Session, checked: &Checked) {
    let allowed = allowed(session);
    let left: Vec<&Found> =
        checked.found.iter().filter(|(_, text)| !allowed.contains(&**text)).collect();
    if let [(sign, text), ..] = left[..] {
        let count = left.len();
        return session.toasts.failed(format!(
            "这份文件里有 {count} 处没有放行的内容，第一处是{}“{text}”。请不要发出去，改好后重新生成。",
            sign.label()
        ));
    }
    let edition = &checked.edition;
    let known = session.read_now(|fold| {
        let all = fold.township().all::<Publication>();
        all.into_iter().find(|one| *one.hash == *edition.hash)
    });
    let how = if checked.whole {
        "文件完好，每个字节都对得上"
    } else {
        "内容完好，程序部分是另一版岗图的"
    };
    let which = match &known {
        Some(_) => format!("第 {} 版", edition.no),
        None => "别的电脑发布的".to_string(),
    };
    session.toasts.done(format!("核对过了：{which}，{how}，没有查到不该公开的内容。"), false);
    if let Some(known) = known.filter(|known| !known.checked && checked.whole) {
        let mut draft = Draft::new(&format!("核对居民查询页第 {} 版", edition.no));
        draft.set_named(Publication::ID, &known.id, "checked", Value::Bool(true));
        session.commit(draft);
    }
}
