//! The whole screen for the page, by the browser's leave. Where it is not given nothing happens.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

fn document() -> Option<web_sys::Document> {
    web_sys::window()?.document()
}

/// Fills the screen; only a click or a key may ask.
pub fn fill() {
    if let Some(root) = document().and_then(|document| document.document_element()) {
        let _ = root.request_fullscreen();
    }
}

pub fn leave() {
    if let Some(document) = document().filter(|document| document.fullscreen_element().is_some()) {
        document.exit_fullscreen();
    }
}

/// Listens for the screen being given back, until it is dropped.
pub struct Left(Closure<dyn FnMut()>);

const EVENT: &str = "fullscreenchange";

/// Calls back when the page no longer fills the screen.
pub fn when_left(told: impl Fn() + 'static) -> Left {
    let heard = Closure::<dyn FnMut()>::new(move || {
        if document().is_some_and(|document| document.fullscreen_element().is_none()) {
            told();
        }
    });
    if let Some(document) = document() {
        let _ = document.add_event_listener_with_callback(EVENT, heard.as_ref().unchecked_ref());
    }
    Left(heard)
}

impl Drop for Left {
    fn drop(&mut self) {
        if let Some(document) = document() {
            let heard = self.0.as_ref().unchecked_ref();
            let _ = document.remove_event_listener_with_callback(EVENT, heard);
        }
    }
}
