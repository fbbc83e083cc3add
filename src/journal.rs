//! The journal: ops, clock, fold, history. The only way to write.
//!
//! `form · import · merge` → [`draft`] → [`action`] → storage → [`fold`] → tables. Start at `fold`.
//! Knows no browser and no bundle file.

pub mod action;
pub mod arrivals;
pub mod basis;
pub mod brief;
pub mod chain;
pub mod clock;
pub mod compare;
pub mod conflict;
pub mod desk;
pub mod draft;
pub mod fold;
pub mod hash;
pub mod heads;
pub mod intake;
pub mod life;
pub mod lines;
pub mod locked;
pub mod log;
pub mod memory;
pub mod moments;
pub mod past;
pub mod peer;
mod rescue;
pub mod restore;
#[cfg(not(target_arch = "wasm32"))]
pub mod seeded;
pub mod signed;
pub mod snapshot;
pub mod stamp;
pub mod storage;
pub mod trial;
mod undo;

pub use action::{Action, OpGroup, Reg};
pub use desk::{Desk, DeskError};
pub use draft::Draft;
pub use fold::{Diff, Fold};
pub use stamp::{ReplicaId, Stamp};
pub use storage::{Meta, Storage, StoreError, World};
pub use trial::Trial;
