//! A picture file turned into a canvas to look at, scaled down where it is huge. It stays in the page: nothing of it is
//! kept or sent (`portrait` makes what is kept of a face).

use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlImageElement, Url};

use super::{digest, files};
use crate::borders::underlay::{BEGINNING, CannotLay, MOST_BYTES, begins_well, has_room};
use crate::journal::hash::sha256_hex;

/// The longer side of what is shown, in pixels, at most.
const LONGEST: f64 = 3000.0;

/// A picture that was read.
#[derive(Clone)]
pub struct Photo {
    pub canvas: HtmlCanvasElement,
    /// Pixels of the file to the right and downward; the canvas may have fewer.
    pub size: [f64; 2],
    /// SHA-256 of the file.
    pub hash: String,
}

pub async fn read(file: &File) -> Result<Photo, CannotLay> {
    if file.size() > MOST_BYTES {
        return Err(CannotLay::TooLarge);
    }
    let beginning = files::beginning(file, BEGINNING).await.ok_or(CannotLay::Unreadable)?;
    begins_well(&beginning)?;
    let bytes = files::read(file).await.ok_or(CannotLay::Unreadable)?.bytes;
    let hash = match digest::sha256(&bytes).await {
        Some(hash) => hash,
        None => sha256_hex(&bytes),
    };
    drop(bytes);
    let url = Url::create_object_url_with_blob(file).map_err(|_| CannotLay::Unreadable)?;
    let drawn = drawn(&url).await;
    let _ = Url::revoke_object_url(&url);
    let (canvas, size) = drawn?;
    Ok(Photo { canvas, size, hash })
}

async fn drawn(url: &str) -> Result<(HtmlCanvasElement, [f64; 2]), CannotLay> {
    let image = HtmlImageElement::new().map_err(|_| CannotLay::Broken)?;
    let loaded = Promise::new(&mut |done, failed| {
        let _ = image.add_event_listener_with_callback("load", &done);
        let _ = image.add_event_listener_with_callback("error", &failed);
    });
    image.set_src(url);
    JsFuture::from(loaded).await.map_err(|_| CannotLay::Broken)?;
    let size = [f64::from(image.natural_width()), f64::from(image.natural_height())];
    // Known from its head: nothing is decoded before it is drawn.
    has_room(size[0], size[1])?;
    let canvas = copied(&image, size).ok_or(CannotLay::Broken)?;
    Ok((canvas, size))
}

fn copied(image: &HtmlImageElement, [width, height]: [f64; 2]) -> Option<HtmlCanvasElement> {
    let scale = (LONGEST / width.max(height)).min(1.0);
    let side = |pixels: f64| (pixels * scale).round().max(1.0);
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(side(width) as u32);
    canvas.set_height(side(height) as u32);
    let context = canvas.get_context("2d").ok()??;
    let context: CanvasRenderingContext2d = context.dyn_into().ok()?;
    // Fine lines and small names of a large scan would fall between the pixels.
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &JsValue::from_str("high"));
    context
        .draw_image_with_html_image_element_and_dw_and_dh(
            image,
            0.0,
            0.0,
            side(width),
            side(height),
        )
        .ok()?;
    Some(canvas)
}
