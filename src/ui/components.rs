//! Pieces that more than one screen is built of. They know the session, never a route's meaning.

pub mod author;
pub mod banner;
pub mod button;
pub mod date;
pub mod dialog;
pub mod drop_zone;
pub mod end_dialog;
pub mod erased;
pub mod field;
pub mod file_home;
pub mod form;
pub mod going_back;
pub mod header;
pub mod icon;
pub mod lights;
pub mod looking_back;
pub mod navigation;
pub mod outline;
pub mod palette;
pub mod passphrase;
pub mod phone;
pub mod picture;
pub mod screen;
pub mod table;
pub mod toasts;
pub mod undecided;
