//! Keys of the whole page. Keys of one screen stay with it.

use crate::ui::prelude::*;
use leptos::ev::{self, KeyboardEvent};
use wasm_bindgen::JsCast;

use crate::route::Route;
use crate::ui::later::enter;
use crate::ui::session::Session;

/// Listens for as long as the page lives.
pub fn listen(session: Session) {
    let handle = window_event_listener(ev::keydown, move |event| {
        // Nothing but their own keys while something is shown to a room, or a resident stands before it.
        if matches!(session.route.get_untracked(), Route::Show { page: Some(_), .. } | Route::Kiosk)
        {
            return;
        }
        if press(session, &event) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether the key was one of ours.
fn press(session: Session, event: &KeyboardEvent) -> bool {
    let chord = event.ctrl_key() || event.meta_key();
    let key = event.key().to_ascii_lowercase();
    match (chord, event.shift_key(), key.as_str()) {
        (true, false, "k") => session.palette.update(|open| *open = !*open),
        (true, false, "s") => run(session, "export"),
        (true, false, "z") if !typing(event) => run(session, "undo"),
        (true, true, "z") | (true, false, "y") if !typing(event) => run(session, "redo"),
        (false, false, "/") if !typing(event) => run(session, "find"),
        _ => return false,
    }
    true
}

/// The list of commands waits in the second part.
fn run(session: Session, id: &'static str) {
    if session.shows_something() {
        enter(session.toasts, super::run_named, (session, id));
    }
}

/// In a text field the browser's own undo and letters come first.
fn typing(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|element| {
        matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
    })
}
