//! A whole township made up where nobody drew a border: its tree shared out on a ground, so that there is a map from
//! the first day. Never kept; as soon as one border is known it is gone.

use rustc_hash::FxHashMap;

use crate::geo::plane::Ring;
use crate::geo::sketch::{convex, ground, shared_out};
use crate::model::RecordId;
use crate::model::kinds::{GridCell, Village};
use crate::rules::Links;
use crate::sorting::Sorting;

/// A township of which no area is known is taken to have so many square kilometres.
const AREA: f64 = 40.0;

/// Made-up land. Two maps: a village and a cell may carry the same id.
#[derive(Clone, Debug, Default)]
pub struct Sketch {
    pub villages: FxHashMap<RecordId, Vec<Ring>>,
    pub cells: FxHashMap<RecordId, Vec<Ring>>,
}

/// Whether nobody drew a border of anything.
pub fn nothing_drawn(links: &Links) -> bool {
    links.villages.all().iter().all(|village| village.outline.is_empty())
        && links.cells.all().iter().all(|cell| cell.outline.is_empty())
}

/// The township's tree on a ground: villages of a zone side by side, cells within their village.
pub fn sketched(links: &Links) -> Sketch {
    let mut sketch = Sketch::default();
    let area =
        links.town.as_ref().and_then(|town| town.area).filter(|area| *area > 0.0).unwrap_or(AREA);
    let villages = in_zones(links);
    let homeless: Vec<&GridCell> = tops(links, None);
    let of_village = |village: &&Village| {
        let cells: f64 =
            tops(links, Some(&village.id)).iter().map(|cell| weight(links, cell)).sum();
        village.households.map_or(cells, |count| count as f64)
    };
    let mut weights: Vec<f64> = villages.iter().map(of_village).collect();
    weights.extend(homeless.iter().map(|cell| weight(links, cell)));
    let mut parts = shared_out(&[ground(area * 1e6)], &weights, &convex).into_iter();
    for village in villages {
        let part = parts.next().unwrap_or_default();
        sketch.share(links, &part, &tops(links, Some(&village.id)));
        sketch.villages.insert(village.id.clone(), part);
    }
    for cell in homeless {
        let part = parts.next().unwrap_or_default();
        sketch.share(links, &part, &links.parts_of(&cell.id));
        sketch.cells.insert(cell.id.clone(), part);
    }
    sketch
}

impl Sketch {
    fn share(&mut self, links: &Links, land: &[Ring], cells: &[&GridCell]) {
        let weights: Vec<f64> = cells.iter().map(|cell| weight(links, cell)).collect();
        for (cell, part) in cells.iter().zip(shared_out(land, &weights, &convex)) {
            self.share(links, &part, &links.parts_of(&cell.id));
            self.cells.insert(cell.id.clone(), part);
        }
    }
}

/// Villages zone by zone, in the order of their codes.
fn in_zones(links: &Links) -> Vec<&Village> {
    let mut villages: Vec<&Village> = links.villages.all().iter().collect();
    let zone = |village: &Village| {
        let zone = links.zones.find(village.zone.as_ref());
        zone.map_or((i64::MAX, None), |zone| (zone.no.unwrap_or(i64::MAX), Some(zone.id.clone())))
    };
    villages.arrange_by(|village| (zone(village), village.code.clone(), village.id.clone()));
    villages
}

/// Cells of a village, or of none, that are no part of another.
pub fn tops<'a>(links: &'a Links, village: Option<&RecordId>) -> Vec<&'a GridCell> {
    let home =
        |cell: &&GridCell| links.villages.find(cell.village.as_ref()).map(|village| &village.id);
    let cells = links.cells.all().iter();
    let mut tops: Vec<&GridCell> = cells
        .filter(|cell| home(cell) == village && links.cell_above(&cell.id).is_none())
        .collect();
    tops.arrange_by(|cell| (cell.code.clone(), cell.id.clone()));
    tops
}

/// Households, or as many as its parts have; cells that say nothing weigh alike.
pub fn weight(links: &Links, cell: &GridCell) -> f64 {
    match cell.households {
        Some(count) => count as f64,
        None => {
            links.parts_of(&cell.id).iter().map(|part| weight(links, part)).sum::<f64>().max(1.0)
        }
    }
}
