//! 网格边界: where villages and cells lie, from a file of features or made up, and out again. Plans and writes drafts;
//! reads no file itself (`geo` does) and draws nothing.
//!
//! `matching` (features against records), `plan` (what an import would do), `points` (land around points),
//! `sharing` (land within a known border shared out), `sketching` (a whole township made up), `sending` (GeoJSON out), `codes` (网格编码),
//! `editing` (corners in common), `drawing` (borders by hand until they are written), `underlay` (pictures to draw along).

pub mod codes;
pub mod drawing;
pub mod editing;
pub mod matching;
pub mod plan;
mod points;
pub mod sending;
pub mod sharing;
pub mod sketching;
pub mod underlay;

use crate::choices;
use crate::geo::datum::Degrees;
use crate::geo::local::Local;
use crate::geo::plane::Point;
use crate::model::Record;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::{GridCell, Town, Village};

choices! {
    /// What a border goes around.
    Layer {
        Village = "village", "村（社区）";
        Grid = "grid", "网格";
        Sub = "sub", "子网格";
        Micro = "micro", "微网格";
    }
}

impl Layer {
    /// The kind its records are of.
    pub fn kind(self) -> &'static str {
        if self == Layer::Village { Village::ID } else { GridCell::ID }
    }

    pub fn level(self) -> Option<GridLevel> {
        match self {
            Layer::Village => None,
            Layer::Grid => Some(GridLevel::Grid),
            Layer::Sub => Some(GridLevel::Sub),
            Layer::Micro => Some(GridLevel::Micro),
        }
    }

    /// A cell's; of one that does not say, 网格.
    pub fn of(cell: &GridCell) -> Layer {
        match cell.level {
            Some(GridLevel::Sub) => Layer::Sub,
            Some(GridLevel::Micro) => Layer::Micro,
            Some(GridLevel::Grid) | None => Layer::Grid,
        }
    }
}

/// Where the township's metres begin; nothing while its borders lie nowhere on earth.
pub fn anchor(town: Option<&Town>) -> Option<Local> {
    let town = town?;
    town.map_lon.zip(town.map_lat).map(|origin| Local { origin })
}

/// Degrees to metres, north upward.
fn metres(local: Local, at: Degrees) -> Point {
    let (x, y) = local.metres(at);
    [x, -y]
}

/// Metres to degrees.
fn degrees(local: Local, at: Point) -> Degrees {
    local.degrees((at[0], -at[1]))
}
