//! 网格图's cells: villages and three levels of cells, and the field they are coloured by.

use rustc_hash::FxHashMap;

use super::group_id;
use crate::choices;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::village::VillageColour;
use crate::model::kinds::{GridCell, Person, Village};
use crate::model::{Record, RecordId, Visibility};
use crate::picture::map::{Category, Level, MapCell, MapInput, Method, Scheme, Value};
use crate::picture::style::Role;
use crate::rules::Links;
use crate::sorting::Sorting;

choices! {
    /// What the cells are coloured by.
    ColourBy {
        Plain = "plain", "不着色";
        Zone = "zone", "片区";
        VillageColour = "colour", "四色管理";
        Households = "households", "户数";
        Keeper = "keeper", "有无网格员";
        Risks = "risks", "风险隐患点";
    }
}

impl ColourBy {
    /// Whether people from outside may see it: as its field is declared.
    pub fn is_public(self) -> bool {
        let (kind, field) = match self {
            ColourBy::Plain => return true,
            ColourBy::Zone => (Village::KIND, "zone"),
            ColourBy::VillageColour => (Village::KIND, "colour"),
            ColourBy::Households => (GridCell::KIND, "households"),
            ColourBy::Keeper => (GridCell::KIND, "keeper"),
            ColourBy::Risks => (GridCell::KIND, "risks"),
        };
        let spec = kind.fields.iter().find(|spec| spec.id == field);
        spec.is_some_and(|spec| spec.visibility == Visibility::Public)
    }
}

/// How the map is asked for.
#[derive(Clone, Copy, Debug)]
pub struct MapAsk {
    pub colour: ColourBy,
    /// Whether staff looks: names of keepers and fields that are not public may be shown.
    pub names: bool,
}

/// The cells of a township's map. Those without a ring are left to the lists.
pub fn cells(links: &Links, mut ask: MapAsk) -> MapInput {
    if !ask.names && !ask.colour.is_public() {
        ask.colour = ColourBy::Plain;
    }
    let zones: FxHashMap<&RecordId, usize> =
        links.zones.all().iter().enumerate().map(|(at, zone)| (&zone.id, at)).collect();
    let join = Join { links, ask, zones };
    let mut cells: Vec<MapCell> = Vec::new();
    // Two maps: a village and a cell may carry the same id.
    let mut villages: FxHashMap<&RecordId, usize> = FxHashMap::default();
    let mut at: FxHashMap<&RecordId, usize> = FxHashMap::default();
    for village in links.villages.all().iter().filter(|village| !village.outline.is_empty()) {
        villages.insert(&village.id, cells.len());
        cells.push(join.village(village));
    }
    let mut drawn: Vec<&GridCell> =
        links.cells.all().iter().filter(|cell| !cell.outline.is_empty()).collect();
    drawn.arrange_by(|cell| cell.level);
    for cell in drawn {
        let above = links.cell_above(&cell.id).and_then(|above| at.get(&above.id));
        let village = || villages.get(&cell.village.as_ref()?.id);
        let parent = above.or_else(village).copied();
        at.insert(&cell.id, cells.len());
        cells.push(join.cell(cell, parent));
    }
    MapInput { cells, scheme: join.scheme(), schematic: true }
}

struct Join<'a> {
    links: &'a Links,
    ask: MapAsk,
    /// Zones by their place in the legend.
    zones: FxHashMap<&'a RecordId, usize>,
}

impl Join<'_> {
    fn village(&self, village: &Village) -> MapCell {
        let value = match self.ask.colour {
            ColourBy::Households => village.households.map(|count| Value::Number(count as f64)),
            ColourBy::Keeper => None,
            ColourBy::Risks => None,
            _ => self.village_value(village),
        };
        let contact = self.links.people.find(village.contact.as_ref());
        MapCell {
            id: group_id("village", &village.id),
            level: Level::Village,
            parent: None,
            name: village.name.to_string(),
            rings: village.outline.0.clone(),
            value,
            keeper: self.name(contact),
        }
    }

    fn cell(&self, cell: &GridCell, parent: Option<usize>) -> MapCell {
        let village = self.links.villages.find(cell.village.as_ref());
        let value = match self.ask.colour {
            ColourBy::Households => cell.households.map(|count| Value::Number(count as f64)),
            ColourBy::Keeper => {
                let kept = self.links.people.find(cell.keeper.as_ref()).is_some();
                Some(Value::Category(usize::from(!kept)))
            }
            ColourBy::Risks => Some(Value::Number(cell.risks.len() as f64)),
            _ => village.and_then(|village| self.village_value(village)),
        };
        MapCell {
            id: group_id("grid_cell", &cell.id),
            level: level(cell.level),
            parent,
            name: cell.name.to_string(),
            rings: cell.outline.0.clone(),
            value,
            keeper: self.name(self.links.people.find(cell.keeper.as_ref())),
        }
    }

    /// What a cell takes from its village.
    fn village_value(&self, village: &Village) -> Option<Value> {
        match self.ask.colour {
            ColourBy::Zone => {
                let zone = village.zone.as_ref()?;
                self.zones.get(&zone.id).map(|at| Value::Category(*at))
            }
            ColourBy::VillageColour => {
                village.colour.map(|colour| Value::Category(colour as usize))
            }
            _ => None,
        }
    }

    fn name(&self, person: Option<&Person>) -> String {
        let seen = person.filter(|person| self.ask.names || person.leader);
        seen.map(|person| person.name.to_string()).unwrap_or_default()
    }

    fn scheme(&self) -> Scheme {
        let title = self.ask.colour.label().to_string();
        let numbers = |unit: &str, method| Scheme::Numbers {
            title: title.clone(),
            unit: unit.to_string(),
            method,
        };
        let categories =
            |categories: Vec<Category>| Scheme::Categories { title: title.clone(), categories };
        match self.ask.colour {
            ColourBy::Plain => Scheme::Plain,
            ColourBy::Households => numbers("户", Method::Quantile),
            ColourBy::Risks => numbers("处", Method::Equal),
            ColourBy::Zone => categories(
                self.links.zones.all().iter().map(|zone| category(&zone.name, None)).collect(),
            ),
            ColourBy::VillageColour => categories(
                VillageColour::ALL.iter().map(|c| category(c.label(), role(*c))).collect(),
            ),
            ColourBy::Keeper => categories(vec![
                category("有网格员", Some(Role::Jade)),
                category("缺网格员", Some(Role::Vermilion)),
            ]),
        }
    }
}

fn category(label: &str, role: Option<Role>) -> Category {
    Category { label: label.to_string(), role }
}

fn role(colour: VillageColour) -> Option<Role> {
    match colour {
        VillageColour::Red => Some(Role::Vermilion),
        VillageColour::Yellow => Some(Role::Amber),
        VillageColour::Blue | VillageColour::Green => None,
    }
}

fn level(level: Option<GridLevel>) -> Level {
    match level {
        Some(GridLevel::Sub) => Level::Sub,
        Some(GridLevel::Micro) => Level::Micro,
        Some(GridLevel::Grid) | None => Level::Grid,
    }
}
