//! Hearing of the sizes elements get. Ends, and lets go of what it was told to call, when dropped.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

/// A watch over elements; browsers without the means (before Chromium 64) are never heard of.
pub struct Sizes {
    observer: Option<ResizeObserver>,
    /// Held as long as the browser may call it.
    _changed: Closure<dyn Fn()>,
}

impl Sizes {
    /// Calls back when a watched element is first seen and whenever its size changes.
    pub fn watch(changed: impl Fn() + 'static) -> Sizes {
        let changed = Closure::<dyn Fn()>::new(changed);
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok();
        Sizes { observer, _changed: changed }
    }

    pub fn of(&self, element: &Element) {
        if let Some(observer) = &self.observer {
            observer.observe(element);
        }
    }
}

impl Drop for Sizes {
    fn drop(&mut self) {
        if let Some(observer) = &self.observer {
            observer.disconnect();
        }
    }
}
