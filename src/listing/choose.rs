//! A table's rows: what exists, holds on the day, fits the filters, in the wished order.

use super::filter::{Condition, Haystack};
use super::order::Order;
use crate::model::{Date, KindIx, Township};

/// What a reader asked for.
pub struct Wish<'a> {
    /// `None` shows records of every period, ended ones too.
    pub day: Option<Date>,
    /// The box's words with the text to look them up in.
    pub words: Option<(&'a Haystack, &'a str)>,
    /// Field and condition.
    pub conditions: &'a [(usize, Condition)],
    pub order: &'a Order,
    pub descending: bool,
}

/// Slots to show, in order.
pub fn choose(township: &Township, kind: KindIx, wish: &Wish) -> Vec<u32> {
    let mut slots = holding(township, kind, wish.day);
    if let Some((haystack, words)) = wish.words {
        let found = haystack.find(words);
        slots.retain(|slot| found.get(*slot as usize).copied().unwrap_or(false));
    }
    for (field, condition) in wish.conditions {
        condition.keep(township, kind, *field, &mut slots);
    }
    wish.order.arrange(&mut slots, wish.descending);
    slots
}

/// Slots of the records that exist and, where a day is given, hold on it.
pub fn holding(township: &Township, kind: KindIx, day: Option<Date>) -> Vec<u32> {
    let rows = (0u32..).zip(township.table(kind).slots());
    rows.filter(|(_, row)| row.exists() && day.is_none_or(|day| row.holds_on(day)))
        .map(|(slot, _)| slot)
        .collect()
}

/// `slots` in the order they stood in `before`; newcomers follow as they come.
pub fn keep_places(before: &[u32], slots: &[u32], room: usize) -> Vec<u32> {
    let mut wanted = vec![false; room];
    slots.iter().for_each(|slot| wanted[*slot as usize] = true);
    let mut kept: Vec<u32> = Vec::with_capacity(slots.len());
    for slot in before.iter().chain(slots) {
        if std::mem::replace(&mut wanted[*slot as usize], false) {
            kept.push(*slot);
        }
    }
    kept
}
