//! A text as it lies in the browser: its UTF-8 bytes, which go in and out several times as fast as a
//! string. Bases of version 1 hold strings. Knows nothing of what the text says.

use indexed_db_futures::error::SimpleValueError;
use indexed_db_futures::primitive::{TryFromJs, TryToJs};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

/// A text on its way in.
pub struct Keep<'a>(pub &'a str);

impl TryToJs for Keep<'_> {
    fn try_to_js(&self) -> indexed_db_futures::Result<JsValue> {
        Ok(Uint8Array::from(self.0.as_bytes()).into())
    }
}

/// A text on its way out.
pub struct Kept(pub String);

impl TryFromJs for Kept {
    fn from_js(js: JsValue) -> Result<Kept, SimpleValueError> {
        if let Some(text) = js.as_string() {
            return Ok(Kept(text));
        }
        let bytes: Uint8Array = js.dyn_into().map_err(SimpleValueError::DynCast)?;
        let text = String::from_utf8(bytes.to_vec());
        text.map(Kept).map_err(|_| SimpleValueError::DynCast(bytes.into()))
    }
}
