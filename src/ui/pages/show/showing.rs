//! One page of the deck on the whole screen: keys of a clicker, a black screen, the speaker's clock and notes. Where one
//! is stands in the address, so that a reload goes on at the same page.

use std::cell::Cell;

use crate::model::kinds::slide::Slide;
use crate::route::Route;
use crate::ui::components::button::TextButton;
use crate::ui::prelude::*;
use crate::ui::session::{Mode, Session, use_session};
use crate::web::frame;
use crate::web::full_screen;
use crate::web::world::clock_words;
use leptos::task::spawn_local;

use super::deck::heading;
use super::pages;
use super::slides::content;

/// Where one is, and what is laid over it.
#[derive(Clone, Copy)]
struct Room {
    session: Session,
    at: usize,
    names: bool,
    black: RwSignal<bool>,
    notes: RwSignal<bool>,
}

pub fn showing((at, names): (usize, bool)) -> AnyView {
    let session = use_session();
    project(session);
    let black = RwSignal::new(false);
    let room = Room { session, at, names, black, notes: RwSignal::new(notes_were_open()) };
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        if room.press(&event.key()) {
            event.prevent_default();
        }
    });
    // Esc in full screen is the browser's: it ends the show all the same.
    let left = full_screen::when_left(move || room.leave());
    // Given back with the view.
    StoredValue::new_local(left);
    on_cleanup(move || keys.remove());
    view! {
        <section class="show" aria-label="演示">
            {move || {
                let slides = pages(session);
                let at = room.place(slides.len());
                match slides.get(at) {
                    Some(slide) => shown(room, slide, at, slides.len()),
                    None => ().into_any(),
                }
            }}
            <Show when=move || black.get()><div class="show-black" on:click=move |_| black.set(false)></div></Show>
        </section>
    }
}

/// Type and colours of a wall, and those of before when the show is over.
fn project(session: Session) {
    if BEFORE.get().is_none() {
        BEFORE.set(Some(session.mode.get_untracked()));
        set_mode(session, Mode::Projector);
    }
    on_cleanup(move || {
        // From page to page the room stays as it is.
        if matches!(session.route.get_untracked(), Route::Show { page: Some(_), .. }) {
            return;
        }
        BEGAN.set(None);
        if let Some(before) = BEFORE.take() {
            set_mode(session, before);
        }
    });
}

/// Once the page before is gone: what of it follows the mode must not be woken while it is taken down.
fn set_mode(session: Session, mode: Mode) {
    spawn_local(async move {
        frame::breathe().await;
        session.mode.set(mode);
    });
}

thread_local! {
    /// The mode the show was begun in.
    static BEFORE: Cell<Option<Mode>> = const { Cell::new(None) };
    /// When the show began.
    static BEGAN: Cell<Option<f64>> = const { Cell::new(None) };
    /// Whether notes are open, from page to page.
    static NOTES: Cell<bool> = const { Cell::new(false) };
}

fn notes_were_open() -> bool {
    NOTES.get()
}

impl Room {
    /// Where one is among so many pages, from 0.
    fn place(self, count: usize) -> usize {
        self.at.clamp(1, count.max(1)) - 1
    }

    fn turn(self, by: isize) {
        let count = untrack(|| pages(self.session).len());
        let to = self.place(count).saturating_add_signed(by).min(count.saturating_sub(1));
        self.to(to + 1);
    }

    fn to(self, page: usize) {
        self.black.set(false);
        if page != self.at {
            self.session.go(&Route::Show { page: Some(page), names: self.names });
        }
    }

    fn leave(self) {
        full_screen::leave();
        self.session.go(&Route::Show { page: None, names: false });
    }

    fn show_names(self) {
        self.session.go(&Route::Show { page: Some(self.at), names: !self.names });
    }

    /// Whether the key is one of a clicker or of ours.
    fn press(self, key: &str) -> bool {
        match key {
            "PageDown" | "ArrowRight" | "ArrowDown" | " " | "Enter" => self.turn(1),
            "PageUp" | "ArrowLeft" | "ArrowUp" | "Backspace" => self.turn(-1),
            "Home" => self.to(1),
            "End" => self.to(untrack(|| pages(self.session).len())),
            "b" | "B" | "." | "w" | "W" => self.black.update(|on| *on = !*on),
            "n" | "N" => {
                self.notes.update(|on| *on = !*on);
                NOTES.set(self.notes.get_untracked());
            }
            "f" | "F" => full_screen::fill(),
            "Escape" => self.leave(),
            _ => return false,
        }
        true
    }
}

fn shown(room: Room, slide: &Slide, at: usize, count: usize) -> AnyView {
    let session = room.session;
    let notes = slide.note.to_string();
    let title = heading(session, slide);
    let is_heading = super::slides::is_heading(slide);
    let names = if room.names { "不显示姓名" } else { "显示姓名" };
    view! {
        <div class="show-page" class:show-page-heading=is_heading>
            <h1 class="show-title">{title}</h1>
            <div class="show-body">{content(session, slide, room.names)}</div>
        </div>
        <Show when=move || room.notes.get()>
            <p class="show-notes">{if notes.is_empty() { "这一页没有讲稿。".to_string() } else { notes.clone() }}</p>
        </Show>
        <footer class="show-foot">
            <span class="show-town">{session.township_name()}</span>
            <span class="show-clock"><Clock/></span>
            <span class="show-acts">
                <TextButton class="button button-small button-quiet" label=names act=move |()| room.show_names()/>
                <TextButton class="button button-small button-quiet" label="黑屏" act=move |()| room.black.set(true)/>
                <TextButton class="button button-small button-quiet" label="退出" act=move |()| room.leave()/>
                <button class="button button-small button-quiet" aria-label="上一页" disabled=at == 0 on:click=move |_| room.turn(-1)>"‹"</button>
                <span class="show-at">{at + 1} " / " {count}</span>
                <button class="button button-small button-quiet" aria-label="下一页" disabled={at + 1 == count} on:click=move |_| room.turn(1)>"›"</button>
            </span>
        </footer>
    }
    .into_any()
}

/// `10:24 · 已讲 12 分钟`: the time, and how long the show has been going on.
#[component]
fn Clock() -> impl IntoView {
    const MINUTE: f64 = 60_000.0;
    let now = RwSignal::new(frame::now());
    let began = BEGAN.get().unwrap_or_else(frame::now);
    BEGAN.set(Some(began));
    let tick = gloo::timers::callback::Interval::new(5_000, move || {
        let _ = now.try_set(frame::now());
    });
    StoredValue::new_local(tick);
    move || {
        let minutes = ((now.get() - began) / MINUTE).floor().max(0.0);
        format!("{} · 已讲 {minutes} 分钟", clock_words())
    }
}
