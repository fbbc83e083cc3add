//! What somebody wants changed, in fields. Becomes ops against a fold; what changes nothing drops out.

use rustc_hash::{FxHashMap, FxHashSet};

use super::action::{Kind, Op, OpGroup, Reg};
use super::fold::{Fold, group_members};
use crate::encoding::Nfc;
use crate::model::value::Date;
use crate::model::{KindIx, Record, RecordId, RegisterIx, Text, Value, schema};
use crate::sorting::Sorting;

/// One wish: a field of a record shall hold a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Edit {
    pub kind: KindIx,
    pub id: RecordId,
    /// Position of the field in the kind.
    pub field: usize,
    pub value: Value,
}

/// What counts in a register that people changed apart.
#[derive(Clone, Debug, PartialEq)]
struct Decision {
    kind: KindIx,
    id: RecordId,
    register: RegisterIx,
    value: Value,
}

/// A user action in the making.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// What the person is doing, as history will tell it.
    pub what: Text,
    edits: Vec<Edit>,
    decisions: Vec<Decision>,
    /// Ops written as they stand: the inverse of an action.
    raw: Vec<OpGroup>,
}

impl Draft {
    pub fn new(what: &str) -> Draft {
        Draft { what: what.into(), edits: Vec::new(), decisions: Vec::new(), raw: Vec::new() }
    }

    pub(crate) fn of_groups(what: &str, raw: Vec<OpGroup>) -> Draft {
        Draft { what: what.into(), edits: Vec::new(), decisions: Vec::new(), raw }
    }

    pub fn is_empty(&self) -> bool {
        self.edits.is_empty() && self.decisions.is_empty() && self.raw.is_empty()
    }

    pub(super) fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Whether it is nothing but fields that get values.
    pub(super) fn is_plain(&self) -> bool {
        self.decisions.is_empty() && self.raw.is_empty()
    }

    /// Adds what another draft wants; where both want a field, the other's counts.
    pub fn add(&mut self, other: &Draft) {
        let place = |edit: &Edit| (edit.kind, edit.id.clone(), edit.field);
        let anew: FxHashSet<_> = other.edits.iter().map(place).collect();
        self.edits.retain(|edit| !anew.contains(&place(edit)));
        self.edits.extend(other.edits.iter().cloned());
        self.decisions.extend(other.decisions.iter().cloned());
        self.raw.extend(other.raw.iter().cloned());
    }

    /// Sets one field. A `Set` value becomes the members that differ.
    pub fn set(&mut self, kind: KindIx, id: &RecordId, field: usize, value: Value) {
        self.edits.push(Edit { kind, id: id.clone(), field, value });
    }

    /// Sets a field by the names of its kind and itself; nothing where there is none of these names.
    pub fn set_named(&mut self, kind: &str, id: &RecordId, field: &str, value: Value) {
        if let Some(kind) = schema().kind(kind)
            && let Some(field) = schema().kinds[kind].field(field)
        {
            self.set(kind, id, field, value);
        }
    }

    /// Sets every field of a record that holds something.
    pub fn put<K: Record>(&mut self, record: &K) {
        let Some(kind) = schema().kind(K::ID) else { return };
        for (field, value) in record.cells().into_iter().enumerate() {
            if !value.is_null() {
                self.set(kind, record.id(), field, value);
            }
        }
    }

    /// Settles a conflict: `value` counts, and all that was written apart is replaced. `value` is the
    /// register's, as a claim of the conflict has it.
    pub fn decide(&mut self, kind: KindIx, id: &RecordId, register: RegisterIx, value: Value) {
        self.decisions.push(Decision { kind, id: id.clone(), register, value });
    }

    /// How many conflicts it settles.
    pub fn decision_count(&self) -> usize {
        self.decisions.len()
    }

    /// Ends a record: from `day` on it no longer holds. Nothing is ever deleted.
    pub fn end(&mut self, kind: KindIx, id: &RecordId, day: Date) {
        self.set_named(schema().kinds[kind].spec.id, id, "until", Value::date(day));
    }

    /// The ops this draft means on top of `fold`, their values as every copy writes them.
    pub fn to_groups(&self, fold: &Fold, nfc: Nfc) -> Vec<OpGroup> {
        let mut groups = Groups { fold, list: Vec::new(), at: FxHashMap::default() };
        for edit in &self.edits {
            groups.add(&Edit { value: edit.value.composed(nfc).canonical(), ..edit.clone() });
        }
        for decision in &self.decisions {
            groups.decide(decision, decision.value.composed(nfc).canonical());
        }
        let mut list = groups.list;
        list.retain_mut(|group| {
            group.ops.retain(|op| changes(fold, &group.kind, &group.id, op));
            group.ops.arrange_by_cached(|op| op.reg.name(&group.kind).into_owned());
            !group.ops.is_empty()
        });
        list.extend(self.raw.iter().cloned());
        list
    }
}

/// A decision says something even where its value stands already.
fn changes(fold: &Fold, kind: &Kind, id: &str, op: &Op) -> bool {
    if !op.rivals.is_empty() {
        return true;
    }
    let now = fold.register(kind, id, &op.reg).map(|(value, _)| value);
    now.unwrap_or(Value::Null) != op.value
}

struct Groups<'a> {
    fold: &'a Fold,
    list: Vec<OpGroup>,
    at: FxHashMap<(KindIx, RecordId), usize>,
}

impl Groups<'_> {
    fn add(&mut self, edit: &Edit) {
        let info = &schema().kinds[edit.kind];
        let register = info.register_of_field(edit.field);
        let spec = &info.registers[register];
        if spec.set {
            return self.add_members(edit, register);
        }
        if !spec.grouped {
            return self.write(edit, Reg::Known(register), edit.value.clone());
        }
        let mut members = group_members(&self.current(edit, register));
        let name = info.spec.fields[edit.field].id;
        match &edit.value {
            Value::Null => drop(members.remove(name)),
            value => drop(members.insert(name.into(), value.to_json())),
        }
        let value = if members.is_empty() { Value::Null } else { Value::from_json(members.into()) };
        self.write(edit, Reg::Known(register), value);
    }

    fn add_members(&mut self, edit: &Edit, register: usize) {
        let row = self.fold.township().table(edit.kind).get(edit.id.as_str());
        let now = row.map_or(&[][..], |row| row.cells[edit.field].as_set());
        let wanted = edit.value.as_set();
        let gone = now.iter().filter(|member| !wanted.contains(member));
        let new = wanted.iter().filter(|member| !now.contains(member));
        let changes: Vec<(Text, Value)> = gone
            .map(|member| (member.clone(), Value::Null))
            .chain(new.map(|member| (member.clone(), Value::Bool(true))))
            .collect();
        for (member, value) in changes {
            self.write(edit, Reg::member(register, member), value);
        }
    }

    /// The group's value as this draft has left it so far.
    fn current(&self, edit: &Edit, register: usize) -> Value {
        let reg = Reg::Known(register);
        let drafted = self.at.get(&(edit.kind, edit.id.clone())).and_then(|at| {
            self.list[*at].ops.iter().find(|op| op.reg == reg).map(|op| op.value.clone())
        });
        drafted
            .or_else(|| {
                Some(self.fold.register(&Kind::Known(edit.kind), edit.id.as_str(), &reg)?.0)
            })
            .unwrap_or(Value::Null)
    }

    fn decide(&mut self, decision: &Decision, value: Value) {
        let reg = Reg::Known(decision.register);
        let rivals = self.fold.rivals_of(decision.kind, &decision.id, &reg);
        self.op(decision.kind, &decision.id, reg, value).rivals = rivals.into();
    }

    fn write(&mut self, edit: &Edit, reg: Reg, value: Value) {
        self.op(edit.kind, &edit.id, reg, value);
    }

    /// The op that puts a value into a register, made where there is none yet.
    fn op(&mut self, kind: KindIx, id: &RecordId, reg: Reg, value: Value) -> &mut Op {
        let at = *self.at.entry((kind, id.clone())).or_insert_with(|| {
            let kind = Kind::Known(kind);
            self.list.push(OpGroup { kind, id: id.text().clone(), ops: Vec::new() });
            self.list.len() - 1
        });
        let ops = &mut self.list[at].ops;
        let known = ops.iter().position(|op| op.reg == reg);
        let at = known.unwrap_or_else(|| {
            let now = self.fold.register(&Kind::Known(kind), id.as_str(), &reg);
            ops.push(Op::over(reg, Value::Null, now.map(|(_, at)| at)));
            ops.len() - 1
        });
        ops[at].value = value;
        &mut ops[at]
    }
}
