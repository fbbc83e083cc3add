//! Files in by picker or drop, files out by download. Does not look inside them.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, BlobPropertyBag, File, HtmlAnchorElement, HtmlCanvasElement, HtmlInputElement,
    TextDecoder, TextDecoderOptions, Url,
};

/// A file a person handed over.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// The first bytes of a file, to tell what it is before any more of it is read.
pub async fn beginning(file: &File, bytes: u32) -> Option<Vec<u8>> {
    let part = file.slice_with_i32_and_i32(0, bytes as i32).ok()?;
    contents(&part).await
}

/// Reads a file whole; `None` where the browser could not (stick pulled out, permission).
pub async fn read(file: &File) -> Option<Handed> {
    Some(Handed { name: file.name(), bytes: contents(file).await? })
}

async fn contents(blob: &Blob) -> Option<Vec<u8>> {
    let reading = js_sys::Reflect::get(blob, &JsValue::from_str("arrayBuffer")).ok()?;
    let promise = reading.dyn_into::<js_sys::Function>().ok()?.call0(blob).ok()?;
    let buffer = JsFuture::from(promise.dyn_into::<js_sys::Promise>().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Lets somebody pick a file; only a click may ask. Never answers where the picker is just closed on
/// browsers that do not say so.
pub async fn choose(accept: &str) -> Option<File> {
    let document = web_sys::window()?.document()?;
    let input: HtmlInputElement = document.create_element("input").ok()?.dyn_into().ok()?;
    input.set_type("file");
    input.set_accept(accept);
    let chosen = js_sys::Promise::new(&mut |done, _| {
        for event in ["change", "cancel"] {
            let _ = input.add_event_listener_with_callback(event, &done);
        }
    });
    input.click();
    let _ = JsFuture::from(chosen).await;
    input.files()?.get(0)
}

/// Decodes GB18030 with the browser's own tables; `None` where the bytes are not GB18030.
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    let strict = TextDecoderOptions::new();
    strict.set_fatal(true);
    let decoder = TextDecoder::new_with_label_and_options("gb18030", &strict).ok()?;
    decoder.decode_with_u8_array(bytes).ok()
}

/// Offers text as a file to save.
pub fn save_text(name: &str, kind: &str, text: &str) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&JsValue::from_str(text));
    let options = BlobPropertyBag::new();
    options.set_type(kind);
    let blob = Blob::new_with_str_sequence_and_options(&parts, &options)?;
    save_blob(name, &blob)
}

/// Offers what is painted on a canvas as a PNG file to save; `None` where the browser made none of it.
pub async fn save_image(name: &str, canvas: &HtmlCanvasElement) -> Option<()> {
    let made = js_sys::Promise::new(&mut |done, _| {
        let _ = canvas.to_blob(&done);
    });
    let blob: Blob = JsFuture::from(made).await.ok()?.dyn_into().ok()?;
    save_blob(name, &blob).ok()
}

fn save_blob(name: &str, blob: &Blob) -> Result<(), JsValue> {
    let url = Url::create_object_url_with_blob(blob)?;
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.ok_or(JsValue::NULL)?.create_element("a")?;
    let link = link.dyn_into::<HtmlAnchorElement>()?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // The download has its own hold on the blob once the click is handled.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = Url::revoke_object_url(&url);
    })
    .forget();
    Ok(())
}
