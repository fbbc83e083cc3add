//! What an extract begins with: some registers of a township with the stamps their values were written
//! under, and nothing of how they came about. A base that begins so knows those stamps and no action of
//! other copies: it tells others only of its own. Decides neither what is extracted nor who may see it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::action::{Action, Kind, Op, OpGroup, Reg};
use super::clock::{self, FAR};
use super::fold::{Applied, Fold, Key};
use super::peer::Knows;
use super::stamp::{LATEST_MILLIS, ReplicaId, Stamp, Time, millis};
use super::storage::StoreError;
use crate::model::reach::Reach;
use crate::model::value::write_json_text;
use crate::model::{KindIx, RecordId, Text, Value, schema};
use crate::sorting::Sorting;

/// What a base that is an extract says of itself.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ExtractOf {
    /// Id and name of the person.
    pub person: Text,
    pub name: Text,
    /// When it was made, as it says.
    pub made: Text,
}

impl ExtractOf {
    /// `2026-11-22 提取`
    pub fn when(&self) -> String {
        [self.made.split('T').next().unwrap_or_default(), " 提取"].concat()
    }
}

/// Some registers of a township.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Basis {
    /// What the copy knew that it was taken from.
    pub knows: Knows,
    pub records: Vec<Part>,
}

/// What of one record is contained.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    pub kind: Kind,
    pub id: Text,
    pub reach: Reach,
    /// Every head of every register: value and stamp, of rivals the one that counts first.
    pub heads: Vec<(Reg, Value, Stamp)>,
}

/// How a newer basis stands to an older one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    Same,
    Newer,
    Older,
    /// Each knows what the other does not.
    Apart,
}

/// The name an action of a basis is told under.
const BROUGHT: &str = "随提取件带来";

impl Fold {
    /// The named records as a basis, each as far as `Reach` says. What is not there is left out.
    pub fn basis(&self, wanted: &BTreeMap<(KindIx, RecordId), Reach>) -> Basis {
        let part = |((kind, id), reach): (&(KindIx, RecordId), &Reach)| {
            let heads = self.heads_of(*kind, id, *reach)?;
            Some(Part { kind: Kind::Known(*kind), id: id.text().clone(), reach: *reach, heads })
        };
        Basis { knows: self.heads.knows(), records: wanted.iter().filter_map(part).collect() }
    }

    fn heads_of(
        &self,
        kind: KindIx,
        id: &RecordId,
        reach: Reach,
    ) -> Option<Vec<(Reg, Value, Stamp)>> {
        let slot = self.township.table(kind).slot(id.as_str())?;
        let registers = 0..schema().kinds[kind].registers.len();
        let known = registers.map(|register| Key::Known(kind, slot, register));
        let of: Text = schema().kinds[kind].spec.id.into();
        let first = Key::Loose(of.clone(), id.text().clone(), "".into());
        let loose = self.loose.range(first..).map(|(key, _)| key.clone());
        let loose = loose.take_while(
            |key| matches!(key, Key::Loose(kind, record, _) if *kind == of && record == id.text()),
        );
        let mut heads = Vec::new();
        for key in known.chain(loose) {
            let reg = Reg::named(&Kind::Known(kind), &self.names(&key).2);
            let Some(winner) = self.winner(&key).filter(|_| lets(reach, kind, &reg)) else {
                continue;
            };
            let rivals = self.rivals.get(&key).cloned().unwrap_or_default();
            for cell in std::iter::once(winner).chain(rivals) {
                heads.push((reg.clone(), cell.value, self.heads.stamp(cell.at)));
            }
        }
        Some(heads)
    }

    /// A fold that begins with a basis, own lines on top of it. What the basis knows already of them
    /// is in it: those count as known and change nothing.
    pub(crate) fn from_basis(basis: &Basis, own: &[Action]) -> Result<Fold, StoreError> {
        let mut known: BTreeMap<Stamp, Action> = basis.by_stamp();
        let (covered, later): (Vec<&Action>, Vec<&Action>) =
            own.iter().partition(|action| basis.covers(action));
        for action in covered {
            let groups = known.remove(&action.stamp()).map(|brought| brought.groups);
            let groups = groups.unwrap_or_default();
            known.insert(action.stamp(), Action { groups, ..action.clone() });
        }
        let mut known: Vec<Action> = known.into_values().collect();
        // What is told as having come together stands together.
        known.arrange_by_cached(|action| (action.counter > 0, action.stamp()));
        let mut fold = Fold::default();
        known.iter().for_each(|action| drop(fold.apply_part(action)));
        for action in later {
            if let Applied::Gap { have } = fold.apply(action) {
                return Err(gap(&action.replica, have));
            }
        }
        fold.settle_trees();
        Ok(fold)
    }
}

/// `[kind, id, reach, [[register, value, stamp], …]]`
pub type Record = (Text, Text, Text, Vec<(Text, Value, Text)>);

/// How the row begins that a base keeps its basis in; no line of an action does.
const ROW: &str = "{\"basis\":1,";

#[derive(Deserialize)]
struct Row {
    knows: Knows,
    records: Vec<Record>,
}

/// What stored rows hold beside actions.
impl Basis {
    /// The row a base keeps it in.
    pub fn to_row(&self) -> String {
        let mut row = ROW.to_string();
        self.write(&mut row);
        row.push('}');
        row.replace('\n', "")
    }

    /// Whether a stored line is a basis.
    pub(crate) fn is_row(line: &str) -> bool {
        line.starts_with(ROW)
    }

    pub(crate) fn from_row(line: &str) -> Option<Basis> {
        let row: Row = Basis::is_row(line).then(|| serde_json::from_str(line).ok())??;
        Basis::read(row.knows, row.records)
    }

    /// `"knows":{…},"records":[…]`, a record a line.
    pub fn write(&self, out: &mut String) {
        out.push_str("\"knows\":{");
        for (at, (replica, counter)) in self.knows.iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            write_json_text(replica, out);
            out.push_str(&format!(":{counter}"));
        }
        out.push_str("},\"records\":[");
        for (at, part) in self.records.iter().enumerate() {
            out.push_str(if at > 0 { ",\n" } else { "\n" });
            part.write(out);
        }
        out.push_str("\n]");
    }

    /// `None` where something is not written as it should be.
    pub fn read(knows: Knows, records: Vec<Record>) -> Option<Basis> {
        let records: Option<Vec<Part>> = records.into_iter().map(Part::read).collect();
        Some(Basis { knows, records: records? })
    }
}

impl Part {
    fn write(&self, out: &mut String) {
        for (at, text) in [self.kind.name(), &self.id, self.reach.name()].into_iter().enumerate() {
            out.push(if at > 0 { ',' } else { '[' });
            write_json_text(text, out);
        }
        out.push_str(",[");
        for (at, (reg, value, stamp)) in self.heads.iter().enumerate() {
            out.push_str(if at > 0 { ",[" } else { "[" });
            write_json_text(&reg.name(&self.kind), out);
            out.push(',');
            value.write_json(out);
            out.push(',');
            write_json_text(&stamp.to_string(), out);
            out.push(']');
        }
        out.push_str("]]");
    }

    fn read((kind, id, reach, heads): Record) -> Option<Part> {
        let kind = Kind::named(&kind);
        RecordId::parse(&id)?;
        let head = |(name, value, stamp): (Text, Value, Text)| {
            let (reg, value) = Reg::read(&kind, &name, value);
            let stamp: Stamp = stamp.parse().ok()?;
            // A time no clock shows would make this copy's run out.
            (millis(stamp.time) <= LATEST_MILLIS).then_some((reg, value, stamp))
        };
        let heads: Option<Vec<_>> = heads.into_iter().map(head).collect();
        Some(Part { heads: heads?, kind, id, reach: Reach::named(&reach)? })
    }
}

/// The actions of a stored line: its own, or those a basis was brought by.
pub(crate) fn actions_in(line: &str) -> Vec<Action> {
    match Action::from_line(line) {
        Ok(action) => vec![action],
        // What does not read is left out here: it is still stored and sent on.
        Err(_) => Basis::from_row(line).map(|basis| basis.actions()).unwrap_or_default(),
    }
}

impl Basis {
    /// Whether an action is among those the extract was made of.
    fn covers(&self, action: &Action) -> bool {
        self.knows.get(action.replica.as_str()).is_some_and(|known| action.counter <= *known)
    }

    fn by_stamp(&self) -> BTreeMap<Stamp, Action> {
        let mut actions: BTreeMap<Stamp, Action> = BTreeMap::new();
        for part in &self.records {
            for (reg, value, stamp) in &part.heads {
                let action = actions.entry(stamp.clone()).or_insert_with(|| brought(stamp));
                let op = Op::over(reg.clone(), value.clone(), None);
                match action.groups.last_mut() {
                    Some(last) if last.kind == part.kind && last.id == part.id => last.ops.push(op),
                    _ => action.groups.push(OpGroup {
                        kind: part.kind.clone(),
                        id: part.id.clone(),
                        ops: vec![op],
                    }),
                }
            }
        }
        actions
    }

    /// What it says, as the actions its values were written by. Their counters are not known: 0.
    pub(crate) fn actions(&self) -> Vec<Action> {
        self.by_stamp().into_values().collect()
    }

    /// The latest time of it that is to be believed; see `clock`.
    pub(crate) fn clock(&self, now_ms: u64) -> Time {
        let mut latest: BTreeMap<ReplicaId, (u64, Time)> = BTreeMap::new();
        for stamp in self.by_stamp().into_keys() {
            let last = latest.entry(stamp.replica).or_default();
            last.1 = last.1.max(stamp.time);
        }
        let behind = clock::judge(&latest, now_ms).behind;
        let believed = |time: &Time| behind || millis(*time) <= now_ms.saturating_add(FAR);
        latest.into_values().map(|(_, time)| time).filter(believed).max().unwrap_or(0)
    }

    /// How it stands to another of the same person.
    pub fn age(&self, before: &Basis) -> Age {
        let more = |a: &Knows, b: &Knows| {
            a.iter().any(|(replica, known)| *known > b.get(replica).copied().unwrap_or(0))
        };
        match (more(&self.knows, &before.knows), more(&before.knows, &self.knows)) {
            (false, false) => Age::Same,
            (true, false) => Age::Newer,
            (false, true) => Age::Older,
            (true, true) => Age::Apart,
        }
    }

    /// The first record of which `groups` would write a register that was not brought: what stands in
    /// it elsewhere is not known here.
    pub(crate) fn unknown_in<'a>(&self, groups: &'a [OpGroup]) -> Option<&'a OpGroup> {
        let mut parts = BTreeMap::new();
        let partial = self.records.iter().filter(|part| part.reach != Reach::Whole);
        parts.extend(partial.map(|part| ((part.kind.clone(), part.id.clone()), part.reach)));
        groups.iter().find(|group| {
            let Kind::Known(kind) = group.kind else { return false };
            let reach = parts.get(&(group.kind.clone(), group.id.clone()));
            reach.is_some_and(|reach| group.ops.iter().any(|op| !lets(*reach, kind, &op.reg)))
        })
    }

    /// How much of a record it holds, where that is not all.
    pub(crate) fn partial(&self, kind: KindIx, id: &RecordId) -> Option<Reach> {
        let is = |part: &&Part| part.kind == Kind::Known(kind) && *part.id == **id.text();
        self.records.iter().find(is).map(|part| part.reach).filter(|reach| *reach != Reach::Whole)
    }
}

/// Actions of a replica are missing.
pub(crate) fn gap(replica: &ReplicaId, have: u64) -> StoreError {
    StoreError::Corrupt(format!("{replica} 第 {have} 条之后缺失"))
}

fn brought(stamp: &Stamp) -> Action {
    Action {
        replica: stamp.replica.clone(),
        counter: 0,
        time: stamp.time,
        link: None,
        by: "".into(),
        what: BROUGHT.into(),
        groups: Vec::new(),
    }
}

/// Whether a register goes as far as `reach`: all of its fields do. One this program does not know goes
/// only where everything does.
fn lets(reach: Reach, kind: KindIx, reg: &Reg) -> bool {
    let info = &schema().kinds[kind];
    match reg.register() {
        Some(register) => {
            let mut fields = info.registers[register].fields.iter();
            fields.all(|field| reach.lets(&info.spec.fields[*field]))
        }
        None => reach == Reach::Whole,
    }
}
