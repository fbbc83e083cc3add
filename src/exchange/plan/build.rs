//! The work of planning, a slice at a time: index what is there, read, match, settle, link.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::read::ReadRow;
use super::{Bad, NewTarget, Options, Outcome, Plan, PlannedRow};
use crate::exchange::export::raw_row;
use crate::exchange::link::{DutyName, Linker, PostText, duties_of, posts_of};
use crate::exchange::lookup::{KeyIndex, Ladder, Names};
use crate::exchange::mapping::Mapping;
use crate::exchange::table::{Progress, Table};
use crate::model::kinds::{Duty, Post, Unit};
use crate::model::spec::Record;
use crate::model::{FieldType, KindIx, RecordId, Row, Township, Value, schema};
use crate::sorting::Sorting;

/// What is known of a row's record.
#[derive(Clone, Debug)]
pub(super) enum State {
    Unknown,
    Meant { id: RecordId, new: bool },
    Bad(Option<usize>, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Index,
    Read,
    Place,
    Resolve,
    Settle,
    Link,
    Done,
}

/// Plans an import. The township is looked at in every step and never held on to.
pub struct Planner {
    /// Shared, so that a changed mapping plans anew without a copy of the table.
    table: Rc<Table>,
    pub(super) mapping: Mapping,
    pub(super) options: Options,
    pub(super) ladder: Ladder,
    /// Keys of the township's records, and of records that rows of the table mean.
    pub(super) existing: KeyIndex,
    pub(super) known: KeyIndex,
    pub(super) claims: FxHashSet<RecordId>,
    /// Records that rows would make.
    pub(super) planned: FxHashSet<RecordId>,
    pub(super) names: BTreeMap<KindIx, Names>,
    pub(super) targets: Vec<NewTarget>,
    pub(super) target_at: FxHashMap<(KindIx, RecordId), usize>,
    /// What rows so far change, and on which line.
    pub(super) written: FxHashMap<RecordId, FxHashMap<usize, (Value, u64)>>,
    pub(super) reads: Vec<ReadRow>,
    pub(super) states: Vec<State>,
    rows: Vec<PlannedRow>,
    linker: Option<Linker>,
    first_unit_no: i64,
    phase: Phase,
    at: usize,
    slots: usize,
    /// Posts to be linked, for the bar only.
    link_estimate: usize,
}

impl Planner {
    pub fn new(
        township: &Township,
        table: impl Into<Rc<Table>>,
        mapping: Mapping,
        options: Options,
    ) -> Planner {
        let table: Rc<Table> = table.into();
        let (kind, rows) = (mapping.kind, table.rows.len());
        Planner {
            ladder: Ladder::of(kind),
            slots: township.table(kind).slots().len(),
            table,
            mapping,
            options,
            existing: KeyIndex::default(),
            known: KeyIndex::default(),
            claims: FxHashSet::default(),
            planned: FxHashSet::default(),
            names: BTreeMap::new(),
            targets: Vec::new(),
            target_at: FxHashMap::default(),
            written: FxHashMap::default(),
            reads: Vec::with_capacity(rows),
            states: vec![State::Unknown; rows],
            rows: Vec::with_capacity(rows),
            linker: None,
            first_unit_no: first_unit_no(township),
            link_estimate: link_estimate(township, kind, rows, &options),
            phase: Phase::Index,
            at: 0,
        }
    }

    /// Does up to `budget` rows' worth of work. Progress is in rows over all phases.
    pub fn step(
        &mut self,
        township: &Township,
        ids: &mut dyn FnMut() -> RecordId,
        budget: usize,
    ) -> Progress {
        for _ in 0..budget.max(1) {
            if self.phase == Phase::Done {
                break;
            }
            if self.at < self.length() {
                self.work(township, ids);
                self.at += 1;
            } else {
                self.next_phase(township);
            }
        }
        self.progress()
    }

    /// The plan, once `step` has come to the end.
    pub fn finish(mut self) -> Plan {
        self.targets.retain(|target| target.uses > 0);
        self.number_units();
        let links = self.linker.take().map(Linker::finish);
        Plan {
            kind: self.mapping.kind,
            mapping: self.mapping,
            rows: self.rows,
            targets: self.targets,
            links,
        }
    }

    /// The sheet's order of units is all the order they have: they are numbered as they were named.
    fn number_units(&mut self) {
        let Some(unit) = schema().kind(Unit::ID) else { return };
        let Some(no) = schema().kinds[unit].field("no") else { return };
        let units = self.targets.iter_mut().filter(|target| target.kind == unit);
        for (target, at) in units.zip(self.first_unit_no..) {
            target.values.push((no, Value::Int(at)));
        }
    }

    fn length(&self) -> usize {
        match self.phase {
            Phase::Index => self.slots,
            Phase::Link => self.linker.as_ref().map_or(0, Linker::len),
            Phase::Done => 0,
            _ => self.table.rows.len(),
        }
    }

    fn work(&mut self, township: &Township, ids: &mut dyn FnMut() -> RecordId) {
        match self.phase {
            Phase::Index => self.index_slot(township, self.at),
            Phase::Read => self.work_read(township, ids),
            Phase::Place => self.work_place(township, ids),
            Phase::Resolve => self.work_resolve(township, ids),
            Phase::Settle => self.work_settle(township),
            Phase::Link => drop(self.linker.as_mut().map(|linker| linker.step(1))),
            Phase::Done => {}
        }
    }

    fn work_read(&mut self, township: &Township, ids: &mut dyn FnMut() -> RecordId) {
        let table = self.table.clone();
        let read = self.read_row(township, ids, &table.rows[self.at].cells);
        self.states[self.at] = self.claim(township, &read);
        self.reads.push(read);
    }

    fn work_place(&mut self, township: &Township, ids: &mut dyn FnMut() -> RecordId) {
        let read = std::mem::take(&mut self.reads[self.at]);
        if matches!(self.states[self.at], State::Unknown) {
            self.states[self.at] = self.place(township, ids, &read);
        }
        if self.refers_to_itself()
            && let State::Meant { id, .. } = &self.states[self.at]
        {
            let id = id.clone();
            self.name_row(township, &read, &id);
        }
        self.reads[self.at] = read;
    }

    fn work_resolve(&mut self, township: &Township, ids: &mut dyn FnMut() -> RecordId) {
        let State::Meant { id, new } = self.states[self.at].clone() else { return };
        let mut read = std::mem::take(&mut self.reads[self.at]);
        self.resolve_own(township, ids, &mut read, &id);
        let failed = read.given.iter().find_map(|given| {
            given.value.as_ref().err().filter(|_| new).map(|reason| (given.column, reason.clone()))
        });
        if let Some((column, reason)) = failed {
            self.states[self.at] = State::Bad(column, reason);
        }
        self.reads[self.at] = read;
    }

    fn work_settle(&mut self, township: &Township) {
        let read = std::mem::take(&mut self.reads[self.at]);
        let state = std::mem::replace(&mut self.states[self.at], State::Unknown);
        let line = self.table.rows[self.at].line;
        let outcome = match self.settle_row(township, line, &read, &state) {
            Ok(outcome) => outcome,
            Err((column, reason)) => {
                let cells = &self.table.rows[self.at].cells;
                let raw = raw_row(cells, self.table.delimiter.unwrap_or(','));
                Outcome::Bad(Bad { column, reason, raw })
            }
        };
        let title = self.title(&read);
        self.rows.push(PlannedRow { line, title, outcome });
    }

    fn title(&self, read: &ReadRow) -> String {
        let titles = read.given.iter().filter(|given| self.fields()[given.field].title);
        titles.map(|given| &*given.typed).collect::<Vec<&str>>().join(" · ")
    }

    fn next_phase(&mut self, township: &Township) {
        self.at = 0;
        self.phase = match self.phase {
            Phase::Index => Phase::Read,
            Phase::Read => Phase::Place,
            Phase::Place if self.refers_to_itself() => Phase::Resolve,
            Phase::Place => Phase::Settle,
            Phase::Resolve => {
                self.cascade();
                Phase::Settle
            }
            Phase::Settle => {
                self.add_ragged();
                self.linker = self.start_linking(township);
                Phase::Link
            }
            Phase::Link | Phase::Done => Phase::Done,
        };
    }

    fn refers_to_itself(&self) -> bool {
        let own = FieldType::Ref(self.kind_id());
        self.fields()
            .iter()
            .enumerate()
            .any(|(at, field)| field.ty == own && self.mapping.fills(at))
    }

    /// Rows that do not fit the header are bad rows among the others.
    fn add_ragged(&mut self) {
        let ragged = self.table.ragged.iter().cloned().map(|row| PlannedRow {
            line: row.line,
            title: String::new(),
            outcome: Outcome::Bad(Bad { column: None, reason: row.reason, raw: row.raw }),
        });
        self.rows.extend(ragged);
        self.rows.arrange_by(|row| row.line);
    }

    /// Imported posts against all duties, or all posts against the duty list as it will be.
    fn start_linking(&self, township: &Township) -> Option<Linker> {
        if !self.options.link_duties {
            return None;
        }
        let today = self.options.today;
        let touched = self.touched(township);
        match self.kind_id() {
            Post::ID => {
                let posts = touched.iter().map(|row| PostText::of(Post::read(row)));
                Some(Linker::of(township, posts.collect(), duties_of(township, today)))
            }
            Duty::ID => {
                let mut duties = duties_of(township, today);
                duties.retain(|duty| touched.iter().all(|row| row.id != duty.id));
                duties.extend(touched.iter().map(|row| DutyName::of(Duty::read(row))));
                Some(Linker::of(township, posts_of(township, today), duties))
            }
            _ => None,
        }
    }

    /// Records the rows make or change, as they will be.
    fn touched(&self, township: &Township) -> Vec<Row> {
        let ids = self.rows.iter().filter_map(|row| match &row.outcome {
            Outcome::New { id, .. } | Outcome::Changes { id, .. } => Some(id),
            Outcome::Same { .. } | Outcome::Bad(_) => None,
        });
        let mut seen = FxHashSet::default();
        let kind = self.mapping.kind;
        ids.filter(|id| seen.insert(*id))
            .map(|id| {
                let row = township.table(kind).get(id.as_str()).cloned();
                let mut row = row.unwrap_or_else(|| Row::empty(kind, id.clone()));
                for (field, cell) in row.cells.iter_mut().enumerate() {
                    let written = self.written.get(id).and_then(|fields| fields.get(&field));
                    if let Some((value, _)) = written {
                        *cell = value.clone();
                    }
                }
                row
            })
            .collect()
    }

    fn progress(&self) -> Progress {
        let (rows, links) = (self.table.rows.len(), self.link_estimate);
        let before =
            [0, self.slots, self.slots + rows, self.slots + 2 * rows, self.slots + 3 * rows];
        let total = self.slots + 4 * rows + links + 1;
        let done = match self.phase {
            Phase::Link => self.slots + 4 * rows + self.at.min(links),
            Phase::Done => total,
            phase => before[phase as usize] + self.at,
        };
        Progress { done: done as u64, total: total as u64 }
    }
}

impl Plan {
    /// Plans a whole table at once.
    pub fn build(
        township: &Township,
        table: Table,
        mapping: Mapping,
        options: Options,
        mut ids: impl FnMut() -> RecordId,
    ) -> Plan {
        let mut planner = Planner::new(township, table, mapping, options);
        while !planner.step(township, &mut ids, 4096).finished() {}
        planner.finish()
    }
}

fn first_unit_no(township: &Township) -> i64 {
    let numbers = township.all::<Unit>().into_iter().filter_map(|unit| unit.no);
    numbers.max().unwrap_or(0).saturating_add(1)
}

fn link_estimate(township: &Township, kind: KindIx, rows: usize, options: &Options) -> usize {
    match schema().kinds[kind].spec.id {
        _ if !options.link_duties => 0,
        Post::ID => rows,
        Duty::ID => township.table_of(Post::ID).map_or(0, |table| table.slots().len()),
        _ => 0,
    }
}
