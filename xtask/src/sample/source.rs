//! Reads the sheets under `samples/source/`. Judges nothing but their columns.

use std::path::{Path, PathBuf};

/// One sheet with a header row.
pub struct Sheet {
    name: String,
    header: Vec<String>,
    rows: Vec<csv::StringRecord>,
}

/// One row of a sheet.
#[derive(Clone, Copy)]
pub struct Line<'a> {
    sheet: &'a Sheet,
    row: &'a csv::StringRecord,
}

impl Sheet {
    pub fn read(name: &str) -> Result<Sheet, String> {
        let said = |error: csv::Error| format!("samples/source/{name}: {error}");
        let mut reader = csv::Reader::from_path(path(name)).map_err(said)?;
        let header = reader.headers().map_err(said)?.iter().map(str::to_string).collect();
        let rows = reader.records().collect::<Result<Vec<_>, _>>().map_err(said)?;
        Ok(Sheet { name: name.to_string(), header, rows })
    }

    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.rows.iter().map(|row| Line { sheet: self, row })
    }
}

impl<'a> Line<'a> {
    /// The cell under a header; a header that is not there is a mistake of this program.
    pub fn get(&self, column: &str) -> &'a str {
        let at = self.sheet.header.iter().position(|name| name == column);
        let at = at.unwrap_or_else(|| panic!("{} has no column {column}", self.sheet.name));
        self.row.get(at).unwrap_or("")
    }

    pub fn number(&self, column: &str) -> Option<i64> {
        self.get(column).parse().ok()
    }
}

/// A text file, without the line break at its end.
pub fn text(name: &str) -> Result<String, String> {
    let text = std::fs::read_to_string(path(name));
    let text = text.map_err(|error| format!("samples/source/{name}: {error}"))?;
    Ok(text.trim_end().to_string())
}

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples/source").join(name)
}
