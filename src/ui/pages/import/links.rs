//! Phrases of posts beside the duties they may mean, for a person to look over. Writes nothing.

use crate::ui::prelude::*;

use super::review::{Review, Sort};
use crate::exchange::link::{Hit, Verdict};
use crate::model::RecordId;

/// Phrases shown first, and how many more each time.
const FIRST: usize = 30;
const MORE: usize = 100;

/// Position of a post and of a phrase in it.
type Place = (usize, usize);

/// The name of a 机构.
pub type Names = Callback<RecordId, String>;

#[component]
pub fn LinkReview(review: Review, names: Names) -> impl IntoView {
    let counts = memo(move || review.counts());
    let asked = RwSignal::new(None::<Sort>);
    let first = memo(move || {
        review.loaded.track();
        let some = |sort: &Sort| sort.count(&counts.get_untracked()) > 0;
        Sort::ALL.into_iter().find(some).unwrap_or(Sort::Matched)
    });
    let sort = memo(move || asked.get().unwrap_or_else(|| first.get()));
    view! {
        <div class="choices import-sorts" role="group" aria-label="按结果看">
            {Sort::ALL.map(|own| view! {
                <button
                    class="button button-small"
                    aria-pressed=move || (sort.get() == own).to_string()
                    on:click=move |_| asked.set(Some(own))
                >
                    {own.label()} " " {move || own.count(&counts.get())}
                </button>
            })}
        </div>
        <p class="quiet">{move || sort.get().note()}</p>
        {move || {
            review.loaded.track();
            // As they were when the list was opened: a line that is chosen stays where it is.
            let places = review.places(sort.get());
            view! { <Phrases review=review places=places names=names/> }
        }}
    }
}

#[component]
fn Phrases(review: Review, places: Vec<Place>, names: Names) -> impl IntoView {
    let all = places.len();
    let most = RwSignal::new(FIRST);
    let shown = move || places.iter().take(most.get()).copied().collect::<Vec<_>>();
    view! {
        {(all == 0).then(|| view! { <p class="quiet import-none">"这一类没有。"</p> })}
        <ul class="import-phrases">
            <For each=shown key=|place| *place let:place>
                <PhraseLine review=review place=place names=names/>
            </For>
        </ul>
        <Show when=move || most.get() < all>
            <p class="import-more">
                {move || format!("共 {all} 处，显示前 {} 处。", most.get())}
                <button class="button button-small" on:click=move |_| most.update(|most| *most += MORE)>{format!("再看 {MORE} 处")}</button>
            </p>
        </Show>
    }
}

#[component]
fn PhraseLine(review: Review, place: Place, names: Names) -> impl IntoView {
    let known = review.post(place.0, |post| {
        let phrase = post.phrases.get(place.1);
        let text = phrase.map(|phrase| phrase.text.clone()).unwrap_or_default();
        (
            post.title.to_string(),
            post.unit.clone().map(|unit| names.run(unit)).unwrap_or_default(),
            text,
        )
    });
    let (title, unit, text) = known.unwrap_or_default();
    let candidates = match review.verdict(place) {
        Some(Verdict::Matched(hits) | Verdict::Unsure(hits)) => hits,
        _ => Vec::new(),
    };
    view! {
        <li class="import-phrase">
            <span class="import-post"><strong>{title}</strong> <small>{unit}</small></span>
            <span class="import-text">{text.clone()}</span>
            {if candidates.is_empty() {
                view! { <span class="faint">{
                    if review.verdict(place) == Some(Verdict::General) { "泛指，不作对应" } else { "没有相近的事项" }
                }</span> }.into_any()
            } else {
                view! { <Candidates review=review place=place candidates=candidates text=text/> }
            }}
        </li>
    }
}

/// The duties a phrase may mean, each on or off.
#[component]
fn Candidates(review: Review, place: Place, candidates: Vec<Hit>, text: String) -> impl IntoView {
    let all = StoredValue::new(candidates.clone());
    let taken = memo(move || {
        review.chosen.track();
        match review.verdict(place) {
            Some(Verdict::Matched(hits)) => hits.into_iter().map(|hit| hit.duty).collect(),
            _ => Vec::<RecordId>::new(),
        }
    });
    let none = move || {
        review.chosen.track();
        review.verdict(place) == Some(Verdict::Unmatched)
    };
    let toggle = move |duty: &RecordId| {
        let taken = taken.get_untracked();
        let wanted = |hit: &&Hit| taken.contains(&hit.duty) != (hit.duty == *duty);
        let hits = all.with_value(|all| all.iter().filter(wanted).cloned().collect());
        review.choose(place, hits);
    };
    let buttons = candidates.into_iter().map(|hit| {
        let (duty, own) = (hit.duty.clone(), hit.duty);
        let known = review.is_known(place.0, &duty);
        let role = match (known, hit.own_unit) {
            (true, _) => "已有",
            (_, true) => "主责",
            (_, false) => "协助",
        };
        view! {
            <button
                class="button button-small import-hit"
                disabled=known
                aria-pressed=move || taken.get().contains(&own).to_string()
                on:click=move |_| toggle(&duty)
            >
                {hit.name.to_string()}
                <small>{format!("{}% {} · {role}", hit.percent, hit.how.label())}</small>
            </button>
        }
    });
    view! {
        <div class="choices" role="group" aria-label=format!("“{text}”对应的事项")>
            {buttons.collect_view()}
            <button
                class="button button-small button-quiet"
                aria-pressed=move || none().to_string()
                on:click=move |_| review.choose(place, Vec::new())
            >
                "都不是"
            </button>
        </div>
    }
}
