//! 看变化: since which day changes are marked, how many there are, and a slider over the days on which something
//! changed. Moves the page's day; compares nothing itself.

use leptos::task::spawn_local;

use crate::model::Date;
use crate::model::value::{day_words, parse_date};
use crate::moving::compared::{Became, Change};
use crate::ui::components::button::TextButton;
use crate::ui::components::date::DateInput;
use crate::ui::components::picture::carry::Since;
use crate::ui::prelude::*;
use crate::ui::session::{Session, use_session};
use crate::view::days::change_days;
use crate::web::frame;
use crate::web::world::today;

/// Milliseconds a day stands while the days are played.
const STAY: i32 = 1_100;

#[derive(Clone, Copy)]
struct Bar {
    session: Session,
    since: Since,
    typed: RwSignal<String>,
    problem: RwSignal<Option<String>>,
    playing: RwSignal<bool>,
}

/// The bar. Entered by its address: its code waits in the second part.
pub fn bar(since: Since) -> AnyView {
    let begin = since.day.get_untracked().unwrap_or_else(today);
    let bar = Bar {
        session: use_session(),
        since,
        typed: RwSignal::new(begin.to_string()),
        problem: RwSignal::new(None),
        playing: RwSignal::new(false),
    };
    effect(move || match parse_date(&bar.typed.get()) {
        Some(day) => bar.since.day.set(Some(day)),
        None => bar.problem.set(Some("请写一个日期，如 2026-1-1。".to_string())),
    });
    view! {
        <div class="since" role="group" aria-label="看变化">
            <label class="since-day">
                <span>"自"</span>
                <DateInput id="since-day".to_string() label="从哪一天起的变化" value=bar.typed problem=bar.problem left=|()| ()/>
            </label>
            {move || bar.problem.get().map(|said| view! { <p class="field-problem" id="since-day-problem" role="alert">{said}</p> })}
            <p class="since-said" role="status">{move || bar.said()}</p>
            <Days bar=bar/>
        </div>
    }
    .into_any()
}

/// The days on which something changed, to slide over or to be played.
#[component]
fn Days(bar: Bar) -> impl IntoView {
    let days = memo(move || bar.days());
    let at = move || {
        let now = bar.session.day.get();
        days.with(|days| days.iter().filter(|day| **day <= now).count())
    };
    let slide = move |event| {
        if let Ok(place) = event_target_value(&event).parse::<usize>() {
            bar.playing.set(false);
            bar.stand(&days.get_untracked(), place);
        }
    };
    let play = move |()| {
        if bar.playing.get_untracked() {
            return bar.playing.set(false);
        }
        bar.play(days.get_untracked());
    };
    view! {
        {move || {
            let count = days.with(Vec::len);
            (count > 0).then(|| view! {
                <div class="since-days">
                    <input
                        type="range"
                        min="0"
                        max=count.to_string()
                        step="1"
                        aria-label="变动的日子"
                        aria-valuetext=move || day_words(bar.session.day.get())
                        prop:value=move || at().to_string()
                        on:input=slide
                    />
                    <span class="since-now">{move || day_words(bar.session.day.get())}</span>
                    {move || {
                        let label = if bar.playing.get() { "停下" } else { "播放" };
                        view! { <TextButton class="button button-small" label=label act=play/> }
                    }}
                </div>
            })
        }}
    }
}

impl Bar {
    /// `新设 2、换人 5`, or that nothing has changed.
    fn said(self) -> String {
        let Some(compared) = self.since.changed.get() else { return String::new() };
        let kinds = [Became::New, Became::Ended, Became::Moved, Became::Seated, Became::Renamed];
        let count = |became: Became| {
            let of = |list: &[Change]| list.iter().filter(|change| change.became == became).count();
            (became, of(&compared.posts) + of(&compared.units))
        };
        let counted = kinds.map(count).into_iter().filter(|(_, count)| *count > 0);
        let said: Vec<String> =
            counted.map(|(became, count)| format!("{} {count}", became.label())).collect();
        match said.is_empty() {
            true => "没有变化".to_string(),
            false => said.join("、"),
        }
    }

    /// From the day it begins to today, or the day that is looked at where that is later.
    fn days(self) -> Vec<Date> {
        let Some(from) = self.since.day.get() else { return Vec::new() };
        let to = today().max(self.session.day.get());
        self.session.watch_all(|township| change_days(township, from, to))
    }

    /// Stands on the day before all changes, or on one of them.
    fn stand(self, days: &[Date], place: usize) {
        let from = self.since.day.get_untracked();
        let day = match place.checked_sub(1) {
            Some(place) => days.get(place).copied(),
            None => from,
        };
        if let Some(day) = day {
            self.session.day.set(day);
        }
    }

    fn play(self, days: Vec<Date>) {
        self.playing.set(true);
        spawn_local(async move {
            for place in 0..=days.len() {
                // Leaving the page or pressing 停下 ends it.
                if self.playing.try_get_untracked() != Some(true) {
                    return;
                }
                self.stand(&days, place);
                frame::sleep(STAY).await;
            }
            let _ = self.playing.try_set(false);
        });
    }
}
