//! What the packed file holds beside the program: the demonstration township and the table of
//! readings. The loader unpacks them; this only asks.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The sample bundle's text; `None` in a file packed without it.
pub async fn sample() -> Option<String> {
    let promise = asked("gangtuSample")?.dyn_into::<js_sys::Promise>().ok()?;
    JsFuture::from(promise).await.ok()?.as_string()
}

/// The table of readings for the look-up; `None` in a page that was not packed.
pub fn readings() -> Option<Vec<u8>> {
    Some(asked("gangtuReadings")?.dyn_into::<js_sys::Uint8Array>().ok()?.to_vec())
}

/// Brings the second part of the program in; whether all of it is there. So it is in a page packed in
/// one piece, whose loader knows of no second part.
pub async fn bring_later() -> bool {
    let Some(promise) = asked("gangtuLater") else { return true };
    match promise.dyn_into::<js_sys::Promise>() {
        Ok(promise) => JsFuture::from(promise).await.is_ok(),
        Err(_) => true,
    }
}

/// What a function of the loader gives.
fn asked(name: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let function = js_sys::Reflect::get(&window, &JsValue::from_str(name)).ok()?;
    function.dyn_into::<js_sys::Function>().ok()?.call0(&window).ok()
}
