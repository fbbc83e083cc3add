//! Several things decided on at once with one reason: ticked, a reason typed, and so it is written down for each.

use rustc_hash::FxHashSet;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

/// One thing to decide on.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Line {
    pub id: String,
    pub main: String,
    /// What it is and where, each with its link where it has one.
    pub side: Vec<(String, Option<String>)>,
}

#[component]
pub fn Deciding(
    /// What there is; nothing is shown where it is empty.
    #[prop(into)]
    lines: Signal<Vec<Line>>,
    /// What the reason may be.
    hint: &'static str,
    verb: &'static str,
    /// Hears the ids and the reason.
    decide: Callback<(Vec<String>, String)>,
) -> impl IntoView {
    let ticked = RwSignal::new(FxHashSet::<String>::default());
    let why = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<&'static str>);
    let chosen = move || {
        let all = lines.get();
        ticked.with(|ticked| {
            all.into_iter().map(|line| line.id).filter(|id| ticked.contains(id)).collect::<Vec<_>>()
        })
    };
    let all = move |event| {
        let on = event_target_checked(&event);
        let ids = lines.get_untracked().into_iter().map(|line| line.id);
        ticked.set(if on { ids.collect() } else { FxHashSet::default() });
    };
    let press = move |()| {
        let ids = untrack(chosen);
        let reason = why.get_untracked().trim().to_string();
        problem.set(match (ids.is_empty(), reason.is_empty()) {
            (true, _) => Some("请先勾选。"),
            (_, true) => Some("请写上理由，以后查得到为什么。"),
            _ => None,
        });
        if problem.get_untracked().is_none() {
            ticked.set(FxHashSet::default());
            decide.run((ids, reason));
        }
    };
    let line = move |line: Line| {
        let id = StoredValue::new(line.id);
        let tick = move |event| {
            let on = event_target_checked(&event);
            ticked.update(|ticked| match on {
                true => drop(ticked.insert(id.get_value())),
                false => drop(ticked.remove(&id.get_value())),
            });
        };
        let side = line.side.into_iter().map(|(words, href)| match href {
            Some(href) => view! { <a href=href>{words}</a> }.into_any(),
            None => view! { <span>{words}</span> }.into_any(),
        });
        view! {
            <li class="publish-line">
                <label class="check">
                    <input type="checkbox" prop:checked=move || ticked.with(|ticked| ticked.contains(&id.get_value())) on:change=tick/>
                    <span>{line.main}</span>
                </label>
                <span class="publish-side">{side.collect_view()}</span>
            </li>
        }
    };
    view! {
        <Show when=move || !lines.with(Vec::is_empty)>
            <div class="publish-deciding">
                <label class="check publish-all">
                    <input
                        type="checkbox"
                        prop:checked=move || chosen().len() == lines.with(Vec::len)
                        on:change=all
                    />
                    <span>"全选（" {move || lines.with(Vec::len)} "）"</span>
                </label>
                <ul class="publish-lines">
                    <For each=move || lines.get() key=Line::clone let:one>{line(one)}</For>
                </ul>
                <div class="publish-why">
                    <label class="field">
                        <span class="field-label">"理由"</span>
                        <input
                            class="input"
                            placeholder=hint
                            prop:value=why
                            on:input=move |event| why.set(event_target_value(&event))
                        />
                    </label>
                    <TextButton class="button" label=verb act=press/>
                </div>
                {move || problem.get().map(|said| view! { <p class="field-problem" role="alert">{said}</p> })}
            </div>
        </Show>
    }
}
