//! Finds places where all units of a reading stand in a row. Misspelt and scattered words are
//! `loose`'s business.

use super::collect::{Best, Find};
use super::fold::GAP;
use super::parse::{HOMOPHONE, Level, NO, Reading, SAME, Unit};
use super::postings::Postings;
use super::score::{self, Piece};
use super::sound::Sounds;
use super::store::Store;

/// More places than this, and only beginnings of fields are looked at unless they are too few.
const BROAD: usize = 20_000;

/// What is searched, and which kinds of entries are wanted (bit per kind).
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub store: &'a Store,
    pub postings: &'a Postings,
    pub kinds: u32,
    pub limit: usize,
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
    let codes = &scope.store.codes;
    scope.postings.pairs(codes, &units[pair], &units[pair + 1], |place| {
        let Some(start) = (place as usize).checked_sub(pair) else { return };
        if let Some((worst, off)) = stands(codes, start, units) {
            add(scope, start, units.len(), (worst, off, reading.short), less, best);
        }
    });
}

fn rarest_pair(postings: &Postings, units: &[Unit]) -> Option<usize> {
    (0..units.len().saturating_sub(1))
        .min_by_key(|i| postings.pair_count(&units[*i], &units[*i + 1]))
}

/// One character or syllable: sounds alike are no answer here, there are too many.
fn collect_single(scope: Scope, unit: &Unit, short: usize, less: i32, best: &mut Best) {
    let sounds = Sounds::get();
    let codes = &scope.store.codes;
    let mut inside = Vec::new();
    scope.postings.row(codes, unit, |place| {
        let level = unit.takes(codes[place as usize], sounds);
        if level >= HOMOPHONE {
            return;
        }
        if codes[place as usize - 1] == GAP {
            add(scope, place as usize, 1, (level, 0, short), less, best);
        } else {
            inside.push((place, level));
        }
    });
    if frequency(scope.store, unit) < BROAD || best.sorted().len() < scope.limit {
        for (place, level) in inside {
            add(scope, place as usize, 1, (level, 0, short), less, best);
        }
    }
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
    (worst, off, short): (Level, usize, usize),
    less: i32,
    best: &mut Best,
) {
    let number = scope.store.field_at(start as u32);
    let field = &scope.store.fields[number as usize];
    let entry = &scope.store.entries[field.entry as usize];
    if !entry.live || scope.kinds >> (entry.kind as u8) & 1 == 0 {
        return;
    }
    let field_len = scope.store.field_codes(number).len();
    let at = start - field.start as usize;
    let (why, score) =
        score::contiguous(&Piece { at, len, field_len, worst, off, short }, field.role);
    best.push(Find {
        score: score::weigh(score, field, entry.kind) - less,
        tie: entry.tie,
        entry: field.entry,
        field: number,
        why,
        at: at.min(usize::from(u16::MAX)) as u16,
        len: len as u16,
    });
}
