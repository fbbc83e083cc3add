//! 查询记录: what nothing answered, to be made into everyday words; what people open; how many came. Counts nothing itself:
//! `ui::asking` does.

use crate::ui::prelude::*;

use crate::answer::Answer;
use crate::answer::entries::record_of;
use crate::asked::Missed;
use crate::journal::Draft;
use crate::model::kinds::{AskDay, Matter};
use crate::model::value::day_words;
use crate::model::{Date, Record, RecordId, Text, Value, schema};
use crate::route::Route;
use crate::ui::asking::Asking;
use crate::ui::components::button::TextButton;
use crate::ui::finder::Finder;
use crate::ui::session::{Session, use_session};
use crate::web::world::today;

/// Days and opened answers shown.
const DAYS: usize = 31;
const OPENED: usize = 20;
/// Matters offered for a question.
const OFFERED: usize = 5;

pub fn page() -> AnyView {
    let session = use_session();
    let asking = expect_context::<Asking>();
    let missed =
        memo(move || asking.with(|asked| asked.missed().into_iter().cloned().collect::<Vec<_>>()));
    let keeps = session.base().is_some_and(|open| open.remembers());
    view! {
        <section class="sheet asked">
            <h1>"查询记录"</h1>
            <p class="sheet-note">
                "这台电脑上的查询：问了多少、什么没找到。不记是谁问的，像电话、证件号的字不记。"
            </p>
            {(!keeps).then(|| view! { <p class="notice">"示范镇和来宾模式的查询记录只在这个窗口里，关掉就没有了。"</p> })}
            <h2>"没找到的问法"</h2>
            <p class="sheet-note">"大家这么说，却查不到。指给它一个事项，这句话就成了那个事项的日常叫法，下次就能查到。"</p>
            <Show
                when=move || missed.with(|missed| !missed.is_empty())
                fallback=|| view! { <div class="empty"><p>"还没有查不到的问法。"</p></div> }
            >
                <ul class="asked-list">
                    <For each=move || missed.get() key=|one: &Missed| (one.words.clone(), one.times) let:one>
                        <MissedLine missed=one/>
                    </For>
                </ul>
            </Show>
            <Opened/>
            <Days/>
        </section>
    }
}

/// One question: which matter it means, or nothing.
#[component]
fn MissedLine(missed: Missed) -> impl IntoView {
    let session = use_session();
    let (asking, finder) = (expect_context::<Asking>(), expect_context::<Finder>());
    let open = RwSignal::new(false);
    let typed = RwSignal::new(String::new());
    let words = StoredValue::new(missed.words.clone());
    let offered = memo_untested(move || {
        let typed = typed.get();
        let matters = |answer: &Answer| schema().kinds[answer.kind].spec.id == Matter::ID;
        let found = finder.find(typed.trim(), 4 * OFFERED).unwrap_or_default();
        found.into_iter().filter(matters).take(OFFERED).collect::<Vec<_>>()
    });
    let forget = move || asking.change(|asked| asked.forget(&words.get_value()));
    let choose = move |id: RecordId| {
        add_term(session, &id, &words.get_value());
        forget();
    };
    let line = move |answer: Answer| {
        let id = answer.id.clone();
        view! {
            <li><button class="listing-line" on:click=move |_| choose(id.clone())>{answer.title}</button></li>
        }
    };
    view! {
        <li class="asked-line">
            <div class="asked-head">
                <b class="asked-words">{missed.words.clone()}</b>
                <span class="quiet">{missed.times} " 次，最近 " {day_words(missed.last)}</span>
                <Show when=move || !session.only_looks()>
                    <button class="button button-small" aria-expanded=move || open.get().to_string() on:click=move |_| open.update(|open| *open = !*open)>
                        "说的是哪件事"
                    </button>
                </Show>
                <TextButton class="button button-small button-quiet" label="不用管" act=move |()| forget()/>
            </div>
            <Show when=move || open.get()>
                <div class="asked-choose">
                    <input
                        class="input"
                        type="search"
                        placeholder="输入事项名称、叫法或拼音"
                        aria-label="说的是哪个事项"
                        prop:value=typed
                        on:input=move |event| typed.set(event_target_value(&event))
                    />
                    <ul class="listing-lines">{move || offered.get().into_iter().map(line).collect_view()}</ul>
                </div>
            </Show>
        </li>
    }
}

/// The question becomes an everyday word of a matter.
fn add_term(session: Session, id: &RecordId, words: &str) {
    let links = session.links();
    let Some(matter) = links.matters.get(id.as_str()) else { return };
    let mut terms = matter.terms.clone();
    terms.push(words.into());
    let mut draft = Draft::new(&format!("“{words}”记为“{}”的日常叫法", matter.name));
    draft.set_named(Matter::ID, id, "terms", Value::Set(terms.as_slice().into()));
    session.commit(draft);
}

/// What people open, which comes first for them the next time.
#[component]
fn Opened() -> impl IntoView {
    let session = use_session();
    let asking = expect_context::<Asking>();
    let list = move || {
        let opened = asking.with(|asked| {
            asked
                .opened()
                .into_iter()
                .take(OPENED)
                .map(|(id, times)| (id.to_string(), times))
                .collect::<Vec<_>>()
        });
        session.watch_all(|township| {
            let title = |id: &str| {
                let (kind, record) = record_of(id)?;
                let title = township.title_of(schema().kinds[kind].spec.id, record.as_str());
                Some((title, Route::Record { kind, id: record }.href()))
            };
            opened
                .into_iter()
                .filter_map(|(id, times)| title(&id).map(|(title, href)| (title, href, times)))
                .collect::<Vec<_>>()
        })
    };
    view! {
        <h2>"大家点开最多的"</h2>
        <p class="sheet-note">"同样的问法，点开过两次以上的会排在前面。"</p>
        <Show when=move || !list().is_empty() fallback=|| view! { <div class="empty"><p>"还没有点开过的答案。"</p></div> }>
            <table class="plain-table asked-opened">
                <tbody>{move || list().into_iter().map(|(title, href, times)| view! {
                    <tr><td><a href=href>{title}</a></td><td class="number">{times} " 次"</td></tr>
                }).collect_view()}</tbody>
            </table>
            <TextButton class="button button-small" label="清除排序记忆" act=move |()| asking.change(crate::asked::Asked::forget_order)/>
        </Show>
    }
}

/// How many came, by day; what goes into the township's records.
#[component]
fn Days() -> impl IntoView {
    let session = use_session();
    let asking = expect_context::<Asking>();
    let days = move || {
        asking.with(|asked| {
            asked
                .days
                .iter()
                .rev()
                .take(DAYS)
                .map(|(day, count)| (*day, *count))
                .collect::<Vec<_>>()
        })
    };
    let place = RwSignal::new(String::from("大厅查询机"));
    view! {
        <h2>"每天多少人查"</h2>
        <Show when=move || !days().is_empty() fallback=|| view! { <div class="empty"><p>"还没有人查过。"</p></div> }>
            <table class="plain-table">
                <thead><tr><th scope="col">"日期"</th><th scope="col">"人次"</th><th scope="col">"问了"</th><th scope="col">"没找到"</th></tr></thead>
                <tbody>{move || days().into_iter().map(|(day, count)| view! {
                    <tr><th scope="row">{day_words(day)}</th><td class="number">{count.visits}</td><td class="number">{count.asked}</td><td class="number">{count.missed}</td></tr>
                }).collect_view()}</tbody>
            </table>
            <Show when=move || !session.only_looks()>
                <div class="asked-record">
                    <p class="sheet-note">"记入台账后，人次和没找到的问法会跟着数据包一起导出；问法里没有个人信息，仍请先看一眼上面的清单。"</p>
                    <label class="field field-inline">
                        <span class="field-label">"查询点"</span>
                        <input class="input" prop:value=place on:input=move |event| place.set(event_target_value(&event))/>
                        <TextButton class="button" label="记入台账" act=move |()| record(session, asking, place.get_untracked().trim())/>
                    </label>
                </div>
            </Show>
        </Show>
    }
}

/// One record for each day and place; a day recorded before is brought up to date.
fn record(session: Session, asking: Asking, place: &str) {
    if place.is_empty() {
        return session.toasts.failed("请写明是哪个查询点，如 大厅查询机。");
    }
    let known: Vec<AskDay> = session.read(|fold| fold.township().on(today()).all());
    let before = |day: Date| known.iter().find(|one| *one.place == *place && one.day == Some(day));
    let mut draft = Draft::new("记入查询统计");
    asking.look(|asked| {
        for (day, count) in &asked.days {
            let missed = asked.missed().into_iter().filter(|one| one.last == *day);
            let mut words: Vec<Text> = missed.map(|one| one.words.as_str().into()).collect();
            words.extend(before(*day).into_iter().flat_map(|one| one.words.iter().cloned()));
            words.sort();
            words.dedup();
            draft.put(&AskDay {
                id: before(*day).map_or_else(|| session.fresh_id(), |one| one.id.clone()),
                place: place.into(),
                day: Some(*day),
                visits: Some(count.visits.into()),
                asked: Some(count.asked.into()),
                missed: Some(count.missed.into()),
                words,
                ..AskDay::default()
            });
        }
    });
    session.commit(draft);
}
