//! Bytes of a chosen file into text, or the reason why they are no text. Does not look for columns.

use std::borrow::Cow;

use super::error::IntakeError;
use crate::encoding::{Gb18030, Nfc, composed};

/// Largest file read, in bytes.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;
/// Longest line, in bytes of the text; a sheet's longest rows stay far below.
pub const LONGEST_LINE: usize = 4 * 1024 * 1024;

/// How the text was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    Utf8Bom,
    Utf16Le,
    Utf16Be,
    /// GBK and its superset GB18030, which Chinese spreadsheet programs write.
    Gbk,
}

impl Encoding {
    pub fn label(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf8Bom => "UTF-8（带 BOM）",
            Encoding::Utf16Le | Encoding::Utf16Be => "UTF-16",
            Encoding::Gbk => "GBK",
        }
    }
}

/// A file as text, without a byte order mark, its lines ended by `\n` or `\r\n`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    pub text: String,
    pub encoding: Encoding,
}

/// Reads a file's bytes as text, on the host.
#[cfg(not(target_arch = "wasm32"))]
pub fn decode(bytes: &[u8]) -> Result<Decoded, IntakeError> {
    decode_with(bytes, &crate::encoding::gb18030, &crate::encoding::nfc)
}

/// Reads a file's bytes as text, composed, so that its names meet those of the township.
pub fn decode_with(bytes: &[u8], gb18030: Gb18030, nfc: Nfc) -> Result<Decoded, IntakeError> {
    if bytes.len() > MOST_BYTES {
        return Err(IntakeError::TooLarge { bytes: bytes.len() });
    }
    if let Some(refusal) = recognise(bytes) {
        return Err(refusal);
    }
    let (text, encoding) = to_text(bytes, gb18030)?;
    if text.trim().is_empty() {
        return Err(IntakeError::Empty);
    }
    if text.bytes().any(is_foreign_control) {
        return Err(IntakeError::Binary);
    }
    let text =
        if text.contains('\r') && !text.contains('\n') { text.replace('\r', "\n") } else { text };
    check_lines(&text)?;
    let text = match composed(&text, nfc) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => text,
    };
    Ok(Decoded { text, encoding })
}

/// What the first bytes say the file is, where that is no text.
fn recognise(bytes: &[u8]) -> Option<IntakeError> {
    const PICTURES: [&[u8]; 7] =
        [b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"BM\0", b"II*\0", b"MM\0*", b"\0\0\x01\0"];
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    let webp = starts(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    // A bitmap's reserved bytes are zero; its length field may hold anything.
    let bitmap = starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]);
    if PICTURES.into_iter().any(starts) || webp || bitmap {
        return Some(IntakeError::Picture);
    }
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") {
        return Some(if is_workbook(bytes) { IntakeError::Workbook } else { IntakeError::Zip });
    }
    let packed: [&[u8]; 4] = [b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B", b"\xFD7zXZ"];
    if packed.into_iter().any(starts) {
        return Some(IntakeError::Zip);
    }
    let program = starts(b"\x7FELF") || (starts(b"MZ") && bytes.contains(&0));
    match () {
        () if starts(b"%PDF") => Some(IntakeError::Pdf),
        () if starts(b"\xD0\xCF\x11\xE0") => Some(IntakeError::OldOffice),
        () if program => Some(IntakeError::Program),
        () => None,
    }
}

fn is_workbook(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let tail = &bytes[bytes.len().saturating_sub(8192)..];
    let names = |part: &[u8]| part.windows(3).any(|name| name == b"xl/");
    names(head) || names(tail)
}

/// No decoder replaces what it cannot read: a wrong guess must not put question marks into names.
fn to_text(bytes: &[u8], gb18030: Gb18030) -> Result<(String, Encoding), IntakeError> {
    let unknown = IntakeError::UnknownEncoding;
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let text = std::str::from_utf8(rest).map_err(|_| unknown)?;
        return Ok((text.to_string(), Encoding::Utf8Bom));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok((from_utf16(rest, u16::from_le_bytes).ok_or(unknown)?, Encoding::Utf16Le));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok((from_utf16(rest, u16::from_be_bytes).ok_or(unknown)?, Encoding::Utf16Be));
    }
    if bytes.contains(&0) {
        return Err(IntakeError::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok((text.to_string(), Encoding::Utf8)),
        Err(_) => Ok((gb18030(bytes).ok_or(unknown)?, Encoding::Gbk)),
    }
}

fn from_utf16(bytes: &[u8], join: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| join(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty())
}

/// Control characters no table holds. 0x1A is the end mark of very old programs.
fn is_foreign_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0B | 0x0C | 0x1A)
}

fn check_lines(text: &str) -> Result<(), IntakeError> {
    let long = text.split('\n').position(|line| line.len() > LONGEST_LINE);
    long.map_or(Ok(()), |at| Err(IntakeError::LongLine { line: at + 1 }))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "机构,岗位\n党政办,文书岗\n";

    #[test]
    fn x1_the_same_table_in_five_encodings_reads_the_same() {
        let utf16 = |wide: fn(u16) -> [u8; 2], mark: [u8; 2]| -> Vec<u8> {
            mark.into_iter().chain(TEXT.encode_utf16().flat_map(wide)).collect()
        };
        let cases = [
            (TEXT.as_bytes().to_vec(), Encoding::Utf8),
            ([b"\xEF\xBB\xBF", TEXT.as_bytes()].concat(), Encoding::Utf8Bom),
            (encoding_rs::GB18030.encode(TEXT).0.into_owned(), Encoding::Gbk),
            (utf16(u16::to_le_bytes, [0xFF, 0xFE]), Encoding::Utf16Le),
            (utf16(u16::to_be_bytes, [0xFE, 0xFF]), Encoding::Utf16Be),
        ];
        for (bytes, encoding) in cases {
            assert_eq!(decode(&bytes), Ok(Decoded { text: TEXT.to_string(), encoding }));
        }
    }

    #[test]
    fn x2_what_is_no_table_is_named() {
        let cases: [(&[u8], IntakeError); 12] = [
            (b"", IntakeError::Empty),
            (b" \r\n\t", IntakeError::Empty),
            (b"\x89PNG\r\n\x1A\n\0\0", IntakeError::Picture),
            (b"\xFF\xD8\xFF\xE0\0\x10JFIF", IntakeError::Picture),
            (b"PK\x03\x04\x14\0....xl/workbook.xml", IntakeError::Workbook),
            (b"PK\x03\x04\x14\0....readme.txt", IntakeError::Zip),
            (b"%PDF-1.7\n", IntakeError::Pdf),
            (b"MZ\x90\0\x03", IntakeError::Program),
            (b"\xD0\xCF\x11\xE0\xA1\xB1", IntakeError::OldOffice),
            (b"a,b\n\0\0\0", IntakeError::Binary),
            (b"a,\xFF\xFF\n", IntakeError::UnknownEncoding),
            (b"\xFF\xFEa\0b", IntakeError::UnknownEncoding),
        ];
        for (bytes, refusal) in cases {
            assert_eq!(decode(bytes), Err(refusal), "{bytes:?}");
        }
    }

    #[test]
    fn x1_old_line_ends_become_lines() {
        assert_eq!(decode(b"a,b\r1,2\r").map(|decoded| decoded.text), Ok("a,b\n1,2\n".to_string()));
    }

    #[test]
    fn x2_fifty_megabytes_of_one_line_are_refused_with_their_line() {
        let mut bytes = b"name\n".to_vec();
        bytes.resize(50 * 1024 * 1024, b'x');
        assert_eq!(decode(&bytes), Err(IntakeError::LongLine { line: 2 }));
    }
}
