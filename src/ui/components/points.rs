//! 代办点 on a matter's card: where in the villages somebody goes for you. Says nothing where there are none.

use crate::answer::guide::{Point, points};
use crate::ui::components::phone::Phone;
use crate::ui::prelude::*;
use crate::ui::session::use_session;

pub fn card() -> AnyView {
    let session = use_session();
    let all = points(&session.links(), !session.is_lookup());
    (!all.is_empty()).then(|| view! { <Points points=all/> }).into_any()
}

/// Behind a line to open: a township has as many as villages.
#[component]
fn Points(points: Vec<Point>) -> impl IntoView {
    let heading = format!("村里有 {} 个代办点，代办员替您跑", points.len());
    let one = |point: Point| {
        let facts = [point.place, point.hours].into_iter().filter(|text| !text.is_empty());
        let facts = facts.collect::<Vec<_>>().join(" · ");
        view! {
            <li class="point">
                <span class="point-name">{point.name}</span>
                {point.agent.map(|name| view! { <span>"代办员 "{name}</span> })}
                <span class="point-facts">{facts}</span>
                {(!point.phone.is_empty()).then(|| view! { <Phone number=point.phone/> })}
            </li>
        }
    };
    view! {
        <details class="answer-section points">
            <summary>{heading}</summary>
            <ul class="point-list">{points.into_iter().map(one).collect_view()}</ul>
        </details>
    }
}
