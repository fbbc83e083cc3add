//! Texts as integers that compare as their sounds do, and lines sorted by such integers: what a list
//! of 100,000 rows is put in order with. Lives here because this crate is compiled for speed. Knows
//! no records; which sound a character has is handed in.

/// A sort key, where the line stands now, and whatever is sorted.
pub type Line = (u128, u32, u32);

/// The place of a character's sound among all sounds; equal for homophones.
pub type Sound<'a> = &'a dyn Fn(char) -> u16;

/// The key of an empty text: last in either direction.
pub const BLANK: u128 = u128::MAX;

/// Sorts by key; equal keys stay as they stood.
pub fn sort_lines(lines: &mut [Line]) {
    lines.sort_unstable_by_key(|line| (line.0, line.1));
}

/// How the characters of some texts rank, and how many of them a key holds.
pub struct Ranks {
    /// From 1, by code; 0 for what does not occur. All beyond the basic plane share the last.
    ranks: Vec<u16>,
    packed: usize,
}

impl Ranks {
    /// Looks once at every character.
    pub fn of(texts: &[&str], sound: Sound) -> Ranks {
        let mut ranks = vec![0u16; 1 << 16];
        let mut lines: Vec<Line> = Vec::new();
        for letter in texts.iter().flat_map(|text| text.chars()) {
            let code = code_of(letter);
            if ranks[code] == 0 {
                ranks[code] = 1;
                lines.push((weight(letter, sound), lines.len() as u32, code as u32));
            }
        }
        sort_lines(&mut lines);
        for (rank, (_, _, code)) in (1..).zip(&lines) {
            ranks[*code as usize] = rank;
        }
        let bits = usize::BITS - lines.len().leading_zeros();
        Ranks { ranks, packed: u128::BITS as usize / bits.max(1) as usize }
    }

    /// The keys of texts: their first characters' ranks, side by side.
    pub fn keys(&self, texts: &[&str]) -> Vec<u128> {
        texts.iter().map(|text| self.key(text)).collect()
    }

    fn key(&self, text: &str) -> u128 {
        if text.is_empty() {
            return BLANK;
        }
        let bits = u128::BITS / self.packed as u32;
        let mut key = 0u128;
        let mut letters = text.chars();
        for _ in 0..self.packed {
            let rank = letters.next().map_or(0, |letter| self.ranks[code_of(letter)]);
            key = key.checked_shl(bits).unwrap_or(0) | u128::from(rank);
        }
        // One bit less keeps every key below BLANK, also when inverted.
        key.min(BLANK - 1)
    }

    /// Compares what stands behind the characters a key holds, and at last the texts themselves.
    pub fn compare_tails(&self, a: &str, b: &str) -> std::cmp::Ordering {
        self.compare_from(self.packed, a, b)
    }

    /// Compares whole texts.
    pub fn compare(&self, a: &str, b: &str) -> std::cmp::Ordering {
        self.compare_from(0, a, b)
    }

    fn compare_from(&self, skipped: usize, a: &str, b: &str) -> std::cmp::Ordering {
        if a == b {
            return std::cmp::Ordering::Equal;
        }
        let rank = |letter: char| self.ranks[code_of(letter)];
        let (a_rest, b_rest) = (a.chars().skip(skipped), b.chars().skip(skipped));
        a_rest.map(rank).cmp(b_rest.map(rank)).then_with(|| a.cmp(b))
    }
}

fn code_of(letter: char) -> usize {
    (letter as usize).min(0xFFFF)
}

/// Digits and Latin letters first, capitals beside small ones, then Han by sound.
fn weight(letter: char, sound: Sound) -> u128 {
    let (class, within) = if letter.is_ascii() {
        (0, u32::from(letter.to_ascii_lowercase()) << 1 | u32::from(letter.is_ascii_uppercase()))
    } else {
        (sound(letter).saturating_add(1), letter as u32)
    };
    u128::from(class) << 32 | u128::from(within)
}
