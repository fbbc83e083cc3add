//! An invented town's land: villages cut into grids, sub-grids and micro-grids that tile exactly.

use super::town::Dice;
use gangtu::picture::map::{Level, MapCell, Value};
use std::collections::BTreeMap;

type Corner = (usize, usize);

/// Nested regions on a raster: pixels take the nearest seed of their parent, level by level.
struct Raster {
    w: usize,
    h: usize,
    /// Region number of each pixel per level; `usize::MAX` is outside.
    levels: Vec<Vec<usize>>,
    /// Parent region of each region per level.
    parents: Vec<Vec<usize>>,
}

const OUT: usize = usize::MAX;

impl Raster {
    fn new(w: usize, h: usize, counts: &[usize], dice: &mut Dice) -> Raster {
        let inside = |at: usize| {
            let (x, y) = ((at % w) as f64 / w as f64 - 0.5, (at / w) as f64 / h as f64 - 0.5);
            let angle = y.atan2(x);
            (x * x + y * y).sqrt() < 0.43 + 0.035 * (3.0 * angle).sin() + 0.02 * (7.0 * angle).cos()
        };
        let mut land: Vec<usize> = (0..w * h).map(|at| if inside(at) { 0 } else { OUT }).collect();
        let mut raster = Raster { w, h, levels: Vec::new(), parents: Vec::new() };
        for count in counts {
            let (next, parents) = raster.split(&land, *count, dice);
            raster.parents.push(parents);
            raster.levels.push(next.clone());
            land = next;
        }
        raster
    }

    /// Seeds are spread over the land: of a few tries the one farthest from the others is kept.
    fn split(&self, land: &[usize], count: usize, dice: &mut Dice) -> (Vec<usize>, Vec<usize>) {
        let pixels: Vec<usize> = (0..land.len()).filter(|at| land[*at] != OUT).collect();
        let far = |a: usize, b: usize| {
            let d = |p: usize, q: usize| (p as f64 - q as f64).powi(2);
            d(a % self.w, b % self.w) + d(a / self.w, b / self.w)
        };
        let mut seeds: Vec<usize> = Vec::new();
        // Every parent keeps at least one seed.
        let mut seen = vec![false; 1 + land.iter().filter(|l| **l != OUT).max().unwrap_or(&0)];
        for at in pixels.iter().copied().skip(7).step_by(3) {
            if !std::mem::replace(&mut seen[land[at]], true) {
                let own: Vec<usize> =
                    pixels.iter().copied().filter(|p| land[*p] == land[at]).collect();
                seeds.push(own[own.len() / 2]);
            }
        }
        while seeds.len() < count {
            let tries = (0..12).map(|_| pixels[dice.roll(pixels.len() as u32) as usize]);
            let gap = |at: usize| seeds.iter().map(|s| far(*s, at)).fold(f64::INFINITY, f64::min);
            let best = tries.max_by(|a, b| gap(*a).total_cmp(&gap(*b)));
            seeds.extend(best);
        }
        let parents: Vec<usize> = seeds.iter().map(|s| land[*s]).collect();
        let mut by_parent: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (seed, parent) in parents.iter().enumerate() {
            by_parent.entry(*parent).or_default().push(seed);
        }
        let nearest = |at: usize| {
            let own = &by_parent[&land[at]];
            *own.iter()
                .min_by(|a, b| far(seeds[**a], at).total_cmp(&far(seeds[**b], at)))
                .expect("a seed")
        };
        let next = (0..land.len()).map(|at| if land[at] == OUT { OUT } else { nearest(at) });
        (next.collect(), parents)
    }

    /// The longest closed border of each region, corner by corner.
    fn rings(&self, level: usize) -> Vec<Vec<Corner>> {
        let land = &self.levels[level];
        let at = |x: i64, y: i64| {
            let ok = x >= 0 && y >= 0 && x < self.w as i64 && y < self.h as i64;
            if ok { land[y as usize * self.w + x as usize] } else { OUT }
        };
        let mut edges: BTreeMap<usize, BTreeMap<Corner, Corner>> = BTreeMap::new();
        for y in 0..self.h as i64 {
            for x in 0..self.w as i64 {
                let own = at(x, y);
                if own == OUT {
                    continue;
                }
                let (l, t, r, b) = (x as usize, y as usize, x as usize + 1, y as usize + 1);
                let sides = [
                    (at(x, y - 1), (l, t), (r, t)),
                    (at(x + 1, y), (r, t), (r, b)),
                    (at(x, y + 1), (r, b), (l, b)),
                    (at(x - 1, y), (l, b), (l, t)),
                ];
                for (_, from, to) in sides.into_iter().filter(|s| s.0 != own) {
                    edges.entry(own).or_default().insert(from, to);
                }
            }
        }
        (0..self.parents[level].len())
            .map(|region| longest(edges.remove(&region).unwrap_or_default()))
            .collect()
    }
}

fn longest(mut next: BTreeMap<Corner, Corner>) -> Vec<Corner> {
    let mut best = Vec::new();
    while let Some((start, _)) = next.first_key_value() {
        let mut ring = vec![*start];
        let mut walk = next.remove(&ring[0]);
        while let Some(corner) = walk {
            walk = next.remove(&corner);
            if walk.is_some() {
                ring.push(corner);
            }
        }
        if ring.len() > best.len() {
            best = ring;
        }
    }
    best
}

const NUMERALS: [&str; 8] = ["一", "二", "三", "四", "五", "六", "七", "八"];
const HEADS: [&str; 12] = [
    "清溪", "柳塘", "石桥", "白鹭", "东湾", "南岭", "桃源", "双河", "云岭", "竹坞", "月湖", "大坪",
];

/// Cells of a town with these numbers of villages, grids, sub-grids and micro-grids; the finest
/// carry a category of five, the grids a number.
pub fn land(counts: [usize; 4]) -> Vec<MapCell> {
    let mut dice = Dice(counts[3] as u32);
    let side = ((counts[3] * 36) as f64).sqrt() as usize + 40;
    let raster = Raster::new(side * 4 / 3, side, &counts, &mut dice);
    let rings: Vec<Vec<Vec<Corner>>> = (0..4).map(|level| raster.rings(level)).collect();
    let smooth = smooth(&rings[3]);
    let mut cells: Vec<MapCell> = Vec::new();
    let levels = [Level::Village, Level::Grid, Level::Sub, Level::Micro];
    let mut first = Vec::new();
    for (depth, level) in levels.into_iter().enumerate() {
        let start = cells.len();
        for (at, ring) in rings[depth].iter().enumerate() {
            let parent = (depth > 0).then(|| first[depth - 1] + raster.parents[depth][at]);
            let nth =
                parent.map_or(0, |p| cells[start..].iter().filter(|c| c.parent == Some(p)).count());
            let name = name(level, at, nth, parent.map(|p| cells[p].name.as_str()));
            let metres = |c: &Corner| {
                let (x, y) = smooth.get(c).copied().unwrap_or((c.0 as f64, c.1 as f64));
                [500_000.0 + x * 60.0, 3_300_000.0 - y * 60.0]
            };
            let value = match level {
                Level::Grid => Some(Value::Number(f64::from(dice.roll(180)))),
                Level::Micro => (dice.roll(12) > 0).then(|| Value::Category(dice.roll(5) as usize)),
                _ => None,
            };
            let keeper = format!("网格长 {}", dice.name());
            let id = format!("{depth}-{at}");
            let rings = vec![ring.iter().map(metres).collect()];
            cells.push(MapCell { id, level, parent, name, rings, value, keeper });
        }
        first.push(start);
    }
    cells
}

fn name(level: Level, at: usize, nth: usize, parent: Option<&str>) -> String {
    let head = |name: &str| name.chars().take(2).collect::<String>();
    let numeral = NUMERALS[nth % 8];
    match (level, parent) {
        (Level::Village, _) => format!("{}村", HEADS[at % 12]),
        (Level::Grid, Some(p)) => format!("{}第{numeral}网格", head(p)),
        (Level::Sub, Some(_)) => format!("子网格{numeral}"),
        _ => format!("{}-{}", at / 8 + 1, nth + 1),
    }
}

/// Rounds the raster's stairs: a corner where only two borders meet moves between its neighbours.
/// Every ring takes the same corner from here, so the land still tiles.
fn smooth(rings: &[Vec<Corner>]) -> BTreeMap<Corner, (f64, f64)> {
    let mut near: BTreeMap<Corner, Vec<Corner>> = BTreeMap::new();
    for ring in rings {
        for (at, corner) in ring.iter().enumerate() {
            for other in [ring[(at + 1) % ring.len()], ring[(at + ring.len() - 1) % ring.len()]] {
                let list = near.entry(*corner).or_default();
                if !list.contains(&other) {
                    list.push(other);
                }
            }
        }
    }
    let mut places: BTreeMap<Corner, (f64, f64)> =
        near.keys().map(|c| (*c, (c.0 as f64, c.1 as f64))).collect();
    for _ in 0..4 {
        let before = places.clone();
        for (corner, list) in near.iter().filter(|(_, list)| list.len() == 2) {
            let (a, b) = (before[&list[0]], before[&list[1]]);
            let own = before[corner];
            let mix = |a: f64, b: f64, c: f64| (a + b + 2.0 * c) / 4.0;
            places.insert(*corner, (mix(a.0, b.0, own.0), mix(a.1, b.1, own.1)));
        }
    }
    places
}
