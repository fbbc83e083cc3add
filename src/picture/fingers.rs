//! Fingers and mouse buttons that are down on a picture, and what one or two of them do to the view. Pure: the page
//! turns events into calls.

use super::camera::Camera;

/// A press whose way is shorter than this, in pixels, is a click.
const STILL: f64 = 4.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finger {
    pub id: i32,
    x: f64,
    y: f64,
    /// How far it has come since it went down.
    way: f64,
}

impl Finger {
    /// Whether it has not moved enough to be more than a click.
    pub fn is_still(&self) -> bool {
        self.way < STILL
    }
}

/// All that are down.
#[derive(Clone, Debug, Default)]
pub struct Fingers(Vec<Finger>);

impl Fingers {
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// One that goes down. Of several none is a click any more.
    pub fn down(&mut self, id: i32, (x, y): (f64, f64)) {
        self.lift(id);
        self.0.push(Finger { id, x, y, way: 0.0 });
        if self.0.len() > 1 {
            self.0.iter_mut().for_each(|finger| finger.way = f64::INFINITY);
        }
    }

    /// Follows one that moves, and the view with it: one finger takes it along; of two the other stays, and the
    /// distance between them is the zoom. More are not asked for.
    pub fn moved(&mut self, id: i32, (x, y): (f64, f64), camera: &Camera) -> Camera {
        let Some(at) = self.0.iter().position(|finger| finger.id == id) else { return *camera };
        let before = self.0[at];
        let (dx, dy) = (x - before.x, y - before.y);
        self.0[at] = Finger { x, y, way: before.way + dx.hypot(dy), ..before };
        match self.0[..] {
            [_] => camera.pan(dx, dy),
            [a, b, ..] if at < 2 => {
                let still = if at == 0 { b } else { a };
                let far = |x: f64, y: f64| (x - still.x).hypot(y - still.y).max(1.0);
                camera.zoom_at(still.x, still.y, far(x, y) / far(before.x, before.y))
            }
            _ => *camera,
        }
    }

    /// Whether one that is down has come so far that it is no click.
    pub fn is_dragging(&self, id: i32) -> bool {
        self.0.iter().any(|finger| finger.id == id && !finger.is_still())
    }

    /// One that goes up or is lost.
    pub fn lift(&mut self, id: i32) -> Option<Finger> {
        let at = self.0.iter().position(|finger| finger.id == id)?;
        Some(self.0.remove(at))
    }
}

/// How much nearer a turn of the wheel brings the view. A touchpad turns it by pixels, a little at a time.
pub fn wheel_zoom(delta: f64, by_pixels: bool) -> f64 {
    let step = delta / if by_pixels { 400.0 } else { 12.0 };
    (-step).exp2().clamp(0.25, 4.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_finger_takes_the_view_along_and_is_a_click_where_it_stays() {
        let mut fingers = Fingers::default();
        fingers.down(1, (100.0, 100.0));
        assert_eq!(fingers.moved(1, (102.0, 100.0), &Camera::HOME), Camera::HOME.pan(2.0, 0.0));
        assert!(fingers.clone().lift(1).is_some_and(|finger| finger.is_still()));
        fingers.moved(1, (100.0, 100.0), &Camera::HOME);
        assert!(fingers.is_dragging(1), "there and back is a way");
        assert_eq!(fingers.moved(9, (0.0, 0.0), &Camera::HOME), Camera::HOME, "nobody's");
    }

    #[test]
    fn a_finger_of_two_is_no_click() {
        let mut fingers = Fingers::default();
        fingers.down(1, (100.0, 100.0));
        fingers.down(2, (200.0, 100.0));
        assert_eq!(fingers.count(), 2);
        assert!(fingers.lift(2).is_some_and(|finger| !finger.is_still()));
        assert!(fingers.lift(1).is_some_and(|finger| !finger.is_still()));
        assert_eq!(fingers.lift(1), None);
    }

    proptest! {
        #[test]
        fn g14_what_lay_under_two_fingers_stays_between_them(ax in 0.0..400.0f64, bx in 620.0..800.0f64, dx in -60.0..60.0f64, spread in 0.5..2.0f64) {
            let mut fingers = Fingers::default();
            let begun = Camera { scale: 0.5, tx: 30.0, ty: -40.0 };
            fingers.down(1, (ax, 300.0));
            fingers.down(2, (bx, 300.0));
            let (middle, half) = ((ax + bx) / 2.0, (bx - ax) / 2.0);
            let to = |sign: f64| middle + dx + sign * half * spread;
            let camera = fingers.moved(1, (to(-1.0), 300.0), &begun);
            let camera = fingers.moved(2, (to(1.0), 300.0), &camera);
            prop_assert!((camera.scale / begun.scale - spread).abs() < 1e-6);
            for (before, after) in [(ax, to(-1.0)), (bx, to(1.0))] {
                let (was, is) = (begun.to_world(before, 300.0), camera.to_world(after, 300.0));
                prop_assert!((was.0 - is.0).abs() < 1e-6 && (was.1 - is.1).abs() < 1e-6);
            }
        }
    }
}
