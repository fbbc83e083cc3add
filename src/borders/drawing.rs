//! Borders drawn by hand before they are written: villages and cells on one table (`editing`), with steps back and
//! forward, and in the end one draft. Reads no pointer and paints nothing.

use crate::geo::overlay::{both, without};
use crate::geo::plane::{Point, Ring, area_of, bounds, inside, largest, middle, to_segment};
use crate::journal::Draft;
use crate::model::kinds::village::OutlineFrom;
use crate::model::kinds::{GridCell, Village};
use crate::model::{Date, Outline, Record, RecordId, Ref, Value, schema};
use crate::rules::Links;

use super::Layer;
use super::editing::{CannotEdit, Corner, PlaceNo, SAME, Table};
use super::sketching::{nothing_drawn, sketched};

/// Land smaller than this is none, square metres.
const LEAST: f64 = 1.0;
/// Steps that can be taken back.
const STEPS: usize = 200;

/// A village or cell on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    pub layer: Layer,
    pub id: RecordId,
    pub name: String,
    /// 所属村（社区）; a village's own is its id.
    pub village: Option<RecordId>,
    /// 上级网格
    pub above: Option<RecordId>,
    /// Split off a piece and not in the township yet.
    pub fresh: bool,
    /// Joined into another: it ends.
    pub ended: bool,
}

/// All that a step changes.
#[derive(Clone, Debug, PartialEq)]
struct Stand {
    pieces: Vec<Piece>,
    table: Table,
}

/// Borders being drawn.
#[derive(Clone, Debug)]
pub struct Drawing {
    now: Stand,
    first: Stand,
    /// Nobody had drawn anything: it began with the made-up map, all of which is written.
    sketched: bool,
    before: Vec<(Step, Stand)>,
    after: Vec<(Step, Stand)>,
}

/// What was done, for the buttons that take it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Move,
    /// By keys, a little at a time.
    Nudge(Corner),
    Add,
    Remove,
    Split,
    Join,
    Draw,
    Erase,
}

impl Step {
    pub fn label(self) -> &'static str {
        match self {
            Step::Move | Step::Nudge(_) => "移动拐点",
            Step::Add => "加拐点",
            Step::Remove => "去拐点",
            Step::Split => "划开",
            Step::Join => "合并",
            Step::Draw => "画边界",
            Step::Erase => "去掉边界",
        }
    }
}

/// What saving would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub changed: Vec<String>,
    pub fresh: Vec<String>,
    pub ended: Vec<String>,
}

impl Summary {
    pub fn is_empty(&self) -> bool {
        self.changed.is_empty() && self.fresh.is_empty() && self.ended.is_empty()
    }
}

impl Drawing {
    /// The township's borders; where nobody drew any, the made-up ones to begin with.
    pub fn of(links: &Links) -> Drawing {
        let sketch = nothing_drawn(links).then(|| sketched(links));
        let mut pieces = Vec::new();
        let mut outlines: Vec<Vec<Ring>> = Vec::new();
        for village in links.villages.all() {
            let made = sketch.as_ref().and_then(|sketch| sketch.villages.get(&village.id).cloned());
            outlines.push(made.unwrap_or_else(|| village.outline.0.clone()));
            pieces.push(Piece {
                layer: Layer::Village,
                id: village.id.clone(),
                name: village.name.to_string(),
                village: Some(village.id.clone()),
                above: None,
                fresh: false,
                ended: false,
            });
        }
        for cell in links.cells.all() {
            let made = sketch.as_ref().and_then(|sketch| sketch.cells.get(&cell.id).cloned());
            outlines.push(made.unwrap_or_else(|| cell.outline.0.clone()));
            pieces.push(Piece {
                layer: Layer::of(cell),
                id: cell.id.clone(),
                name: cell.name.to_string(),
                village: links.villages.find(cell.village.as_ref()).map(|one| one.id.clone()),
                above: links.cell_above(&cell.id).map(|one| one.id.clone()),
                fresh: false,
                ended: false,
            });
        }
        let first = Stand { pieces, table: Table::of(&outlines) };
        Drawing {
            now: first.clone(),
            first,
            sketched: sketch.is_some(),
            before: Vec::new(),
            after: Vec::new(),
        }
    }

    /// Whether it was begun from the same borders as this one.
    pub fn began_as(&self, other: &Drawing) -> bool {
        self.first == other.first
    }

    pub fn is_sketched(&self) -> bool {
        self.sketched
    }

    pub fn pieces(&self) -> &[Piece] {
        &self.now.pieces
    }

    pub fn piece(&self, at: PlaceNo) -> Option<&Piece> {
        self.now.pieces.get(at)
    }

    /// Whether there is any piece of a layer.
    pub fn has(&self, layer: Layer) -> bool {
        self.now.pieces.iter().any(|piece| piece.layer == layer)
    }

    pub fn table(&self) -> &Table {
        &self.now.table
    }

    pub fn rings(&self, at: PlaceNo) -> Vec<Ring> {
        self.now.table.rings(at)
    }

    /// West, south, east, north of everything, or of one place.
    pub fn bounds(&self, at: Option<PlaceNo>) -> Option<[f64; 4]> {
        let places = (0..self.now.pieces.len()).filter(|place| at.is_none_or(|at| at == *place));
        bounds(places.flat_map(|place| self.now.table.points_of(place)))
    }

    /// The piece of a layer that lies at a point.
    pub fn place_at(&self, layer: Layer, at: Point) -> Option<PlaceNo> {
        let Stand { pieces, table } = &self.now;
        (0..pieces.len())
            .find(|place| pieces[*place].layer == layer && table.lies_around(*place, at))
    }

    /// Pieces of the same layer with a side in common.
    pub fn beside(&self, at: PlaceNo) -> Vec<PlaceNo> {
        let Some(own) = self.piece(at) else { return Vec::new() };
        let mut beside = self.now.table.beside(at);
        beside.retain(|other| self.now.pieces[*other].layer == own.layer);
        beside
    }

    /// Does a step as a whole or not at all. Nudges of one corner, one after the other, are one step.
    fn step<T>(
        &mut self,
        step: Step,
        work: impl FnOnce(&mut Stand) -> Result<T, CannotEdit>,
    ) -> Result<T, CannotEdit> {
        let mut next = self.now.clone();
        let done = work(&mut next)?;
        let goes_on = matches!(step, Step::Nudge(_))
            && self.before.last().is_some_and(|(last, _)| *last == step)
            && self.after.is_empty();
        let before = std::mem::replace(&mut self.now, next);
        if !goes_on {
            self.before.push((step, before));
            if self.before.len() > STEPS {
                self.before.remove(0);
            }
        }
        self.after.clear();
        Ok(done)
    }

    pub fn move_corner(
        &mut self,
        corner: Corner,
        to: Point,
        within: f64,
    ) -> Result<Corner, CannotEdit> {
        self.step(Step::Move, |stand| stand.table.snap_corner(corner, to, within))
    }

    /// Moves a corner a little, near to whatever.
    pub fn nudge_corner(&mut self, corner: Corner, to: Point) -> Result<(), CannotEdit> {
        self.step(Step::Nudge(corner), |stand| stand.table.move_corner(corner, to))
    }

    pub fn add_corner(&mut self, at: Point, within: f64) -> Result<Corner, CannotEdit> {
        self.step(Step::Add, |stand| stand.table.add_corner(at, within))
    }

    pub fn remove_corner(&mut self, corner: Corner) -> Result<(), CannotEdit> {
        self.step(Step::Remove, |stand| stand.table.remove_corner(corner))
    }

    /// Splits a piece along a line; the new one takes a free number behind the name, the same village and the same
    /// cell above, and what of the level below lies in it.
    pub fn split(
        &mut self,
        at: PlaceNo,
        line: &[Point],
        id: &RecordId,
    ) -> Result<PlaceNo, CannotEdit> {
        self.step(Step::Split, |stand| {
            let own = stand.pieces.get(at).cloned().ok_or(CannotEdit::Gone)?;
            let new = stand.table.split(at, line)?;
            let name = free_name(&stand.pieces, &own);
            let village =
                if own.layer == Layer::Village { Some(id.clone()) } else { own.village.clone() };
            let piece = Piece { id: id.clone(), name, village, fresh: true, ..own.clone() };
            stand.pieces.push(piece);
            let land = stand.table.rings(new);
            for place in 0..stand.pieces.len() {
                let within = largest(&stand.table.rings(place))
                    .is_some_and(|ring| inside(&land, middle(ring)));
                if within && place != new {
                    stand.pieces[place].belong(&own, id);
                }
            }
            Ok(new)
        })
    }

    /// Joins a piece with one beside it, which ends; what belonged to that one belongs to the first.
    pub fn join(&mut self, at: PlaceNo, other: PlaceNo) -> Result<(), CannotEdit> {
        self.step(Step::Join, |stand| {
            let own = stand.pieces.get(at).cloned().ok_or(CannotEdit::Gone)?;
            let gone = stand.pieces.get(other).cloned().ok_or(CannotEdit::Gone)?;
            if own.layer != gone.layer {
                return Err(CannotEdit::Apart);
            }
            stand.table.join(at, other)?;
            stand.pieces[other].ended = true;
            stand.pieces.iter_mut().for_each(|piece| piece.belong(&gone, &own.id));
            Ok(())
        })
    }

    /// Draws the land of a piece: what lies outside the one above or in one beside is not taken.
    pub fn draw(&mut self, at: PlaceNo, ring: &[Point]) -> Result<(), CannotEdit> {
        self.step(Step::Draw, |stand| {
            let land = stand.land(at, ring)?;
            stand.table.lay(at, &land);
            Ok(())
        })
    }

    /// Takes a piece's border away; the record stays.
    pub fn erase(&mut self, at: PlaceNo) -> Result<(), CannotEdit> {
        if self.rings(at).is_empty() {
            return Err(CannotEdit::Gone);
        }
        self.step(Step::Erase, |stand| {
            stand.table.lay(at, &[]);
            Ok(())
        })
    }

    /// What the next press takes back.
    pub fn undoes(&self) -> Option<&'static str> {
        self.before.last().map(|(step, _)| step.label())
    }

    pub fn redoes(&self) -> Option<&'static str> {
        self.after.last().map(|(step, _)| step.label())
    }

    pub fn undo(&mut self) {
        if let Some((step, stand)) = self.before.pop() {
            self.after.push((step, std::mem::replace(&mut self.now, stand)));
        }
    }

    pub fn redo(&mut self) {
        if let Some((step, stand)) = self.after.pop() {
            self.before.push((step, std::mem::replace(&mut self.now, stand)));
        }
    }

    /// Whether a piece's land is another than in the beginning. A corner that a neighbour put on a straight side
    /// changes nothing: a surveyed border stays one.
    fn is_moved(&self, at: PlaceNo) -> bool {
        if self.now.table.lies_alike(at, &self.first.table) {
            return false;
        }
        let (first, now) = (self.first.table.rings(at), self.rings(at));
        !(runs_along(&first, &now) && runs_along(&now, &first))
    }

    /// Whether there is anything to save.
    pub fn is_changed(&self) -> bool {
        !self.summary().is_empty()
    }

    pub fn summary(&self) -> Summary {
        let mut summary = Summary::default();
        for (at, piece) in self.now.pieces.iter().enumerate() {
            let of = match piece {
                Piece { fresh: true, ended: true, .. } => continue,
                Piece { ended: true, .. } => &mut summary.ended,
                Piece { fresh: true, .. } => &mut summary.fresh,
                _ if self.is_moved(at) => &mut summary.changed,
                _ => continue,
            };
            of.push(piece.name.clone());
        }
        summary
    }

    /// Everything as one action.
    pub fn to_draft(&self, day: Date) -> Draft {
        let mut draft = Draft::new("手工画边界");
        for (at, piece) in self.now.pieces.iter().enumerate() {
            self.write(at, piece, day, &mut draft);
        }
        draft
    }

    fn write(&self, at: PlaceNo, piece: &Piece, day: Date, draft: &mut Draft) {
        let kind = piece.layer.kind();
        let rings = self.rings(at);
        let moved = self.is_moved(at);
        match piece {
            Piece { fresh: true, ended: true, .. } => {}
            Piece { ended: true, .. } => {
                if let Some(kind) = schema().kind(kind) {
                    draft.end(kind, &piece.id, day);
                }
            }
            Piece { fresh: true, layer: Layer::Village, .. } => draft.put(&Village {
                id: piece.id.clone(),
                name: piece.name.as_str().into(),
                outline: Outline(rings),
                outline_from: Some(OutlineFrom::Drawn),
                ..Village::default()
            }),
            Piece { fresh: true, .. } => draft.put(&GridCell {
                id: piece.id.clone(),
                name: piece.name.as_str().into(),
                level: piece.layer.level(),
                village: piece.village.clone().map(Ref::new),
                parent: piece.above.clone().map(Ref::new),
                outline: Outline(rings),
                outline_from: Some(OutlineFrom::Drawn),
                ..GridCell::default()
            }),
            _ => {
                if moved || (self.sketched && !rings.is_empty()) {
                    let from = if moved { OutlineFrom::Drawn } else { OutlineFrom::Sketch };
                    let gone = rings.is_empty();
                    let value = |value: Value| if gone { Value::Null } else { value };
                    let outline = value(Outline(rings).to_value());
                    draft.set_named(kind, &piece.id, "outline", outline);
                    draft.set_named(kind, &piece.id, "outline_from", value(Value::text(from.id())));
                }
                self.write_home(at, piece, draft);
            }
        }
    }

    /// A cell whose village or cell above was split or joined.
    fn write_home(&self, at: PlaceNo, piece: &Piece, draft: &mut Draft) {
        let Some(before) = self.first.pieces.get(at).filter(|_| piece.layer != Layer::Village)
        else {
            return;
        };
        let mut write = |field, before: &Option<RecordId>, now: &Option<RecordId>| {
            if let Some(id) = now.as_ref().filter(|_| before != now) {
                draft.set_named(GridCell::ID, &piece.id, field, Value::text(id.as_str()));
            }
        };
        write("village", &before.village, &piece.village);
        write("parent", &before.above, &piece.above);
    }
}

impl Stand {
    /// What of a drawn ring a piece may have.
    fn land(&self, at: PlaceNo, ring: &[Point]) -> Result<Vec<Ring>, CannotEdit> {
        let own = self.pieces.get(at).ok_or(CannotEdit::Gone)?;
        if ring.len() < 3 {
            return Err(CannotEdit::TooFew);
        }
        let mut land = both(&[ring.to_vec()], &[ring.to_vec()]);
        let drawn = bounds(ring.iter());
        for (other, piece) in self.pieces.iter().enumerate() {
            let Some(reach) = bounds(self.table.points_of(other)) else { continue };
            if other == at || piece.ended {
                continue;
            }
            let above = own.above.as_ref() == Some(&piece.id) && piece.layer != Layer::Village;
            let home = own.above.is_none()
                && own.layer != Layer::Village
                && piece.layer == Layer::Village
                && own.village.as_ref() == Some(&piece.id);
            if above || home {
                land = both(&land, &self.table.rings(other));
            } else if piece.layer == own.layer && drawn.is_some_and(|drawn| touch(drawn, reach)) {
                land = without(&land, &self.table.rings(other));
            }
        }
        if area_of(&land) < LEAST { Err(CannotEdit::NoLand) } else { Ok(land) }
    }
}

impl Piece {
    /// What belonged to one belongs to another.
    fn belong(&mut self, from: &Piece, to: &RecordId) {
        if from.layer == Layer::Village {
            if self.layer != Layer::Village && self.village.as_ref() == Some(&from.id) {
                self.village = Some(to.clone());
            }
        } else if self.layer != Layer::Village && self.above.as_ref() == Some(&from.id) {
            self.above = Some(to.clone());
        }
    }
}

/// Whether every corner of some rings lies on the others.
fn runs_along(rings: &[Ring], others: &[Ring]) -> bool {
    let on = |at: &Point| {
        let mut sides = others
            .iter()
            .flat_map(|ring| (0..ring.len()).map(move |n| (ring[n], ring[(n + 1) % ring.len()])));
        sides.any(|(a, b)| to_segment(*at, a, b) <= SAME * SAME)
    };
    rings.iter().flatten().all(on)
}

/// Whether what lies between west, south, east and north has anything of another such.
fn touch([w, s, e, n]: [f64; 4], [west, south, east, north]: [f64; 4]) -> bool {
    w <= east && west <= e && s <= north && south <= n
}

/// The name with the first number behind it that nobody has.
fn free_name(pieces: &[Piece], own: &Piece) -> String {
    let base = own.name.rsplit_once('（').filter(|(_, rest)| {
        rest.strip_suffix('）').is_some_and(|no| no.chars().all(|at| at.is_ascii_digit()))
    });
    let base = base.map_or(own.name.as_str(), |(base, _)| base);
    let taken = |name: &str| pieces.iter().any(|piece| piece.name == name);
    let mut name = own.name.clone();
    for no in 2.. {
        name = format!("{base}（{no}）");
        if !taken(&name) {
            break;
        }
    }
    name
}
