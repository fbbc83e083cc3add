//! A bundle or base of a newer major format, as far as this program understands it: to be looked at and
//! nothing else. Takes nothing over, and hands out no line that could be sent on as this program's own.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::value::RawValue;

use super::FORMAT;
use super::error::BundleError;
use super::read::{Named, Sender, decode, name_error};
use crate::encoding::Gb18030;
use crate::journal::action::{Action, Kind, OpGroup, Reg, signed};
use crate::journal::clock::RECEIPTS;
use crate::journal::hash::sha256_hex;
use crate::journal::stamp::{LATEST_MILLIS, millis};
use crate::journal::{Fold, Meta};
use crate::model::schema;

/// What of a newer township is not shown here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// Actions that read, and those that do not.
    pub read: usize,
    pub lines: usize,
    /// Ops of types this program does not know.
    pub op_types: usize,
    /// Changes to records of kinds this program does not know, kind by kind.
    pub kinds: BTreeMap<String, usize>,
    /// Changes to fields this program does not know, of records it does.
    pub fields: usize,
}

/// A township of a newer program, being read.
#[derive(Clone, Debug)]
pub struct Newer {
    pub format: u32,
    pub township: String,
    /// As the bundle calls it; empty for a base.
    pub name: String,
    /// Who made the file, and when, as it says.
    pub sender: String,
    pub made: String,
    /// Whether the content hash fits as this program reckons it; a newer one may reckon otherwise.
    pub checked: bool,
    lines: Vec<String>,
    at: usize,
    fold: Fold,
    unread: Unread,
}

/// The two members by which every format is known.
#[derive(Deserialize)]
struct Beginning {
    gangtu: String,
    format: u32,
}

/// What a text that reads as JSON is besides a bundle of this format: a newer one, or an extract.
pub(super) fn other_kind(text: &str) -> Option<BundleError> {
    let Beginning { gangtu, format } = serde_json::from_str(text).ok()?;
    match &*gangtu {
        "bundle" if format > FORMAT => Some(BundleError::NewerFormat { format }),
        "extract" => Some(BundleError::AnExtract),
        _ => None,
    }
}

type Members<'a> = BTreeMap<String, &'a RawValue>;

impl Newer {
    /// Recognises a file of a newer format. What is none of that, or says nothing this program could
    /// show, is refused as `Bundle::open` refuses it.
    pub fn open(bytes: &[u8], gb18030: Gb18030) -> Result<Newer, BundleError> {
        let text = decode(bytes, gb18030)?;
        let Some(BundleError::NewerFormat { format }) = other_kind(&text) else {
            return Err(BundleError::NotABundle);
        };
        let members: Members<'_> =
            serde_json::from_str(&text).map_err(|error| name_error(&text, &error))?;
        let township: Option<Named> = member(&members, "township");
        let actions = members.get("actions").map(|raw| raw.get());
        let actions: Option<Vec<&RawValue>> =
            actions.and_then(|list| serde_json::from_str(list).ok());
        let (Some(township), Some(actions)) = (township, actions) else {
            return Err(BundleError::NewerFormat { format });
        };
        let sender: Sender = member(&members, "sender").unwrap_or_default();
        let hash: String = member(&members, "hash").unwrap_or_default();
        let covered = text.rfind(",\"hash\":").map_or(&*text, |end| &text[..end]);
        Ok(Newer {
            township: township.id,
            name: township.name,
            sender: sender.name,
            made: member(&members, "made").unwrap_or_default(),
            checked: sha256_hex(covered.as_bytes()) == hash,
            ..Newer::of_lines(format, actions.iter().map(|raw| raw.get().to_string()).collect())
        })
    }

    /// A base of a newer program: its meta row, of which only the township and the version need to
    /// read, and its rows. `None` for one that is locked or says no township.
    pub fn of_base(meta: &str, rows: &[String]) -> Option<Newer> {
        let members: Members<'_> = serde_json::from_str(meta).ok()?;
        let locked: Vec<IgnoredAny> = member(&members, "locked").unwrap_or_default();
        if !locked.is_empty() {
            return None;
        }
        let lines = rows.iter().flat_map(|row| row.lines()).map(str::to_string).collect();
        Some(Newer {
            township: member(&members, "township")?,
            sender: member(&members, "author").unwrap_or_default(),
            // Rows were read back when they were written.
            checked: true,
            ..Newer::of_lines(Meta::version_of(meta)?, lines)
        })
    }

    fn of_lines(format: u32, lines: Vec<String>) -> Newer {
        Newer {
            format,
            township: String::new(),
            name: String::new(),
            sender: String::new(),
            made: String::new(),
            checked: false,
            lines,
            at: 0,
            fold: Fold::default(),
            unread: Unread::default(),
        }
    }

    /// Reads up to `budget` more lines; `Ok(true)` when all are read, the error where none could be.
    pub fn step(&mut self, budget: usize) -> Result<bool, BundleError> {
        let to = (self.at + budget).min(self.lines.len());
        for at in self.at..to {
            let line = std::mem::take(&mut self.lines[at]);
            self.read_line(&line);
        }
        self.at = to;
        if to < self.lines.len() {
            return Ok(false);
        }
        if self.unread.read == 0 {
            return Err(BundleError::NewerFormat { format: self.format });
        }
        self.fold.settle_trees();
        Ok(true)
    }

    /// Lines read so far and lines in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.at, self.lines.len())
    }

    /// The township as far as it is understood; whole once every line is read.
    pub fn fold(&self) -> &Fold {
        &self.fold
    }

    pub fn into_fold(self) -> Fold {
        self.fold
    }

    pub fn unread(&self) -> &Unread {
        &self.unread
    }

    fn read_line(&mut self, line: &str) {
        let readable = |action: &Action| millis(action.time) <= LATEST_MILLIS;
        let Some(action) = Action::from_line(line).ok().filter(readable) else {
            self.unread.lines += 1;
            return;
        };
        if self.fold.heads().find(&action.stamp()).is_some() {
            return;
        }
        self.unread.read += 1;
        self.unread.count(line, &action);
        // A line before it may be one that does not read: gaps say nothing here.
        self.fold.apply_part(&action);
    }

    /// Where it comes from, in words: `新版岗图导出（格式 2）`.
    pub fn origin(&self) -> String {
        let Newer { format, sender, made, .. } = self;
        match made.split('T').next().filter(|day| !day.is_empty()) {
            Some(day) => format!("由新版岗图导出（格式 {format}），{}，{day}", signed(sender)),
            None => format!("是新版岗图保存的（数据版本 {format}）"),
        }
    }

    /// What is not shown, in words for people.
    pub fn told(&self) -> String {
        let mut told = self.unread.told();
        if !self.checked {
            told.push_str("新版的校验码本版核对不了，内容是否完整请用新版岗图确认。");
        }
        told
    }
}

impl Unread {
    /// Whether everything that was there is shown.
    pub fn is_nothing(&self) -> bool {
        let Unread { lines, op_types, kinds, fields, .. } = self;
        *lines == 0 && *op_types == 0 && kinds.is_empty() && *fields == 0
    }

    fn count(&mut self, line: &str, action: &Action) {
        #[derive(Deserialize)]
        struct Ops {
            ops: Vec<IgnoredAny>,
        }
        let all = serde_json::from_str(line).map_or(0, |Ops { ops }| ops.len());
        self.op_types += all.saturating_sub(action.groups.len());
        action.groups.iter().for_each(|group| self.count_group(group));
    }

    fn count_group(&mut self, group: &OpGroup) {
        match &group.kind {
            Kind::Known(_) => {
                self.fields += group.ops.iter().filter(|op| is_loose(group, &op.reg)).count();
            }
            Kind::Other(name) if &**name == RECEIPTS => {}
            Kind::Other(name) => {
                *self.kinds.entry(name.to_string()).or_default() += group.ops.len();
            }
        }
    }

    fn told(&self) -> String {
        if self.is_nothing() {
            return format!("共 {} 条操作，本版都读得懂。", self.read);
        }
        let mut parts = Vec::new();
        if self.lines > 0 {
            parts.push(format!("{} 条操作", self.lines));
        }
        if !self.kinds.is_empty() {
            let changes: usize = self.kinds.values().sum();
            parts.push(format!("{} 类新记录（{changes} 处改动）", self.kinds.len()));
        }
        if self.fields > 0 {
            parts.push(format!("{} 处新栏目的改动", self.fields));
        }
        if self.op_types > 0 {
            parts.push(format!("{} 处新式操作", self.op_types));
        }
        format!(
            "看到的是本版读得懂的 {} 条操作；读不懂、没有显示的：{}。",
            self.read,
            parts.join("、")
        )
    }
}

/// A register this program would not show: of no field it knows.
fn is_loose(group: &OpGroup, reg: &Reg) -> bool {
    matches!(reg, Reg::Other(_)) && schema().kind(group.kind.name()).is_some()
}

fn member<T: DeserializeOwned>(members: &Members<'_>, name: &str) -> Option<T> {
    serde_json::from_str(members.get(name)?.get()).ok()
}
