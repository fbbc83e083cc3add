//! The town as a fine raster of labels. Row 0 is the north. Draws nothing.

use super::Region;
use super::relief::Relief;

/// Local metres, x to the east, y to the north.
pub type Point = [f64; 2];

/// Side of one pixel in metres.
pub const PIXEL: f64 = 25.0;
pub const WIDTH: usize = 500;
pub const HEIGHT: usize = 400;
pub const OUTSIDE: u16 = u16::MAX;
/// Middle of the town, and of the old street, which lies a little off it.
const MIDDLE: Point = [6_250.0, 5_000.0];
pub const STREET: Point = [5_500.0, 4_500.0];

pub struct Raster {
    pub labels: Vec<u16>,
}

impl Raster {
    /// Inside of the town 0, everything else [`OUTSIDE`].
    pub fn town(relief: &Relief) -> Raster {
        let label = |at| if inside(relief, centre(at)) { 0 } else { OUTSIDE };
        Raster { labels: (0..WIDTH * HEIGHT).map(label).collect() }
    }

    pub fn pixels(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.labels.len()).filter(|at| self.labels[*at] != OUTSIDE)
    }

    /// Centre and area of each region of a level.
    pub fn regions(&self, count: usize, level: impl Fn(usize) -> usize) -> Vec<Region> {
        let mut sums = vec![(0.0, 0.0, 0.0); count];
        for at in self.pixels() {
            let [x, y] = centre(at);
            let sum = &mut sums[level(usize::from(self.labels[at]))];
            *sum = (sum.0 + x, sum.1 + y, sum.2 + 1.0);
        }
        let region = |(x, y, pixels): (f64, f64, f64)| Region {
            centre: [x / pixels, y / pixels],
            area: pixels * PIXEL * PIXEL,
        };
        sums.into_iter().map(region).collect()
    }

    /// How many pixel sides each pair of regions shares.
    pub fn neighbours(&self, count: usize, level: impl Fn(usize) -> usize) -> Vec<Vec<usize>> {
        let mut shared = vec![vec![0; count]; count];
        for at in self.pixels() {
            for next in [at + 1, at + WIDTH] {
                if self.labels[next] != OUTSIDE {
                    let one = level(usize::from(self.labels[at]));
                    let two = level(usize::from(self.labels[next]));
                    shared[one][two] += 1;
                    shared[two][one] += 1;
                }
            }
        }
        shared
    }

    /// Parts regions that touch themselves only at a corner, at every level, so that each outline
    /// passes a point once.
    pub fn untouch<const N: usize>(&mut self, levels: &impl Fn(usize) -> [usize; N]) {
        for _ in 0..64 {
            let mut changed = false;
            for at in 0..WIDTH * (HEIGHT - 1) - 1 {
                changed |= self.part_corner(at, levels);
            }
            if !changed {
                return;
            }
        }
        panic!("the land would not come apart at its corners");
    }

    fn part_corner<const N: usize>(
        &mut self,
        at: usize,
        levels: &impl Fn(usize) -> [usize; N],
    ) -> bool {
        let corner = [at, at + 1, at + WIDTH, at + WIDTH + 1];
        let key = |pixel: usize, level: usize| match self.labels[pixel] {
            OUTSIDE => usize::MAX,
            label => levels(usize::from(label))[level],
        };
        for level in 0..N {
            let [a, b, c, d] = corner.map(|pixel| key(pixel, level));
            if a == d && a != b && a != c {
                self.labels[corner[1]] = self.labels[corner[0]];
                return true;
            }
            if b == c && b != a && b != d {
                self.labels[corner[0]] = self.labels[corner[1]];
                return true;
            }
        }
        false
    }
}

/// The middle of a pixel.
pub fn centre(at: usize) -> Point {
    let (row, column) = (at / WIDTH, at % WIDTH);
    [(column as f64 + 0.5) * PIXEL, (HEIGHT as f64 - row as f64 - 0.5) * PIXEL]
}

/// The corner of pixels at a lattice point.
pub fn lattice(row: usize, column: usize) -> Point {
    [column as f64 * PIXEL, (HEIGHT - row) as f64 * PIXEL]
}

/// Inside of a rounded shape with bays and headlands.
fn inside(relief: &Relief, point: Point) -> bool {
    let [x, y] = relief.bend(point);
    let (east, north) = ((x - MIDDLE[0]) / 1.3, y - MIDDLE[1]);
    let angle = north.atan2(east);
    let waves = relief.phases.iter().zip([2.0, 3.0, 4.0, 5.0, 7.0]);
    let swell: f64 =
        waves.map(|(phase, count)| (angle * count + phase).sin() * 0.19 / f64::sqrt(count)).sum();
    east.hypot(north) < 3_750.0 * (1.0 + swell)
}
