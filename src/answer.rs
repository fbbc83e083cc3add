//! From a hit to what a person came for: which post, who (A, stand-in B), window, place, phone, what to
//! bring, when. Joins what the records say; invents nothing, and names only whom the reader may see.

pub mod code;
pub mod entries;
pub mod guide;
pub mod hall;
pub mod papers;
pub mod slip;
pub mod steps;
mod whom;

use self::entries::record_of;
use self::guide::Guide;
pub use self::whom::AnswerPost;
use self::whom::name;
use crate::model::kinds::{Matter, Person, Post, Window};
use crate::model::{KindIx, RecordId, Text, schema};
use crate::rules::Links;
use gangtu_search::{Fit, Hit};

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
    /// How far it answers what was asked.
    pub fit: Fit,
    pub posts: Vec<AnswerPost>,
    pub place: AnswerPlace,
    /// The card of a matter.
    pub guide: Option<Guide>,
    /// Label and text of whatever else the card says, in the order of the declaration.
    pub lines: Vec<(&'static str, String)>,
}

/// Posts named for a unit, a duty or a cell; more is a list, not an answer.
const MOST_POSTS: usize = 6;

impl Answer {
    /// Offered, not asserted.
    pub fn is_guess(&self) -> bool {
        self.fit != Fit::Sure
    }

    /// `names`: whether the reader may see the names of people other than leaders.
    pub fn of(hit: &Hit, links: &Links, names: bool) -> Option<Answer> {
        let (kind, id) = record_of(&hit.id)?;
        let answer = Answer::of_record(kind, id, links, names)?;
        Some(Answer { fit: hit.fit(), ..answer })
    }

    /// What a record answers, whatever was asked; `None` for what is no answer or may not be named.
    pub fn of_record(kind: KindIx, id: RecordId, links: &Links, names: bool) -> Option<Answer> {
        let mut answer = Answer {
            kind,
            title: String::new(),
            fit: Fit::Sure,
            posts: Vec::new(),
            place: AnswerPlace::default(),
            guide: None,
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
            "proxy_point" => join.point(&mut answer)?,
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
        answer.guide = Some(Guide::of(matter));
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

    fn point(&self, answer: &mut Answer) -> Option<()> {
        let record = self.links.proxy_points.get(answer.id.as_str())?;
        let point = guide::point(record, self.links, self.names);
        answer.title = point.name;
        answer.place.place = point.place.as_str().into();
        answer.place.hours = record.hours.clone();
        answer.place.phone = record.phone.clone();
        answer.lines.extend(point.agent.map(|name| ("代办员", name)));
        if !record.scope.is_empty() {
            answer.lines.push(("代办范围", record.scope.to_string()));
        }
        Some(())
    }

    fn answer_post(&self, post: &Post) -> AnswerPost {
        AnswerPost::of(post, self.links, self.names)
    }

    fn name(&self, person: &Person) -> Option<String> {
        name(person, self.names)
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

fn names<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.collect::<Vec<_>>().join("、")
}
