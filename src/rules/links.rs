//! Everything of a township joined in one pass: post → people and duties, unit → posts, leader →
//! units, village → cells → the posts that serve them. Pictures, look-up and pages share it.
//!
//! A snapshot of one day: it does not follow later edits. Joins only; judges nothing.

use super::shelf::{Lists, Owned, Shelf};
use crate::model::kinds::duty_link::DutyRole;
use crate::model::kinds::grid_cell::GridLevel;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::unit::UnitRole;
use crate::model::kinds::{
    Duty, DutyLink, GridCell, Holding, Matter, Person, Post, ProxyPoint, Town, Unit, Village,
    Window, Zone,
};
use crate::model::{Date, Day, Record, RecordId, schema};
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
#[derive(Debug, Default)]
pub struct Links {
    /// The day all of it holds on; none where nothing was joined yet.
    pub day: Option<Date>,
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
    pub proxy_points: Shelf<ProxyPoint>,
    unit_parent: Vec<Option<usize>>,
    cell_parent: Vec<Option<usize>>,
    parts_of_unit: Lists,
    parts_of_cell: Lists,
    joined: Joined,
}

/// Who owns what.
#[derive(Debug, Default)]
struct Joined {
    holdings_of_post: Owned<Post, Holding>,
    holdings_of_person: Owned<Person, Holding>,
    links_of_post: Owned<Post, DutyLink>,
    links_of_duty: Owned<Duty, DutyLink>,
    posts_of_unit: Owned<Unit, Post>,
    people_of_unit: Owned<Unit, Person>,
    units_of_leader: Owned<Post, Unit>,
    villages_of_zone: Owned<Zone, Village>,
    villages_of_contact: Owned<Person, Village>,
    cells_of_village: Owned<Village, GridCell>,
    cells_of_keeper: Owned<Person, GridCell>,
    matters_of_post: Owned<Post, Matter>,
    matters_of_window: Owned<Window, Matter>,
    windows_of_post: Owned<Post, Window>,
}

impl Links {
    pub fn of(day: &Day) -> Links {
        Links::default().renewed(day)
    }

    /// The township of a day; what nothing was written to since is taken over.
    pub fn renewed(&self, day: &Day) -> Links {
        let zones = self.zones.renewed(day);
        let villages = self.villages.renewed(day);
        let units = self.units.renewed(day);
        let posts = self.posts.renewed(day);
        let duties = self.duties.renewed(day);
        let duty_links = self.duty_links.renewed(day);
        let people = self.people.renewed(day);
        let holdings = self.holdings.renewed(day);
        let cells = self.cells.renewed(day);
        let matters = self.matters.renewed(day);
        let windows = self.windows.renewed(day);
        let proxy_points = self.proxy_points.renewed(day);
        let was = &self.joined;
        let joined = Joined {
            holdings_of_post: was
                .holdings_of_post
                .renewed(&posts, &holdings, |holding| holding.post.as_ref()),
            holdings_of_person: was
                .holdings_of_person
                .renewed(&people, &holdings, |holding| holding.person.as_ref()),
            links_of_post: was
                .links_of_post
                .renewed(&posts, &duty_links, |link| link.post.as_ref()),
            links_of_duty: was
                .links_of_duty
                .renewed(&duties, &duty_links, |link| link.duty.as_ref()),
            posts_of_unit: was.posts_of_unit.renewed(&units, &posts, |post| post.unit.as_ref()),
            people_of_unit: was
                .people_of_unit
                .renewed(&units, &people, |person| person.unit.as_ref()),
            units_of_leader: was
                .units_of_leader
                .renewed(&posts, &units, |unit| unit.led_by.as_ref()),
            villages_of_zone: was
                .villages_of_zone
                .renewed(&zones, &villages, |village| village.zone.as_ref()),
            villages_of_contact: was
                .villages_of_contact
                .renewed(&people, &villages, |village| village.contact.as_ref()),
            cells_of_village: was
                .cells_of_village
                .renewed(&villages, &cells, |cell| cell.village.as_ref()),
            cells_of_keeper: was
                .cells_of_keeper
                .renewed(&people, &cells, |cell| cell.keeper.as_ref()),
            matters_of_post: was
                .matters_of_post
                .renewed(&posts, &matters, |matter| matter.post.as_ref()),
            matters_of_window: was
                .matters_of_window
                .renewed(&windows, &matters, |matter| matter.window.as_ref()),
            windows_of_post: was
                .windows_of_post
                .renewed(&posts, &windows, |window| window.post.as_ref()),
        };
        let unit_parent = parents(day, &units);
        let cell_parent = parents(day, &cells);
        Links {
            day: Some(day.day),
            town: day.all().into_iter().next(),
            parts_of_unit: children(&unit_parent),
            parts_of_cell: children(&cell_parent),
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
            proxy_points,
            unit_parent,
            cell_parent,
            joined,
        }
    }

    /// Who sits in a post on the day: A before B.
    pub fn holders(&self, post: &RecordId) -> Vec<Seat<'_>> {
        let mut seats: Vec<Seat> = self.seats_at(post).collect();
        seats.arrange_by(|seat| seat.role);
        seats
    }

    /// The same in no order.
    fn seats_at<'a>(&'a self, post: &RecordId) -> impl Iterator<Item = Seat<'a>> {
        let holdings = self.joined.holdings_of_post.by(post);
        holdings.filter_map(|holding| self.seat(holding))
    }

    /// Nobody sits in a post as A.
    pub fn is_vacant(&self, post: &RecordId) -> bool {
        self.seats_at(post).all(|seat| seat.role != HoldRole::Primary)
    }

    /// The posts a person holds on the day, the main one first.
    pub fn seats_of(&self, person: &RecordId) -> Vec<Seat<'_>> {
        let holdings = self.joined.holdings_of_person.by(person);
        let mut seats: Vec<Seat> = holdings.filter_map(|holding| self.seat(holding)).collect();
        seats.arrange_by(|seat| (!seat.holding.main, seat.role));
        seats
    }

    fn seat<'a>(&'a self, holding: &'a Holding) -> Option<Seat<'a>> {
        let person = self.people.find(holding.person.as_ref())?;
        let post = self.posts.find(holding.post.as_ref())?;
        let role = holding.role.unwrap_or(HoldRole::Primary);
        Some(Seat { person, post, role, holding })
    }

    /// What a post does: lead duties before assisted ones.
    pub fn duties_of(&self, post: &RecordId) -> Vec<(&Duty, &DutyLink)> {
        let mut duties: Vec<(&Duty, &DutyLink)> = self.done_by(post).collect();
        duties.arrange_by(|(_, link)| link.role);
        duties
    }

    /// The same in no order.
    fn done_by<'a>(&'a self, post: &RecordId) -> impl Iterator<Item = (&'a Duty, &'a DutyLink)> {
        let links = self.joined.links_of_post.by(post);
        links.filter_map(|link| Some((self.duties.find(link.duty.as_ref())?, link)))
    }

    /// How many duties a post has.
    pub fn duty_count(&self, post: &RecordId) -> usize {
        self.done_by(post).count()
    }

    /// How many duties somebody carries, by all posts they hold.
    pub fn load_of(&self, person: &RecordId) -> usize {
        self.seats_of(person).iter().map(|seat| self.duty_count(&seat.post.id)).sum()
    }

    /// Which posts do a duty: leading ones before assisting ones.
    pub fn posts_for(&self, duty: &RecordId) -> Vec<(&Post, &DutyLink)> {
        let links = self.joined.links_of_duty.by(duty);
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
        let mut posts: Vec<&Post> = self.joined.posts_of_unit.by(unit).collect();
        posts.arrange_by(|post| post.no.unwrap_or(i64::MAX));
        posts
    }

    pub fn people_in(&self, unit: &RecordId) -> Vec<&Person> {
        self.joined.people_of_unit.by(unit).collect()
    }

    /// Units without a unit above them, by their number.
    pub fn top_units(&self) -> Vec<&Unit> {
        let units = self.units.all().iter().zip(&self.unit_parent);
        in_order(units.filter(|(_, parent)| parent.is_none()).map(|(unit, _)| unit))
    }

    pub fn units_under(&self, unit: &RecordId) -> Vec<&Unit> {
        in_order(parts(&self.units, unit, &self.parts_of_unit).into_iter())
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
        in_order(self.joined.units_of_leader.by(post))
    }

    /// Posts of the 领导班子, by their number.
    pub fn leader_posts(&self) -> Vec<&Post> {
        let groups = self.units.all().iter();
        let groups = groups.filter(|unit| unit.role == Some(UnitRole::Leadership));
        groups.flat_map(|unit| self.posts_in(&unit.id)).collect()
    }

    pub fn villages_in(&self, zone: &RecordId) -> Vec<&Village> {
        self.joined.villages_of_zone.by(zone).collect()
    }

    /// Villages somebody looks after (包村).
    pub fn villages_of(&self, person: &RecordId) -> Vec<&Village> {
        self.joined.villages_of_contact.by(person).collect()
    }

    /// Cells of a level that name the village as theirs.
    pub fn cells_in(&self, village: &RecordId, level: GridLevel) -> Vec<&GridCell> {
        let mut cells: Vec<&GridCell> = self.joined.cells_of_village.by(village).collect();
        cells.retain(|cell| cell.level == Some(level));
        cells
    }

    /// The cells one level below.
    pub fn parts_of(&self, cell: &RecordId) -> Vec<&GridCell> {
        parts(&self.cells, cell, &self.parts_of_cell)
    }

    pub fn cell_above(&self, cell: &RecordId) -> Option<&GridCell> {
        let at = self.cells.place(cell.as_str())?;
        self.cell_parent[at].map(|at| &self.cells.all()[at])
    }

    /// Cells somebody keeps.
    pub fn cells_kept_by(&self, person: &RecordId) -> Vec<&GridCell> {
        self.joined.cells_of_keeper.by(person).collect()
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
        self.joined.matters_of_post.by(post).collect()
    }

    pub fn matters_at(&self, window: &RecordId) -> Vec<&Matter> {
        self.joined.matters_of_window.by(window).collect()
    }

    pub fn windows_of_post(&self, post: &RecordId) -> Vec<&Window> {
        self.joined.windows_of_post.by(post).collect()
    }

    /// 代办点 in the order of their villages, then of their names.
    pub fn points_by_village(&self) -> Vec<&ProxyPoint> {
        let mut points: Vec<&ProxyPoint> = self.proxy_points.all().iter().collect();
        points.arrange_by(|point| {
            (self.villages.place_of(point.village.as_ref()), point.name.clone())
        });
        points
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

/// What stands below one record of a tree.
fn parts<'a, K: Record>(shelf: &'a Shelf<K>, above: &RecordId, lists: &Lists) -> Vec<&'a K> {
    let Some(at) = shelf.place(above.as_str()) else { return Vec::new() };
    lists.get(at).map(|at| &shelf.all()[at]).collect()
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
