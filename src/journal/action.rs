//! One user action: ops that are written, sent and undone together, and their canonical JSON line.
//!
//! All ops of an action share its stamp and counter; within it a register is written at most once, so
//! `(register, stamp)` names an op. Does not judge ops: the fold does.

mod read;
mod write;

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use thin_vec::ThinVec;

use super::chain::Link;
use super::stamp::{ReplicaId, Stamp, Time};
use crate::model::migrations::{MIGRATIONS, migrated, was_called};
use crate::model::{KindIx, RegisterIx, Text, Value, schema};

/// A kind as this program knows it, or by name where a newer one wrote it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

/// A register of a record: what one op writes. An import holds as many of them as it has cells, so the
/// rarer sorts are held by pointer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reg {
    Known(RegisterIx),
    Member(Box<Member>),
    /// A register of a newer program, kept and sent on.
    Other(Text),
}

/// A member of a set field.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Member {
    pub set: RegisterIx,
    pub name: Text,
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
            Some(Reg::member(register, member.into()))
        });
        member.unwrap_or_else(|| Reg::Other(name.into()))
    }

    pub fn member(set: RegisterIx, name: Text) -> Reg {
        Reg::Member(Box::new(Member { set, name }))
    }

    /// Which of its kind it is or belongs to; none of a newer program's.
    pub fn register(&self) -> Option<RegisterIx> {
        match self {
            Reg::Known(register) => Some(*register),
            Reg::Member(member) => Some(member.set),
            Reg::Other(_) => None,
        }
    }

    /// A register and value as they were written, by whatever program, as they are read today.
    pub fn read(kind: &Kind, name: &str, value: Value) -> (Reg, Value) {
        if !was_called(kind.name(), name) {
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
            (Reg::Member(member), Kind::Known(kind)) => {
                let Member { set, name } = &**member;
                Cow::Owned([schema().kinds[*kind].registers[*set].name, "/", name].concat())
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
    pub rivals: ThinVec<Stamp>,
}

impl Op {
    /// An op on top of what stands in its register.
    pub fn over(reg: Reg, value: Value, prev: Option<Stamp>) -> Op {
        Op { reg, value, prev, rivals: ThinVec::new() }
    }

    /// Whether it replaced nothing.
    pub fn begins(&self) -> bool {
        self.prev.is_none() && self.rivals.is_empty()
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

    /// Whether it writes a register more than once: which of the two holds would depend on what a copy
    /// met before.
    pub fn writes_twice(&self) -> bool {
        // Of a group, ops are sorted by register; two names may be one register today.
        let alike = |ops: &[Op]| ops[0].reg == ops[1].reg;
        if self.groups.iter().any(|group| group.ops.windows(2).any(alike)) {
            return true;
        }
        let mut records = FxHashSet::default();
        records.reserve(self.groups.len());
        if self.groups.iter().all(|group| records.insert((&group.kind, &*group.id))) {
            return false;
        }
        let mut registers = FxHashSet::default();
        let mut groups = self.groups.iter();
        !groups.all(|OpGroup { kind, id, ops }| {
            ops.iter().all(|op| registers.insert((kind, &**id, &op.reg)))
        })
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    /// Five posts of which three registers were written, and one of which two.
    const TABLE: &str = concat!(
        r#"{"by":"","n":1,"ops":[["post",["p1","p2","p3","p4"],{"outline":[[1,2],null,{"a":1},3],"#,
        r#""seats":[1,2,3,4],"title":["甲","乙","丙","丁"]},{"seats":"0000000000010000","title":["#,
        r#""0000000000010000","0000000000020000@b2",["0000000000030000","0000000000020000@b2"],"#,
        r#""0000000000010000"]}],["post","p5",{"seats":5,"title":"戊"}]],"r":"a1","t":"0000000000040000","what":"导入"}"#
    );

    #[test]
    fn j1_records_alike_stand_as_a_table_and_read_as_one_each() {
        let action = Action::from_line(TABLE).expect("action");
        assert_eq!(action.to_line(), TABLE);
        let ids: Vec<&str> = action.groups.iter().map(|group| &*group.id).collect();
        assert_eq!((ids, action.op_count()), (vec!["p1", "p2", "p3", "p4", "p5"], 14));
        let title = &action.groups[2].ops[2];
        assert_eq!((&title.value, title.replaced().count()), (&Value::text("丙"), 2));
        assert_eq!(title.prev.as_ref().map(|prev| prev.replica.as_str()), Some("a1"));
        let seats = action.groups[..4].iter().map(|group| group.ops[1].prev.clone());
        assert!(seats.clone().all(|prev| prev.is_some() && prev == seats.clone().next().flatten()));
    }

    #[test]
    fn b4_a_table_whose_columns_are_not_of_one_length_is_refused() {
        for (from, to) in
            [("[1,2,3,4]", "[1,2,3]"), ("[1,2,3,4]", "[1,2,3,4,5]"), ("[1,2,3,4]", "7")]
        {
            assert!(Action::from_line(&TABLE.replacen(from, to, 1)).is_err(), "{to}");
        }
        let short = TABLE.replacen(r#""0000000000010000","0000000000020000@b2","#, "", 1);
        assert!(Action::from_line(&short).is_err());
    }

    #[test]
    fn j11_ops_of_a_newer_program_do_not_stop_the_line() {
        let newer = LINE.replacen(r#"[["post""#, r#"[{"op":"fly"},["post""#, 1);
        assert_eq!(Action::from_line(&newer).expect("action").groups.len(), 3);
    }

    /// Groups of few shapes in any order, so that some make tables and others do not.
    fn groups() -> impl Strategy<Value = Vec<OpGroup>> {
        let stamp = |time: u64| Stamp {
            time,
            replica: ReplicaId::parse(if time.is_multiple_of(2) { "a1" } else { "b2" })
                .expect("id"),
        };
        let op = move |name: &str, value: u64, replaced: u64| Op {
            reg: Reg::named(&Kind::named("post"), name),
            value: if value == 0 { Value::Null } else { Value::Int(value as i64) },
            prev: (replaced > 0).then(|| stamp(replaced)),
            rivals: (replaced > 3).then(|| stamp(replaced + 1)).into_iter().collect(),
        };
        let group = (0usize..4, prop::collection::vec((0u64..3, 0u64..5), 3));
        prop::collection::vec(group, 0..40).prop_map(move |shapes| {
            let group = |(at, (shape, cells)): (usize, (usize, Vec<(u64, u64)>))| {
                let names: &[&str] =
                    [&["title"][..], &["seats", "title"], &["novel", "seats", "title"], &[]][shape];
                let ops =
                    names.iter().zip(cells).map(|(name, (value, prev))| op(name, value, prev));
                OpGroup {
                    kind: Kind::named("post"),
                    id: format!("p{at}").into(),
                    ops: ops.collect(),
                }
            };
            shapes.into_iter().enumerate().map(group).collect()
        })
    }

    proptest! {
        #[test]
        fn j1_whatever_stands_in_tables_reads_as_it_was_written(groups in groups()) {
            let action = Action {
                replica: ReplicaId::parse("a1").expect("id"), counter: 7, time: 9, link: None,
                by: "".into(), what: "改".into(), groups,
            };
            let line = action.to_line();
            let read = Action::from_line(&line).expect("read");
            prop_assert_eq!(read.to_line(), line.clone());
            let brief = crate::journal::brief::Brief::of(&line).expect("brief");
            prop_assert_eq!(brief.ops, action.op_count());
            let sorted = |mut action: Action| {
                action.groups.sort_by(|a, b| a.id.cmp(&b.id));
                action
            };
            prop_assert_eq!(sorted(read), sorted(action));
        }
    }
}
