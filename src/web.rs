//! The browser's side, wasm only: storage, files, hash route, canvas, clock, entropy. Knows no screen.

pub mod awake;
pub mod bases;
pub mod canvas;
mod digest;
pub mod erase;
pub mod files;
pub mod frame;
pub mod full_screen;
pub mod hash;
pub mod home;
pub mod idb;
pub mod leavings;
pub mod packed;
pub mod photo;
pub mod portrait;
pub mod press;
pub mod signatures;
pub mod sizes;
pub mod slices;
pub mod speech;
pub mod store;
pub mod tabs;
pub mod vault;
pub mod world;
