//! A line by its outside: whose it is, which one, when, and how many ops. What exporting and sorting
//! need of lines whose ops nobody asks for; reads a line several times as fast as `Action::from_line`.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::de::{self, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::stamp::{ReplicaId, Time, parse_time};

/// The outside of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brief {
    pub replica: ReplicaId,
    pub counter: u64,
    pub time: Time,
    /// Ops this program knows the shape of, as `Action::op_count` counts them.
    pub ops: usize,
}

impl Brief {
    /// `None` for what is no line. Takes some that `Action::from_line` refuses: it does not look inside.
    pub fn of(line: &str) -> Option<Brief> {
        serde_json::from_str(line).ok()
    }
}

impl<'de> Deserialize<'de> for Brief {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Brief, D::Error> {
        reader.deserialize_map(BriefVisitor)
    }
}

struct BriefVisitor;

impl<'de> Visitor<'de> for BriefVisitor {
    type Value = Brief;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an action")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Brief, A::Error> {
        let (mut replica, mut counter, mut time, mut ops) = (None, None, None, 0);
        while let Some(Name(key)) = map.next_key()? {
            match &*key {
                "n" => counter = Some(map.next_value::<u64>()?),
                "r" => replica = ReplicaId::parse(&map.next_value::<Name>()?.0),
                "t" => time = parse_time(&map.next_value::<Name>()?.0),
                "ops" => ops = map.next_value::<OpCount>()?.0,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        let missing = de::Error::missing_field;
        Ok(Brief {
            replica: replica.ok_or_else(|| missing("r"))?,
            counter: counter.ok_or_else(|| missing("n"))?,
            time: time.ok_or_else(|| missing("t"))?,
            ops,
        })
    }
}

/// A text, held where it lies where nothing in it is escaped; serde's own `Cow` is always a copy.
#[derive(Deserialize)]
#[serde(transparent)]
pub(super) struct Name<'a>(#[serde(borrow)] pub Cow<'a, str>);

/// How many ops a list of groups and tables holds: of each, the members of its third member, as often
/// as there are records in its second.
struct OpCount(usize);

impl<'de> Deserialize<'de> for OpCount {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<OpCount, D::Error> {
        reader.deserialize_seq(Groups)
    }
}

struct Groups;

impl<'de> Visitor<'de> for Groups {
    type Value = OpCount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of ops")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<OpCount, A::Error> {
        let mut count = 0;
        while let Some(Group(ops)) = seq.next_element()? {
            count += ops;
        }
        Ok(OpCount(count))
    }
}

struct Group(usize);

impl<'de> Deserialize<'de> for Group {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Group, D::Error> {
        reader.deserialize_any(GroupVisitor)
    }
}

struct GroupVisitor;

impl<'de> Visitor<'de> for GroupVisitor {
    type Value = Group;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an op")
    }

    /// An op type of a newer program.
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Group, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Group(0))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Group, A::Error> {
        let _kind = seq.next_element::<IgnoredAny>()?;
        let records = seq.next_element::<RecordCount>()?.map_or(0, |records| records.0);
        let members = seq.next_element::<MemberCount>()?.map_or(0, |members| members.0);
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Group(records * members))
    }
}

/// One for an id, or as many as a table has.
struct RecordCount(usize);

impl<'de> Deserialize<'de> for RecordCount {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<RecordCount, D::Error> {
        reader.deserialize_any(RecordCount(0))
    }
}

impl<'de> Visitor<'de> for RecordCount {
    type Value = RecordCount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id or a list of ids")
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<RecordCount, E> {
        Ok(RecordCount(1))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<RecordCount, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {
            self.0 += 1;
        }
        Ok(self)
    }
}

struct MemberCount(usize);

impl<'de> Deserialize<'de> for MemberCount {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<MemberCount, D::Error> {
        reader.deserialize_map(MemberCount(0))
    }
}

impl<'de> Visitor<'de> for MemberCount {
    type Value = MemberCount;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("registers")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<MemberCount, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
            self.0 += 1;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::Action;

    #[test]
    fn j1_the_outside_of_a_line_is_what_reading_it_whole_says() {
        let line = concat!(
            r#"{"by":"王小满","n":3,"novel":{"a":[1]},"ops":[["post","p1",{"seats":2,"title":"文书岗"},"#,
            r#"{"title":"0000000000010000"}],{"op":"fly"},["matter","m1",{"terms/低保":true}],"#,
            r#"["robot","x",{"arm":[1,2]},{"arm":["0000000000020000@b2"]},7],"#,
            r#"["post",["p2","p3"],{"seats":[1,2],"title":["甲","乙"]},{"title":"0000000000010000"}]],"#,
            r#""r":"a1","t":"0000000000030000","what":"改"}"#
        );
        let (brief, action) =
            (Brief::of(line).expect("brief"), Action::from_line(line).expect("line"));
        assert_eq!((brief.counter, brief.time, brief.ops), (action.counter, action.time, 8));
        assert_eq!((brief.replica, brief.ops), (action.replica.clone(), action.op_count()));
        for broken in ["", "{}", "[]", &line[..40], r#"{"n":1,"r":"A!","t":"0000000000030000"}"#] {
            assert_eq!(Brief::of(broken), None, "{broken}");
        }
    }
}
