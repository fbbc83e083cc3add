//! The interface, wasm only: live signals, commands, components, pages. Does no rule, no merge, no layout.

// Components own what they are given: that is how the view macro hands it over.
#![allow(clippy::needless_pass_by_value)]

pub mod app;
pub mod asking;
pub mod commands;
pub mod components;
pub mod door;
pub mod finder;
pub mod keeping;
pub mod later;
pub mod live;
pub mod lock;
pub mod pages;
pub mod prelude;
pub mod session;
pub mod signing;
pub mod toast;
pub mod turn;
