//! The demonstration township inside the packed file. The loader unpacks it; this only asks.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The sample bundle's text; `None` in a file packed without it.
pub async fn text() -> Option<String> {
    let window = web_sys::window()?;
    let unpack = js_sys::Reflect::get(&window, &JsValue::from_str("gangtuSample")).ok()?;
    let promise = unpack.dyn_into::<js_sys::Function>().ok()?.call0(&window).ok()?;
    let text = JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?).await.ok()?;
    text.as_string()
}
