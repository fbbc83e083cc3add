//! Keeps the screen from going dark, where the browser can. Where it cannot, nothing happens.

use std::cell::RefCell;

use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

thread_local! {
    static LOCK: RefCell<Option<JsValue>> = const { RefCell::new(None) };
}

fn call(on: &JsValue, name: &str, given: Option<&JsValue>) -> Option<Promise> {
    let call: Function = Reflect::get(on, &name.into()).ok()?.dyn_into().ok()?;
    let done = match given {
        Some(given) => call.call1(on, given),
        None => call.call0(on),
    };
    done.ok()?.dyn_into().ok()
}

/// From now on, until the page is left or hidden.
pub fn keep() {
    let asked = || {
        let navigator: JsValue = web_sys::window()?.navigator().into();
        let lock = Reflect::get(&navigator, &"wakeLock".into()).ok().filter(JsValue::is_object)?;
        call(&lock, "request", Some(&"screen".into()))
    };
    let Some(asked) = asked() else { return };
    spawn_local(async move {
        // Refused on a battery, or while the page is hidden: the screen goes dark as it would.
        if let Ok(lock) = JsFuture::from(asked).await {
            LOCK.replace(Some(lock));
        }
    });
}

pub fn let_go() {
    let Some(lock) = LOCK.take() else { return };
    if let Some(done) = call(&lock, "release", None) {
        spawn_local(async move {
            let _ = JsFuture::from(done).await;
        });
    }
}
