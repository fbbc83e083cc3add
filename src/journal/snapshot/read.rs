//! Chunks of a snapshot read back: what is read goes into the fold at once, nothing lies between. A
//! chunk that cannot be read is told, not judged: every row is still there.

use std::fmt;

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::super::action::{Kind, Reg};
use super::super::brief::Name;
use super::super::fold::{Cell, Fold, Key};
use super::super::heads::{ActionIx, Head};
use super::super::stamp::{ReplicaId, Stamp, parse_time};
use crate::model::value::shared;
use crate::model::{KindIx, RecordId, RegisterIx, Text, Value, schema};

/// `[replica, first counter, by, what, only receipts, [times]]`
type Run = (u32, u64, Text, Text, bool, Vec<String>);

/// `[kind, id, register, value, action]`
type Written = (Text, Text, Text, Value, ActionIx);

impl Fold {
    /// Takes a chunk in; `None` where it cannot be read, and then nothing of this fold is to be used.
    pub(super) fn read_chunk(&mut self, chunk: &str) -> Option<()> {
        let mut reader = serde_json::Deserializer::from_str(chunk);
        Chunk(self).deserialize(&mut reader).ok()?;
        reader.end().ok()
    }

    fn read_run(&mut self, run: Run) -> Option<()> {
        let (replica, first, by, what, only_receipts, times) = run;
        let (by, what) = (shared(&by), shared(&what));
        for (counter, time) in (first..).zip(times) {
            let (time, by, what) = (parse_time(&time)?, by.clone(), what.clone());
            self.heads.push_head(Head { time, replica, counter, by, what, only_receipts });
        }
        Some(())
    }

    fn read_cell(&mut self, written: Written) -> Option<(Key, Cell)> {
        let (kind, id, register, value, at) = written;
        let kind = Kind::named(&kind);
        let (reg, value) = Reg::read(&kind, &register, value);
        Some((self.make_key(&kind, &id, &reg.name(&kind))?, Cell { at, value }))
    }

    fn make_key(&mut self, kind: &Kind, id: &Text, register: &str) -> Option<Key> {
        let Kind::Known(known) = kind else {
            return Some(Key::Loose(kind.name().into(), id.clone(), register.into()));
        };
        let slot = self.slot(*known, RecordId::parse(id)?);
        Some(match Reg::named(kind, register) {
            Reg::Known(register) => Key::Known(*known, slot, register),
            _ => Key::Loose(kind.name().into(), id.clone(), register.into()),
        })
    }

    fn read_move(&mut self, written: Written) -> Option<()> {
        let (kind, id, _, value, at) = written;
        let kind = schema().kind(&kind)?;
        let slot = self.slot(kind, RecordId::parse(&id)?);
        self.moves.entry((kind, slot)).or_default().push(Cell { at, value });
        Some(())
    }

    /// The fold's part of a chunk by its name.
    fn read_named<'de, A: MapAccess<'de>>(
        &mut self,
        name: &str,
        map: &mut A,
    ) -> Result<(), A::Error> {
        let read = match name {
            "records" => return map.next_value_seed(Records(self)),
            "replicas" => map.next_value::<Vec<Text>>()?.iter().try_for_each(|id| {
                let id = ReplicaId::parse(id)?;
                self.heads.replica_ix(&id);
                Some(())
            }),
            "actions" => {
                map.next_value::<Vec<Run>>()?.into_iter().try_for_each(|run| self.read_run(run))
            }
            "loose" => map.next_value::<Vec<Written>>()?.into_iter().try_for_each(|written| {
                let (key, cell) = self.read_cell(written)?;
                self.put(key, cell);
                Some(())
            }),
            "rivals" => map.next_value::<Vec<Written>>()?.into_iter().try_for_each(|written| {
                let (key, cell) = self.read_cell(written)?;
                self.rivals.entry(key).or_default().push(cell);
                Some(())
            }),
            "early" => map.next_value::<Vec<(Text, Text, Text, Text)>>()?.into_iter().try_for_each(
                |(kind, id, register, stamp)| {
                    let kind = Kind::named(&kind);
                    let reg = Reg::read(&kind, &register, Value::Null).0;
                    let key = self.make_key(&kind, &id, &reg.name(&kind))?;
                    self.early.entry(key).or_default().push(stamp.parse::<Stamp>().ok()?);
                    Some(())
                },
            ),
            "receipts" => map.next_value::<Vec<(u32, u64, String)>>()?.into_iter().try_for_each(
                |(replica, counter, time)| {
                    let replica = self.heads.replica_list().get(replica as usize)?.clone();
                    self.heads.receive(&replica, counter, parse_time(&time)?);
                    Some(())
                },
            ),
            "moves" => map
                .next_value::<Vec<Written>>()?
                .into_iter()
                .try_for_each(|one| self.read_move(one)),
            _ => None,
        };
        read.ok_or_else(|| de::Error::custom("unreadable chunk"))
    }
}

struct Chunk<'f>(&'f mut Fold);

impl<'de> DeserializeSeed<'de> for Chunk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Chunk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a chunk")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Name(name)) = map.next_key()? {
            self.0.read_named(&name, &mut map)?;
        }
        Ok(())
    }
}

/// `[kind, [registers], record, …]`
struct Records<'f>(&'f mut Fold);

impl<'de> DeserializeSeed<'de> for Records<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Records<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records of a kind")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let missing = || de::Error::custom("no kind or no registers");
        let kind = seq.next_element::<Text>()?.ok_or_else(missing)?;
        let names = seq.next_element::<Vec<String>>()?.ok_or_else(missing)?;
        let kind = Kind::named(&kind);
        let columns: Vec<Column> = names.into_iter().map(|name| Column::of(&kind, name)).collect();
        let mut written = Vec::new();
        let fold = self.0;
        loop {
            let (kind, columns, written) = (&kind, &columns[..], &mut written);
            let record = Record { fold: &mut *fold, kind, columns, written };
            if seq.next_element_seed(record)?.is_none() {
                return Ok(());
            }
        }
    }
}

/// Where a column's values go.
enum Column {
    /// A register that is one cell of its record.
    Cell(RegisterIx, usize),
    Other(String),
}

impl Column {
    fn of(kind: &Kind, name: String) -> Column {
        let (Kind::Known(known), Reg::Known(register)) = (kind, Reg::named(kind, &name)) else {
            return Column::Other(name);
        };
        let spec = &schema().kinds[*known].registers[register];
        match spec.fields[..] {
            [field] if !spec.grouped && !spec.set => Column::Cell(register, field),
            _ => Column::Other(name),
        }
    }
}

/// `[id, written, value, …]`
struct Record<'a> {
    fold: &'a mut Fold,
    kind: &'a Kind,
    columns: &'a [Column],
    /// The actions that wrote the columns, kept between records for its room.
    written: &'a mut Vec<ActionIx>,
}

impl<'de> DeserializeSeed<'de> for Record<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_seq(self)
    }
}

impl Record<'_> {
    fn slot(&mut self, id: &Text) -> Option<Option<(KindIx, usize)>> {
        match self.kind {
            Kind::Known(kind) => {
                let slot = self.fold.slot(*kind, RecordId::parse(id)?);
                Some(Some((*kind, slot)))
            }
            Kind::Other(_) => Some(None),
        }
    }

    fn put(
        &mut self,
        place: Option<(KindIx, usize)>,
        id: &Text,
        column: usize,
        cell: Cell,
    ) -> Option<()> {
        match (&self.columns[column], place) {
            (Column::Cell(register, field), Some((kind, slot))) => {
                self.fold.put_cell(kind, slot, (*register, *field), cell);
            }
            (Column::Cell(..), None) => return None,
            (Column::Other(name), _) => {
                let (reg, value) = Reg::read(self.kind, name, cell.value);
                let key = self.fold.make_key(self.kind, id, &reg.name(self.kind))?;
                self.fold.put(key, Cell { at: cell.at, value });
            }
        }
        Some(())
    }
}

impl<'de> Visitor<'de> for Record<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record")
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let odd = || de::Error::custom("odd record");
        let Name(id) = seq.next_element()?.ok_or_else(odd)?;
        let id: Text = id.into();
        let place = self.slot(&id).ok_or_else(odd)?;
        self.written.clear();
        seq.next_element_seed(Actions(self.written))?.ok_or_else(odd)?;
        for column in 0..self.columns.len() {
            let value = seq.next_element::<Value>()?.ok_or_else(odd)?;
            let at = match self.written[..] {
                [all] => all,
                _ => *self.written.get(column).ok_or_else(odd)?,
            };
            if at != 0 {
                self.put(place, &id, column, Cell { at, value }).ok_or_else(odd)?;
            }
        }
        Ok(())
    }
}

/// One number, or one a column.
struct Actions<'a>(&'a mut Vec<ActionIx>);

impl<'de> DeserializeSeed<'de> for Actions<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, reader: D) -> Result<(), D::Error> {
        reader.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Actions<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("actions")
    }

    fn visit_u64<E: de::Error>(self, at: u64) -> Result<(), E> {
        self.0.push(ActionIx::try_from(at).map_err(E::custom)?);
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(at) = seq.next_element()? {
            self.0.push(at);
        }
        Ok(())
    }
}
