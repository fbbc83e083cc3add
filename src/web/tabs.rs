//! Tabs on one base telling each other that something was written. Carries no data: they read the base.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::BroadcastChannel;

/// One tab's ear and voice. WebKit delivers nothing from `file://`; coming back to a tab asks as well.
pub struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Calls `heard` when another tab has written, or when this one is looked at again.
    pub fn listen(township: &str, heard: impl Fn() + Clone + 'static) -> Tabs {
        let channel = BroadcastChannel::new(&format!("gangtu:{township}")).ok();
        let callback = Closure::<dyn Fn()>::new(heard.clone());
        if let Some(channel) = &channel {
            channel.set_onmessage(Some(callback.as_ref().unchecked_ref()));
        }
        callback.forget();
        let looked_at = Closure::<dyn Fn()>::new(heard);
        if let Some(window) = web_sys::window() {
            let listener = looked_at.as_ref().unchecked_ref();
            let _ = window.add_event_listener_with_callback("focus", listener);
        }
        looked_at.forget();
        Tabs { channel }
    }

    /// Tells the other tabs that a row was written.
    pub fn tell(&self) {
        if let Some(channel) = &self.channel {
            let _ = channel.post_message(&wasm_bindgen::JsValue::TRUE);
        }
    }

    pub fn close(&self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}
