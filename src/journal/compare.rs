//! Two copies held side by side, record by record: what differs, and why. Changes neither.
//!
//! Works on what each knows (how many actions of every replica) and on the fold of it. The other copy
//! is rebuilt from the lines of its bundle; of a bundle that holds only later actions, the earlier
//! ones are taken from this copy, which the answer says.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::action::{Action, Kind, Reg};
use super::clock::RECEIPTS;
use super::fold::{Applied, Cell, Fold, Key};
use super::intake::{Line, Missing};
use super::lines::Lines;
use super::peer::Knows;
use super::restore::label;
use super::stamp::{ReplicaId, Stamp};
use super::storage::StoreError;
use crate::model::{KindIx, RegisterIx, Text, schema};
use crate::sorting::Sorting;

/// Actions one copy has and the other lacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Lacking {
    pub replica: ReplicaId,
    /// First and last counter.
    pub from: u64,
    pub to: u64,
    /// Who made them.
    pub people: Vec<Text>,
}

/// Why a register differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The other copy has a change this one lacks, or the other way round.
    WeLack,
    TheyLack,
    /// Both were changed, neither knowing of the other.
    Apart,
    /// Both copies know the same and say something else: a fault.
    Fault,
}

/// A register that differs, as people read it.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDiff {
    pub label: String,
    pub ours: String,
    pub theirs: String,
    pub why: Why,
}

/// A record that differs.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordDiff {
    /// Kind id and record id; kinds this program does not know among them.
    pub kind: Text,
    pub id: Text,
    pub title: String,
    pub fields: Vec<FieldDiff>,
}

/// How two copies stand to each other.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    pub we_lack: Vec<Lacking>,
    pub they_lack: Vec<Lacking>,
    /// Holes in the other copy's file: actions it says nothing of.
    pub holes: Vec<Missing>,
    /// Names under which two copies went on, and the first counter the other gave anew.
    pub forked: Vec<(ReplicaId, u64)>,
    /// Conflicts nobody has decided, here and there.
    pub undecided: (usize, usize),
    /// The file holds later actions only; earlier ones were taken as known to both.
    pub partial: bool,
    pub records: Vec<RecordDiff>,
    /// What the other copy knows: for the bundle of what it lacks.
    pub they_know: Knows,
}

impl Comparison {
    /// Both hold the same township.
    pub fn is_equal(&self) -> bool {
        self.records.is_empty() && self.we_lack.is_empty() && self.they_lack.is_empty()
    }

    /// Registers that say something else though both copies know the same.
    pub fn faults(&self) -> usize {
        let fields = self.records.iter().flat_map(|record| &record.fields);
        fields.filter(|field| field.why == Why::Fault).count()
    }
}

/// A comparison under way.
pub struct Comparing {
    theirs: Fold,
    /// First counter the file holds of each replica.
    first: FxHashMap<ReplicaId, u64>,
    /// What the other copy says that it knows; nothing in files of old programs.
    knows: Knows,
    /// This copy's rows, where actions the file leaves out are taken from them.
    own: Option<Lines>,
    lines: Vec<Line>,
    at: usize,
    /// Kind and slot to be compared next, in our tables and then in theirs.
    place: (bool, KindIx, usize),
    found: Comparison,
    all: usize,
}

impl Comparing {
    /// Of this copy, whose rows are `rows`, with the one that wrote `lines` and `knows` so much.
    pub fn begin(mut lines: Vec<Line>, rows: Rc<Vec<String>>, knows: Knows) -> Comparing {
        lines.arrange_by_cached(|line| line.action.stamp());
        let mut first: FxHashMap<ReplicaId, u64> = FxHashMap::default();
        for line in &lines {
            let at = first.entry(line.action.replica.clone()).or_insert(u64::MAX);
            *at = line.action.counter.min(*at);
        }
        let begins = |replica: &Text| {
            ReplicaId::parse(replica).and_then(|replica| first.get(&replica)).copied()
        };
        let partial = first.values().any(|first| *first > 1)
            || knows.iter().any(|(replica, known)| *known > 0 && begins(replica).is_none());
        let found = Comparison { partial, ..Comparison::default() };
        let (all, own) = (lines.len(), partial.then(|| Lines::of(rows)));
        let (theirs, place) = (Fold::default(), (true, 0, 0));
        Comparing { theirs, first, knows, own, lines, at: 0, place, found, all }
    }

    /// Does a slice of the work: so many lines or records; `Ok(true)` at the end.
    pub fn step(&mut self, ours: &Fold, budget: usize) -> Result<bool, StoreError> {
        if self.own.is_some() {
            self.take_earlier(budget)?;
            return Ok(false);
        }
        if self.at < self.lines.len() {
            self.take_theirs(budget);
            return Ok(false);
        }
        for _ in 0..budget {
            if !self.compare_next(ours) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Lines taken and lines in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.all.max(1))
    }

    /// The answer, once the last step is done.
    pub fn finish(mut self, ours: &Fold) -> Comparison {
        self.compare_loose(ours);
        self.compare_knowledge(ours);
        let (records, theirs) = (&mut self.found.records, &self.theirs);
        records.arrange_by_cached(|at| {
            (schema().kind(&at.kind).unwrap_or(usize::MAX), at.kind.clone(), at.id.clone())
        });
        self.found.undecided = (ours.conflicts().len(), theirs.conflicts().len());
        self.found.they_know = theirs.heads().knows();
        self.found
    }

    /// What a file of later actions leaves out, and both know.
    fn take_earlier(&mut self, budget: usize) -> Result<(), StoreError> {
        let Comparing { own, first, knows, theirs, .. } = self;
        let Some(lines) = own else { return Ok(()) };
        let done = lines.step(budget * 512, &mut |line| {
            let shared = |action: &Action| {
                let begins = first.get(&action.replica).is_none_or(|first| action.counter < *first);
                let known = knows.get(action.replica.as_str()).copied().unwrap_or_default();
                begins && (knows.is_empty() || action.counter <= known)
            };
            if let Ok(action) = Action::from_line(line)
                && shared(&action)
            {
                theirs.apply(&action);
            }
            Ok(())
        })?;
        if done {
            self.own = None;
        }
        Ok(())
    }

    fn take_theirs(&mut self, budget: usize) {
        let to = (self.at + budget).min(self.lines.len());
        for line in &self.lines[self.at..to] {
            let action = &line.action;
            if let Applied::Gap { have } = self.theirs.apply(action) {
                let (replica, from) = (action.replica.clone(), have + 1);
                let known = self.found.holes.iter().any(|hole| hole.replica == replica);
                if !known {
                    self.found.holes.push(Missing { replica, from, to: action.counter - 1 });
                }
            }
        }
        self.at = to;
    }

    /// Compares the next record; `false` when none is left.
    fn compare_next(&mut self, ours: &Fold) -> bool {
        let (own, kind, slot) = self.place;
        if kind == schema().kinds.len() {
            self.place = (false, 0, 0);
            return own;
        }
        let here = if own { ours } else { &self.theirs };
        let Some(row) = here.township().table(kind).slots().get(slot) else {
            self.place = (own, kind + 1, 0);
            return true;
        };
        let id = row.id.text().clone();
        let there = |fold: &Fold| fold.township().table(kind).slot(&id);
        let (mine, other) = (there(ours), there(&self.theirs));
        // Records both have were compared when ours were gone through.
        if own || mine.is_none() {
            self.compare_record(ours, kind, &id, (mine, other));
        }
        self.place = (own, kind, slot + 1);
        true
    }

    fn compare_record(
        &mut self,
        ours: &Fold,
        kind: KindIx,
        id: &Text,
        (mine, other): (Option<usize>, Option<usize>),
    ) {
        let mut fields = Vec::new();
        for register in 0..schema().kinds[kind].registers.len() {
            if let (Some(mine), Some(other)) = (mine, other)
                && self.is_plainly_same(ours, (kind, register), mine, other)
            {
                continue;
            }
            let key = |slot: Option<usize>| slot.map(|slot| Key::Known(kind, slot, register));
            if let Some(found) = self.compare_register(ours, key(mine), key(other)) {
                fields.push(found);
            }
        }
        if !fields.is_empty() {
            self.record(ours, schema().kinds[kind].spec.id, id).fields.extend(fields);
        }
    }

    /// The usual case, told without taking anything apart: one head each, the same.
    fn is_plainly_same(
        &self,
        ours: &Fold,
        (kind, register): (KindIx, RegisterIx),
        mine: usize,
        other: usize,
    ) -> bool {
        let theirs = &self.theirs;
        let alone = |fold: &Fold, slot| {
            fold.rivals.is_empty() || !fold.rivals.contains_key(&Key::Known(kind, slot, register))
        };
        let (a, b) = (ours.stamps[kind][mine][register], theirs.stamps[kind][other][register]);
        if a == 0 || b == 0 {
            return a == b;
        }
        if !alone(ours, mine) || !alone(theirs, other) {
            return false;
        }
        let cells = |fold: &Fold, slot| {
            let row = fold.township().table(kind).at(slot);
            schema().kinds[kind].registers[register]
                .fields
                .iter()
                .map(|at| row.cells[*at].clone())
                .collect::<Vec<_>>()
        };
        let odd = |fold: &Fold, slot| fold.odd.get(&Key::Known(kind, slot, register)).cloned();
        let head = |fold: &Fold, at| {
            let head = fold.heads().head(at);
            (head.time, fold.heads().replica(head.replica).clone())
        };
        head(ours, a) == head(theirs, b)
            && cells(ours, mine) == cells(theirs, other)
            && odd(ours, mine) == odd(theirs, other)
    }

    /// Members of sets, and what newer programs wrote.
    fn compare_loose(&mut self, ours: &Fold) {
        let mut keys: Vec<Key> =
            ours.loose.keys().chain(self.theirs.loose.keys()).cloned().collect();
        keys.arrange(Ord::cmp);
        keys.dedup();
        for key in keys {
            let found = self.compare_register(ours, Some(key.clone()), Some(key.clone()));
            if let (Some(found), Key::Loose(kind, id, _)) = (found, &key)
                && **kind != *RECEIPTS
            {
                self.record(ours, kind, id).fields.push(found);
            }
        }
    }

    fn compare_register(
        &self,
        ours: &Fold,
        mine: Option<Key>,
        other: Option<Key>,
    ) -> Option<FieldDiff> {
        let (a, b) = (Heads::of(ours, mine.as_ref()), Heads::of(&self.theirs, other.as_ref()));
        if a.cells == b.cells {
            return None;
        }
        let lack = |heads: &Heads, fold: &Fold| {
            heads.cells.iter().any(|(at, _)| fold.heads().find(at).is_none())
        };
        let why = match (lack(&b, ours), lack(&a, &self.theirs)) {
            (true, true) => Why::Apart,
            (true, false) => Why::WeLack,
            (false, true) => Why::TheyLack,
            (false, false) => Why::Fault,
        };
        let key = mine.or(other)?;
        let (label, register) = named(&key);
        let words = |fold: &Fold, heads: Heads| heads.words(fold, &key, register);
        Some(FieldDiff { label, ours: words(ours, a), theirs: words(&self.theirs, b), why })
    }

    fn record(&mut self, ours: &Fold, kind: &str, id: &str) -> &mut RecordDiff {
        let records = &mut self.found.records;
        let known = records.iter().rposition(|at| *at.kind == *kind && *at.id == *id);
        let at = known.unwrap_or_else(|| {
            let there = ours.township().row(kind, id).is_some();
            let fold = if there { ours } else { &self.theirs };
            let title = fold.township().title_of(kind, id);
            records.push(RecordDiff {
                kind: kind.into(),
                id: id.into(),
                title,
                fields: Vec::new(),
            });
            records.len() - 1
        });
        &mut records[at]
    }

    fn compare_knowledge(&mut self, ours: &Fold) {
        self.found.we_lack = lacking(&self.theirs, ours);
        self.found.they_lack = lacking(ours, &self.theirs);
        for lacking in &self.found.we_lack {
            if lacking.from <= ours.heads().known(&lacking.replica) {
                self.found.forked.push((lacking.replica.clone(), lacking.from));
            }
        }
    }
}

/// What one copy knows that the other does not, replica by replica.
fn lacking(of: &Fold, to: &Fold) -> Vec<Lacking> {
    let mut found: BTreeMap<&ReplicaId, Lacking> = BTreeMap::new();
    let heads = of.heads();
    for (at, head) in heads.iter() {
        let replica = heads.replica(head.replica);
        // By stamp, not by counter: two copies may have gone on under one name.
        if to.heads().find(&heads.stamp(at)).is_some() {
            continue;
        }
        let (replica_of, from, to) = (replica.clone(), head.counter, head.counter);
        let lacking = found.entry(replica).or_insert_with(|| Lacking {
            replica: replica_of,
            from,
            to,
            people: Vec::new(),
        });
        lacking.from = lacking.from.min(from);
        lacking.to = lacking.to.max(to);
        if !lacking.people.contains(&head.by) {
            lacking.people.push(head.by.clone());
        }
    }
    found.into_values().collect()
}

/// Label of a register and, where it is one this program knows, its place.
fn named(key: &Key) -> (String, Option<(KindIx, RegisterIx)>) {
    match key {
        Key::Known(kind, _, register) => {
            (label(&Kind::Known(*kind), &Reg::Known(*register)), Some((*kind, *register)))
        }
        Key::Loose(kind, _, name) => {
            let kind = Kind::named(kind);
            (label(&kind, &Reg::named(&kind, name)), None)
        }
    }
}

/// Who stands in a register, winner first, and with what.
struct Heads {
    cells: Vec<(Stamp, Cell)>,
}

impl Heads {
    fn of(fold: &Fold, key: Option<&Key>) -> Heads {
        let winner = key.and_then(|key| fold.winner(key));
        let rivals = key.and_then(|key| fold.rivals.get(key)).into_iter().flatten().cloned();
        // Where an action stands differs from copy to copy.
        let named = |cell: Cell| (fold.heads().stamp(cell.at), Cell { at: 0, ..cell });
        Heads { cells: winner.into_iter().chain(rivals).map(named).collect() }
    }

    fn words(self, fold: &Fold, key: &Key, register: Option<(KindIx, RegisterIx)>) -> String {
        let Some((_, winner)) = self.cells.into_iter().next() else { return "（没有）".into() };
        match (register, key) {
            _ if winner.value.is_null() => "（空）".into(),
            (Some((kind, register)), _) => fold.said(kind, register, &winner.value),
            (None, Key::Loose(_, _, name)) => {
                name.split_once('/').map_or(name.to_string(), |at| at.1.to_string())
            }
            (None, Key::Known(..)) => String::new(),
        }
    }
}
