//! A recognised bundle whose hash is looked at a part at a time, so that a page stays awake. Reads no
//! lines: `read` does.

use std::borrow::Cow;

use super::error::BundleError;
use super::read::{Bundle, name_error};
use super::write::{Since, write};
use crate::journal::hash::{Hashing, sha256_hex};
use crate::model::json::StrictJson;

/// What the hash stands behind in the text.
const HASH: &str = ",\"hash\":";

/// A bundle that is not verified yet.
pub struct Opening<'a> {
    text: Cow<'a, str>,
    bundle: Bundle,
    /// How many actions and which hash the file says it has.
    actions: usize,
    hash: String,
    hashing: Hashing,
    /// Bytes hashed so far, and in all.
    done: usize,
    covered: usize,
}

impl<'a> Opening<'a> {
    pub(super) fn of(
        text: Cow<'a, str>,
        bundle: Bundle,
        actions: usize,
        hash: String,
    ) -> Opening<'a> {
        let covered = covered(&text).len();
        Opening { text, bundle, actions, hash, hashing: Hashing::default(), done: 0, covered }
    }

    /// Hashes so many bytes more; true when all are.
    pub fn hash(&mut self, bytes: usize) -> bool {
        let to = self.done.saturating_add(bytes).min(self.covered);
        self.hashing.take(&self.text.as_bytes()[self.done..to]);
        self.done = to;
        to == self.covered
    }

    /// The bundle, if the hash fits the text as it stands or, where a tool re-indented it, its canonical
    /// form.
    pub fn finish(mut self) -> Result<Bundle, BundleError> {
        self.hash(usize::MAX);
        let actions = self.actions;
        let bundle = self.verified()?;
        if bundle.texts.len() == actions { Ok(bundle) } else { Err(BundleError::CountMismatch) }
    }

    fn verified(mut self) -> Result<Bundle, BundleError> {
        if self.hashing.finish() == self.hash {
            return Ok(self.bundle);
        }
        // As this program writes it, line by line: nothing was re-indented, so something was changed.
        if self.text.contains("\"actions\":[\n{") {
            return Err(BundleError::HashMismatch);
        }
        let texts = self.bundle.texts.iter().map(|line| canonical(line));
        let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
        let again = write(&self.bundle.header, texts.iter().map(String::as_str), &Since::Start);
        if sha256_hex(covered(&again).as_bytes()) == self.hash {
            self.bundle.texts = texts;
            Ok(self.bundle)
        } else {
            Err(BundleError::HashMismatch)
        }
    }
}

fn covered(text: &str) -> &str {
    text.rfind(HASH).map_or(text, |end| &text[..end])
}

fn canonical(line: &str) -> Result<String, BundleError> {
    let json: StrictJson = serde_json::from_str(line).map_err(|error| name_error(line, &error))?;
    Ok(json.0.to_string())
}
