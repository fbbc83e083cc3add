//! What a kiosk begins with: windows, events of a life, matters people often come for.

use crate::ui::prelude::*;

use super::Kiosk;
use crate::ui::components::lives::lives;
use crate::ui::components::looking::{Listing, common, windows};

/// Windows shown as tiles.
const WINDOWS: usize = 12;
/// Everyday words.
const COMMON: usize = 18;

#[component]
pub(super) fn Start(kiosk: Kiosk) -> impl IntoView {
    let (session, looking) = (kiosk.session, kiosk.looking);
    let ask = move |words: String| {
        kiosk.keys.set(false);
        looking.type_in(words);
    };
    let window = move |(no, name): (Option<i64>, String)| {
        let words = name.clone();
        view! {
            <button class="tile" on:click=move |_| ask(words.clone())>
                <b class="tile-no number">{no}</b>
                <span class="tile-name">{name}</span>
            </button>
        }
    };
    let life = move |listing: Listing| {
        let title = listing.title.clone();
        view! {
            <button class="tile tile-life" on:click=move |_| {
                kiosk.keys.set(false);
                looking.listing.set(Some(listing.clone()));
            }>{title}</button>
        }
    };
    let chip = move |word: String| {
        let words = word.clone();
        view! { <button class="chip find-chip" on:click=move |_| ask(words.clone())>{word}</button> }
    };
    view! {
        {move || {
            let links = session.links();
            let (windows, lives, common) = (windows(&links), lives(&links), common(&links, COMMON));
            let nothing = windows.is_empty() && lives.is_empty() && common.is_empty();
            let part = |title: &'static str, class: &'static str, body: Vec<AnyView>| {
                (!body.is_empty()).then(|| view! {
                    <section class="kiosk-part">
                        <h2 class="find-subtitle">{title}</h2>
                        <div class=class>{body}</div>
                    </section>
                })
            };
            view! {
                {part("常办的事", "find-chips", common.into_iter().map(chip).collect())}
                {part("人生大事", "tiles tiles-life", lives.into_iter().map(life).collect())}
                {part("按窗口找", "tiles", windows.into_iter().take(WINDOWS).map(window).collect())}
                {nothing.then(|| view! { <div class="empty"><p>"这里还没有可以查的内容，请到服务台问工作人员。"</p></div> })}
            }
        }}
    }
}
