//! Writing a bundle: an envelope around stored lines, which go out byte for byte as they came.

use chrono::Timelike;
use std::collections::BTreeMap;

use super::FORMAT;
use crate::journal::Meta;
use crate::journal::brief::Brief;
use crate::journal::hash::sha256_hex;
use crate::journal::peer::Knows;
use crate::journal::signed::Checkpoint;
use crate::journal::stamp::{Time, millis};
use crate::model::Text;
use crate::model::value::write_json_text;

/// Bytes left for the envelope of a part.
const ENVELOPE: usize = 4 << 10;

/// Bytes behind the last line.
const TAIL: usize = 128;

/// What a bundle says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Header {
    /// Township id and name.
    pub township: String,
    pub name: String,
    /// Replica that exported, and who sat there.
    pub replica: String,
    pub sender: String,
    /// When it was made, UTC, `2026-11-22T01:02:03Z`.
    pub made: String,
    /// Its number among the bundles of its copy, from 1; 0 where it names none.
    pub number: u64,
    /// Content hash of the one before it.
    pub previous: String,
    /// What its copy knew, whatever part of it the bundle holds.
    pub knows: Knows,
    /// Checkpoints of this copy and of others it has heard of.
    pub signed: Vec<Checkpoint>,
    /// Where a bundle was split: which of how many this is.
    pub part: Option<(u32, u32)>,
    /// Where it comes from an extract: of which person. It holds what was changed there, no more.
    pub extract: Text,
}

/// Which lines go out.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Since {
    /// Everything.
    #[default]
    Start,
    /// What a copy that knows this many actions of each replica lacks.
    Version(Knows),
    /// Actions made at or after a time, in milliseconds since 1970.
    Millis(u64),
}

impl Since {
    fn lets(&self, action: &Brief) -> bool {
        match self {
            Since::Start => true,
            Since::Version(known) => {
                action.counter > known.get(action.replica.as_str()).copied().unwrap_or(0)
            }
            Since::Millis(from) => millis(action.time) >= *from,
        }
    }
}

impl Header {
    /// The header of a base's next bundle.
    pub fn next(meta: &Meta, name: &str, knows: Knows, now_ms: u64) -> Header {
        Header {
            township: meta.township.to_string(),
            name: name.to_string(),
            replica: meta.replica.to_string(),
            sender: meta.author.to_string(),
            made: utc(now_ms),
            number: meta.sent.number + 1,
            previous: meta.sent.hash.to_string(),
            knows,
            signed: meta.keys.signed.values().cloned().collect(),
            part: None,
            extract: meta.extract.as_ref().map(|of| of.person.clone()).unwrap_or_default(),
        }
    }
}

/// The bundle of a base's rows, without its number and what the base knows.
pub fn export(meta: &Meta, name: &str, rows: &[String], since: &Since, now_ms: u64) -> String {
    let header = Header {
        number: 0,
        previous: String::new(),
        signed: Vec::new(),
        ..Header::next(meta, name, Knows::new(), now_ms)
    };
    write(&header, rows.iter().flat_map(|row| row.lines()), since)
}

/// The content hash a written bundle ends with.
pub fn content_hash(bundle: &str) -> &str {
    let at = bundle.rfind("\"hash\":\"").map_or(bundle.len(), |at| at + 8);
    bundle.get(at..at + 64).unwrap_or_default()
}

/// Rows as bundles of at most `limit` bytes each, which merge to the whole in any order. A line is
/// never cut: one that is larger than the limit makes a larger file.
pub fn split(header: &Header, rows: &[String], since: &Since, limit: usize) -> Vec<String> {
    let mut parts: Vec<Vec<&str>> = Vec::new();
    let mut bytes = 0;
    let wanted = |line: &&str| Brief::of(line).is_some_and(|action| since.lets(&action));
    for line in rows.iter().flat_map(|row| row.lines()).filter(wanted) {
        let size = line.len() + 2;
        match parts.last_mut() {
            Some(part) if bytes + size <= limit.saturating_sub(ENVELOPE) => {
                part.push(line);
                bytes += size;
            }
            _ => {
                parts.push(vec![line]);
                bytes = size;
            }
        }
    }
    let count = parts.len() as u32;
    let part = |(at, lines): (u32, Vec<&str>)| {
        let part = (count > 1).then_some((at, count));
        write(&Header { part, ..header.clone() }, lines.into_iter(), &Since::Start)
    };
    (1..).zip(parts).map(part).collect()
}

/// A written bundle that still lacks its content hash.
pub struct Unhashed(String);

impl Unhashed {
    /// What the hash is over, for who hashes elsewhere.
    pub fn covered(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The bundle with the hash of what is covered.
    pub fn finish_as(self, hash: &str) -> String {
        self.0 + ",\"hash\":\"" + hash + "\"}\n"
    }

    pub fn finish(self) -> String {
        let hash = sha256_hex(self.covered());
        self.finish_as(&hash)
    }
}

/// Writes the envelope. Members stand in a fixed order, `hash` last; it covers every byte before it.
pub fn write<'a>(header: &Header, lines: impl Iterator<Item = &'a str>, since: &Since) -> String {
    compose(header, lines, since).finish()
}

/// The same up to the hash.
pub fn compose<'a>(
    header: &Header,
    lines: impl Iterator<Item = &'a str>,
    since: &Since,
) -> Unhashed {
    compose_as(FORMAT, header, lines, since)
}

/// As a program of another format writes it.
pub(super) fn compose_as<'a>(
    format: u32,
    header: &Header,
    lines: impl Iterator<Item = &'a str>,
    since: &Since,
) -> Unhashed {
    let mut body: Vec<&str> = Vec::new();
    let mut range: BTreeMap<String, (u64, u64)> = BTreeMap::new();
    let mut times: BTreeMap<String, Vec<Time>> = BTreeMap::new();
    let mut ops = 0usize;
    for line in lines {
        let Some(action) = Brief::of(line) else { continue };
        let replica = action.replica.as_str();
        // Two tabs may have taken one file at the same time: a line stored twice goes out once.
        let out = times.entry(replica.to_string()).or_default();
        let again = range.get(replica).is_some_and(|(_, last)| action.counter <= *last)
            && out.contains(&action.time);
        if again || !since.lets(&action) {
            continue;
        }
        out.push(action.time);
        body.push(line);
        ops += action.ops;
        let span = range.entry(replica.to_string()).or_insert((action.counter, 0));
        *span = (span.0.min(action.counter), span.1.max(action.counter));
    }
    let mut out = String::new();
    write_head(&mut out, format, header, &range, body.len(), ops);
    // Tens of megabytes that would be copied each time they grow.
    out.reserve(body.iter().map(|line| line.len() + 2).sum::<usize>() + TAIL);
    for (at, line) in body.into_iter().enumerate() {
        out.push_str(if at > 0 { ",\n" } else { "\n" });
        out.push_str(line);
    }
    out.push_str("\n]");
    Unhashed(out)
}

fn write_head(
    out: &mut String,
    format: u32,
    header: &Header,
    range: &BTreeMap<String, (u64, u64)>,
    actions: usize,
    ops: usize,
) {
    out.push_str(&format!("{{\"gangtu\":\"bundle\",\"format\":{format},\"township\":{{\"id\":"));
    write_json_text(&header.township, out);
    out.push_str(",\"name\":");
    write_json_text(&header.name, out);
    out.push_str("},\"sender\":{\"replica\":");
    write_json_text(&header.replica, out);
    out.push_str(",\"name\":");
    write_json_text(&header.sender, out);
    out.push_str("},\"made\":");
    write_json_text(&header.made, out);
    write_place(out, header);
    out.push_str(",\"range\":{");
    for (at, (replica, (first, last))) in range.iter().enumerate() {
        out.push_str(if at > 0 { "," } else { "" });
        write_json_text(replica, out);
        out.push_str(&format!(":[{first},{last}]"));
    }
    out.push_str(&format!("}},\"counts\":{{\"actions\":{actions},\"ops\":{ops}}},\"actions\":["));
}

/// Its place among the bundles of its copy, where it has one.
fn write_place(out: &mut String, header: &Header) {
    if header.number > 0 {
        out.push_str(&format!(",\"number\":{},\"previous\":", header.number));
        write_json_text(&header.previous, out);
    }
    if !header.knows.is_empty() {
        out.push_str(",\"knows\":{");
        for (at, (replica, counter)) in header.knows.iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            write_json_text(replica, out);
            out.push_str(&format!(":{counter}"));
        }
        out.push('}');
    }
    if !header.signed.is_empty() {
        out.push_str(",\"signed\":[");
        for (at, checkpoint) in header.signed.iter().enumerate() {
            out.push_str(if at > 0 { "," } else { "" });
            write_checkpoint(out, checkpoint);
        }
        out.push(']');
    }
    if let Some((part, of)) = header.part {
        out.push_str(&format!(",\"part\":[{part},{of}]"));
    }
    if !header.extract.is_empty() {
        out.push_str(",\"extract\":");
        write_json_text(&header.extract, out);
    }
}

/// `[replica, counter, link, scheme, key, signature]`
fn write_checkpoint(out: &mut String, checkpoint: &Checkpoint) {
    let Checkpoint { replica, counter, link, scheme, key, signature } = checkpoint;
    out.push('[');
    write_json_text(replica, out);
    out.push_str(&format!(",{counter},\"{link}\""));
    for text in [scheme, key, signature] {
        out.push(',');
        write_json_text(text, out);
    }
    out.push(']');
}

/// Milliseconds since 1970 as `2026-11-22T01:02:03Z`.
pub fn utc(now_ms: u64) -> String {
    let time = chrono::DateTime::from_timestamp_millis(now_ms as i64).unwrap_or_default();
    format!("{}T{:02}:{:02}:{:02}Z", time.date_naive(), time.hour(), time.minute(), time.second())
}
