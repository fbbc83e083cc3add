//! 岗图's locks (加密与签名): files sealed with a passphrase, the rows of a locked base, signatures.
//!
//! Pure Rust, host and wasm. Entropy is handed in as bytes; nothing here knows a browser, a file or a
//! screen. What the page itself needs (a base's rows, recognising a sealed file) is always there; what
//! only the vault needs is behind the feature `vault`.
//!
//! | part | standard | crate |
//! |---|---|---|
//! | passphrase → key | Argon2id, RFC 9106 | `argon2` |
//! | suite 1 | XChaCha20-Poly1305, draft-irtf-cfrg-xchacha-03 | `chacha20poly1305` |
//! | suite 2 (国密) | SM4 GB/T 32907 in GCM as RFC 8998 has it; SM3 GB/T 32905 | `sm4`, `aes-gcm`, `sm3` |
//! | signatures | Ed25519 RFC 8032; SM2 GB/T 32918 with SM3 | `ed25519-dalek`, `sm2` |
//!
//! All are of the RustCrypto and dalek projects: one family of traits, MIT or Apache or BSD, no code of
//! C, released this year. None of it, and nothing here, is certified by anybody.
//!
//! The second suite keeps Argon2id: the national standard for passphrases (PBKDF2 with HMAC-SM3) costs
//! a guesser no memory and is weaker for the same waiting. Cipher and hashes of the file are SM4 and SM3.

pub mod names;
pub mod rows;
pub mod strength;
pub mod text;

#[cfg(feature = "vault")]
pub mod error;
#[cfg(feature = "vault")]
pub mod file;
#[cfg(feature = "vault")]
pub mod head;
#[cfg(feature = "vault")]
pub mod kdf;
#[cfg(feature = "vault")]
pub mod lock;
#[cfg(feature = "vault")]
pub mod sign;
#[cfg(feature = "vault")]
pub mod suite;

#[cfg(test)]
mod tests;

/// How every sealed file begins.
pub const MAGIC: &str = "{\"gangtu\":\"sealed\",";

/// Whether a file is one of ours that needs a passphrase; judges nothing beyond its first bytes.
pub fn is_sealed(bytes: &[u8]) -> bool {
    text::without_bom(bytes).starts_with(MAGIC.as_bytes())
}
