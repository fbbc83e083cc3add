//! 演示 (`#/show`): the deck to be put in order, and its pages shown to a room (`#/show/3`). Pages are drawn when they are
//! looked at; nothing of what they show is kept.
//!
//! `deck` (order, titles, what each page shows), `showing` (one page at a time, keys, clock), `slides` (what is on a
//! page). Which pages there are: `view::show`.

mod deck;
mod showing;
mod slides;

pub use deck::page;
pub use showing::showing;

use crate::model::RecordId;
use crate::model::kinds::slide::Slide;
use crate::ui::prelude::*;
use crate::ui::session::Session;
use crate::view::show::{deck, first_deck};

/// The township's own pages; none where nobody made any.
fn own(session: Session) -> Vec<Slide> {
    session.watch_all(|_| ());
    session.read(|fold| deck(&fold.township().on(session.day.get())))
}

/// The pages that are shown: the township's own, or those to begin with.
fn pages(session: Session) -> Vec<Slide> {
    let own = own(session);
    if own.is_empty() { first_deck(&mut RecordId::default) } else { own }
}
