//! The two ways to seal a piece of text: which cipher, which hash. Chooses none.
//!
//! A key seals one file and no other, so its nonces are places, not chance: number of the chunk and
//! whether it is the last.

use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use sha2::{Digest, Sha256};
use sm3::Sm3;
use sm4::Sm4;

pub use crate::names::Suite;

type Sm4Gcm = AesGcm<Sm4, U12>;

/// Bytes a sealed piece is longer than the plain one; the same in both suites.
pub const TAG: usize = 16;

/// Where a piece stands in its file; no two are at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The file's own key, sealed with the passphrase's. It has a nonce of its own, drawn anew.
    Key([u8; NONCE]),
    /// Chunk number, from 0.
    Chunk { at: u32, last: bool },
}

/// Random bytes drawn for the nonce of a wrapped key; a suite takes as many as it needs.
pub const NONCE: usize = 24;

impl Suite {
    /// Bytes of a key.
    pub const fn key_len(self) -> usize {
        match self {
            Suite::XChaCha => 32,
            Suite::Sm => 16,
        }
    }

    const fn nonce_len(self) -> usize {
        match self {
            Suite::XChaCha => NONCE,
            Suite::Sm => 12,
        }
    }

    /// SHA-256 or SM3.
    pub fn hash(self, bytes: &[u8]) -> [u8; 32] {
        match self {
            Suite::XChaCha => Sha256::digest(bytes).into(),
            Suite::Sm => Sm3::digest(bytes).into(),
        }
    }

    /// `None` only for a key of another length.
    pub fn seal(self, key: &[u8], place: Place, bound: &[u8], plain: &[u8]) -> Option<Vec<u8>> {
        let nonce = place.nonce();
        let nonce = &nonce[..self.nonce_len()];
        let payload = Payload { msg: plain, aad: bound };
        match self {
            Suite::XChaCha => {
                let cipher = XChaCha20Poly1305::new_from_slice(key).ok()?;
                cipher.encrypt(nonce.try_into().ok()?, payload).ok()
            }
            Suite::Sm => {
                let cipher = Sm4Gcm::new_from_slice(key).ok()?;
                cipher.encrypt(nonce.try_into().ok()?, payload).ok()
            }
        }
    }

    /// `None` where the piece, its place or what it is bound to is not as it was sealed.
    pub fn open(self, key: &[u8], place: Place, bound: &[u8], sealed: &[u8]) -> Option<Vec<u8>> {
        let nonce = place.nonce();
        let nonce = &nonce[..self.nonce_len()];
        let payload = Payload { msg: sealed, aad: bound };
        match self {
            Suite::XChaCha => {
                let cipher = XChaCha20Poly1305::new_from_slice(key).ok()?;
                cipher.decrypt(nonce.try_into().ok()?, payload).ok()
            }
            Suite::Sm => {
                let cipher = Sm4Gcm::new_from_slice(key).ok()?;
                cipher.decrypt(nonce.try_into().ok()?, payload).ok()
            }
        }
    }
}

impl Place {
    fn nonce(self) -> [u8; NONCE] {
        match self {
            Place::Key(random) => random,
            Place::Chunk { at, last } => {
                let mut nonce = [0; NONCE];
                nonce[..4].copy_from_slice(&at.to_be_bytes());
                nonce[4] = u8::from(last);
                nonce
            }
        }
    }
}
