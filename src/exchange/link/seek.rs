//! The verdict on one phrase: when a likeness is enough, and when it is better to ask.

use super::index::{DutyIndex, Scored};
use super::{Hit, Verdict};
use crate::exchange::normal::name_key;
use crate::exchange::similar::{How, core};
use crate::model::RecordId;
use crate::sorting::Sorting;

/// Enough for a duty of the post's own unit.
const OWN: f32 = 0.6;
/// Enough for a duty of another unit: the same words often mean something else there.
const OTHER: f32 = 0.8;
/// The whole name, nothing left out.
const SAME: f32 = 0.99;
/// Two duties closer than this cannot be told apart by the phrase.
const MARGIN: f32 = 0.03;
/// Another unit's duty is not worth showing below this.
const CANDIDATE: f32 = 0.55;
/// Most candidates shown for a phrase.
const SHOWN: usize = 4;

impl DutyIndex {
    /// What a phrase of a post in `unit` means.
    pub fn judge(&mut self, phrase: &str, unit: Option<&RecordId>) -> Verdict {
        let general = is_general(phrase);
        if general == Generality::Whole {
            return Verdict::General;
        }
        if let Some(hits) = unit.and_then(|unit| self.listed(phrase, unit)) {
            return Verdict::Matched(hits);
        }
        let scores = self.scores(phrase);
        let is_own = |at: &&Scored| self.is_own(at.duty, unit);
        let own: Vec<Scored> = scores.iter().filter(is_own).copied().collect();
        let others: Vec<Scored> = scores.iter().filter(|at| !is_own(at)).copied().collect();
        let verdict = self.choose(phrase, unit, &own, &others);
        match verdict {
            Verdict::Unsure(_) | Verdict::Unmatched if general == Generality::Partly => {
                Verdict::General
            }
            verdict => verdict,
        }
    }

    fn choose(
        &self,
        phrase: &str,
        unit: Option<&RecordId>,
        own: &[Scored],
        others: &[Scored],
    ) -> Verdict {
        if let Some(best) = clear_winner(own, OWN) {
            return Verdict::Matched(vec![self.hit(best, unit)]);
        }
        // Where the own unit has something like it, another unit's duty needs a person's eye.
        let own_like = own.iter().any(|at| at.score >= OWN);
        if let Some(best) =
            clear_winner(others, OTHER).filter(|best| !own_like && is_solid(phrase, best, others))
        {
            return Verdict::Matched(vec![self.hit(best, unit)]);
        }
        let likely = own.iter().chain(others.iter().filter(|at| at.score >= CANDIDATE));
        let likely: Vec<&Scored> = likely.take(SHOWN).collect();
        match likely.is_empty() {
            true => Verdict::Unmatched,
            false => Verdict::Unsure(likely.into_iter().map(|at| self.hit(at, unit)).collect()),
        }
    }

    /// A duty list without units belongs to whoever lists the duty.
    fn is_own(&self, duty: usize, unit: Option<&RecordId>) -> bool {
        self.duties[duty].unit.as_ref().is_none_or(|of| Some(of) == unit)
    }

    fn hit(&self, at: &Scored, unit: Option<&RecordId>) -> Hit {
        let duty = &self.duties[at.duty];
        Hit {
            duty: duty.id.clone(),
            name: duty.name.clone(),
            own_unit: self.is_own(at.duty, unit),
            percent: (at.score * 100.0).round() as u8,
            how: at.how,
        }
    }

    /// 统筹民政残联退役三社卫健: names of the unit's duties, whole or shortened, without a comma.
    fn listed(&self, phrase: &str, unit: &RecordId) -> Option<Vec<Hit>> {
        let text: Vec<char> = core(&name_key(phrase)).chars().collect();
        if text.len() < 6 {
            return None;
        }
        let tokens = self.tokens(unit);
        let (mut at, mut hits) = (0, Vec::<Hit>::new());
        while at < text.len() {
            let here = tokens.iter().filter(|(token, _)| text[at..].starts_with(token));
            let (token, duty) = here.max_by_key(|(token, _)| token.len())?;
            let scored = Scored { duty: *duty, score: 0.8, how: How::Listed };
            hits.push(self.hit(&scored, Some(unit)));
            at += token.len();
        }
        hits.dedup_by(|a, b| a.duty == b.duty);
        (hits.len() >= 2).then_some(hits)
    }

    /// Names of a unit's duties and what they are shortened to, where that means only one of them.
    fn tokens(&self, unit: &RecordId) -> Vec<(Vec<char>, usize)> {
        let mut tokens: Vec<(Vec<char>, usize)> = Vec::new();
        for duty in self.by_unit.get(unit).into_iter().flatten() {
            for form in self.forms[*duty].iter().filter(|form| form.weight == 1.0) {
                tokens.push((form.text.clone(), *duty));
                if let [a, b, c, _, ..] = form.text[..] {
                    tokens.push((vec![a, b], *duty));
                    tokens.push((vec![a, c], *duty));
                }
            }
        }
        tokens.arrange(Ord::cmp);
        tokens.dedup();
        let ambiguous =
            |token: &Vec<char>| tokens.iter().filter(|(other, _)| other == token).count() > 1;
        tokens.iter().filter(|(token, _)| !ambiguous(token)).cloned().collect()
    }
}

/// The best, if it is good enough and nothing else comes near it. The list is sorted.
fn clear_winner(sorted: &[Scored], enough: f32) -> Option<&Scored> {
    let best = sorted.first().filter(|best| best.score >= enough)?;
    let rival = sorted.get(1).is_some_and(|next| best.score - next.score < MARGIN);
    (!rival).then_some(best)
}

/// Another unit's duty: nothing else there resembles the phrase, and the name is the same or the phrase
/// is long enough not to mean something of its own.
fn is_solid(phrase: &str, best: &Scored, others: &[Scored]) -> bool {
    let alone = others.iter().filter(|at| at.score >= OWN).count() == 1;
    let long = core(&name_key(phrase)).chars().count() >= 4;
    alone && (best.score >= SAME || long)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Generality {
    Whole,
    /// General words beside others: 政府全面, 招商全面.
    Partly,
    No,
}

fn is_general(phrase: &str) -> Generality {
    const WORDS: [&str; 5] = ["全面", "统筹", "统管", "主持", "工作"];
    let key = name_key(phrase);
    let rest = WORDS.iter().fold(key.clone(), |rest, word| rest.replace(word, ""));
    match () {
        () if rest.is_empty() => Generality::Whole,
        () if key.contains("全面") => Generality::Partly,
        () => Generality::No,
    }
}
