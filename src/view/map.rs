//! 网格图's cells: villages and three levels of cells, and the field they are coloured by.

use rustc_hash::{FxHashMap, FxHashSet};

use super::group_id;
use crate::borders::plan::{Becomes, Plan};
use crate::borders::sketching::{Sketch, nothing_drawn, sketched};
use crate::borders::{Layer, anchor};
use crate::choices;
use crate::geo::plane::Ring;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::village::{OutlineFrom, VillageColour};
use crate::model::kinds::{GridCell, Person, Village};
use crate::model::{Record, RecordId, Visibility};
use crate::picture::map::{Category, Level, MapCell, MapInput, Method, Scheme, Value};
use crate::picture::style::Role;
use crate::rules::Links;
use crate::rules::band::Band;
use crate::sorting::Sorting;

choices! {
    /// What the cells are coloured by.
    ColourBy {
        Plain = "plain", "不着色";
        Zone = "zone", "片区";
        VillageColour = "colour", "四色管理";
        Households = "households", "户数";
        Keeper = "keeper", "有无网格员";
        Cover = "cover", "岗位覆盖";
        Load = "load", "网格员职责数";
        Risks = "risks", "风险隐患点";
        Cases = "cases", "案件密度";
        Band = "band", "网格员考评";
    }
}

/// What some colourings need besides the joined township (`map_figures`); nothing where nobody asked for them.
#[derive(Clone, Debug, Default)]
pub struct MapFigures {
    /// Cases of a year by the group id of the village or cell, each counted in all it lies in.
    pub cases: FxHashMap<String, usize>,
    /// Villages of which some case names a cell; in the others a cell is as its village.
    pub placed: FxHashSet<RecordId>,
    /// 考评档次 of people by their newest review.
    pub bands: FxHashMap<RecordId, Band>,
}

impl ColourBy {
    /// How its figures are cut unless somebody chooses; nothing where it has none.
    pub fn method(self) -> Option<Method> {
        match self {
            ColourBy::Households => Some(Method::Quantile),
            ColourBy::Load | ColourBy::Cases => Some(Method::Natural),
            ColourBy::Risks => Some(Method::Equal),
            _ => None,
        }
    }

    /// Whether it needs [`MapFigures`].
    pub fn counts_more(self) -> bool {
        matches!(self, ColourBy::Cases | ColourBy::Band)
    }

    /// Whether people from outside may see it: as its field is declared.
    pub fn is_public(self) -> bool {
        let (kind, field) = match self {
            ColourBy::Plain => return true,
            ColourBy::Zone => (Village::KIND, "zone"),
            ColourBy::VillageColour => (Village::KIND, "colour"),
            ColourBy::Households => (GridCell::KIND, "households"),
            ColourBy::Keeper | ColourBy::Cover => (GridCell::KIND, "keeper"),
            // How much somebody carries is nobody's business outside.
            ColourBy::Load | ColourBy::Cases | ColourBy::Band => return false,
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
    /// How figures are cut, where somebody chose.
    pub method: Option<Method>,
    /// Whether staff looks: names of keepers and fields that are not public may be shown.
    pub names: bool,
}

/// Whether the map is no survey: it lies nowhere on earth, or something of it was made up or reckoned.
fn is_schematic(links: &Links) -> bool {
    let made_up =
        |from: Option<OutlineFrom>| matches!(from, Some(OutlineFrom::Sketch | OutlineFrom::Points));
    anchor(links.town.as_ref()).is_none()
        || links.villages.all().iter().any(|village| made_up(village.outline_from))
        || links.cells.all().iter().any(|cell| made_up(cell.outline_from))
}

/// The cells of a township's map; where nobody drew a border, all of it made up. Those without a ring are left to
/// the lists.
pub fn cells(links: &Links, ask: MapAsk) -> MapInput {
    cells_counted(links, &MapFigures::default(), ask)
}

/// The same with what [`ColourBy::counts_more`] needs.
pub fn cells_counted(links: &Links, figures: &MapFigures, mut ask: MapAsk) -> MapInput {
    if !ask.names && !ask.colour.is_public() {
        ask.colour = ColourBy::Plain;
    }
    let zones: FxHashMap<&RecordId, usize> =
        links.zones.all().iter().enumerate().map(|(at, zone)| (&zone.id, at)).collect();
    let sketch = nothing_drawn(links).then(|| sketched(links));
    let join = Join { links, figures, ask, zones, sketch };
    let mut cells: Vec<MapCell> = Vec::new();
    // Two maps: a village and a cell may carry the same id.
    let mut villages: FxHashMap<&RecordId, usize> = FxHashMap::default();
    let mut at: FxHashMap<&RecordId, usize> = FxHashMap::default();
    for village in links.villages.all() {
        let rings = join.village_rings(village);
        if !rings.is_empty() {
            villages.insert(&village.id, cells.len());
            cells.push(MapCell { rings: rings.to_vec(), ..join.village(village) });
        }
    }
    let mut drawn: Vec<&GridCell> =
        links.cells.all().iter().filter(|cell| !join.cell_rings(cell).is_empty()).collect();
    drawn.arrange_by(|cell| cell.level);
    for cell in drawn {
        let above = links.cell_above(&cell.id).and_then(|above| at.get(&above.id));
        let village = || villages.get(&cell.village.as_ref()?.id);
        let parent = above.or_else(village).copied();
        at.insert(&cell.id, cells.len());
        cells.push(MapCell { rings: join.cell_rings(cell).to_vec(), ..join.cell(cell, parent) });
    }
    MapInput { cells, scheme: join.scheme(), schematic: is_schematic(links) }
}

/// What a map would show after an import: what is new, what replaces something, what stays.
pub fn planned(links: &Links, plan: &Plan) -> MapInput {
    let stays = |kind: &str, id: &RecordId| {
        plan.origin.is_none()
            && !plan.lines.iter().any(|line| {
                matches!(&line.becomes, Becomes::Border(place) if place.layer.kind() == kind && place.id == *id)
            })
    };
    let mut cells: Vec<MapCell> = Vec::new();
    let mut add = |id: String, level, name: &str, rings: &[Ring], value| {
        cells.push(MapCell {
            id,
            level,
            parent: None,
            name: name.to_string(),
            rings: rings.to_vec(),
            value: Some(Value::Category(value)),
            keeper: String::new(),
        });
    };
    for village in links.villages.all().iter().filter(|village| stays(Village::ID, &village.id)) {
        add(
            group_id(Village::ID, &village.id),
            Level::Village,
            &village.name,
            &village.outline.0,
            2,
        );
    }
    for cell in links.cells.all().iter().filter(|cell| stays(GridCell::ID, &cell.id)) {
        add(group_id(GridCell::ID, &cell.id), level(cell.level), &cell.name, &cell.outline.0, 2);
    }
    for line in plan.lines.iter().filter(|line| !line.rings.is_empty()) {
        let value = match &line.becomes {
            Becomes::Border(place) if place.had => 1,
            Becomes::Border(_) | Becomes::New { .. } => 0,
            Becomes::Left(_) => 3,
        };
        let level = line.layer().map_or(Level::Grid, |layer| match layer {
            Layer::Village => Level::Village,
            Layer::Grid => Level::Grid,
            Layer::Sub => Level::Sub,
            Layer::Micro => Level::Micro,
        });
        add(format!("line/{}", line.at), level, &line.name, &line.rings, value);
    }
    cells.retain(|cell| !cell.rings.is_empty());
    let categories = vec![
        category("新画上", None),
        category("替换原边界", None),
        category("原有，不变", None),
        category("不导入", Some(Role::Vermilion)),
    ];
    let scheme = Scheme::Categories { title: "导入后".to_string(), categories };
    MapInput { cells, scheme, schematic: plan.counts().guessed > 0 }
}

/// Who a cell can turn to, in the order of the legend.
enum Cover {
    Posts,
    People,
    Nobody,
}

struct Join<'a> {
    links: &'a Links,
    figures: &'a MapFigures,
    ask: MapAsk,
    /// Zones by their place in the legend.
    zones: FxHashMap<&'a RecordId, usize>,
    /// Land made up, where nobody drew any.
    sketch: Option<Sketch>,
}

impl<'a> Join<'a> {
    fn village_rings(&'a self, village: &'a Village) -> &'a [Ring] {
        match &self.sketch {
            Some(sketch) => sketch.villages.get(&village.id).map_or(&[], Vec::as_slice),
            None => &village.outline.0,
        }
    }

    fn cell_rings(&'a self, cell: &'a GridCell) -> &'a [Ring] {
        match &self.sketch {
            Some(sketch) => sketch.cells.get(&cell.id).map_or(&[], Vec::as_slice),
            None => &cell.outline.0,
        }
    }

    fn village(&self, village: &Village) -> MapCell {
        let value = match self.ask.colour {
            ColourBy::Households => village.households.map(|count| Value::Number(count as f64)),
            ColourBy::Cases => self.density(&group_id("village", &village.id), village.households),
            ColourBy::Keeper
            | ColourBy::Cover
            | ColourBy::Load
            | ColourBy::Risks
            | ColourBy::Band => None,
            _ => self.village_value(village),
        };
        let contact = self.links.people.find(village.contact.as_ref());
        MapCell {
            id: group_id("village", &village.id),
            level: Level::Village,
            parent: None,
            name: village.name.to_string(),
            rings: Vec::new(),
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
            ColourBy::Cover => Some(Value::Category(self.cover(cell) as usize)),
            ColourBy::Load => {
                let keeper = self.links.people.find(cell.keeper.as_ref());
                keeper.map(|keeper| Value::Number(self.links.load_of(&keeper.id) as f64))
            }
            ColourBy::Risks => Some(Value::Number(cell.risks.len() as f64)),
            ColourBy::Cases => match village {
                Some(village) if !self.figures.placed.contains(&village.id) => {
                    self.density(&group_id("village", &village.id), village.households)
                }
                _ => self.density(&group_id("grid_cell", &cell.id), cell.households),
            },
            ColourBy::Band => {
                let keeper = cell.keeper.as_ref();
                let band = keeper.and_then(|keeper| self.figures.bands.get(&keeper.id));
                band.map(|band| Value::Category(*band as usize))
            }
            _ => village.and_then(|village| self.village_value(village)),
        };
        MapCell {
            id: group_id("grid_cell", &cell.id),
            level: level(cell.level),
            parent,
            name: cell.name.to_string(),
            rings: Vec::new(),
            value,
            keeper: self.name(self.links.people.find(cell.keeper.as_ref())),
        }
    }

    /// Cases for each hundred households; where no household is registered nothing can be said.
    fn density(&self, id: &str, households: Option<i64>) -> Option<Value> {
        let households = households.filter(|count| *count > 0)? as f64;
        let cases = self.figures.cases.get(id).copied().unwrap_or(0) as f64;
        Some(Value::Number((cases / households * 1000.0).round() / 10.0))
    }

    /// Who a cell can turn to.
    fn cover(&self, cell: &GridCell) -> Cover {
        let services = self.links.serving(&cell.id);
        match services.iter().any(|service| !service.posts.is_empty()) {
            true => Cover::Posts,
            false if services.is_empty() => Cover::Nobody,
            false => Cover::People,
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
        let seen = person.filter(|person| self.ask.names || person.may_be_named());
        seen.map(|person| person.name.to_string()).unwrap_or_default()
    }

    /// A colour with what it means in this township.
    fn colour(&self, colour: VillageColour) -> Category {
        let town = self.links.town.as_ref();
        let meaning = town.map_or("", |town| match colour {
            VillageColour::Red => &town.colour_red,
            VillageColour::Yellow => &town.colour_yellow,
            VillageColour::Blue => &town.colour_blue,
            VillageColour::Green => &town.colour_green,
        });
        let gap = if meaning.is_empty() { "" } else { "：" };
        category(&[colour.label(), gap, meaning].concat(), role(colour))
    }

    fn scheme(&self) -> Scheme {
        let title = self.ask.colour.label().to_string();
        let numbers = |unit: &str| Scheme::Numbers {
            title: title.clone(),
            unit: unit.to_string(),
            method: self.ask.method.or(self.ask.colour.method()).unwrap_or(Method::Equal),
        };
        let categories =
            |categories: Vec<Category>| Scheme::Categories { title: title.clone(), categories };
        match self.ask.colour {
            ColourBy::Plain => Scheme::Plain,
            ColourBy::Households => numbers("户"),
            ColourBy::Risks => numbers("处"),
            ColourBy::Load => numbers("项"),
            ColourBy::Cases => numbers("件/百户"),
            ColourBy::Band => categories(Band::ALL.map(of_band).to_vec()),
            ColourBy::Zone => categories(
                self.links.zones.all().iter().map(|zone| category(&zone.name, None)).collect(),
            ),
            ColourBy::VillageColour => {
                categories(VillageColour::ALL.iter().map(|colour| self.colour(*colour)).collect())
            }
            ColourBy::Cover => categories(vec![
                category("有岗位的人负责", Some(Role::Jade)),
                category("有人负责，不在岗", Some(Role::Amber)),
                category("没有人负责", Some(Role::Vermilion)),
            ]),
            ColourBy::Keeper => categories(vec![
                category("有网格员", Some(Role::Jade)),
                category("缺网格员", Some(Role::Vermilion)),
            ]),
        }
    }
}

fn of_band(band: Band) -> Category {
    let role = match band {
        Band::Good => Role::Jade,
        Band::Fair => Role::Steady,
        Band::Pass => Role::Amber,
        Band::Below => Role::Vermilion,
    };
    category(band.label(), Some(role))
}

fn category(label: &str, role: Option<Role>) -> Category {
    Category { label: label.to_string(), role }
}

fn role(colour: VillageColour) -> Option<Role> {
    match colour {
        VillageColour::Red => Some(Role::Vermilion),
        VillageColour::Yellow => Some(Role::Amber),
        VillageColour::Blue => Some(Role::Cat0),
        VillageColour::Green => Some(Role::Cat2),
    }
}

fn level(level: Option<GridLevel>) -> Level {
    match level {
        Some(GridLevel::Sub) => Level::Sub,
        Some(GridLevel::Micro) => Level::Micro,
        Some(GridLevel::Grid) | None => Level::Grid,
    }
}
