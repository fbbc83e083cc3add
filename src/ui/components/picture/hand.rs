//! Pointers, wheel and keys turned into moves of the view. Two fingers zoom; more are not asked for.

use crate::ui::prelude::*;
use leptos::ev::KeyboardEvent;
use web_sys::{PointerEvent, WheelEvent};

use super::{PAN_STEP, Viewer};
use crate::picture::camera::ZOOM_STEP;
use crate::picture::fingers::{Finger, Fingers, wheel_zoom};
use crate::picture::scene::GroupId;

/// What the hand is doing. `Copy`: handles only.
#[derive(Clone, Copy)]
pub(super) struct Hand {
    viewer: Viewer,
    fingers: StoredValue<Fingers>,
    on_open: Callback<String>,
}

impl Hand {
    pub fn new(viewer: Viewer, on_open: Callback<String>) -> Hand {
        Hand { viewer, fingers: StoredValue::new(Fingers::default()), on_open }
    }

    pub fn down(self, event: &PointerEvent) {
        if let Some(canvas) = self.viewer.overlay.get_untracked() {
            let _ = canvas.set_pointer_capture(event.pointer_id());
        }
        self.take_up(event);
        self.fingers.update_value(|fingers| fingers.down(event.pointer_id(), (x(event), y(event))));
    }

    pub fn moved(self, event: &PointerEvent) {
        let camera = self.viewer.camera.get_untracked();
        let down = self.fingers.with_value(Fingers::count);
        let mut next = camera;
        self.fingers.update_value(|fingers| {
            next = fingers.moved(event.pointer_id(), (x(event), y(event)), &camera);
        });
        let carries = down == 1 && self.viewer.carried.with_untracked(Option::is_some);
        if down == 0 || carries {
            self.hover(event);
        } else if next != camera {
            self.viewer.take(next);
        }
    }

    pub fn up(self, event: &PointerEvent) {
        let lifted = self.lift(event.pointer_id());
        let carried = self.viewer.carried.get_untracked();
        self.viewer.carried.set(None);
        if lifted.is_some_and(|finger| finger.is_still()) {
            self.open(x(event), y(event));
        } else if let Some(carried) = carried.filter(|_| lifted.is_some()) {
            self.drop_on(carried, event);
        }
    }

    pub fn cancel(self, event: &PointerEvent) {
        self.viewer.carried.set(None);
        self.lift(event.pointer_id());
    }

    /// Takes up the card under the pointer, where cards can be; a second finger puts it back to zoom.
    fn take_up(self, event: &PointerEvent) {
        let Some(carry) = self.viewer.carry.filter(|carry| carry.on.get_untracked()) else {
            return;
        };
        let alone = self.fingers.with_value(Fingers::count) == 0;
        let group = self.viewer.hit(x(event), y(event)).filter(|_| alone);
        let can = |group: &GroupId| self.viewer.id_of(*group).is_some_and(|id| (carry.can)(&id));
        self.viewer.carried.set(group.filter(can));
    }

    fn drop_on(self, carried: GroupId, event: &PointerEvent) {
        let target = self.viewer.hit(x(event), y(event)).filter(|target| *target != carried);
        let ids = self.viewer.id_of(carried).zip(target.and_then(|on| self.viewer.id_of(on)));
        if let (Some(carry), Some((card, on))) = (self.viewer.carry, ids) {
            carry.drop.run((card, on));
        }
    }

    pub fn wheel(self, event: &WheelEvent) {
        event.prevent_default();
        let camera = self.viewer.camera.get_untracked();
        let factor = wheel_zoom(event.delta_y(), event.delta_mode() == 0);
        self.viewer.take(camera.zoom_at(event.offset_x().into(), event.offset_y().into(), factor));
    }

    pub fn key(self, event: &KeyboardEvent) {
        let viewer = self.viewer;
        let pan = |dx: f64, dy: f64| viewer.take(viewer.camera.get_untracked().pan(dx, dy));
        match event.key().as_str() {
            "ArrowLeft" => pan(PAN_STEP, 0.0),
            "ArrowRight" => pan(-PAN_STEP, 0.0),
            "ArrowUp" => pan(0.0, PAN_STEP),
            "ArrowDown" => pan(0.0, -PAN_STEP),
            "+" | "=" => viewer.zoom(ZOOM_STEP),
            "-" => viewer.zoom(1.0 / ZOOM_STEP),
            "0" => viewer.fit(),
            "Escape" if viewer.carried.with_untracked(Option::is_some) => viewer.carried.set(None),
            "Enter" => {
                let (w, h) = viewer.size.get_untracked();
                self.open(w / 2.0, h / 2.0);
            }
            _ => return,
        }
        event.prevent_default();
    }

    fn lift(self, id: i32) -> Option<Finger> {
        let mut lifted = None;
        self.fingers.update_value(|fingers| lifted = fingers.lift(id));
        lifted
    }

    fn hover(self, event: &PointerEvent) {
        let found = self.viewer.hit(x(event), y(event));
        self.viewer.tip.set(Some((x(event), y(event))));
        if self.viewer.hovered.get_untracked() != found {
            self.viewer.hovered.set(found);
        }
    }

    fn open(self, x: f64, y: f64) {
        let id = self.viewer.hit(x, y).and_then(|group| self.viewer.id_of(group));
        if let Some(id) = id {
            self.on_open.run(id);
        }
    }
}

fn x(event: &PointerEvent) -> f64 {
    event.offset_x().into()
}

fn y(event: &PointerEvent) -> f64 {
    event.offset_y().into()
}
