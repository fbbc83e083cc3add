//! How large each card is: from its words, by table. Places and draws nothing.

use super::looks::{LEADER_NAME, LEADER_POST, POST_TITLE, ROOT_TITLE, UNIT_TITLE};
use super::{ChartNode, Kind};
use crate::picture::style::Style;
use crate::picture::text::{TableMetrics, TextMetrics};
use crate::picture::wrap::{Lines, wrap};

/// Width of a post card; every card of a panel has it, so columns line up.
pub(super) const POST_W: f64 = 172.0;
pub(super) const LEADER_W: f64 = 136.0;
const LEVEL_W: f64 = 172.0;
const PERSON_W: f64 = 112.0;
const ROOT_W: f64 = 280.0;

/// Room left of a post's words (track bar and a gap) and right of them.
pub(super) const INSET: f64 = 15.0;
pub(super) const PAD: f64 = 9.0;
/// Width of the identity tag with its gap.
pub(super) const TAG: f64 = 32.0;
pub(super) const TITLE_LINE: f64 = 18.0;
pub(super) const UNIT_LINE: f64 = 21.0;
const MARK_LINE: f64 = 16.0;

pub(super) fn width(text: &str, style: &Style) -> f64 {
    TableMetrics.width(text, style.font())
}

/// Size of a card; `columns` is how many cards a panel head spans, 0 for a card on its own.
pub(super) fn size(node: &ChartNode, columns: usize, pad: f64, gap: f64) -> (f64, f64) {
    match node.kind {
        Kind::Committee => {
            let wide = width(&node.title, &ROOT_TITLE) + 64.0;
            (wide.clamp(ROOT_W, 900.0), if node.subtitle.is_empty() { 56.0 } else { 74.0 })
        }
        Kind::Leader => (LEADER_W, 48.0 + leader_lines(node).lines.len() as f64 * 15.0),
        Kind::Unit | Kind::Level => {
            let inner = columns.max(1) as f64 * (POST_W + gap) - gap;
            let w =
                if node.kind == Kind::Unit || columns > 0 { inner + 2.0 * pad } else { LEVEL_W };
            (w, unit_height(node, w))
        }
        Kind::Post => (POST_W, post_height(node)),
        Kind::Person => (PERSON_W, 30.0),
        Kind::Duty => (POST_W - 2.0 * pad, 26.0),
    }
}

fn unit_height(node: &ChartNode, w: f64) -> f64 {
    let lines = unit_lines(node, w).lines.len() as f64;
    let note = if node.kind == Kind::Unit || !node.subtitle.is_empty() { 20.0 } else { 4.0 };
    let chip = if node.collapsed { 26.0 } else { 0.0 };
    10.0 + lines * UNIT_LINE + note + 8.0 + chip
}

fn post_height(node: &ChartNode) -> f64 {
    let lines = post_lines(node).lines.len().max(1) as f64;
    let marks = if node.marks.is_empty() { 0.0 } else { MARK_LINE };
    9.0 + lines * TITLE_LINE + 18.0 + marks + 8.0
}

pub(super) fn post_lines(node: &ChartNode) -> Lines<'_> {
    let tag = if tag(node).is_some() { TAG } else { 0.0 };
    wrap(&TableMetrics, &node.title, POST_TITLE.font(), POST_W - INSET - PAD - tag, 2)
}

pub(super) fn unit_lines(node: &ChartNode, w: f64) -> Lines<'_> {
    wrap(&TableMetrics, &node.title, UNIT_TITLE.font(), w - 24.0, 2)
}

/// The leader's office above the name.
pub(super) fn leader_lines(node: &ChartNode) -> Lines<'_> {
    wrap(&TableMetrics, &node.subtitle, LEADER_POST.font(), LEADER_W - 16.0, 2)
}

pub(super) fn leader_name(node: &ChartNode) -> Lines<'_> {
    wrap(&TableMetrics, &node.title, LEADER_NAME.font(), LEADER_W - 16.0, 1)
}

/// The identity word shown in the corner of a post: that of the first holder.
pub(super) fn tag(node: &ChartNode) -> Option<&'static str> {
    node.holders.first().and_then(|holder| holder.identity).map(|identity| identity.label())
}
