//! The township as records: what kinds there are, what a field is, what a row holds.
//!
//! Start at `kinds` (one declaration per record kind), then `township` (the tables folded from the
//! journal). Knows no storage, no clock, no screen, and never writes: ops are the only way to write.

pub mod check;
pub mod declare;
pub mod ids;
pub mod json;
pub mod kinds;
pub mod migrations;
pub mod photo;
pub mod public;
pub mod reach;
pub mod schema;
pub mod spec;
pub mod township;
pub mod tree;
pub mod value;

pub use ids::{RecordId, Ref};
pub use photo::Photo;
pub use schema::{KindIx, RegisterIx, schema};
pub use spec::{FieldSpec, FieldType, KindSpec, Record, Visibility};
pub use township::{Day, Row, Table, Township};
pub use value::{Date, Outline, Text, Value};
