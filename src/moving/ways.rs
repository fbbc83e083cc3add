//! What can be done with a card of the chart, and where it could go: the choices of the dialog, by the card that
//! was taken up and the one it was dropped on. Plans nothing.

use super::Move;
use crate::model::kinds::holding::HoldRole;
use crate::model::kinds::{Holding, Person, Post, Unit};
use crate::model::{Record, RecordId};
use crate::rules::{Links, Seat};
use crate::sorting::Sorting;

/// One thing that can be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Way {
    /// 调到另一个岗位
    Person { seat: RecordId },
    /// 与别人对调
    Swap { seat: RecordId },
    /// 离岗
    Leave { seat: RecordId },
    /// 安排人
    Appoint { post: RecordId },
    /// 划到另一个机构
    Post { post: RecordId },
    /// 移到另一个机构下面
    Unit { unit: RecordId },
    /// 换分管领导
    Lead { unit: RecordId },
}

/// A way as it is offered.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    pub way: Way,
    pub label: String,
}

/// What can be chosen as where to, under a heading that may be empty.
#[derive(Clone, Debug, PartialEq)]
pub struct Choices {
    pub heading: String,
    /// Id and what people call it.
    pub list: Vec<(String, String)>,
}

/// Where to, for a unit that shall stand directly below the 党委.
pub const TOP: &str = "top";

/// What can be done with a post or a unit; nothing with anything else.
pub fn ways(links: &Links, kind: &str, id: &RecordId) -> Vec<Offered> {
    if kind == Unit::ID {
        return of_unit(links, id);
    }
    let Some(post) = links.posts.get(id.as_str()).filter(|_| kind == Post::ID) else {
        return Vec::new();
    };
    let mut list = Vec::new();
    for seat in links.holders(&post.id) {
        let said = [&*seat.person.name, "（", seat.role.label(), "）"].concat();
        let seat = || seat.holding.id.clone();
        list.push(Offered {
            way: Way::Person { seat: seat() },
            label: format!("把{said}调到另一个岗位"),
        });
        list.push(Offered {
            way: Way::Swap { seat: seat() },
            label: format!("{said}与另一个岗位的人对调"),
        });
        list.push(Offered {
            way: Way::Leave { seat: seat() },
            label: format!("{said}离开这个岗位"),
        });
    }
    list.push(Offered {
        way: Way::Appoint { post: id.clone() },
        label: "安排一个人到这个岗位".into(),
    });
    list.push(Offered {
        way: Way::Post { post: id.clone() },
        label: "把岗位划到另一个机构".into(),
    });
    list
}

fn of_unit(links: &Links, id: &RecordId) -> Vec<Offered> {
    if links.units.get(id.as_str()).is_none() {
        return Vec::new();
    }
    vec![
        Offered {
            way: Way::Unit { unit: id.clone() }, label: "把机构移到另一个机构下面".into()
        },
        Offered {
            way: Way::Lead { unit: id.clone() }, label: "换一个分管领导岗位".into()
        },
    ]
}

impl Way {
    /// Whether somebody comes to a post: as A or as B has to be said.
    pub fn asks_role(&self) -> bool {
        matches!(self, Way::Person { .. } | Way::Appoint { .. })
    }

    /// Whether it counts from a day on; what belongs where counts at once.
    pub fn asks_day(&self) -> bool {
        matches!(
            self,
            Way::Person { .. } | Way::Swap { .. } | Way::Leave { .. } | Way::Appoint { .. }
        )
    }

    /// What is asked for as where to; nothing where nothing is.
    pub fn asks(&self) -> Option<&'static str> {
        match self {
            Way::Person { .. } => Some("调到哪个岗位"),
            Way::Swap { .. } => Some("与谁对调"),
            Way::Leave { .. } => None,
            Way::Appoint { .. } => Some("安排谁"),
            Way::Post { .. } => Some("划到哪个机构"),
            Way::Unit { .. } => Some("移到哪个机构下面"),
            Way::Lead { .. } => Some("由哪个岗位分管"),
        }
    }

    /// Where it could go.
    pub fn choices(&self, links: &Links) -> Vec<Choices> {
        match self {
            Way::Leave { .. } => Vec::new(),
            Way::Person { .. } => posts(links),
            Way::Swap { .. } => seats(links),
            Way::Appoint { .. } => people(links),
            Way::Post { .. } => vec![Choices { heading: String::new(), list: units(links) }],
            Way::Unit { .. } => {
                let top = (TOP.to_string(), "党委直接下面".to_string());
                vec![Choices {
                    heading: String::new(),
                    list: [top].into_iter().chain(units(links)).collect(),
                }]
            }
            Way::Lead { .. } => {
                let leaders = links.leader_posts();
                if leaders.is_empty() {
                    posts(links)
                } else {
                    vec![post_choices(links, "领导班子", &leaders)]
                }
            }
        }
    }

    /// The move, once it is said where to; `None` where that is not said yet.
    pub fn wanted(&self, to: &str, role: HoldRole) -> Option<Move> {
        let id = || RecordId::parse(to);
        Some(match self.clone() {
            Way::Person { seat } => Move::Person { seat, post: id()?, role },
            Way::Swap { seat } => Move::Swap { seat, with: id()? },
            Way::Leave { seat } => Move::Leave { seat },
            Way::Appoint { post } => Move::Appoint { person: id()?, post, role },
            Way::Post { post } => Move::Post { post, unit: id()? },
            Way::Unit { unit } if to == TOP => Move::Unit { unit, above: None },
            Way::Unit { unit } => Move::Unit { unit, above: Some(id()?) },
            Way::Lead { unit } => Move::Lead { unit, post: id()? },
        })
    }
}

/// Which way is meant by dropping a card on another, and where to: by kinds and ids.
pub fn dropped(
    links: &Links,
    taken: (&str, &RecordId),
    on: (&str, &RecordId),
) -> Option<(Way, String)> {
    let to = on.1.to_string();
    match (taken.0, on.0) {
        (Post::ID, Unit::ID) => Some((Way::Post { post: taken.1.clone() }, to)),
        (Post::ID, Post::ID) => {
            let seat = links.holders(taken.1).into_iter().next();
            Some(match seat {
                Some(seat) => (Way::Person { seat: seat.holding.id.clone() }, to),
                // Nobody sits there: it is the post that goes where the other is.
                None => {
                    let unit = links.posts.get(on.1.as_str())?.unit.as_ref()?;
                    (Way::Post { post: taken.1.clone() }, unit.id.to_string())
                }
            })
        }
        (Unit::ID, Unit::ID) => Some((Way::Unit { unit: taken.1.clone() }, to)),
        (Unit::ID, Post::ID) => Some((Way::Lead { unit: taken.1.clone() }, to)),
        _ => None,
    }
}

/// Posts under their units.
fn posts(links: &Links) -> Vec<Choices> {
    let mut list: Vec<Choices> = ordered_units(links)
        .into_iter()
        .map(|unit| post_choices(links, &unit.name, &links.posts_in(&unit.id)))
        .collect();
    let loose: Vec<&Post> = links
        .posts
        .all()
        .iter()
        .filter(|post| links.units.find(post.unit.as_ref()).is_none())
        .collect();
    list.push(post_choices(links, "未归入机构", &loose));
    list.retain(|choices| !choices.list.is_empty());
    list
}

fn post_choices(links: &Links, heading: &str, posts: &[&Post]) -> Choices {
    let line = |post: &&Post| {
        let names: Vec<String> = links.holders(&post.id).iter().map(named).collect();
        let who = if names.is_empty() { "空缺".to_string() } else { names.join("、") };
        (post.id.to_string(), format!("{}（{who}）", post.title))
    };
    Choices { heading: heading.to_string(), list: posts.iter().map(line).collect() }
}

fn named(seat: &Seat) -> String {
    seat.person.name.to_string()
}

/// Who sits where, under their units.
fn seats(links: &Links) -> Vec<Choices> {
    let of_unit = |unit: &Unit| {
        let seats = links.posts_in(&unit.id).into_iter().flat_map(|post| links.holders(&post.id));
        let line = |seat: Seat| {
            let said =
                format!("{}（{}，{}）", seat.person.name, seat.post.title, seat.role.label());
            (seat.holding.id.to_string(), said)
        };
        Choices { heading: unit.name.to_string(), list: seats.map(line).collect() }
    };
    let mut list: Vec<Choices> = ordered_units(links).into_iter().map(of_unit).collect();
    list.retain(|choices| !choices.list.is_empty());
    list
}

/// Everybody; who has no post first.
fn people(links: &Links) -> Vec<Choices> {
    let (mut free, mut busy): (Vec<&Person>, Vec<&Person>) =
        links.people.all().iter().partition(|person| links.seats_of(&person.id).is_empty());
    let choices = |heading: &str, people: &mut Vec<&Person>| {
        people.arrange_by(|person| person.name.clone());
        let line = |person: &&Person| {
            let posts: Vec<&str> =
                links.seats_of(&person.id).iter().map(|seat| &*seat.post.title).collect();
            let said = if posts.is_empty() {
                String::new()
            } else {
                format!("（{}）", posts.join("、"))
            };
            (person.id.to_string(), [&*person.name, &said].concat())
        };
        Choices { heading: heading.to_string(), list: people.iter().map(line).collect() }
    };
    let mut list = vec![choices("还没有岗位", &mut free), choices("已有岗位", &mut busy)];
    list.retain(|choices| !choices.list.is_empty());
    list
}

fn units(links: &Links) -> Vec<(String, String)> {
    ordered_units(links)
        .into_iter()
        .map(|unit| (unit.id.to_string(), unit.name.to_string()))
        .collect()
}

/// Units as the chart has them: each before what is below it.
fn ordered_units(links: &Links) -> Vec<&Unit> {
    let mut found = Vec::new();
    let mut waiting: Vec<&Unit> = links.top_units().into_iter().rev().collect();
    while let Some(unit) = waiting.pop() {
        found.push(unit);
        waiting.extend(links.units_under(&unit.id).into_iter().rev());
    }
    found
}

/// The role somebody has in a seat, to begin with.
pub fn role_of(links: &Links, way: &Way) -> HoldRole {
    let held = |seat: &RecordId| -> Option<&Holding> { links.holdings.get(seat.as_str()) };
    match way {
        Way::Person { seat } => {
            held(seat).and_then(|holding| holding.role).unwrap_or(HoldRole::Primary)
        }
        _ => HoldRole::Primary,
    }
}
