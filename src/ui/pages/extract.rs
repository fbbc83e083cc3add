//! 提取件: choosing whose posts and duties go out, and what a file of them is where one is brought.

use std::sync::Arc;

use crate::ui::prelude::*;
use leptos::task::spawn_local;

use crate::bundle::Extract;
use crate::model::{RecordId, schema};
use crate::sorting::Sorting;
use crate::ui::components::button::TextButton;
use crate::ui::session::{Session, use_session};

/// 一个人的岗位与职责: the person, and the file.
#[component]
pub fn OnePerson() -> impl IntoView {
    let session = use_session();
    let chosen = RwSignal::new(String::new());
    let people = move || {
        let people = session.watch_all(|_| people(session));
        let option = |(id, name): (String, String)| view! { <option value=id>{name}</option> };
        people.into_iter().map(option).collect_view()
    };
    let send = move |()| match RecordId::parse(&chosen.get_untracked()) {
        Some(person) => session.send_extract(&person),
        None => session.toasts.failed("还没有选人。请先选是谁的岗位与职责；数据没有变化。"),
    };
    view! {
        <div class="setting">
            <h2>"只发一部分：一个人的岗位与职责"</h2>
            <p>
                "只带这个人的岗位、任职、职责，和它们牵涉到的机构、村、网格、窗口、办事事项；别人只有姓名，不带手机等内部信息。"
                "对方单独打开，改完导出，再合并回这里。"
            </p>
            <div class="choices">
                <label class="field">
                    <span class="field-label">"谁的"</span>
                    <select class="input" id="extract-person" on:change=move |event| chosen.set(event_target_value(&event))>
                        <option value="">"请选一个人"</option>
                        {people}
                    </select>
                </label>
            </div>
            <div class="choices">
                <TextButton class="button" label="导出提取件" act=send/>
            </div>
        </div>
    }
}

/// Everybody who is there today: id and name, those of one name told apart by where they sit.
fn people(session: Session) -> Vec<(String, String)> {
    let Some(kind) = schema().kind("person") else { return Vec::new() };
    let day = session.day.get_untracked();
    session.read(|fold| {
        let township = fold.township();
        let unit = schema().kinds[kind].field("unit");
        let rows = township.table(kind).rows().filter(|row| row.holds_on(day));
        let named = rows.map(|row| {
            let at = unit.and_then(|field| row.cells[field].as_str());
            let at = at.map(|unit| ["（", &township.title_of("unit", unit), "）"].concat());
            (row.id.to_string(), township.title(kind, row) + &at.unwrap_or_default())
        });
        let mut people: Vec<(String, String)> = named.collect();
        people.arrange(|a, b| a.1.cmp(&b.1));
        people
    })
}

/// What a file is that was brought where bundles are: to be opened by itself, or the newer one of this.
#[component]
pub fn ExtractOffer(extract: Arc<Extract>) -> impl IntoView {
    let session = use_session();
    let here = session.base().and_then(|open| Some((open.township.clone(), open.extract()?)));
    let newer = here.is_some_and(|(township, of)| extract.is_of(&township, &of));
    let facts = format!(
        "{}在“{}”的提取件，{} 条记录，{}",
        extract.of.name,
        extract.name,
        extract.count(),
        extract.of.when()
    );
    let act = move |()| {
        let extract = extract.clone();
        spawn_local(async move {
            // Why it was not done is told already.
            if newer {
                let _ = session.renew_extract(&extract).await;
            } else {
                let _ = session.open_extract((*extract).clone()).await;
            }
        });
    };
    let (words, label) = match newer {
        true => ("。换上以后，自己的改动还在上面。", "换上这一份"),
        false => ("。它自成一份，不并进现在打开的这一份。", "单独打开"),
    };
    view! {
        <div class="plan extract-offer">
            <p>{facts} {words}</p>
            <TextButton class="button" label=label act=act/>
        </div>
    }
}
