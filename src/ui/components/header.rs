//! The line at the top: which township, as of which day, is it saved, and the palette.

use super::date::DateInput;
use super::icon::Icon;
use super::lights::Lights;
use crate::model::value::parse_date;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Mode, use_session};
use crate::web::world::today;

#[component]
pub fn Header() -> impl IntoView {
    let session = use_session();
    let name = memo(move || {
        session.watch_all(|_| ());
        session.township_name()
    });
    let staff = move || !session.is_lookup();
    view! {
        <header class="header">
            <p class="header-name">{name}</p>
            <Show when=staff><HeaderDay/></Show>
            <span class="header-gap"></span>
            {move || (session.mode.get() != Mode::Desk).then(|| view! {
                <button class="button button-small" on:click=move |_| session.set_mode(Mode::Desk)>
                    {if session.mode.get() == Mode::Projector { "退出投影" } else { "退出查询显示" }}
                </button>
            })}
            <Show when=staff>
                <Show when=move || !session.only_looks()><Lights/></Show>
                <button
                    class="button button-quiet header-palette"
                    on:click=move |_| session.palette.set(true)
                    aria-keyshortcuts="Control+K"
                >
                    <Icon name="find"/>
                    <span>"查找与命令"</span>
                    <kbd>"Ctrl+K"</kbd>
                </button>
            </Show>
        </header>
    }
}

/// The day everything is shown as of.
#[component]
fn HeaderDay() -> impl IntoView {
    let session = use_session();
    let other_day = move || session.day.get() != today();
    let typed = RwSignal::new(String::new());
    effect(move || typed.set(session.day.get().to_string()));
    let left = move |()| session.day.update(|day| *day = parse_date(&typed.get()).unwrap_or(*day));
    view! {
        <label class="header-day" class:header-day-other=other_day>
            <span>"截至"</span>
            <DateInput id="day".to_string() label="截至哪一天" value=typed problem=RwSignal::new(None) left=left/>
        </label>
        <Show when=other_day>
            <TextButton class="button button-small" label="回到今天" act=move |()| session.day.set(today())/>
        </Show>
    }
}
