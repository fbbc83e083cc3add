//! 查询机: the look-up for a machine in the hall, all of it by touch. Begins anew when whoever stood there has gone; only
//! staff lead out.

mod board;
mod exit;
mod start;

use crate::ui::prelude::*;
use gloo::timers::callback::Interval;
use leptos::ev::{self, MouseEvent};

use self::board::{Candidates, Keys};
use self::exit::{Corner, Exit};
use self::start::Start;
use crate::kiosk::{Presence, idle_seconds, presence};
use crate::ui::asking::Asking;
use crate::ui::components::icon::Icon;
use crate::ui::components::lives;
use crate::ui::components::looking::{Answers, LargeType, Looking};
use crate::ui::session::{Session, use_session};
use crate::web::{awake, frame, full_screen, leavings, speech};

/// Where the seconds are kept after which it begins anew.
pub const IDLE: &str = "kiosk-idle";

/// How often the page looks whether somebody is there, milliseconds.
const LOOK_MS: u32 = 500;

/// A kiosk at work. `Copy`: handles only.
#[derive(Clone, Copy)]
struct Kiosk {
    session: Session,
    looking: Looking,
    asking: Asking,
    /// The keyboard is up.
    keys: RwSignal<bool>,
    /// The question for the code is open.
    leaving: RwSignal<bool>,
    /// Seconds until it begins anew, while they are counted down.
    left: RwSignal<Option<u32>>,
    /// When somebody touched it last.
    touched: StoredValue<f64>,
}

impl Kiosk {
    fn begin() -> Kiosk {
        let session = use_session();
        Kiosk {
            session,
            looking: Looking::begin(String::new()),
            asking: expect_context::<Asking>(),
            keys: RwSignal::new(false),
            leaving: RwSignal::new(false),
            left: RwSignal::new(None),
            touched: StoredValue::new(frame::now()),
        }
    }

    /// Whether something is open that the next person must not find.
    fn is_used(self) -> bool {
        !self.looking.typed.with_untracked(String::is_empty)
            || self.looking.listing.with_untracked(Option::is_some)
            || self.keys.get_untracked()
            || self.leaving.get_untracked()
            || self.session.large.get_untracked()
    }

    fn touch(self) {
        self.touched.set_value(frame::now());
        if self.left.get_untracked().is_some() {
            self.left.set(None);
        }
        self.asking.begun();
    }

    fn look(self, idle: u32) {
        if !self.is_used() {
            return;
        }
        let left = match presence(frame::now() - self.touched.get_value(), idle) {
            Presence::Here => None,
            Presence::Leaving(left) => Some(left),
            Presence::Gone => return self.begin_anew(),
        };
        if self.left.get_untracked() != left {
            self.left.set(left);
        }
    }

    fn begin_anew(self) {
        self.to_start();
        self.leaving.set(false);
        self.left.set(None);
        self.session.large.set(false);
        self.asking.gone();
        self.session.toasts.list.update(Vec::clear);
    }

    /// Back to the start page; whoever is there stays.
    fn to_start(self) {
        speech::stop();
        self.looking.clear();
        self.keys.set(false);
        if let Ok(Some(body)) = document().query_selector(".kiosk-body") {
            body.set_scroll_top(0);
        }
    }

    fn is_start(self) -> bool {
        self.looking.is_blank() && self.looking.listing.with(Option::is_none)
    }

    /// Hears every touch and key, keeps the screen awake, and looks whether somebody is there.
    fn listen(self) {
        let idle = idle_seconds(leavings::get(IDLE).as_deref());
        let first = StoredValue::new(true);
        let down = window_event_listener(ev::pointerdown, move |_| {
            // A browser fills the screen and stays awake only for somebody's touch.
            if first.get_value() {
                first.set_value(false);
                full_screen::fill();
                awake::keep();
            }
            self.touch();
        });
        let press = window_event_listener(ev::keydown, move |_| self.touch());
        let wheel = window_event_listener(ev::wheel, move |_| self.touch());
        let drag = window_event_listener(ev::touchmove, move |_| self.touch());
        let looks = Interval::new(LOOK_MS, move || self.look(idle));
        let looks = StoredValue::new_local(Some(looks));
        on_cleanup(move || {
            down.remove();
            press.remove();
            wheel.remove();
            drag.remove();
            looks.set_value(None);
            awake::let_go();
        });
    }
}

pub fn page() -> AnyView {
    let kiosk = Kiosk::begin();
    provide_context(kiosk.looking);
    kiosk.listen();
    let (session, looking) = (kiosk.session, kiosk.looking);
    let no_menu = |event: MouseEvent| event.prevent_default();
    view! {
        <section class="kiosk" on:contextmenu=no_menu>
            <header class="kiosk-top">
                <Corner kiosk=kiosk/>
                <h1 class="kiosk-name">{move || { session.watch_all(|_| ()); session.township_name() + "便民查询" }}</h1>
                <Show when=move || !kiosk.is_start()>
                    <button class="button" on:click=move |_| kiosk.to_start()><Icon name="home"/>"回首页"</button>
                </Show>
                <LargeType/>
            </header>
            <Asked kiosk=kiosk/>
            <Show when=move || kiosk.keys.get()><Candidates kiosk=kiosk/></Show>
            <div class="kiosk-body">
                <Show when=move || kiosk.is_start()><Start kiosk=kiosk/></Show>
                <Show when=move || looking.is_blank()>{lives::lines()}</Show>
                <Answers looking=looking/>
            </div>
            <Show when=move || kiosk.keys.get()><Keys kiosk=kiosk/></Show>
            {move || kiosk.left.get().map(|left| view! {
                <div class="kiosk-left" role="alert">
                    <p class="kiosk-left-words">"您还在吗？" <b class="number">{left}</b> " 秒后回到首页"</p>
                    <button class="button button-main" on:click=move |_| kiosk.touch()>"我还在看"</button>
                </div>
            })}
            <Show when=move || kiosk.leaving.get()><Exit kiosk=kiosk/></Show>
        </section>
    }
}

/// What is asked: a place to see it, which brings the keyboard.
#[component]
fn Asked(kiosk: Kiosk) -> impl IntoView {
    let looking = kiosk.looking;
    view! {
        <div class="find-box kiosk-box" role="search">
            <Icon name="find"/>
            <input
                class="find-input"
                type="search"
                inputmode="none"
                autocomplete="off"
                spellcheck="false"
                placeholder="想办什么事？点这里"
                aria-label="要办的事，点拼音或首字母"
                prop:value=looking.typed
                on:click=move |_| kiosk.keys.set(true)
                on:focus=move |_| kiosk.keys.set(true)
                on:input=move |event| looking.type_in(event_target_value(&event))
            />
            <Show when=move || looking.typed.with(|typed| !typed.is_empty())>
                <button class="find-clear" aria-label="清空" on:click=move |_| looking.clear()><Icon name="close"/></button>
            </Show>
        </div>
    }
}
