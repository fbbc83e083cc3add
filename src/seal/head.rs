//! The first lines of a sealed file: what it is, how its key is made, the key itself, a check.
//!
//! ```text
//! {"gangtu":"sealed","format":1,"suite":"…","packed":"gzip","size":…,
//! "kdf":{"name":"argon2id","m":65536,"t":3,"p":1,"salt":"…"},
//! "key":{"nonce":"…","sealed":"…"},
//! "check":"…","chunks":[
//! ```
//! The first line never changes and every chunk is bound to it; a new passphrase writes the other three
//! anew. The key is bound to the two lines before it. The check is no secret: it tells a damaged head
//! from a wrong passphrase.

use crate::MAGIC;
use crate::error::SealError;
use crate::kdf::{COST, Cost, SALT};
use crate::suite::{NONCE, Place, Suite, TAG};
use crate::text::{base64, from_base64, hex};

/// Version of the envelope; a file with a higher one was made by a newer program.
pub const FORMAT: u32 = 1;

/// Random bytes drawn for a new passphrase, and for the file's key.
pub const KEY_ENTROPY: usize = SALT + NONCE;
pub const FILE_ENTROPY: usize = KEY_ENTROPY + 32;

/// The parts of a head. Kept as written: the lines are what is bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    pub suite: Suite,
    /// Bytes of the packed content.
    pub size: u64,
    pub cost: Cost,
    salt: Vec<u8>,
    nonce: [u8; NONCE],
    wrapped: Vec<u8>,
}

/// The key that opens the chunks of one file.
#[derive(Clone, PartialEq, Eq)]
pub struct FileKey(pub(crate) Vec<u8>);

impl Head {
    /// A head for content of `size` bytes under a fresh key.
    pub fn new(
        suite: Suite,
        size: u64,
        passphrase: &str,
        entropy: &[u8; FILE_ENTROPY],
    ) -> Result<(Head, FileKey), SealError> {
        let (for_passphrase, for_file) = entropy.split_at(KEY_ENTROPY);
        let key = FileKey(for_file[..suite.key_len()].to_vec());
        let head = Head::wrap(suite, size, COST, &key, passphrase, for_passphrase)?;
        Ok((head, key))
    }

    /// The same content under another passphrase.
    pub fn rewrapped(
        &self,
        key: &FileKey,
        passphrase: &str,
        entropy: &[u8; KEY_ENTROPY],
    ) -> Result<Head, SealError> {
        Head::wrap(self.suite, self.size, COST, key, passphrase, entropy)
    }

    pub(crate) fn wrap(
        suite: Suite,
        size: u64,
        cost: Cost,
        key: &FileKey,
        passphrase: &str,
        entropy: &[u8],
    ) -> Result<Head, SealError> {
        let (salt, random) = entropy.split_at(SALT);
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(random);
        let mut head = Head { suite, size, cost, salt: salt.to_vec(), nonce, wrapped: Vec::new() };
        let outer = cost.key(passphrase, salt, suite.key_len())?;
        let bound = head.bound_to_key();
        head.wrapped = suite
            .seal(&outer, Place::Key(nonce), bound.as_bytes(), &key.0)
            .ok_or(SealError::BadKey)?;
        Ok(head)
    }

    /// The file's key, for the right passphrase.
    pub fn unlock(&self, passphrase: &str) -> Result<FileKey, SealError> {
        let outer = self.cost.key(passphrase, &self.salt, self.suite.key_len())?;
        let bound = self.bound_to_key();
        let key = self.suite.open(&outer, Place::Key(self.nonce), bound.as_bytes(), &self.wrapped);
        key.map(FileKey).ok_or(SealError::WrongPassphrase)
    }

    /// The line every chunk is bound to.
    pub fn fixed(&self) -> String {
        let (suite, size) = (self.suite.name(), self.size);
        format!(
            "{MAGIC}\"format\":{FORMAT},\"suite\":\"{suite}\",\"packed\":\"gzip\",\"size\":{size},\n"
        )
    }

    fn bound_to_key(&self) -> String {
        let Cost { memory, passes, lanes } = self.cost;
        let (fixed, salt) = (self.fixed(), base64(&self.salt));
        format!(
            "{fixed}\"kdf\":{{\"name\":\"argon2id\",\"m\":{memory},\"t\":{passes},\"p\":{lanes},\"salt\":\"{salt}\"}},\n"
        )
    }

    /// The head's four lines.
    pub fn text(&self) -> String {
        let nonce = base64(&self.nonce);
        let wrapped = base64(&self.wrapped);
        let mut text = self.bound_to_key();
        text.push_str(&format!("\"key\":{{\"nonce\":\"{nonce}\",\"sealed\":\"{wrapped}\"}},\n"));
        let check = hex(&self.suite.hash(text.as_bytes())[..8]);
        text.push_str(&format!("\"check\":\"{check}\",\"chunks\":[\n"));
        text
    }

    /// Reads the four lines, and takes them only exactly as `text` writes them.
    pub fn read(text: &str) -> Result<Head, SealError> {
        if !text.starts_with(MAGIC) {
            return Err(SealError::NotSealed);
        }
        let format = number(text, "\"format\":").ok_or(SealError::DamagedHead)?;
        if format > u64::from(FORMAT) {
            return Err(newer_or_damaged(text));
        }
        let suite = quoted(text, "\"suite\":").and_then(Suite::named);
        let suite = suite.ok_or_else(|| newer_or_damaged(text))?;
        let head = Head::parts(text, suite).ok_or(SealError::DamagedHead)?;
        if head.text() != text || head.wrapped.len() != suite.key_len() + TAG {
            return Err(SealError::DamagedHead);
        }
        if head.cost.is_sane() { Ok(head) } else { Err(SealError::Absurd) }
    }

    fn parts(text: &str, suite: Suite) -> Option<Head> {
        let small = |name: &str| u32::try_from(number(text, name)?).ok();
        let (memory, passes, lanes) = (small("\"m\":")?, small("\"t\":")?, small("\"p\":")?);
        Some(Head {
            suite,
            size: number(text, "\"size\":")?,
            cost: Cost { memory, passes, lanes },
            salt: from_base64(quoted(text, "\"salt\":")?)?,
            nonce: from_base64(quoted(text, "\"nonce\":")?)?.try_into().ok()?,
            wrapped: from_base64(quoted(text, "\"sealed\":")?)?,
        })
    }
}

/// A newer head is whole too: whichever hash it uses, a check over all before it must fit. Otherwise a
/// flipped digit would send people looking for a program that does not exist.
fn newer_or_damaged(text: &str) -> SealError {
    let whole = text.find("\"check\":").is_some_and(|at| {
        let check = quoted(&text[at..], "\"check\":").unwrap_or_default();
        Suite::ALL.iter().any(|suite| hex(&suite.hash(&text.as_bytes()[..at])[..8]) == check)
    });
    if whole { SealError::Newer } else { SealError::DamagedHead }
}

fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.split_once(name).map(|(_, rest)| rest)
}

fn number(text: &str, name: &str) -> Option<u64> {
    let rest = after(text, name)?;
    let digits = rest.len() - rest.trim_start_matches(|letter: char| letter.is_ascii_digit()).len();
    rest[..digits].parse().ok()
}

fn quoted<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    after(text, name)?.strip_prefix('"')?.split_once('"').map(|(value, _)| value)
}
