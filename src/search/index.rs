//! The index as its users see it: build, keep up with edits, ask.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::build::Builder;
use super::collect::{Best, Find, in_order};
use super::contiguous::{self, Scope};
use super::parse::{self, Reading};
use super::postings::Postings;
use super::store::Store;
use super::{Entry, EntryKind, Hit, MatchKind, fold, loose, score};

/// Arena positions that may wait unlisted before the lists are built anew (some 1,000 entries).
const UNLISTED: usize = 32_768;
/// Taken from finds of a query whose function words were cut off.
const CUT: i32 = 300;
/// Below this best score, misspelt and scattered words are looked for too.
const SURE: i32 = 5000;

/// All entries, ready to be asked.
pub struct Index {
    store: Store,
    postings: Postings,
}

impl Index {
    /// Builds at once; [`Builder`] does it in slices. Of entries with one id the last counts.
    pub fn build(entries: Vec<Entry>) -> Self {
        Builder::new(entries).finish()
    }

    pub(super) fn assembled(store: Store, postings: Postings) -> Self {
        Self { store, postings }
    }

    /// Entries in the index.
    pub fn len(&self) -> usize {
        self.store.live()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Adds an entry or replaces the one with its id.
    pub fn upsert(&mut self, entry: Entry) {
        self.store.put(entry);
        self.tidy();
    }

    /// Takes an entry out; false where there is none of this id.
    pub fn remove(&mut self, id: &str) -> bool {
        let was = self.store.end(id);
        self.tidy();
        was
    }

    /// The best `limit` answers, best first; the same for the same entries however they came in.
    pub fn find(&self, query: &str, limit: usize) -> Vec<Hit> {
        self.ask(query, u32::MAX, limit)
    }

    /// As [`Index::find`], among some kinds only.
    pub fn find_among(&self, query: &str, kinds: &[EntryKind], limit: usize) -> Vec<Hit> {
        self.ask(query, kinds.iter().fold(0, |mask, kind| mask | 1 << (*kind as u8)), limit)
    }

    /// Bytes held, without the texts and ids, which are shared with the caller.
    pub fn bytes(&self) -> usize {
        self.store.bytes() + self.postings.bytes()
    }

    fn ask(&self, query: &str, kinds: u32, limit: usize) -> Vec<Hit> {
        let mut codes: Vec<u16> = fold::codes(query).take(parse::MOST_CODES).collect();
        respell(&mut codes);
        let readings = parse::readings(&codes);
        let scope = Scope { store: &self.store, postings: &self.postings, kinds, limit };
        let mut best = Best::default();
        for reading in &readings {
            contiguous::collect(scope, reading, 0, &mut best);
        }
        for reading in core(scope, &codes).iter().flat_map(|core| parse::readings(core)) {
            contiguous::collect(scope, &reading, CUT, &mut best);
        }
        let sure = best.top().is_some_and(|score| score >= SURE);
        if codes.len() > 1 && (!sure || best.sorted().len() < limit) {
            loose::collect(scope, &codes, &readings, sure, &mut best);
        }
        let finds = self.varied(best.sorted());
        finds
            .iter()
            .take(limit)
            .map(|find| self.hit(scope, find, &codes, readings.first()))
            .collect()
    }

    /// Different texts for the same initials before more of the same.
    fn varied(&self, finds: &[Find]) -> Vec<Find> {
        let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
        let mut finds = finds.to_vec();
        for find in finds.iter_mut().filter(|f| f.why == MatchKind::Initials) {
            let nth = seen.entry(contiguous::text_hash(&self.store, find)).or_default();
            find.score -= score::repeated(*nth);
            *nth += 1;
        }
        in_order(&mut finds);
        finds
    }

    fn hit(&self, scope: Scope, find: &Find, codes: &[u16], reading: Option<&Reading>) -> Hit {
        let row = &self.store.entries[find.entry as usize];
        let text = &self.store.texts[find.field as usize];
        let places = match (find.why, reading) {
            (MatchKind::Scattered, Some(r)) => loose::marks(scope, codes, r, find.field),
            _ => vec![(usize::from(find.at), usize::from(find.len))],
        };
        let range = |(at, len): &(usize, usize)| -> Range<usize> {
            let (from, to) = fold::bytes(text, *at, *len);
            from..to
        };
        let field = (find.field - row.first_field) as usize;
        let marks: Vec<Range<usize>> = places.iter().map(range).collect();
        Hit {
            id: row.id.clone(),
            kind: row.kind,
            score: find.score,
            why: find.why,
            matched: if marks.is_empty() { Vec::new() } else { vec![(field, marks)] },
        }
    }

    /// Lists anew when too much is unlisted; dead entries go then.
    fn tidy(&mut self) {
        let dead = self.store.entries.len() - self.store.live();
        let unlisted = self.store.codes.len() - self.postings.upto();
        if unlisted > UNLISTED.max(self.postings.upto() / 32)
            || dead > 1_000 + self.store.live() / 4
        {
            let store = std::mem::replace(&mut self.store, Store::new());
            *self = Self::build(store.live_entries());
        }
    }
}

/// The longest piece between function words, where it says something alone.
fn core(scope: Scope, codes: &[u16]) -> Option<Vec<u16>> {
    let mask = scope.function_mask(codes);
    let mut pieces: Vec<Vec<u16>> = vec![Vec::new()];
    for (code, masked) in codes.iter().zip(&mask) {
        match pieces.last_mut() {
            Some(piece) if !masked => piece.push(*code),
            _ => pieces.push(Vec::new()),
        }
    }
    let kept = mask.iter().filter(|m| !**m).count();
    let longest = pieces.into_iter().max_by_key(Vec::len)?;
    let alone = longest.len() == kept && kept >= 2 || longest.len() >= 4;
    (alone && longest.len() < codes.len()).then_some(longest)
}

/// ü after j, q, x, y is written u.
fn respell(codes: &mut [u16]) {
    for at in 1..codes.len() {
        if codes[at] == u16::from(b'v') && b"jqxy".map(u16::from).contains(&codes[at - 1]) {
            codes[at] = u16::from(b'u');
        }
    }
}
