//! The 87 of the force and the posts they hold: 47 on quota, 17 stationed, 4 seconded, 19 contract.

use gangtu::model::kinds::holding::HoldRole;
use gangtu::model::kinds::person::{Sex, StaffIdentity};
use gangtu::model::kinds::{Holding, Person, Unit};
use gangtu::model::{Date, Text};

use super::base::{date, id, to};
use super::dice::Dice;
use super::names::Names;
use super::source::{Line, Sheet};

/// The force with its holdings.
pub struct Force {
    pub people: Vec<Person>,
    pub holdings: Vec<Holding>,
}

impl Force {
    /// Who sits in a post as A, by person id.
    fn seated(&self, post: &str) -> Vec<String> {
        let here = |holding: &&Holding| {
            holding.role == Some(HoldRole::Primary)
                && holding.post.as_ref().is_some_and(|held| held.id.as_str() == post)
        };
        let person = |holding: &Holding| Some(holding.person.as_ref()?.id.to_string());
        self.holdings.iter().filter(here).filter_map(person).collect()
    }

    fn seat(&mut self, person: &str, post: &str, role: HoldRole, main: bool) {
        self.holdings.push(Holding {
            id: id(&format!("{post}.{person}")),
            person: to(person),
            post: to(post),
            role: Some(role),
            main,
            ..Holding::default()
        });
    }
}

/// `行1+借1` → one administrative, one seconded.
pub fn staff(text: &str) -> Vec<StaffIdentity> {
    text.split('+').filter(|part| !part.is_empty()).flat_map(staff_part).collect()
}

fn staff_part(part: &str) -> Vec<StaffIdentity> {
    let identity = match part.chars().next() {
        Some('行') => StaffIdentity::Administrative,
        Some('事') => StaffIdentity::Institution,
        Some('派') => StaffIdentity::Stationed,
        Some('借') => StaffIdentity::Seconded,
        Some('编') => StaffIdentity::Contract,
        _ => panic!("{part} is no staff"),
    };
    let count = part.chars().skip(1).collect::<String>().parse().unwrap_or(0);
    vec![identity; count]
}

pub fn force(posts: &Sheet, units: &[Unit], names: &mut Names) -> Result<Force, String> {
    let special = Sheet::read("yunxi/names_special.csv")?;
    let mut maker = Maker { names, special: &special, dice: Dice::new(47), units };
    let mut force = Force { people: Vec::new(), holdings: Vec::new() };
    for line in posts.lines() {
        for (seat, identity) in staff(line.get("staff")).into_iter().enumerate() {
            let person = maker.person(force.people.len() + 1, line, seat, identity);
            force.seat(person.id.as_str(), line.get("id"), HoldRole::Primary, true);
            force.people.push(person);
        }
    }
    let newcomer = maker.newcomer(force.people.len() + 1);
    force.people.push(newcomer);
    stand_in(posts, &mut force);
    plant(&mut force);
    Ok(force)
}

/// B holders, and those who fill a second post.
fn stand_in(posts: &Sheet, force: &mut Force) {
    for line in posts.lines() {
        let post = line.get("id");
        if let Some(person) = force.seated(line.get("extra")).first() {
            force.seat(person, post, HoldRole::Primary, false);
        }
        if let Some(person) = force.seated(line.get("backup")).first() {
            force.seat(person, post, HoldRole::Backup, false);
        }
    }
}

/// What the sample shows going wrong, beside the vacant posts of the sheet and the newcomer without a
/// post: one person with two main posts, one secondment without an end.
fn plant(force: &mut Force) {
    let second = force.holdings.iter_mut().find(|holding| {
        holding.role == Some(HoldRole::Backup)
            && holding.post.as_ref().is_some_and(|post| post.id.as_str() == "gg3")
    });
    if let Some(holding) = second {
        holding.main = true;
    }
    let mut people = force.people.iter_mut();
    if let Some(person) = people.find(|one| one.identity == Some(StaffIdentity::Seconded)) {
        person.until = None;
    }
}

struct Maker<'a> {
    names: &'a mut Names,
    special: &'a Sheet,
    dice: Dice,
    units: &'a [Unit],
}

impl Maker<'_> {
    fn person(&mut self, no: usize, post: Line, seat: usize, identity: StaffIdentity) -> Person {
        let named =
            self.special.lines().find(|line| line.get("post") == post.get("id") && seat == 0);
        let (name, sex) = match named {
            Some(line) => (line.get("name").to_string(), Sex::from_id(line.get("sex"))),
            None => (self.names.take(), Some(self.names.sex())),
        };
        let unit = self.units.iter().find(|unit| unit.id.as_str() == post.get("unit"));
        let seconded = identity == StaffIdentity::Seconded;
        Person {
            name: name.as_str().into(),
            leader: post.get("unit") == "ld",
            unit: to(post.get("unit")),
            on_quota: matches!(
                identity,
                StaffIdentity::Administrative | StaffIdentity::Institution
            ),
            sex,
            from: unit.map_or(Text::default(), |unit| from(identity, unit)),
            second_line: post.get("track") == "special",
            since: seconded.then(|| date("2026-03-01")).flatten(),
            until: seconded.then(|| date("2027-03-01")).flatten(),
            ..self.blank(no, identity)
        }
    }

    /// Signed on last week, no post yet.
    fn newcomer(&mut self, no: usize) -> Person {
        Person {
            name: self.names.take().as_str().into(),
            sex: Some(self.names.sex()),
            unit: to("bm"),
            since: date("2026-10-26"),
            note: "新招录，待定岗".into(),
            ..self.blank(no, StaffIdentity::Contract)
        }
    }

    fn blank(&mut self, no: usize, identity: StaffIdentity) -> Person {
        let schools = ["大学本科", "大学本科", "大学本科", "大学专科", "研究生"];
        let parties = ["中共党员", "中共党员", "中共党员", "群众", "共青团员"];
        Person {
            id: id(&format!("r{no:03}")),
            identity: Some(identity),
            birth: self.birth(),
            education: (*self.dice.pick(&schools)).into(),
            party: (*self.dice.pick(&parties)).into(),
            office_phone: format!("10008811{no:03}").as_str().into(),
            mobile: format!("1000{:07}", 3_300_000 + no * 137).as_str().into(),
            ..Person::default()
        }
    }

    fn birth(&mut self) -> Option<Date> {
        let (year, month) = (self.dice.between(1968, 2001), self.dice.between(1, 12));
        Date::from_ymd_opt(year as i32, month as u32, 1)
    }
}

/// Where a stationed or seconded person comes from.
fn from(identity: StaffIdentity, unit: &Unit) -> Text {
    let first = unit.county_depts.split('、').next().unwrap_or("");
    match identity {
        StaffIdentity::Stationed | StaffIdentity::Seconded => first.into(),
        _ => Text::default(),
    }
}
