//! Opening a published page: its township becomes what everybody looks at, with no base, no storage and no other
//! tab. Waits with what residents use.

use std::rc::Rc;

use super::{Mode, Session};
use crate::publishing::edition::{BLOCK, Edition, Picture};
use crate::publishing::opening::{Unfit, open};
use crate::ui::live::{Live, notify};
use crate::ui::prelude::*;
use crate::web::packed;

/// Reads the page's own data and shows it to residents.
pub fn show(session: Session) -> Result<Edition, Unfit> {
    let block = packed::block(BLOCK).ok_or(Unfit::NoHeading)?;
    let pictures: Vec<String> = Picture::ALL.into_iter().filter_map(picture).collect();
    let pictures: Vec<&str> = pictures.iter().map(|svg| &**svg).collect();
    let (edition, fold) = open(&block, &pictures)?;
    session.be_guest(true);
    session.looked.set_value(Some(Rc::new(fold)));
    session.revision.update_value(|revision| *revision += 1);
    session.set_mode(Mode::Lookup);
    notify(&session.live.with_value(Live::all));
    Ok(edition)
}

/// A picture of the page as SVG, where it has one.
pub fn picture(picture: Picture) -> Option<String> {
    packed::block(picture.block())
}
