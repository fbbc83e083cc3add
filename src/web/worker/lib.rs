//! The vault (密室): `gangtu-seal` as a wasm of its own, run by `worker.js` in a worker so that the page
//! never stands still. Passes bytes and texts; what they are is decided there and in the page.
//!
//! Errors are thrown as `code:sentence`, codes as in `SealError::code`.

use gangtu_seal::error::SealError;
use gangtu_seal::file::{SealedFile, Sealer};
use gangtu_seal::head::FileKey;
use gangtu_seal::lock::Lock;
use gangtu_seal::sign::Scheme;
use gangtu_seal::suite::Suite;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

type Answer<T> = Result<T, JsValue>;

/// By value: it stands in `map_err`.
#[allow(clippy::needless_pass_by_value)]
fn thrown(error: SealError) -> JsValue {
    JsValue::from_str(&format!("{}:{error}", error.code()))
}

/// Bytes of the length somebody asked for.
fn exact<const N: usize>(bytes: &[u8]) -> Answer<&[u8; N]> {
    bytes.try_into().map_err(|_| thrown(SealError::BadKey))
}

/// Packed content on its way into a sealed file.
#[wasm_bindgen]
pub struct Sealing(Sealer);

#[wasm_bindgen]
impl Sealing {
    /// `size` is that of the packed content; `entropy` 72 random bytes. Takes about a second.
    #[wasm_bindgen(constructor)]
    pub fn new(suite: &str, size: f64, passphrase: &str, entropy: &[u8]) -> Answer<Sealing> {
        let suite = Suite::named(suite).unwrap_or_default();
        Sealer::new(suite, size as u64, passphrase, exact(entropy)?).map(Sealing).map_err(thrown)
    }

    pub fn head(&self) -> String {
        self.0.head()
    }

    /// The next 48 KiB, or what is left; empty where there is nothing more to seal.
    pub fn chunk(&mut self, plain: &[u8]) -> String {
        self.0.chunk(plain).unwrap_or_default()
    }
}

/// A sealed file that is looked at, and opened with its passphrase.
#[wasm_bindgen]
pub struct Opening {
    file: SealedFile,
    key: Option<FileKey>,
}

#[wasm_bindgen]
impl Opening {
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &[u8]) -> Answer<Opening> {
        let file = SealedFile::read(bytes).map_err(thrown)?;
        Ok(Opening { file, key: None })
    }

    pub fn count(&self) -> u32 {
        self.file.chunk_count()
    }

    /// Takes about a second.
    pub fn unlock(&mut self, passphrase: &str) -> Answer<()> {
        self.key = Some(self.file.unlock(passphrase).map_err(thrown)?);
        Ok(())
    }

    pub fn chunk(&self, at: u32) -> Answer<Vec<u8>> {
        let key = self.key.as_ref().ok_or_else(|| thrown(SealError::WrongPassphrase))?;
        self.file.chunk(key, at).map_err(thrown)
    }

    /// The file under another passphrase; `entropy` 40 random bytes.
    pub fn rewrapped(&self, passphrase: &str, entropy: &[u8]) -> Answer<Vec<u8>> {
        let key = self.key.as_ref().ok_or_else(|| thrown(SealError::WrongPassphrase))?;
        self.file.rewrapped(key, passphrase, exact(entropy)?).map_err(thrown)
    }
}

/// What is thrown for content that does not unpack.
#[wasm_bindgen]
pub fn not_unpacked() -> JsValue {
    thrown(SealError::Unpacked)
}

/// A new lock's 32 bytes of key, and its text behind them.
#[wasm_bindgen]
pub fn make_lock(passphrase: &str, entropy: &[u8]) -> Answer<Vec<u8>> {
    let (lock, key) = Lock::new(passphrase, exact(entropy)?).map_err(thrown)?;
    Ok([&key[..], lock.text().as_bytes()].concat())
}

/// The key behind a lock.
#[wasm_bindgen]
pub fn open_lock(text: &str, passphrase: &str) -> Answer<Vec<u8>> {
    let key = Lock::read(text).and_then(|lock| lock.unlock(passphrase));
    key.map(|key| key.to_vec()).map_err(thrown)
}

/// The lock's text under another passphrase; the key stays.
#[wasm_bindgen]
pub fn change_lock(text: &str, old: &str, new: &str, entropy: &[u8]) -> Answer<String> {
    let lock = Lock::read(text).map_err(thrown)?;
    let changed = lock.rewrapped(old, new, exact(entropy)?).map_err(thrown)?;
    Ok(changed.text())
}

fn scheme(name: &str) -> Answer<Scheme> {
    Scheme::named(name).ok_or_else(|| thrown(SealError::Newer))
}

/// The public key of 32 random bytes.
#[wasm_bindgen]
pub fn public_key(name: &str, secret: &[u8]) -> Answer<Vec<u8>> {
    scheme(name)?.public_key(exact(secret)?).map_err(thrown)
}

#[wasm_bindgen]
pub fn sign(name: &str, secret: &[u8], said: &[u8]) -> Answer<Vec<u8>> {
    scheme(name)?.sign(exact(secret)?, said).map(Vec::from).map_err(thrown)
}

#[wasm_bindgen]
pub fn verify(name: &str, public: &[u8], said: &[u8], signature: &[u8]) -> Answer<bool> {
    scheme(name)?.verify(public, said, signature).map_err(thrown)
}

#[wasm_bindgen]
pub fn fingerprint(name: &str, public: &[u8]) -> Answer<String> {
    Ok(scheme(name)?.fingerprint(public))
}
