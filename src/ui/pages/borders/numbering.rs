//! 网格编码: which codes cells would get, what stands in the way, and what a code says.

use crate::borders::codes::{Numbering, Part, parts};
use crate::rules::Links;
use crate::ui::prelude::*;
use crate::ui::session::use_session;

/// Codes shown before they are written.
const SHOWN: usize = 12;

#[component]
pub fn NumberingView() -> impl IntoView {
    let session = use_session();
    let anew = RwSignal::new(false);
    view! {
        <h2>"网格编码"</h2>
        <p class="quiet">
            "12 位村（社区）代码加 3 位网格号，从西到东、从北到南编；子网格、微网格各加 2 位，属地方自编。"
        </p>
        <label class="check">
            <input type="checkbox" prop:checked=anew on:change=move |event| anew.set(event_target_checked(&event))/>
            <span>"全部重新编号（不勾选时，编得对的保留，只补缺的、改错的）"</span>
        </label>
        {move || {
            let links = session.links();
            shown(&links, Numbering::of(&links, anew.get()))
        }}
    }
}

fn shown(links: &Links, numbering: Numbering) -> AnyView {
    let session = use_session();
    let count = numbering.coded.len();
    let problems = numbering.problems.iter().map(|problem| {
        view! { <li class="notice">{problem.to_string()}</li> }
    });
    let problems = problems.collect_view();
    let rows = numbering.coded.iter().take(SHOWN).map(|coded| {
        let before = if coded.before.is_empty() { "（空）".to_string() } else { coded.before.to_string() };
        view! { <tr><th scope="row">{coded.name.to_string()}</th><td>{before}</td><td>{coded.code.clone()}</td></tr> }
    });
    let rows = rows.collect_view();
    let example = numbering.coded.first().map(|coded| coded.code.clone());
    let example = example.or_else(|| links.cells.all().first().map(|cell| cell.code.to_string()));
    let example = example.map(|code| parts(&code)).filter(|parts| !parts.is_empty());
    let kept = numbering.kept;
    let write = move |_| session.commit(numbering.to_draft());
    view! {
        <ul>{problems}</ul>
        {match count {
            0 if kept > 0 => view! { <p>{format!("{kept} 个网格的编码都对，不用改。")}</p> }.into_any(),
            0 => ().into_any(),
            _ => view! {
                <table class="plain-table">
                    <thead><tr><th>"网格"</th><th>"现在"</th><th>"编成"</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
                {(count > SHOWN).then(|| view! { <p class="quiet">{format!("共 {count} 个，只列前 {SHOWN} 个。")}</p> })}
                <div class="choices">
                    <button class="button button-main" on:click=write>{format!("写入 {count} 个编码")}</button>
                    <span class="quiet">{format!("另有 {kept} 个不变。写入算一步，可以撤销。")}</span>
                </div>
            }
            .into_any(),
        }}
        {example.map(|parts| view! { <Example parts=parts/> })}
    }
    .into_any()
}

/// A code taken apart.
#[component]
fn Example(parts: Vec<Part>) -> impl IntoView {
    view! {
        <p class="quiet">"编码怎么读："</p>
        <dl class="facts borders-code">
            {parts.into_iter().map(|part| {
                let note = if part.note.is_empty() { String::new() } else { format!("（{}）", part.note) };
                view! { <div><dt>{part.means}</dt><dd>{part.digits} " " <small>{note}</small></dd></div> }
            }).collect_view()}
        </dl>
    }
}
