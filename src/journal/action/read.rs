//! Reading a line. Writes none; what it does not know it leaves in the line for a newer program.

use std::fmt;
use std::marker::PhantomData;
use std::sync::LazyLock;

use serde::de::{
    self, Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use thin_vec::ThinVec;

use super::{Action, Kind, Op, OpGroup, Reg};
use crate::journal::brief::Name;
use crate::journal::chain::Link;
use crate::journal::stamp::{ReplicaId, Stamp, parse_time};
use crate::model::migrations::was_called;
use crate::model::value::MAX_SAFE_INT;
use crate::model::{Text, Value};
use crate::sorting::Sorting;

impl Action {
    /// Reads a line. Unknown members of the action are left for a newer program to read.
    pub fn from_line(line: &str) -> Result<Action, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let action = reader.deserialize_map(ActionVisitor)?;
        reader.end()?;
        Ok(action)
    }
}

struct ActionVisitor;

impl<'de> Visitor<'de> for ActionVisitor {
    type Value = Action;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an action")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Action, A::Error> {
        let (mut by, mut what) = (None, None);
        let (mut counter, mut replica, mut time, mut groups) = (None, None, None, None);
        let mut link = None;
        while let Some(Name(key)) = map.next_key()? {
            match &*key {
                "by" => once(&mut by, map.next_value::<Text>()?, "by")?,
                "what" => once(&mut what, map.next_value::<Text>()?, "what")?,
                "n" => once(&mut counter, map.next_value::<u64>()?, "n")?,
                "r" => once(&mut replica, map.next_value::<String>()?, "r")?,
                "t" => once(&mut time, map.next_value::<String>()?, "t")?,
                "p" => once(&mut link, map.next_value::<Link>()?, "p")?,
                "ops" => once(&mut groups, map.next_value_seed(Groups)?, "ops")?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let missing = de::Error::missing_field;
        let replica = replica.ok_or_else(|| missing("r"))?;
        let replica = ReplicaId::parse(&replica).ok_or_else(|| de::Error::custom("bad replica"))?;
        let time = time.as_deref().and_then(parse_time).ok_or_else(|| missing("t"))?;
        let counter = counter.ok_or_else(|| missing("n"))?;
        if !(1..=MAX_SAFE_INT as u64).contains(&counter) {
            return Err(de::Error::custom("bad counter"));
        }
        let mut groups: Vec<OpGroup> = groups.ok_or_else(|| missing("ops"))?;
        for op in groups.iter_mut().flat_map(|group| &mut group.ops) {
            op.prev.iter_mut().chain(&mut op.rivals).for_each(|at| own_replica(at, &replica));
        }
        Ok(Action {
            replica,
            counter,
            time,
            link,
            by: by.unwrap_or_default(),
            what: what.unwrap_or_default(),
            groups,
        })
    }
}

/// A stand-in until the action's own replica has been read. No replica is called so: too long.
static OWN: LazyLock<ReplicaId> = LazyLock::new(|| ReplicaId::from_random(0));

fn own_replica(stamp: &mut Stamp, replica: &ReplicaId) {
    if stamp.replica == *OWN {
        stamp.replica = replica.clone();
    }
}

fn once<T, E: de::Error>(place: &mut Option<T>, value: T, name: &'static str) -> Result<(), E> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err(E::duplicate_field(name)),
    }
}

struct Groups;

impl<'de> DeserializeSeed<'de> for Groups {
    type Value = Vec<OpGroup>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Groups {
    type Value = Vec<OpGroup>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ops")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut groups = Vec::new();
        while seq.next_element_seed(Block(&mut groups))?.is_some() {}
        Ok(groups)
    }
}

/// A record's group, or a table of many; other op types are passed over. See `write` for their shapes.
struct Block<'g>(&'g mut Vec<OpGroup>);

impl<'de> DeserializeSeed<'de> for Block<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Block<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an op")
    }

    /// An op type of a newer program: kept in the line, unknown to the fold.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let short = |at| de::Error::invalid_length(at, &"[kind, id, {…}]");
        let Name(kind) = seq.next_element()?.ok_or_else(|| short(0))?;
        let kind = Kind::named(&kind);
        let ids = seq.next_element::<Ids>()?.ok_or_else(|| short(1))?;
        match ids {
            Ids::One(id) => {
                let set = Members { kind: &kind, value: One::<Value>(PhantomData) };
                let set = seq.next_element_seed(set)?.ok_or_else(|| short(2))?;
                let replaced = Members { kind: &kind, value: One::<Replaced>(PhantomData) };
                let replaced = seq.next_element_seed(replaced)?.unwrap_or_default();
                self.0.push(OpGroup { ops: ops_of(&kind, set, replaced), kind, id });
            }
            Ids::Many(ids) => {
                let rows = ids.len();
                let set = Members { kind: &kind, value: Column(rows) };
                let set = seq.next_element_seed(set)?.ok_or_else(|| short(2))?;
                let replaced = Members { kind: &kind, value: ReplacedColumn(rows) };
                let replaced = seq.next_element_seed(replaced)?.unwrap_or_default();
                rows_of(&kind, ids, set, replaced, self.0);
            }
        }
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }
}

fn ops_of(kind: &Kind, mut set: Vec<(Reg, Value)>, replaced: Vec<(Reg, Replaced)>) -> Vec<Op> {
    sort_by_name(kind, &mut set);
    let mut ops: Vec<Op> = set.into_iter().map(|(reg, value)| Op::over(reg, value, None)).collect();
    for (reg, Replaced { prev, rivals }) in replaced {
        if let Some(op) = ops.iter_mut().find(|op| op.reg == reg) {
            (op.prev, op.rivals) = (prev, rivals);
        }
    }
    ops
}

/// The rows of a table as groups.
fn rows_of(
    kind: &Kind,
    ids: Vec<Text>,
    mut set: Vec<(Reg, Vec<Value>)>,
    replaced: Vec<(Reg, ColumnOf)>,
    groups: &mut Vec<OpGroup>,
) {
    sort_by_name(kind, &mut set);
    let find = |reg: &Reg| replaced.iter().position(|(other, _)| other == reg);
    let places: Vec<Option<usize>> = set.iter().map(|(reg, _)| find(reg)).collect();
    let mut replaced: Vec<ColumnOf> = replaced.into_iter().map(|(_, column)| column).collect();
    let mut columns: Vec<(Reg, std::vec::IntoIter<Value>)> =
        set.into_iter().map(|(reg, values)| (reg, values.into_iter())).collect();
    groups.reserve(ids.len());
    for id in ids {
        let mut ops = Vec::with_capacity(columns.len());
        for ((reg, values), place) in columns.iter_mut().zip(&places) {
            let Replaced { prev, rivals } = place.map(|at| replaced[at].next()).unwrap_or_default();
            let value = values.next().unwrap_or_default();
            ops.push(Op { reg: reg.clone(), value, prev, rivals });
        }
        groups.push(OpGroup { kind: kind.clone(), id, ops });
    }
}

fn sort_by_name<T>(kind: &Kind, members: &mut [(Reg, T)]) {
    if !members.is_sorted_by(|a, b| a.0.name(kind) < b.0.name(kind)) {
        members.arrange_by_cached(|at| at.0.name(kind).into_owned());
    }
}

/// One record or a table's.
enum Ids {
    One(Text),
    Many(Vec<Text>),
}

impl<'de> Deserialize<'de> for Ids {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Ids, D::Error> {
        reader.deserialize_any(IdsVisitor)
    }
}

struct IdsVisitor;

impl<'de> Visitor<'de> for IdsVisitor {
    type Value = Ids;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id or a list of ids")
    }

    fn visit_str<E: de::Error>(self, id: &str) -> Result<Ids, E> {
        Ok(Ids::One(id.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Ids, A::Error> {
        let mut ids = Vec::new();
        while let Some(Name(id)) = seq.next_element()? {
            ids.push((*id).into());
        }
        Ok(Ids::Many(ids))
    }
}

/// What an op replaced.
#[derive(Clone, Default)]
struct Replaced {
    prev: Option<Stamp>,
    rivals: ThinVec<Stamp>,
}

impl<'de> Deserialize<'de> for Replaced {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Replaced, D::Error> {
        reader.deserialize_any(ReplacedVisitor)
    }
}

struct ReplacedVisitor;

impl<'de> Visitor<'de> for ReplacedVisitor {
    type Value = Replaced;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stamp or a list of them")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Replaced, E> {
        Ok(Replaced { prev: Some(stamp(text)?), rivals: ThinVec::new() })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Replaced, A::Error> {
        let mut stamps = Vec::new();
        while let Some(Name(text)) = seq.next_element()? {
            stamps.push(stamp(&text)?);
        }
        let mut stamps = stamps.into_iter();
        Ok(Replaced { prev: stamps.next(), rivals: stamps.collect() })
    }
}

fn stamp<E: de::Error>(text: &str) -> Result<Stamp, E> {
    let own = parse_time(text).map(|time| Stamp { time, replica: OWN.clone() });
    own.or_else(|| text.parse().ok()).ok_or_else(|| E::custom("bad stamp"))
}

/// How the value of a register is read: a record's own, or a table's column.
trait Read<'de> {
    type Value;

    fn read<A: MapAccess<'de>>(&self, map: &mut A) -> Result<Self::Value, A::Error>;

    /// As it is written today where the register was renamed.
    fn renewed(&self, kind: &Kind, name: &str, value: Self::Value) -> (Reg, Self::Value);
}

/// A record's own.
struct One<T>(PhantomData<T>);

impl<'de> Read<'de> for One<Value> {
    type Value = Value;

    fn read<A: MapAccess<'de>>(&self, map: &mut A) -> Result<Value, A::Error> {
        map.next_value()
    }

    fn renewed(&self, kind: &Kind, name: &str, value: Value) -> (Reg, Value) {
        Reg::read(kind, name, value)
    }
}

impl<'de> Read<'de> for One<Replaced> {
    type Value = Replaced;

    fn read<A: MapAccess<'de>>(&self, map: &mut A) -> Result<Replaced, A::Error> {
        map.next_value()
    }

    fn renewed(&self, kind: &Kind, name: &str, value: Replaced) -> (Reg, Replaced) {
        (Reg::read(kind, name, Value::Null).0, value)
    }
}

/// Values of so many rows.
struct Column(usize);

impl<'de> Read<'de> for Column {
    type Value = Vec<Value>;

    fn read<A: MapAccess<'de>>(&self, map: &mut A) -> Result<Vec<Value>, A::Error> {
        map.next_value_seed(Rows(self.0, PhantomData))
    }

    fn renewed(&self, kind: &Kind, name: &str, values: Vec<Value>) -> (Reg, Vec<Value>) {
        let reg = Reg::read(kind, name, Value::Null).0;
        if !was_called(kind.name(), name) {
            return (reg, values);
        }
        (reg, values.into_iter().map(|value| Reg::read(kind, name, value).1).collect())
    }
}

/// What the rows of a table replaced.
enum ColumnOf {
    Same(Replaced),
    Each(std::vec::IntoIter<Replaced>),
}

impl ColumnOf {
    fn next(&mut self) -> Replaced {
        match self {
            ColumnOf::Same(replaced) => replaced.clone(),
            ColumnOf::Each(rows) => rows.next().unwrap_or_default(),
        }
    }
}

struct ReplacedColumn(usize);

impl<'de> Read<'de> for ReplacedColumn {
    type Value = ColumnOf;

    fn read<A: MapAccess<'de>>(&self, map: &mut A) -> Result<ColumnOf, A::Error> {
        map.next_value_seed(ColumnSeed(self.0))
    }

    fn renewed(&self, kind: &Kind, name: &str, column: ColumnOf) -> (Reg, ColumnOf) {
        (Reg::read(kind, name, Value::Null).0, column)
    }
}

struct ColumnSeed(usize);

impl<'de> DeserializeSeed<'de> for ColumnSeed {
    type Value = ColumnOf;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<ColumnOf, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for ColumnSeed {
    type Value = ColumnOf;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a stamp or a list of as many as there are rows")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<ColumnOf, E> {
        Ok(ColumnOf::Same(ReplacedVisitor.visit_str(text)?))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<ColumnOf, A::Error> {
        let rows = Rows(self.0, PhantomData).visit_seq(seq)?;
        Ok(ColumnOf::Each(rows.into_iter()))
    }
}

/// A list of just so many.
struct Rows<T>(usize, PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Rows<T> {
    type Value = Vec<T>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Vec<T>, D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de, T: Deserialize<'de>> Visitor<'de> for Rows<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} values", self.0)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Vec<T>, A::Error> {
        let mut rows = Vec::with_capacity(self.0);
        while let Some(row) = seq.next_element()? {
            rows.push(row);
        }
        if rows.len() == self.0 {
            Ok(rows)
        } else {
            Err(de::Error::invalid_length(rows.len(), &self))
        }
    }
}

/// `{register: …}` of a known kind; a register twice is refused.
struct Members<'k, R> {
    kind: &'k Kind,
    value: R,
}

impl<'de, R: Read<'de>> DeserializeSeed<'de> for Members<'_, R> {
    type Value = Vec<(Reg, R::Value)>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de, R: Read<'de>> Visitor<'de> for Members<'_, R> {
    type Value = Vec<(Reg, R::Value)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("registers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(Reg, R::Value)> = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            let value = self.value.read(&mut map)?;
            let (reg, value) = self.value.renewed(self.kind, &name, value);
            if members.iter().any(|(known, _)| *known == reg) {
                return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
            }
            members.push((reg, value));
        }
        Ok(members)
    }
}
