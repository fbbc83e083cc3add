//! A file of division codes: the person picks the town. Nothing is guessed.

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::job::Job;
use crate::exchange::divisions::DivisionTown;
use crate::sorting::Sorting;

/// Towns shown at once; the filter finds the others.
const MOST: usize = 40;

#[component]
pub fn TownChoice(job: Job, name: String) -> impl IntoView {
    let query = RwSignal::new(String::new());
    let own = job.session.township_name();
    let found = move || {
        let query = query.get();
        job.towns.with_value(|towns| {
            let mut found: Vec<(bool, usize)> = towns
                .iter()
                .enumerate()
                .filter(|(_, town)| matches(town, query.trim()))
                .map(|(at, town)| (town.town != own, at))
                .collect();
            found.arrange(Ord::cmp);
            found
        })
    };
    view! {
        <h2 class="import-step">"哪一个是本镇？"</h2>
        <p class="quiet">{name} " 里有 " {job.towns.with_value(Vec::len)} " 个乡镇（街道）。选中后先看计划，再决定导不导。"</p>
        <label class="field import-filter">
            <span class="field-label">"按名称或代码找"</span>
            <input class="input" prop:value=query on:input=move |event| query.set(event_target_value(&event))/>
        </label>
        {move || {
            let found = found();
            let more = found.len().saturating_sub(MOST);
            view! {
                <ul class="import-towns">
                    {found.iter().take(MOST).map(|(other, at)| view! { <TownLine job=job at=*at own=!other/> }).collect_view()}
                </ul>
                {(more > 0).then(|| view! { <p class="quiet">"还有 " {more} " 个，请在上面输入名称。"</p> })}
                {found.is_empty().then(|| view! { <p class="quiet">"没有这个名称的乡镇。"</p> })}
            }
        }}
        <div class="choices">
            <TextButton class="button" label="不导入" act=move |()| job.next()/>
        </div>
    }
}

fn matches(town: &DivisionTown, query: &str) -> bool {
    [&town.town, &town.county, &town.code].iter().any(|text| text.contains(query))
}

#[component]
fn TownLine(job: Job, at: usize, own: bool) -> impl IntoView {
    let text = job.towns.with_value(|towns| {
        let town = &towns[at];
        (town.town.clone(), format!("{} · {} 个村（社区）", town.county, town.villages.len()))
    });
    view! {
        <li>
            <button class="import-town" on:click=move |_| job.pick_town(at)>
                <span><strong>{text.0}</strong> {own.then(|| view! { <span class="tag tag-well">"本镇"</span> })}</span>
                <small>{text.1}</small>
            </button>
        </li>
    }
}
