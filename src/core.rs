//! Records, journal and bundles: what every other room stands on, as a crate of its own so that it is
//! compiled for speed in a page compiled for size. Knows no screen, no rule and no picture.

pub mod bundle;
pub mod encoding;
pub mod journal;
pub mod model;
pub mod publishing;
pub mod sorting;
