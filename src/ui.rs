//! The interface, wasm only: live signals, commands, components, pages. Does no rule, no merge, no layout.

pub mod app;
pub mod commands;
pub mod components;
pub mod door;
pub mod live;
pub mod pages;
pub mod session;
pub mod toast;
