//! One user action: ops that are written, sent and undone together, and their canonical JSON line.
//!
//! All ops of an action share its stamp and counter; within it a register is written at most once, so
//! `(register, stamp)` names an op. Does not judge ops: the fold does.

use std::borrow::Cow;
use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::brief::Name;
use super::chain::Link;
use super::stamp::{ReplicaId, Stamp, Time, parse_time};
use crate::model::migrations::{MIGRATIONS, Migration, migrated};
use crate::model::value::{MAX_SAFE_INT, write_json_text};
use crate::model::{KindIx, RegisterIx, Text, Value, schema};
use crate::sorting::Sorting;

/// A kind as this program knows it, or by name where a newer one wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Known(KindIx),
    Other(Text),
}

impl Kind {
    pub fn named(name: &str) -> Kind {
        schema().kind(name).map_or_else(|| Kind::Other(name.into()), Kind::Known)
    }

    pub fn name(&self) -> &str {
        match self {
            Kind::Known(kind) => schema().kinds[*kind].spec.id,
            Kind::Other(name) => name,
        }
    }
}

/// A register of a record: what one op writes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reg {
    Known(RegisterIx),
    /// A member of a set field.
    Member(RegisterIx, Text),
    /// A register of a newer program, kept and sent on.
    Other(Text),
}

impl Reg {
    pub fn named(kind: &Kind, name: &str) -> Reg {
        let Kind::Known(kind) = kind else { return Reg::Other(name.into()) };
        let info = &schema().kinds[*kind];
        if let Some(register) = info.register(name).filter(|at| !info.registers[*at].set) {
            return Reg::Known(register);
        }
        let member = name.split_once('/').and_then(|(set, member)| {
            let register = info.register(set).filter(|at| info.registers[*at].set)?;
            Some(Reg::Member(register, member.into()))
        });
        member.unwrap_or_else(|| Reg::Other(name.into()))
    }

    /// A register and value as they were written, by whatever program, as they are read today.
    pub fn read(kind: &Kind, name: &str, value: Value) -> (Reg, Value) {
        let known = |migration: &Migration| migration.kind == kind.name();
        if !MIGRATIONS.iter().any(known) {
            return (Reg::named(kind, name), value);
        }
        let (name, value) = migrated(MIGRATIONS, kind.name(), name, value);
        (Reg::named(kind, &name), value)
    }

    pub fn name(&self, kind: &Kind) -> Cow<'_, str> {
        match (self, kind) {
            (Reg::Other(name), _) => Cow::Borrowed(name),
            (Reg::Known(register), Kind::Known(kind)) => {
                Cow::Borrowed(schema().kinds[*kind].registers[*register].name)
            }
            (Reg::Member(register, member), Kind::Known(kind)) => {
                Cow::Owned(format!("{}/{member}", schema().kinds[*kind].registers[*register].name))
            }
            // Known registers are only made beside known kinds.
            (Reg::Known(_) | Reg::Member(..), Kind::Other(_)) => Cow::Borrowed(""),
        }
    }
}

/// The name under an action, as people read it.
pub fn signed(by: &str) -> &str {
    if by.is_empty() { "未署名" } else { by }
}

/// What an op puts into its register, and the stamps of what it replaced there.
#[derive(Clone, Debug, PartialEq)]
pub struct Op {
    pub reg: Reg,
    pub value: Value,
    /// What stood there.
    pub prev: Option<Stamp>,
    /// Where it decides a conflict: the rivals it replaced as well.
    pub rivals: Vec<Stamp>,
}

impl Op {
    /// An op on top of what stands in its register.
    pub fn over(reg: Reg, value: Value, prev: Option<Stamp>) -> Op {
        Op { reg, value, prev, rivals: Vec::new() }
    }

    /// Everything it replaced.
    pub fn replaced(&self) -> impl Iterator<Item = &Stamp> {
        self.prev.iter().chain(&self.rivals)
    }
}

/// The ops of an action on one record, sorted by register name.
#[derive(Clone, Debug, PartialEq)]
pub struct OpGroup {
    pub kind: Kind,
    pub id: Text,
    pub ops: Vec<Op>,
}

/// One user action.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    pub replica: ReplicaId,
    /// 1, 2, 3 … within the replica, without gaps.
    pub counter: u64,
    pub time: Time,
    /// The line of its replica before this one; none for the first, nor from old programs.
    pub link: Option<Link>,
    /// Who said they were at the desk.
    pub by: Text,
    /// What was done, in words: 修改岗位 文书岗.
    pub what: Text,
    pub groups: Vec<OpGroup>,
}

impl Action {
    pub fn stamp(&self) -> Stamp {
        Stamp { time: self.time, replica: self.replica.clone() }
    }

    pub fn op_count(&self) -> usize {
        self.groups.iter().map(|group| group.ops.len()).sum()
    }

    /// The canonical line: members sorted, no spaces, no line breaks.
    pub fn to_line(&self) -> String {
        let mut out = String::with_capacity(64 + self.op_count() * 32);
        out.push_str("{\"by\":");
        write_json_text(&self.by, &mut out);
        out.push_str(&format!(",\"n\":{},\"ops\":[", self.counter));
        for (at, group) in self.groups.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            self.write_group(group, &mut out);
        }
        out.push(']');
        if let Some(link) = &self.link {
            out.push_str(&format!(",\"p\":\"{link}\""));
        }
        out.push_str(&format!(
            ",\"r\":\"{}\",\"t\":\"{:016x}\",\"what\":",
            self.replica, self.time
        ));
        write_json_text(&self.what, &mut out);
        out.push('}');
        out
    }

    fn write_group(&self, group: &OpGroup, out: &mut String) {
        out.push('[');
        write_json_text(group.kind.name(), out);
        out.push(',');
        write_json_text(&group.id, out);
        out.push_str(",{");
        write_members(group, out, |op, out| {
            op.value.write_json(out);
            true
        });
        out.push('}');
        if group.ops.iter().any(|op| op.prev.is_some()) {
            out.push_str(",{");
            write_members(group, out, |op, out| self.write_prev(op, out));
            out.push('}');
        }
        out.push(']');
    }

    /// One stamp, or a list where a conflict was decided.
    fn write_prev(&self, op: &Op, out: &mut String) -> bool {
        let Some(prev) = &op.prev else { return false };
        if op.rivals.is_empty() {
            self.write_stamp(prev, out);
            return true;
        }
        for (at, stamp) in op.replaced().enumerate() {
            out.push(if at == 0 { '[' } else { ',' });
            self.write_stamp(stamp, out);
        }
        out.push(']');
        true
    }

    /// Stamps of the action's own replica are written without it.
    fn write_stamp(&self, stamp: &Stamp, out: &mut String) {
        out.push_str(&format!("\"{:016x}", stamp.time));
        if stamp.replica != self.replica {
            out.push('@');
            out.push_str(stamp.replica.as_str());
        }
        out.push('"');
    }

    /// Reads a line. Unknown members of the action are left for a newer program to read.
    pub fn from_line(line: &str) -> Result<Action, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(line);
        let action = reader.deserialize_map(ActionVisitor)?;
        reader.end()?;
        Ok(action)
    }
}

/// Writes `"register":…` for each op whose `write` says it wrote a value.
fn write_members(group: &OpGroup, out: &mut String, write: impl Fn(&Op, &mut String) -> bool) {
    let mut first = true;
    for op in &group.ops {
        let start = out.len();
        if !first {
            out.push(',');
        }
        write_json_text(&op.reg.name(&group.kind), out);
        out.push(':');
        if write(op, out) { first = false } else { out.truncate(start) }
    }
}

/// Why a line does not read, in words for people; the parser's own are for builders.
pub fn unreadable(error: &serde_json::Error) -> &'static str {
    const WORDS: [(&str, &str); 9] = [
        ("duplicate field", "同一个名称写了两次"),
        ("missing field", "缺少必要的内容"),
        ("recursion limit", "层层嵌套太深"),
        ("invalid type", "内容的类型不对，例如数字写成了文字"),
        ("bad counter", "序号不合规则"),
        ("bad replica", "副本编号不合规则"),
        ("bad stamp", "时间戳不合规则"),
        ("not a link", "前后衔接码不合规则"),
        ("invalid length", "缺了一截"),
    ];
    let said = error.to_string();
    let known = WORDS.iter().find(|(part, _)| said.contains(part));
    known.map_or("写法不对", |(_, words)| words)
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

/// A stand-in until the action's own replica has been read.
fn no_replica() -> ReplicaId {
    ReplicaId::from_random(0)
}

fn own_replica(stamp: &mut Stamp, replica: &ReplicaId) {
    if stamp.replica == no_replica() {
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
        while let Some(group) = seq.next_element_seed(Group)? {
            groups.extend(group);
        }
        Ok(groups)
    }
}

/// One `[kind, id, {register: value}, {register: replaced stamp}]`; other op types read as `None`.
struct Group;

impl<'de> DeserializeSeed<'de> for Group {
    type Value = Option<OpGroup>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Group {
    type Value = Option<OpGroup>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an op")
    }

    /// An op type of a newer program: kept in the line, unknown to the fold.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let short = |at| de::Error::invalid_length(at, &"[kind, id, {…}]");
        let Name(kind) = seq.next_element()?.ok_or_else(|| short(0))?;
        let kind = Kind::named(&kind);
        let id = seq.next_element::<Text>()?.ok_or_else(|| short(1))?;
        let set = seq.next_element_seed(Members { kind: &kind, read: read_value, values: true })?;
        let mut set = set.ok_or_else(|| short(2))?;
        let prevs =
            seq.next_element_seed(Members { kind: &kind, read: read_prev, values: false })?;
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        sort_by_name(&kind, &mut set);
        let mut ops: Vec<Op> =
            set.into_iter().map(|(reg, value)| Op::over(reg, value, None)).collect();
        for (reg, stamps) in prevs.into_iter().flatten() {
            if let Some(op) = ops.iter_mut().find(|op| op.reg == reg) {
                let mut stamps = stamps.into_iter();
                op.prev = stamps.next();
                op.rivals = stamps.collect();
            }
        }
        Ok(Some(OpGroup { kind, id, ops }))
    }
}

fn sort_by_name(kind: &Kind, members: &mut [(Reg, Value)]) {
    let name = |at: &(Reg, Value)| at.0.name(kind).into_owned();
    if !members.is_sorted_by(|a, b| a.0.name(kind) < b.0.name(kind)) {
        members.arrange_by_cached(name);
    }
}

fn read_value(value: Value) -> Option<Value> {
    Some(value)
}

/// A stamp or a list of them.
fn read_prev(value: Value) -> Option<Vec<Stamp>> {
    match value {
        Value::Json(list) => {
            let texts: Vec<String> = serde_json::from_str(&list).ok()?;
            texts.iter().map(|text| read_stamp(text)).collect()
        }
        Value::Text(text) => Some(vec![read_stamp(&text)?]),
        _ => None,
    }
}

fn read_stamp(text: &str) -> Option<Stamp> {
    match parse_time(text) {
        Some(time) => Some(Stamp { time, replica: no_replica() }),
        None => text.parse().ok(),
    }
}

/// `{register: …}` of a known kind; a register twice is refused.
struct Members<'k, T> {
    kind: &'k Kind,
    read: fn(Value) -> Option<T>,
    /// Whether the values are those of registers, to be read as they are written today.
    values: bool,
}

impl<'de, T> DeserializeSeed<'de> for Members<'_, T> {
    type Value = Vec<(Reg, T)>;

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<Self::Value, D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de, T> Visitor<'de> for Members<'_, T> {
    type Value = Vec<(Reg, T)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("registers")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut members: Vec<(Reg, T)> = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            let value = map.next_value::<Value>()?;
            let (reg, value) = match self.values {
                true => Reg::read(self.kind, &name, value),
                false => (Reg::read(self.kind, &name, Value::Null).0, value),
            };
            if members.iter().any(|(known, _)| *known == reg) {
                return Err(de::Error::custom(format_args!("duplicate field `{name}`")));
            }
            let value = (self.read)(value).ok_or_else(|| de::Error::custom("bad stamp"))?;
            members.push((reg, value));
        }
        Ok(members)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = concat!(
        r#"{"by":"王小满","n":3,"ops":[["post","p1",{"seats":2,"title":"文书岗"},"#,
        r#"{"title":"0000000000010000"}],["matter","m1",{"terms/低保":true}],"#,
        r#"["robot","x",{"arm":[1,2]},{"arm":"0000000000020000@b2"}]],"#,
        r#""p":"000000000000000000000000000000ff","r":"a1","t":"0000000000030000","what":"改"}"#
    );

    #[test]
    fn j1_a_line_reads_and_writes_the_same() {
        let action = Action::from_line(LINE).expect("action");
        assert_eq!(action.to_line(), LINE);
        assert_eq!(action.op_count(), 4);
        let title = &action.groups[0].ops[1];
        assert_eq!(title.prev.as_ref().map(|prev| prev.replica.as_str()), Some("a1"));
    }

    #[test]
    fn j1_the_order_of_members_in_the_file_does_not_matter() {
        let shuffled =
            LINE.replace(r#"{"seats":2,"title":"文书岗"}"#, r#"{"title":"文书岗","seats":2}"#);
        assert_eq!(Action::from_line(&shuffled).expect("action").to_line(), LINE);
    }

    #[test]
    fn b4_a_name_twice_is_refused_at_every_depth() {
        let top = LINE.replacen(r#""n":3"#, r#""n":3,"n":4"#, 1);
        let register = LINE.replacen(r#""seats":2"#, r#""seats":2,"seats":3"#, 1);
        let nested = LINE.replacen("[1,2]", r#"{"a":1,"a":2}"#, 1);
        for text in [top, register, nested] {
            let error = Action::from_line(&text).expect_err("refused").to_string();
            assert!(error.contains("duplicate field"), "{error}");
        }
    }

    #[test]
    fn j11_ops_of_a_newer_program_do_not_stop_the_line() {
        let newer = LINE.replacen(r#"[["post""#, r#"[{"op":"fly"},["post""#, 1);
        assert_eq!(Action::from_line(&newer).expect("action").groups.len(), 3);
    }
}
