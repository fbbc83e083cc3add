//! A sealed file (加密文件), chunk by chunk: sealing, reading its frame, opening. Packs nothing: the
//! content comes gzipped, so that a sealed file is no larger than the plain one.

use crate::error::SealError;
use crate::head::{FILE_ENTROPY, FileKey, Head, KEY_ENTROPY};
use crate::suite::{Place, Suite, TAG};
use crate::text::{base64, base64_len, from_base64, without_bom};

/// Bytes of packed content in a chunk; only the last is shorter.
pub const CHUNK: usize = 48 * 1024;

const END: &str = "]}\n";

/// Chunks that content of so many bytes takes; empty content is one empty chunk.
pub fn chunk_count(size: u64) -> u32 {
    u32::try_from(size.div_ceil(CHUNK as u64).max(1)).unwrap_or(u32::MAX)
}

/// Bytes of packed content in chunk `at` (from 0).
fn chunk_len(size: u64, at: u32) -> usize {
    let before = u64::from(at) * CHUNK as u64;
    usize::try_from(size.saturating_sub(before)).unwrap_or(CHUNK).min(CHUNK)
}

/// Seals packed content whose size is known; the text comes piece by piece.
pub struct Sealer {
    head: Head,
    key: FileKey,
    bound: String,
    at: u32,
}

impl Sealer {
    /// Works for about a second: Argon2id.
    pub fn new(
        suite: Suite,
        size: u64,
        passphrase: &str,
        entropy: &[u8; FILE_ENTROPY],
    ) -> Result<Sealer, SealError> {
        let (head, key) = Head::new(suite, size, passphrase, entropy)?;
        Ok(Sealer::with(head, key))
    }

    pub(crate) fn with(head: Head, key: FileKey) -> Sealer {
        let bound = head.fixed();
        Sealer { head, key, bound, at: 0 }
    }

    pub fn head(&self) -> String {
        self.head.text()
    }

    /// The text of the next chunk; `None` where there is none, or the piece is not as long as a chunk
    /// at this place is.
    pub fn chunk(&mut self, plain: &[u8]) -> Option<String> {
        let count = chunk_count(self.head.size);
        if self.at >= count || plain.len() != chunk_len(self.head.size, self.at) {
            return None;
        }
        let last = self.at + 1 == count;
        let place = Place::Chunk { at: self.at, last };
        let sealed = self.head.suite.seal(&self.key.0, place, self.bound.as_bytes(), plain)?;
        self.at += 1;
        Some(format!("\"{}\"{}", base64(&sealed), if last { "\n]}\n" } else { ",\n" }))
    }
}

/// A file whose frame is sound: nothing is missing and nothing is too much. Its content is unknown.
pub struct SealedFile {
    head: Head,
    /// As read, without a BOM and with LF as line ends.
    text: Vec<u8>,
    /// Where the chunks begin.
    body: usize,
}

impl SealedFile {
    /// Recognises a file; needs no passphrase.
    pub fn read(bytes: &[u8]) -> Result<SealedFile, SealError> {
        let text = as_written(bytes);
        if !crate::is_sealed(&text) {
            return Err(SealError::NotSealed);
        }
        let body = head_end(&text).ok_or(SealError::Truncated { found: 0, of: claimed(&text) })?;
        let lines = std::str::from_utf8(&text[..body]).map_err(|_| SealError::DamagedHead)?;
        let head = Head::read(lines)?;
        let file = SealedFile { head, text, body };
        file.check_frame()?;
        Ok(file)
    }

    pub fn suite(&self) -> Suite {
        self.head.suite
    }

    pub fn chunk_count(&self) -> u32 {
        chunk_count(self.head.size)
    }

    /// Works for about a second: Argon2id.
    pub fn unlock(&self, passphrase: &str) -> Result<FileKey, SealError> {
        self.head.unlock(passphrase)
    }

    /// The packed content of chunk `at` (from 0).
    pub fn chunk(&self, key: &FileKey, at: u32) -> Result<Vec<u8>, SealError> {
        let damaged = SealError::DamagedChunk { at: at + 1, of: self.chunk_count() };
        let sealed = self.sealed_chunk(at).ok_or(damaged.clone())?;
        let place = Place::Chunk { at, last: at + 1 == self.chunk_count() };
        let bound = self.head.fixed();
        self.head.suite.open(&key.0, place, bound.as_bytes(), &sealed).ok_or(damaged)
    }

    /// The same file under another passphrase: a new head, the chunks byte for byte.
    pub fn rewrapped(
        &self,
        key: &FileKey,
        passphrase: &str,
        entropy: &[u8; KEY_ENTROPY],
    ) -> Result<Vec<u8>, SealError> {
        let head = self.head.rewrapped(key, passphrase, entropy)?;
        let mut text = head.text().into_bytes();
        text.extend_from_slice(&self.text[self.body..]);
        Ok(text)
    }

    /// Every line is there, as long as it must be, and in its dress.
    fn check_frame(&self) -> Result<(), SealError> {
        let count = self.chunk_count();
        let mut from = self.body;
        for at in 0..count {
            let to = from + self.line_len(at);
            let Some(line) = self.text.get(from..to) else {
                return Err(SealError::Truncated { found: at, of: count });
            };
            let dressed = line.starts_with(b"\"") && line.ends_with(line_end(at + 1 == count));
            let inner = &line[1..line.len() - line_end(at + 1 == count).len()];
            if !dressed || !inner.iter().all(is_base64) {
                return Err(SealError::DamagedChunk { at: at + 1, of: count });
            }
            from = to;
        }
        match &self.text[from..] {
            rest if rest == END.as_bytes() || rest == b"]}" => Ok(()),
            rest if END.as_bytes().starts_with(rest) => {
                Err(SealError::Truncated { found: count, of: count })
            }
            _ => Err(SealError::Trailing),
        }
    }

    fn line_len(&self, at: u32) -> usize {
        let last = at + 1 == self.chunk_count();
        1 + base64_len(chunk_len(self.head.size, at) + TAG) + line_end(last).len()
    }

    fn sealed_chunk(&self, at: u32) -> Option<Vec<u8>> {
        let from = self.body + at as usize * self.line_len(0);
        let last = at + 1 == self.chunk_count();
        let line = self.text.get(from..from + self.line_len(at))?;
        let inner = &line[1..line.len() - line_end(last).len()];
        from_base64(std::str::from_utf8(inner).ok()?)
    }
}

/// What stands behind the base64 of a chunk.
fn line_end(last: bool) -> &'static [u8] {
    if last { b"\"\n" } else { b"\",\n" }
}

fn is_base64(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=')
}

/// A BOM or line ends of Windows do no harm: an editor put them there.
fn as_written(bytes: &[u8]) -> Vec<u8> {
    let bytes = without_bom(bytes);
    if !bytes.contains(&b'\r') {
        return bytes.to_vec();
    }
    let next = bytes.iter().skip(1).map(Some).chain([None]);
    let kept =
        bytes.iter().zip(next).filter(|(byte, next)| !(**byte == b'\r' && *next == Some(&b'\n')));
    kept.map(|(byte, _)| *byte).collect()
}

/// Behind the fourth line; `None` where the file ends before.
fn head_end(text: &[u8]) -> Option<usize> {
    let lines = text.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    lines.map(|(at, _)| at + 1).nth(3)
}

/// How many chunks a head that is not whole says there are; one where it does not get so far.
fn claimed(text: &[u8]) -> u32 {
    let text = std::str::from_utf8(text).unwrap_or_default();
    let size = text.split_once("\"size\":").and_then(|(_, rest)| rest.split_once(','));
    chunk_count(size.and_then(|(digits, _)| digits.parse().ok()).unwrap_or(0))
}
