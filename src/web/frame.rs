//! Giving the browser a turn: long work is cut into slices with these between them.

use std::cell::Cell;

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::MessageChannel;

/// Milliseconds since the page began.
pub fn now() -> f64 {
    web_sys::window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// Waits until the browser has painted and taken input.
pub async fn breathe() {
    sleep(0).await;
}

/// Lets whatever waits have its turn. A timer each time would cost four milliseconds, and messages alone
/// would keep the timers of others waiting: so a message, and a timer where the last is long ago.
pub async fn give_way() {
    thread_local!(static LAST_TIMER: Cell<f64> = const { Cell::new(0.0) });
    let due = now() - LAST_TIMER.get() > 4.0 * SLICE_MS;
    let channel = if due { None } else { MessageChannel::new().ok() };
    let Some(channel) = channel else {
        breathe().await;
        LAST_TIMER.set(now());
        return WORKING_SINCE.set(now());
    };
    let turn = js_sys::Promise::new(&mut |done, _| {
        channel.port1().set_onmessage(Some(&done));
        let _ = channel.port2().post_message(&JsValue::NULL);
    });
    let _ = JsFuture::from(turn).await;
    channel.port1().close();
    WORKING_SINCE.set(now());
}

thread_local!(static WORKING_SINCE: Cell<f64> = const { Cell::new(0.0) });

/// Gives way where a slice is over since that was done last; cheap to ask often.
pub async fn pause() {
    if now() - WORKING_SINCE.get() > SLICE_MS {
        give_way().await;
    }
}

/// Waits for so many milliseconds.
pub async fn sleep(ms: i32) {
    let turn = js_sys::Promise::new(&mut |done, _| {
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, ms);
        }
    });
    let _ = JsFuture::from(turn).await;
}

/// Runs `work` before the next paint.
pub fn on_next_frame(work: impl FnOnce(f64) + 'static) {
    let callback = Closure::once_into_js(work);
    if let Some(window) = web_sys::window() {
        let _ = window.request_animation_frame(callback.unchecked_ref());
    }
}

/// Runs `work` when what was shown just now is on screen: a picture is painted in the frame after the one that
/// gives it its size.
pub fn once_painted(work: impl FnOnce() + 'static) {
    let soon = move |_| {
        wasm_bindgen_futures::spawn_local(async {
            breathe().await;
            work();
        });
    };
    on_next_frame(move |_| on_next_frame(soon));
}

/// Waits until what stands now is painted; for a while only, since a page nobody sees is never painted.
pub async fn until_painted() {
    const LONGEST_MS: i32 = 250;
    let turn = js_sys::Promise::new(&mut |done, _| {
        let painted = done.clone();
        once_painted(move || drop(painted.call0(&JsValue::NULL)));
        if let Some(window) = web_sys::window() {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(&done, LONGEST_MS);
        }
    });
    let _ = JsFuture::from(turn).await;
}

/// Gives memory back when nobody waits for it: thousands of small strings take milliseconds. By the clock, for frames do
/// not come to a page nobody sees.
pub fn drop_later(old: impl Sized + 'static) {
    wasm_bindgen_futures::spawn_local(async move {
        sleep(200).await;
        drop(old);
    });
}

/// Works until a slice is over; `true` where `step` said that all is done.
pub fn slice(step: &mut dyn FnMut() -> bool) -> bool {
    let began = now();
    while now() - began < SLICE_MS {
        if step() {
            return true;
        }
    }
    false
}

/// A slice of work in milliseconds: short enough for a page that stays awake.
pub const SLICE_MS: f64 = 12.0;
