//! The address behind `#`, the only part of it a page from `file://` may change. Knows no routes:
//! what it is given is escaped already.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// The hash without `#`, as the browser has it.
pub fn current() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok());
    let hash = hash.unwrap_or_default();
    hash.strip_prefix('#').unwrap_or(&hash).to_string()
}

/// Goes to another hash, as a link would.
pub fn go(hash: &str) {
    if let Some(window) = web_sys::window() {
        let _ = window.location().set_hash(hash);
    }
}

/// Changes the hash without a step in the history: state of a view, not a place.
pub fn replace(hash: &str) {
    let history = web_sys::window().and_then(|window| window.history().ok());
    if let Some(history) = history {
        let _ = history.replace_state_with_url(
            &wasm_bindgen::JsValue::NULL,
            "",
            Some(&format!("#{hash}")),
        );
    }
}

/// Calls `heard` whenever the hash changes, for as long as the page lives.
pub fn listen(heard: impl Fn(String) + 'static) {
    let callback = Closure::<dyn Fn()>::new(move || heard(current()));
    if let Some(window) = web_sys::window() {
        let _ = window
            .add_event_listener_with_callback("hashchange", callback.as_ref().unchecked_ref());
    }
    callback.forget();
}
