//! 底图: a photographed or scanned map under the ground, and pinning it step by step. Where it lies is `geo::pinning`'s;
//! the picture stays in this window and is no part of the township. How it lay is remembered for the same file.

use std::cell::RefCell;

use crate::geo::pinning::{CannotPin, Laying, MOST, Pixel};
use crate::geo::plane::Point;
use crate::ui::prelude::*;
use crate::web::frame::breathe;
use crate::web::photo::{self, Photo};
use crate::web::{files, leavings};
use leptos::task::spawn_local;
use web_sys::File;

use super::ground::focus_ground;
use super::{Room, SNAP, Tool};

/// What the picker offers.
const ACCEPT: &str = "image/jpeg,image/png,image/webp";
/// Percent of a picture's colour that is shown at first.
const STRENGTH: Percent = Percent(70);
/// The share of the view that a picture without a pin takes.
const LOOSE: f64 = 0.92;

/// How much of a picture's colour is shown.
#[derive(Clone, Copy, PartialEq)]
pub struct Percent(pub u32);

/// A point of the picture without its place.
#[derive(Clone, Copy, PartialEq)]
pub struct Half(pub Pixel);

/// A picture under the ground.
#[derive(Clone)]
pub struct Laid {
    pub photo: Photo,
    pub name: String,
    pub laying: Laying,
    /// Where in the browser it is remembered how it lay.
    memory: String,
}

/// What is kept of it while another page is looked at.
struct Kept {
    laid: Laid,
    hidden: bool,
    strength: Percent,
    base: String,
}

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// The signals of the picture under the ground.
#[derive(Clone, Copy)]
pub struct Underlay {
    pub laid: RwSignal<Option<Laid>, LocalStorage>,
    pub hidden: RwSignal<bool>,
    pub strength: RwSignal<Percent>,
    pub reading: RwSignal<bool>,
    /// A point of the picture that waits for its place on the ground.
    pub half: RwSignal<Option<Half>>,
    /// A third pair is wanted.
    more: RwSignal<bool>,
    /// How it lay before a mark was taken into the hand.
    before: StoredValue<Option<Laying>, LocalStorage>,
}

/// Which end of a pin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Picture,
    Ground,
}

/// What the next press is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// The point in the picture of the pair with this number, from 1.
    Picture(usize),
    /// Its place on the ground.
    Ground(usize),
    /// So many pairs, enough.
    Done(usize),
}

impl Underlay {
    /// What lay there when the page was left, or nothing.
    pub fn begun(base: &str) -> Underlay {
        let kept = KEPT.take().filter(|kept| kept.base == base);
        let (laid, hidden, strength) = kept
            .map_or((None, false, STRENGTH), |kept| (Some(kept.laid), kept.hidden, kept.strength));
        Underlay {
            laid: RwSignal::new_local(laid),
            hidden: RwSignal::new(hidden),
            strength: RwSignal::new(strength),
            reading: RwSignal::new(false),
            half: RwSignal::new(None),
            more: RwSignal::new(false),
            before: StoredValue::new_local(None),
        }
    }

    /// Going elsewhere in this window keeps the picture.
    pub fn keep(self, base: String) {
        on_cleanup(move || {
            let (hidden, strength) = (self.hidden.get_untracked(), self.strength.get_untracked());
            let laid = self.laid.try_get_untracked().flatten();
            KEPT.set(laid.map(|laid| Kept { laid, hidden, strength, base: base.clone() }));
        });
    }

    /// Whether there is one to be seen.
    pub fn is_seen(self) -> bool {
        self.laid.with(Option::is_some) && !self.hidden.get()
    }

    /// Reads how it lies; of none, `None`.
    pub fn with<T>(self, look: impl FnOnce(&Laying) -> T) -> Option<T> {
        self.laid.with(|laid| laid.as_ref().map(|laid| look(&laid.laying)))
    }

    fn with_untracked<T>(self, look: impl FnOnce(&Laying) -> T) -> Option<T> {
        self.laid.with_untracked(|laid| laid.as_ref().map(|laid| look(&laid.laying)))
    }

    fn pins(self) -> usize {
        self.with_untracked(|laying| laying.pins().len()).unwrap_or(0)
    }

    pub fn phase(self) -> Phase {
        let pins = self.with(|laying| laying.pins().len()).unwrap_or(0);
        if self.half.get().is_some() {
            Phase::Ground(pins + 1)
        } else if pins < 2 || (self.more.get() && pins < MOST) {
            Phase::Picture(pins + 1)
        } else {
            Phase::Done(pins)
        }
    }

    /// Leaves off in the middle of a pair.
    pub fn rest(self) {
        self.half.set(None);
        self.more.set(false);
    }

    /// Changes how it lies and remembers it.
    fn change<T>(self, work: impl FnOnce(&mut Laying) -> T) -> Option<T> {
        let done = self.laid.try_update(|laid| laid.as_mut().map(|laid| work(&mut laid.laying)));
        self.remember();
        done.flatten()
    }

    fn remember(self) {
        self.laid.with_untracked(|laid| {
            if let Some(laid) = laid {
                leavings::set(&laid.memory, &laid.laying.to_text());
            }
        });
    }
}

impl Room {
    /// Asks for a picture.
    pub fn choose_picture(self) {
        spawn_local(async move {
            if let Some(file) = files::choose(ACCEPT).await {
                self.take_picture(file);
            }
        });
    }

    /// Reads a picture and lays it under.
    pub fn take_picture(self, file: File) {
        if self.under.reading.try_get_untracked() != Some(false) {
            return;
        }
        self.under.reading.set(true);
        self.say(false, String::new());
        spawn_local(async move {
            // So that it is said before a large one is decoded.
            breathe().await;
            let read = photo::read(&file).await;
            if self.under.reading.try_set(false).is_some() {
                return;
            }
            match read {
                Ok(photo) => self.lay_under(photo, file.name()),
                Err(error) => self.say(true, error.to_string()),
            }
        });
    }

    fn lay_under(self, photo: Photo, name: String) {
        let memory = self.memory_of(&photo.hash);
        let known = leavings::get(&memory).and_then(|text| Laying::from_text(photo.size, &text));
        let again = known.is_some();
        let laying = known.unwrap_or_else(|| Laying::new(photo.size, self.seen_ground()));
        self.under.laid.set(Some(Laid { photo, name, laying, memory }));
        self.under.hidden.set(false);
        self.under.remember();
        focus_ground();
        if matches!(self.tool.get_untracked(), Tool::Split | Tool::Draw) {
            return self.say(false, "底图已垫上。画完这一块再定位。".to_string());
        }
        self.choose(None);
        if again {
            self.say(false, "这张图在这个浏览器里用过，已放回原来的位置。".to_string());
        } else {
            self.begin(Tool::Pin);
        }
    }

    /// A picture lies somewhere in one township only.
    fn memory_of(self, hash: &str) -> String {
        let half = hash.get(..32).unwrap_or(hash);
        ["underlay:", &self.base, ":", half].concat()
    }

    /// West, south, east and north of most of what is in sight.
    fn seen_ground(self) -> [f64; 4] {
        let (w, h) = self.size.get_untracked();
        let edge = |side: f64| side * (1.0 - LOOSE) / 2.0;
        let camera = self.camera.get_untracked();
        let (west, north) = camera.to_world(edge(w), edge(h));
        let (east, south) = camera.to_world(w - edge(w), h - edge(h));
        [west, -south, east, -north]
    }

    /// A press on the ground while the picture is pinned.
    pub fn press_pin(self, at: Point) {
        match untrack(|| self.under.phase()) {
            Phase::Picture(_) => self.pick_pixel(at),
            Phase::Ground(_) => self.pick_ground(at),
            Phase::Done(_) => {}
        }
    }

    fn pick_pixel(self, at: Point) {
        let found = self.under.with_untracked(|laying| {
            let pixel = laying.lie().pixel(at);
            laying.holds(pixel).then_some(pixel).ok_or(CannotPin::Outside)
        });
        if let Some(pixel) = found.and_then(|found| self.told(found)) {
            self.under.half.set(Some(Half(pixel)));
        }
    }

    fn pick_ground(self, at: Point) {
        let Some(Half(pixel)) = self.under.half.get_untracked() else { return };
        let ground = self.met(at);
        let pinned = self.under.change(|laying| laying.pin(pixel, ground));
        if pinned.and_then(|pinned| self.told(pinned)).is_some() {
            self.under.rest();
        }
    }

    /// A place, or what is so near that it is meant.
    fn met(self, at: Point) -> Point {
        self.drawing.with_untracked(|drawing| drawing.table().snapped(at, self.metres(SNAP)))
    }

    /// Says why a thing cannot be; nothing where it can.
    fn told<T>(self, done: Result<T, CannotPin>) -> Option<T> {
        self.say(done.is_err(), done.as_ref().err().map(ToString::to_string).unwrap_or_default());
        done.ok()
    }

    /// Takes the last press back.
    pub fn unpin_step(self) {
        self.say(false, String::new());
        let under = self.under;
        if under.half.get_untracked().is_some() || under.more.get_untracked() {
            return under.rest();
        }
        let last = under.with_untracked(|laying| laying.pins().last().copied()).flatten();
        if let Some(pin) = last {
            under.change(|laying| laying.unpin(laying.pins().len() - 1));
            under.half.set(Some(Half(pin.pixel)));
        }
    }

    pub fn unpin(self, at: usize) {
        self.under.rest();
        self.under.change(|laying| laying.unpin(at));
    }

    /// Another pair.
    pub fn pin_more(self) {
        self.under.more.set(true);
        focus_ground();
    }

    pub fn can_pin_more(self) -> bool {
        self.under.pins() < MOST
    }

    pub fn pin_anew(self) {
        self.under.change(Laying::loosen);
        self.pin_on();
    }

    pub fn pin_on(self) {
        self.under.hidden.set(false);
        self.begin(Tool::Pin);
        focus_ground();
    }

    pub fn pin_done(self) {
        self.say(false, String::new());
        self.rest();
        focus_ground();
    }

    pub fn take_picture_off(self) {
        self.under.laid.set(None);
        self.say(false, "底图已取下。再选同一张，会放回原来的位置。".to_string());
        self.rest();
        focus_ground();
    }

    /// Where an end of a pin lies on the ground.
    pub fn tip(self, at: usize, end: End) -> Option<Point> {
        self.under
            .with(|laying| {
                let pin = laying.pins().get(at)?;
                Some(if end == End::Ground { pin.ground } else { laying.lie().ground(pin.pixel) })
            })
            .flatten()
    }

    /// While an end is in the hand: the picture goes along where it can.
    pub fn drag_pin(self, at: usize, end: End, to: Point) {
        if end == End::Picture {
            return;
        }
        self.under.laid.update(|laid| {
            let Some(laid) = laid else { return };
            self.under.before.update_value(|kept| {
                kept.get_or_insert_with(|| laid.laying.clone());
            });
            // Where it cannot, it stays until the hand comes elsewhere.
            let _ = laid.laying.move_ground(at, to);
        });
    }

    /// Not moved after all: the picture lies again as before it was in the hand.
    pub fn put_pin_back(self) {
        let mut before = None;
        self.under.before.update_value(|kept| before = kept.take());
        if let Some(before) = before {
            self.under.change(|laying| *laying = before);
        }
    }

    /// Let go: what is near on the ground is met.
    pub fn drop_pin(self, at: usize, end: End, to: Point) {
        let to = if end == End::Ground { self.met(to) } else { to };
        self.put_pin_back();
        self.send_pin(at, end, to);
    }

    /// An end of a pin goes where it is sent.
    pub fn send_pin(self, at: usize, end: End, to: Point) {
        let moved = self.under.change(|laying| match end {
            End::Ground => laying.move_ground(at, to),
            End::Picture => laying.move_pixel(at, laying.lie().pixel(to)),
        });
        if let Some(moved) = moved {
            self.told(moved);
        }
    }
}
