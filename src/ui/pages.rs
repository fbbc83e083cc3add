//! One file a screen. Pages compose components; components never read routes.

pub mod borders;
pub mod chart;
pub mod data;
pub mod drawing;
pub mod erase;
pub mod extract;
pub mod find;
pub mod findings;
pub mod health;
pub mod home;
pub mod import;
pub mod keys;
pub mod list;
pub mod log;
pub mod map;
pub mod merge;
pub mod newer;
pub mod not_found;
pub mod past;
pub mod record;
pub mod sealed;
pub mod settings;
pub mod show;
pub mod start;
pub mod statistics;
pub mod trial;
