//! From a hit to what a person came for: which post, who (A, stand-in B), window, place, phone, what to
//! bring, when. Joins what the records say; invents nothing, and names only whom the reader may see.

pub mod entries;

use self::entries::record_of;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Matter, Person, Post, Window};
use crate::model::{KindIx, RecordId, Text, schema};
use crate::rules::Links;
use gangtu_search::{Hit, MatchKind};

/// A post as an answer names it.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerPost {
    pub id: RecordId,
    /// 机构·岗位
    pub name: String,
    /// Holder of the A-post; `None` where vacant, or where the reader may not see the name.
    pub primary: Option<String>,
    pub backup: Option<String>,
    pub vacant: bool,
    pub has_backup: bool,
    pub phone: Text,
    pub place: Text,
}

/// Where to go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerPlace {
    pub window: String,
    pub place: Text,
    pub hours: Text,
    pub phone: Text,
}

/// One answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub kind: KindIx,
    pub id: RecordId,
    pub title: String,
    /// What the hit was on besides the title: the everyday word, the village …
    pub why: MatchKind,
    pub posts: Vec<AnswerPost>,
    pub place: AnswerPlace,
    /// Label and text of whatever else the card says, in the order of the declaration.
    pub lines: Vec<(&'static str, String)>,
}

/// Posts named for a unit, a duty or a cell; more is a list, not an answer.
const MOST_POSTS: usize = 6;

/// Sections of a matter's card, as the shortest public 办事指南 has them.
const CARD: &[&str] = &["condition", "materials", "steps", "fee", "proxy", "online", "department"];

impl Answer {
    /// Found only by taking a letter or character for another: offered, not asserted.
    pub fn is_guess(&self) -> bool {
        self.why == MatchKind::Typo
    }

    /// `names`: whether the reader may see the names of people other than leaders.
    pub fn of(hit: &Hit, links: &Links, names: bool) -> Option<Answer> {
        let (kind, id) = record_of(&hit.id)?;
        let mut answer = Answer {
            kind,
            title: String::new(),
            why: hit.why,
            posts: Vec::new(),
            place: AnswerPlace::default(),
            lines: Vec::new(),
            id,
        };
        let join = Join { links, names };
        match schema().kinds[kind].spec.id {
            "matter" => join.matter(&mut answer)?,
            "post" => join.post(&mut answer)?,
            "duty" => join.duty(&mut answer)?,
            "unit" => join.unit(&mut answer)?,
            "person" => join.person(&mut answer)?,
            "village" => join.village(&mut answer)?,
            "zone" => join.zone(&mut answer)?,
            "grid_cell" => join.cell(&mut answer)?,
            "window" => join.window(&mut answer)?,
            _ => return None,
        }
        answer.posts.truncate(MOST_POSTS);
        Some(answer)
    }
}

struct Join<'a> {
    links: &'a Links,
    names: bool,
}

impl Join<'_> {
    fn matter(&self, answer: &mut Answer) -> Option<()> {
        let matter = self.links.matters.get(answer.id.as_str())?;
        answer.title = matter.name.to_string();
        let window = self.links.windows.find(matter.window.as_ref());
        let post = self.links.posts.find(matter.post.as_ref());
        let post = post.or_else(|| self.links.posts.find(window?.post.as_ref()));
        answer.posts.extend(post.map(|post| self.answer_post(post)));
        answer.place = self.matter_place(matter, window);
        answer.lines = card(matter);
        Some(())
    }

    fn matter_place(&self, matter: &Matter, window: Option<&Window>) -> AnswerPlace {
        let town = self.links.town.as_ref();
        let from_window = window.map(window_place).unwrap_or_default();
        let hall = |own: &Text, window: &Text, town: Option<&Text>| -> Text {
            [Some(own), Some(window), town]
                .into_iter()
                .flatten()
                .find(|text| !text.is_empty())
                .cloned()
                .unwrap_or_default()
        };
        AnswerPlace {
            place: hall(&matter.place, &from_window.place, town.map(|town| &town.hall)),
            hours: hall(&matter.hours, &from_window.hours, town.map(|town| &town.hall_hours)),
            phone: hall(&matter.phone, &from_window.phone, town.map(|town| &town.hall_phone)),
            window: from_window.window,
        }
    }

    fn post(&self, answer: &mut Answer) -> Option<()> {
        let post = self.links.posts.get(answer.id.as_str())?;
        answer.title = self.links.post_name(post);
        answer.posts.push(self.answer_post(post));
        if !post.duties.is_empty() {
            answer.lines.push(("岗位职责", post.duties.to_string()));
        }
        let matters = self.links.matters_of_post(&post.id);
        if !matters.is_empty() {
            answer.lines.push(("能办事项", names(matters.iter().map(|matter| &*matter.name))));
        }
        Some(())
    }

    fn duty(&self, answer: &mut Answer) -> Option<()> {
        let duty = self.links.duties.get(answer.id.as_str())?;
        answer.title = duty.name.to_string();
        let posts = self.links.posts_for(&duty.id);
        answer.posts = posts.into_iter().map(|(post, _)| self.answer_post(post)).collect();
        if !duty.class.is_empty() {
            answer.lines.push(("类别", duty.class.to_string()));
        }
        Some(())
    }

    fn unit(&self, answer: &mut Answer) -> Option<()> {
        let unit = self.links.units.get(answer.id.as_str())?;
        answer.title = unit.name.to_string();
        answer.posts =
            self.links.posts_in(&unit.id).into_iter().map(|post| self.answer_post(post)).collect();
        answer.place.place = unit.place.clone();
        answer.place.phone = unit.phone.clone();
        let leader = self.links.leader_of(&unit.id);
        answer.lines.extend(leader.map(|post| ("分管领导", self.links.post_name(post))));
        Some(())
    }

    fn person(&self, answer: &mut Answer) -> Option<()> {
        let person = self.links.people.get(answer.id.as_str())?;
        answer.title = self.name(person)?;
        let seats = self.links.seats_of(&person.id);
        answer.posts = seats.into_iter().map(|seat| self.answer_post(seat.post)).collect();
        answer.place.phone = person.office_phone.clone();
        let villages = self.links.villages_of(&person.id);
        if !villages.is_empty() {
            answer.lines.push(("包村", names(villages.iter().map(|village| &*village.name))));
        }
        Some(())
    }

    fn village(&self, answer: &mut Answer) -> Option<()> {
        let village = self.links.villages.get(answer.id.as_str())?;
        answer.title = village.name.to_string();
        answer.place.place = village.place.clone();
        answer.place.phone = village.phone.clone();
        let contact = self.links.people.find(village.contact.as_ref());
        let seats = contact.map(|person| self.links.seats_of(&person.id)).unwrap_or_default();
        answer.posts = seats.into_iter().map(|seat| self.answer_post(seat.post)).collect();
        answer.lines.extend(self.named("包村干部", contact));
        let secretary = self.links.people.find(village.secretary.as_ref());
        answer.lines.extend(self.named("党组织书记", secretary));
        let zone = self.links.zones.find(village.zone.as_ref());
        answer.lines.extend(zone.map(|zone| ("所属片区", zone.name.to_string())));
        Some(())
    }

    fn zone(&self, answer: &mut Answer) -> Option<()> {
        let zone = self.links.zones.get(answer.id.as_str())?;
        answer.title = zone.name.to_string();
        let head = self.links.people.find(zone.head.as_ref());
        answer.lines.extend(self.named("片长", head));
        let villages = self.links.villages_in(&zone.id);
        answer.lines.push(("所辖村（社区）", names(villages.iter().map(|village| &*village.name))));
        Some(())
    }

    fn cell(&self, answer: &mut Answer) -> Option<()> {
        let cell = self.links.cells.get(answer.id.as_str())?;
        answer.title = cell.name.to_string();
        answer.place.phone = cell.phone.clone();
        for service in self.links.serving(&cell.id) {
            answer.lines.extend(self.named(service.role.label(), Some(service.person)));
            answer.posts.extend(service.posts.into_iter().map(|post| self.answer_post(post)));
        }
        Some(())
    }

    fn window(&self, answer: &mut Answer) -> Option<()> {
        let window = self.links.windows.get(answer.id.as_str())?;
        answer.place = window_place(window);
        // Its name is the title.
        answer.title = std::mem::take(&mut answer.place.window);
        let post = self.links.posts.find(window.post.as_ref());
        answer.posts.extend(post.map(|post| self.answer_post(post)));
        let matters = self.links.matters_at(&window.id);
        if !matters.is_empty() {
            answer.lines.push(("能办事项", names(matters.iter().map(|matter| &*matter.name))));
        }
        Some(())
    }

    fn answer_post(&self, post: &Post) -> AnswerPost {
        let seats = self.links.holders(&post.id);
        let holder = |role| seats.iter().find(|seat| seat.role == role).map(|seat| seat.person);
        let (primary, backup) = (holder(HoldRole::Primary), holder(HoldRole::Backup));
        let unit = self.links.units.find(post.unit.as_ref());
        let own_or_units = |own: &Text, units: Option<&Text>| {
            if own.is_empty() { units.cloned().unwrap_or_default() } else { own.clone() }
        };
        AnswerPost {
            id: post.id.clone(),
            name: self.links.post_name(post),
            // A table of posts alone says nothing of who holds them.
            vacant: primary.is_none() && !self.links.holdings.all().is_empty(),
            has_backup: backup.is_some(),
            primary: primary.and_then(|person| self.name(person)),
            backup: backup.and_then(|person| self.name(person)),
            phone: own_or_units(&post.phone, unit.map(|unit| &unit.phone)),
            place: own_or_units(&post.place, unit.map(|unit| &unit.place)),
        }
    }

    /// A person's name where the reader may see it.
    fn name(&self, person: &Person) -> Option<String> {
        (self.names || person.leader).then(|| person.name.to_string())
    }

    fn named(
        &self,
        label: &'static str,
        person: Option<&Person>,
    ) -> Option<(&'static str, String)> {
        Some((label, self.name(person?)?))
    }
}

fn window_place(window: &Window) -> AnswerPlace {
    let number = window.no.map(|no| format!("{no} 号窗口 ")).unwrap_or_default();
    AnswerPlace {
        window: format!("{number}{}", window.name),
        place: window.place.clone(),
        hours: window.hours.clone(),
        phone: window.phone.clone(),
    }
}

/// The sections of a matter's card that say something.
fn card(matter: &Matter) -> Vec<(&'static str, String)> {
    use crate::model::Record;
    let cells = matter.cells();
    let sections =
        CARD.iter().filter_map(|id| Matter::KIND.fields.iter().position(|f| f.id == *id));
    let text = |at: usize| Some((Matter::KIND.fields[at].label, cells[at].as_str()?.to_string()));
    let mut lines: Vec<(&'static str, String)> = sections.filter_map(text).collect();
    if let Some(time) = time_limits(matter) {
        lines.insert(lines.len().min(3), ("多久", time));
    }
    lines
}

fn time_limits(matter: &Matter) -> Option<String> {
    let days = |word: &str, days: Option<i64>| {
        days.map(|days| match days {
            0 => format!("{word}当场办结"),
            days => format!("{word} {days} 个工作日"),
        })
    };
    let limits = [days("承诺", matter.promise_days), days("法定", matter.legal_days)];
    let limits: Vec<String> = limits.into_iter().flatten().collect();
    (!limits.is_empty()).then(|| limits.join("，"))
}

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("、")
}
