//! Any bytes as a sealed file: its frame is refused with a sentence or read; behind a head that is put
//! right for it, a chunk opens as it was sealed or not at all.
#![no_main]

use std::sync::OnceLock;

use gangtu_seal::file::{Sealer, SealedFile};
use gangtu_seal::head::{FILE_ENTROPY, FileKey};
use gangtu_seal::names::Suite;
use gangtu_seal::text::hex;
use libfuzzer_sys::fuzz_target;

const PLAIN: &[u8] = b"what is inside, packed or not";

struct Known {
    /// The four lines of its head.
    head: Vec<u8>,
    key: FileKey,
}

/// A sealed file of each suite and its key: the passphrase is worked through once.
fn known() -> &'static [Known] {
    static KNOWN: OnceLock<Vec<Known>> = OnceLock::new();
    KNOWN.get_or_init(|| [Suite::XChaCha, Suite::Sm].map(seal).into())
}

fn seal(suite: Suite) -> Known {
    let mut sealer =
        Sealer::new(suite, PLAIN.len() as u64, "十二个字的口令", &[7; FILE_ENTROPY]).expect("seals");
    let head = sealer.head();
    let text = format!("{head}{}", sealer.chunk(PLAIN).expect("a chunk"));
    let file = SealedFile::read(text.as_bytes()).expect("reads");
    let key = file.unlock("十二个字的口令").expect("unlocks");
    assert_eq!(file.chunk(&key, 0).expect("opens"), PLAIN);
    Known { head: head.into_bytes(), key }
}

/// The same bytes with the check their head should have.
fn with_check(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (before, after) = text.split_once("\"check\":\"")?;
    let rest = after.get(16..)?;
    let suite = [Suite::XChaCha, Suite::Sm].into_iter().find(|suite| before.contains(suite.name()))?;
    let check = hex(&suite.hash(before.as_bytes())[..8]);
    Some(format!("{before}\"check\":\"{check}{rest}").into_bytes())
}

fn look(bytes: &[u8]) {
    match SealedFile::read(bytes) {
        Err(error) => assert!(!error.to_string().is_empty()),
        Ok(file) => {
            for known in known() {
                for at in 0..file.chunk_count().min(3) {
                    if let Ok(plain) = file.chunk(&known.key, at) {
                        assert_eq!(plain, PLAIN, "opened as another");
                    }
                }
            }
        }
    }
}

fuzz_target!(|bytes: &[u8]| {
    look(bytes);
    if let Some(right) = with_check(bytes) {
        look(&right);
    }
    for Known { head, .. } in known() {
        look(&[head, bytes].concat());
    }
});
