//! Pictures and geometry: where things lie, as a crate of its own so that it is compiled for speed in a page
//! compiled for size. Knows no screen and no record.

pub use gangtu_core::{choices, sorting};

pub mod geo;
pub mod picture;
