//! A fold as chunks of text, so that a base opens without folding its whole past. Registers by name: a
//! program that knows more kinds or fields reads an older snapshot as it is. A chunk is made when it is
//! asked for and forgotten when it is read: a township's text never lies in memory whole.

mod read;

use std::fmt::Write;
use std::ops::Range;

use super::fold::{Cell, Fold, Key};
use super::heads::{ActionIx, Head};
use crate::model::value::write_json_text;
use crate::model::{KindIx, RegisterIx, schema};

/// Records a chunk: enough that few are needed, few enough that none blocks a page for long.
const RECORDS_A_CHUNK: usize = 1_000;
const ACTIONS_A_CHUNK: usize = 20_000;

/// A fold written down.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    pub chunks: Vec<String>,
}

impl Snapshot {
    /// Reads a snapshot chunk by chunk.
    pub fn reader() -> SnapshotReader {
        SnapshotReader(Some(Fold::default()))
    }
}

/// The fold a snapshot was made of, as far as its chunks have come.
pub struct SnapshotReader(Option<Fold>);

impl SnapshotReader {
    pub fn take(&mut self, chunk: &str) {
        if self.0.as_mut().is_some_and(|fold| fold.read_chunk(chunk).is_none()) {
            self.0 = None;
        }
    }

    /// `None` where a chunk could not be read, or none came of a snapshot of so many rows.
    pub fn fold(self, rows: u64) -> Option<Fold> {
        let mut fold = self.0.filter(|fold| rows == 0 || !fold.heads.is_empty())?;
        fold.settle_trees();
        Some(fold)
    }
}

/// What a chunk is made of.
#[derive(Clone, Debug)]
pub enum Piece {
    Replicas,
    Actions(Range<usize>),
    Receipts,
    /// Slots of a kind.
    Records(KindIx, Range<usize>),
    /// Members of sets, and what this program does not know.
    Loose,
    Rivals,
    Early,
    Moves,
}

impl Fold {
    pub fn to_snapshot(&self) -> Snapshot {
        Snapshot { chunks: self.pieces().iter().map(|piece| self.chunk(piece)).collect() }
    }

    /// The fold a snapshot was made of; `None` where a chunk cannot be read.
    pub fn from_snapshot(snapshot: &Snapshot) -> Option<Fold> {
        let mut reader = Snapshot::reader();
        snapshot.chunks.iter().for_each(|chunk| reader.take(chunk));
        reader.fold(0)
    }

    /// Of what chunks a snapshot is, in the order in which they are read.
    pub fn pieces(&self) -> Vec<Piece> {
        let mut pieces = vec![Piece::Replicas];
        pieces.extend(parts(self.heads.len(), ACTIONS_A_CHUNK).map(Piece::Actions));
        pieces.push(Piece::Receipts);
        for kind in 0..schema().kinds.len() {
            let slots = self.township.table(kind).slots().len();
            pieces.extend(parts(slots, RECORDS_A_CHUNK).map(|part| Piece::Records(kind, part)));
        }
        pieces.extend([Piece::Loose, Piece::Rivals, Piece::Early, Piece::Moves]);
        pieces
    }

    pub fn chunk(&self, piece: &Piece) -> String {
        match piece {
            Piece::Replicas => self.replica_chunk(),
            Piece::Actions(part) => self.action_chunk(part),
            Piece::Receipts => self.receipt_chunk(),
            Piece::Records(kind, slots) => self.record_chunk(*kind, slots),
            Piece::Loose => self.loose_chunk(),
            Piece::Rivals => self.rival_chunk(),
            Piece::Early => self.early_chunk(),
            Piece::Moves => self.move_chunk(),
        }
    }

    fn replica_chunk(&self) -> String {
        let version = self.heads.replica_list();
        list_chunk("replicas", version.iter(), |replica, out| {
            write_json_text(replica.as_str(), out);
        })
    }

    /// `[replica, first counter, by, what, only receipts, [times]]`: most actions of a copy differ from
    /// the one before by their time alone.
    fn action_chunk(&self, part: &Range<usize>) -> String {
        let heads: Vec<&Head> =
            self.heads.iter().skip(part.start).take(part.len()).map(|(_, head)| head).collect();
        list_chunk("actions", heads.chunk_by(|a, b| goes_on(a, b)), |run, out| {
            let Some(first) = run.first() else { return };
            let _ = write!(out, "[{},{},", first.replica, first.counter);
            write_json_text(&first.by, out);
            out.push(',');
            write_json_text(&first.what, out);
            out.push_str(if first.only_receipts { ",true," } else { ",false," });
            for (at, head) in run.iter().enumerate() {
                let _ = write!(out, "{}\"{:016x}\"", if at > 0 { ',' } else { '[' }, head.time);
            }
            out.push_str("]]");
        })
    }

    fn receipt_chunk(&self) -> String {
        list_chunk("receipts", self.heads.receipts(), |(replica, counter, time), out| {
            let _ = write!(out, "[{replica},{counter},\"{time:016x}\"]");
        })
    }

    /// `{"records":[kind, [registers], [id, written, value, …], …]}`: the registers that any of these
    /// records has, then of each record the action that wrote them: one number where one wrote all,
    /// else one for each and 0 for never.
    fn record_chunk(&self, kind: KindIx, slots: &Range<usize>) -> String {
        let info = &schema().kinds[kind];
        let stamps = self.stamps.get(kind).and_then(|all| all.get(slots.clone()));
        let stamps = stamps.unwrap_or_default();
        let used = |register: &RegisterIx| stamps.iter().any(|row| row[*register] != 0);
        let columns: Vec<RegisterIx> = (0..info.registers.len()).filter(used).collect();
        let mut out = String::from("{\"records\":[");
        write_json_text(info.spec.id, &mut out);
        out.push_str(",[");
        for (at, register) in columns.iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            write_json_text(info.registers[*register].name, &mut out);
        }
        out.push(']');
        for (slot, written) in slots.clone().zip(stamps) {
            out.push_str(",[");
            write_json_text(self.township.table(kind).at(slot).id.as_str(), &mut out);
            write_written(written, &columns, &mut out);
            for register in &columns {
                out.push(',');
                self.register_value(kind, slot, *register).write_json(&mut out);
            }
            out.push(']');
        }
        out.push_str("]}");
        out
    }

    fn loose_chunk(&self) -> String {
        list_chunk("loose", self.loose.iter(), |(key, cell), out| self.write_cell(key, cell, out))
    }

    fn rival_chunk(&self) -> String {
        let rivals =
            self.rivals.iter().flat_map(|(key, cells)| cells.iter().map(move |c| (key, c)));
        list_chunk("rivals", rivals, |(key, cell), out| self.write_cell(key, cell, out))
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
            write_names(&[schema().kinds[*kind].spec.id, id, ""], out);
            write_value(cell, out);
        })
    }

    /// `[kind, id, register, value, action]`
    fn write_cell(&self, key: &Key, cell: &Cell, out: &mut String) {
        let (kind, id, register) = self.names(key);
        write_names(&[&kind, &id, &register], out);
        write_value(cell, out);
    }
}

/// `0..len` in parts of at most `most`.
fn parts(len: usize, most: usize) -> impl Iterator<Item = Range<usize>> {
    (0..len).step_by(most).map(move |start| start..len.min(start + most))
}

fn goes_on(before: &Head, after: &Head) -> bool {
    before.replica == after.replica
        && before.counter + 1 == after.counter
        && before.only_receipts == after.only_receipts
        && before.by == after.by
        && before.what == after.what
}

fn write_written(written: &[ActionIx], columns: &[RegisterIx], out: &mut String) {
    let mut all = columns.iter().map(|register| written[*register]);
    let first = all.next().unwrap_or(0);
    if all.clone().all(|at| at == first) {
        let _ = write!(out, ",{first}");
        return;
    }
    let _ = write!(out, ",[{first}");
    for at in all {
        let _ = write!(out, ",{at}");
    }
    out.push(']');
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

/// Ends a list with a value and the action that wrote it.
fn write_value(cell: &Cell, out: &mut String) {
    out.push(',');
    cell.value.write_json(out);
    let _ = write!(out, ",{}]", cell.at);
}
