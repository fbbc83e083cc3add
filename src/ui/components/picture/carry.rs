//! What the chart's page and the parts that wait share: cards that can be taken up and dropped on others, and
//! since when changes are marked, and what else is shown. Moves and compares nothing itself.

use std::sync::Arc;

use crate::model::Date;
use crate::moving::compared::Compared;
use crate::picture::chart::ties::TieKind;
use crate::ui::prelude::*;
use crate::view::chart::{CardMore, USUAL};

/// Cards taken up and dropped on others. Cards go by the ids of their groups.
#[derive(Clone, Copy)]
pub struct Carry {
    /// Whether a press takes a card up; else it moves the picture.
    pub on: Signal<bool>,
    /// Whether a card can be taken up.
    pub can: fn(&str) -> bool,
    /// Hears the card and what it was dropped on.
    pub drop: Callback<(String, String)>,
}

/// A card that was taken up, and what it was dropped on.
#[derive(Clone, Debug, PartialEq)]
pub struct Asked {
    pub card: String,
    pub on: Option<String>,
}

/// Which card is asked about, for the page and its dialog.
#[derive(Clone, Copy)]
pub struct Moving(pub RwSignal<Option<Asked>>);

/// What is shown besides the cards and on them, and whether anybody asked.
#[derive(Clone, Copy)]
pub struct More {
    pub on: RwSignal<bool>,
    pub kinds: RwSignal<Vec<TieKind>>,
    pub cards: RwSignal<Vec<CardMore>>,
}

impl More {
    pub fn usual() -> More {
        More {
            on: RwSignal::new(false),
            kinds: RwSignal::new(vec![TieKind::StandIn]),
            cards: RwSignal::new(USUAL.to_vec()),
        }
    }
}

/// Since when, and what lies between.
#[derive(Clone, Copy)]
pub struct Since {
    pub day: RwSignal<Option<Date>>,
    pub changed: Memo<Option<Arc<Compared>>>,
}
