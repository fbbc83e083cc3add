//! The township as it was recorded at a moment: the fold of every action that counts as made by then.
//!
//! Not the day a record holds on (`Township::on`): that asks what is true of a day, this asks what had
//! been written by then. Read from stored rows in slices; writes nothing.

use std::rc::Rc;

use super::action::{Action, unreadable};
use super::basis::Basis;
use super::fold::{Applied, Fold};
use super::lines::Lines;
use super::moments::Moments;
use super::stamp::{Time, parse_time};
use super::storage::StoreError;

/// A past moment being folded.
#[derive(Clone, Debug)]
pub struct Past {
    lines: Lines,
    until: Time,
    moments: Moments,
    fold: Fold,
    /// Of an extract: what it began with, and its own actions.
    extract: Option<(Basis, Vec<Action>)>,
}

/// The last time of a millisecond since 1970: what was recorded in it is in.
pub fn end_of(millis: u64) -> Time {
    millis << 16 | 0xffff
}

impl Past {
    /// `moments` as they are known now.
    pub fn begin(rows: Rc<Vec<String>>, until: Time, moments: Moments) -> Past {
        Past { lines: Lines::of(rows), until, moments, fold: Fold::default(), extract: None }
    }

    /// Folds in so many bytes of lines; `Ok(true)` when none is left.
    pub fn step(&mut self, bytes: usize) -> Result<bool, StoreError> {
        let Past { lines, until, moments, fold, extract } = self;
        lines.step(bytes, &mut |line| {
            if let Some(basis) = Basis::from_row(line) {
                // What came first holds for every day before; a newer one counts from now on only.
                extract.get_or_insert((basis, Vec::new()));
                return Ok(());
            }
            match extract {
                Some((_, own)) => Action::from_line(line)
                    .map(|action| own.extend((moments.at(&action) <= *until).then_some(action)))
                    .map_err(|error| unread(&error)),
                None => fold_line(fold, line, *until, moments),
            }
        })
    }

    /// Bytes read and bytes in all.
    pub fn progress(&self) -> (usize, usize) {
        self.lines.progress()
    }

    /// The township of the moment, once every line is in.
    pub fn finish(mut self) -> Fold {
        if let Some((basis, own)) = self.extract {
            // Own lines have no gaps; without them it shows what came.
            return Fold::from_basis(&basis, &own)
                .or_else(|_| Fold::from_basis(&basis, &[]))
                .unwrap_or_default();
        }
        self.fold.settle_trees();
        self.fold
    }
}

fn fold_line(
    fold: &mut Fold,
    line: &str,
    until: Time,
    moments: &Moments,
) -> Result<(), StoreError> {
    if moments.is_empty() && is_later(line, until) {
        return Ok(());
    }
    let action = Action::from_line(line).map_err(|error| unread(&error))?;
    if moments.at(&action) > until {
        return Ok(());
    }
    // Neither times nor receipts of a copy run back, so what was recorded by then has no gaps.
    match fold.apply(&action) {
        Applied::Gap { have } => {
            let what = format!("{} 第 {have} 条之后缺失", action.replica);
            Err(StoreError::Corrupt(what))
        }
        Applied::New(_) | Applied::Known => Ok(()),
    }
}

fn unread(error: &serde_json::Error) -> StoreError {
    StoreError::Corrupt(format!("操作记录：{}", unreadable(error)))
}

/// Whether every time in the line that may be its own is later: then the line need not be read.
fn is_later(line: &str, until: Time) -> bool {
    let times = line.match_indices("\"t\":\"").map(|(at, name)| at + name.len());
    let mut times = times.map(|at| line.get(at..at + 16).and_then(parse_time)).peekable();
    times.peek().is_some() && times.all(|time| time.is_some_and(|time| time > until))
}
