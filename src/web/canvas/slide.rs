//! From one picture to the next: cards that are in both slide to their new places, so that the eye keeps what
//! it looked at. A card's old looks fade into its new ones on the way; what holds cards slides as a plain box.
//! Plans no picture.

use rustc_hash::FxHashMap;

use super::Painter;
use crate::picture::camera::Camera;
use crate::picture::geom::Rect;
use crate::picture::palette::Palette;
use crate::picture::scene::{Group, Hit, Scene, Shape};
use crate::picture::style::{Dash, Role, Style};

/// Milliseconds on the way.
const WAY: f64 = 280.0;

/// More boxes than these are not followed by any eye.
const MOST: usize = 1_500;

/// Roles of groups in which no other card stands.
const INNERMOST: [&str; 2] = ["post", "person"];

/// Boxes on their way. Places are CSS pixels.
pub struct Slide {
    cards: Vec<Card>,
    began: f64,
}

struct Card {
    from: Rect,
    to: Rect,
    fill: Role,
    stroke: Role,
    /// Whether no other card stands in it.
    innermost: bool,
}

impl Slide {
    /// `None` where nothing moves that anybody could follow.
    pub fn between(
        (old, before): (&Scene, &Camera),
        (new, after): (&Scene, &Camera),
        (w, h): (f64, f64),
        now: f64,
    ) -> Option<Slide> {
        if old.groups.len().max(new.groups.len()) > MOST {
            return None;
        }
        let stood: FxHashMap<&str, &Group> = old
            .groups
            .iter()
            .filter(|group| is_card(group))
            .map(|group| (&*group.id, group))
            .collect();
        let screen = Rect::sized(0.0, 0.0, w, h);
        let card = |group: &Group| {
            let from = on_screen(&stood.get(&*group.id)?.bounds, before);
            let to = on_screen(&group.bounds, after);
            let style = face(new, group, after.scale)?;
            let seen = from.touches(&screen) || to.touches(&screen);
            let innermost = INNERMOST.contains(&group.role);
            seen.then_some(Card { from, to, fill: style.fill, stroke: style.stroke, innermost })
        };
        let cards: Vec<Card> =
            new.groups.iter().filter(|group| is_card(group)).filter_map(card).collect();
        let moves = |card: &Card| {
            (card.from.x0 - card.to.x0).abs() + (card.from.y0 - card.to.y0).abs() > 2.0
        };
        cards.iter().any(moves).then_some(Slide { cards, began: now })
    }

    pub fn is_over(&self, now: f64) -> bool {
        now - self.began >= WAY
    }

    /// How far it is, from 0 to 1: quick at first.
    fn part(&self, now: f64) -> f64 {
        let left = 1.0 - ((now - self.began) / WAY).clamp(0.0, 1.0);
        1.0 - left * left * left
    }
}

fn is_card(group: &Group) -> bool {
    // A duty is painted with the post it stands in.
    group.hit == Hit::Box && !["name", "duty"].contains(&group.role)
}

fn on_screen(world: &Rect, camera: &Camera) -> Rect {
    let (k, x, y) = (camera.scale, camera.tx, camera.ty);
    Rect { x0: world.x0 * k + x, y0: world.y0 * k + y, x1: world.x1 * k + x, y1: world.y1 * k + y }
}

/// How the largest box of a card looks at this scale.
fn face<'a>(scene: &'a Scene, group: &Group, scale: f64) -> Option<&'a Style> {
    let items = scene.items[group.items.range()].iter();
    let mut boxes = items
        .filter(|item| matches!(item.shape, Shape::Rect { .. }) && item.lod.shows(scale as f32));
    Some(scene.style(boxes.next()?.style))
}

impl Painter {
    /// The boxes where they are now, out of the picture there was and the one there will be.
    pub(super) fn paint_slide(
        &mut self,
        slide: &Slide,
        (was, will_be): (&Painter, &Painter),
        palette: Palette,
        now: f64,
    ) {
        self.ground(palette);
        let part = slide.part(now);
        let dpr = self.dpr;
        let between = |from: f64, to: f64| ((from + (to - from) * part) * dpr).round();
        for Card { from, to, fill, stroke, innermost } in &slide.cards {
            let (x, y) = (between(from.x0, to.x0), between(from.y0, to.y0));
            let (x1, y1) = (between(from.x1, to.x1), between(from.y1, to.y1));
            self.brush.alpha(1.0);
            self.brush.fill(palette.css(*fill));
            let context = self.brush.context();
            context.fill_rect(x, y, x1 - x, y1 - y);
            if *stroke != Role::Clear {
                self.brush.stroke(palette.css(*stroke), dpr, Dash::Solid);
                self.brush.context().stroke_rect(x + 0.5, y + 0.5, x1 - x - 1.0, y1 - y - 1.0);
            }
            if *innermost {
                let place = [x, y, x1 - x, y1 - y];
                self.brush.alpha(1.0 - part as f32);
                self.take_part(was, from, place);
                self.brush.alpha(part as f32);
                self.take_part(will_be, to, place);
            }
        }
        self.brush.alpha(1.0);
    }

    /// Draws a part of another canvas, CSS pixels, into `[x, y, w, h]` device pixels.
    fn take_part(&self, from: &Painter, part: &Rect, [x, y, w, h]: [f64; 4]) {
        let dpr = self.dpr;
        let (left, top) = ((part.x0 * dpr).round(), (part.y0 * dpr).round());
        let (wide, high) = ((part.x1 * dpr).round() - left, (part.y1 * dpr).round() - top);
        let context = self.brush.context();
        // Fails only where nothing is to be seen.
        let _ = context
            .draw_image_with_html_canvas_element_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
                &from.canvas,
                left,
                top,
                wide,
                high,
                x,
                y,
                w,
                h,
            );
    }
}
