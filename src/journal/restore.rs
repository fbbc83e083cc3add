//! Going back, as a plan before it is written: one field, one record, or everything some actions did.
//! What was changed again since stays and is named. Writes nothing itself and never deletes: a plan
//! holds a draft, which becomes one action with one undo.

use std::collections::BTreeMap;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::clock::RECEIPTS;
use super::draft::Draft;
use super::fold::Fold;
use super::life::{fields_of, said};
use super::lines::Gleaning;
use super::moments::Moments;
use super::stamp::{Stamp, Time, millis};
use crate::model::{KindIx, RecordId, Text, Value, schema};
use crate::sorting::Sorting;

/// Lines of a plan that are told; all are counted.
const TOLD: usize = 300;

/// A field as it is and as it would be.
#[derive(Clone, Debug, PartialEq)]
pub struct Restored {
    /// Label of the kind and title of the record.
    pub record: String,
    pub label: String,
    pub now: String,
    pub then: String,
}

/// What stays as it is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    pub record: String,
    pub label: String,
    pub why: Why,
}

/// Why something is left alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// Written again by somebody, at a time in milliseconds since 1970.
    Later { by: Text, at: u64 },
    /// A record must have it, and it was empty then.
    Required,
}

/// What going back would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The first of them, and how many in all.
    pub lines: Vec<Restored>,
    pub count: usize,
    pub kept: Vec<Kept>,
    pub kept_count: usize,
    pub draft: Draft,
}

impl Plan {
    fn new(draft: Draft) -> Plan {
        Plan { lines: Vec::new(), count: 0, kept: Vec::new(), kept_count: 0, draft }
    }

    /// One field, or all fields of a record, as `cells` has them.
    pub fn of_record(
        fold: &Fold,
        (kind, id): (KindIx, &RecordId),
        cells: &[Value],
        only: Option<usize>,
        what: &str,
    ) -> Plan {
        let mut plan = Plan::new(Draft::new(what));
        let spec = schema().kinds[kind].spec;
        let row = fold.township().table(kind).get(id.as_str());
        let record = record_words(fold, &Kind::Known(kind), id.text());
        for (field, then) in cells.iter().enumerate() {
            let now = row.map_or(&Value::Null, |row| &row.cells[field]);
            if only.is_some_and(|only| only != field) || now == then {
                continue;
            }
            let (record, label) = (record.clone(), spec.fields[field].label.to_string());
            if then.is_null() && spec.fields[field].required {
                plan.keep(Kept { record, label, why: Why::Required });
                continue;
            }
            let words = |value| said(fold, &spec.fields[field], value);
            plan.tell(Restored { record, label, now: words(now), then: words(then) });
            plan.draft.set(kind, id, field, then.clone());
        }
        plan
    }

    /// What these ops would change: `now` is the township as it is, `then` with them.
    pub(super) fn of_groups((now, then): (&Fold, &Fold), groups: &[OpGroup], draft: Draft) -> Plan {
        let mut plan = Plan::new(draft);
        for OpGroup { kind, id, ops } in groups {
            let record = record_words(then, kind, id);
            for op in ops {
                let before = now.register(kind, id, &op.reg).map(|(value, _)| value);
                let before = before.unwrap_or_default();
                plan.tell_register(then, &record, (kind, &op.reg), &before, &op.value);
            }
        }
        plan
    }

    fn tell(&mut self, line: Restored) {
        self.count += 1;
        if self.count <= TOLD {
            self.lines.push(line);
        }
    }

    fn keep(&mut self, kept: Kept) {
        self.kept_count += 1;
        if self.kept_count <= TOLD {
            self.kept.push(kept);
        }
    }
}

/// `岗位“文书岗”`
fn record_words(fold: &Fold, kind: &Kind, id: &str) -> String {
    let label = schema().info(kind.name()).map_or("其他", |info| info.spec.label);
    let title = fold.township().title_of(kind.name(), id);
    [label, "“", &title, "”"].concat()
}

/// Actions being looked up, and what stood before them.
pub struct TakingBack {
    rows: Rc<Vec<String>>,
    wanted: FxHashSet<Stamp>,
    gleaning: Gleaning,
    /// The actions, once they are found.
    undone: Option<Vec<Action>>,
}

impl TakingBack {
    /// Of the actions with these stamps.
    pub fn begin(rows: Rc<Vec<String>>, stamps: Vec<Stamp>) -> TakingBack {
        let times = stamps.iter().map(|at| format!("{:016x}", at.time).into()).collect();
        let gleaning = Gleaning::of(rows.clone(), times);
        TakingBack { rows, wanted: stamps.into_iter().collect(), gleaning, undone: None }
    }

    /// Reads so many bytes more; `true` when all is read.
    pub fn step(&mut self, bytes: usize) -> bool {
        if self.undone.is_some() {
            return self.gleaning.step(bytes, &|_| false);
        }
        if !self.gleaning.step(bytes, &|_| true) {
            return false;
        }
        let mut found = std::mem::take(&mut self.gleaning.found);
        found.retain(|action| self.wanted.contains(&action.stamp()));
        let ids = found.iter().flat_map(|action| &action.groups).map(|group| group.id.clone());
        self.gleaning = Gleaning::of(self.rows.clone(), ids.collect());
        self.undone = Some(found);
        false
    }

    /// Bytes read and bytes in all, both times the log is gone through.
    pub fn progress(&self) -> (usize, usize) {
        let (done, all) = self.gleaning.lines.progress();
        (done + if self.undone.is_some() { all } else { 0 }, all * 2)
    }

    /// What taking them back would do to the township as it is.
    pub fn plan(self, fold: &Fold, what: &str) -> Plan {
        let mut rest = self.gleaning.found;
        for action in rest.iter_mut().filter(|action| self.wanted.contains(&action.stamp())) {
            action.groups.retain(|group| group.kind.name() == RECEIPTS);
        }
        let before = fold_without(rest);
        let mut plan = Plan::new(Draft::new(what));
        let mut groups: Vec<OpGroup> = Vec::new();
        for (kind, id, regs) in touched(&self.undone.unwrap_or_default()) {
            let record = record_words(fold, &kind, &id);
            let mut ops = Vec::new();
            for reg in regs {
                let Some((now, at)) = fold.register(&kind, &id, &reg) else { continue };
                if !self.wanted.contains(&at) {
                    let (by, at) = author(fold, &at);
                    let why = Why::Later { by, at: millis(at) };
                    plan.keep(Kept { record: record.clone(), label: label(&kind, &reg), why });
                    continue;
                }
                let then = before.register(&kind, &id, &reg).map(|(value, _)| value);
                let then = then.unwrap_or_default();
                if then != now {
                    plan.tell_register(fold, &record, (&kind, &reg), &now, &then);
                    ops.push(Op::over(reg, then, Some(at)));
                }
            }
            ops.arrange_by_cached(|op| op.reg.name(&kind).into_owned());
            if !ops.is_empty() {
                groups.push(OpGroup { kind, id, ops });
            }
        }
        plan.draft = Draft::of_groups(what, groups);
        plan
    }
}

impl Plan {
    fn tell_register(
        &mut self,
        fold: &Fold,
        record: &str,
        (kind, reg): (&Kind, &Reg),
        now: &Value,
        then: &Value,
    ) {
        let mut line = |label: String, now: String, then: String| {
            self.tell(Restored { record: record.to_string(), label, now, then });
        };
        let (Kind::Known(at), Reg::Known(_)) = (kind, reg) else {
            let shown = |value: &Value| match (value, reg) {
                (Value::Null, _) => "（没有）".to_string(),
                (_, Reg::Member(member)) => member.name.to_string(),
                (value, _) => value.to_json().to_string(),
            };
            return line(label(kind, reg), shown(now), shown(then));
        };
        let specs = schema().kinds[*at].spec.fields;
        for ((field, now), (_, then)) in
            fields_of(*at, reg, now).into_iter().zip(fields_of(*at, reg, then))
        {
            if now != then {
                let words = |value: &Value| said(fold, &specs[field], value);
                line(specs[field].label.to_string(), words(&now), words(&then));
            }
        }
    }
}

/// Who wrote an action this copy knows, and when.
fn author(fold: &Fold, at: &Stamp) -> (Text, Time) {
    let heads = fold.heads();
    heads.find(at).map(|at| (heads.head(at).by.clone(), heads.order(at))).unwrap_or_default()
}

/// A register's label: of one whose fields belong together, all of them.
pub(crate) fn label(kind: &Kind, reg: &Reg) -> String {
    match (kind, reg.register()) {
        (Kind::Known(kind), Some(register)) => {
            let info = &schema().kinds[*kind];
            let fields = info.registers[register].fields.iter();
            fields.map(|at| info.spec.fields[*at].label).collect::<Vec<_>>().join("、")
        }
        (kind, _) => "新版本的 ".to_string() + &reg.name(kind),
    }
}

/// Every register the actions wrote, record by record.
fn touched(actions: &[Action]) -> Vec<(Kind, Text, Vec<Reg>)> {
    let mut records: BTreeMap<(Kind, Text), Vec<Reg>> = BTreeMap::new();
    let groups = actions.iter().flat_map(|action| &action.groups);
    // When others were received is no wish of anybody, to be taken back.
    for group in groups.filter(|group| group.kind.name() != RECEIPTS) {
        let regs = records.entry((group.kind.clone(), group.id.clone())).or_default();
        regs.extend(group.ops.iter().map(|op| op.reg.clone()));
    }
    let sorted = |mut regs: Vec<Reg>| {
        regs.arrange(Ord::cmp);
        regs.dedup();
        regs
    };
    records.into_iter().map(|((kind, id), regs)| (kind, id, sorted(regs))).collect()
}

/// What the other actions alone would have made.
fn fold_without(mut rest: Vec<Action>) -> Fold {
    Moments::arrange(&mut rest);
    let mut fold = Fold::default();
    rest.iter().for_each(|action| drop(fold.apply_part(action)));
    fold
}
