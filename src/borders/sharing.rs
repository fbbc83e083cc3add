//! Land within a known border shared out among the cells in it that have none, by their households: a sketch to begin
//! with, kept as such (边界来源 示意) until somebody knows better.

use super::sketching::{tops, weight};
use crate::geo::overlay::{both, without};
use crate::geo::plane::{Point, Ring, area_of, bounds};
use crate::geo::sketch::shared_out;
use crate::journal::Draft;
use crate::model::kinds::GridCell;
use crate::model::kinds::village::OutlineFrom;
use crate::model::{Outline, Record, RecordId, Value};
use crate::rules::Links;

/// Less of the land above than this is nothing to share.
const LEAST: f64 = 0.01;

/// Cells that get land, with it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    pub cells: Vec<(RecordId, Vec<Ring>)>,
}

/// Shares the land of every village and cell that has borders among what lies in it and has none.
pub fn shared(links: &Links) -> Shared {
    let mut shared = Shared::default();
    for village in links.villages.all().iter().filter(|village| !village.outline.is_empty()) {
        shared.within(links, &village.outline.0, &tops(links, Some(&village.id)));
    }
    shared
}

impl Shared {
    fn within(&mut self, links: &Links, land: &[Ring], cells: &[&GridCell]) {
        let (known, open): (Vec<&GridCell>, Vec<&GridCell>) =
            cells.iter().copied().partition(|cell| !cell.outline.is_empty());
        for cell in known.iter() {
            self.within(links, &cell.outline.0, &links.parts_of(&cell.id));
        }
        if open.is_empty() {
            return;
        }
        let left = known.iter().fold(land.to_vec(), |left, cell| without(&left, &cell.outline.0));
        if area_of(&left) < LEAST * area_of(land) {
            return;
        }
        let weights: Vec<f64> = open.iter().map(|cell| weight(links, cell)).collect();
        for (cell, part) in open.into_iter().zip(shared_out(&left, &weights, &cut)) {
            self.within(links, &part, &links.parts_of(&cell.id));
            self.cells.push((cell.id.clone(), part));
        }
    }

    pub fn to_draft(&self) -> Draft {
        let mut draft = Draft::new("按户数生成示意网格");
        for (id, rings) in &self.cells {
            draft.set_named(GridCell::ID, id, "outline", Outline(rings.clone()).to_value());
            draft.set_named(
                GridCell::ID,
                id,
                "outline_from",
                Value::text(OutlineFrom::Sketch.id()),
            );
        }
        draft
    }
}

/// Any land cut by a line: what of it lies in the half of a box around it.
fn cut(land: &[Ring], on: Point, along: Point) -> Vec<Ring> {
    let Some([w, s, e, n]) = bounds(land.iter().flatten()) else { return Vec::new() };
    let far = (e - w) + (n - s) + 1.0;
    let center = [(w + e) / 2.0, (s + n) / 2.0];
    // The foot of the middle on the line: the half box stands on it.
    let t = (center[0] - on[0]) * along[0] + (center[1] - on[1]) * along[1];
    let foot = [on[0] + along[0] * t, on[1] + along[1] * t];
    let left = [-along[1], along[0]];
    let at = |a: f64, b: f64| {
        [foot[0] + along[0] * a + left[0] * b, foot[1] + along[1] * a + left[1] * b]
    };
    let half: Ring = vec![at(-far, 0.0), at(far, 0.0), at(far, far * 2.0), at(-far, far * 2.0)];
    both(land, &[half])
}
