//! A township before and after, post by post, person by person, unit by unit: what a reorganisation does, or what
//! has happened between two days. Holds what was found; `comparing` finds it.

use crate::model::RecordId;

/// What became of a post or a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Became {
    /// 新设
    New,
    /// 撤销
    Ended,
    /// 划转: elsewhere than it was.
    Moved,
    /// 换人: others sit there.
    Seated,
    /// 改名
    Renamed,
}

impl Became {
    pub fn label(self) -> &'static str {
        match self {
            Became::New => "新设",
            Became::Ended => "撤销",
            Became::Moved => "划转",
            Became::Seated => "换人",
            Became::Renamed => "改名",
        }
    }
}

/// One change, as it was and as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub id: RecordId,
    pub became: Became,
    pub name: String,
    pub before: String,
    pub after: String,
}

/// What somebody carries.
#[derive(Clone, Debug, PartialEq)]
pub struct Load {
    pub id: RecordId,
    pub name: String,
    /// Posts, as people call them.
    pub posts: (String, String),
    /// 岗位职责 of those posts.
    pub duties: (usize, usize),
}

/// How many posts a unit has, and how many of them nobody holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Size {
    pub id: RecordId,
    pub name: String,
    pub posts: (usize, usize),
    pub vacant: (usize, usize),
}

/// A figure of the whole township.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub label: &'static str,
    pub before: usize,
    pub after: usize,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compared {
    pub figures: Vec<Figure>,
    pub posts: Vec<Change>,
    pub units: Vec<Change>,
    pub loads: Vec<Load>,
    pub sizes: Vec<Size>,
}

impl Compared {
    /// Whether the pictures of both days are the same.
    pub fn is_same(&self) -> bool {
        self.posts.is_empty() && self.units.is_empty()
    }

    /// What became of a post or a unit, first things first.
    pub fn marks<'a>(&'a self, id: &'a RecordId) -> impl Iterator<Item = &'a Change> {
        self.posts.iter().chain(&self.units).filter(move |change| change.id == *id)
    }
}
