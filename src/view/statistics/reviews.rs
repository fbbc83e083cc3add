//! 五维考评 (ZJ-19) and 岗位画像 (ZJ-12) as radars, bands of reviews, and ranks of villages quarter by quarter (QJ-02). Ranks are
//! shown only as often as the township's setting allows (LX-05). Works out nothing that `rules` does not say.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Behind, Column, Group, Shape, Statistic, behind, column};
use crate::model::kinds::review::Quarter;
use crate::model::kinds::town::Ranking;
use crate::model::kinds::{Post, Review, Village};
use crate::model::{Day, RecordId};
use crate::picture::plot::Scale;
use crate::picture::style::{Pattern, Role};
use crate::rules::band::Band;
use crate::rules::portrait::portrait;
use crate::rules::review::{
    DIMENSIONS, Ranked, Term, mean, newest, of_person, ranks, scores, term_of, total,
};
use crate::rules::{Links, Work};
use crate::sorting::Sorting;

/// Quarters that lines run over.
const TERMS: usize = 12;
/// Places at both ends that stand out.
const MARKED: usize = 3;

pub fn all(day: &Day, links: &Links) -> Vec<Statistic> {
    let reviews: Vec<Review> = day.all();
    let mut all = vec![of_all(&reviews, links), bands(&reviews, links)];
    all.extend(village_ranks(day, links));
    all
}

const NOW: Column = column("", Role::Steady, Pattern::None);
const BEFORE: Column = column("", Role::Quiet, Pattern::Hatch);

fn named(column: &Column, name: String) -> Column {
    Column { name: Cow::Owned(name), ..column.clone() }
}

fn by(review: &Review, links: &Links) -> Option<Behind> {
    let person = links.people.find(review.person.as_ref())?;
    let total = total(review).map(|total| format!("（{}）", rounded(total)));
    Some(behind(review, &[&*person.name, &total.unwrap_or_default()].concat()))
}

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The means of all that were reviewed in the newest quarter, beside those of the one before.
fn of_all(reviews: &[Review], links: &Links) -> Statistic {
    let terms: BTreeSet<Term> = reviews.iter().filter_map(term_of).collect();
    let terms: Vec<Term> = terms.into_iter().rev().take(2).collect();
    let of = |term: Term| -> Vec<&Review> {
        reviews.iter().filter(|review| term_of(review) == Some(term)).collect()
    };
    let lists: Vec<Vec<&Review>> = terms.iter().map(|term| of(*term)).collect();
    let named = terms.iter().zip([NOW, BEFORE]).map(|(term, look)| named(&look, term.words()));
    let columns: Vec<Column> = named.collect();
    let behind: Vec<Behind> =
        lists.first().into_iter().flatten().filter_map(|review| by(review, links)).collect();
    Statistic {
        id: "five",
        title: "五维考评平均分",
        unit: "",
        shape: Shape::Radar,
        groups: axes(&lists, &behind),
        columns,
    }
}

/// An axis for each dimension with the mean of each list.
fn axes(lists: &[Vec<&Review>], behind: &[Behind]) -> Vec<Group> {
    if lists.is_empty() {
        return Vec::new();
    }
    let value = |list: &Vec<&Review>, at: usize| {
        mean(list.iter().filter_map(|review| scores(review)[at])).map_or(f64::NAN, rounded)
    };
    let group = |(at, name): (usize, &&str)| Group {
        label: name.to_string(),
        values: lists.iter().map(|list| value(list, at)).collect(),
        behind: behind.to_vec(),
    };
    DIMENSIONS.iter().enumerate().map(group).collect()
}

/// One person: the newest review beside the one before; none where nothing was scored.
pub fn five(reviews: &[Review], person: &RecordId, links: &Links) -> Option<Statistic> {
    let own = of_person(reviews, person);
    let newest = own.into_iter().rev().filter(|review| total(review).is_some());
    let lists: Vec<Vec<&Review>> = newest.take(2).map(|review| vec![review]).collect();
    let first = lists.first()?.first()?;
    let said = |review: &Review| term_of(review).map(Term::words).unwrap_or_default();
    let heads = lists.iter().zip([NOW, BEFORE]);
    let columns = heads.map(|(list, look)| named(&look, said(list[0]))).collect();
    let behind: Vec<Behind> = by(first, links).into_iter().collect();
    Some(Statistic {
        id: "five",
        title: "五维考评",
        unit: "",
        shape: Shape::Radar,
        groups: axes(&lists, &behind),
        columns,
    })
}

/// One post (ZJ-12), and how each figure came about.
pub fn portrait_of(links: &Links, work: &Work, post: &Post) -> (Statistic, Vec<String>) {
    let figures = portrait(links, work, post);
    let group = |figure: &crate::rules::portrait::Figure| Group {
        label: figure.name.to_string(),
        values: vec![figure.value.map_or(f64::NAN, f64::round)],
        behind: vec![behind(post, &post.title)],
    };
    let because = figures.iter().map(|figure| format!("{}：{}。", figure.name, figure.because));
    let statistic = Statistic {
        id: "portrait",
        title: "岗位画像",
        unit: "",
        shape: Shape::Radar,
        columns: vec![column("本岗", Role::Steady, Pattern::None)],
        groups: figures.iter().map(group).collect(),
    };
    (statistic, because.collect())
}

/// 考评档次 by the newest review of each.
fn bands(reviews: &[Review], links: &Links) -> Statistic {
    let newest = newest(reviews);
    let group = |band: &Band| {
        let here =
            newest.iter().filter(|(_, (_, score))| Band::of(*score, links.town.as_ref()) == *band);
        let said = here.filter_map(|(person, (_, score))| {
            let person = links.people.get(person.as_str())?;
            Some(behind(person, &format!("{}（{}）", person.name, rounded(*score))))
        });
        let behind: Vec<Behind> = said.collect();
        Group { label: band.label().to_string(), values: vec![behind.len() as f64], behind }
    };
    let groups: Vec<Group> = Band::ALL.iter().map(group).collect();
    Statistic {
        id: "bands",
        title: "考评档次",
        unit: "人",
        shape: Shape::Bars,
        columns: vec![column("人员", Role::Jade, Pattern::Dots)],
        groups,
    }
}

/// Whether ranks of a quarter may be shown.
fn allowed(ranking: Option<Ranking>, quarter: Quarter) -> bool {
    match ranking {
        None | Some(Ranking::Never) => false,
        Some(Ranking::Quarter) => true,
        Some(Ranking::HalfYear) => matches!(quarter, Quarter::Second | Quarter::Fourth),
        Some(Ranking::Year) => quarter == Quarter::Fourth,
    }
}

/// 村考核排名: a line a village over the quarters; none where the township does not publish ranks.
fn village_ranks(day: &Day, links: &Links) -> Option<Statistic> {
    let ranking = links.town.as_ref().and_then(|town| town.ranking);
    let mut ranked: Vec<(Term, Vec<Ranked>)> =
        ranks(&day.all()).into_iter().filter(|(term, _)| allowed(ranking, term.quarter)).collect();
    if ranking.is_none_or(|ranking| ranking == Ranking::Never) {
        return None;
    }
    ranked.drain(..ranked.len().saturating_sub(TERMS));
    let last: &[Ranked] = ranked.last().map_or(&[], |(_, list)| list);
    let place = |village: &Village| {
        let known = last.iter().find(|ranked| ranked.village == village.id);
        known.map_or(usize::MAX, |ranked| ranked.rank)
    };
    let ever = |village: &&Village| {
        ranked.iter().any(|(_, list)| list.iter().any(|ranked| ranked.village == village.id))
    };
    let mut villages: Vec<&Village> = links.villages.all().iter().filter(ever).collect();
    villages.arrange_by(|village| (place(village), village.id.clone()));
    let look = |(at, village): (usize, &&Village)| {
        let (role, pattern) = match at {
            at if at < MARKED => (Role::Jade, Pattern::None),
            at if at + MARKED >= villages.len() => (Role::Vermilion, Pattern::Hatch),
            _ => (Role::Mute, Pattern::None),
        };
        Column { name: Cow::Owned(village.name.to_string()), role, pattern }
    };
    let group = |(term, list): &(Term, Vec<Ranked>)| {
        let rank = |village: &&Village| {
            let known = list.iter().find(|ranked| ranked.village == village.id);
            known.map_or(f64::NAN, |ranked| ranked.rank as f64)
        };
        let said = list.iter().filter_map(|ranked| {
            let village = links.villages.get(ranked.village.as_str())?;
            let words = format!("{} {}（{}）", ranked.rank, village.name, rounded(ranked.score));
            Some(behind(village, &words))
        });
        Group {
            label: format!("{}年{}季", term.year, term.quarter.id()),
            values: villages.iter().map(rank).collect(),
            behind: said.collect(),
        }
    };
    Some(Statistic {
        id: "ranks",
        title: "村（社区）考核排名",
        unit: "",
        shape: Shape::Lines(Scale::Ranks),
        columns: villages.iter().enumerate().map(look).collect(),
        groups: ranked.iter().map(group).collect(),
    })
}
