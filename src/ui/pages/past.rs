//! 看某天的记录 (`#/past`): the moment chosen, and the days on which something was recorded. Folds
//! nothing itself: the session does, in slices.

use std::collections::BTreeMap;

use crate::ui::prelude::*;

use crate::journal::action::signed;
use crate::journal::stamp::millis;
use crate::model::Date;
use crate::model::value::{day_words, parse_date};
use crate::ui::components::button::TextButton;
use crate::ui::components::date::DateInput;
use crate::ui::components::looking_back::{Folding, LookingBack};
use crate::ui::session::{Session, use_session};
use crate::web::world::{day_of, end_of_day};

/// Days shown before the reader asks for more.
const A_PAGE: usize = 60;

/// A day on which something was recorded.
#[derive(Clone, PartialEq)]
struct DayLine {
    day: Date,
    count: usize,
    people: Vec<String>,
}

pub fn page() -> AnyView {
    let session = use_session();
    let back = LookingBack::begin();
    let typed = RwSignal::new(String::new());
    let problem = RwSignal::new(None::<String>);
    let shown = RwSignal::new(A_PAGE);
    let days = memo(move || {
        session.watch_all(|_| ());
        days(session)
    });
    let look = move || match parse_date(&typed.get_untracked()) {
        Some(day) => back.go(end_of_day(day)),
        None => problem.set(Some("请写一个日期，如 2026-6-15。".to_string())),
    };
    let line = move |line: DayLine| {
        let day = line.day;
        view! {
            <li class="list-line">
                <span class="past-day">{day_words(day)}</span>
                <span class="list-main quiet">{line.people.join("、")}</span>
                <span class="list-side">{line.count} " 次操作"</span>
                <TextButton class="button button-small" label="看这天结束时" act=move |()| back.go(end_of_day(day))/>
            </li>
        }
    };
    view! {
        <section class="sheet">
            <h1>"看某天的记录"</h1>
            <p class="sheet-note">
                "图、台账、查询、数字都换成那一刻记录的样子，只能看，不会改动数据，随时可以回到现在。"
                "页首的“截至”是另一回事：它问的是哪一天有效，这里问的是哪一天之前记下的。"
            </p>
            <div class="past-ask">
                <label class="field field-short">
                    <span class="field-label">"哪一天结束时"</span>
                    <DateInput id="past-day".to_string() label="哪一天结束时" value=typed problem=problem left=|()| ()/>
                </label>
                <TextButton class="button button-main" label="看这一天" act=move |()| look()/>
                <Show when=move || session.past.get().is_some()>
                    <TextButton class="button" label="回到现在" act=move |()| session.back_to_now()/>
                </Show>
            </div>
            {move || problem.get().map(|said| view! {
                <p class="field-problem" id="past-day-problem" role="alert">{said}</p>
            })}
            <Folding progress=back.progress words="正在翻回那一刻…"/>
            <h2>"有改动的日子"</h2>
            <Show when=move || days.with(Vec::is_empty)>
                <p class="quiet">"还没有任何操作记录。"</p>
            </Show>
            <ul class="list past-list">{move || days.get().into_iter().take(shown.get()).map(line).collect_view()}</ul>
            <Show when=move || days.with(|days| days.len() > shown.get())>
                <TextButton class="button" label="再看 60 天" act=move |()| shown.update(|shown| *shown += A_PAGE)/>
            </Show>
        </section>
    }
}

/// The days of all actions, latest first, by the computer's own calendar.
fn days(session: Session) -> Vec<DayLine> {
    let mut days: BTreeMap<u64, DayLine> = BTreeMap::new();
    session.read_now(|fold| {
        let (mut end, mut begin) = (0, 1);
        for (at, head) in fold.heads().iter().filter(|(_, head)| head.counter > 0) {
            let at = millis(fold.heads().order(at));
            // Asking the browser for the day is dear; most actions are of the day of the one before.
            if at > end || at < begin {
                (end, begin) = bounds(at);
            }
            let line = days.entry(end).or_insert_with(|| DayLine {
                day: day_of(at),
                count: 0,
                people: Vec::new(),
            });
            line.count += 1;
            let by = signed(&head.by);
            if line.people.len() < 8 && !line.people.iter().any(|known| known == by) {
                line.people.push(by.to_string());
            }
        }
    });
    days.into_values().rev().collect()
}

fn bounds(at: u64) -> (u64, u64) {
    let day = day_of(at);
    let before = day.pred_opt().map_or(0, end_of_day);
    (end_of_day(day), before + 1)
}
