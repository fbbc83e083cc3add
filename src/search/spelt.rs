//! Letters against a field's spelling, with a few letters wrong, missing, extra or swapped: bit-parallel
//! approximate substring search (Myers 1999, with Hyyrö's transposition). Knows no scores.

use super::sound::Sounds;

/// Letters of a query prepared for comparing; at most 64 count.
pub struct Letters {
    masks: [u64; 128],
    len: usize,
}

/// The nearest place: edits needed, and the folded characters `at..end` of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Nearest {
    pub edits: usize,
    pub at: usize,
    pub end: usize,
}

impl Letters {
    /// `None` where the query is not letters and digits only.
    pub fn new(codes: &[u16]) -> Option<Self> {
        let len = codes.len().min(64);
        let mut masks = [0; 128];
        for (i, code) in codes[..len].iter().enumerate() {
            *masks.get_mut(usize::from(*code))? |= 1 << i;
        }
        (len > 0).then_some(Self { masks, len })
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// Edits forgiven for a query of this length.
    pub fn allowed(&self) -> usize {
        match self.len {
            0..=3 => 0,
            4..=9 => 1,
            10..=17 => 2,
            _ => 3,
        }
    }

    /// Where the letters spell a piece of the field exactly, in any readings of its characters;
    /// otherwise the nearest substring of the field's commonest spelling.
    pub fn nearest(&self, field: &[u16]) -> Nearest {
        let nearest = self.nearest_in_commonest(field);
        if nearest.edits == 0 { nearest } else { self.exactly(field).unwrap_or(nearest) }
    }

    fn exactly(&self, field: &[u16]) -> Option<Nearest> {
        let spelt_to = |from: usize| {
            let mut reached = 1_u128;
            field[from..].iter().position(|code| {
                reached = self.beyond(*code, reached);
                reached >> self.len & 1 == 1
            })
        };
        (0..field.len()).find_map(|at| {
            let last = spelt_to(at)?;
            Some(Nearest { edits: 0, at, end: at + last + 1 })
        })
    }

    /// Numbers of letters read (as bits) after one more character, whichever way it is read.
    fn beyond(&self, code: u16, reached: u128) -> u128 {
        let sounds = Sounds::get();
        let spellings = sounds.readings(code).map(|sound| sounds.spell(sound));
        let read = |spelt: &str| {
            spelt.bytes().fold(reached, |read, letter| {
                (read & u128::from(self.masks[usize::from(letter & 127)])) << 1
            })
        };
        spellings.filter(|spelt| !spelt.is_empty()).fold(0, |beyond, spelt| beyond | read(spelt))
    }

    fn nearest_in_commonest(&self, field: &[u16]) -> Nearest {
        let sounds = Sounds::get();
        let top = 1_u64 << (self.len - 1);
        let (mut vp, mut vn, mut d0, mut before) = (u64::MAX, 0_u64, 0_u64, 0_u64);
        let mut edits = self.len;
        let mut best = (self.len, 0_usize, 0_usize);
        let mut spelt = 0;
        for (i, code) in field.iter().enumerate() {
            for letter in sounds.spell(sounds.first(*code)).bytes() {
                spelt += 1;
                let mask = self.masks[usize::from(letter & 127)];
                let swapped = ((!d0 & mask) << 1) & before;
                d0 = ((mask & vp).wrapping_add(vp) ^ vp) | mask | vn | swapped;
                let hp = vn | !(d0 | vp);
                let hn = d0 & vp;
                edits = edits + usize::from(hp & top != 0) - usize::from(hn & top != 0);
                (vp, vn) = ((hn << 1) | !(d0 | (hp << 1)), (hp << 1) & d0);
                before = mask;
                if edits < best.0 {
                    best = (edits, spelt, i + 1);
                }
            }
        }
        let begin = best.1.saturating_sub(self.len);
        Nearest { edits: best.0, at: code_of_letter(field, begin), end: best.2 }
    }
}

fn code_of_letter(field: &[u16], letter: usize) -> usize {
    let sounds = Sounds::get();
    let mut passed = 0;
    for (i, code) in field.iter().enumerate() {
        passed += sounds.spell(sounds.first(*code)).len();
        // The last letter of a syllable alone is more likely one letter too many than a match.
        if passed > letter + 1 {
            return i;
        }
    }
    field.len()
}
