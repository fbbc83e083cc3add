//! The browser's clock, dice and tables, as the journal asks for them. Does not correct a wrong clock.

use chrono::Datelike;
use futures_util::future::LocalBoxFuture;

use crate::journal::World;
use crate::model::Date;
use crate::model::value::day_words;
use crate::web::frame;

/// `Date.now` and `crypto.getRandomValues` (not `randomUUID`: plain http has none).
pub struct BrowserWorld;

impl World for BrowserWorld {
    fn now_ms(&self) -> u64 {
        js_sys::Date::now() as u64
    }

    fn random(&self) -> u128 {
        let mut bytes = [0u8; 16];
        let filled = web_sys::window()
            .and_then(|window| window.crypto().ok())
            .and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok());
        if filled.is_none() {
            // A page without `crypto` still must not hand out one id twice.
            let mix = (js_sys::Math::random() * 2f64.powi(53)) as u128;
            return mix << 64 ^ (js_sys::Math::random() * 2f64.powi(53)) as u128 ^ mix << 11;
        }
        u128::from_le_bytes(bytes)
    }

    fn nfc(&self, text: &str) -> String {
        nfc(text)
    }

    fn pause(&self) -> LocalBoxFuture<'static, ()> {
        Box::pin(frame::pause())
    }
}

/// Text composed (Unicode NFC) with the browser's own tables.
pub fn nfc(text: &str) -> String {
    js_sys::JsString::from(text).normalize("NFC").into()
}

/// Today by the computer's own calendar.
pub fn today() -> Date {
    date_of(&js_sys::Date::new_0())
}

/// The day of a moment by the computer's own calendar.
pub fn day_of(millis: u64) -> Date {
    date_of(&js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64)))
}

fn date_of(at: &js_sys::Date) -> Date {
    Date::from_ymd_opt(at.get_full_year() as i32, at.get_month() + 1, at.get_date())
        .unwrap_or_default()
}

/// The last millisecond of a day by the computer's own clock.
pub fn end_of_day(day: Date) -> u64 {
    let (month, next) = (day.month0() as i32, day.day() as i32 + 1);
    let end = js_sys::Date::new_with_year_month_day(day.year().max(0) as u32, month, next);
    (end.get_time() - 1.0).max(0.0) as u64
}

/// `9:05` by the computer's own clock.
pub fn clock_time(millis: u64) -> String {
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64));
    format!("{}:{:02}", at.get_hours(), at.get_minutes())
}

/// `2026年6月15日 9:05`
pub fn moment_words(millis: u64) -> String {
    day_words(day_of(millis)) + " " + &clock_time(millis)
}

/// `09:05` by the computer's own clock, now.
pub fn clock_words() -> String {
    let at = js_sys::Date::new_0();
    format!("{:02}:{:02}", at.get_hours(), at.get_minutes())
}

/// `11-22 09:05` by the computer's own clock; with the year where it is another one.
pub fn local_time(millis: u64) -> String {
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(millis as f64));
    let this_year = js_sys::Date::new_0().get_full_year() == at.get_full_year();
    let year = if this_year { String::new() } else { format!("{}-", at.get_full_year()) };
    format!(
        "{year}{:02}-{:02} {:02}:{:02}",
        at.get_month() + 1,
        at.get_date(),
        at.get_hours(),
        at.get_minutes()
    )
}
