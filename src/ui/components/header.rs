//! The line at the top: which township, as of which day, is it saved, and the palette.

use chrono::Datelike;

use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;

use super::icon::Icon;
use super::lights::Lights;
use crate::model::value::{Date, parse_date};
use crate::ui::session::{Mode, use_session};
use crate::web::world::today;

/// 2026年11月22日
pub fn words(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

#[component]
pub fn Header() -> impl IntoView {
    let session = use_session();
    let name = memo(move || {
        session.watch_all(|_| ());
        session.township_name()
    });
    let other_day = move || session.day.get() != today();
    view! {
        <header class="header">
            <p class="header-name">{name}</p>
            <label class="header-day" class:header-day-other=other_day>
                <Icon name="calendar"/>
                <span>"截至"</span>
                // Browsers write a date in their own country's order; the words say it in ours.
                <b class="header-words" aria-hidden="true">{move || words(session.day.get())}</b>
                <input
                    type="date"
                    class="input header-date"
                    prop:value=move || session.day.get().to_string()
                    on:change=move |event| {
                        if let Some(day) = parse_date(&event_target_value(&event)) {
                            session.day.set(day);
                        }
                    }
                />
            </label>
            <Show when=other_day>
                <TextButton class="button button-small" label="回到今天" act=move |()| session.day.set(today())/>
            </Show>
            <span class="header-gap"></span>
            {move || (session.mode.get() != Mode::Desk).then(|| view! {
                <button class="button button-small" on:click=move |_| session.set_mode(Mode::Desk)>
                    {if session.mode.get() == Mode::Projector { "退出投影" } else { "退出查询显示" }}
                </button>
            })}
            <Lights/>
            <button
                class="button button-quiet header-palette"
                on:click=move |_| session.palette.set(true)
                aria-keyshortcuts="Control+K"
            >
                <Icon name="find"/>
                <span>"查找与命令"</span>
                <kbd>"Ctrl+K"</kbd>
            </button>
        </header>
    }
}
