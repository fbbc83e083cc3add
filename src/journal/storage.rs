//! What the journal asks of the place it is kept in, and of the computer. Implements neither.

use std::collections::BTreeMap;
use std::fmt;

use futures_util::future::LocalBoxFuture;

use super::action::Action;
use super::basis::ExtractOf;
use super::chain::{Chain, Link, Tips};
use super::peer::{Peer, Sent};
use super::signed::{Checkpoint, Keys};
use super::stamp::{ReplicaId, Time};
use crate::model::Text;

/// Everything impure the journal needs.
pub trait World {
    /// Milliseconds since 1970, as this computer believes.
    fn now_ms(&self) -> u64;

    /// 128 fresh random bits.
    fn random(&self) -> u128;

    /// Text composed as Unicode NFC has it: the tables are the computer's.
    fn nfc(&self, text: &str) -> String;

    /// Lets whoever else is waiting have a turn, where one is due: asked often in the midst of long work.
    fn pause(&self) -> LocalBoxFuture<'static, ()> {
        Box::pin(std::future::ready(()))
    }
}

/// Version of what lies in stored bases; a base with a higher one is not opened. 2: records alike stand
/// in a line as a table, rows and chunks are bytes.
pub const BASE_VERSION: u32 = 3;

/// What a base says of itself beside its rows.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Meta {
    pub version: u32,
    /// Township id: bundles of another township are refused.
    pub township: Text,
    pub replica: Text,
    /// Counter of the last own action.
    pub counter: u64,
    /// The latest time seen or given; hexadecimal, as JSON numbers are too small for it.
    #[serde(with = "hex_time")]
    pub clock: Time,
    /// Time of the last own action, as it claims.
    #[serde(default, with = "hex_time")]
    pub last: Time,
    /// Number of the last row.
    pub seq: u64,
    /// Rows up to here are in the snapshot.
    pub snapshot: u64,
    /// Where the snapshot's chunks lie: behind this place.
    #[serde(default)]
    pub chunks: u64,
    /// Who says they are at the desk.
    pub author: Text,
    /// The newest line of every replica.
    #[serde(default)]
    pub tips: Tips,
    /// Of every replica, as far as is known.
    #[serde(default)]
    pub chains: BTreeMap<Text, Chain>,
    /// Other copies, by replica.
    #[serde(default)]
    pub peers: BTreeMap<Text, Peer>,
    #[serde(default)]
    pub sent: Sent,
    #[serde(default)]
    pub keys: Keys,
    /// Of a base that is an extract: of whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extract: Option<ExtractOf>,
    /// Of a locked base: all but the numbers of rows is in here, sealed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<String>,
}

impl Meta {
    /// A line was added.
    pub fn extend(&mut self, action: &Action, own: Link) {
        self.tips.extend(action, own);
        self.chains.entry(action.replica.as_str().into()).or_default().note(action);
    }

    pub fn new(township: Text, replica: &ReplicaId, author: &str) -> Meta {
        Meta {
            version: BASE_VERSION,
            township,
            replica: replica.as_str().into(),
            counter: 0,
            clock: 0,
            last: 0,
            seq: 0,
            snapshot: 0,
            chunks: 0,
            author: author.into(),
            tips: Tips::default(),
            chains: BTreeMap::new(),
            peers: BTreeMap::new(),
            sent: Sent::default(),
            keys: Keys::default(),
            extract: None,
            locked: Vec::new(),
        }
    }
}

mod hex_time {
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(time: &u64, writer: S) -> Result<S::Ok, S::Error> {
        writer.serialize_str(&format!("{time:016x}"))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(reader: D) -> Result<u64, D::Error> {
        let text = String::deserialize(reader)?;
        super::super::stamp::parse_time(&text).ok_or_else(|| D::Error::custom("not a time"))
    }
}

/// The one member of a meta row that every version has.
#[derive(serde::Deserialize)]
struct Version {
    version: u32,
}

impl Meta {
    /// The version of a meta row of whatever program.
    pub fn version_of(text: &str) -> Option<u32> {
        serde_json::from_str::<Version>(text).ok().map(|row| row.version)
    }

    /// Reads a meta row; one of a newer program may have any shape.
    pub fn read(text: &str) -> Result<Meta, StoreError> {
        let corrupt = |_| StoreError::Corrupt("基本信息".to_string());
        let Version { version } = serde_json::from_str(text).map_err(corrupt)?;
        if version > BASE_VERSION {
            return Err(StoreError::Newer { base: version });
        }
        let meta: Meta = serde_json::from_str(text).map_err(corrupt)?;
        // What this program writes next, older ones may not be able to read.
        Ok(Meta { version: BASE_VERSION, ..meta })
    }
}

impl Meta {
    /// Whether bundles of these copies say anything new of them.
    pub fn hears(&self, peers: &[(Text, Peer)], signed: &[Checkpoint]) -> bool {
        let mut after = self.clone();
        after.hear(peers, signed);
        after != *self
    }

    /// Remembers other copies as their bundles show them.
    pub fn hear(&mut self, peers: &[(Text, Peer)], signed: &[Checkpoint]) {
        signed.iter().for_each(|checkpoint| self.keys.keep(checkpoint));
        let others = peers.iter().filter(|(replica, _)| *replica != self.replica);
        for (replica, peer) in others {
            self.peers.entry(replica.clone()).or_default().hear(peer);
        }
    }
}

/// Takes a chunk of a snapshot.
pub type ReadChunk<'a> = &'a mut dyn FnMut(&str);

/// Makes the next chunk of a snapshot; `None` after the last.
pub type NextChunk<'a> = &'a mut dyn FnMut() -> Option<String>;

/// Says why a base, as its meta row shows it, is not the one that is meant any more.
pub type Fits<'a> = &'a dyn Fn(&Meta) -> Result<(), StoreError>;

/// A base as it lies in storage, without its snapshot.
#[derive(Clone, Debug)]
pub struct Stored {
    pub meta: Meta,
    /// Rows after the snapshot, oldest first; a row is one or more lines.
    pub rows: Vec<String>,
    /// Lines that wait for others that are missing.
    pub parked: Vec<String>,
}

/// What a transaction finds before it writes.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    pub meta: &'a Meta,
    /// Lines that wait, as any tab left them.
    pub parked: &'a [String],
}

/// What one transaction writes.
#[derive(Clone, Debug)]
pub struct Sealed {
    pub meta: Meta,
    /// Rows to add, in order; `meta.seq` counts them already.
    pub rows: Vec<String>,
    /// The new list of waiting lines, where it changed.
    pub parked: Option<Vec<String>>,
}

/// What a transaction found and wrote.
#[derive(Clone, Debug)]
pub struct Appended {
    /// Rows another tab wrote since `known`; they come before `sealed`.
    pub missed: Vec<String>,
    /// Lines that wait, after the write.
    pub parked: Vec<String>,
    pub sealed: Sealed,
}

/// Why a base could not be opened or written. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum StoreError {
    /// The browser has no database here (private window, switched off).
    Unavailable,
    /// The browser has a database and cannot open it (damaged profile, failing or full disk).
    Unopened(String),
    /// The disk or the browser's share of it is full.
    QuotaFull,
    /// Another tab holds the base in a way that keeps this one out.
    Blocked,
    /// The base was written by a newer program.
    Newer { base: u32 },
    /// The base is locked, and not with the key this page has; `lock` is what stands around the right one.
    Locked { lock: String },
    /// An extract was exchanged for a newer one in another tab.
    Renewed,
    /// Something is stored that cannot be read; names it.
    Corrupt(String),
    /// What was read back is not what was written.
    NotWritten,
    /// The base is gone (cleared or deleted under the open page).
    Gone,
    /// Anything else the browser said.
    Other(String),
}

impl fmt::Display for StoreError {
    /// The sentence for the person: what happened, what is safe, what to do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Unavailable => f.write_str(
                "这个浏览器窗口不能保存数据（可能是无痕窗口或被设置禁用）。可以照常查看和编辑，离开前请导出数据包。",
            ),
            StoreError::Unopened(said) => write!(
                f,
                "浏览器打不开本机数据库（{said}），存过的数据没有改动。可以照常查看和编辑，但改动只在内存里，离开前请导出数据包。"
            ),
            StoreError::QuotaFull => f.write_str(
                "浏览器的存储空间满了，这次修改没有保存，之前的数据都在。请先导出数据包，再清理磁盘或浏览器数据。",
            ),
            StoreError::Blocked => f.write_str(
                "数据库被另一个标签页占用，这里暂时打不开，数据没有变化。请关掉其他打开岗图的标签页后重试。",
            ),
            StoreError::Newer { base } => write!(
                f,
                "这份数据是新版岗图保存的（数据版本 {base}），为免损坏没有打开，数据都在。请用新版岗图打开。"
            ),
            StoreError::Locked { .. } => f.write_str(
                "本机数据的锁变了（可能是在另一个标签页里设的或去掉的），这里没有写入，之前的数据都在。请刷新本页后重做最后一步。",
            ),
            StoreError::Renewed => f.write_str(
                "另一个标签页刚换上了新的提取件，写下的都在。请看一眼刚才的修改，不对就再改一次。",
            ),
            StoreError::Corrupt(what) => write!(
                f,
                "本机数据中有一处读不出来（{what}），没有改动任何数据。请用最近导出的数据包恢复，并保留现有数据备查。"
            ),
            StoreError::NotWritten => f.write_str(
                "写入后回读的内容对不上，这次修改不算保存，之前的数据都在。请导出数据包并检查磁盘。",
            ),
            StoreError::Gone => f.write_str(
                "本机数据库已被清除或删除，页面里的数据还在内存中。请马上导出数据包。",
            ),
            StoreError::Other(said) => write!(
                f,
                "浏览器没能完成保存（{said}），这次修改没有写入，之前的数据都在。请重试，仍不行请导出数据包。"
            ),
        }
    }
}

impl StoreError {
    /// Whether work can go on in memory: nothing that is stored would be hidden by it.
    pub fn leaves_memory(&self) -> bool {
        matches!(self, StoreError::Unavailable | StoreError::Unopened(_))
    }
}

/// Where a base is kept. Every method but `put_snapshot` is one transaction: all of it or nothing.
#[allow(async_fn_in_trait)]
pub trait Storage {
    /// `None` where nothing was ever stored. Chunks of the snapshot are handed over one by one, in the
    /// order they were made, and not kept.
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError>;

    /// Starts an empty base; leaves one alone that another tab has begun in the meantime.
    async fn create(&self, meta: &Meta) -> Result<(), StoreError>;

    /// Hands what it finds to `seal`, writes what comes back, and reads it again. `known` is
    /// the last row the caller has folded; rows after it come back as `missed`.
    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError>;

    /// The meta row and all rows after `known`.
    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError>;

    /// Replaces the snapshot by one that holds all rows up to `seq`. It may take several transactions,
    /// each of which asks whether the meta row it finds `fits`; the old one is there until the last.
    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError>;

    /// Removes the base and everything in it.
    async fn erase(&self) -> Result<(), StoreError>;
}
