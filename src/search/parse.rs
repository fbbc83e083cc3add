//! What somebody typed, read as a row of units: characters, syllables, initials. A letter run has
//! several readings (`xian` is 先 or 西安); the likeliest few are kept. Knows no index.

use super::fold;
use super::sound::{SOUNDS, Sound, Sounds};

/// How well a unit takes a character; smaller is better, `NO` is refusal.
pub type Level = u8;
pub const SAME: Level = 0;
/// The unit is the beginning of the syllable only.
pub const PARTLY: Level = 1;
/// A homophone (同音字) of the character typed.
pub const HOMOPHONE: Level = 2;
pub const NEAR: Level = 3;
pub const NO: Level = 255;

/// Longest query looked at, in folded characters.
pub const MOST_CODES: usize = 64;
/// Syllables of one letter.
const SINGLE_VOWELS: [&str; 3] = ["a", "e", "o"];
const MOST_READINGS: usize = 5;
const BEAM: usize = 6;

/// Sounds from the first up to, not including, the second.
pub type Range = (Sound, Sound);

/// One character, syllable or beginning of a syllable.
#[derive(Clone)]
pub struct Unit {
    /// The character typed, or 0 where letters stand for a syllable.
    pub code: u16,
    /// First folded character of the query this unit covers.
    pub at: u8,
    /// Letters that are only the beginning of a syllable.
    pub short: bool,
    /// The sounds taken, disjoint; those that only sound near last.
    pub ranges: Vec<Range>,
    /// How many of the ranges are not near sounds.
    sure: usize,
    level: [Level; SOUNDS],
}

/// One way to read the query.
#[derive(Clone)]
pub struct Reading {
    pub units: Vec<Unit>,
    /// Units that are less than a syllable.
    pub short: usize,
}

impl Unit {
    fn new(code: u16, at: usize) -> Self {
        Self { code, at: at as u8, short: false, ranges: Vec::new(), sure: 0, level: [NO; SOUNDS] }
    }

    /// A typed character: itself, its homophones, and what sounds near.
    pub fn han(code: u16, at: usize) -> Self {
        let sounds = Sounds::get();
        let mut unit = Self::new(code, at);
        for sound in sounds.readings(code) {
            unit.accept(sound, sound + 1, HOMOPHONE);
        }
        for sound in sounds.readings(code) {
            sounds.near(sound).iter().for_each(|n| unit.accept(*n, n + 1, NEAR));
        }
        unit
    }

    /// Letters for a whole syllable, `partial` where more letters may follow.
    fn syllable(at: usize, len: usize, lo: Sound, hi: Sound, exact: bool, partial: bool) -> Self {
        let sounds = Sounds::get();
        let mut unit = Self::new(0, at);
        unit.short = !exact || (len == 1 && !SINGLE_VOWELS.contains(&Sounds::get().spell(lo)));
        if exact {
            unit.accept(lo, lo + 1, SAME);
        }
        if partial || !exact {
            unit.accept(lo, hi, PARTLY);
        }
        if exact && len > 1 {
            sounds.near(lo).iter().for_each(|n| unit.accept(*n, n + 1, NEAR));
        }
        unit
    }

    /// The sounds taken that are not merely near.
    pub fn sure(&self) -> &[Range] {
        &self.ranges[..self.sure]
    }

    fn accept(&mut self, lo: Sound, hi: Sound, level: Level) {
        for sound in lo..hi {
            let known = &mut self.level[usize::from(sound)];
            if *known != NO {
                continue;
            }
            *known = level;
            match self.ranges.last_mut() {
                Some((_, end)) if *end == sound && level != NEAR => *end = sound + 1,
                _ => self.ranges.push((sound, sound + 1)),
            }
            if level != NEAR {
                self.sure = self.ranges.len();
            }
        }
    }

    /// How well this unit takes a folded character.
    #[inline]
    pub fn takes(&self, code: u16, sounds: &Sounds) -> Level {
        if code == self.code && code != fold::GAP {
            return SAME;
        }
        let first = self.level[usize::from(sounds.first(code))];
        sounds.more(code).iter().map(|s| self.level[usize::from(*s)]).fold(first, Level::min)
    }

    /// How well this unit takes a sound alone.
    #[inline]
    pub fn takes_sound(&self, sound: Sound) -> Level {
        self.level[usize::from(sound)]
    }
}

/// The likeliest readings, best first; empty for an empty query.
pub fn readings(codes: &[u16]) -> Vec<Reading> {
    let codes = &codes[..codes.len().min(MOST_CODES)];
    let letters: String = codes.iter().map(|c| letter(*c).unwrap_or(' ')).collect();
    let mut ends: Vec<Vec<Path>> = vec![Vec::new(); codes.len() + 1];
    ends[0].push(Path::default());
    for at in 0..codes.len() {
        let paths = std::mem::take(&mut ends[at]);
        if paths.is_empty() {
            continue;
        }
        for (len, cost) in steps(codes, &letters, at) {
            for path in &paths {
                keep(&mut ends[at + len], path.then(len, cost));
            }
        }
    }
    let mut paths: Vec<Path> = Vec::new();
    for path in ends[codes.len()].drain(..) {
        paths.insert(paths.partition_point(|other| other.cost <= path.cost), path);
    }
    paths.truncate(MOST_READINGS);
    if (2..=16).contains(&codes.len()) && codes.iter().all(|c| letter(*c).is_some()) {
        let initials = Path { lens: vec![1; codes.len()], cost: 99 };
        if !paths.iter().any(|p| p.lens == initials.lens) {
            paths.push(initials);
        }
    }
    paths.iter().filter(|p| !p.lens.is_empty()).map(|p| p.reading(codes, &letters)).collect()
}

#[derive(Clone, Default)]
struct Path {
    lens: Vec<u8>,
    cost: u32,
}

impl Path {
    fn then(&self, len: usize, cost: u32) -> Self {
        let mut lens = self.lens.clone();
        lens.push(len as u8);
        Self { lens, cost: self.cost + cost }
    }

    fn reading(&self, codes: &[u16], letters: &str) -> Reading {
        let mut at = 0;
        let mut short = 0;
        let units = self
            .lens
            .iter()
            .map(|len| {
                let len = usize::from(*len);
                let unit = unit(codes, letters, at, len);
                at += len;
                short += usize::from(unit.short);
                unit
            })
            .collect();
        Reading { units, short }
    }
}

fn keep(paths: &mut Vec<Path>, path: Path) {
    let place = paths.partition_point(|p| p.cost <= path.cost);
    if place < BEAM {
        paths.insert(place, path);
        paths.truncate(BEAM);
    }
}

fn letter(code: u16) -> Option<char> {
    char::from_u32(u32::from(code)).filter(char::is_ascii_lowercase)
}

fn unit(codes: &[u16], letters: &str, at: usize, len: usize) -> Unit {
    if letter(codes[at]).is_none() {
        return Unit::han(codes[at], at);
    }
    let (lo, hi, exact) = Sounds::get().range(&letters[at..at + len]);
    Unit::syllable(at, len, lo, hi, exact, len == 1 || at + len == codes.len())
}

/// Lengths a unit may have from `at`, each with its cost.
fn steps(codes: &[u16], letters: &str, at: usize) -> Vec<(usize, u32)> {
    if letter(codes[at]).is_none() {
        return vec![(1, 1)];
    }
    let longest = letters[at..].bytes().take(6).take_while(u8::is_ascii_lowercase).count();
    let mut out = Vec::new();
    for len in 1..=longest {
        let (lo, hi, exact) = Sounds::get().range(&letters[at..at + len]);
        if lo == hi {
            break;
        }
        out.push((len, cost(&letters[at..at + len], exact, at + len == codes.len())));
    }
    out
}

fn cost(spelt: &str, exact: bool, last: bool) -> u32 {
    match spelt.len() {
        1 if SINGLE_VOWELS.contains(&spelt) => 4,
        1 => 5 - u32::from(last) * 2,
        _ if exact => 2,
        _ if last => 2,
        2 if spelt.ends_with('h') => 5,
        _ => 7,
    }
}

/// Pairs of whole syllables that touch, anywhere in the query's letters.
pub fn syllable_pairs(codes: &[u16]) -> Vec<(Unit, Unit)> {
    let codes = &codes[..codes.len().min(MOST_CODES)];
    let letters: String = codes.iter().map(|c| letter(*c).unwrap_or(' ')).collect();
    let mut out = Vec::new();
    for at in 0..codes.len() {
        for len in whole(codes, &letters, at) {
            for next in whole(codes, &letters, at + len) {
                out.push((unit(codes, &letters, at, len), unit(codes, &letters, at + len, next)));
            }
        }
    }
    out
}

/// Lengths of letters from `at` that are a whole syllable; of single letters only the vowels are.
fn whole(codes: &[u16], letters: &str, at: usize) -> Vec<usize> {
    if codes.get(at).and_then(|code| letter(*code)).is_none() {
        return Vec::new();
    }
    let whole = |len: &usize| {
        let spelt = &letters[at..at + len];
        Sounds::get().range(spelt).2 && (*len > 1 || SINGLE_VOWELS.contains(&spelt))
    };
    (1..=6.min(codes.len() - at)).filter(whole).collect()
}
