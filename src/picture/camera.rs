//! Where the viewer stands: world to screen and back. Pure; the page turns events into calls.

use super::geom::Rect;

/// `screen = world × scale + (tx, ty)`, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Camera {
    pub scale: f64,
    pub tx: f64,
    pub ty: f64,
}

/// How far a viewer may come and go.
pub const SCALE_MIN: f64 = 1e-4;
pub const SCALE_MAX: f64 = 16.0;
/// One press of a zoom key or button.
pub const ZOOM_STEP: f64 = 1.35;

impl Camera {
    pub const HOME: Camera = Camera { scale: 1.0, tx: 0.0, ty: 0.0 };

    /// Shows all of `world` centred in a view of `w` × `h` with `margin` around it, never larger
    /// than `most`.
    pub fn fit(world: &Rect, w: f64, h: f64, margin: f64, most: f64) -> Camera {
        if world.is_empty() || w <= 0.0 || h <= 0.0 {
            return Camera { tx: w / 2.0, ty: h / 2.0, ..Camera::HOME };
        }
        let room = |side: f64| (side - 2.0 * margin).max(1.0);
        let across = room(w) / world.width().max(1e-9);
        let down = room(h) / world.height().max(1e-9);
        let scale = across.min(down).min(most).clamp(SCALE_MIN, SCALE_MAX);
        let (cx, cy) = world.center();
        Camera { scale, tx: w / 2.0 - cx * scale, ty: h / 2.0 - cy * scale }
    }

    /// Multiplies the scale by `factor`, keeping the world point under (`sx`, `sy`) in place.
    pub fn zoom_at(&self, sx: f64, sy: f64, factor: f64) -> Camera {
        let scale = (self.scale * factor).clamp(SCALE_MIN, SCALE_MAX);
        let f = scale / self.scale;
        Camera { scale, tx: sx - (sx - self.tx) * f, ty: sy - (sy - self.ty) * f }
    }

    pub fn pan(&self, dx: f64, dy: f64) -> Camera {
        Camera { tx: self.tx + dx, ty: self.ty + dy, ..*self }
    }

    pub fn to_world(&self, sx: f64, sy: f64) -> (f64, f64) {
        ((sx - self.tx) / self.scale, (sy - self.ty) / self.scale)
    }

    pub fn to_screen(&self, x: f64, y: f64) -> (f64, f64) {
        (x * self.scale + self.tx, y * self.scale + self.ty)
    }

    /// The part of the world a view of `w` × `h` shows.
    pub fn window(&self, w: f64, h: f64) -> Rect {
        let (x0, y0) = self.to_world(0.0, 0.0);
        let (x1, y1) = self.to_world(w, h);
        Rect { x0, y0, x1, y1 }
    }

    /// The way from `self` to `to`, `t` in 0..=1; the scale moves evenly in its logarithm and the
    /// middle of the view travels straight.
    pub fn toward(&self, to: &Camera, t: f64, w: f64, h: f64) -> Camera {
        let scale = self.scale * (to.scale / self.scale).powf(t);
        let (ax, ay) = self.to_world(w / 2.0, h / 2.0);
        let (bx, by) = to.to_world(w / 2.0, h / 2.0);
        let (x, y) = (ax + (bx - ax) * t, ay + (by - ay) * t);
        Camera { scale, tx: w / 2.0 - x * scale, ty: h / 2.0 - y * scale }
    }

    /// Keeps at least `keep` pixels of `world` inside the view, so that nobody gets lost.
    pub fn hold(&self, world: &Rect, w: f64, h: f64, keep: f64) -> Camera {
        let (x0, y0) = self.to_screen(world.x0, world.y0);
        let (x1, y1) = self.to_screen(world.x1, world.y1);
        let dx = (keep - x1).max(0.0) - (x0 - (w - keep)).max(0.0);
        let dy = (keep - y1).max(0.0) - (y0 - (h - keep)).max(0.0);
        self.pan(dx, dy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn zooming_keeps_the_point_under_the_finger(
            scale in 0.01f64..4.0, sx in -500f64..2000.0, sy in -500f64..2000.0, f in 0.2f64..5.0,
        ) {
            let c = Camera { scale, tx: 12.0, ty: -7.0 };
            let before = c.to_world(sx, sy);
            let after = c.zoom_at(sx, sy, f).to_world(sx, sy);
            prop_assert!((before.0 - after.0).abs() < 1e-6 / scale);
            prop_assert!((before.1 - after.1).abs() < 1e-6 / scale);
        }

        #[test]
        fn fit_shows_everything(x in -1e5f64..1e5, w in 1f64..1e5, h in 1f64..1e5) {
            let world = Rect::sized(x, -x, w, h);
            let view = Camera::fit(&world, 1200.0, 760.0, 20.0, 16.0).window(1200.0, 760.0);
            prop_assert!(view.contains(world.x0, world.y0) && view.contains(world.x1, world.y1));
        }
    }

    #[test]
    fn a_lost_world_is_pulled_back() {
        let world = Rect::sized(0.0, 0.0, 100.0, 100.0);
        let c = Camera { scale: 1.0, tx: 5000.0, ty: -5000.0 }.hold(&world, 800.0, 600.0, 40.0);
        assert_eq!((c.tx, c.ty), (760.0, -60.0));
    }

    #[test]
    fn an_empty_world_does_not_divide_by_zero() {
        let c = Camera::fit(&Rect::EMPTY, 800.0, 600.0, 20.0, 2.0);
        assert_eq!(c.scale, 1.0);
    }
}
