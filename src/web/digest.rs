//! SHA-256 by the browser itself: faster, and away from the page. Plain http has none; who asks then hashes
//! in slices (`journal::hash`).

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::SubtleCrypto;

/// In hexadecimal; `None` where the browser does not do it here. It has its copy of the bytes when this
/// returns, and goes on by itself.
pub fn sha256(bytes: &[u8]) -> impl Future<Output = Option<String>> + use<> {
    let digest = subtle().and_then(|it| it.digest_with_str_and_u8_array("SHA-256", bytes).ok());
    async {
        let hash = Uint8Array::new(&JsFuture::from(digest?).await.ok()?).to_vec();
        Some(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

fn subtle() -> Option<SubtleCrypto> {
    let crypto = web_sys::window()?.crypto().ok()?;
    Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}
