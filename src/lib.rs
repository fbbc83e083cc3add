//! 岗图 (Gangtu): a township's posts, people, duties and grids in one HTML file.
//!
//! Everything above `web` is the core: it compiles and tests on the host and knows no browser.

pub use gangtu_core::{bundle, choices, encoding, journal, model, publishing, sorting};
pub use gangtu_shapes::{geo, picture};

pub mod answer;
pub mod asked;
pub mod borders;
pub mod exchange;
pub mod kiosk;
pub mod listing;
pub mod moving;
pub mod route;
pub mod rules;
pub mod saving;
pub mod view;

#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
