//! How wide a string is, by table, so that layout is the same on the host and in the page.
//!
//! The tables hold the advance widths of the Source Han (Noto CJK) faces; YaHei and SimSun differ
//! by a few percent, which the cards' padding takes up. Shapes no glyphs and knows no kerning.

use super::style::{Face, Font};

/// The width of a string in world units. Layouts take this; no painter measures.
pub trait TextMetrics {
    fn width(&self, text: &str, font: Font) -> f64;
}

/// The table everyone uses: host, page and export.
#[derive(Clone, Copy, Debug, Default)]
pub struct TableMetrics;

impl TextMetrics for TableMetrics {
    fn width(&self, text: &str, font: Font) -> f64 {
        let table = table(font);
        let hundredths: u32 = text.chars().map(|c| u32::from(advance(c, table))).sum();
        f64::from(hundredths) * font.size / 100.0
    }
}

fn table(font: Font) -> &'static [u8; 95] {
    match (font.face, font.bold) {
        (Face::Hei, false) => &HEI,
        (Face::Hei, true) => &HEI_BOLD,
        (Face::Song, false) => &SONG,
        (Face::Song, true) => &SONG_BOLD,
    }
}

/// Advance in hundredths of an em.
fn advance(c: char, table: &[u8; 95]) -> u8 {
    match c as u32 {
        code @ 0x20..=0x7e => table[code as usize - 0x20],
        0..=0x1f | 0x7f | 0x200b..=0x200f | 0xfe00..=0xfe0f | 0x300..=0x36f => 0,
        0xb7 | 0xd7 | 0xb0 | 0xb1 => 100,
        0x80..=0x2ff | 0x370..=0x52f | 0x2012..=0x2013 => 58,
        // halfwidth kana and symbols
        0xff61..=0xffdc | 0xffe8..=0xffee => 50,
        _ => 100,
    }
}

// Advance widths of U+0020..U+007E; digits set to one width, as the painters ask for tabular ones.
#[rustfmt::skip]
const HEI: [u8; 95] = [
    22, 32, 47, 56, 56, 92, 68, 28, 34, 34, 47, 56, 28, 35, 28, 39, 56, 56, 56, 56, 56, 56, 56, 56,
    56, 56, 28, 28, 56, 56, 56, 47, 95, 61, 66, 64, 69, 59, 55, 69, 73, 29, 54, 65, 54, 81, 72, 74,
    63, 74, 64, 60, 60, 72, 58, 88, 57, 53, 60, 34, 39, 34, 56, 56, 61, 56, 62, 51, 62, 55, 32, 56,
    61, 28, 28, 55, 28, 93, 61, 61, 62, 62, 39, 47, 38, 61, 52, 80, 50, 52, 48, 34, 27, 34, 56,
];
#[rustfmt::skip]
const HEI_BOLD: [u8; 95] = [
    23, 37, 57, 59, 59, 96, 74, 32, 38, 38, 51, 59, 32, 37, 32, 39, 59, 59, 59, 59, 59, 59, 59, 59,
    59, 59, 32, 32, 59, 59, 59, 51, 101, 64, 68, 66, 71, 62, 58, 72, 76, 33, 57, 69, 58, 85, 75, 77,
    67, 77, 68, 62, 62, 75, 62, 92, 63, 58, 61, 38, 39, 38, 59, 57, 63, 59, 64, 53, 64, 58, 37, 60,
    64, 30, 31, 60, 32, 96, 64, 63, 64, 64, 44, 50, 42, 64, 58, 86, 56, 57, 51, 38, 30, 38, 59,
];
#[rustfmt::skip]
const SONG: [u8; 95] = [
    26, 31, 38, 57, 55, 92, 78, 20, 36, 36, 48, 58, 33, 35, 33, 35, 56, 56, 56, 56, 56, 56, 56, 56,
    56, 56, 33, 33, 58, 58, 58, 43, 91, 72, 67, 69, 77, 65, 63, 74, 85, 40, 40, 73, 62, 98, 80, 77,
    64, 77, 72, 57, 66, 80, 71, 105, 70, 69, 60, 34, 35, 34, 58, 56, 44, 56, 64, 54, 63, 55, 39, 57,
    66, 33, 31, 61, 33, 97, 66, 60, 64, 61, 46, 47, 37, 65, 55, 84, 56, 55, 50, 37, 32, 37, 58,
];
#[rustfmt::skip]
const SONG_BOLD: [u8; 95] = [
    25, 36, 45, 62, 59, 97, 80, 24, 40, 40, 48, 60, 34, 37, 34, 40, 59, 59, 59, 59, 59, 59, 59, 59,
    59, 59, 34, 34, 60, 60, 60, 47, 97, 75, 71, 70, 79, 67, 65, 76, 86, 43, 43, 77, 64, 100, 82, 78,
    67, 78, 75, 60, 70, 82, 73, 109, 73, 70, 63, 37, 40, 37, 60, 59, 45, 58, 67, 56, 66, 57, 40, 60,
    69, 35, 34, 65, 36, 101, 68, 62, 67, 64, 50, 50, 39, 68, 58, 87, 60, 58, 52, 38, 34, 38, 60,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn hei(size: f64) -> Font {
        Font { face: Face::Hei, bold: false, size }
    }

    #[test]
    fn a_chinese_character_is_one_em_from_every_plane() {
        assert_eq!(TableMetrics.width("岗", hei(14.0)), 14.0);
        assert_eq!(TableMetrics.width("𠮷（、", hei(10.0)), 30.0);
    }

    #[test]
    fn digits_are_tabular() {
        let w = |s| TableMetrics.width(s, hei(100.0));
        assert_eq!(w("1111"), w("0808"));
        assert!(w("1") < w("岗"));
    }
}
