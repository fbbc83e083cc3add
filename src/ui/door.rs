//! `window.gangtu`: the door for other pages and for measuring. Documented in README, typed in
//! `gangtu.d.ts`. Everything is asynchronous; a refusal is an `Error` with the sentence people get.

mod calls;
mod pictures;

use std::pin::Pin;

use js_sys::{Function, Object, Promise, Reflect, Uint8Array};
use serde_json::Value as Json;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::future_to_promise;

use super::finder::Finder;
use super::later;
use super::session::Session;

/// What the door can be asked.
const METHODS: [&str; 12] = [
    "importBundle",
    "look",
    "exportBundle",
    "find",
    "records",
    "put",
    "end",
    "history",
    "picture",
    "layout",
    "undo",
    "stateHash",
];

/// Puts the door into the page.
pub fn open(session: Session, finder: Finder) {
    let door = Object::new();
    set(&door, "version", &JsValue::from_str(env!("CARGO_PKG_VERSION")));
    for name in METHODS {
        let asked = move |first, second| Asked { session, finder, name, first, second };
        offer(&door, name, Box::new(move |first, second| Box::pin(answer(asked(first, second)))));
    }
    if let Some(window) = web_sys::window() {
        set(&window, "gangtu", &door);
    }
}

/// Says that the page can be used.
pub fn ready() {
    let event = web_sys::CustomEvent::new("gangtu-ready");
    if let (Some(window), Ok(event)) = (web_sys::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}

/// A call as it came in.
struct Asked {
    session: Session,
    finder: Finder,
    name: &'static str,
    first: Given,
    second: Json,
}

/// What was handed in first: anything JSON can carry, or the bytes of a file.
enum Given {
    Json(Json),
    Bytes(Vec<u8>),
}

impl Given {
    fn of(value: &JsValue) -> Given {
        match value.dyn_ref::<Uint8Array>() {
            Some(bytes) => Given::Bytes(bytes.to_vec()),
            None => Given::Json(from_js(value)),
        }
    }

    fn json(self) -> Json {
        match self {
            Given::Json(json) => json,
            Given::Bytes(_) => Json::Null,
        }
    }

    /// A text as bytes, or bytes as they are.
    fn bytes(self) -> Option<Vec<u8>> {
        match self {
            Given::Json(Json::String(text)) => Some(text.into_bytes()),
            Given::Json(_) => None,
            Given::Bytes(bytes) => Some(bytes),
        }
    }
}

/// The answers wait in the second part of the program.
async fn answer(asked: Asked) -> Answer {
    later::bring().await?;
    later::call(calls::answer, asked).await
}

/// What a call answers: JSON, or the sentence that says why not.
type Answer = Result<Json, String>;

fn set(target: &JsValue, name: &str, value: &JsValue) {
    // Setting a member of an object of our own cannot fail.
    let _ = Reflect::set(target, &JsValue::from_str(name), value);
}

type Answering = Pin<Box<dyn Future<Output = Answer>>>;

fn offer(door: &Object, name: &str, call: Box<dyn Fn(Given, Json) -> Answering>) {
    let body = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |first, second| {
        let answer = call(Given::of(&first), from_js(&second));
        future_to_promise(async move {
            match answer.await {
                Ok(json) => Ok(to_js(&json)),
                Err(sentence) => Err(js_sys::Error::new(&sentence).into()),
            }
        })
    });
    let function: Function = body.into_js_value().unchecked_into();
    set(door, name, &function);
}

/// Anything JSON can carry; what it cannot reads as null.
fn from_js(value: &JsValue) -> Json {
    if let Some(text) = value.as_string() {
        return Json::String(text);
    }
    let text = js_sys::JSON::stringify(value).ok().and_then(|text| text.as_string());
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Json::Null)
}

fn to_js(json: &Json) -> JsValue {
    match json {
        // Long texts (bundles, pictures) go over as they are.
        Json::String(text) => JsValue::from_str(text),
        json => js_sys::JSON::parse(&json.to_string()).unwrap_or(JsValue::NULL),
    }
}
