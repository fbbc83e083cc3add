//! Finds what does not stand in a row: misspelt words and spoken sentences. Pairs of neighbouring
//! units vote for entries, rare pairs more (as in BM25); the best voted are compared closely.

use super::collect::{Best, Find};
use super::contiguous::{Scope, expected, frequency};
use super::fold::GAP;
use super::parse::{self, HOMOPHONE, NO, Reading, SAME, Unit};
use super::sound::Sounds;
use super::spelt::{Letters, Nearest};
use super::store::Store;
use super::{FieldRole, MatchKind, score, words};

/// Voted entries compared letter by letter, and those whose scattered words are weighed.
const CANDIDATES: usize = 3_000;
const SCATTERED: usize = 96;
const MOST_PAIRS: usize = 48;
/// A single character votes only while it is rarer than this.
const RARE: usize = 3_000;
/// A pair with an initial in it votes only if it is expected less often than this.
const VAGUE: u64 = 500;
const SPOKEN_SHARE: f32 = 0.7;
const LONE_SHARE: f32 = 0.25;

/// A unit of the query with what it is worth.
struct Item {
    unit: Unit,
    worth: f32,
    /// Follows its predecessor directly in the query.
    joined: bool,
    /// Stands for a spoken word, is none itself.
    added: bool,
    /// May count without its neighbour.
    alone: bool,
}

/// Collects misspelt and scattered finds; fewer where there is a `sure` answer already.
pub fn collect(scope: Scope, codes: &[u16], readings: &[Reading], sure: bool, best: &mut Best) {
    let Some(reading) = readings.first() else { return };
    let items = items(scope, codes, reading);
    let mut votes = Votes::new(scope);
    vote_for_items(&mut votes, &items);
    vote_for_letters(&mut votes, codes);
    let letters = Letters::new(codes);
    for (rank, entry) in
        votes.best(if sure { SCATTERED } else { CANDIDATES }).into_iter().enumerate()
    {
        let typo = match &letters {
            Some(letters) => misspelt(scope.store, entry, letters),
            None if rank < SCATTERED => mistyped(scope.store, entry, &reading.units),
            None => break,
        };
        let rest = || (rank < SCATTERED).then(|| scattered(scope.store, entry, &items)).flatten();
        if let Some(find) = typo.or_else(rest) {
            best.push(find);
        }
    }
}

fn items(scope: Scope, codes: &[u16], reading: &Reading) -> Vec<Item> {
    let mask = scope.function_mask(codes);
    let spoken = words::spoken(codes);
    let in_spoken =
        |at: usize| spoken.iter().any(|(from, len, _)| (*from..from + len).contains(&at));
    let mut out: Vec<Item> = Vec::new();
    let mut joined = false;
    for unit in &reading.units {
        let at = usize::from(unit.at);
        if mask.get(at).copied().unwrap_or(false) && !in_spoken(at) {
            joined = false;
            continue;
        }
        let item =
            Item { unit: unit.clone(), worth: 0.0, joined, added: false, alone: !in_spoken(at) };
        out.push(item);
        joined = true;
    }
    for word in spoken.iter().flat_map(|(_, _, official)| official.iter()) {
        out.extend(word.iter().enumerate().map(|(i, code)| Item {
            unit: Unit::han(*code, 0),
            worth: 0.0,
            joined: i > 0,
            added: true,
            alone: word.len() == 1,
        }));
    }
    for item in &mut out {
        item.worth = worth(scope.store, &item.unit) * if item.added { SPOKEN_SHARE } else { 1.0 };
    }
    out
}

/// Inverse frequency; nothing for what no entry has.
fn worth(store: &Store, unit: &Unit) -> f32 {
    match frequency(store, unit) {
        0 => 0.0,
        often => (1.0 + store.live() as f32 / (often as f32 + 0.5)).ln(),
    }
}

fn vote_for_items(votes: &mut Votes, items: &[Item]) {
    for (i, item) in items.iter().enumerate() {
        let pair = i.checked_sub(1).map(|before| &items[before]).filter(|_| item.joined);
        if let Some(before) = pair {
            votes.pair(&before.unit, &item.unit, before.worth + item.worth);
        }
        let lone = !item.joined && items.get(i + 1).is_none_or(|next| !next.joined);
        if lone || (item.alone && item.unit.code != GAP) {
            votes.single(&item.unit, item.worth * if lone { 0.8 } else { LONE_SHARE });
        }
    }
}

/// Pairs of whole syllables anywhere in a letter run, so that one wrong letter spoils few of them.
fn vote_for_letters(votes: &mut Votes, codes: &[u16]) {
    for (a, b) in parse::syllable_pairs(codes) {
        let worth = worth(votes.scope.store, &a) + worth(votes.scope.store, &b);
        votes.pair(&a, &b, worth);
    }
}

struct Votes<'a> {
    scope: Scope<'a>,
    /// In 64ths, so that adding is exact and its order does not matter.
    sums: Vec<u32>,
    /// Twice the last voter, plus one where it gave its full vote; none votes twice for one entry.
    last: Vec<u8>,
    voted: Vec<u32>,
    voter: u8,
}

impl<'a> Votes<'a> {
    fn new(scope: Scope<'a>) -> Self {
        let count = scope.store.entries.len();
        Self { scope, sums: vec![0; count], last: vec![0; count], voted: Vec::new(), voter: 0 }
    }

    fn pair(&mut self, a: &Unit, b: &Unit, worth: f32) {
        let store = self.scope.store;
        let expected = expected(store, a, b);
        let vague = (a.short || b.short) && expected > VAGUE;
        if usize::from(self.voter) >= MOST_PAIRS || worth <= 0.0 || vague {
            return;
        }
        self.voter += 1;
        let scope = self.scope;
        let codes = &scope.store.codes;
        scope.postings.sure_pairs(codes, a, b, |place| {
            let place = place as usize;
            let full = (a.code == GAP || a.code == codes[place])
                && (b.code == GAP || b.code == codes[place + 1]);
            self.add(place, worth, full);
        });
    }

    fn single(&mut self, unit: &Unit, worth: f32) {
        let often = frequency(self.scope.store, unit);
        if usize::from(self.voter) >= MOST_PAIRS * 2 || worth <= 0.0 || often > RARE {
            return;
        }
        self.voter += 1;
        let (sounds, scope) = (Sounds::get(), self.scope);
        let codes = &scope.store.codes;
        scope.postings.row(codes, unit, |place| {
            if unit.takes(codes[place as usize], sounds) < HOMOPHONE {
                self.add(place as usize, worth, true);
            }
        });
    }

    fn add(&mut self, place: usize, worth: f32, full: bool) {
        let store = self.scope.store;
        let entry = store.fields[store.field_at(place as u32) as usize].entry;
        let (whole, part) = ((worth * 64.0) as u32, (worth * 64.0) as u32 * 2 / 5);
        let last = &mut self.last[entry as usize];
        let gain = match (*last == self.voter * 2, *last == self.voter * 2 + 1, full) {
            (_, true, _) | (true, _, false) => return,
            (true, _, true) => whole - part,
            (_, _, true) => whole,
            _ => part,
        };
        if *last == 0 {
            self.voted.push(entry);
        }
        *last = self.voter * 2 + u8::from(full);
        self.sums[entry as usize] += gain;
    }

    /// The entries with most votes, in an order that does not depend on their numbers.
    fn best(mut self, most: usize) -> Vec<u32> {
        let entries = &self.scope.store.entries;
        self.voted.retain(|e| {
            let first = entries[*e as usize].first_field;
            self.scope.wants(&self.scope.store.fields[first as usize])
        });
        let sums = &self.sums;
        let order = |a: &u32, b: &u32| {
            let tie = |e: &u32| entries[*e as usize].tie;
            sums[*b as usize].cmp(&sums[*a as usize]).then_with(|| tie(a).cmp(&tie(b)))
        };
        if self.voted.len() > most {
            self.voted.select_nth_unstable_by(most, order);
            self.voted.truncate(most);
        }
        if self.voted.len() > SCATTERED {
            self.voted.select_nth_unstable_by(SCATTERED, order);
        }
        self.voted
    }
}

/// The best field whose spelling differs by few letters.
fn misspelt(store: &Store, entry: u32, letters: &Letters) -> Option<Find> {
    let near = |field: u32| letters.nearest(store.field_codes(field));
    best_typo(store, entry, letters.allowed(), letters.len(), near)
}

/// The best field that differs by few characters.
fn mistyped(store: &Store, entry: u32, units: &[Unit]) -> Option<Find> {
    let allowed = match units.len() {
        0..=2 => 0,
        3..=7 => 1,
        _ => 2,
    };
    best_typo(store, entry, allowed, units.len(), |field| {
        nearest_units(units, store.field_codes(field))
    })
}

fn best_typo(
    store: &Store,
    entry: u32,
    allowed: usize,
    typed: usize,
    near: impl Fn(u32) -> Nearest,
) -> Option<Find> {
    if allowed == 0 {
        return None;
    }
    let finds = store.fields_of(entry).filter_map(|number| {
        let field = &store.fields[number as usize];
        if matches!(field.role, FieldRole::Keyword | FieldRole::Body) {
            return None;
        }
        let place = near(number);
        let row = &store.entries[entry as usize];
        let len = place.end.saturating_sub(place.at);
        let raw =
            score::typo(len, store.field_codes(number).len(), place.at == 0, place.edits, typed);
        (place.edits <= allowed && len > 0).then(|| Find {
            score: score::weigh(raw, field),
            tie: row.tie,
            entry,
            field: number,
            why: MatchKind::Typo,
            at: place.at.min(usize::from(u16::MAX)) as u16,
            len: len as u16,
        })
    });
    finds.max_by_key(|f| (f.score, std::cmp::Reverse(f.field)))
}

/// Approximate substring search over units (Sellers 1980).
fn nearest_units(units: &[Unit], field: &[u16]) -> Nearest {
    let sounds = Sounds::get();
    // Column of (edits, place where this alignment began).
    let mut column: Vec<(usize, usize)> = (0..=units.len()).map(|i| (i, 0)).collect();
    let mut best = Nearest { edits: units.len(), at: 0, end: 0 };
    for (j, code) in field.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, j + 1);
        for (i, unit) in units.iter().enumerate() {
            let miss = usize::from(unit.takes(*code, sounds) == NO);
            let swap = (diagonal.0 + miss, diagonal.1);
            let skip = (column[i + 1].0 + 1, column[i + 1].1);
            let extra = (column[i].0 + 1, column[i].1);
            diagonal = column[i + 1];
            column[i + 1] = swap.min(skip).min(extra);
        }
        let (edits, at) = column[units.len()];
        if edits < best.edits {
            best = Nearest { edits, at, end: j + 1 };
        }
    }
    best
}

/// What of the query an entry's fields hold, in pairs or, for less, alone.
fn scattered(store: &Store, entry: u32, items: &[Item]) -> Option<Find> {
    let mut met = vec![0.0_f32; items.len()];
    let mut best: Option<(f32, bool, u32)> = None;
    for number in store.fields_of(entry) {
        let (covered, whole) = cover(items, store.field_codes(number), &mut met);
        if best.is_none_or(|(most, _, _)| covered > most) {
            best = Some((covered, whole, number));
        }
    }
    let (covered, whole, number) = best?;
    let sum = |added: bool| -> f32 {
        items.iter().zip(&met).filter(|(i, _)| i.added == added).map(|(i, m)| i.worth * m).sum()
    };
    let all: f32 = items.iter().filter(|i| !i.added).map(|i| i.worth).sum();
    let (own, added) = (sum(false), sum(true));
    if own + added <= 0.0 {
        return None;
    }
    let share = ((own + added) / all.max(added).max(1.0)).min(1.0);
    let (field, row) = (&store.fields[number as usize], &store.entries[entry as usize]);
    Some(Find {
        score: score::weigh(score::scattered(share, covered, whole), field),
        tie: row.tie,
        entry,
        field: number,
        why: MatchKind::Scattered,
        at: 0,
        len: 0,
    })
}

/// Notes in `met` which items the field holds; returns the share of the field covered by pairs, and
/// whether the query's own words cover all of it.
fn cover(items: &[Item], field: &[u16], met: &mut [f32]) -> (f32, bool) {
    let sounds = Sounds::get();
    let takes = |i: usize, j: usize| items[i].unit.takes(field[j], sounds) <= HOMOPHONE;
    let mut covered = vec![0.0_f32; field.len()];
    for j in 0..field.len() {
        for i in 0..items.len() {
            if !takes(i, j) {
                continue;
            }
            let joined = i + 1 < items.len() && items[i + 1].joined;
            if joined && j + 1 < field.len() && takes(i + 1, j + 1) {
                let share = if items[i].added { SPOKEN_SHARE } else { 1.0 };
                for (item, place) in [(i, j), (i + 1, j + 1)] {
                    met[item] = 1.0;
                    covered[place] = share.max(covered[place]);
                }
            } else if items[i].alone && items[i].unit.takes(field[j], sounds) == SAME {
                met[i] = met[i].max(LONE_SHARE);
            }
        }
    }
    let sum: f32 = covered.iter().sum();
    (sum / field.len().max(1) as f32, field.len() > 1 && covered.iter().all(|c| *c >= 1.0))
}

/// Places of a scattered find in one field: runs of characters the query holds too.
pub fn marks(scope: Scope, codes: &[u16], reading: &Reading, field: u32) -> Vec<(usize, usize)> {
    let items = items(scope, codes, reading);
    let sounds = Sounds::get();
    let field = scope.store.field_codes(field);
    let pair = |j: usize| {
        j + 1 < field.len()
            && items.windows(2).any(|w| {
                w[1].joined
                    && w[0].unit.takes(field[j], sounds) <= HOMOPHONE
                    && w[1].unit.takes(field[j + 1], sounds) <= HOMOPHONE
            })
    };
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for j in (0..field.len()).filter(|j| pair(*j)) {
        match runs.last_mut() {
            Some((at, len)) if j <= *at + *len => *len = j + 2 - *at,
            _ => runs.push((j, 2)),
        }
    }
    runs
}
