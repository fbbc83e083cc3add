//! The three duty lists of 云溪镇 and which post leads or assists what.

use gangtu::model::Ref;
use gangtu::model::kinds::duty::DutyList;
use gangtu::model::kinds::duty_link::DutyRole;
use gangtu::model::kinds::{Duty, DutyLink, Post};

use super::base::{id, to};
use super::source::{Line, Sheet};

pub struct Duties {
    pub duties: Vec<Duty>,
    pub links: Vec<DutyLink>,
}

impl Duties {
    pub fn read() -> Result<Duties, String> {
        let mut all = Duties { duties: Vec::new(), links: Vec::new() };
        let lists = [
            (DutyList::Basic, "yunxi/duties_basic.csv", 'b'),
            (DutyList::Assist, "yunxi/duties_assist.csv", 'a'),
            (DutyList::Recalled, "yunxi/duties_recalled.csv", 'c'),
        ];
        for (list, sheet, letter) in lists {
            let sheet = Sheet::read(sheet)?;
            for (at, line) in sheet.lines().enumerate() {
                all.add(list, &format!("{letter}{:03}", at + 1), at as i64 + 1, line);
            }
        }
        Ok(all)
    }

    /// What a post leads, in the words of the lists.
    pub fn words_of(&self, post: &str) -> String {
        let led = self.links.iter().filter(|link| points_at(link.post.as_ref(), post));
        let duty = |link: &DutyLink| {
            let target = link.duty.as_ref()?;
            self.duties.iter().find(|duty| duty.id == target.id).map(|duty| duty.name.to_string())
        };
        led.filter_map(duty).collect::<Vec<_>>().join("；")
    }

    fn add(&mut self, list: DutyList, key: &str, no: i64, line: Line) {
        let blank = Duty {
            id: id(key),
            no: Some(no),
            name: line.get("name").into(),
            list: Some(list),
            class: line.get("class").into(),
            ..Duty::default()
        };
        let duty = match list {
            DutyList::Basic => {
                self.link(key, line.get("lead"), DutyRole::Lead);
                self.link(key, line.get("assist"), DutyRole::Assist);
                blank
            }
            DutyList::Assist => {
                self.link(key, line.get("lead"), DutyRole::Lead);
                Duty {
                    upper_dept: line.get("upper_dept").into(),
                    upper_duty: line.get("upper_duty").into(),
                    town_duty: line.get("town_duty").into(),
                    ..blank
                }
            }
            DutyList::Recalled => {
                self.link(key, line.get("still"), DutyRole::Lead);
                Duty {
                    receiving_dept: line.get("receiving").into(),
                    work_mode: line.get("mode").into(),
                    ..blank
                }
            }
        };
        self.duties.push(duty);
    }

    fn link(&mut self, duty: &str, post: &str, role: DutyRole) {
        if !post.is_empty() {
            self.links.push(DutyLink {
                id: id(&format!("{post}.{duty}")),
                post: to(post),
                duty: to(duty),
                role: Some(role),
                ..DutyLink::default()
            });
        }
    }
}

fn points_at(target: Option<&Ref<Post>>, post: &str) -> bool {
    target.is_some_and(|target| target.id.as_str() == post)
}

/// The unit that leads a duty is the unit of its leading post.
pub fn name_units(duties: &mut Duties, posts: &[Post]) {
    for duty in &mut duties.duties {
        let led = |link: &&DutyLink| {
            link.role == Some(DutyRole::Lead)
                && link.duty.as_ref().is_some_and(|target| target.id == duty.id)
        };
        let post = duties.links.iter().find(led).and_then(|link| link.post.as_ref());
        let post = post.and_then(|post| posts.iter().find(|known| known.id == post.id));
        duty.unit = post.and_then(|post| post.unit.clone());
    }
}
