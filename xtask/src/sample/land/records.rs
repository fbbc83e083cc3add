//! The plan as records: zones, villages, cells of three levels, and the people who keep them.

use gangtu::model::kinds::grid_cell::GridLevel;
use gangtu::model::kinds::person::StaffIdentity;
use gangtu::model::kinds::village::{VillageColour, VillageKind};
use gangtu::model::kinds::{GridCell, Person, Village, Zone};
use gangtu::model::{Outline, Text};

use super::super::base::{id, to};
use super::super::dice::Dice;
use super::super::names::Names;
use super::super::source::{Sheet, text};
use super::trace::Borders;
use super::{COMMUNITIES, GRIDS, MICROS, Plan, SUBS, VILLAGES, plan};

/// Statistical code of the town: a county that does not exist.
pub const TOWN_CODE: &str = "999999101";
/// Village cadres beside the secretary.
const CADRES: usize = 2;
/// 微网格 left without a keeper, for the sample to show.
const UNKEPT: [usize; 2] = [57, 203];

/// Who of the force looks after which village.
pub struct PeopleOfLand {
    /// 包村干部, one a village.
    pub contacts: Vec<Text>,
}

#[derive(Default)]
pub struct LandRecords {
    pub zones: Vec<Zone>,
    pub villages: Vec<Village>,
    pub cells: Vec<GridCell>,
    pub people: Vec<Person>,
    pub households: i64,
    pub population: i64,
    /// In square kilometres.
    pub area: f64,
}

/// Makes the records of a plan.
pub struct Land<'a> {
    plan: Plan,
    borders: Borders,
    names: &'a mut Names,
    dice: Dice,
    village_names: Vec<String>,
    households: Vec<i64>,
    made: LandRecords,
}

impl<'a> Land<'a> {
    pub fn new(names: &'a mut Names) -> Result<Land<'a>, String> {
        let plan = plan();
        let mut dice = Dice::new(33);
        let households = households(&plan, &mut dice);
        let village_names = text("yunxi/villages.txt")?;
        Ok(Land {
            borders: Borders::of(&plan.raster),
            plan,
            names,
            dice,
            village_names: village_names.split_whitespace().map(str::to_string).collect(),
            households,
            made: LandRecords::default(),
        })
    }

    pub fn records(mut self, people: &PeopleOfLand) -> Result<LandRecords, String> {
        self.made.zones = zones(&Sheet::read("yunxi/zones.csv")?);
        self.villages(people);
        self.grids()?;
        self.subs()?;
        self.micros();
        self.made.households = self.households.iter().sum();
        self.made.population = self.made.villages.iter().filter_map(|one| one.population).sum();
        let square_metres: f64 = self.made.villages.iter().map(|one| area(&one.outline)).sum();
        self.made.area = (square_metres / 10_000.0).round() / 100.0;
        Ok(self.made)
    }

    fn villages(&mut self, people: &PeopleOfLand) {
        let plan = &self.plan;
        let outlines = self.borders.outlines(VILLAGES, |micro| plan.village_of_micro(micro));
        for (at, outline) in outlines.into_iter().enumerate() {
            let households =
                self.households_where(|plan, micro| plan.village_of_micro(micro) == at);
            let secretary = self.cadres(at);
            let village = Village {
                id: id(&village_id(at)),
                name: self.village_names[at].as_str().into(),
                code: village_code(at).as_str().into(),
                kind: Some(if at < COMMUNITIES {
                    VillageKind::Community
                } else {
                    VillageKind::Village
                }),
                zone: to(&format!("z{}", self.plan.zone_of_village[at] + 1)),
                contact: to(&people.contacts[at]),
                secretary: to(&secretary),
                colour: colour(at),
                households: Some(households),
                population: Some(households * self.dice.between(26, 32) / 10),
                place: format!("{}党群服务中心", self.village_names[at]).as_str().into(),
                phone: format!("10008820{at:03}").as_str().into(),
                outline,
                ..Village::default()
            };
            self.made.villages.push(village);
        }
    }

    /// The secretary and two cadres of a village; the secretary's id.
    fn cadres(&mut self, village: usize) -> String {
        let duties = ["党组织书记、主任", "副书记、治保主任", "委员、妇联主席"];
        for (at, note) in duties.iter().take(CADRES + 1).enumerate() {
            let person = Person {
                id: id(&cadre_id(village, at)),
                name: self.names.take().as_str().into(),
                identity: Some(StaffIdentity::Village),
                note: format!("{}{note}", self.village_names[village]).as_str().into(),
                ..Person::default()
            };
            self.made.people.push(person);
        }
        cadre_id(village, 0)
    }

    fn grids(&mut self) -> Result<(), String> {
        let elements = text("yunxi/elements.txt")?;
        let elements: Vec<&str> = elements.split_whitespace().collect();
        let plan = &self.plan;
        let outlines = self.borders.outlines(GRIDS, |micro| plan.grid_of_micro(micro));
        for (at, outline) in outlines.into_iter().enumerate() {
            let parts: Vec<usize> =
                (0..VILLAGES).filter(|one| self.plan.grid_of_village[*one] == at).collect();
            let main = self.main_village(at);
            let names: Vec<&str> =
                parts.iter().map(|part| self.village_names[*part].as_str()).collect();
            let name = format!("{}网格", names.join("、"));
            let households = self.households_where(|plan, micro| plan.grid_of_micro(micro) == at);
            let cell = GridCell {
                name: name.as_str().into(),
                code: format!("{}001", village_code(main)).as_str().into(),
                level: Some(GridLevel::Grid),
                village: to(&village_id(main)),
                keeper: to(&self.worker(&format!("gw{:02}", at + 1))),
                deputy: to(&cadre_id(main, 0)),
                phone: format!("10008830{at:03}").as_str().into(),
                households: Some(households),
                elements: self.some_of(&elements, 4),
                ..blank(&grid_id(at), outline)
            };
            self.made.cells.push(cell);
        }
        Ok(())
    }

    fn subs(&mut self) -> Result<(), String> {
        let risks = text("yunxi/risks.txt")?;
        let risks: Vec<&str> = risks.split_whitespace().collect();
        let plan = &self.plan;
        let outlines = self.borders.outlines(SUBS, |micro| plan.sub_of_micro[micro]);
        let mut in_grid = [0; GRIDS];
        for (at, outline) in outlines.into_iter().enumerate() {
            let village = self.plan.village_of_sub[at];
            let grid = self.plan.grid_of_village[village];
            let no = at + 1 - self.first_sub(village);
            in_grid[grid] += 1;
            let code = format!("{}{:02}", self.made.cells[grid].code, in_grid[grid]);
            let households = self.households_where(|plan, micro| plan.sub_of_micro[micro] == at);
            let risky = if at % 3 == 0 { 1 } else { 0 };
            let cell = GridCell {
                name: format!("{}{no}号子网格", self.village_names[village]).as_str().into(),
                code: code.as_str().into(),
                level: Some(GridLevel::Sub),
                parent: to(&grid_id(grid)),
                village: to(&village_id(village)),
                keeper: to(&cadre_id(village, no % (CADRES + 1))),
                households: Some(households),
                risks: self.some_of(&risks, risky),
                ..blank(&sub_id(at), outline)
            };
            self.made.cells.push(cell);
        }
        Ok(())
    }

    fn micros(&mut self) {
        let outlines = self.borders.outlines(MICROS, |micro| micro);
        let mut in_sub = [0; SUBS];
        for (at, outline) in outlines.into_iter().enumerate() {
            let sub = self.plan.sub_of_micro[at];
            let village = self.plan.village_of_sub[sub];
            in_sub[sub] += 1;
            let no = in_sub[sub];
            let name = format!(
                "{}{}-{no}微网格",
                self.village_names[village],
                sub + 1 - self.first_sub(village)
            );
            let keeper = match UNKEPT.contains(&at) {
                true => String::new(),
                false => self.worker(&format!("mw{:03}", at + 1)),
            };
            let code = format!("{}{no:02}", self.made.cells[GRIDS + sub].code);
            let cell = GridCell {
                name: name.as_str().into(),
                code: code.as_str().into(),
                level: Some(GridLevel::Micro),
                parent: to(&sub_id(sub)),
                village: to(&village_id(village)),
                keeper: to(&keeper),
                households: Some(self.households[at]),
                ..blank(&format!("m{:03}", at + 1), outline)
            };
            self.made.cells.push(cell);
        }
    }

    /// The number of a village's first 子网格.
    fn first_sub(&self, village: usize) -> usize {
        self.plan.village_of_sub.iter().position(|one| *one == village).unwrap_or(0)
    }

    /// The larger village of a grid.
    fn main_village(&self, grid: usize) -> usize {
        let villages = (0..VILLAGES).filter(|one| self.plan.grid_of_village[*one] == grid);
        let area = |village: &usize| self.plan.villages[*village].area;
        villages.max_by(|a, b| area(a).total_cmp(&area(b))).expect("a grid has a village")
    }

    fn households_where(&self, inside: impl Fn(&Plan, usize) -> bool) -> i64 {
        (0..MICROS)
            .filter(|micro| inside(&self.plan, *micro))
            .map(|micro| self.households[micro])
            .sum()
    }

    /// A grid worker; their id.
    fn worker(&mut self, key: &str) -> String {
        self.made.people.push(Person {
            id: id(key),
            name: self.names.take().as_str().into(),
            identity: Some(StaffIdentity::Grid),
            ..Person::default()
        });
        key.to_string()
    }

    fn some_of(&mut self, list: &[&str], count: usize) -> Vec<Text> {
        let mut picked: Vec<Text> = (0..count).map(|_| (*self.dice.pick(list)).into()).collect();
        picked.sort();
        picked.dedup();
        picked
    }
}

fn zones(sheet: &Sheet) -> Vec<Zone> {
    let zone = |line: super::super::source::Line| Zone {
        id: id(line.get("id")),
        no: line.number("no"),
        name: line.get("name").into(),
        head: to(&format!("r{:03}", line.get("head")[1..].parse::<usize>().unwrap_or(1))),
        note: line.get("note").into(),
        ..Zone::default()
    };
    sheet.lines().map(zone).collect()
}

/// Households of each 微网格: more where the cells are small and the street is near.
fn households(plan: &Plan, dice: &mut Dice) -> Vec<i64> {
    let per = |micro: usize, dice: &mut Dice| match plan.village_of_micro(micro) {
        village if village < COMMUNITIES => dice.between(55, 96),
        _ => dice.between(18, 47),
    };
    (0..MICROS).map(|micro| per(micro, dice)).collect()
}

/// Area inside an outline that runs counter-clockwise.
fn area(outline: &Outline) -> f64 {
    let points = &outline.0[0];
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum::<f64>() / 2.0
}

fn blank(key: &str, outline: Outline) -> GridCell {
    GridCell { id: id(key), outline, ..GridCell::default() }
}

fn village_id(village: usize) -> String {
    format!("v{:02}", village + 1)
}

fn grid_id(grid: usize) -> String {
    format!("g{:02}", grid + 1)
}

fn sub_id(sub: usize) -> String {
    format!("s{:03}", sub + 1)
}

fn cadre_id(village: usize, at: usize) -> String {
    format!("vc{:02}{at}", village + 1)
}

/// 居委会 count from 001, 村委会 from 201.
fn village_code(village: usize) -> String {
    let no = if village < COMMUNITIES { village + 1 } else { 201 + village - COMMUNITIES };
    format!("{TOWN_CODE}{no:03}")
}

/// 红 8 村, 黄 1 村 as YC-23 counts them; the rest green.
fn colour(village: usize) -> Option<VillageColour> {
    match village {
        7 | 10 | 13 | 16 | 19 | 23 | 27 | 31 => Some(VillageColour::Red),
        21 => Some(VillageColour::Yellow),
        _ => Some(VillageColour::Green),
    }
}
