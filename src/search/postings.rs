//! For each pair of neighbouring sounds, where in the arena it stands. Built in slices; covers the
//! arena up to a position, the short rest is scanned. Knows nothing of scores.

use super::fold::GAP;
use super::parse::{HOMOPHONE, Level, NEAR, NO, Range, Unit};
use super::sound::{NO_SOUND, SOUNDS, Sound, Sounds};

const KEYS: usize = SOUNDS * SOUNDS;

/// Arena positions by sound pair. A row (all pairs with one first sound) is one slice.
#[derive(Default)]
pub struct Postings {
    starts: Vec<u32>,
    places: Vec<u32>,
    upto: usize,
}

/// A build under way: counts, then fills.
pub struct Filling {
    next: Vec<u32>,
    postings: Postings,
    at: usize,
    counting: bool,
}

impl Postings {
    /// Positions before this one are in the lists.
    pub fn upto(&self) -> usize {
        self.upto
    }

    pub fn bytes(&self) -> usize {
        (self.starts.capacity() + self.places.capacity()) * 4
    }

    /// How many listed positions a pair of units has at most.
    pub fn pair_count(&self, a: &Unit, b: &Unit) -> usize {
        let mut sum = 0;
        slices(self, &a.ranges, &b.ranges, |s| sum += s.len());
        sum
    }

    /// Every position where `a` then `b` may stand; a position may come twice.
    pub fn pairs(&self, codes: &[u16], a: &Unit, b: &Unit, mut see: impl FnMut(u32)) {
        slices(self, &a.ranges, &b.ranges, |slice| slice.iter().for_each(|p| see(*p)));
        self.unlisted_pairs(codes, a, b, NEAR, see);
    }

    /// As [`Postings::pairs`], without what only sounds near.
    pub fn sure_pairs(&self, codes: &[u16], a: &Unit, b: &Unit, mut see: impl FnMut(u32)) {
        slices(self, a.sure(), b.sure(), |slice| slice.iter().for_each(|p| see(*p)));
        self.unlisted_pairs(codes, a, b, HOMOPHONE, see);
    }

    fn unlisted_pairs(
        &self,
        codes: &[u16],
        a: &Unit,
        b: &Unit,
        worst: Level,
        mut see: impl FnMut(u32),
    ) {
        let sounds = Sounds::get();
        for at in self.upto..codes.len().saturating_sub(1) {
            if a.takes(codes[at], sounds) <= worst && b.takes(codes[at + 1], sounds) <= worst {
                see(at as u32);
            }
        }
    }

    /// True where the two characters stand side by side at a place that `counts`.
    pub fn holds(&self, codes: &[u16], a: u16, b: u16, counts: impl Fn(u32) -> bool) -> bool {
        let sounds = Sounds::get();
        let (x, y) = (sounds.first(a), sounds.first(b));
        let there =
            |at: usize| codes[at] == a && codes.get(at + 1) == Some(&b) && counts(at as u32);
        self.slice(x, y, x, y + 1).iter().any(|at| there(*at as usize))
            || (self.upto..codes.len()).any(there)
    }

    /// Every beginning of a field where `a` may stand; a position may come twice.
    pub fn beginnings(&self, codes: &[u16], a: &Unit, mut see: impl FnMut(u32)) {
        for (lo, hi) in &a.ranges {
            self.slice(NO_SOUND, *lo, NO_SOUND, *hi).iter().for_each(|p| see(*p + 1));
        }
        let sounds = Sounds::get();
        for at in self.upto.max(1)..codes.len() {
            if codes[at - 1] == GAP && a.takes(codes[at], sounds) != NO {
                see(at as u32);
            }
        }
    }

    /// Every position where `a` may stand; a position may come twice.
    pub fn row(&self, codes: &[u16], a: &Unit, mut see: impl FnMut(u32)) {
        for (lo, hi) in &a.ranges {
            self.slice(*lo, 0, *hi, 0).iter().for_each(|p| see(*p));
        }
        let sounds = Sounds::get();
        for (at, code) in codes.iter().enumerate().skip(self.upto) {
            if a.takes(*code, sounds) != NO {
                see(at as u32);
            }
        }
    }

    fn slice(&self, a: Sound, b: Sound, end_a: Sound, end_b: Sound) -> &[u32] {
        if self.starts.is_empty() {
            return &[];
        }
        let from = self.starts[key(a, b)] as usize;
        let to = self.starts[key(end_a, end_b)] as usize;
        &self.places[from..to.max(from)]
    }
}

impl Filling {
    pub fn new(upto: usize) -> Self {
        let postings = Postings { starts: Vec::new(), places: Vec::new(), upto };
        Self { next: vec![0; KEYS + 1], postings, at: 0, counting: true }
    }

    /// Works on `budget` positions; true when done.
    pub fn step(&mut self, codes: &[u16], budget: usize) -> bool {
        let end = self.at.saturating_add(budget).min(self.postings.upto);
        if self.counting {
            let next = &mut self.next;
            (self.at..end).for_each(|at| keys_at(codes, at, |key| next[key + 1] += 1));
        } else {
            let (next, places) = (&mut self.next, &mut self.postings.places);
            (self.at..end).for_each(|at| {
                keys_at(codes, at, |key| {
                    places[next[key] as usize] = at as u32;
                    next[key] += 1;
                });
            });
        }
        self.at = end;
        if end < self.postings.upto {
            return false;
        }
        if self.counting { self.begin_filling() } else { true }
    }

    /// The lists; complete only after `step` has said so.
    pub fn finish(self) -> Postings {
        self.postings
    }

    fn begin_filling(&mut self) -> bool {
        let mut sum = 0;
        for count in &mut self.next {
            sum += *count;
            *count = sum;
        }
        self.postings.starts = self.next.clone();
        self.postings.places = vec![0; sum as usize];
        self.at = 0;
        self.counting = false;
        false
    }
}

/// The lists of all pairs of two sets of sounds.
fn slices(lists: &Postings, a: &[Range], b: &[Range], mut see: impl FnMut(&[u32])) {
    for first in a.iter().flat_map(|(lo, hi)| *lo..*hi) {
        for (lo, hi) in b {
            see(lists.slice(first, *lo, first, *hi));
        }
    }
}

fn key(a: Sound, b: Sound) -> usize {
    usize::from(a) * SOUNDS + usize::from(b)
}

/// All keys of one position: every reading of its character with every reading of the next. A gap is
/// listed too, before the first character of a field.
fn keys_at(codes: &[u16], at: usize, mut see: impl FnMut(usize)) {
    let (a, b) = (codes[at], codes[at + 1 - usize::from(at + 1 == codes.len())]);
    let sounds = Sounds::get();
    let (more_a, more_b) = (sounds.more(a), sounds.more(b));
    see(key(sounds.first(a), sounds.first(b)));
    if more_a.is_empty() && more_b.is_empty() {
        return;
    }
    more_b.iter().for_each(|y| see(key(sounds.first(a), *y)));
    for x in more_a {
        sounds.readings(b).for_each(|y| see(key(*x, y)));
    }
}
