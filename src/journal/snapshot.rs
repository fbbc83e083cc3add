//! A fold as chunks of text, so that a base opens without folding its whole past. By names, not by
//! positions: a program that knows more kinds or fields reads an older snapshot as it is.

use serde::Deserialize;

use super::action::{Kind, Reg};
use super::fold::{Cell, Fold, Key};
use super::heads::{ActionIx, Head};
use super::stamp::{ReplicaId, Stamp, parse_time};
use crate::model::value::write_json_text;
use crate::model::{RecordId, Text, Value, schema};

/// Records a chunk: enough that few are needed, few enough that none blocks a page for long.
const RECORDS_A_CHUNK: usize = 1_000;

/// A fold written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub chunks: Vec<String>,
}

/// `[register, value, action]` each.
type Registers = Vec<(String, Value, ActionIx)>;

/// Kind and id of a record, and its registers by name.
type Named = ((String, String), Vec<(String, Key)>);

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Chunk {
    Replicas(Vec<String>),
    /// `[time, replica, counter, by, what, only receipts]`
    Actions(Vec<(String, u32, u64, Text, Text, bool)>),
    /// `[kind, id, [register, value, action, …]]`
    Records(Vec<(Text, Text, Registers)>),
    Rivals(Vec<(Text, Text, String, Value, ActionIx)>),
    Early(Vec<(Text, Text, String, String)>),
    Moves(Vec<(Text, Text, Value, ActionIx)>),
    /// `[replica, counter, time]`
    Receipts(Vec<(u32, u64, String)>),
}

impl Fold {
    pub fn to_snapshot(&self) -> Snapshot {
        let mut chunks = vec![self.replica_chunk(), self.action_chunk(), self.receipt_chunk()];
        chunks.extend(self.record_chunks());
        chunks.push(self.rival_chunk());
        chunks.push(self.early_chunk());
        chunks.push(self.move_chunk());
        Snapshot { chunks }
    }

    /// The fold a snapshot was made of; `None` where a chunk cannot be read.
    pub fn from_snapshot(snapshot: &Snapshot) -> Option<Fold> {
        let mut fold = Fold::default();
        for chunk in &snapshot.chunks {
            fold.read_chunk(serde_json::from_str(chunk).ok()?)?;
        }
        fold.settle_trees();
        Some(fold)
    }

    fn replica_chunk(&self) -> String {
        let version = self.heads.replica_list();
        list_chunk("replicas", version.iter(), |replica, out| {
            write_json_text(replica.as_str(), out);
        })
    }

    fn action_chunk(&self) -> String {
        list_chunk("actions", self.heads.iter(), |(_, head), out| {
            out.push_str(&format!("[\"{:016x}\",{},{},", head.time, head.replica, head.counter));
            write_json_text(&head.by, out);
            out.push(',');
            write_json_text(&head.what, out);
            out.push_str(if head.only_receipts { ",true]" } else { ",false]" });
        })
    }

    fn receipt_chunk(&self) -> String {
        list_chunk("receipts", self.heads.receipts(), |(replica, counter, time), out| {
            out.push_str(&format!("[{replica},{counter},\"{time:016x}\"]"));
        })
    }

    fn record_chunks(&self) -> Vec<String> {
        let mut records: Vec<Named> = Vec::new();
        let keys = self.known_keys().chain(self.loose.keys().cloned());
        for key in keys {
            let (kind, id, register) = self.names(&key);
            match records.last_mut() {
                Some((names, registers)) if names.0 == kind && names.1 == id => {
                    registers.push((register, key));
                }
                _ => records.push(((kind, id), vec![(register, key)])),
            }
        }
        records.chunks(RECORDS_A_CHUNK).map(|part| self.record_chunk(part)).collect()
    }

    fn record_chunk(&self, records: &[Named]) -> String {
        list_chunk("records", records.iter(), |((kind, id), registers), out| {
            write_names(&[kind, id], out);
            out.push_str(",[");
            for (at, (register, key)) in registers.iter().enumerate() {
                out.push_str(if at > 0 { ",[" } else { "[" });
                write_json_text(register, out);
                if let Some(cell) = self.winner(key) {
                    write_cell(&cell, out);
                }
                out.push(']');
            }
            out.push_str("]]");
        })
    }

    fn rival_chunk(&self) -> String {
        let rivals =
            self.rivals.iter().flat_map(|(key, cells)| cells.iter().map(move |c| (key, c)));
        list_chunk("rivals", rivals, |(key, cell), out| {
            let (kind, id, register) = self.names(key);
            write_names(&[&kind, &id, &register], out);
            write_cell(cell, out);
            out.push(']');
        })
    }

    fn early_chunk(&self) -> String {
        let early =
            self.early.iter().flat_map(|(key, stamps)| stamps.iter().map(move |s| (key, s)));
        list_chunk("early", early, |(key, stamp), out| {
            let (kind, id, register) = self.names(key);
            write_names(&[&kind, &id, &register, &stamp.to_string()], out);
            out.push(']');
        })
    }

    fn move_chunk(&self) -> String {
        let moves = self.moves.iter().flat_map(|(at, cells)| cells.iter().map(move |c| (at, c)));
        list_chunk("moves", moves, |((kind, slot), cell), out| {
            let id = self.township.table(*kind).at(*slot).id.as_str();
            write_names(&[schema().kinds[*kind].spec.id, id], out);
            write_cell(cell, out);
            out.push(']');
        })
    }

    fn read_chunk(&mut self, chunk: Chunk) -> Option<()> {
        match chunk {
            Chunk::Replicas(ids) => {
                for id in ids {
                    self.heads.replica_ix(&ReplicaId::parse(&id)?);
                }
            }
            Chunk::Actions(heads) => {
                for (time, replica, counter, by, what, only_receipts) in heads {
                    let time = parse_time(&time)?;
                    self.heads.push_head(Head { time, replica, counter, by, what, only_receipts });
                }
            }
            Chunk::Records(records) => {
                for (kind, id, registers) in records {
                    self.read_record(&Kind::named(&kind), &id, registers)?;
                }
            }
            Chunk::Rivals(rivals) => {
                for (kind, id, register, value, at) in rivals {
                    let kind = Kind::named(&kind);
                    let (reg, value) = Reg::read(&kind, &register, value);
                    let key = self.make_key(&kind, &id, &reg.name(&kind))?;
                    self.rivals.entry(key).or_default().push(Cell { at, value });
                }
            }
            Chunk::Early(early) => {
                for (kind, id, register, stamp) in early {
                    let key = self.make_key(&Kind::named(&kind), &id, &register)?;
                    self.early.entry(key).or_default().push(stamp.parse::<Stamp>().ok()?);
                }
            }
            Chunk::Receipts(receipts) => {
                for (replica, counter, time) in receipts {
                    let replica = self.heads.replica_list().get(replica as usize)?.clone();
                    self.heads.receive(&replica, counter, parse_time(&time)?);
                }
            }
            Chunk::Moves(moves) => {
                for (kind, id, value, at) in moves {
                    let kind = schema().kind(&kind)?;
                    let slot = self.slot(kind, RecordId::parse(&id)?);
                    self.moves.entry((kind, slot)).or_default().push(Cell { at, value });
                }
            }
        }
        Some(())
    }

    fn read_record(&mut self, kind: &Kind, id: &Text, registers: Registers) -> Option<()> {
        for (register, value, at) in registers {
            let (reg, value) = Reg::read(kind, &register, value);
            let key = self.make_key(kind, id, &reg.name(kind))?;
            self.put(key, Cell { at, value });
        }
        Some(())
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
}

fn list_chunk<T>(
    name: &str,
    items: impl Iterator<Item = T>,
    write: impl Fn(T, &mut String),
) -> String {
    let mut out = format!("{{\"{name}\":[");
    for (at, item) in items.enumerate() {
        if at > 0 {
            out.push(',');
        }
        write(item, &mut out);
    }
    out.push_str("]}");
    out
}

/// Opens a list and writes its first texts.
fn write_names(names: &[&str], out: &mut String) {
    for (at, name) in names.iter().enumerate() {
        out.push(if at == 0 { '[' } else { ',' });
        write_json_text(name, out);
    }
}

fn write_cell(cell: &Cell, out: &mut String) {
    out.push(',');
    cell.value.write_json(out);
    out.push_str(&format!(",{}", cell.at));
}
