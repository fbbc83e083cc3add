//! Foreign tables in and out: any encoding, any column order. Never writes records itself.
//!
//! `bytes → `[`decode`]` → `[`Reader`]` → `[`Table`]` → `[`Mapping`]` → `[`Planner`]` → `[`Plan`]` → Draft`.
//! Each arrow is a step a screen can show; the slow ones advance by a budget, so that the page can
//! draw a bar and stop. Knows CSV and the division codes; a workbook reader would only have to make a
//! [`Table`].

mod decode;
mod delimited;
pub mod divisions;
mod error;
mod export;
pub mod keys;
mod leftover;
pub mod link;
mod lookup;
mod mapping;
pub mod normal;
mod order;
mod phrases;
mod plan;
mod similar;
mod table;
mod template;

#[cfg(not(target_arch = "wasm32"))]
pub use decode::decode;
pub use decode::{Decoded, Encoding, MOST_BYTES, decode_with};
pub use delimited::{Reader, table};
pub use error::IntakeError;
pub use export::{Column as ExportColumn, listed_columns, to_csv};
pub use leftover::leftover_csv;
pub use link::{LinkPlan, Linker};
pub use mapping::{Column, Mapping, Mode, Target, guess_kind};
pub use order::{Rank, rank};
pub use phrases::split_phrases;
pub use plan::{Bad, Counts, FieldDiff, NewTarget, Options, Outcome, Plan, PlannedRow, Planner};
pub use table::{Progress, RaggedRow, SheetRow, Table};
pub use template::{TEMPLATES, Template};
