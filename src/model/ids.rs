//! Names of records. Does not make them: fresh ids need entropy, which is handed in.

use std::borrow::Borrow;
use std::fmt;
use std::marker::PhantomData;

use super::spec::Record;
use super::value::Text;

/// The id of one record within its kind: 1–64 of `A-Z a-z 0-9 _ - . :`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Text);

impl RecordId {
    /// `None` when the text is no id: ids travel in links and file names, so they stay plain.
    pub fn parse(text: &str) -> Option<RecordId> {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
        let fits = !text.is_empty() && text.len() <= 64 && text.bytes().all(plain);
        fits.then(|| RecordId(text.into()))
    }

    /// A fresh id from 80 random bits: 16 letters and digits that cannot be misread.
    pub fn from_random(bits: u128) -> RecordId {
        RecordId(base32(bits, 16).into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn text(&self) -> &Text {
        &self.0
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Borrow<str> for RecordId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// The lowest `5 * length` bits in Crockford's base 32 (no i, l, o, u), highest digit first.
pub fn base32(bits: u128, length: u32) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let digit = |place: u32| DIGITS[(bits >> (5 * place) & 31) as usize] as char;
    (0..length).rev().map(digit).collect()
}

/// A reference to a record of kind `K`; it may dangle after a merge, which is a finding, not an error.
pub struct Ref<K> {
    pub id: RecordId,
    kind: PhantomData<fn() -> K>,
}

impl<K: Record> Ref<K> {
    pub fn new(id: RecordId) -> Ref<K> {
        Ref { id, kind: PhantomData }
    }
}

// Derives would ask the same of `K`, which is only a name here.
impl<K> Clone for Ref<K> {
    fn clone(&self) -> Self {
        Ref { id: self.id.clone(), kind: PhantomData }
    }
}

impl<K> PartialEq for Ref<K> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<K> fmt::Debug for Ref<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "→{}", self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_plain_text() {
        for good in ["a", "p-1", "421182101001", "x:y.z_9"] {
            assert!(RecordId::parse(good).is_some(), "{good}");
        }
        for bad in ["", "a b", "岗", "<b>", "a/b", &"x".repeat(65)] {
            assert!(RecordId::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn random_ids_have_sixteen_digits() {
        assert_eq!(RecordId::from_random(0).as_str(), "0".repeat(16));
        assert_eq!(RecordId::from_random(31).as_str(), format!("{}z", "0".repeat(15)));
    }
}
