//! Tests that need a browser: they run in Chromium by `cargo xtask test --only wasm`. On the host
//! this file is empty.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// What everything in `web` stands on; a runner without a page would fail here.
#[wasm_bindgen_test]
fn there_is_a_page_to_work_in() {
    let page = web_sys::window().and_then(|window| window.document());
    assert!(page.is_some_and(|page| page.body().is_some()));
}
