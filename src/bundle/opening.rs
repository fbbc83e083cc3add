//! A recognised bundle whose hash is still to be looked at, by whoever does that quickest. Judges no lines:
//! `read` does.

use std::borrow::Cow;

use super::error::BundleError;
use super::read::{ACTIONS, Bundle, name_error};
use super::write::{Since, compose_as};
use crate::journal::chain::Link;
use crate::journal::hash::sha256_hex;
use crate::model::json::StrictJson;

/// What the hash stands behind in the text.
const HASH: &str = ",\"hash\":";

/// A bundle that is not verified yet.
pub struct Opening<'a> {
    text: Cow<'a, str>,
    bundle: Bundle,
    format: u32,
    /// How many actions and which hash the file says it has.
    actions: usize,
    hash: String,
}

impl<'a> Opening<'a> {
    pub(super) fn of(
        text: Cow<'a, str>,
        bundle: Bundle,
        format: u32,
        actions: usize,
        hash: String,
    ) -> Opening<'a> {
        Opening { text, bundle, format, actions, hash }
    }

    /// What the hash is over, for who hashes elsewhere.
    pub fn covered(&self) -> &[u8] {
        covered(&self.text).as_bytes()
    }

    /// Long lines and their places, which are better hashed elsewhere.
    pub fn long_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.bundle.long_lines()
    }

    /// Reads lines of about so many bytes while they are hashed elsewhere; false where no more can be.
    pub fn read_ahead(&mut self, bytes: usize) -> bool {
        self.bundle.read_ahead(bytes)
    }

    /// Takes what was found of them.
    pub fn know_links(&mut self, links: impl IntoIterator<Item = (usize, Link)>) {
        self.bundle.links.extend(links);
    }

    /// The bundle, if this hash of what is covered fits it or, where a tool re-indented it, that of its
    /// canonical form does.
    pub fn finish_as(self, hash: &str) -> Result<Bundle, BundleError> {
        let actions = self.actions;
        let bundle = if hash == self.hash { self.bundle } else { self.canonical()? };
        if bundle.texts.len() == actions { Ok(bundle) } else { Err(BundleError::CountMismatch) }
    }

    /// The bundle as it was before a tool indented it.
    fn canonical(mut self) -> Result<Bundle, BundleError> {
        // As this program writes it, line by line: nothing was re-indented, so something was changed.
        let behind = self.text.split_once(ACTIONS).map(|(_, behind)| behind);
        if behind.is_some_and(|lines| lines.starts_with('{')) {
            return Err(BundleError::HashMismatch);
        }
        let texts = self.bundle.texts.iter().map(|line| canonical(line));
        let texts: Vec<String> = texts.collect::<Result<_, _>>()?;
        let lines = texts.iter().map(String::as_str);
        let again = compose_as(self.format, &self.bundle.header, lines, &Since::Start);
        if sha256_hex(again.covered()) == self.hash {
            self.bundle.texts = texts;
            self.bundle.links.clear();
            self.bundle.ahead.clear();
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
