//! What the chart's page and the parts that wait share: cards that can be taken up and dropped on others, and
//! since when changes are marked. Moves and compares nothing itself.

use std::sync::Arc;

use crate::model::Date;
use crate::moving::compared::Compared;
use crate::ui::prelude::*;

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

/// Since when, and what lies between.
#[derive(Clone, Copy)]
pub struct Since {
    pub day: RwSignal<Option<Date>>,
    pub changed: Memo<Option<Arc<Compared>>>,
}
