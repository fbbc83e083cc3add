//! The land of 云溪镇: a town cut into villages, villages into 子网格, those into 微网格.
//!
//! A fine raster carries the lowest level; everything above is a union of it, so the borders of all
//! levels share their vertices and leave no gap. XM-21 counts 28 grids, QJ-02 counts 33 villages, and
//! a grid lies in one village (DB6101/T 3185): five pairs of small neighbours share a grid, which is
//! filed under the larger of the two; 子网格 and 微网格 lie wholly inside one village.

mod raster;
mod records;
mod relief;
mod split;
mod trace;

pub use records::{Land, LandRecords, PeopleOfLand, TOWN_CODE};

use raster::{Point, Raster};

pub const VILLAGES: usize = 33;
pub const GRIDS: usize = 28;
pub const SUBS: usize = 109;
pub const MICROS: usize = 280;
/// 社区 around the old street; they come first.
pub const COMMUNITIES: usize = 4;

/// Who lies in whom, by number; every list is as long as its level.
pub struct Plan {
    pub raster: Raster,
    pub sub_of_micro: Vec<usize>,
    pub village_of_sub: Vec<usize>,
    pub grid_of_village: Vec<usize>,
    pub zone_of_village: Vec<usize>,
    pub villages: Vec<Region>,
}

/// One region of any level.
#[derive(Clone, Copy, Debug)]
pub struct Region {
    pub centre: Point,
    /// In square metres.
    pub area: f64,
}

impl Plan {
    pub fn village_of_micro(&self, micro: usize) -> usize {
        self.village_of_sub[self.sub_of_micro[micro]]
    }

    pub fn grid_of_micro(&self, micro: usize) -> usize {
        self.grid_of_village[self.village_of_micro(micro)]
    }
}

/// Cuts the town. The same plan every time.
pub fn plan() -> Plan {
    let relief = relief::Relief::new(20_261_104);
    let mut raster = Raster::town(&relief);
    let ground = split::villages(&mut raster, &relief);
    let (subs, village_of_sub) = split::within(&raster, &relief, &ground, SUBS, 2..=5, 11);
    let (micros, sub_of_micro) = split::within(&raster, &relief, &subs, MICROS, 2..=4, 23);
    raster.labels = micros;
    let village_of_micro = |micro: usize| village_of_sub[sub_of_micro[micro]];
    raster.untouch(&|micro| [micro, sub_of_micro[micro], village_of_micro(micro)]);
    let villages = raster.regions(VILLAGES, village_of_micro);
    let zone_of_village = split::zones(&villages);
    let next_to = raster.neighbours(VILLAGES, village_of_micro);
    let grid_of_village = split::pair_up(&villages, &zone_of_village, &next_to);
    raster.untouch(&|micro| {
        let village = village_of_micro(micro);
        [micro, sub_of_micro[micro], village, grid_of_village[village]]
    });
    Plan { villages, raster, sub_of_micro, village_of_sub, grid_of_village, zone_of_village }
}
