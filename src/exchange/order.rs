//! Which of several tables goes in first, so that each finds the records it names. Reads no rows.

use super::mapping::{Mapping, Mode, guess_kind};
use crate::model::{Value, schema};

/// Kinds in the order in which they name each other.
const FIRST: &[&str] = &[
    "town",
    "zone",
    "village",
    "unit",
    "window",
    "duty",
    "post",
    "person",
    "holding",
    "duty_link",
    "grid_cell",
    "matter",
    "slide",
    "strategy",
    "action",
    "task_force",
    "force_member",
    "task",
    "review",
    "village_score",
    "case",
];

/// A table's place in the queue: the smaller goes first; equal ones keep the order they were given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rank {
    kind: usize,
    /// A table that adds to records comes after the one that makes them.
    adds: bool,
    /// The short list of common matters comes after the long one.
    marks: bool,
}

/// The place of a table with these headers; of a table nobody knows, the last.
pub fn rank(headers: &[String], file_name: &str) -> Rank {
    let Some(kind) = guess_kind(headers, file_name) else {
        return Rank { kind: FIRST.len(), adds: false, marks: false };
    };
    let mapping = Mapping::guess(headers, kind, file_name);
    let id = schema().kinds[kind].spec.id;
    Rank {
        kind: FIRST.iter().position(|known| *known == id).unwrap_or(FIRST.len()),
        adds: mapping.columns.iter().any(|column| column.mode == Mode::Add),
        marks: mapping.fixed.iter().any(|(_, value)| *value == Value::Bool(true)),
    }
}

impl Rank {
    /// The place of a file of division codes: before everything that lies in a village.
    pub fn of_divisions() -> Rank {
        Rank { kind: 0, adds: false, marks: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_real_tables_line_up_so_that_each_finds_what_it_names() {
        let files = [
            ("terms.csv", "term,matter,window"),
            ("posts.csv", "unit,no,post,duties"),
            ("matters_common.csv", "window,name,department,item_code"),
            ("x.csv", "甲,乙"),
            ("matters.csv", "department,main_item,name,item_code"),
            ("duties.csv", "unit,no,name"),
        ];
        let mut ranked: Vec<(Rank, &str)> = files
            .iter()
            .map(|(name, headers)| {
                let headers: Vec<String> = headers.split(',').map(str::to_string).collect();
                (rank(&headers, name), *name)
            })
            .collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let names: Vec<&str> = ranked.iter().map(|(_, name)| *name).collect();
        let wanted = ["duties.csv", "posts.csv", "matters.csv", "matters_common.csv", "terms.csv"];
        assert_eq!(names, [&wanted[..], &["x.csv"]].concat());
    }
}
