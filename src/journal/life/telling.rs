//! Actions on a record as sentences a clerk reads: what was done, from what to what, beside whom.
//! Folds what it is given in order of time; looks nothing up elsewhere.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::journal::action::{Action, Kind, Op, OpGroup, Reg};
use crate::journal::fold::{Fold, group_members};
use crate::journal::moments::Moments;
use crate::journal::stamp::{Stamp, millis};
use crate::model::value::day_words;
use crate::model::{FieldSpec, FieldType, KindIx, RecordId, Text, Value, schema};
use crate::sorting::Sorting;

/// What an action was to the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Made,
    Changed,
    Ended,
    Undone,
    Restored,
    Imported,
    Merged,
    Decided,
}

impl Deed {
    pub fn label(self) -> &'static str {
        match self {
            Deed::Made => "新建",
            Deed::Changed => "修改",
            Deed::Ended => "结束",
            Deed::Undone => "撤销",
            Deed::Restored => "恢复",
            Deed::Imported => "导入",
            Deed::Merged => "合并",
            Deed::Decided => "定分歧",
        }
    }
}

/// One action, as far as it concerns the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    pub stamp: Stamp,
    /// When it counts as made, milliseconds since 1970.
    pub at: u64,
    pub by: Text,
    /// The action's own words.
    pub what: Text,
    pub deed: Deed,
    /// The record itself first, then those that name it.
    pub parts: Vec<Part>,
    /// The record's fields after it; `None` where it did not exist.
    pub cells: Option<Box<[Value]>>,
}

/// What an action did to one record.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub kind: KindIx,
    pub id: RecordId,
    /// As it was called then.
    pub title: String,
    /// The record itself, not one that names it.
    pub own: bool,
    /// It began to exist, or ceased to: its making was undone.
    pub made: bool,
    pub gone: bool,
    pub lines: Vec<Line>,
}

/// One field's change.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Position of the field; `None` for one of a newer program.
    pub field: Option<usize>,
    pub label: String,
    pub turn: Turn,
    pub from: String,
    pub to: String,
    /// What others had written there, this one not knowing of it.
    pub beside: Vec<Beside>,
}

/// A value written apart from another.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    pub by: Text,
    pub said: String,
    /// Milliseconds since 1970.
    pub at: u64,
}

/// How a field changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Filled,
    Cleared,
    Changed,
    Added,
    Removed,
    Drawn,
    /// Another picture.
    Exchanged,
    /// A decision that left the value as it was.
    Kept,
}

/// How a piece of a sentence is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Plain,
    From,
    To,
}

impl Line {
    /// The sentence in pieces, in order.
    pub fn pieces(&self) -> Vec<(Mark, &str)> {
        use Mark::{From, Plain, To};
        let (label, from, to) = ((Plain, &*self.label), (From, &*self.from), (To, &*self.to));
        let say = |words| (Plain, words);
        match self.turn {
            Turn::Filled => vec![say("填写“"), label, say("”："), to],
            Turn::Cleared => vec![say("清空“"), label, say("”，原为 "), from],
            Turn::Changed => vec![say("把“"), label, say("”从 "), from, say(" 改为 "), to],
            Turn::Added => vec![say("在“"), label, say("”里加上 "), to],
            Turn::Removed => vec![say("从“"), label, say("”里去掉 "), from],
            Turn::Drawn => vec![say("重画了“"), label, say("”")],
            Turn::Exchanged => vec![say("换了“"), label, say("”")],
            Turn::Kept => vec![say("“"), label, say("”定为 "), to],
        }
    }

    pub fn sentence(&self) -> String {
        self.pieces().into_iter().map(|(_, words)| words).collect()
    }
}

/// A value as people read it in this township; an empty one says so.
pub fn said(fold: &Fold, spec: &FieldSpec, value: &Value) -> String {
    match (spec.ty, value.as_date()) {
        (_, _) if value.is_null() => "（空）".to_string(),
        (FieldType::Date, Some(day)) => day_words(day),
        _ => fold.township().display(spec.ty, value) + spec.unit,
    }
}

/// The fields a register's value stands for: of a group each of its fields, of a member none.
pub(crate) fn fields_of(kind: KindIx, reg: &Reg, value: &Value) -> Vec<(usize, Value)> {
    let Reg::Known(register) = reg else { return Vec::new() };
    let info = &schema().kinds[kind];
    let spec = &info.registers[*register];
    if !spec.grouped {
        return vec![(spec.fields[0], value.clone())];
    }
    let mut members = group_members(value);
    let mut member = |field: usize| {
        members.remove(info.spec.fields[field].id).map_or(Value::Null, Value::from_json)
    };
    spec.fields.iter().map(|field| (*field, member(*field))).collect()
}

/// A line in the making: what it becomes is said once the action is in.
struct Ahead {
    line: Line,
    spec: Option<&'static FieldSpec>,
    to: Value,
    /// Written to a field that names the record, or to a period.
    tie: bool,
}

/// A register of a record and the stamp of who wrote it.
type Written = (KindIx, Text, Text, Stamp);

/// A small township that grows action by action, and what to say of each.
pub(super) struct Teller {
    kind: KindIx,
    id: RecordId,
    related: FxHashSet<(KindIx, Text)>,
    moments: Moments,
    fold: Fold,
    values: FxHashMap<Written, Value>,
}

impl Teller {
    pub fn of(
        kind: KindIx,
        id: RecordId,
        related: FxHashSet<(KindIx, Text)>,
        moments: Moments,
    ) -> Teller {
        let (fold, values) = Default::default();
        Teller { kind, id, related, moments, fold, values }
    }

    /// Folds an action in; `None` where it says nothing of the record.
    pub fn tell(&mut self, action: &Action) -> Option<Event> {
        let about: Vec<(KindIx, &OpGroup)> = action
            .groups
            .iter()
            .filter_map(|group| match group.kind {
                Kind::Known(kind) => Some((kind, group)),
                Kind::Other(_) => None,
            })
            .filter(|(kind, group)| self.is_own(*kind, group) || self.is_related(*kind, group))
            .collect();
        let ahead: Vec<(bool, bool, Vec<Ahead>)> = about
            .iter()
            .map(|(kind, group)| {
                (self.exists(*kind, group), self.names_it(*kind, group), self.ahead(*kind, group))
            })
            .collect();
        self.fold.apply_part(action);
        let parts = about.iter().zip(ahead);
        let mut parts: Vec<Part> =
            parts.filter_map(|((kind, group), ahead)| self.part(*kind, group, ahead)).collect();
        for (kind, group) in &about {
            self.remember(*kind, group, &action.stamp());
        }
        parts.arrange_by(|part| !part.own);
        let deed = deed(action, parts.first()?);
        let row = self.fold.township().table(self.kind).get(self.id.as_str());
        Some(Event {
            stamp: action.stamp(),
            at: millis(self.moments.at(action)),
            by: action.by.clone(),
            what: action.what.clone(),
            deed,
            parts,
            cells: row.map(|row| row.cells.clone()),
        })
    }

    fn is_own(&self, kind: KindIx, group: &OpGroup) -> bool {
        kind == self.kind && *group.id == *self.id.as_str()
    }

    fn is_related(&self, kind: KindIx, group: &OpGroup) -> bool {
        self.related.contains(&(kind, group.id.clone()))
    }

    fn exists(&self, kind: KindIx, group: &OpGroup) -> bool {
        self.fold.township().table(kind).get(&group.id).is_some()
    }

    /// Whether a field of the group's record names the record now.
    fn names_it(&self, kind: KindIx, group: &OpGroup) -> bool {
        let row = self.fold.township().table(kind).get(&group.id);
        row.is_some_and(|row| {
            let mut cells = schema().kinds[kind].spec.fields.iter().zip(&row.cells);
            cells.any(|(spec, cell)| self.is_tie(spec) && cell.as_str() == Some(self.id.as_str()))
        })
    }

    fn is_tie(&self, spec: &FieldSpec) -> bool {
        spec.ty == FieldType::Ref(schema().kinds[self.kind].spec.id)
    }

    fn ahead(&self, kind: KindIx, group: &OpGroup) -> Vec<Ahead> {
        group.ops.iter().flat_map(|op| self.ahead_of(kind, group, op)).collect()
    }

    fn ahead_of(&self, kind: KindIx, group: &OpGroup, op: &Op) -> Vec<Ahead> {
        let before = self.before(kind, group, op);
        let mut beside = self.beside(kind, group, op);
        let (specs, decided) = (schema().kinds[kind].spec.fields, !op.rivals.is_empty());
        if let Reg::Other(_) | Reg::Member(..) = op.reg {
            return self.ahead_of_one(kind, op, &before, beside).into_iter().collect();
        }
        let was = fields_of(kind, &op.reg, &before);
        let mut list = Vec::new();
        for ((field, to), (_, from)) in fields_of(kind, &op.reg, &op.value).into_iter().zip(was) {
            let spec = &specs[field];
            let turn = match (&from, &to) {
                _ if from == to && !decided => continue,
                _ if from == to => Turn::Kept,
                _ if spec.ty == FieldType::Outline => Turn::Drawn,
                (Value::Text(_), Value::Text(_)) if spec.ty == FieldType::Photo => Turn::Exchanged,
                (Value::Null, _) => Turn::Filled,
                (_, Value::Null) => Turn::Cleared,
                _ => Turn::Changed,
            };
            let line = Line {
                field: Some(field),
                label: spec.label.to_string(),
                turn,
                from: said(&self.fold, spec, &from),
                to: String::new(),
                beside: std::mem::take(&mut beside),
            };
            let tie = self.is_tie(spec) || spec.group == "period";
            list.push(Ahead { line, spec: Some(spec), to, tie });
        }
        list
    }

    /// A member of a set, or a register of a newer program.
    fn ahead_of_one(
        &self,
        kind: KindIx,
        op: &Op,
        before: &Value,
        beside: Vec<Beside>,
    ) -> Option<Ahead> {
        if *before == op.value {
            return None;
        }
        let info = &schema().kinds[kind];
        let (field, label, turn, text) = match &op.reg {
            Reg::Member(member) => {
                let field = info.registers[member.set].fields[0];
                let turn = if op.value.is_null() { Turn::Removed } else { Turn::Added };
                (
                    Some(field),
                    info.spec.fields[field].label.to_string(),
                    turn,
                    member.name.to_string(),
                )
            }
            reg => {
                let label = "新版本的 ".to_string() + &reg.name(&Kind::Known(kind));
                (None, label, Turn::Filled, op.value.to_json().to_string())
            }
        };
        let line = Line { field, label, turn, from: text.clone(), to: text, beside };
        Some(Ahead { line, spec: None, to: Value::Null, tie: false })
    }

    /// What its author saw there: the value of the op it replaced.
    fn before(&self, kind: KindIx, group: &OpGroup, op: &Op) -> Value {
        let name: Text = op.reg.name(&group.kind).as_ref().into();
        let prev = op.prev.clone();
        let known = prev.and_then(|prev| self.values.get(&(kind, group.id.clone(), name, prev)));
        known.cloned().unwrap_or_default()
    }

    /// What stands in the register and its author did not know.
    fn beside(&self, kind: KindIx, group: &OpGroup, op: &Op) -> Vec<Beside> {
        let now = self.fold.register(&group.kind, &group.id, &op.reg);
        let apart =
            now.filter(|(value, at)| *value != op.value && !op.replaced().any(|known| known == at));
        let Some((value, at)) = apart else { return Vec::new() };
        // Of a set, whatever was added apart stays: nothing to choose between.
        let Reg::Known(_) = op.reg else { return Vec::new() };
        let heads = self.fold.heads();
        let by = heads.find(&at).map(|ix| heads.head(ix).by.clone()).unwrap_or_default();
        let specs = schema().kinds[kind].spec.fields;
        let words: Vec<String> = fields_of(kind, &op.reg, &value)
            .into_iter()
            .map(|(field, value)| said(&self.fold, &specs[field], &value))
            .collect();
        let at = heads.find(&at).map_or(at.time, |ix| heads.order(ix));
        vec![Beside { by, said: words.join("，"), at: millis(at) }]
    }

    fn part(
        &self,
        kind: KindIx,
        group: &OpGroup,
        (existed, named, ahead): (bool, bool, Vec<Ahead>),
    ) -> Option<Part> {
        let own = self.is_own(kind, group);
        let row = self.fold.township().table(kind).get(&group.id);
        let names = self.names_it(kind, group);
        if !own && !named && !names {
            return None;
        }
        let close =
            schema().kinds[kind].spec.fields.iter().any(|spec| self.is_tie(spec) && spec.required);
        let (made, gone) = (!existed && row.is_some(), existed && row.is_none());
        let told = ahead.into_iter().filter(|ahead| {
            // What the title of a record that is new says need not be said again.
            let titled = made && ahead.spec.is_some_and(|spec| spec.title);
            own || (!titled && (close || ahead.tie || named != names))
        });
        let lines: Vec<Line> = told
            .map(|ahead| match ahead.spec {
                Some(spec) => Line { to: said(&self.fold, spec, &ahead.to), ..ahead.line },
                None => ahead.line,
            })
            .collect();
        let id = RecordId::parse(&group.id)?;
        let title = row.map(|row| self.fold.township().title(kind, row));
        let title = title.unwrap_or_else(|| id.to_string());
        let told = made || gone || !lines.is_empty();
        told.then_some(Part { kind, id, title, own, made, gone, lines })
    }

    fn remember(&mut self, kind: KindIx, group: &OpGroup, at: &Stamp) {
        for op in &group.ops {
            let name: Text = op.reg.name(&group.kind).as_ref().into();
            self.values.insert((kind, group.id.clone(), name, at.clone()), op.value.clone());
        }
    }
}

/// What an action was: by what it did where that shows, else by its own words.
fn deed(action: &Action, first: &Part) -> Deed {
    let ops = || action.groups.iter().flat_map(|group| &group.ops);
    let says = |words: &str| action.what.starts_with(words);
    let ended = |line: &Line| {
        line.turn == Turn::Filled
            && line.field.is_some_and(|at| schema().kinds[first.kind].spec.fields[at].id == "until")
    };
    if ops().any(|op| !op.rivals.is_empty()) {
        Deed::Decided
    } else if says("撤销") {
        Deed::Undone
    } else if says("恢复") || says("收回") {
        Deed::Restored
    } else if says("导入") {
        Deed::Imported
    } else if says("合并") {
        Deed::Merged
    } else if first.own && first.made {
        Deed::Made
    } else if first.own && first.lines.iter().any(ended) {
        Deed::Ended
    } else {
        Deed::Changed
    }
}
