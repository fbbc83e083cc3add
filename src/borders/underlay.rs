//! Which files can be laid under the borders that are drawn, told by their first bytes and their size before anything of
//! them is decoded. Reads no file.

use std::fmt;

/// Bytes of a file by which it is told what it is.
pub const BEGINNING: u32 = 32;
/// A file may have so many bytes at most.
pub const MOST_BYTES: f64 = 100e6;
/// A picture may have so many pixels at most: decoded each takes four bytes.
const MOST_PIXELS: f64 = 120e6;

/// Why a file is not laid under; nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotLay {
    /// The browser could not read it.
    Unreadable,
    Empty,
    NoPicture,
    /// A picture, but of a sort that browsers do not show.
    Heic,
    Tiff,
    Pdf,
    TooLarge,
    /// It begins like a picture, and the browser makes none of it.
    Broken,
}

impl fmt::Display for CannotLay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CannotLay::Unreadable => {
                "这个文件读不出来，可能已经移走或者 U 盘拔了。什么都没有改动，请重新选。"
            }
            CannotLay::Empty => "这个文件是空的。什么都没有改动，请另选一张图。",
            CannotLay::NoPicture => {
                "这不是图片。能用的是 JPG、PNG、WebP，什么都没有改动，请另选一张。"
            }
            CannotLay::Heic => {
                "这是苹果手机的 HEIC 照片，浏览器打不开。什么都没有改动；请截一张屏，或者另存为 JPG 再选。"
            }
            CannotLay::Tiff => {
                "这是 TIF 图，浏览器打不开。什么都没有改动；请用看图软件另存为 JPG 或 PNG 再选。"
            }
            CannotLay::Pdf => {
                "这是 PDF，不是图片。什么都没有改动；请打开它截一张屏，或者另存为图片再选。"
            }
            CannotLay::TooLarge => {
                "这张图太大，这台电脑吃不消。什么都没有改动；请用看图软件缩小到长边一万像素以内再选。"
            }
            CannotLay::Broken => "这张图坏了或者没有拷贝完整。什么都没有改动，请换一份再选。",
        })
    }
}

/// Whether a file begins like a JPEG, PNG or WebP.
pub fn begins_well(bytes: &[u8]) -> Result<(), CannotLay> {
    let at =
        |from: usize, what: &[u8]| bytes.get(from..).is_some_and(|rest| rest.starts_with(what));
    let webp = at(0, b"RIFF") && at(8, b"WEBP");
    if at(0, &[0xff, 0xd8, 0xff]) || at(0, b"\x89PNG\r\n\x1a\n") || webp {
        return Ok(());
    }
    let heic = ["heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"];
    Err(match () {
        () if bytes.is_empty() => CannotLay::Empty,
        () if at(4, b"ftyp") && heic.iter().any(|brand| at(8, brand.as_bytes())) => CannotLay::Heic,
        () if at(0, b"II*\0") || at(0, b"MM\0*") => CannotLay::Tiff,
        () if at(0, b"%PDF") => CannotLay::Pdf,
        () => CannotLay::NoPicture,
    })
}

/// Whether a picture can be held.
pub fn has_room(width: f64, height: f64) -> Result<(), CannotLay> {
    match width * height {
        pixels if pixels > MOST_PIXELS => Err(CannotLay::TooLarge),
        pixels if pixels >= 1.0 => Ok(()),
        _ => Err(CannotLay::Broken),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn g13_a_file_is_told_by_its_first_bytes_not_its_name() {
        assert_eq!(begins_well(&[0xff, 0xd8, 0xff, 0xe0, 0, 16]), Ok(()));
        assert_eq!(begins_well(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), Ok(()));
        assert_eq!(begins_well(b"RIFF\x10\0\0\0WEBPVP8 "), Ok(()));
        assert_eq!(begins_well(b""), Err(CannotLay::Empty));
        assert_eq!(begins_well(b"\0\0\0\x18ftypheic\0\0"), Err(CannotLay::Heic));
        assert_eq!(begins_well(b"II*\0\x08"), Err(CannotLay::Tiff));
        assert_eq!(begins_well(b"%PDF-1.7"), Err(CannotLay::Pdf));
        for other in [&b"RIFF\x10\0\0\0WAVEfmt "[..], b"<svg xmlns=", b"{\"a\":1}", b"\xff\xd8"] {
            assert_eq!(begins_well(other), Err(CannotLay::NoPicture));
        }
    }

    #[test]
    fn g13_a_picture_has_room_or_is_refused() {
        assert_eq!(has_room(9_000.0, 12_000.0), Ok(()));
        assert_eq!(has_room(20_000.0, 12_000.0), Err(CannotLay::TooLarge));
        assert_eq!(has_room(0.0, 12.0), Err(CannotLay::Broken));
    }
}
