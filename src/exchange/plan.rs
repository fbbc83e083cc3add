//! What an import would do, row by row, before anything is done. Becomes one [`Draft`], undone as one.
//!
//! A row ends as exactly one of new, changes, same, bad. Bad rows keep their text; the good ones can
//! be imported without them.

mod build;
mod cascade;
mod matching;
mod read;
mod settle;

use std::collections::BTreeSet;

pub use build::Planner;

use super::link::LinkPlan;
use super::mapping::{Mapping, Mode};
use crate::journal::Draft;
use crate::model::value::Date;
use crate::model::{KindIx, RecordId, Text, Township, Value, schema};

/// What the person may decide about an import.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Records that ended on or before this day are not meant by any row. `None`: all are.
    pub today: Option<Date>,
    /// People the table names and nobody knows become new records; otherwise their rows are bad.
    pub create_people: bool,
    /// Free text of posts is matched with the duty list (posts and duties only).
    pub link_duties: bool,
    /// A blank cell clears the field; otherwise it leaves it alone.
    pub blank_clears: bool,
}

/// A field that would change.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDiff {
    /// Position of the field in the kind.
    pub field: usize,
    pub from: Value,
    pub to: Value,
    mode: Mode,
}

/// Why a row cannot be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bad {
    /// Column of the table, from 0, where one is to blame.
    pub column: Option<usize>,
    /// A sentence.
    pub reason: String,
    /// The row as it was written.
    pub raw: String,
}

/// What would become of a row.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    New {
        id: RecordId,
        values: Vec<(usize, Value)>,
    },
    /// A record that is there, or that an earlier row makes.
    Changes {
        id: RecordId,
        diffs: Vec<FieldDiff>,
    },
    Same {
        id: RecordId,
    },
    Bad(Bad),
}

/// A row of the table and what would become of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRow {
    /// Line of the file, from 1.
    pub line: u64,
    /// What the row calls its record.
    pub title: String,
    pub outcome: Outcome,
}

/// A record that rows name and that is not there yet: 将新建机构.
#[derive(Clone, Debug, PartialEq)]
pub struct NewTarget {
    pub kind: KindIx,
    pub id: RecordId,
    pub name: Text,
    /// Rows that refer to it.
    pub uses: usize,
    pub(super) values: Vec<(usize, Value)>,
}

/// How many rows end how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub new: usize,
    pub changes: usize,
    pub same: usize,
    pub bad: usize,
}

/// An import before it is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub kind: KindIx,
    pub mapping: Mapping,
    /// Every row of the table, in order of lines.
    pub rows: Vec<PlannedRow>,
    pub targets: Vec<NewTarget>,
    /// Where duties were to be linked.
    pub links: Option<LinkPlan>,
}

impl Plan {
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for row in &self.rows {
            *match row.outcome {
                Outcome::New { .. } => &mut counts.new,
                Outcome::Changes { .. } => &mut counts.changes,
                Outcome::Same { .. } => &mut counts.same,
                Outcome::Bad(_) => &mut counts.bad,
            } += 1;
        }
        counts
    }

    /// Records to be made because rows name them: `(kind, how many)` in the order of kinds.
    pub fn target_counts(&self) -> Vec<(KindIx, usize)> {
        let mut kinds: BTreeSet<KindIx> = BTreeSet::new();
        kinds.extend(self.targets.iter().map(|target| target.kind));
        let count = |kind| self.targets.iter().filter(|target| target.kind == kind).count();
        kinds.into_iter().map(|kind| (kind, count(kind))).collect()
    }

    /// The rows that cannot be imported, with line and reason.
    pub fn bad(&self) -> impl Iterator<Item = (u64, &Bad)> {
        self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::Bad(bad) => Some((row.line, bad)),
            _ => None,
        })
    }

    pub fn changes_nothing(&self) -> bool {
        let counts = self.counts();
        let links = self.links.as_ref().is_none_or(|links| links.links().is_empty());
        counts.new + counts.changes == 0 && links
    }

    /// What would be done, in a sentence: 导入岗位：新增 148 条……
    pub fn summary(&self) -> String {
        let counts = self.counts();
        let label = |kind: KindIx| schema().kinds[kind].spec.label;
        let mut parts = vec![
            format!("新增 {} 条", counts.new),
            format!("修改 {} 条", counts.changes),
            format!("相同 {} 条", counts.same),
        ];
        if counts.bad > 0 {
            parts.push(format!("有误 {} 行不导入", counts.bad));
        }
        let targets = self.target_counts();
        parts.extend(targets.iter().map(|(kind, n)| format!("将新建{} {n} 个", label(*kind))));
        if let Some(links) = self.links.as_ref().filter(|links| !links.is_empty()) {
            parts.push(format!("将对应岗位事项 {} 条", links.links().len()));
        }
        format!("{}：{}。", label(self.kind), parts.join("，"))
    }

    /// The whole import as one action. `township` is the one it will be written to: what somebody
    /// added to a set since the plan was made is kept.
    pub fn to_draft(&self, township: &Township, what: &str) -> Draft {
        let mut draft = Draft::new(what);
        for target in &self.targets {
            for (field, value) in &target.values {
                draft.set(target.kind, &target.id, *field, value.clone());
            }
        }
        for row in &self.rows {
            self.write_row(township, row, &mut draft);
        }
        if let Some(links) = &self.links {
            links.write(&mut draft);
        }
        draft
    }

    fn write_row(&self, township: &Township, row: &PlannedRow, draft: &mut Draft) {
        match &row.outcome {
            Outcome::New { id, values } => {
                for (field, value) in values {
                    draft.set(self.kind, id, *field, value.clone());
                }
            }
            Outcome::Changes { id, diffs } => {
                for diff in diffs {
                    let now = township.table(self.kind).get(id.as_str());
                    let now = now.map_or(&Value::Null, |row| &row.cells[diff.field]);
                    let value = match diff.mode {
                        Mode::Add => settle::union(now, &diff.to),
                        Mode::Replace | Mode::FillBlank => diff.to.clone(),
                    };
                    draft.set(self.kind, id, diff.field, value);
                }
            }
            Outcome::Same { .. } | Outcome::Bad(_) => {}
        }
    }
}
