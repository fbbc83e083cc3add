//! 上次打印, said where something is printed: when it was, which sheets say something else now, and what was done since. Keeps
//! it in this browser; works out nothing.

use crate::journal::action::signed;
use crate::route::Route;
use crate::ui::components::check::check;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::view::printed::{Did, LastPrint, Leaf};
use crate::web::leavings;
use crate::web::world::moment_words;

/// Actions that are named; the others are in 操作记录.
const NAMED: usize = 20;

fn key(session: Session, picture: &str) -> String {
    let links = untrack(|| session.links());
    let town = links.town.as_ref().map_or("", |town| town.id.as_str());
    ["printed:", town, ":", picture].concat()
}

/// Notes what is printed now.
pub fn note(session: Session, picture: &str, leaves: Vec<Leaf>) {
    let knows = session.read_now(|fold| fold.heads().knows());
    let last = LastPrint { at: js_sys::Date::now() as u64, knows, leaves };
    leavings::set(&key(session, picture), &last.to_text());
}

fn last(session: Session, picture: &str) -> Option<LastPrint> {
    LastPrint::read(&leavings::get(&key(session, picture))?)
}

/// Which sheets go to the printer: all of them, or only what has changed since the last time.
pub fn wanted(session: Session, picture: &str, now: &[Leaf], only: bool) -> Vec<bool> {
    let last = last(session, picture).filter(|last| only && is_partly(last, now));
    now.iter().map(|leaf| last.as_ref().is_none_or(|last| last.has_changed(leaf))).collect()
}

/// Whether some sheets have changed and others have not.
fn is_partly(last: &LastPrint, now: &[Leaf]) -> bool {
    let changed = now.iter().filter(|leaf| last.has_changed(leaf)).count();
    (1..now.len()).contains(&changed)
}

/// Nothing where it was never printed here. `only` is whether the printer gets just what has changed.
pub fn told(session: Session, picture: &str, now: &[Leaf], only: RwSignal<bool>) -> AnyView {
    let Some(last) = last(session, picture) else { return ().into_any() };
    let done = session.read_now(|fold| last.since(fold.heads()));
    let (changed, gone) = (last.changed(now), last.gone(now));
    let sheets = match (changed.len() + gone.len(), now.len()) {
        (0, _) => "印出来的内容没有变化。".to_string(),
        (_, 1) => "印出来的内容有变化。".to_string(),
        _ => {
            let part = |words: &str, names: &[&str]| match names {
                [] => String::new(),
                names => format!("{words}：{}。", names.join("、")),
            };
            [part("有变化的", &changed), part("不再有的", &gone)].concat()
        }
    };
    let count = done.len();
    let choice = is_partly(&last, now).then(|| {
        check("只打印有变化的，其余的墙上还能用", move || only.get(), move |on| only.set(on))
    });
    let line = |did: &Did| {
        let what = if did.what.is_empty() { "修改" } else { &did.what };
        let words = [&*moment_words(did.at), "　", signed(&did.by), "　", what].concat();
        view! { <li>{words}</li> }
    };
    let lines = done.iter().take(NAMED).map(line).collect_view();
    view! {
        <div class="last-print" role="status">
            <p class="field-hint">{format!("这台电脑上次打印：{}。{sheets}", moment_words(last.at))}</p>
            {choice}
            {(count > 0).then(|| view! {
                <details>
                    <summary>{format!("此后台账有 {count} 次改动")}</summary>
                    <ol class="last-print-list">{lines}</ol>
                    <a href=Route::Log.href()>"看全部操作记录"</a>
                </details>
            })}
        </div>
    }
    .into_any()
}
