//! The browser's side, wasm only: storage, files, hash route, canvas, clock, entropy. Knows no screen.

pub mod canvas;
