//! Sorting lines from elsewhere: new, known, and those that must wait for others. Writes nothing.

use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::action::Action;
use super::desk::Taken;
use super::fold::{Diff, Fold};
use super::stamp::{ReplicaId, Time};
use crate::sorting::Sorting;

/// A line and what it says. The line itself is kept: it may hold more than this program reads. Held by
/// pointer: a file, its plan and its import share what is the bulk of them all.
#[derive(Clone, Debug)]
pub struct Line(Rc<LineParts>);

/// The parts of a [`Line`].
#[derive(Debug)]
pub struct LineParts {
    pub text: String,
    pub action: Action,
}

impl Line {
    pub fn new(text: String, action: Action) -> Line {
        Line(Rc::new(LineParts { text, action }))
    }
}

impl Deref for Line {
    type Target = LineParts;

    fn deref(&self) -> &LineParts {
        &self.0
    }
}

/// A hole in what is known of a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub replica: ReplicaId,
    /// First and last missing counter.
    pub from: u64,
    pub to: u64,
}

/// Lines sorted against a fold.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// New lines, in an order in which each fits.
    fresh: Vec<Line>,
    known: usize,
    waiting: Vec<Line>,
    waited_before: Vec<String>,
    missing: Vec<Missing>,
    forked: Option<Forked>,
}

/// A counter that two copies gave to different actions: a profile was copied or a backup restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forked {
    pub replica: ReplicaId,
    pub counter: u64,
}

/// Bytes a stored row may have; an import of many small actions becomes few rows.
const ROW_BYTES: usize = 1 << 20;

impl Intake {
    pub fn sort(fold: &Fold, parked: &[String], mut lines: Vec<Line>) -> Intake {
        let read = |text: &String| {
            let action = Action::from_line(text).ok()?;
            Some(Line::new(text.clone(), action))
        };
        lines.extend(parked.iter().filter_map(read));
        lines.arrange(|a, b| order(&a.action).cmp(&order(&b.action)));
        let mut intake = Intake { waited_before: parked.to_vec(), ..Intake::default() };
        let mut reached: FxHashMap<ReplicaId, u64> = FxHashMap::default();
        for line in lines {
            intake.compare_with_last(&line);
            let replica = &line.action.replica;
            let have =
                *reached.entry(replica.clone()).or_insert_with(|| fold.heads().known(replica));
            if line.action.counter <= have {
                intake.known += 1;
                intake.compare(fold, &line.action);
            } else if line.action.counter == have + 1 {
                reached.insert(replica.clone(), have + 1);
                intake.fresh.push(line);
            } else {
                intake.park(line, have);
            }
        }
        intake.fresh.arrange_by(|line| (line.action.time, line.action.replica.clone()));
        intake
    }

    /// Sorts the same lines against a fold that has moved on.
    pub fn again(self, fold: &Fold, parked: &[String]) -> Intake {
        let lines = self.fresh.into_iter().chain(self.waiting).collect();
        let sorted = Intake::sort(fold, parked, lines);
        Intake { known: sorted.known + self.known, ..sorted }
    }

    /// A known counter must name the action known by it.
    fn compare(&mut self, fold: &Fold, action: &Action) {
        let ours = action.counter <= fold.heads().known(&action.replica);
        if ours && self.forked.is_none() && fold.heads().find(&action.stamp()).is_none() {
            let (replica, counter) = (action.replica.clone(), action.counter);
            self.forked = Some(Forked { replica, counter });
        }
    }

    /// Two files may bring one counter: then it must be one line.
    fn compare_with_last(&mut self, line: &Line) {
        let named = |at: &&Line| order(&at.action) == order(&line.action);
        let last = [self.fresh.last(), self.waiting.last()];
        let same = last.into_iter().flatten().find(named);
        if same.is_some_and(|same| same.text != line.text) {
            let (replica, counter) = (line.action.replica.clone(), line.action.counter);
            self.forked.get_or_insert(Forked { replica, counter });
        }
    }

    fn park(&mut self, line: Line, have: u64) {
        let waiting = self.waiting.iter().rev().map(|line| &line.action);
        let before = waiting.take_while(|action| action.replica == line.action.replica).next();
        let reached = before.map_or(have, |action| action.counter);
        if line.action.counter == reached {
            return;
        }
        if line.action.counter > reached + 1 {
            let replica = line.action.replica.clone();
            self.missing.push(Missing { replica, from: reached + 1, to: line.action.counter - 1 });
        }
        self.waiting.push(line);
    }

    pub fn fresh(&self) -> impl Iterator<Item = &Action> {
        self.fresh.iter().map(|line| &line.action)
    }

    /// What `fold` will be once the new lines are in.
    pub fn preview(&self, fold: &Fold) -> Fold {
        let mut preview = fold.clone();
        for action in self.fresh() {
            preview.apply(action);
        }
        preview.settle_trees();
        preview
    }

    /// Set where merging would drop actions under a counter that is already taken.
    pub fn forked(&self) -> Option<&Forked> {
        self.forked.as_ref()
    }

    /// Whether another copy went on under this replica's name.
    pub fn speaks_for(&self, replica: &str) -> bool {
        let mut lines = self.fresh.iter().chain(&self.waiting);
        lines.any(|line| line.action.replica.as_str() == replica)
    }

    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    pub fn changes_nothing(&self) -> bool {
        self.fresh.is_empty() && self.parked_lines() == self.waited_before
    }

    /// The latest time among new lines.
    pub fn latest(&self) -> Time {
        self.fresh().map(|action| action.time).max().unwrap_or(0)
    }

    pub fn parked_lines(&self) -> Vec<String> {
        self.waiting.iter().map(|line| line.text.clone()).collect()
    }

    /// New lines joined into rows.
    pub fn rows(&self) -> Vec<String> {
        let mut rows: Vec<String> = Vec::new();
        for line in &self.fresh {
            match rows.last_mut() {
                Some(row) if row.len() + line.text.len() < ROW_BYTES => {
                    row.push('\n');
                    row.push_str(&line.text);
                }
                _ => rows.push(line.text.clone()),
            }
        }
        rows
    }

    pub fn taken(&self, diff: Diff) -> Taken {
        Taken { applied: self.fresh.len(), known: self.known, parked: self.waiting.len(), diff }
    }

    pub fn known(&self) -> usize {
        self.known
    }

    pub fn parked(&self) -> usize {
        self.waiting.len()
    }
}

/// Within a replica by counter, so that gaps show.
fn order(action: &Action) -> (&ReplicaId, u64) {
    (&action.replica, action.counter)
}
