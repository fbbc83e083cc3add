//! What the packed file holds beside the program: the demonstration township, the table of readings, a
//! published township. The loader unpacks them; this only asks.

use wasm_bindgen::{JsCast, JsValue};

use crate::publishing::page::{DATA_BLOCKS, Program, SCRIPTS};

/// The block that makes a page one for residents.
const PUBLISHED: &str = "gangtu-public";
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

/// Whether this page was published: it has its township inside.
pub fn is_published() -> bool {
    element(PUBLISHED).is_some()
}

/// The text of a block of this page.
pub fn block(id: &str) -> Option<String> {
    element(id)?.text_content()
}

/// What of this page goes into a published one; `None` where it was packed in one piece.
pub fn program() -> Option<Program> {
    let style = web_sys::window()?.document()?.query_selector("head style").ok()??;
    let texts = |ids: &[&str]| ids.iter().map(|id| block(id)).collect::<Option<Vec<_>>>();
    let (data, scripts) = (texts(&DATA_BLOCKS)?, texts(&SCRIPTS)?);
    Some(Program { style: style.text_content()?, data, scripts })
}

fn element(id: &str) -> Option<web_sys::Element> {
    web_sys::window()?.document()?.get_element_by_id(id)
}

/// What a function of the loader gives.
fn asked(name: &str) -> Option<JsValue> {
    let window = web_sys::window()?;
    let function = js_sys::Reflect::get(&window, &JsValue::from_str(name)).ok()?;
    function.dyn_into::<js_sys::Function>().ok()?.call0(&window).ok()
}
