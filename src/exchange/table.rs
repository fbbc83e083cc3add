//! A table as it was written: headers and rows with their lines. Does not know where it came from.

/// A row as long as the header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Line of the file on which the row begins, from 1.
    pub line: u64,
    pub cells: Vec<Box<str>>,
}

/// A row that does not fit the header. It is kept whole, to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RaggedRow {
    pub line: u64,
    pub raw: String,
    /// A sentence.
    pub reason: String,
}

/// A foreign table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    pub headers: Vec<String>,
    pub rows: Vec<SheetRow>,
    pub ragged: Vec<RaggedRow>,
    /// Lines above the header: a heading, a date, a unit of measure.
    pub preamble: Vec<String>,
    /// What keeps the cells apart, where anything does.
    pub delimiter: Option<char>,
}

/// How far a sliced piece of work is. Both figures share a unit; the work is over when they meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub done: u64,
    pub total: u64,
}

impl Progress {
    pub fn finished(self) -> bool {
        self.done >= self.total
    }
}
