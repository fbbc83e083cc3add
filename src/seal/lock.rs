//! The lock of a base (本机数据加锁): its key under a passphrase, as one line of text to be stored beside
//! the rows. Stores nothing and seals no rows; `rows` does.

use crate::error::SealError;
use crate::head::{FILE_ENTROPY, FileKey, Head, KEY_ENTROPY};
use crate::rows::KEY;
use crate::suite::Suite;

/// A head without chunks; sealed rows are always of the first suite.
pub struct Lock(Head);

impl Lock {
    /// A lock for a new key, and the key. Works for about a second, as all that takes a passphrase.
    pub fn new(
        passphrase: &str,
        entropy: &[u8; FILE_ENTROPY],
    ) -> Result<(Lock, [u8; KEY]), SealError> {
        let (head, key) = Head::new(Suite::XChaCha, 0, passphrase, entropy)?;
        Ok((Lock(head), bytes(key)?))
    }

    pub fn read(text: &str) -> Result<Lock, SealError> {
        Head::read(text).map(Lock)
    }

    pub fn text(&self) -> String {
        self.0.text()
    }

    pub fn unlock(&self, passphrase: &str) -> Result<[u8; KEY], SealError> {
        bytes(self.0.unlock(passphrase)?)
    }

    /// The same key under another passphrase.
    pub fn rewrapped(
        &self,
        old: &str,
        new: &str,
        entropy: &[u8; KEY_ENTROPY],
    ) -> Result<Lock, SealError> {
        let key = self.0.unlock(old)?;
        self.0.rewrapped(&key, new, entropy).map(Lock)
    }
}

fn bytes(key: FileKey) -> Result<[u8; KEY], SealError> {
    key.0.try_into().map_err(|_| SealError::BadKey)
}
