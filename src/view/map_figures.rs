//! What the map's colourings 案件密度 and 网格员考评 count besides the joined township. Colours nothing.

use chrono::Months;
use rustc_hash::FxHashMap;

use super::group_id;
use super::map::MapFigures;
use crate::model::kinds::{Case, GridCell, Review, Village};
use crate::model::{Day, Record};
use crate::rules::Links;
use crate::rules::band::Band;
use crate::rules::review::newest;

/// Cases of so many months count.
const MONTHS: u32 = 12;

pub fn map_figures((day, links): (&Day, &Links)) -> MapFigures {
    let reviews: Vec<Review> = day.all();
    let bands = newest(&reviews).into_iter();
    let bands = bands.map(|(id, (_, score))| (id, Band::of(score, links.town.as_ref()))).collect();
    let cases = cases(day, links);
    let with_cases = links
        .cells
        .all()
        .iter()
        .filter(|cell| cases.contains_key(&group_id(GridCell::ID, &cell.id)));
    let placed = with_cases.filter_map(|cell| Some(cell.village.as_ref()?.id.clone())).collect();
    MapFigures { cases, placed, bands }
}

/// Each case in its cell, those above it, and its village.
fn cases(day: &Day, links: &Links) -> FxHashMap<String, usize> {
    let mut counts: FxHashMap<String, usize> = FxHashMap::default();
    let from = day.day.checked_sub_months(Months::new(MONTHS));
    for case in day.all::<Case>() {
        if !case.accepted.is_some_and(|at| at <= day.day && from.is_none_or(|from| at > from)) {
            continue;
        }
        let cell = links.cells.find(case.cell.as_ref());
        let mut at = cell;
        while let Some(here) = at {
            *counts.entry(group_id(GridCell::ID, &here.id)).or_default() += 1;
            at = links.cell_above(&here.id);
        }
        let named = links.villages.find(case.village.as_ref());
        let around = cell.and_then(|cell| links.villages.find(cell.village.as_ref()));
        if let Some(village) = around.or(named) {
            *counts.entry(group_id(Village::ID, &village.id)).or_default() += 1;
        }
    }
    counts
}
