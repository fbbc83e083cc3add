//! The way out of a kiosk: a corner nobody presses by chance, then a code. Without a code, the button must be pressed twice.

use crate::ui::prelude::*;

use super::Kiosk;
use crate::kiosk::{TRIES, Taps};
use crate::ui::components::dialog::{Dialog, Shape};
use crate::web::{frame, full_screen};

/// The mark in the corner: five quick taps ask for the code.
#[component]
pub(super) fn Corner(kiosk: Kiosk) -> impl IntoView {
    let taps = StoredValue::new(Taps::default());
    let tap = move |_| {
        if taps.try_update_value(|taps| taps.tap(frame::now())) == Some(true) {
            kiosk.leaving.set(true);
        }
    };
    view! { <button class="kiosk-corner" tabindex="-1" aria-hidden="true" on:click=tap></button> }
}

fn leave(kiosk: Kiosk) {
    full_screen::leave();
    kiosk.session.leave_kiosk();
}

#[component]
pub(super) fn Exit(kiosk: Kiosk) -> impl IntoView {
    let close = move |()| kiosk.leaving.set(false);
    view! {
        <Dialog title="离开查询机" shape=Shape::Question close=close>
            {match kiosk.session.kiosk_code() {
                Some(_) => view! { <Pad kiosk=kiosk/> },
                None => view! { <Twice kiosk=kiosk/> },
            }}
        </Dialog>
    }
}

/// Figures to press.
#[component]
fn Pad(kiosk: Kiosk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(0_u32);
    let key = move |figure: char| {
        let press = move |_| typed.update(|typed| typed.push(figure));
        view! { <button class="key" type="button" on:click=press>{figure.to_string()}</button> }
    };
    let enter = move |_| {
        let opens =
            kiosk.session.kiosk_code().is_some_and(|code| code.opens(&typed.get_untracked()));
        typed.set(String::new());
        if opens {
            return leave(kiosk);
        }
        wrong.update(|wrong| *wrong += 1);
        if wrong.get_untracked() >= TRIES {
            kiosk.leaving.set(false);
        }
    };
    view! {
        <div class="dialog-body">
            <p role="status">{move || match wrong.get() {
                0 => "工作人员请按退出码。",
                _ => "退出码不对，请再按一次。",
            }}</p>
            <p class="pad-typed" aria-label="已按的位数">{move || typed.with(|typed| "●".repeat(typed.chars().count()))}</p>
            <div class="pad">{"123456789".chars().map(key).collect_view()}
                <button class="key" type="button" on:click=move |_| typed.set(String::new())>"清空"</button>
                {key('0')}
                <button class="key key-main" type="button" on:click=enter>"离开"</button>
            </div>
        </div>
    }
}

#[component]
fn Twice(kiosk: Kiosk) -> impl IntoView {
    let sure = RwSignal::new(false);
    let press = move |_| match sure.get_untracked() {
        true => leave(kiosk),
        false => sure.set(true),
    };
    view! {
        <div class="dialog-body"><p>"还没有设退出码，谁都能离开。请在“设置 · 查询机”里设一个。"</p></div>
        <div class="dialog-foot">
            <button class="button button-main" type="button" on:click=press>
                {move || if sure.get() { "再按一次就离开" } else { "离开查询机" }}
            </button>
        </div>
    }
}
