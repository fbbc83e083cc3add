//! The duty list made ready for questions: forms of every name, and which names share a character.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::DutyName;
use crate::exchange::similar::{Form, How, PART_OF_NAME, PART_OF_PHRASE, forms, likeness};
use crate::model::RecordId;
use crate::sorting::Sorting;

/// Scores below this are not even candidates.
const LEAST: f32 = 0.45;

/// A duty and how like a phrase is to it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Scored {
    /// Position in the list.
    pub duty: usize,
    pub score: f32,
    pub how: How,
}

pub(super) struct DutyIndex {
    pub duties: Vec<DutyName>,
    pub forms: Vec<Vec<Form>>,
    by_char: FxHashMap<char, Vec<u32>>,
    pub by_unit: FxHashMap<RecordId, Vec<usize>>,
    /// Phrases come back on many posts.
    asked: FxHashMap<String, Rc<[Scored]>>,
}

impl DutyIndex {
    pub fn new(duties: Vec<DutyName>) -> DutyIndex {
        let all: Vec<Vec<Form>> =
            duties.iter().map(|duty| forms(&duty.name, PART_OF_NAME)).collect();
        let mut by_char: FxHashMap<char, Vec<u32>> = FxHashMap::default();
        let mut by_unit: FxHashMap<RecordId, Vec<usize>> = FxHashMap::default();
        for (at, duty) in duties.iter().enumerate() {
            let mut chars: Vec<char> = all[at].iter().flat_map(|form| form.text.clone()).collect();
            chars.arrange(Ord::cmp);
            chars.dedup();
            for char in chars {
                by_char.entry(char).or_default().push(at as u32);
            }
            if let Some(unit) = &duty.unit {
                by_unit.entry(unit.clone()).or_default().push(at);
            }
        }
        DutyIndex { duties, forms: all, by_char, by_unit, asked: FxHashMap::default() }
    }

    /// Every duty the phrase is like, the likest first.
    pub fn scores(&mut self, phrase: &str) -> Rc<[Scored]> {
        if let Some(known) = self.asked.get(phrase) {
            return known.clone();
        }
        let asked = forms(phrase, PART_OF_PHRASE);
        let candidates = self.candidates(&asked);
        let scored = candidates.into_iter().filter_map(|duty| {
            let (score, how) = likeness(&asked, &self.forms[duty])?;
            (score >= LEAST).then_some(Scored { duty, score, how })
        });
        let mut scored: Vec<Scored> = scored.collect();
        scored.arrange(|a, b| b.score.total_cmp(&a.score).then(a.duty.cmp(&b.duty)));
        let scored: Rc<[Scored]> = scored.into();
        self.asked.insert(phrase.to_string(), scored.clone());
        scored
    }

    /// Duties that share two characters with the phrase: no kind of likeness needs fewer.
    fn candidates(&self, phrase: &[Form]) -> Vec<usize> {
        let mut chars: Vec<char> = phrase.iter().flat_map(|form| form.text.clone()).collect();
        chars.arrange(Ord::cmp);
        chars.dedup();
        let lists = chars.iter().filter_map(|char| self.by_char.get(char));
        let mut hits: Vec<u32> = lists.flatten().copied().collect();
        hits.arrange(Ord::cmp);
        hits.chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= 2)
            .map(|same| same[0] as usize)
            .collect()
    }
}
