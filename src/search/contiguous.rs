//! Finds places where all units of a reading stand in a row. Misspelt and scattered words are
//! `loose`'s business.

use std::hash::Hasher;

use rustc_hash::{FxHashMap, FxHasher};

use super::collect::{Best, Find};
use super::fold::GAP;
use super::parse::{HOMOPHONE, Level, NO, Reading, SAME, Unit};
use super::postings::Postings;
use super::score::{self, Piece};
use super::sound::Sounds;
use super::store::{FieldRow, Store};
use super::words;

/// More places than this, and only beginnings of fields are looked at unless they are too few.
const BROAD: usize = 20_000;
const BROAD_PAIR: u64 = 3_000;

/// What is searched, and which kinds of entries are wanted (bit per kind).
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub store: &'a Store,
    pub postings: &'a Postings,
    pub kinds: u32,
    pub limit: usize,
}

impl Scope<'_> {
    pub fn wants(&self, field: &FieldRow) -> bool {
        field.live && self.kinds >> (field.kind as u8) & 1 == 1
    }

    /// Where the query's words decide nothing among these entries.
    pub fn function_mask(&self, codes: &[u16]) -> Vec<bool> {
        let fields = &self.store.fields;
        let lives = |at: u32| fields[self.store.field_at(at) as usize].live;
        let attested = |a, b| self.postings.holds(&self.store.codes, a, b, lives);
        words::function_mask(codes, attested)
    }
}

/// Collects the places of one reading; `less` is taken from each score.
pub fn collect(scope: Scope, reading: &Reading, less: i32, best: &mut Best) {
    let units = &reading.units;
    let Some(pair) = rarest_pair(scope.postings, units) else {
        if let [unit] = units.as_slice() {
            collect_single(scope, unit, reading.short, less, best);
        }
        return;
    };
    let broad = expected(scope.store, &units[pair], &units[pair + 1]) >= BROAD_PAIR;
    if broad && collect_pairs(scope, reading, pair, true, less, best) >= scope.limit {
        return;
    }
    collect_pairs(scope, reading, pair, false, less, best);
}

/// How many places a pair would have, were sounds spread evenly.
pub fn expected(store: &Store, a: &Unit, b: &Unit) -> u64 {
    frequency(store, a) as u64 * frequency(store, b) as u64 / store.written()
}

/// Collects a reading from the places of one of its pairs, or only those at the beginning of a field;
/// returns how many there were.
fn collect_pairs(
    scope: Scope,
    reading: &Reading,
    pair: usize,
    beginnings: bool,
    less: i32,
    best: &mut Best,
) -> usize {
    let units = &reading.units;
    let codes = &scope.store.codes;
    let mut guesses = Vec::new();
    let mut found = 0;
    let mut seen = Seen::upto(codes.len());
    scope.postings.pairs(codes, &units[pair], &units[pair + 1], |place| {
        let Some(start) = (place as usize).checked_sub(pair) else { return };
        if beginnings && start.checked_sub(1).is_none_or(|before| codes[before] != GAP) {
            return;
        }
        if !seen.first_time(start) {
            return;
        }
        let Some((worst, off)) = stands(codes, start, units) else { return };
        let find = find(scope, start, units.len(), (worst, off, reading.short), less);
        found += usize::from(find.is_some());
        match find {
            Some(find) if reading.short > 1 => guesses.push(find),
            Some(find) => best.push(find),
            None => {}
        }
    });
    prefer_common(scope.store, guesses, best);
    found
}

/// Places met so far: a character of two readings is listed twice, and counts once.
struct Seen(Vec<u64>);

impl Seen {
    fn upto(end: usize) -> Self {
        Self(vec![0; end / 64 + 1])
    }

    fn first_time(&mut self, place: usize) -> bool {
        let (word, bit) = (&mut self.0[place / 64], 1 << (place % 64));
        let new = *word & bit == 0;
        *word |= bit;
        new
    }
}

/// Initials fit many texts: those that occur most come first.
fn prefer_common(store: &Store, guesses: Vec<Find>, best: &mut Best) {
    let mut often: FxHashMap<u64, u32> = FxHashMap::default();
    let hashes: Vec<u64> = guesses.iter().map(|find| text_hash(store, find)).collect();
    hashes.iter().for_each(|hash| *often.entry(*hash).or_default() += 1);
    let all = guesses.len();
    for (mut find, hash) in guesses.into_iter().zip(hashes) {
        find.score += score::common(often.get(&hash).copied().unwrap_or(0), all);
        best.push(find);
    }
}

/// Equal for finds of the same characters.
pub fn text_hash(store: &Store, find: &Find) -> u64 {
    let mut hasher = FxHasher::default();
    let from = usize::from(find.at);
    let field = store.field_codes(find.field);
    field.iter().skip(from).take(usize::from(find.len)).for_each(|c| hasher.write_u16(*c));
    hasher.finish()
}

fn rarest_pair(postings: &Postings, units: &[Unit]) -> Option<usize> {
    (0..units.len().saturating_sub(1))
        .min_by_key(|i| postings.pair_count(&units[*i], &units[*i + 1]))
}

/// One character or syllable: sounds alike are no answer here, there are too many.
fn collect_single(scope: Scope, unit: &Unit, short: usize, less: i32, best: &mut Best) {
    let sounds = Sounds::get();
    let codes = &scope.store.codes;
    let see = |place: u32, best: &mut Best| {
        let level = unit.takes(codes[place as usize], sounds);
        if level < HOMOPHONE {
            add(scope, place as usize, 1, (level, 0, short), less, best);
        }
    };
    if frequency(scope.store, unit) >= BROAD {
        scope.postings.beginnings(codes, unit, |place| see(place, best));
        if best.sorted().len() >= scope.limit {
            return;
        }
    }
    scope.postings.row(codes, unit, |place| see(place, best));
}

/// How often a unit's own sounds (or its character) occur in living entries.
pub fn frequency(store: &Store, unit: &Unit) -> usize {
    if unit.code != GAP {
        return store.counted(unit.code) as usize;
    }
    let sounds = unit.ranges.iter().flat_map(|(lo, hi)| *lo..*hi);
    sounds.filter(|s| unit.takes_sound(*s) < HOMOPHONE).map(|s| store.heard(s) as usize).sum()
}

/// The worst level and the number of units that are off, where all units stand from `start`.
fn stands(codes: &[u16], start: usize, units: &[Unit]) -> Option<(Level, usize)> {
    let sounds = Sounds::get();
    let place = codes.get(start..start + units.len())?;
    let mut worst = SAME;
    let mut off = 0;
    for (unit, code) in units.iter().zip(place) {
        let level = unit.takes(*code, sounds);
        if level == NO {
            return None;
        }
        worst = worst.max(level);
        off += usize::from(level >= HOMOPHONE);
    }
    Some((worst, off))
}

fn add(
    scope: Scope,
    start: usize,
    len: usize,
    how: (Level, usize, usize),
    less: i32,
    best: &mut Best,
) {
    if let Some(find) = find(scope, start, len, how, less) {
        best.push(find);
    }
}

fn find(
    scope: Scope,
    start: usize,
    len: usize,
    (worst, off, short): (Level, usize, usize),
    less: i32,
) -> Option<Find> {
    let number = scope.store.field_at(start as u32);
    let field = &scope.store.fields[number as usize];
    if !scope.wants(field) {
        return None;
    }
    let field_len = scope.store.field_codes(number).len();
    let at = start - field.start as usize;
    let (why, score) =
        score::contiguous(&Piece { at, len, field_len, worst, off, short }, field.role);
    Some(Find {
        score: score::weigh(score, field) - less,
        tie: scope.store.entries[field.entry as usize].tie,
        entry: field.entry,
        field: number,
        why,
        at: at.min(usize::from(u16::MAX)) as u16,
        len: len as u16,
    })
}
