//! Pieces of land as paths, and their names. A township has hundreds of them: what did not change since the last step is
//! left as it stands, and what is only pushed or lies far outside is not written anew.

use crate::borders::Layer;
use crate::borders::drawing::{Drawing, Piece};
use crate::borders::editing::PlaceNo;
use crate::geo::plane::{Point, Ring, largest};
use crate::picture::map::pole::pole;
use crate::ui::components::picture::type_size;
use crate::ui::prelude::*;
use leptos::html::Div;
use std::fmt::Write as _;
use web_sys::Element;

use super::super::Room;

/// A letter of a name is so wide, in pixels.
const LETTER: f64 = 14.0;
/// A name is so many times as wide as high.
const NAME: f64 = 4.0;
/// Metres to which the place of a name is looked for.
const COARSE: f64 = 4.0;
/// How a piece is painted, those below first.
const LOOKS: [&str; 4] = ["drawing-piece", "drawing-other", "drawing-village", "drawing-chosen"];
const SVG: &str = "http://www.w3.org/2000/svg";

/// A name to be written on a piece, and the land it has for it.
#[derive(Clone, PartialEq)]
struct Named {
    name: String,
    at: Point,
    /// Metres to the west and east.
    wide: f64,
}

/// One of the views the ground is made of, side by side and one above the other.
#[derive(Clone, Copy, PartialEq)]
struct Part(f64, f64);

/// A piece as it stands on the page.
struct Shape {
    path: Element,
    /// Which of `LOOKS`; none while it is not shown.
    look: Option<usize>,
    rings: Vec<Ring>,
    /// Where its name stands and how wide it may be, once that was asked.
    pole: Option<(Point, f64)>,
}

/// All pieces as they stand, in a group for each look, in one that follows the camera.
#[derive(Default)]
struct Shapes {
    holder: Option<Element>,
    groups: Vec<Element>,
    shapes: Vec<Shape>,
}

/// Everything that has land: the level worked on is filled, the others are lines to hold on to. Names above.
pub fn land(room: Room, frame: NodeRef<Div>) -> AnyView {
    let names = RwSignal::new(Vec::<Named>::new());
    let shapes = StoredValue::new_local(Shapes::default());
    effect(move || {
        let Some(frame) = frame.get() else { return };
        let (layer, chosen) = (room.layer.get(), room.chosen.get());
        let list = room.drawing.with(|drawing| {
            shapes.try_update_value(|shapes| shapes.show(&frame, drawing, layer, chosen))
        });
        if let Some(list) = list.flatten().filter(|list| names.with_untracked(|old| old != list)) {
            names.set(list);
        }
    });
    effect(move || {
        let (at, there) = (room.camera.get(), frame.get().is_some());
        let placed = format!("matrix({0} 0 0 {0} {1} {2})", at.scale, at.tx, at.ty);
        shapes.with_value(|shapes| {
            if let Some(holder) = shapes.holder.as_ref().filter(|_| there) {
                let _ = holder.set_attribute("transform", &placed);
            }
        });
    });
    let part = memo(move || part_in_sight(room));
    view! {
        <g transform=move || room.pushed()>
            {move || names.with(|list| written(list, room.scale.get(), part.get(), room.size.get()))}
        </g>
    }
    .into_any()
}

impl Shapes {
    /// Shows the pieces as they are now; gives back the names of the level worked on.
    fn show(
        &mut self,
        frame: &Element,
        drawing: &Drawing,
        layer: Layer,
        chosen: Option<PlaceNo>,
    ) -> Option<Vec<Named>> {
        let document = web_sys::window()?.document()?;
        if self.holder.is_none() {
            let ground = frame.query_selector("svg").ok()??;
            let holder = document.create_element_ns(Some(SVG), "g").ok()?;
            for _ in LOOKS {
                let group = document.create_element_ns(Some(SVG), "g").ok()?;
                holder.append_child(&group).ok()?;
                self.groups.push(group);
            }
            ground.insert_before(&holder, ground.first_child().as_ref()).ok()?;
            self.holder = Some(holder);
        }
        let pieces = drawing.pieces();
        while self.shapes.len() < pieces.len() {
            let path = document.create_element_ns(Some(SVG), "path").ok()?;
            self.shapes.push(Shape { path, look: None, rings: Vec::new(), pole: None });
        }
        for gone in self.shapes.drain(pieces.len()..) {
            gone.path.remove();
        }
        for (at, (shape, piece)) in self.shapes.iter_mut().zip(pieces).enumerate() {
            shape.follow(drawing, at);
            shape.look_like(look(piece, layer, chosen == Some(at)), &self.groups);
        }
        let here = self.shapes.iter_mut().zip(pieces);
        let here = here.filter(|(_, piece)| piece.layer == layer && !piece.ended);
        Some(here.filter_map(|(shape, piece)| shape.named(&piece.name)).collect())
    }
}

fn look(piece: &Piece, layer: Layer, chosen: bool) -> Option<usize> {
    match () {
        () if piece.ended => None,
        () if chosen => Some(3),
        () if piece.layer == layer => Some(0),
        () if piece.layer == Layer::Village => Some(2),
        () => Some(1),
    }
}

impl Shape {
    fn follow(&mut self, drawing: &Drawing, at: PlaceNo) {
        if !drawing.table().lies_as(at, &self.rings) {
            self.rings = drawing.rings(at);
            self.pole = None;
            let _ = self.path.set_attribute("d", &path(&self.rings));
        }
    }

    fn look_like(&mut self, look: Option<usize>, groups: &[Element]) {
        if self.look == look {
            return;
        }
        self.look = look;
        match look {
            Some(look) => {
                let _ = self.path.set_attribute("class", LOOKS[look]);
                let _ = groups[look].append_child(&self.path);
            }
            None => self.path.remove(),
        }
    }

    /// The name where the land is widest.
    fn named(&mut self, name: &str) -> Option<Named> {
        let ring = largest(&self.rings)?;
        let (at, wide) = *self.pole.get_or_insert_with(|| pole(ring, [NAME, 1.0], COARSE));
        Some(Named { name: name.to_string(), at, wide: wide * NAME })
    }
}

/// A ring as a path: metres, turned so that the north is up.
fn path(rings: &[Ring]) -> String {
    let mut d = String::new();
    for ring in rings {
        for (n, at) in ring.iter().enumerate() {
            let _ = write!(d, "{}{:.2} {:.2}", if n == 0 { 'M' } else { 'L' }, at[0], -at[1]);
        }
        d.push('Z');
    }
    d
}

/// The one that holds the middle of what is in sight.
fn part_in_sight(room: Room) -> Part {
    let (camera, (w, h)) = (room.camera.get(), room.size.get());
    let part = |shift: f64, side: f64| (0.5 - shift / side.max(1.0)).floor();
    Part(part(camera.tx, w), part(camera.ty, h))
}

/// Names there is room for, in the part in sight and those around it.
fn written(list: &[Named], scale: f64, part: Part, (w, h): (f64, f64)) -> AnyView {
    let letter = LETTER * type_size();
    let fits = |one: &&Named| one.wide * 2.0 * scale > letter * one.name.chars().count() as f64;
    let near =
        |v: f64, part: f64, side: f64| ((part - 1.0) * side..(part + 2.0) * side).contains(&v);
    let text = |one: &Named| {
        let (x, y) = (one.at[0] * scale, -one.at[1] * scale);
        let near = near(x, part.0, w) && near(y, part.1, h);
        near.then(|| view! { <text class="drawing-name" x=x y=y>{one.name.clone()}</text> })
    };
    list.iter().filter(fits).filter_map(text).collect_view().into_any()
}
