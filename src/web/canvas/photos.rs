//! Pictures within scenes, decoded once for every canvas of the page. Paints nothing.

use std::cell::RefCell;
use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlImageElement;

use crate::picture::scene::Scene;

/// More are forgotten and decoded again.
const MOST: usize = 2_000;

thread_local! {
    static KNOWN: RefCell<FxHashMap<u64, HtmlImageElement>> = RefCell::default();
}

fn key(source: &str) -> u64 {
    FxBuildHasher.hash_one(source)
}

/// A picture that is ready to be painted.
pub(super) fn found(source: &str) -> Option<HtmlImageElement> {
    let image = KNOWN.with_borrow(|known| known.get(&key(source)).cloned())?;
    (image.complete() && image.natural_width() > 0).then_some(image)
}

/// Waits until every picture of a scene is decoded; what is none is passed over. Whether there was any to wait for.
pub async fn ready(scene: &Scene) -> bool {
    let begun: Vec<HtmlImageElement> = scene.images().filter_map(begin).collect();
    for image in &begun {
        // Refused for what is no picture: its box stays plain.
        let _ = JsFuture::from(image.decode()).await;
    }
    !begun.is_empty()
}

fn begin(source: &str) -> Option<HtmlImageElement> {
    KNOWN.with_borrow_mut(|known| {
        if known.len() > MOST {
            known.clear();
        }
        if known.get(&key(source)).is_some_and(HtmlImageElement::complete) {
            return None;
        }
        let image = HtmlImageElement::new().ok()?;
        image.set_src(source);
        known.insert(key(source), image.clone());
        Some(image)
    })
}
