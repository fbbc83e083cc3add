//! The rows of a locked base: each sealed by itself, with the base's key, at once. That is what can be
//! done inside a transaction of the browser's database. Knows neither passphrases nor what rows say.

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};

use crate::text::{base64, from_base64};

/// Bytes of a base's key.
pub const KEY: usize = 32;

/// Random bytes for each sealed text.
pub const NONCE: usize = 24;

/// Seals and opens texts of one base. A text opens only at the place it was sealed for.
#[derive(Clone)]
pub struct RowKey(XChaCha20Poly1305);

impl RowKey {
    pub fn new(key: &[u8; KEY]) -> RowKey {
        RowKey(XChaCha20Poly1305::new(key.into()))
    }

    /// Base64 of nonce, text and tag. `place` names what it is and where, so that nothing can be put
    /// elsewhere. `nonce` must be fresh.
    pub fn seal(&self, place: &str, text: &str, nonce: &[u8; NONCE]) -> String {
        let payload = Payload { msg: text.as_bytes(), aad: place.as_bytes() };
        // The cipher refuses only texts of 256 GB.
        let sealed = self.0.encrypt(nonce.into(), payload).unwrap_or_default();
        base64(&[nonce, sealed.as_slice()].concat())
    }

    /// `None` where the text or its place is not as it was sealed.
    pub fn open(&self, place: &str, sealed: &str) -> Option<String> {
        let bytes = from_base64(sealed)?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: place.as_bytes() };
        String::from_utf8(self.0.decrypt(nonce.into(), payload).ok()?).ok()
    }
}
