//! A kind's records as a table shows them: which rows, in which order, as which words.
//!
//! `order` (sort keys), `filter` (the box and the columns' conditions), `choose` (both together),
//! `typed` (a value as one line in an input and back), `links` (who refers to a record). Pure: knows
//! no screen, keeps no rows, writes nothing.

pub mod choose;
pub mod filter;
pub mod links;
pub mod order;
pub mod typed;
