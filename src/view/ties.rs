//! 关系线 of a township: who leads, stands in, holds several posts, answers for villages, which county department guides a
//! unit, and who belongs to which 专班. Names people only where the reader may know them. Draws nothing.

use rustc_hash::FxHashSet;

use super::group_id;
use crate::model::kinds::force_member::ForceRole;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Post, Unit};
use crate::picture::chart::Form;
use crate::picture::chart::ties::{Outside, Tie, TieKind, Ties};
use crate::rules::links::Seat;
use crate::rules::{Links, Work};

/// What to draw lines of, on a chart of this form.
#[derive(Clone, Debug)]
pub struct TieAsk {
    pub kinds: Vec<TieKind>,
    pub form: Form,
}

/// Kinds of lines that a form can show: where leaders stand above their units no line is needed, and the chain has
/// neither posts nor units.
pub fn fitting(form: Form) -> &'static [TieKind] {
    match form {
        Form::Boards => &TieKind::ALL,
        Form::Tree | Form::Across | Form::Wall => &TieKind::ALL[1..],
        Form::Chain | Form::Work => &[],
    }
}

/// The lines of a township.
pub fn ties(links: &Links, work: &Work, ask: &TieAsk) -> Ties {
    let mut found = Finding { links, work, ties: Ties::default() };
    for kind in fitting(ask.form).iter().filter(|kind| ask.kinds.contains(kind)) {
        match kind {
            TieKind::Led => found.led(),
            TieKind::StandIn => found.standing_in(),
            TieKind::Several => found.several(),
            TieKind::Contact => found.contacts(),
            TieKind::County => found.county(),
            TieKind::Force => found.forces(),
        }
    }
    found.ties
}

struct Finding<'a> {
    links: &'a Links,
    work: &'a Work,
    ties: Ties,
}

fn post_id(post: &Post) -> String {
    group_id("post", &post.id)
}

/// The post a person is known by: the main one, else the first held as A岗.
fn home<'a>(seats: &[Seat<'a>]) -> Option<&'a Post> {
    let own = seats.iter().filter(|seat| seat.role == HoldRole::Primary);
    let main = seats.iter().find(|seat| seat.holding.main);
    main.or_else(|| own.clone().next()).map(|seat| seat.post)
}

impl Finding<'_> {
    fn add(&mut self, kind: TieKind, from: String, to: String, title: String) {
        if from != to {
            self.ties.ties.push(Tie { kind, from, to, title });
        }
    }

    fn led(&mut self) {
        let links = self.links;
        for unit in links.units.all() {
            if let Some(post) = links.leader_of(&unit.id) {
                let title = format!("{}分管{}", post.title, unit.name);
                self.add(TieKind::Led, post_id(post), group_id("unit", &unit.id), title);
            }
        }
    }

    /// From the post a person is known by to the others they hold in a role.
    fn seats(&mut self, kind: TieKind, role: HoldRole, says: fn(&Post, &Post) -> String) {
        let links = self.links;
        for person in links.people.all() {
            let seats = links.seats_of(&person.id);
            let Some(home) = home(&seats) else { continue };
            for seat in seats.iter().filter(|seat| seat.role == role) {
                self.add(kind, post_id(home), post_id(seat.post), says(home, seat.post));
            }
        }
    }

    fn standing_in(&mut self) {
        self.seats(TieKind::StandIn, HoldRole::Backup, |home, post| {
            format!("{}的人是{}的B岗", home.title, post.title)
        });
    }

    fn several(&mut self) {
        self.seats(TieKind::Several, HoldRole::Primary, |home, post| {
            format!("{}和{}是同一个人", home.title, post.title)
        });
    }

    fn contacts(&mut self) {
        let links = self.links;
        for village in links.villages.all() {
            let person =
                village.contact.as_ref().and_then(|person| links.people.find(Some(person)));
            let Some(person) = person else { continue };
            let Some(home) = home(&links.seats_of(&person.id)) else { continue };
            let id = group_id("village", &village.id);
            let title = format!("{}包{}", home.title, village.name);
            self.add(TieKind::Contact, post_id(home), id.clone(), title);
            self.outside(TieKind::Contact, id, village.name.to_string());
        }
    }

    fn county(&mut self) {
        let links = self.links;
        let mut known = FxHashSet::default();
        for unit in links.units.all() {
            for name in departments(unit) {
                let id = format!("county/{name}");
                if known.insert(name.to_string()) {
                    self.outside(TieKind::County, id.clone(), name.to_string());
                }
                let title = format!("{name}指导{}", unit.name);
                self.add(TieKind::County, id, group_id("unit", &unit.id), title);
            }
        }
    }

    fn forces(&mut self) {
        let (links, work) = (self.links, self.work);
        for force in work.forces.all() {
            let id = group_id("task_force", &force.id);
            let lead = links.posts.find(force.lead.as_ref());
            if let Some(post) = lead {
                let title = format!("{}是{}的组长", post.title, force.name);
                self.add(TieKind::Force, post_id(post), id.clone(), title);
            }
            let mut any = lead.is_some();
            for member in work.members_of(&force.id) {
                let Some(post) = links.posts.find(member.post.as_ref()) else { continue };
                let role = member.role.unwrap_or(ForceRole::Member).label();
                let title = format!("{}是{}的{role}", post.title, force.name);
                self.add(TieKind::Force, post_id(post), id.clone(), title);
                any = true;
            }
            if any {
                self.outside(TieKind::Force, id, force.name.to_string());
            }
        }
    }

    fn outside(&mut self, kind: TieKind, id: String, name: String) {
        self.ties.outside.push(Outside { id, name, kind });
    }
}

/// 对口县级部门, as they are written one after the other.
fn departments(unit: &Unit) -> impl Iterator<Item = &str> {
    let parts = unit.county_depts.split(['、', '，', ',', '；', ';']);
    parts.map(str::trim).filter(|name| !name.is_empty())
}
