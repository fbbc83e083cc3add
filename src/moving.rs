//! 调整: what it means to move a person, a post or a unit, said before it is written. A plan names what will be
//! so and what to look at, and holds the draft. Decides nothing about whether it is wise: findings do, later.

pub mod compared;
pub mod comparing;
pub mod ways;

use std::fmt;

use crate::journal::Draft;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Holding, Person, Post, Unit};
use crate::model::{Date, Record, RecordId, Ref, Value, schema};
use crate::rules::Links;
use crate::rules::links::Seat;

/// Something to be moved. Seats are `holding` records.
#[derive(Clone, Debug, PartialEq)]
pub enum Move {
    /// 岗位划到另一个机构
    Post { post: RecordId, unit: RecordId },
    /// 机构划到另一个机构下面; `None`: directly below the 党委.
    Unit { unit: RecordId, above: Option<RecordId> },
    /// 分管领导
    Lead { unit: RecordId, post: RecordId },
    /// 人调到另一个岗位
    Person { seat: RecordId, post: RecordId, role: HoldRole },
    /// 两个人对调
    Swap { seat: RecordId, with: RecordId },
    /// 离岗
    Leave { seat: RecordId },
    /// 人到岗, beside whatever posts they have.
    Appoint { person: RecordId, post: RecordId, role: HoldRole },
}

/// What a move would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Planned {
    /// What will be so, a sentence each.
    pub lines: Vec<String>,
    /// What to look at before it is done.
    pub warnings: Vec<String>,
    pub draft: Draft,
}

/// Why something cannot be moved so. Nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotMove {
    /// Not there on that day.
    Gone,
    /// It is there already.
    There,
    /// A unit below itself.
    Ring,
    /// Somebody with themselves.
    Same,
}

impl fmt::Display for CannotMove {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CannotMove::Gone => {
                "要调整的内容在这一天不存在，可能刚被别人改过；数据没有变化。请关闭后重新选择。"
            }
            CannotMove::There => "本来就是这样，不用调整。请选另一个去处。",
            CannotMove::Ring => "机构不能划到它自己或它下面的机构里。请选另一个去处。",
            CannotMove::Same => "是同一个人，不用对调。请选另一个岗位。",
        })
    }
}

/// What a move from `day` on means. `fresh` makes ids of new records.
pub fn plan(
    links: &Links,
    wanted: &Move,
    day: Date,
    fresh: &mut dyn FnMut() -> RecordId,
) -> Result<Planned, CannotMove> {
    let mut planning = Planning {
        links,
        day,
        fresh,
        planned: Planned { lines: Vec::new(), warnings: Vec::new(), draft: Draft::new("") },
    };
    let what = planning.follow(wanted)?;
    planning.planned.draft.what = what.into();
    Ok(planning.planned)
}

struct Planning<'a> {
    links: &'a Links,
    day: Date,
    fresh: &'a mut dyn FnMut() -> RecordId,
    planned: Planned,
}

/// “党政办”
fn quoted(text: &str) -> String {
    ["“", text, "”"].concat()
}

impl<'a> Planning<'a> {
    /// The name of the step.
    fn follow(&mut self, wanted: &Move) -> Result<String, CannotMove> {
        match wanted {
            Move::Post { post, unit } => self.post(post, unit),
            Move::Unit { unit, above } => self.unit(unit, above.as_ref()),
            Move::Lead { unit, post } => self.lead(unit, post),
            Move::Person { seat, post, role } => {
                let (seat, post) = (self.seat(seat)?, self.post_of(post)?);
                self.person(seat, post, *role)
            }
            Move::Swap { seat, with } => {
                let (seat, with) = (self.seat(seat)?, self.seat(with)?);
                self.swap(seat, with)
            }
            Move::Leave { seat } => {
                let seat = self.seat(seat)?;
                self.leave(seat)
            }
            Move::Appoint { person, post, role } => {
                let person = self.links.people.get(person.as_str()).ok_or(CannotMove::Gone)?;
                let post = self.post_of(post)?;
                self.appoint(person, post, *role)
            }
        }
    }

    fn post_of(&self, id: &RecordId) -> Result<&'a Post, CannotMove> {
        self.links.posts.get(id.as_str()).ok_or(CannotMove::Gone)
    }

    fn unit_of(&self, id: &RecordId) -> Result<&'a Unit, CannotMove> {
        self.links.units.get(id.as_str()).ok_or(CannotMove::Gone)
    }

    fn seat(&self, id: &RecordId) -> Result<Seat<'a>, CannotMove> {
        let holding = self.links.holdings.get(id.as_str()).ok_or(CannotMove::Gone)?;
        let post = holding.post.as_ref().ok_or(CannotMove::Gone)?;
        let mut seats = self.links.holders(&post.id).into_iter();
        seats.find(|seat| seat.holding.id == *id).ok_or(CannotMove::Gone)
    }

    fn say(&mut self, line: String) {
        self.planned.lines.push(line);
    }

    fn warn(&mut self, line: String) {
        self.planned.warnings.push(line);
    }

    fn post(&mut self, post: &RecordId, unit: &RecordId) -> Result<String, CannotMove> {
        let (post, unit) = (self.post_of(post)?, self.unit_of(unit)?);
        if post.unit.as_ref().is_some_and(|now| now.id == unit.id) {
            return Err(CannotMove::There);
        }
        let from = self.links.units.find(post.unit.as_ref());
        self.planned.draft.set_named(Post::ID, &post.id, "unit", Value::text(unit.id.as_str()));
        let (title, to) = (quoted(&post.title), quoted(&unit.name));
        let names: Vec<&str> =
            self.links.holders(&post.id).iter().map(|seat| &*seat.person.name).collect();
        match from {
            Some(from) => {
                self.say(format!("岗位{title}从{}划到{to}。", quoted(&from.name)));
                self.count(from, -1);
            }
            None => self.say(format!("岗位{title}划到{to}。")),
        }
        self.count(unit, 1);
        if !names.is_empty() {
            self.say(format!("岗上的{}和岗位职责随岗位一起过去。", names.join("、")));
        }
        Ok(format!("把岗位{title}划到{to}"))
    }

    /// How many posts a unit has before and after.
    fn count(&mut self, unit: &Unit, more: i64) {
        let now = self.links.posts_in(&unit.id).len() as i64;
        self.say(format!("{}的岗位由 {now} 个变为 {} 个。", quoted(&unit.name), now + more));
    }

    fn unit(&mut self, unit: &RecordId, above: Option<&RecordId>) -> Result<String, CannotMove> {
        let unit = self.unit_of(unit)?;
        let above = above.map(|above| self.unit_of(above)).transpose()?;
        let now = self.links.unit_above(&unit.id);
        if now.map(|now| &now.id) == above.map(|above| &above.id) {
            return Err(CannotMove::There);
        }
        let mut up = above;
        while let Some(at) = up {
            if at.id == unit.id {
                return Err(CannotMove::Ring);
            }
            up = self.links.unit_above(&at.id);
        }
        let value = above.map_or(Value::Null, |above| Value::text(above.id.as_str()));
        self.planned.draft.set_named(Unit::ID, &unit.id, "parent", value);
        let name = quoted(&unit.name);
        let to =
            above.map_or("党委直接下面".to_string(), |above| quoted(&above.name) + "下面");
        self.say(format!("机构{name}移到{to}，它下面的机构和岗位一起过去。"));
        Ok(format!("把机构{name}移到{to}"))
    }

    fn lead(&mut self, unit: &RecordId, post: &RecordId) -> Result<String, CannotMove> {
        let (unit, post) = (self.unit_of(unit)?, self.post_of(post)?);
        if unit.led_by.as_ref().is_some_and(|now| now.id == post.id) {
            return Err(CannotMove::There);
        }
        self.planned.draft.set_named(Unit::ID, &unit.id, "led_by", Value::text(post.id.as_str()));
        let (name, title) = (quoted(&unit.name), quoted(&post.title));
        let leads = self.links.units_led_by(&post.id).len();
        self.say(format!(
            "{name}改由{title}分管；{title}分管的机构由 {leads} 个变为 {} 个。",
            leads + 1
        ));
        Ok(format!("{name}改由{title}分管"))
    }

    fn person(
        &mut self,
        seat: Seat<'a>,
        post: &'a Post,
        role: HoldRole,
    ) -> Result<String, CannotMove> {
        if seat.post.id == post.id && seat.role == role {
            return Err(CannotMove::There);
        }
        self.refuse_twice(seat.person, post, role)?;
        let (name, from, to) =
            (&*seat.person.name, self.links.post_name(seat.post), self.links.post_name(post));
        let role_words = role.label();
        if seat.post.id == post.id {
            self.say(format!("{name}在{}由{}改为{role_words}。", quoted(&to), seat.role.label()));
        } else {
            self.say(format!("{name}从{}调到{}，任{role_words}。", quoted(&from), quoted(&to)));
            self.duties(seat.person, seat.post, post);
        }
        self.warn_empty(seat, Some((seat.person, post, role)));
        self.warn_full(post, role, &[seat]);
        self.change_seat(seat, seat.person, post, role);
        Ok(format!("{name}调到{}", quoted(&to)))
    }

    fn swap(&mut self, seat: Seat<'a>, with: Seat<'a>) -> Result<String, CannotMove> {
        if seat.person.id == with.person.id {
            return Err(CannotMove::Same);
        }
        self.refuse_twice(seat.person, with.post, with.role)?;
        self.refuse_twice(with.person, seat.post, seat.role)?;
        for (one, other) in [(seat, with), (with, seat)] {
            let (from, to) = (self.links.post_name(one.post), self.links.post_name(other.post));
            let role = other.role.label();
            self.say(format!(
                "{}从{}调到{}，任{role}。",
                one.person.name,
                quoted(&from),
                quoted(&to)
            ));
            self.duties(one.person, one.post, other.post);
            self.change_seat(one, one.person, other.post, other.role);
        }
        Ok(format!("{}与{}对调", seat.person.name, with.person.name))
    }

    fn leave(&mut self, seat: Seat<'a>) -> Result<String, CannotMove> {
        let (name, post) = (&*seat.person.name, quoted(&self.links.post_name(seat.post)));
        self.say(format!("{name}不再担任{post}的{}。", seat.role.label()));
        if self.links.seats_of(&seat.person.id).len() == 1 {
            self.warn(format!("{name}就没有岗位了。"));
        }
        self.warn_empty(seat, None);
        self.planned_end(seat.holding);
        Ok(format!("{name}离开{post}"))
    }

    fn appoint(
        &mut self,
        person: &'a Person,
        post: &'a Post,
        role: HoldRole,
    ) -> Result<String, CannotMove> {
        self.refuse_twice(person, post, role)?;
        let to = quoted(&self.links.post_name(post));
        self.say(format!("{}到{to}任{}。", person.name, role.label()));
        let seats = self.links.seats_of(&person.id);
        if let Some(first) = seats.first() {
            let posts = seats.len() + 1;
            let had = quoted(&self.links.post_name(first.post));
            self.warn(format!("{}原来的岗位{had}保留，一共 {posts} 个岗位。", person.name));
        }
        self.warn_full(post, role, &[]);
        let main = seats.iter().all(|seat| !seat.holding.main);
        self.add_seat(person, post, role, main);
        Ok(format!("{}到{to}任{}", person.name, role.label()))
    }

    /// Nobody holds a post twice in one role.
    fn refuse_twice(&self, person: &Person, post: &Post, role: HoldRole) -> Result<(), CannotMove> {
        let holds = |seat: &Seat| seat.person.id == person.id && seat.role == role;
        match self.links.holders(&post.id).iter().any(holds) {
            true => Err(CannotMove::There),
            false => Ok(()),
        }
    }

    /// How many duties the person's posts carry, before and after.
    fn duties(&mut self, person: &Person, from: &Post, to: &Post) {
        let of = |post: &RecordId| self.links.duty_count(post);
        let now = self.links.load_of(&person.id);
        let then = now + of(&to.id) - of(&from.id).min(now);
        if now != then {
            self.say(format!("{}承担的岗位职责由 {now} 项变为 {then} 项。", person.name));
        }
    }

    /// A post that has nobody as A once somebody has left; `stays` is where they go.
    fn warn_empty(&mut self, seat: Seat, stays: Option<(&Person, &Post, HoldRole)>) {
        let back =
            |to: (&Person, &Post, HoldRole)| to.1.id == seat.post.id && to.2 == HoldRole::Primary;
        let others = self.links.holders(&seat.post.id);
        let held = others
            .iter()
            .any(|other| other.holding.id != seat.holding.id && other.role == HoldRole::Primary);
        if seat.role == HoldRole::Primary && !held && !stays.is_some_and(back) {
            let post = quoted(&self.links.post_name(seat.post));
            self.warn(format!("{post}就没有A岗了，要另外安排人。"));
        }
    }

    /// A post with more people as A, or as B, than it has seats; `leaving` are not counted.
    fn warn_full(&mut self, post: &Post, role: HoldRole, leaving: &[Seat]) {
        let seats = self.links.holders(&post.id);
        let here: Vec<&str> = seats
            .iter()
            .filter(|seat| seat.role == role)
            .filter(|seat| leaving.iter().all(|leaving| leaving.holding.id != seat.holding.id))
            .map(|seat| &*seat.person.name)
            .collect();
        let room = if role == HoldRole::Primary { post.seats.unwrap_or(1).max(1) } else { 1 };
        if here.len() as i64 >= room {
            let (post, role) = (quoted(&self.links.post_name(post)), role.label());
            self.warn(format!(
                "{post}的{role}已经有{}，会变成 {} 个人。",
                here.join("、"),
                here.len() + 1
            ));
        }
    }

    /// From the day on somebody sits elsewhere. What began on that very day is set right instead.
    fn change_seat(&mut self, seat: Seat<'a>, person: &Person, post: &Post, role: HoldRole) {
        let holding = seat.holding;
        if holding.since.is_some_and(|since| since >= self.day) {
            let draft = &mut self.planned.draft;
            draft.set_named(Holding::ID, &holding.id, "post", Value::text(post.id.as_str()));
            draft.set_named(Holding::ID, &holding.id, "role", Value::text(role.id()));
            return;
        }
        self.planned_end(holding);
        self.add_seat(person, post, role, holding.main);
    }

    fn planned_end(&mut self, holding: &Holding) {
        if let Some(kind) = schema().kind(Holding::ID) {
            let day = holding.since.map_or(self.day, |since| since.max(self.day));
            self.planned.draft.end(kind, &holding.id, day);
        }
    }

    fn add_seat(&mut self, person: &Person, post: &Post, role: HoldRole, main: bool) {
        let holding = Holding {
            id: (self.fresh)(),
            person: Some(Ref::new(person.id.clone())),
            post: Some(Ref::new(post.id.clone())),
            role: Some(role),
            main,
            since: Some(self.day),
            until: None,
        };
        self.planned.draft.put(&holding);
    }
}
