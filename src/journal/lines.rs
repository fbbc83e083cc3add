//! Stored rows read bit by bit, so that a page stays awake over a long past. Writes nothing.

use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::action::{Action, OpGroup};
use super::basis::{Basis, actions_in};
use super::clock::RECEIPTS;
use super::storage::StoreError;
use crate::model::Text;

/// The lines of stored rows, one after the other; a row is one or more lines.
#[derive(Clone, Debug)]
pub struct Lines {
    rows: Rc<Vec<String>>,
    row: usize,
    byte: usize,
    /// Bytes passed and bytes in all.
    done: usize,
    all: usize,
}

impl Lines {
    pub fn of(rows: Rc<Vec<String>>) -> Lines {
        let all = rows.iter().map(String::len).sum();
        Lines { rows, row: 0, byte: 0, done: 0, all }
    }

    pub(crate) fn next_line(&mut self) -> Option<&str> {
        while self.rows.get(self.row)?.len() <= self.byte {
            (self.row, self.byte) = (self.row + 1, 0);
        }
        let rest = &self.rows[self.row][self.byte..];
        let len = rest.find('\n').unwrap_or(rest.len());
        self.byte += len + 1;
        self.done += len + 1;
        Some(rest[..len].trim_end_matches('\r'))
    }

    /// Bytes read and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.done.min(self.all), self.all)
    }

    /// Hands `bytes` or a little more to `look`; `Ok(true)` at the end.
    pub fn step(
        &mut self,
        bytes: usize,
        look: &mut dyn FnMut(&str) -> Result<(), StoreError>,
    ) -> Result<bool, StoreError> {
        let stop = self.done + bytes;
        while self.done < stop {
            let Some(line) = self.next_line() else { return Ok(true) };
            look(line)?;
        }
        Ok(false)
    }
}

/// Receipts of clocks that lied come with whatever is read: they order it.
fn is_receipt(group: &OpGroup) -> bool {
    group.kind.name() == RECEIPTS
}

/// Actions that name any of some records (by id) or carry any of some times (sixteen digits), found
/// without reading the others.
#[derive(Clone, Debug)]
pub(crate) struct Gleaning {
    pub lines: Lines,
    pub names: FxHashSet<Text>,
    pub found: Vec<Action>,
}

impl Gleaning {
    pub fn of(rows: Rc<Vec<String>>, mut names: FxHashSet<Text>) -> Gleaning {
        names.insert(RECEIPTS.into());
        Gleaning { lines: Lines::of(rows), names, found: Vec::new() }
    }

    /// Reads on; kept are the groups of the records and those that `also` says. Lines this program
    /// cannot read are left out: they are still stored and sent on.
    pub fn step(&mut self, bytes: usize, also: &dyn Fn(&OpGroup) -> bool) -> bool {
        let Gleaning { lines, names, found } = self;
        let mut look = |line: &str| {
            if !mentions(line, names) && !Basis::is_row(line) {
                return Ok(());
            }
            for mut action in actions_in(line) {
                let wanted = |group: &OpGroup| names.contains(&group.id) || is_receipt(group);
                action.groups.retain(|group| wanted(group) || also(group));
                if !action.groups.is_empty() {
                    found.push(action);
                }
            }
            Ok(())
        };
        // Looking never fails.
        lines.step(bytes, &mut look).unwrap_or(true)
    }
}

/// Whether one of the names may stand in the line as a text of its own.
fn mentions(line: &str, names: &FxHashSet<Text>) -> bool {
    // Who writes letters as codes may hide a name in them.
    line.contains("\\u") || line.split('"').any(|piece| piece.len() <= 64 && names.contains(piece))
}
