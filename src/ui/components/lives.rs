//! 人生大事: the events of a life that lead to matters, and the list behind each. What is listed is looked up, nothing else.

use crate::model::kinds::Matter;
use crate::rules::Links;
use crate::sorting::Sorting;
use crate::ui::components::looking::{Listing, Looking};
use crate::ui::prelude::*;

/// Life events in the order of life, each with its matters, those asked for often first.
pub fn lives(links: &Links) -> Vec<Listing> {
    let mut lives: Vec<Listing> = Vec::new();
    let (often, seldom): (Vec<&Matter>, Vec<&Matter>) =
        links.matters.all().iter().partition(|matter| matter.common);
    for matter in often.into_iter().chain(seldom) {
        for life in &matter.life {
            match lives.iter_mut().find(|listing| *listing.title == **life) {
                Some(listing) => listing.names.push(matter.name.to_string()),
                None => {
                    let names = vec![matter.name.to_string()];
                    lives.push(Listing { title: life.to_string(), names });
                }
            }
        }
    }
    lives.arrange_by(|listing| {
        let known = LIVES.iter().position(|life| *life == listing.title);
        (known.unwrap_or(LIVES.len()), listing.title.clone())
    });
    lives
}

/// 人生大事 as they come.
const LIVES: &[&str] = &[
    "出生",
    "上学",
    "当兵",
    "就业",
    "结婚",
    "建房",
    "做生意",
    "种地养殖",
    "困难救助",
    "残疾",
    "看病",
    "养老",
    "丧葬",
];

/// A list that leads in, as buttons.
#[component]
fn ListingLines(looking: Looking, listing: Listing) -> impl IntoView {
    let line = move |name: String| {
        let words = name.clone();
        view! { <li><button class="listing-line" on:click=move |_| looking.type_in(words.clone())>{name}</button></li> }
    };
    view! {
        <section class="listing">
            <h2 class="listing-title">{listing.title.clone()}</h2>
            <ul class="listing-lines">{listing.names.into_iter().map(line).collect_view()}</ul>
        </section>
    }
}

/// The list that was chosen.
pub fn lines() -> AnyView {
    let looking = expect_context::<Looking>();
    view! { {move || looking.listing.get().map(|listing| view! { <ListingLines looking=looking listing=listing/> })} }
}

/// The events to choose from, under their heading.
pub fn chips() -> AnyView {
    let looking = expect_context::<Looking>();
    let chip = move |listing: Listing| {
        let title = listing.title.clone();
        view! {
            <button class="chip find-chip" on:click=move |_| looking.listing.set(Some(listing.clone()))>{title}</button>
        }
    };
    view! {
        {move || {
            let lives = lives(&looking.session.links());
            (!lives.is_empty()).then(|| view! {
                <h2 class="find-subtitle">"人生大事"</h2>
                <div class="find-chips">{lives.into_iter().map(chip).collect_view()}</div>
            })
        }}
    }
}
