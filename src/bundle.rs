//! The JSON bundle: how a township travels. Canonical text, checks, a plan before anything changes.
//!
//! Does not touch storage: `journal::Desk::take` does the writing, `plan` only looks.

pub mod error;
pub mod extract;
pub mod newer;
pub mod opening;
pub mod plan;
pub mod read;
pub mod write;

pub use error::BundleError;
pub use extract::Extract;
pub use newer::Newer;
pub use plan::{Plan, may_be_taken};
pub use read::Bundle;
pub use write::{Header, Since, compose, content_hash, export, split, write};

/// Version of the envelope and its lines; a bundle with a higher one was made by a newer program.
/// 2: records alike stand in a line as a table.
pub const FORMAT: u32 = 2;

/// Largest file taken, in bytes; what is larger is no township but a mistake.
pub const LARGEST: usize = 256 << 20;
