//! Cuts regions into smaller ones of like size: nearest seed on bent ground, seeds moved to the middle.

use std::collections::VecDeque;
use std::ops::RangeInclusive;

use super::super::dice::Dice;
use super::raster::{HEIGHT, OUTSIDE, Point, Raster, STREET, WIDTH, centre};
use super::relief::Relief;
use super::{COMMUNITIES, GRIDS, Region, VILLAGES};

const ROUNDS: usize = 24;

/// Cuts the town into villages, small ones around the old street; numbers them from the street out,
/// then from west to east, north to south.
pub fn villages(raster: &mut Raster, relief: &Relief) -> Vec<u16> {
    let pixels: Vec<usize> = raster.pixels().collect();
    let weight = |point: Point| 1.0 / (900.0 + away(point, STREET)).powi(2);
    let mut labels = vec![OUTSIDE; WIDTH * HEIGHT];
    let seeds = settle(&pixels, relief, VILLAGES, 7, weight);
    label(&mut labels, &pixels, relief, &seeds, 0);
    heal(&mut labels, &|_, _| true);
    let found = Raster { labels };
    let regions = found.regions(VILLAGES, |village| village);
    let mut order: Vec<usize> = (0..VILLAGES).collect();
    order.sort_by(|a, b| {
        away(regions[*a].centre, STREET).total_cmp(&away(regions[*b].centre, STREET))
    });
    order[COMMUNITIES..].sort_by(|a, b| reading_order(&regions[*a], &regions[*b]));
    renumber(found.labels, &order)
}

/// Cuts every region of `above` into parts, `total` in all, more where there is more land; gives each
/// pixel its part and each part its region.
pub fn within(
    raster: &Raster,
    relief: &Relief,
    above: &[u16],
    total: usize,
    each: RangeInclusive<usize>,
    seed: u64,
) -> (Vec<u16>, Vec<usize>) {
    let count = above.iter().filter(|label| **label != OUTSIDE).max().map_or(0, |most| *most) + 1;
    let mut pixels = vec![Vec::new(); usize::from(count)];
    for at in raster.pixels() {
        pixels[usize::from(above[at])].push(at);
    }
    let shares = shares(&pixels, total, &each);
    let (mut labels, mut owner) = (vec![OUTSIDE; WIDTH * HEIGHT], Vec::new());
    for (region, pixels) in pixels.iter().enumerate() {
        let first = owner.len();
        let seeds = settle(pixels, relief, shares[region], seed + region as u64, |_| 1.0);
        label(&mut labels, pixels, relief, &seeds, first as u16);
        owner.extend(vec![region; shares[region]]);
    }
    heal(&mut labels, &|one, two| above[one] == above[two]);
    let parts = Raster { labels };
    let regions = parts.regions(total, |part| part);
    let mut order: Vec<usize> = (0..total).collect();
    order.sort_by(|a, b| {
        owner[*a].cmp(&owner[*b]).then_with(|| reading_order(&regions[*a], &regions[*b]))
    });
    (renumber(parts.labels, &order), owner)
}

/// Parts per region, by the root of its area, within `each` and `total` in all.
fn shares(pixels: &[Vec<usize>], total: usize, each: &RangeInclusive<usize>) -> Vec<usize> {
    let mut shares = vec![*each.start(); pixels.len()];
    while shares.iter().sum::<usize>() < total {
        let open = (0..pixels.len()).filter(|at| shares[*at] < *each.end());
        let load = |at: usize| (pixels[at].len() as f64).sqrt() / shares[at] as f64;
        let most = open.max_by(|a, b| load(*a).total_cmp(&load(*b)));
        shares[most.expect("room for every part")] += 1;
    }
    shares
}

/// Seeds moved to the middle of their land until they rest (Lloyd), on bent ground.
fn settle(
    pixels: &[usize],
    relief: &Relief,
    count: usize,
    seed: u64,
    weight: impl Fn(Point) -> f64,
) -> Vec<Point> {
    let mut dice = Dice::new(seed);
    let step = (pixels.len() / 9_000).max(1);
    let ground: Vec<(Point, f64)> = pixels
        .iter()
        .step_by(step)
        .map(|at| (relief.bend(centre(*at)), weight(centre(*at))))
        .collect();
    let mut seeds: Vec<Point> = (0..count).map(|_| ground[dice.below(ground.len())].0).collect();
    for _ in 0..ROUNDS {
        let mut sums = vec![[0.0; 3]; count];
        for ([x, y], weight) in &ground {
            let sum = &mut sums[nearest(&seeds, [*x, *y])];
            *sum = [sum[0] + x * weight, sum[1] + y * weight, sum[2] + weight];
        }
        for (seed, sum) in seeds.iter_mut().zip(sums) {
            let lone = ground[dice.below(ground.len())].0;
            *seed = if sum[2] > 0.0 { [sum[0] / sum[2], sum[1] / sum[2]] } else { lone };
        }
    }
    seeds
}

fn label(labels: &mut [u16], pixels: &[usize], relief: &Relief, seeds: &[Point], first: u16) {
    for at in pixels {
        labels[*at] = first + nearest(seeds, relief.bend(centre(*at))) as u16;
    }
}

fn nearest(seeds: &[Point], point: Point) -> usize {
    let far = |at: &usize| away(seeds[*at], point);
    (0..seeds.len()).min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0)
}

fn away(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// Gives land cut off from the rest of its region to the neighbours it may join.
fn heal(labels: &mut [u16], may_join: &impl Fn(usize, usize) -> bool) {
    let islands = islands(labels);
    let mut queue: VecDeque<usize> =
        (0..labels.len()).filter(|at| labels[*at] != OUTSIDE && !islands[*at]).collect();
    let mut waiting = islands;
    while let Some(at) = queue.pop_front() {
        for next in sides(at) {
            if waiting[next] && may_join(at, next) {
                waiting[next] = false;
                labels[next] = labels[at];
                queue.push_back(next);
            }
        }
    }
}

/// Pixels outside the largest part of their region.
fn islands(labels: &[u16]) -> Vec<bool> {
    let (mut part, mut sizes) = (vec![usize::MAX; labels.len()], Vec::new());
    for start in 0..labels.len() {
        if labels[start] == OUTSIDE || part[start] != usize::MAX {
            continue;
        }
        part[start] = sizes.len();
        let mut queue = vec![start];
        let mut size = 0;
        while let Some(at) = queue.pop() {
            size += 1;
            for next in sides(at) {
                if part[next] == usize::MAX && labels[next] == labels[at] {
                    part[next] = sizes.len();
                    queue.push(next);
                }
            }
        }
        sizes.push((labels[start], size));
    }
    let largest = |at: usize| {
        let (label, size) = sizes[part[at]];
        sizes.iter().all(|(other, rival)| *other != label || *rival <= size)
    };
    (0..labels.len()).map(|at| labels[at] != OUTSIDE && !largest(at)).collect()
}

/// The town keeps away from the raster's rim, so every pixel of it has four sides.
fn sides(at: usize) -> [usize; 4] {
    [at - 1, at + 1, at - WIDTH, at + WIDTH]
}

/// West to east, north to south, in bands of half a kilometre.
fn reading_order(a: &Region, b: &Region) -> std::cmp::Ordering {
    let band = |region: &Region| -(region.centre[1] / 500.0).floor();
    band(a).total_cmp(&band(b)).then(a.centre[0].total_cmp(&b.centre[0]))
}

fn renumber(mut labels: Vec<u16>, order: &[usize]) -> Vec<u16> {
    let mut place = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        place[*from] = to as u16;
    }
    for label in labels.iter_mut().filter(|label| **label != OUTSIDE) {
        *label = place[usize::from(*label)];
    }
    labels
}

/// Four zones: the eight villages around the old street, the rest in three sectors.
pub fn zones(villages: &[Region]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..villages.len()).collect();
    let from_street = |at: &usize| away(villages[*at].centre, STREET);
    order.sort_by(|a, b| from_street(a).total_cmp(&from_street(b)));
    let mut zones = vec![0; villages.len()];
    let angle = |at: &usize| {
        let [x, y] = villages[*at].centre;
        (y - STREET[1]).atan2(x - STREET[0])
    };
    let outer = &mut order[8..];
    outer.sort_by(|a, b| angle(a).total_cmp(&angle(b)));
    let each = outer.len().div_ceil(3);
    for (at, village) in outer.iter().enumerate() {
        zones[*village] = 1 + at / each;
    }
    zones
}

/// The grid of each village: five pairs of small neighbours in one zone share theirs.
pub fn pair_up(villages: &[Region], zones: &[usize], next_to: &[Vec<usize>]) -> Vec<usize> {
    let mut partner = vec![None; villages.len()];
    let mut order: Vec<usize> = (COMMUNITIES..villages.len()).collect();
    order.sort_by(|a, b| villages[*a].area.total_cmp(&villages[*b].area));
    let mut pairs = 0;
    for village in &order {
        let open = |other: &&usize| {
            let (village, other) = (*village, **other);
            village != other
                && partner[other].is_none()
                && zones[village] == zones[other]
                && next_to[village][other] >= 12
        };
        if pairs == VILLAGES - GRIDS || partner[*village].is_some() {
            continue;
        }
        if let Some(other) = order.iter().find(open).copied() {
            partner[*village] = Some(other);
            partner[other] = Some(*village);
            pairs += 1;
        }
    }
    let mut grids: Vec<usize> = Vec::with_capacity(villages.len());
    let mut next = 0;
    for (village, partner) in partner.iter().enumerate() {
        match partner.filter(|other| *other < village) {
            Some(other) => grids.push(grids[other]),
            None => {
                grids.push(next);
                next += 1;
            }
        }
    }
    grids
}
