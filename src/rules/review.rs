//! 五维考评 (ZJ-19) worked out: the mean of what was scored, its band by the township's own lines, the newest review of
//! each person; ranks of villages quarter by quarter (QJ-02). Stores nothing.

use std::collections::BTreeMap;

use crate::model::RecordId;
use crate::model::kinds::review::Quarter;
use crate::model::kinds::{Review, VillageScore};
use crate::sorting::Sorting;

/// The five, in the order of the source.
pub const DIMENSIONS: [&str; 5] =
    ["政治忠诚度", "勤勉敬业度", "岗位胜任度", "担当争先度", "廉洁自律度"];

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Term {
    pub year: i64,
    pub quarter: Quarter,
}

impl Term {
    fn of(year: Option<i64>, quarter: Option<Quarter>) -> Option<Term> {
        Some(Term { year: year?, quarter: quarter? })
    }

    /// 2026年第三季度
    pub fn words(self) -> String {
        format!("{}年{}", self.year, self.quarter.label())
    }
}

/// Scores in the order of [`DIMENSIONS`]; what is out of 0 to 100 counts as not given.
pub fn scores(review: &Review) -> [Option<f64>; 5] {
    let given =
        [review.loyalty, review.diligence, review.competence, review.drive, review.integrity];
    given.map(|score| score.filter(|score| (0.0..=100.0).contains(score)))
}

/// The mean of what was given.
pub fn total(review: &Review) -> Option<f64> {
    mean(scores(review).into_iter().flatten())
}

pub fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

pub fn term_of(review: &Review) -> Option<Term> {
    Term::of(review.year, review.quarter)
}

/// Reviews of a person from the oldest to the newest.
pub fn of_person<'a>(reviews: &'a [Review], person: &RecordId) -> Vec<&'a Review> {
    let own = |review: &&Review| review.person.as_ref().is_some_and(|one| one.id == *person);
    let mut found: Vec<&Review> =
        reviews.iter().filter(own).filter(|review| term_of(review).is_some()).collect();
    found.arrange_by(|review| (term_of(review), review.id.clone()));
    found
}

/// The newest score of each person by id.
pub fn newest(reviews: &[Review]) -> BTreeMap<RecordId, (Term, f64)> {
    let mut newest: BTreeMap<RecordId, (Term, f64)> = BTreeMap::new();
    for review in reviews {
        let (Some(person), Some(term), Some(score)) =
            (review.person.as_ref(), term_of(review), total(review))
        else {
            continue;
        };
        let known = newest.entry(person.id.clone()).or_insert((term, score));
        if known.0 <= term {
            *known = (term, score);
        }
    }
    newest
}

/// A village's place in a quarter; equal scores share a rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    pub village: RecordId,
    pub rank: usize,
    pub score: f64,
}

/// Villages of each quarter from the best. Of two scores for one quarter the one of the greater id counts.
pub fn ranks(scores: &[VillageScore]) -> BTreeMap<Term, Vec<Ranked>> {
    let mut terms: BTreeMap<Term, BTreeMap<RecordId, f64>> = BTreeMap::new();
    for score in scores {
        let (Some(village), Some(term), Some(value)) =
            (score.village.as_ref(), Term::of(score.year, score.quarter), score.score)
        else {
            continue;
        };
        if value.is_finite() {
            terms.entry(term).or_default().insert(village.id.clone(), value);
        }
    }
    terms.into_iter().map(|(term, values)| (term, ranked(values))).collect()
}

fn ranked(values: BTreeMap<RecordId, f64>) -> Vec<Ranked> {
    let mut list: Vec<(RecordId, f64)> = values.into_iter().collect();
    list.arrange(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let scores: Vec<f64> = list.iter().map(|(_, score)| *score).collect();
    let better = |score: f64| scores.iter().filter(|other| **other > score).count();
    let place = |(village, score): (RecordId, f64)| {
        let rank = 1 + better(score);
        Ranked { village, rank, score }
    };
    list.into_iter().map(place).collect()
}
