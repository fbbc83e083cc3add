//! A township on a day as what pictures take: which cards, which cells, in what colours. Draws nothing
//! and places nothing; `picture` does.

pub mod board;
pub mod board_wishes;
mod chain;
pub mod chart;
pub mod days;
pub mod map;
pub mod map_figures;
pub mod matrix;
pub mod more;
pub mod phone;
pub mod place;
pub mod printed;
pub mod published;
pub mod show;
pub mod statistics;
pub mod ties;
pub mod work;

use crate::model::{KindIx, RecordId, schema};

/// The id a picture's group carries for a record: `post/p1`.
pub fn group_id(kind: &str, id: &RecordId) -> String {
    format!("{kind}/{id}")
}

/// The record a group of a picture stands for.
pub fn record_of(group: &str) -> Option<(KindIx, RecordId)> {
    let (kind, id) = group.split_once('/')?;
    Some((schema().kind(kind)?, RecordId::parse(id)?))
}
