//! How large each card is: from its words, by table. Places and draws nothing.

use super::looks::sized;
use super::looks::{
    LEADER_NAME, LEADER_POST, MID_TITLE, PARTS, POST_TITLE, ROOT_TITLE, UNIT_TITLE,
};

use super::{ChartInput, ChartNode, Form, Kind};
use crate::picture::style::Style;
use crate::picture::text::{TableMetrics, TextMetrics};
use crate::picture::tree::Gaps;
use crate::picture::vertical;
use crate::picture::wrap::{Lines, wrap};

/// Width of a post card; every card of a panel has it, so columns line up.
pub(super) const POST_W: f64 = 172.0;
/// No panel is narrower: its unit's name needs room.
const UNIT_W: f64 = 148.0;
const LEADER_W: f64 = 172.0;
const LEVEL_W: f64 = 172.0;
const PERSON_W: f64 = 112.0;
const ROOT_W: f64 = 320.0;

/// Room left of a post's words (track bar and a gap) and right of them.
pub(super) const INSET: f64 = 15.0;
pub(super) const PAD: f64 = 9.0;
/// Width of the identity tag with its gap.
pub(super) const TAG: f64 = 32.0;
/// A face, and the room it takes with its gap: beside the words of a post, above those of a leader or an upright title.
pub(super) const FACE: (f64, f64) = (36.0, 48.0);
pub(super) const FACE_BESIDE: f64 = 44.0;
pub(super) const FACE_ABOVE: f64 = 54.0;
/// Of a leader, for a heading of size 1.
pub(super) const LEADER_FACE: (f64, f64) = (54.0, 72.0);
pub(super) const LEADER_FACE_ABOVE: f64 = 80.0;
pub(super) const TITLE_LINE: f64 = 18.0;
/// Line heights of headings, for a size of 1.
pub(super) const UNIT_LINE: f64 = 27.0;
pub(super) const OFFICE_LINE: f64 = 21.0;
pub(super) const NAME_LINE: f64 = 33.0;
/// Below the name of a unit or zone: how many there are, whoever leads it.
const NOTE_LINE: f64 = 22.0;
const MARK_LINE: f64 = 16.0;

pub(super) fn width(text: &str, style: &Style) -> f64 {
    TableMetrics.width(text, style.font())
}

/// A heading's lines, and in which of [`PARTS`] of its size no word of it is lost.
pub(super) type Heading<'a> = (usize, Lines<'a>);

#[inline(never)]
pub(super) fn fitted<'a>(text: &'a str, style: Style, width: f64, most: usize) -> Heading<'a> {
    let mut at = 0;
    loop {
        let lines = wrap(&TableMetrics, text, sized(style, PARTS[at]).font(), width, most);
        if !lines.cut || at + 1 == PARTS.len() {
            return (at, lines);
        }
        at += 1;
    }
}

/// How the cards of posts are set, alike in all of a chart.
#[derive(Clone, Copy, Debug)]
pub(super) struct Posts {
    pub w: f64,
    /// Where their words stand upright.
    pub upright: Option<Upright>,
    /// Whether there is room for a face.
    pub portraits: bool,
}

/// A narrow card (竖排): its title in columns, below it who holds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Upright {
    pub h: f64,
    /// Squares of a column of the title.
    pub squares: usize,
    /// Whether names stand below it.
    pub names: bool,
}

/// [`PARTS`] as lengths.
pub(super) const PARTS_OF: [f64; 3] = [PARTS[0] as f64, PARTS[1] as f64, PARTS[2] as f64];

/// Upright type: of a title, of a name; columns a title may take, and squares one may have.
pub(super) const SQUARE: f64 = 17.0;
pub(super) const NAME_SQUARE: f64 = 15.0;
pub(super) const UPRIGHT_COLUMNS: usize = 2;
const MOST_SQUARES: usize = 9;
const FEWEST_SQUARES: usize = 4;
/// Squares of a name.
pub(super) const NAME_SQUARES: usize = 4;
/// Above the title: the track's bar. Between title and names. Below them: how many duties.
pub(super) const BAR: f64 = 14.0;
pub(super) const RULE: f64 = 14.0;
pub(super) const FOOT: f64 = 24.0;

impl Posts {
    pub fn of(input: &ChartInput) -> Posts {
        if input.form != Form::Wall {
            let beside = if input.portraits { FACE_BESIDE } else { 0.0 };
            return Posts { w: POST_W + beside, upright: None, portraits: input.portraits };
        }
        let needed = |node: &ChartNode| {
            let set = vertical::columns(&node.title, MOST_SQUARES, UPRIGHT_COLUMNS);
            set.longest()
        };
        let posts = input.nodes.iter().filter(|node| node.kind == Kind::Post);
        let longest = posts.map(needed).max().unwrap_or(0);
        let squares = longest.clamp(FEWEST_SQUARES, MOST_SQUARES);
        // A table of posts alone says nothing of who holds them.
        let said = |node: &ChartNode| node.vacant || !node.holders.is_empty();
        let names = input.nodes.iter().any(|node| node.kind == Kind::Post && said(node));
        let holders = if names { RULE + NAME_SQUARES as f64 * NAME_SQUARE } else { 0.0 };
        let face = if input.portraits { FACE_ABOVE } else { 0.0 };
        let h = BAR + face + squares as f64 * SQUARE + holders + FOOT;
        let w = UPRIGHT_COLUMNS as f64 * SQUARE + 2.0 * PAD;
        let upright = Some(Upright { h, squares, names });
        Posts { w, upright, portraits: input.portraits }
    }

    /// About how high a card is.
    pub fn high(&self) -> f64 {
        let plain = if self.portraits { 74.0 } else { 62.0 };
        self.upright.map_or(plain, |upright| upright.h + 8.0)
    }
}

/// A post's title in upright columns, and in which of [`PARTS`] of its size no word of it is lost.
pub(super) fn post_columns(title: &str, squares: usize) -> (usize, vertical::Columns<'_>) {
    let mut at = 0;
    loop {
        let part = 1.0 / PARTS_OF[at];
        let (squares, most) =
            ((squares as f64 * part) as usize, (UPRIGHT_COLUMNS as f64 * part) as usize);
        let set = vertical::columns(title, squares, most);
        if !set.cut || at + 1 == PARTS.len() {
            return (at, set);
        }
        at += 1;
    }
}

/// Size of a card; `columns` is how many cards a panel head spans, 0 for a card on its own; `heads`
/// the size of headings.
pub(super) fn size(
    node: &ChartNode,
    columns: usize,
    gaps: &Gaps,
    heads: f64,
    posts: &Posts,
) -> (f64, f64) {
    match node.kind {
        Kind::Committee => {
            let wide = width(&node.title, &ROOT_TITLE) * heads + 64.0;
            let high = if node.subtitle.is_empty() { 68.0 } else { 92.0 };
            (wide.clamp(ROOT_W * heads, 1200.0), high * heads)
        }
        Kind::Leader => (LEADER_W * heads, leader_height(node, posts.portraits) * heads),
        Kind::Unit | Kind::Level => {
            let inner = columns.max(1) as f64 * (posts.w + gaps.card) - gaps.card;
            let w = if node.kind == Kind::Unit || columns > 0 {
                (inner + 2.0 * gaps.pad).max(UNIT_W)
            } else {
                LEVEL_W * heads
            };
            (w, unit_height(node, w, heads))
        }
        Kind::Post => match posts.upright {
            Some(upright) => (posts.w, upright.h),
            None => (posts.w, post_height(node, posts.portraits)),
        },
        Kind::Person => (PERSON_W, 30.0),
        Kind::Duty => (POST_W - 2.0 * gaps.pad, 26.0),
    }
}

/// For headings of size 1.
fn leader_height(node: &ChartNode, portraits: bool) -> f64 {
    let face = if portraits { LEADER_FACE_ABOVE } else { 0.0 };
    let office = leader_office(node).1.lines.len() as f64;
    face + 12.0 + office * OFFICE_LINE + leader_name(node).1.lines.len() as f64 * NAME_LINE + 9.0
}

fn unit_height(node: &ChartNode, w: f64, heads: f64) -> f64 {
    let lines = unit_lines(node, w, heads).1.lines.len() as f64;
    let chip = if node.collapsed { 28.0 } else { 0.0 };
    (8.0 + lines * UNIT_LINE + NOTE_LINE + chip) * heads + 8.0
}

fn post_height(node: &ChartNode, portraits: bool) -> f64 {
    let lines = post_lines(node).lines.len().max(1) as f64;
    let marks = if node.marks.is_empty() { 0.0 } else { MARK_LINE };
    let words = 9.0 + lines * TITLE_LINE + 18.0 + marks + 8.0;
    if portraits { words.max(FACE.1 + 2.0 * PAD) } else { words }
}

pub(super) fn post_lines(node: &ChartNode) -> Lines<'_> {
    let tag = if tag(node).is_some() { TAG } else { 0.0 };
    wrap(&TableMetrics, &node.title, POST_TITLE.font(), POST_W - INSET - PAD - tag, 2)
}

/// A post's title in large type, in as many lines as its card has room for.
pub(super) fn post_large(node: &ChartNode, lines: usize) -> Heading<'_> {
    fitted(&node.title, MID_TITLE, POST_W - INSET - PAD, lines)
}

pub(super) fn unit_lines(node: &ChartNode, w: f64, heads: f64) -> Heading<'_> {
    fitted(&node.title, UNIT_TITLE, (w - 24.0) / heads, 2)
}

/// What stands above the name; a leading post nobody holds has its title here.
pub(super) fn leader_office(node: &ChartNode) -> Heading<'_> {
    let nameless = node.vacant && node.subtitle.is_empty();
    let office = if nameless { &node.title } else { &node.subtitle };
    fitted(office, LEADER_POST, LEADER_W - 16.0, 2)
}

/// The name, or 空缺; a title that stands for a name may take two lines.
pub(super) fn leader_name(node: &ChartNode) -> Heading<'_> {
    let name = if node.vacant { "空缺" } else { &node.title };
    fitted(name, LEADER_NAME, LEADER_W - 16.0, if node.subtitle.is_empty() { 2 } else { 1 })
}

/// The identity word shown in the corner of a post: that of the first holder.
pub(super) fn tag(node: &ChartNode) -> Option<&'static str> {
    node.holders.first().and_then(|holder| holder.identity).map(|identity| identity.label())
}
