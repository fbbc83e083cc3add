//! Everything of a township joined in one pass: post → people and duties, unit → posts, leader →
//! units, village → cells → the posts that serve them. Pictures, look-up and pages share it.
//!
//! A snapshot of one day: it does not follow later edits. Joins only; judges nothing.

use super::shelf::{Lists, Shelf};
use crate::model::kinds::duty_link::DutyRole;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::unit::UnitRole;
use crate::model::kinds::{
    Duty, DutyLink, GridCell, Holding, Matter, Person, Post, Town, Unit, Village, Window, Zone,
};
use crate::model::{Day, Record, RecordId, schema};
use crate::sorting::Sorting;

/// A person in a post on the day.
#[derive(Clone, Copy, Debug)]
pub struct Seat<'a> {
    pub person: &'a Person,
    pub post: &'a Post,
    /// A where the record does not say.
    pub role: HoldRole,
    pub holding: &'a Holding,
}

/// In what capacity somebody serves a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ServiceRole {
    /// 网格员
    Keeper,
    /// 兼职网格员
    Deputy,
    /// 上级网格的网格员
    ParentKeeper,
    /// 包村干部
    Contact,
}

impl ServiceRole {
    pub fn label(self) -> &'static str {
        match self {
            ServiceRole::Keeper => "网格员",
            ServiceRole::Deputy => "兼职网格员",
            ServiceRole::ParentKeeper => "上级网格员",
            ServiceRole::Contact => "包村干部",
        }
    }
}

/// Somebody who serves a cell, with the posts they hold.
#[derive(Clone, Debug)]
pub struct Service<'a> {
    pub role: ServiceRole,
    pub person: &'a Person,
    pub posts: Vec<&'a Post>,
}

/// The joined township. Shelves are in the order of ids.
#[derive(Debug)]
pub struct Links {
    pub town: Option<Town>,
    pub zones: Shelf<Zone>,
    pub villages: Shelf<Village>,
    pub units: Shelf<Unit>,
    pub posts: Shelf<Post>,
    pub duties: Shelf<Duty>,
    pub duty_links: Shelf<DutyLink>,
    pub people: Shelf<Person>,
    pub holdings: Shelf<Holding>,
    pub cells: Shelf<GridCell>,
    pub matters: Shelf<Matter>,
    pub windows: Shelf<Window>,
    unit_parent: Vec<Option<usize>>,
    cell_parent: Vec<Option<usize>>,
    lists: Joined,
}

/// Who owns what, by place on the shelves.
#[derive(Debug)]
struct Joined {
    holdings_of_post: Lists,
    holdings_of_person: Lists,
    links_of_post: Lists,
    links_of_duty: Lists,
    posts_of_unit: Lists,
    people_of_unit: Lists,
    parts_of_unit: Lists,
    units_of_leader: Lists,
    villages_of_zone: Lists,
    villages_of_contact: Lists,
    cells_of_village: Lists,
    parts_of_cell: Lists,
    cells_of_keeper: Lists,
    matters_of_post: Lists,
    matters_of_window: Lists,
    windows_of_post: Lists,
}

impl Links {
    pub fn of(day: &Day) -> Links {
        let (zones, villages, cells) = (Shelf::of(day), Shelf::of(day), Shelf::of(day));
        let (units, posts, people) = (Shelf::of(day), Shelf::of(day), Shelf::of(day));
        let (holdings, duties, duty_links) = (Shelf::of(day), Shelf::of(day), Shelf::of(day));
        let (matters, windows) = (Shelf::of(day), Shelf::of(day));
        let unit_parent = parents(day, &units);
        let cell_parent = parents(day, &cells);
        let lists = Joined {
            holdings_of_post: posts.lists(&holdings, |holding: &Holding| holding.post.as_ref()),
            holdings_of_person: people.lists(&holdings, |holding| holding.person.as_ref()),
            links_of_post: posts.lists(&duty_links, |link: &DutyLink| link.post.as_ref()),
            links_of_duty: duties.lists(&duty_links, |link| link.duty.as_ref()),
            posts_of_unit: units.lists(&posts, |post| post.unit.as_ref()),
            people_of_unit: units.lists(&people, |person| person.unit.as_ref()),
            parts_of_unit: children(&unit_parent),
            units_of_leader: posts.lists(&units, |unit| unit.led_by.as_ref()),
            villages_of_zone: zones.lists(&villages, |village: &Village| village.zone.as_ref()),
            villages_of_contact: people.lists(&villages, |village| village.contact.as_ref()),
            cells_of_village: villages.lists(&cells, |cell: &GridCell| cell.village.as_ref()),
            parts_of_cell: children(&cell_parent),
            cells_of_keeper: people.lists(&cells, |cell| cell.keeper.as_ref()),
            matters_of_post: posts.lists(&matters, |matter: &Matter| matter.post.as_ref()),
            matters_of_window: windows.lists(&matters, |matter| matter.window.as_ref()),
            windows_of_post: posts.lists(&windows, |window: &Window| window.post.as_ref()),
        };
        let town = day.all().into_iter().next();
        Links {
            town,
            zones,
            villages,
            units,
            posts,
            duties,
            duty_links,
            people,
            holdings,
            cells,
            matters,
            windows,
            unit_parent,
            cell_parent,
            lists,
        }
    }

    /// Who sits in a post on the day: A before B.
    pub fn holders(&self, post: &RecordId) -> Vec<Seat<'_>> {
        let Some(at) = self.posts.place(post.as_str()) else { return Vec::new() };
        let holdings = self.lists.holdings_of_post.get(at);
        let mut seats: Vec<Seat> = holdings.filter_map(|at| self.seat(at)).collect();
        seats.arrange_by(|seat| seat.role);
        seats
    }

    /// The posts a person holds on the day, the main one first.
    pub fn seats_of(&self, person: &RecordId) -> Vec<Seat<'_>> {
        let Some(at) = self.people.place(person.as_str()) else { return Vec::new() };
        let holdings = self.lists.holdings_of_person.get(at);
        let mut seats: Vec<Seat> = holdings.filter_map(|at| self.seat(at)).collect();
        seats.arrange_by(|seat| (!seat.holding.main, seat.role));
        seats
    }

    fn seat(&self, holding: usize) -> Option<Seat<'_>> {
        let holding = &self.holdings.all()[holding];
        let person = self.people.find(holding.person.as_ref())?;
        let post = self.posts.find(holding.post.as_ref())?;
        let role = holding.role.unwrap_or(HoldRole::Primary);
        Some(Seat { person, post, role, holding })
    }

    /// What a post does: lead duties before assisted ones.
    pub fn duties_of(&self, post: &RecordId) -> Vec<(&Duty, &DutyLink)> {
        let Some(at) = self.posts.place(post.as_str()) else { return Vec::new() };
        let links = self.lists.links_of_post.get(at).map(|at| &self.duty_links.all()[at]);
        let mut duties: Vec<(&Duty, &DutyLink)> =
            links.filter_map(|link| Some((self.duties.find(link.duty.as_ref())?, link))).collect();
        duties.arrange_by(|(_, link)| link.role);
        duties
    }

    /// How many duties somebody carries, by all posts they hold.
    pub fn load_of(&self, person: &RecordId) -> usize {
        self.seats_of(person).iter().map(|seat| self.duties_of(&seat.post.id).len()).sum()
    }

    /// Which posts do a duty: leading ones before assisting ones.
    pub fn posts_for(&self, duty: &RecordId) -> Vec<(&Post, &DutyLink)> {
        let Some(at) = self.duties.place(duty.as_str()) else { return Vec::new() };
        let links = self.lists.links_of_duty.get(at).map(|at| &self.duty_links.all()[at]);
        let mut posts: Vec<(&Post, &DutyLink)> =
            links.filter_map(|link| Some((self.posts.find(link.post.as_ref())?, link))).collect();
        posts.arrange_by(|(_, link)| link.role);
        posts
    }

    /// Whether some post leads a duty.
    pub fn is_led(&self, duty: &RecordId) -> bool {
        self.posts_for(duty).iter().any(|(_, link)| link.role == Some(DutyRole::Lead))
    }

    /// Posts of a unit by their number, then id.
    pub fn posts_in(&self, unit: &RecordId) -> Vec<&Post> {
        let mut posts = pick(&self.units, unit, &self.lists.posts_of_unit, &self.posts);
        posts.arrange_by(|post| post.no.unwrap_or(i64::MAX));
        posts
    }

    pub fn people_in(&self, unit: &RecordId) -> Vec<&Person> {
        pick(&self.units, unit, &self.lists.people_of_unit, &self.people)
    }

    /// Units without a unit above them, by their number.
    pub fn top_units(&self) -> Vec<&Unit> {
        let units = self.units.all().iter().zip(&self.unit_parent);
        in_order(units.filter(|(_, parent)| parent.is_none()).map(|(unit, _)| unit))
    }

    pub fn units_under(&self, unit: &RecordId) -> Vec<&Unit> {
        in_order(pick(&self.units, unit, &self.lists.parts_of_unit, &self.units).into_iter())
    }

    pub fn unit_above(&self, unit: &RecordId) -> Option<&Unit> {
        let at = self.units.place(unit.as_str())?;
        self.unit_parent[at].map(|at| &self.units.all()[at])
    }

    /// The post in charge of a unit, or of the nearest unit above that names one.
    pub fn leader_of(&self, unit: &RecordId) -> Option<&Post> {
        let mut at = self.units.place(unit.as_str());
        while let Some(here) = at {
            let unit = &self.units.all()[here];
            if unit.led_by.is_some() {
                return self.posts.find(unit.led_by.as_ref());
            }
            at = self.unit_parent[here];
        }
        None
    }

    /// Units a post is in charge of (分管), by their number.
    pub fn units_led_by(&self, post: &RecordId) -> Vec<&Unit> {
        in_order(pick(&self.posts, post, &self.lists.units_of_leader, &self.units).into_iter())
    }

    /// Posts of the 领导班子, by their number.
    pub fn leader_posts(&self) -> Vec<&Post> {
        let groups = self.units.all().iter();
        let groups = groups.filter(|unit| unit.role == Some(UnitRole::Leadership));
        groups.flat_map(|unit| self.posts_in(&unit.id)).collect()
    }

    pub fn villages_in(&self, zone: &RecordId) -> Vec<&Village> {
        pick(&self.zones, zone, &self.lists.villages_of_zone, &self.villages)
    }

    /// Villages somebody looks after (包村).
    pub fn villages_of(&self, person: &RecordId) -> Vec<&Village> {
        pick(&self.people, person, &self.lists.villages_of_contact, &self.villages)
    }

    /// Cells of a level that name the village as theirs.
    pub fn cells_in(&self, village: &RecordId, level: GridLevel) -> Vec<&GridCell> {
        let mut cells = pick(&self.villages, village, &self.lists.cells_of_village, &self.cells);
        cells.retain(|cell| cell.level == Some(level));
        cells
    }

    /// The cells one level below.
    pub fn parts_of(&self, cell: &RecordId) -> Vec<&GridCell> {
        pick(&self.cells, cell, &self.lists.parts_of_cell, &self.cells)
    }

    pub fn cell_above(&self, cell: &RecordId) -> Option<&GridCell> {
        let at = self.cells.place(cell.as_str())?;
        self.cell_parent[at].map(|at| &self.cells.all()[at])
    }

    /// Cells somebody keeps.
    pub fn cells_kept_by(&self, person: &RecordId) -> Vec<&GridCell> {
        pick(&self.people, person, &self.lists.cells_of_keeper, &self.cells)
    }

    /// Who serves a cell, nearest first: keeper, deputy, keepers of the cells above, 包村干部.
    pub fn serving(&self, cell: &RecordId) -> Vec<Service<'_>> {
        let Some(cell) = self.cells.get(cell.as_str()) else { return Vec::new() };
        let mut found = Vec::new();
        self.serve(&mut found, ServiceRole::Keeper, self.people.find(cell.keeper.as_ref()));
        self.serve(&mut found, ServiceRole::Deputy, self.people.find(cell.deputy.as_ref()));
        let mut above = self.cell_above(&cell.id);
        while let Some(up) = above {
            self.serve(&mut found, ServiceRole::ParentKeeper, self.people.find(up.keeper.as_ref()));
            above = self.cell_above(&up.id);
        }
        let village = self.villages.find(cell.village.as_ref());
        let contact = village.and_then(|village| self.people.find(village.contact.as_ref()));
        self.serve(&mut found, ServiceRole::Contact, contact);
        found
    }

    fn serve<'a>(
        &'a self,
        found: &mut Vec<Service<'a>>,
        role: ServiceRole,
        person: Option<&'a Person>,
    ) {
        let Some(person) = person else { return };
        if found.iter().all(|known| known.person.id != person.id) {
            let posts = self.seats_of(&person.id).into_iter().map(|seat| seat.post).collect();
            found.push(Service { role, person, posts });
        }
    }

    pub fn matters_of_post(&self, post: &RecordId) -> Vec<&Matter> {
        pick(&self.posts, post, &self.lists.matters_of_post, &self.matters)
    }

    pub fn matters_at(&self, window: &RecordId) -> Vec<&Matter> {
        pick(&self.windows, window, &self.lists.matters_of_window, &self.matters)
    }

    pub fn windows_of_post(&self, post: &RecordId) -> Vec<&Window> {
        pick(&self.posts, post, &self.lists.windows_of_post, &self.windows)
    }

    /// A post with its unit before it: titles such as 主任 repeat from unit to unit.
    pub fn post_name(&self, post: &Post) -> String {
        match self.units.find(post.unit.as_ref()) {
            Some(unit) => format!("{}·{}", short_name(unit), post.title),
            None => post.title.to_string(),
        }
    }
}

/// 简称, or the name where there is none.
pub fn short_name(unit: &Unit) -> &str {
    if unit.short.is_empty() { &unit.name } else { &unit.short }
}

fn in_order<'a>(units: impl Iterator<Item = &'a Unit>) -> Vec<&'a Unit> {
    let mut units: Vec<&Unit> = units.collect();
    units.arrange_by(|unit| unit.no.unwrap_or(i64::MAX));
    units
}

/// What belongs to one owner; nothing where the owner is not there.
fn pick<'a, O: Record, I: Record>(
    owners: &Shelf<O>,
    owner: &RecordId,
    lists: &Lists,
    items: &'a Shelf<I>,
) -> Vec<&'a I> {
    let Some(at) = owners.place(owner.as_str()) else { return Vec::new() };
    lists.get(at).map(|at| &items.all()[at]).collect()
}

/// The place of each record's parent, climbing safe: rings are cut by the fold.
fn parents<K: Record>(day: &Day, shelf: &Shelf<K>) -> Vec<Option<usize>> {
    let Some(kind) = schema().kind(K::ID) else { return vec![None; shelf.all().len()] };
    let table = day.township.table(kind);
    let parent = |record: &K| {
        let parent = day.township.parent(kind, table.slot(record.id().as_str())?)?;
        shelf.place(table.at(parent).id.as_str())
    };
    shelf.all().iter().map(parent).collect()
}

fn children(parents: &[Option<usize>]) -> Lists {
    Lists::of(parents.len(), parents.iter().copied().enumerate())
}
