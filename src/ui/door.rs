//! `window.gangtu`: the door for other pages.

use crate::ui::session::Session;

pub fn open(session: Session) {
    let _ = session;
}
