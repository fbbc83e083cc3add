//! Folding of text to 16-bit codes: full width to half, capitals to small, traditional to simplified,
//! punctuation away. Knows no sounds and no index.

use std::sync::OnceLock;

/// Traditional (繁体) and simplified character in turn: the pairs of OpenCC's TSCharacters (Apache-2.0)
/// from Big5 level 1 to GB 2312.
const TRADITIONAL: &str = include_str!("traditional.txt");

/// Between fields; no folded character has this code.
pub const GAP: u16 = 0;

const RARE_FIRST: u32 = 0xE000;
const RARE_COUNT: u32 = 0x1900;

/// The code of a character, or `None` where it does not count for look-up (spaces, punctuation).
#[inline]
pub fn code(c: char) -> Option<u16> {
    let folded = match u16::try_from(u32::from(c)) {
        Ok(unit) => table()[usize::from(unit)],
        Err(_) if c.is_alphanumeric() => rare(c),
        Err(_) => GAP,
    };
    (folded != GAP).then_some(folded)
}

/// Codes of a text in order.
pub fn codes(text: &str) -> impl Iterator<Item = u16> + '_ {
    text.chars().filter_map(code)
}

/// Byte range in `text` of the `len` codes from the `at`-th one.
pub fn bytes(text: &str, at: usize, len: usize) -> (usize, usize) {
    let mut kept = text.char_indices().filter(|(_, c)| code(*c).is_some()).skip(at);
    let Some((start, first)) = kept.next() else { return (text.len(), text.len()) };
    let (last_at, last) =
        kept.nth(len.wrapping_sub(2)).filter(|_| len >= 2).unwrap_or((start, first));
    (start, last_at + last.len_utf8())
}

/// True for the characters that are written one per syllable.
pub fn is_han(code: u16) -> bool {
    (0x3400..=0x9FFF).contains(&code) || code >= RARE_FIRST as u16
}

/// A character beyond 16 bits shares one of 6,400 codes; such names are too rare to collide.
fn rare(c: char) -> u16 {
    (RARE_FIRST + u32::from(c) % RARE_COUNT) as u16
}

fn table() -> &'static [u16] {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table: Vec<u16> = (0..=u16::MAX).map(plain).collect();
        let mut pairs = TRADITIONAL.chars();
        while let (Some(from), Some(to)) = (pairs.next(), pairs.next()) {
            table[u32::from(from) as usize & 0xFFFF] = u32::from(to) as u16;
        }
        table[0x3007] = u32::from('零') as u16;
        table
    })
}

fn plain(unit: u16) -> u16 {
    let unit = if (0xFF01..=0xFF5E).contains(&unit) { unit - 0xFEE0 } else { unit };
    match char::from_u32(u32::from(unit)) {
        Some(c) if c.is_ascii() => {
            if c.is_ascii_alphanumeric() {
                u16::from(c.to_ascii_lowercase() as u8)
            } else {
                GAP
            }
        }
        Some('ü' | 'Ü') => u16::from(b'v'),
        Some(c) if is_han(unit) || c.is_alphanumeric() => unit,
        _ => GAP,
    }
}
