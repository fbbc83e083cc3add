//! A picture laid under the plane of a township's metres and pinned to it: by one point it is shifted, by two turned,
//! scaled and shifted, by three also slanted, which mends a slanted photograph. Reads no picture and paints nothing.

use std::fmt;

use super::plane::Point;

/// Pixels of a picture, to the right and downward.
pub type Pixel = [f64; 2];

/// Pins are at most so many.
pub const MOST: usize = 3;
/// Two points nearer than this share of the picture's longer side are one.
const NEAR: f64 = 0.02;
/// Two places nearer than this on the ground are one, metres.
const ONE_PLACE: f64 = 1.0;
/// Parts of a metre or pixel that are remembered.
const PARTS: f64 = 1e9;
/// Three points lower than this share of their longest side lie on one line.
const FLAT: f64 = 0.06;

/// Where the points of a picture lie: its upper left corner, and how far a pixel goes. Never flat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lie {
    corner: Point,
    /// Metres of one pixel to the right.
    right: Point,
    /// Metres of one pixel downward.
    down: Point,
}

/// A point of the picture, and the place where it belongs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pin {
    pub pixel: Pixel,
    pub ground: Point,
}

/// Why a picture cannot be pinned so; it lies as it lay.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotPin {
    /// Two points of the picture are one.
    SamePixel,
    /// Two places on the ground are one.
    SamePlace,
    /// Three points lie on one line.
    InLine,
    /// The picture would be seen from behind.
    Mirrored,
    /// Outside of the picture.
    Outside,
    /// There are three, or no such pin.
    Gone,
}

impl fmt::Display for CannotPin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CannotPin::SamePixel => "两处在图上离得太近，对不准。请换一处离得远的，底图没有动。",
            CannotPin::SamePlace => {
                "两处在边界图上几乎是同一个地方，对不准。请换一处离得远的，底图没有动。"
            }
            CannotPin::InLine => "三处差不多在一条线上，对不准。请换一处偏开些的，底图没有动。",
            CannotPin::Mirrored => "这样底图会翻过来，多半有两处对反了。请重新点，底图没有动。",
            CannotPin::Outside => "点到底图外面了。请点在底图上。",
            CannotPin::Gone => "这一处已经不在了，底图没有动。",
        })
    }
}

impl Lie {
    /// The picture's whole, upright, in the middle of what lies between west, south, east and north.
    pub fn within(size: Pixel, [w, s, e, n]: [f64; 4]) -> Lie {
        let side = |room: f64, pixels: f64| room.max(1.0) / pixels.max(1.0);
        let scale = side(e - w, size[0]).min(side(n - s, size[1]));
        let corner = [(w + e - size[0] * scale) / 2.0, (s + n + size[1] * scale) / 2.0];
        Lie { corner, right: [scale, 0.0], down: [0.0, -scale] }
    }

    pub fn ground(&self, [x, y]: Pixel) -> Point {
        let along = |n: usize| self.corner[n] + x * self.right[n] + y * self.down[n];
        [along(0), along(1)]
    }

    pub fn pixel(&self, at: Point) -> Pixel {
        let way = minus(at, self.corner);
        let whole = cross(self.right, self.down);
        [cross(way, self.down) / whole, cross(self.right, way) / whole]
    }

    /// Shifted so that a pin holds.
    fn shifted(&self, pin: &Pin) -> Lie {
        let way = minus(pin.ground, self.ground(pin.pixel));
        Lie { corner: plus(self.corner, way), ..*self }
    }

    /// Turned, scaled and shifted so that two pins hold.
    fn turned(a: &Pin, b: &Pin) -> Option<Lie> {
        let (from, to) = (minus(b.pixel, a.pixel), minus(b.ground, a.ground));
        // As complex numbers; a picture counts downward.
        let length = from[0] * from[0] + from[1] * from[1];
        let x = (to[0] * from[0] - to[1] * from[1]) / length;
        let y = (to[1] * from[0] + to[0] * from[1]) / length;
        Lie { corner: [0.0, 0.0], right: [x, y], down: [y, -x] }.held(a)
    }

    /// Slanted as well, so that three pins hold.
    fn slanted(a: &Pin, b: &Pin, c: &Pin) -> Option<Lie> {
        let (p, q) = (minus(b.pixel, a.pixel), minus(c.pixel, a.pixel));
        let (to_b, to_c) = (minus(b.ground, a.ground), minus(c.ground, a.ground));
        let whole = cross(p, q);
        let right = |n: usize| (to_b[n] * q[1] - to_c[n] * p[1]) / whole;
        let down = |n: usize| (to_c[n] * p[0] - to_b[n] * q[0]) / whole;
        Lie { corner: [0.0, 0.0], right: [right(0), right(1)], down: [down(0), down(1)] }.held(a)
    }

    /// Shifted to a pin; nothing where a lie has no land or no figures.
    fn held(self, pin: &Pin) -> Option<Lie> {
        let lie = self.shifted(pin);
        let figures = [lie.corner, lie.right, lie.down];
        let sound = figures.iter().flatten().all(|figure| figure.is_finite());
        (sound && cross(lie.right, lie.down) < 0.0).then_some(lie)
    }

    /// How far the picture's upper side is turned from the east, degrees, to the left above zero.
    pub fn turn(&self) -> f64 {
        let (x, y) = self.mean();
        y.atan2(x).to_degrees()
    }

    /// Metres of a pixel, in the mean.
    pub fn scale(&self) -> f64 {
        cross(self.right, self.down).abs().sqrt()
    }

    /// How many times as long the same way is in one direction as in the other; 1 where nothing is slanted.
    pub fn slant(&self) -> f64 {
        let (x, y) = self.mean();
        let even = x.hypot(y);
        let odd = (self.right[0] + self.down[1]).hypot(self.right[1] - self.down[0]) / 2.0;
        (even + odd) / (even - odd)
    }

    /// The turn and scale in it, as a complex number.
    fn mean(&self) -> (f64, f64) {
        ((self.right[0] - self.down[1]) / 2.0, (self.right[1] + self.down[0]) / 2.0)
    }
}

/// A picture under the plane, with its pins.
#[derive(Clone, Debug, PartialEq)]
pub struct Laying {
    /// Pixels to the right and downward.
    size: Pixel,
    /// How it lay before there was a second pin.
    loose: Lie,
    pins: Vec<Pin>,
    lie: Lie,
}

impl Laying {
    /// Without a pin, in the middle of what is looked at.
    pub fn new(size: Pixel, seen: [f64; 4]) -> Laying {
        let loose = Lie::within(size, seen);
        Laying { size, loose, pins: Vec::new(), lie: loose }
    }

    pub fn lie(&self) -> &Lie {
        &self.lie
    }

    pub fn size(&self) -> Pixel {
        self.size
    }

    pub fn pins(&self) -> &[Pin] {
        &self.pins
    }

    /// Whether a point lies in the picture.
    pub fn holds(&self, pixel: Pixel) -> bool {
        (0..2).all(|n| (0.0..=self.size[n]).contains(&pixel[n]))
    }

    /// The four corners on the ground, around.
    pub fn corners(&self) -> [Point; 4] {
        let [w, h] = self.size;
        [[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]].map(|pixel| self.lie.ground(pixel))
    }

    pub fn pin(&mut self, pixel: Pixel, ground: Point) -> Result<(), CannotPin> {
        if self.pins.len() >= MOST {
            return Err(CannotPin::Gone);
        }
        let mut pins = self.pins.clone();
        pins.push(Pin { pixel, ground });
        self.pinned(pins)
    }

    /// Another place for a pin's point: the picture goes along.
    pub fn move_ground(&mut self, at: usize, ground: Point) -> Result<(), CannotPin> {
        self.change(at, |pin| pin.ground = ground)
    }

    /// Another point of the picture for a pin's place.
    pub fn move_pixel(&mut self, at: usize, pixel: Pixel) -> Result<(), CannotPin> {
        self.change(at, |pin| pin.pixel = pixel)
    }

    fn change(&mut self, at: usize, set: impl FnOnce(&mut Pin)) -> Result<(), CannotPin> {
        let mut pins = self.pins.clone();
        set(pins.get_mut(at).ok_or(CannotPin::Gone)?);
        self.pinned(pins)
    }

    /// Takes a pin out. Of the last the picture stays where it lies.
    pub fn unpin(&mut self, at: usize) {
        if at >= self.pins.len() {
            return;
        }
        let mut pins = self.pins.clone();
        pins.remove(at);
        self.loose = self.lie;
        if self.pinned(pins).is_err() {
            self.loosen();
        }
    }

    /// Takes all pins out; the picture stays where it lies.
    pub fn loosen(&mut self) {
        self.loose = self.lie;
        self.pins.clear();
    }

    /// Lays the picture by these pins, or leaves it as it lies.
    fn pinned(&mut self, pins: Vec<Pin>) -> Result<(), CannotPin> {
        if !pins.iter().all(|pin| self.holds(pin.pixel)) {
            return Err(CannotPin::Outside);
        }
        let longer = self.size[0].max(self.size[1]);
        let pairs = || (0..pins.len()).flat_map(|a| (0..a).map(move |b| (a, b)));
        let far = |a: Point, b: Point| (a[0] - b[0]).hypot(a[1] - b[1]);
        if pairs().any(|(a, b)| far(pins[a].pixel, pins[b].pixel) < longer * NEAR) {
            return Err(CannotPin::SamePixel);
        }
        // Nor may it be a number that is none.
        let apart = |(a, b): (usize, usize)| far(pins[a].ground, pins[b].ground) >= ONE_PLACE;
        if !pairs().all(apart) {
            return Err(CannotPin::SamePlace);
        }
        let lie = match &pins[..] {
            [] => Some(self.loose),
            [one] => self.loose.held(one),
            [a, b] => Lie::turned(a, b),
            [a, b, c, ..] => {
                let flat =
                    is_flat(a.pixel, b.pixel, c.pixel) || is_flat(a.ground, b.ground, c.ground);
                if flat {
                    return Err(CannotPin::InLine);
                }
                Lie::slanted(a, b, c)
            }
        };
        self.lie = lie.ok_or(CannotPin::Mirrored)?;
        self.pins = pins;
        Ok(())
    }

    /// How it lies, to be remembered for the same picture: whole numbers, since reading reals takes tables.
    pub fn to_text(&self) -> String {
        let Lie { corner, right, down } = self.loose;
        let pins = self.pins.iter().flat_map(|pin| [pin.pixel, pin.ground]);
        let figures = [corner, right, down].into_iter().chain(pins).flatten();
        let figures: Vec<String> =
            figures.map(|one| ((one * PARTS).round() as i64).to_string()).collect();
        figures.join(" ")
    }

    /// As it was remembered; nothing where that is no lie for a picture of this size.
    pub fn from_text(size: Pixel, text: &str) -> Option<Laying> {
        let figures = text.split(' ').map(|one| one.parse::<i64>().ok());
        let figures = figures.map(|one| one.map(|one| one as f64 / PARTS));
        let figures = figures.collect::<Option<Vec<f64>>>()?;
        let [x, y, rx, ry, dx, dy, pins @ ..] = &figures[..] else { return None };
        let loose = Lie { corner: [*x, *y], right: [*rx, *ry], down: [*dx, *dy] };
        if pins.len() % 4 != 0 || pins.len() > MOST * 4 || cross(loose.right, loose.down) >= 0.0 {
            return None;
        }
        let mut laying = Laying { size, loose, pins: Vec::new(), lie: loose };
        let pin = |at: &[f64]| Pin { pixel: [at[0], at[1]], ground: [at[2], at[3]] };
        laying.pinned(pins.chunks_exact(4).map(pin).collect()).ok()?;
        Some(laying)
    }
}

/// Whether three points lie about on one line.
fn is_flat(a: Point, b: Point, c: Point) -> bool {
    let sides = [minus(b, a), minus(c, b), minus(a, c)];
    let longest = sides.iter().map(|side| side[0].hypot(side[1])).fold(0.0, f64::max);
    cross(sides[0], sides[1]).abs() < longest * longest * FLAT
}

fn plus(a: Point, b: Point) -> Point {
    [a[0] + b[0], a[1] + b[1]]
}

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1]]
}

fn cross(a: Point, b: Point) -> f64 {
    a[0] * b[1] - a[1] * b[0]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: Pixel = [3000.0, 2000.0];
    const SEEN: [f64; 4] = [-1500.0, -500.0, 1500.0, 1500.0];

    fn laying() -> Laying {
        Laying::new(SIZE, SEEN)
    }

    fn near(a: Point, b: Point) -> bool {
        (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6
    }

    /// A picture that was pinned by these pairs.
    fn pinned(pins: &[(Pixel, Point)]) -> Result<Laying, CannotPin> {
        let mut laying = laying();
        for (pixel, ground) in pins {
            laying.pin(*pixel, *ground)?;
        }
        Ok(laying)
    }

    #[test]
    fn g13_without_a_pin_the_picture_lies_whole_and_upright_in_the_view() {
        let laying = laying();
        assert!(near(laying.lie().ground([1500.0, 1000.0]), [0.0, 500.0]));
        assert_eq!(laying.corners()[0], [-1500.0, 1500.0]);
        assert_eq!((laying.lie().turn(), laying.lie().scale()), (0.0, 1.0));
        // One pin shifts it.
        let mut laying = laying;
        laying.pin([100.0, 100.0], [7.0, 9.0]).expect("pin");
        assert!(near(laying.lie().ground([100.0, 100.0]), [7.0, 9.0]));
        assert_eq!((laying.lie().turn(), laying.lie().scale()), (0.0, 1.0));
    }

    #[test]
    fn g13_two_pins_turn_scale_and_shift() {
        // A way to the right in the picture runs north on the ground, two metres a pixel.
        let laying = pinned(&[([500.0, 500.0], [0.0, 0.0]), ([1500.0, 500.0], [0.0, 2000.0])]);
        let lie = *laying.expect("pins").lie();
        assert!((lie.turn() - 90.0).abs() < 1e-9 && (lie.scale() - 2.0).abs() < 1e-9);
        assert!((lie.slant() - 1.0).abs() < 1e-9);
        // Downward in the picture is east then.
        assert!(near(lie.ground([500.0, 1000.0]), [1000.0, 0.0]));
    }

    #[test]
    fn g13_three_pins_mend_a_slant() {
        let pins = [
            ([0.0, 0.0], [0.0, 0.0]),
            ([1000.0, 0.0], [1000.0, 0.0]),
            ([0.0, 1000.0], [200.0, -500.0]),
        ];
        let laying = pinned(&pins).expect("pins");
        for (pixel, ground) in pins {
            assert!(near(laying.lie().ground(pixel), ground));
        }
        assert!(laying.lie().slant() > 1.9);
    }

    #[test]
    fn g13_pins_on_one_another_on_one_line_or_mirrored_are_refused_and_nothing_moves() {
        let two = [([100.0, 100.0], [0.0, 0.0]), ([2000.0, 100.0], [1000.0, 0.0])];
        let third = |pixel, ground| {
            let mut laying = pinned(&two).expect("pins");
            let before = laying.clone();
            let refused = laying.pin(pixel, ground);
            assert_eq!(laying, before);
            refused
        };
        assert_eq!(third([110.0, 110.0], [0.0, 900.0]), Err(CannotPin::SamePixel));
        assert_eq!(third([100.0, 900.0], [0.2, 0.2]), Err(CannotPin::SamePlace));
        assert_eq!(third([1000.0, 110.0], [500.0, -300.0]), Err(CannotPin::InLine));
        assert_eq!(third([1000.0, 900.0], [500.0, 2.0]), Err(CannotPin::InLine));
        assert_eq!(third([1000.0, 900.0], [500.0, 400.0]), Err(CannotPin::Mirrored));
        assert_eq!(third([1000.0, 2900.0], [500.0, -400.0]), Err(CannotPin::Outside));
        assert_eq!(third([1000.0, 900.0], [f64::NAN, 0.0]), Err(CannotPin::SamePlace));
        assert!(pinned(&[two[0], two[1], ([1000.0, 900.0], [500.0, -400.0])]).is_ok());
    }

    #[test]
    fn g13_pins_are_moved_and_taken_out() {
        let mut laying =
            pinned(&[([0.0, 0.0], [0.0, 0.0]), ([1000.0, 0.0], [1000.0, 0.0])]).expect("pins");
        laying.move_ground(1, [500.0, 0.0]).expect("move");
        assert!((laying.lie().scale() - 0.5).abs() < 1e-9);
        laying.move_pixel(1, [500.0, 0.0]).expect("move");
        assert!((laying.lie().scale() - 1.0).abs() < 1e-9);
        assert_eq!(laying.move_ground(1, [0.0, 0.0]), Err(CannotPin::SamePlace));
        assert_eq!(laying.move_ground(2, [0.0, 0.0]), Err(CannotPin::Gone));
        let before = *laying.lie();
        laying.unpin(0);
        assert_eq!((*laying.lie(), laying.pins().len()), (before, 1));
        laying.loosen();
        assert_eq!((*laying.lie(), laying.pins().len()), (before, 0));
    }

    #[test]
    fn g13_odd_memories_are_none() {
        for text in
            ["", "1 2 3", "0 0 1 0 0 1", "0 0 1 0 0 NaN", "0 0 1 0 0 -1 5", "0 0 1 0 0 -1 -5 0 0 0"]
        {
            assert_eq!(Laying::from_text(SIZE, text), None, "{text}");
        }
    }

    fn pixel() -> impl Strategy<Value = Pixel> {
        (0.0..3000.0f64, 0.0..2000.0f64).prop_map(|(x, y)| [x, y])
    }

    fn ground() -> impl Strategy<Value = Point> {
        (-9e3..9e3f64, -9e3..9e3f64).prop_map(|(x, y)| [x, y])
    }

    proptest! {
        #[test]
        fn g13_a_fit_maps_its_pins_and_back_and_is_remembered(pins in prop::collection::vec((pixel(), ground()), 0..4), p in pixel()) {
            let mut laying = laying();
            for (pixel, ground) in pins {
                let before = laying.clone();
                if laying.pin(pixel, ground).is_err() {
                    prop_assert_eq!(&laying, &before);
                }
            }
            let far = |a: Point, b: Point| (a[0] - b[0]).hypot(a[1] - b[1]);
            for pin in laying.pins() {
                prop_assert!(far(laying.lie().ground(pin.pixel), pin.ground) < 1e-6);
                prop_assert!(far(laying.lie().pixel(pin.ground), pin.pixel) < 1e-3);
            }
            prop_assert!(far(laying.lie().pixel(laying.lie().ground(p)), p) < 1e-3);
            if laying.pins().len() < 3 {
                prop_assert!((laying.lie().slant() - 1.0).abs() < 1e-6, "two pins slant nothing");
            }
            let known = Laying::from_text(SIZE, &laying.to_text()).expect("remembered");
            prop_assert_eq!(known.pins().len(), laying.pins().len());
            prop_assert!(far(known.lie().ground(p), laying.lie().ground(p)) < 1e-3);
        }

        #[test]
        fn g13_two_pins_find_the_turn_and_scale_that_were(turn in -179.0..179.0f64, scale in 0.05..20.0f64, at in ground(), a in pixel(), b in pixel()) {
            let (x, y) = (turn.to_radians().cos() * scale, turn.to_radians().sin() * scale);
            let lie = Lie { corner: at, right: [x, y], down: [y, -x] };
            let apart = (a[0] - b[0]).hypot(a[1] - b[1]);
            prop_assume!(apart > 60.0 && apart * scale > 1.0);
            let found = pinned(&[(a, lie.ground(a)), (b, lie.ground(b))]).expect("pins");
            prop_assert!((found.lie().turn() - turn).abs() < 1e-6);
            prop_assert!((found.lie().scale() / scale - 1.0).abs() < 1e-9);
        }

        #[test]
        fn g13_three_pins_find_any_slant_that_was(turn in -3.0..3.0f64, scale in 0.1..9.0f64, lean in -0.6..0.6f64, flat in 0.4..1.6f64, at in ground()) {
            let (x, y) = (turn.cos() * scale, turn.sin() * scale);
            let lie = Lie { corner: at, right: [x, y], down: [y * flat + x * lean, -x * flat + y * lean] };
            let points = [[200.0, 300.0], [2700.0, 500.0], [1200.0, 1800.0]];
            let found = pinned(&points.map(|p| (p, lie.ground(p)))).expect("pins");
            for p in [[0.0, 0.0], [3000.0, 0.0], [1500.0, 2000.0]] {
                let (a, b) = (found.lie().ground(p), lie.ground(p));
                prop_assert!((a[0] - b[0]).hypot(a[1] - b[1]) < 1e-6);
            }
        }
    }
}
