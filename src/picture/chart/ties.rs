//! 关系线: what binds posts and units besides where they stand, as a chart takes it. Drawn by `tying`; decides nothing about
//! what is bound.

/// What a line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TieKind {
    /// 分管
    Led,
    /// A岗 of one post is B岗 of another.
    StandIn,
    /// One person is A岗 of two posts.
    Several,
    /// 包村
    Contact,
    /// 对口县级部门
    County,
    /// 专班
    Force,
}

impl TieKind {
    pub const ALL: [TieKind; 6] = [
        TieKind::Led,
        TieKind::StandIn,
        TieKind::Several,
        TieKind::Contact,
        TieKind::County,
        TieKind::Force,
    ];

    pub fn label(self) -> &'static str {
        match self {
            TieKind::Led => "分管",
            TieKind::StandIn => "A/B岗顶替",
            TieKind::Several => "一人多岗",
            TieKind::Contact => "包村",
            TieKind::County => "县级指导",
            TieKind::Force => "专班",
        }
    }
}

/// A line from one card to another, by their ids.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    pub kind: TieKind,
    pub from: String,
    pub to: String,
    /// What it says in words.
    pub title: String,
}

/// Something outside of the chart that lines lead to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outside {
    pub id: String,
    pub name: String,
    pub kind: TieKind,
}

/// Everything to be drawn over a chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ties {
    pub ties: Vec<Tie>,
    pub outside: Vec<Outside>,
}

impl Ties {
    /// The kinds there is any line of, in their order.
    pub fn kinds(&self) -> Vec<TieKind> {
        let there = |kind: &TieKind| self.ties.iter().any(|tie| tie.kind == *kind);
        TieKind::ALL.into_iter().filter(there).collect()
    }
}
