//! What an import of borders would do, feature by feature, before anything is written; then the one draft.

use std::fmt;

use rustc_hash::FxHashMap;

use super::matching::{Found, Place, Places, value};
use super::points::give_land;
use super::{Layer, anchor, metres};
use crate::geo::datum::{Datum, Degrees};
use crate::geo::geojson::{Feature, Told, name_of};
use crate::geo::local::Local;
use crate::geo::net::Net;
use crate::geo::plane::{Point, Ring, area_of, inside, largest, middle};
use crate::journal::Draft;
use crate::model::kinds::village::OutlineFrom;
use crate::model::kinds::{GridCell, Town, Village};
use crate::model::{Outline, Record, RecordId, Ref, Value};
use crate::rules::Links;

/// How a file is to be understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub datum: Datum,
    /// The column that says which village or cell; none: the one that names the most.
    pub column: Option<String>,
    /// What features that are no village or cell here become; nothing: they are left out.
    pub rest: Option<Layer>,
    /// How far a simplified border may lie from the file's, metres; 0 keeps every corner.
    pub tolerance: f64,
}

impl Default for Asked {
    fn default() -> Asked {
        Asked { datum: Datum::Wgs84, column: None, rest: None, tolerance: 0.0 }
    }
}

/// What becomes of a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Becomes {
    Border(Place),
    New { layer: Layer, village: Option<RecordId> },
    Left(Why),
}

/// Why a feature is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nobody is called so.
    Unknown,
    /// So many are called so, and nothing tells which.
    Several(usize),
    /// It says no name, so that nothing new could be made of it.
    Nameless,
    /// Its point lies outside of the border of its village.
    Outside,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Why::Unknown => f.write_str("台账里没有这个名称或编码"),
            Why::Several(count) => write!(f, "台账里有 {count} 个同名，分不清是哪个，请按编码导入"),
            Why::Nameless => f.write_str("没有名称，不能新建"),
            Why::Outside => f.write_str("点落在所属村的边界外"),
        }
    }
}

/// A feature, where it lies and what becomes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Its number in the file, from 1.
    pub at: usize,
    pub name: String,
    pub becomes: Becomes,
    /// In metres of the township.
    pub rings: Vec<Ring>,
    /// Of a feature without an area.
    pub point: Option<Point>,
    /// Whether the land was made around a point.
    pub guessed: bool,
}

impl Line {
    pub fn is_village(&self) -> bool {
        self.layer() == Some(Layer::Village)
    }

    pub fn layer(&self) -> Option<Layer> {
        match &self.becomes {
            Becomes::Border(place) => Some(place.layer),
            Becomes::New { layer, .. } => Some(*layer),
            Becomes::Left(_) => None,
        }
    }

    /// The village it is, or lies in.
    pub fn village(&self) -> Option<RecordId> {
        match &self.becomes {
            Becomes::Border(place) => place.village.clone(),
            Becomes::New { village, .. } => village.clone(),
            Becomes::Left(_) => None,
        }
    }
}

/// What an import would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub lines: Vec<Line>,
    /// What was odd about the file.
    pub told: Vec<Told>,
    /// The file's columns, those that name the most places first, with how many they name.
    pub columns: Vec<(String, usize)>,
    pub column: String,
    /// The township has no origin yet: this becomes it.
    pub origin: Option<Degrees>,
    /// Borders that lie nowhere on earth and are no part of the file: they go, else the map would show two lands
    /// on top of each other.
    pub sketches: Vec<(&'static str, RecordId)>,
    /// Metres from the township's origin to the middle of the file, where that is farther than any township is wide.
    pub far: Option<f64>,
}

/// Features as they come: one that is what another before it is goes to it, for its parts are parts of one border.
#[derive(Default)]
struct Lines {
    all: Vec<Line>,
    known: FxHashMap<(Layer, RecordId), usize>,
}

impl Lines {
    fn add(&mut self, line: Line) {
        if let Becomes::Border(place) = &line.becomes {
            let at = *self.known.entry((place.layer, place.id.clone())).or_insert(self.all.len());
            if let Some(known) = self.all.get_mut(at) {
                known.rings.extend(line.rings);
                known.guessed = known.rings.is_empty();
                return;
            }
        }
        self.all.push(line);
    }
}

/// How many of each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub fresh: usize,
    pub replaced: usize,
    pub made: usize,
    pub left: usize,
    pub guessed: usize,
}

/// No township reaches so far from its origin, metres.
const FAR: f64 = 150_000.0;

impl Plan {
    pub fn of(links: &Links, features: &[Feature], told: Vec<Told>, asked: &Asked) -> Plan {
        let places = Places::of(links);
        let columns = places.columns(features);
        let column = asked
            .column
            .clone()
            .or_else(|| columns.first().map(|(name, _)| name.clone()))
            .unwrap_or_default();
        let layer = places.layer(features, &column);
        let wgs = |at: &Degrees| asked.datum.to_wgs84(*at);
        let known = anchor(links.town.as_ref());
        let local =
            known.or_else(|| middle_of(features, &wgs)).unwrap_or(Local { origin: (0.0, 0.0) });
        let mut lines = Lines::default();
        for feature in features {
            let mut line = Line {
                at: feature.at,
                name: name_of(&feature.properties),
                becomes: Becomes::Left(Why::Unknown),
                rings: feature
                    .polygons
                    .iter()
                    .flatten()
                    .map(|ring| ring.iter().map(|at| metres(local, wgs(at))).collect())
                    .collect(),
                point: None,
                guessed: false,
            };
            if line.name.is_empty() {
                line.name = value(feature, &column).to_string();
            }
            line.point = feature
                .points
                .first()
                .filter(|_| line.rings.is_empty())
                .map(|at| metres(local, wgs(at)));
            line.guessed = line.point.is_some();
            line.becomes = match places.find(feature, &column, layer) {
                Found::Place(place) => Becomes::Border(place),
                Found::Several(count) => Becomes::Left(Why::Several(count)),
                Found::Nobody => Becomes::Left(Why::Unknown),
            };
            lines.add(line);
        }
        let mut plan = Plan {
            lines: lines.all,
            told,
            columns,
            column,
            origin: known.is_none().then_some(local.origin),
            sketches: Vec::new(),
            far: None,
        };
        plan.simplify(asked.tolerance);
        plan.make_rest(links, asked.rest);
        let stands = if known.is_some() { stored_border } else { no_border };
        let of_file: Vec<(RecordId, Vec<Ring>)> = plan.village_borders();
        give_land(&mut plan.lines, &|village| {
            let named = of_file.iter().find(|(id, _)| id == village);
            named.map_or_else(|| stands(links, village), |(_, rings)| rings.clone())
        });
        for line in plan.lines.iter_mut().filter(|line| line.guessed && line.rings.is_empty()) {
            line.becomes = Becomes::Left(Why::Outside);
        }
        if known.is_none() {
            plan.sketches = plan.sketches_of(links);
        }
        plan.far = plan.distance().filter(|far| *far > FAR);
        plan
    }

    /// Borders that villages get by this file.
    fn village_borders(&self) -> Vec<(RecordId, Vec<Ring>)> {
        let villages = self.lines.iter().filter(|line| line.is_village() && !line.rings.is_empty());
        villages.filter_map(|line| Some((line.village()?, line.rings.clone()))).collect()
    }

    /// All rings as one net, so that neighbours keep their common borders.
    fn simplify(&mut self, tolerance: f64) {
        if tolerance <= 0.0 {
            return;
        }
        let all: Vec<Ring> =
            self.lines.iter().flat_map(|line| line.rings.iter().cloned()).collect();
        let net = Net::new(&all);
        let rings = self.lines.iter_mut().flat_map(|line| line.rings.iter_mut());
        for (at, ring) in rings.enumerate() {
            let simple = net.ring(at, tolerance);
            if simple.len() >= 3 {
                *ring = simple;
            }
        }
    }

    /// What nobody here is called becomes something new, in the village it lies in.
    fn make_rest(&mut self, links: &Links, rest: Option<Layer>) {
        let Some(layer) = rest else { return };
        let mut villages = self.village_borders();
        villages.extend(
            links
                .villages
                .all()
                .iter()
                .filter(|_| self.origin.is_none())
                .map(|village| (village.id.clone(), village.outline.0.clone())),
        );
        for line in self.lines.iter_mut().filter(|line| line.becomes == Becomes::Left(Why::Unknown))
        {
            if line.name.is_empty() {
                line.becomes = Becomes::Left(Why::Nameless);
                continue;
            }
            let at = line.point.or_else(|| largest(&line.rings).map(|ring| middle(ring)));
            let village = at.and_then(|at| villages.iter().find(|(_, rings)| inside(rings, at)));
            let village = village.map(|(id, _)| id.clone()).filter(|_| layer != Layer::Village);
            line.becomes = Becomes::New { layer, village };
        }
    }

    fn sketches_of(&self, links: &Links) -> Vec<(&'static str, RecordId)> {
        let replaced = |kind: &str, id: &RecordId| {
            self.lines.iter().any(|line| matches!(&line.becomes, Becomes::Border(place) if place.layer.kind() == kind && place.id == *id))
        };
        let villages = links.villages.all().iter().filter(|one| !one.outline.is_empty());
        let cells = links.cells.all().iter().filter(|one| !one.outline.is_empty());
        let villages = villages.map(|one| (Village::ID, one.id.clone()));
        let all = villages.chain(cells.map(|one| (GridCell::ID, one.id.clone())));
        all.filter(|(kind, id)| !replaced(kind, id)).collect()
    }

    /// Metres from the origin to the nearest feature.
    fn distance(&self) -> Option<f64> {
        let points =
            self.lines.iter().flat_map(|line| line.rings.iter().flatten().chain(line.point.iter()));
        points.map(|p| p[0].hypot(p[1])).min_by(f64::total_cmp)
    }

    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for line in &self.lines {
            match &line.becomes {
                Becomes::Border(place) if place.had => counts.replaced += 1,
                Becomes::Border(_) => counts.fresh += 1,
                Becomes::New { .. } => counts.made += 1,
                Becomes::Left(_) => counts.left += 1,
            }
            if line.guessed && !matches!(line.becomes, Becomes::Left(_)) {
                counts.guessed += 1;
            }
        }
        counts
    }

    /// Corners of all borders.
    pub fn corner_count(&self) -> usize {
        self.lines.iter().flat_map(|line| &line.rings).map(Vec::len).sum()
    }

    /// Square metres a line goes around.
    pub fn land(line: &Line) -> f64 {
        area_of(&line.rings)
    }

    pub fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| matches!(line.becomes, Becomes::Left(_)))
    }

    /// The import as one action.
    pub fn to_draft(
        &self,
        links: &Links,
        file: &str,
        fresh: &mut dyn FnMut() -> RecordId,
    ) -> Draft {
        let mut draft = Draft::new(&format!("导入边界 {file}"));
        if let Some((lon, lat)) = self.origin {
            let town = links.town.as_ref().map_or_else(&mut *fresh, |town| town.id.clone());
            draft.set_named(Town::ID, &town, "map_lon", Value::real(lon));
            draft.set_named(Town::ID, &town, "map_lat", Value::real(lat));
        }
        for (kind, id) in &self.sketches {
            draft.set_named(kind, id, "outline", Value::Null);
            draft.set_named(kind, id, "outline_from", Value::Null);
        }
        for line in &self.lines {
            self.write(line, &mut draft, fresh);
        }
        draft
    }

    fn write(&self, line: &Line, draft: &mut Draft, fresh: &mut dyn FnMut() -> RecordId) {
        let outline = Outline(line.rings.clone());
        let from = if line.guessed { OutlineFrom::Points } else { OutlineFrom::Survey };
        match &line.becomes {
            Becomes::Border(place) => {
                let kind = place.layer.kind();
                draft.set_named(kind, &place.id, "outline", outline.to_value());
                draft.set_named(kind, &place.id, "outline_from", Value::text(from.id()));
            }
            Becomes::New { layer: Layer::Village, .. } => draft.put(&Village {
                id: fresh(),
                name: line.name.as_str().into(),
                outline,
                outline_from: Some(from),
                ..Village::default()
            }),
            Becomes::New { layer, village } => draft.put(&GridCell {
                id: fresh(),
                name: line.name.as_str().into(),
                level: layer.level(),
                village: village.clone().map(Ref::new),
                outline,
                outline_from: Some(from),
                ..GridCell::default()
            }),
            Becomes::Left(_) => {}
        }
    }
}

fn stored_border(links: &Links, village: &RecordId) -> Vec<Ring> {
    links
        .villages
        .get(village.as_str())
        .map(|village| village.outline.0.clone())
        .unwrap_or_default()
}

fn no_border(_: &Links, _: &RecordId) -> Vec<Ring> {
    Vec::new()
}

/// The middle of a file, to a ten-thousandth of a degree.
fn middle_of(features: &[Feature], wgs: &dyn Fn(&Degrees) -> Degrees) -> Option<Local> {
    let corners =
        features.iter().flat_map(|one| one.polygons.iter().flatten().flatten().chain(&one.points));
    let places = corners.map(wgs);
    let (w, s, e, n) = places.fold(None, |known, (x, y)| {
        let (w, s, e, n) = known.unwrap_or((x, y, x, y));
        Some((f64::min(w, x), f64::min(s, y), f64::max(e, x), f64::max(n, y)))
    })?;
    let round = |at: f64| (at * 1e4).round() / 1e4;
    Some(Local { origin: (round((w + e) / 2.0), round((s + n) / 2.0)) })
}
