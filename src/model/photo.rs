//! A small portrait as a field holds it: a JPEG as text, small enough to travel with its record. Makes none and decodes none;
//! `web::portrait` does.

use super::spec::{Field, FieldType};
use super::value::{Text, Value};

/// What each begins with: that it is a JPEG, and the first bytes of one.
pub const BEGINNING: &str = "data:image/jpeg;base64,";
const FIRST_BYTES: &str = "/9j/";
/// The longest JPEG, in bytes.
pub const MOST_BYTES: usize = 12_000;
/// Pixels across and down.
pub const WIDE: u32 = 120;
pub const HIGH: u32 = 160;

/// A portrait, or none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Photo(Text);

impl Photo {
    /// `None` for what is no portrait of ours: another sort of picture, too large, or no picture at all. Looks at its
    /// beginning and its length only: people are read whenever something changes.
    pub fn of(text: &Text) -> Option<Photo> {
        bytes_of(text).map(|_| Photo(text.clone()))
    }

    pub fn is_none(&self) -> bool {
        self.0.is_empty()
    }

    /// As a page shows it.
    pub fn source(&self) -> &Text {
        &self.0
    }
}

/// Whether a text is such a portrait, to its last letter.
pub fn is_photo(text: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    bytes_of(text).is_some_and(|bytes| bytes.bytes().all(letter))
}

fn bytes_of(text: &str) -> Option<&str> {
    let most = MOST_BYTES.div_ceil(3) * 4;
    let bytes = text.strip_prefix(BEGINNING)?;
    (bytes.starts_with(FIRST_BYTES) && bytes.len() <= most).then_some(bytes)
}

impl Field for Photo {
    const TYPE: FieldType = FieldType::Photo;

    fn read(value: &Value) -> Photo {
        match value {
            Value::Text(text) => Photo::of(text).unwrap_or_default(),
            _ => Photo::default(),
        }
    }

    fn write(&self) -> Value {
        if self.is_none() { Value::Null } else { Value::Text(self.0.clone()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn photo(bytes: &str) -> Text {
        [BEGINNING, bytes].concat().into()
    }

    #[test]
    fn m11_only_a_small_jpeg_is_a_portrait() {
        assert!(is_photo(&photo("/9j/4AAQSkZJRg==")));
        for wrong in [
            photo("iVBORw0KGgo="),
            photo("/9j/\"><script>"),
            photo(&["/9j/", &"A".repeat(MOST_BYTES * 4 / 3)].concat()),
            "data:image/svg+xml;base64,/9j/AAAA".into(),
            "https://example.org/a.jpg".into(),
            "".into(),
        ] {
            assert!(!is_photo(&wrong), "{wrong}");
        }
    }

    #[test]
    fn m2_what_is_no_portrait_reads_as_none() {
        assert!(Photo::read(&Value::text("王小满.jpg")).is_none());
        assert!(Photo::read(&Value::Int(3)).is_none());
        let kept = Value::Text(photo("/9j/4AAQSkZJRg=="));
        assert_eq!(Photo::read(&kept).write(), kept);
    }
}
