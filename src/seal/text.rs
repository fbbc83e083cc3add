//! Bytes as text that survives messengers: base64, and what editors put around it. Strict: one text
//! for the same bytes, so that a changed letter cannot pass unnoticed.

use base64ct::{Base64, Encoding};

pub fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

pub fn base64(bytes: &[u8]) -> String {
    Base64::encode_string(bytes)
}

/// `None` for anything `base64` does not write.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let bytes = Base64::decode_vec(text).ok()?;
    // Bits beyond the last byte must be as written.
    let whole = text.len().is_multiple_of(4) && !text.ends_with('=');
    (whole || base64(&bytes) == text).then_some(bytes)
}

/// Length of the base64 text of so many bytes.
pub const fn base64_len(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| char::from(DIGITS[usize::from(digit)])).collect()
}
