//! A picture file turned into a portrait that travels with a record: cut to its shape, made small, painted anew, so that
//! nothing else of the file (where and when it was taken) comes along.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{CanvasRenderingContext2d, File, HtmlCanvasElement};

use super::photo;
use crate::borders::underlay::CannotLay;
use crate::model::photo::{HIGH, WIDE, is_photo};

/// How well it is painted, in turn until it is small enough.
const QUALITIES: [f64; 5] = [0.86, 0.75, 0.6, 0.45, 0.3];
/// Of what is cut off above and below, so much is cut off above: a face is nearer to the top.
const ABOVE: f64 = 0.3;

pub async fn of(file: &File) -> Result<String, CannotLay> {
    let photo = photo::read(file).await?;
    let small = cut(&photo.canvas).ok_or(CannotLay::Broken)?;
    let painted = QUALITIES.iter().filter_map(|quality| {
        small
            .to_data_url_with_type_and_encoder_options("image/jpeg", &JsValue::from_f64(*quality))
            .ok()
    });
    painted.into_iter().find(|text| is_photo(text)).ok_or(CannotLay::Broken)
}

/// The middle of a picture in the shape of a portrait; one that is small stays so.
fn cut(picture: &HtmlCanvasElement) -> Option<HtmlCanvasElement> {
    let (w, h) = (f64::from(picture.width()), f64::from(picture.height()));
    let (wide, high) = (f64::from(WIDE), f64::from(HIGH));
    let (from_w, from_h) = (w.min(h * wide / high), h.min(w * high / wide));
    let scale = (wide / from_w).min(1.0);
    let (to_w, to_h) = ((from_w * scale).round().max(1.0), (from_h * scale).round().max(1.0));
    let document = web_sys::window()?.document()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(to_w as u32);
    canvas.set_height(to_h as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let _ = Reflect::set(&context, &"imageSmoothingQuality".into(), &JsValue::from_str("high"));
    // What can be seen through would come out black.
    context.set_fill_style_str("white");
    context.fill_rect(0.0, 0.0, to_w, to_h);
    context
        .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
            picture,
            (w - from_w) / 2.0,
            (h - from_h) * ABOVE,
            from_w,
            from_h,
            0.0,
            0.0,
            to_w,
            to_h,
        )
        .ok()?;
    Some(canvas)
}
