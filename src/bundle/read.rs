//! Reading a file offered as a bundle: recognise, decode, verify, take apart. Decides nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use serde::Deserialize;
use serde_json::value::RawValue;

use super::error::BundleError;
use super::newer::other_kind;
use super::opening::Opening;
use super::write::Header;
use super::{FORMAT, LARGEST};
use crate::encoding::Gb18030;
use crate::journal::action::unreadable;
use crate::journal::chain::{Altered, Link, Met, Order};
use crate::journal::desk::Offer;
use crate::journal::hash::sha256_hex;
use crate::journal::intake::{Line, Refused};
use crate::journal::peer::{Knows, Peer};
use crate::journal::signed::Checkpoint;
use crate::journal::stamp::{LATEST_MILLIS, millis};
use crate::journal::{Action, ReplicaId};
use crate::model::Text;

/// A verified bundle, its lines not yet read: long ones are read in slices.
#[derive(Clone, Debug)]
pub struct Bundle {
    pub header: Header,
    pub(super) texts: Vec<String>,
    /// Of lines that were hashed elsewhere.
    pub(super) links: BTreeMap<usize, Link>,
    /// Read, but not looked at: of the lines that come next.
    pub(super) ahead: VecDeque<Action>,
    ops: usize,
    lines: Vec<Line>,
    met: BTreeMap<ReplicaId, Met>,
    signed: Vec<Checkpoint>,
}

/// A line of more bytes costs more to hash in the page than to ask the browser.
const LONG_LINE: usize = 32 << 10;

#[derive(Deserialize)]
struct Envelope<'a> {
    gangtu: Cow<'a, str>,
    format: u32,
    township: Named,
    #[serde(default)]
    sender: Sender,
    #[serde(default)]
    made: String,
    #[serde(default)]
    number: u64,
    #[serde(default)]
    previous: String,
    #[serde(default)]
    knows: Knows,
    #[serde(default)]
    signed: Vec<Checkpoint>,
    part: Option<(u32, u32)>,
    #[serde(default)]
    extract: Text,
    counts: Counts,
    #[serde(borrow)]
    actions: Vec<&'a RawValue>,
    #[serde(default)]
    hash: String,
}

#[derive(Deserialize)]
pub(super) struct Named {
    pub id: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Deserialize, Default)]
pub(super) struct Sender {
    #[serde(default)]
    pub replica: String,
    #[serde(default)]
    pub name: String,
}

#[derive(Deserialize)]
struct Counts {
    actions: usize,
    ops: usize,
}

impl Envelope<'_> {
    fn without_lines(self) -> Envelope<'static> {
        let gangtu = Cow::Owned(self.gangtu.into_owned());
        Envelope { gangtu, actions: Vec::new(), ..self }
    }
}

/// How the list of actions begins where this program wrote it.
pub(super) const ACTIONS: &str = "\"actions\":[\n";

/// A bundle as this program writes it, a line an action: what stands around the lines, with none between,
/// and the lines. Nobody else need look where a line ends: a text inside one has no line breaks.
fn lines_apart(text: &str) -> Option<(String, Vec<&str>)> {
    let start = text.find('\n').map(|end| end + 1)?;
    let head = text[..start].strip_suffix('\n').filter(|_| text[..start].ends_with(ACTIONS))?;
    let end = text.rfind("\n]").filter(|end| *end > start)?;
    let mut lines: Vec<&str> = text[start..end].split('\n').collect();
    let (_, all_but_last) = lines.split_last_mut()?;
    for line in all_but_last {
        *line = line.strip_suffix(',')?;
    }
    let whole = |line: &&str| line.starts_with('{') && line.ends_with('}');
    lines.iter().all(whole).then(|| ([head, &text[end + 1..]].concat(), lines))
}

/// The same of a bundle in whatever shape.
fn envelope_of(text: &str) -> Result<(Envelope<'static>, Vec<String>), BundleError> {
    let envelope: Envelope<'_> =
        serde_json::from_str(text).map_err(|error| match other_kind(text) {
            Some(other) => other,
            // What is no JSON at all is told before what is odd about it.
            None => {
                let broken = serde_json::from_str::<serde::de::IgnoredAny>(text).err();
                name_error(text, &broken.unwrap_or(error))
            }
        })?;
    let texts = envelope.actions.iter().map(|raw| raw.get().to_string()).collect();
    Ok((envelope.without_lines(), texts))
}

impl Bundle {
    /// Recognises and verifies a file.
    pub fn open(bytes: &[u8], gb18030: Gb18030) -> Result<Bundle, BundleError> {
        let opening = Bundle::recognise(bytes, gb18030)?;
        let hash = sha256_hex(opening.covered());
        opening.finish_as(&hash)
    }

    /// Recognises a file; its hash is still to be looked at.
    pub fn recognise<'a>(bytes: &'a [u8], gb18030: Gb18030) -> Result<Opening<'a>, BundleError> {
        let text = decode(bytes, gb18030)?;
        let apart = lines_apart(&text).and_then(|(around, lines)| {
            let envelope: Envelope<'_> = serde_json::from_str(&around).ok()?;
            Some((envelope.without_lines(), lines.into_iter().map(str::to_string).collect()))
        });
        let (envelope, texts) = match apart {
            Some(apart) => apart,
            None => envelope_of(&text)?,
        };
        if envelope.gangtu != "bundle" {
            return Err(BundleError::NotABundle);
        }
        if envelope.format > FORMAT {
            return Err(BundleError::NewerFormat { format: envelope.format });
        }
        let header = Header {
            township: envelope.township.id,
            name: envelope.township.name,
            replica: envelope.sender.replica,
            sender: envelope.sender.name,
            made: envelope.made,
            number: envelope.number,
            previous: envelope.previous,
            knows: envelope.knows,
            signed: envelope.signed,
            part: envelope.part,
            extract: envelope.extract,
        };
        let (format, actions, ops) =
            (envelope.format, envelope.counts.actions, envelope.counts.ops);
        let (lines, links) = (Vec::new(), BTreeMap::new());
        let (met, signed) = (BTreeMap::new(), Vec::new());
        let ahead = VecDeque::new();
        let (hash, bundle) =
            (envelope.hash, Bundle { header, texts, links, ahead, ops, lines, met, signed });
        Ok(Opening::of(text, bundle, format, actions, hash))
    }

    pub(super) fn long_lines(&self) -> impl Iterator<Item = (usize, &str)> {
        let texts = self.texts.iter().map(String::as_str).enumerate();
        texts.filter(|(_, text)| text.len() > LONG_LINE)
    }

    /// Reads lines of about so many bytes before anything is known of them; false where there is nothing to
    /// read, or nothing that can be.
    pub(super) fn read_ahead(&mut self, bytes: usize) -> bool {
        let mut read = 0;
        while read < bytes {
            let Some(text) = self.texts.get(self.lines.len() + self.ahead.len()) else {
                return false;
            };
            let Ok(action) = Action::from_line(text) else { return false };
            read += text.len();
            self.ahead.push_back(action);
        }
        true
    }

    /// Reads more lines, of about so many bytes and one at least; `Ok(true)` when all are read.
    pub fn step(&mut self, bytes: usize) -> Result<bool, BundleError> {
        let mut read = 0;
        while read < bytes && self.lines.len() < self.texts.len() {
            let at = self.lines.len();
            let text = std::mem::take(&mut self.texts[at]);
            read += text.len();
            let bad = |said: &str| BundleError::BadAction { at: at + 1, said: said.to_string() };
            let action = match self.ahead.pop_front() {
                Some(action) => action,
                None => Action::from_line(&text).map_err(|error| bad(unreadable(&error)))?,
            };
            if action.writes_twice() {
                return Err(bad("同一条记录的同一项写了两次"));
            }
            let link = self.links.remove(&at).unwrap_or_else(|| Link::of(&text));
            let line = Line::linked(text, action, link);
            self.check_time(&line.action, line.link)?;
            self.lines.push(line);
        }
        let all = self.lines.len() == self.texts.len();
        if all {
            self.check_ops()?;
        }
        Ok(all)
    }

    /// Reads all lines at once.
    pub fn read_all(&mut self) -> Result<(), BundleError> {
        self.step(usize::MAX).map(|_| ())
    }

    /// Lines read so far and lines in all.
    pub fn progress(&self) -> (usize, usize) {
        (self.lines.len(), self.texts.len())
    }

    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    pub fn into_lines(self) -> Vec<Line> {
        self.lines
    }

    /// Everything a base takes of bundles.
    pub fn offer(bundles: Vec<Bundle>) -> Offer {
        let peers = bundles.iter().map(Bundle::peer).collect();
        let signed = bundles.iter().flat_map(|bundle| bundle.signed.iter().cloned()).collect();
        Offer { lines: bundles.into_iter().flat_map(Bundle::into_lines).collect(), peers, signed }
    }

    /// Takes the answer to whether the signatures of `header.signed` are good, one by one; `None` for
    /// those nobody here can judge. Until then none of them counts.
    pub fn verified(&mut self, good: &[Option<bool>]) -> Result<(), BundleError> {
        for (checkpoint, good) in self.header.signed.iter().zip(good) {
            match good {
                Some(true) => self.signed.push(checkpoint.clone()),
                Some(false) => {
                    let replica = checkpoint.replica.to_string();
                    return Err(BundleError::BadSignature { replica });
                }
                None => {}
            }
        }
        Ok(())
    }

    /// Checkpoints found good.
    pub fn signed(&self) -> &[Checkpoint] {
        &self.signed
    }

    /// The copy it came from, as it shows it.
    fn peer(&self) -> (Text, Peer) {
        let Header { replica, sender, made, number, knows, extract, .. } = &self.header;
        let peer = Peer {
            name: sender.as_str().into(),
            made: made.as_str().into(),
            number: *number,
            knows: knows.clone(),
            extract: !extract.is_empty(),
        };
        (replica.as_str().into(), peer)
    }

    fn check_time(&mut self, action: &Action, link: Link) -> Result<(), BundleError> {
        if millis(action.time) > LATEST_MILLIS {
            let (replica, counter) = (action.replica.to_string(), action.counter);
            return Err(BundleError::TimeTooFar { replica, counter });
        }
        let met = self.met.entry(action.replica.clone()).or_default();
        let (replica, counter) = (action.replica.clone(), action.counter);
        match met.meet(action, link, self.header.part.is_none()) {
            Order::Sound => Ok(()),
            Order::RunsBack => {
                Err(BundleError::TimeRunsBack { replica: replica.to_string(), counter })
            }
            Order::Altered => {
                let altered = Altered { replica, counter: counter - 1 };
                Err(BundleError::Refused(Refused::Altered(altered)))
            }
        }
    }

    fn check_ops(&self) -> Result<(), BundleError> {
        let ops: usize = self.lines.iter().map(|line| line.action.op_count()).sum();
        if ops == self.ops { Ok(()) } else { Err(BundleError::CountMismatch) }
    }
}

pub(super) fn decode<'a>(bytes: &'a [u8], gb18030: Gb18030) -> Result<Cow<'a, str>, BundleError> {
    if bytes.is_empty() {
        return Err(BundleError::Empty);
    }
    if bytes.len() > LARGEST {
        return Err(BundleError::TooLarge { bytes: bytes.len() });
    }
    if bytes.iter().all(|byte| *byte == 0) {
        return Err(BundleError::Zeros);
    }
    recognise(bytes)?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) => gb18030(bytes).map(Cow::Owned).ok_or(BundleError::NotText),
    }
}

/// Files people pick by mistake, by their first bytes.
fn recognise(bytes: &[u8]) -> Result<(), BundleError> {
    const OTHERS: &[(&[u8], &str)] = &[
        (b"\x89PNG", "一张图片"),
        (b"\xFF\xD8\xFF", "一张图片"),
        (b"GIF8", "一张图片"),
        (b"%PDF", "一个 PDF 文件"),
        (b"\xD0\xCF\x11\xE0", "一个旧版 Office 文件"),
        (b"MZ", "一个程序文件"),
    ];
    if bytes.starts_with(b"PK\x03\x04")
        || bytes.starts_with(b"Rar!")
        || bytes.starts_with(b"\x1F\x8B")
    {
        return Err(BundleError::Archive);
    }
    match OTHERS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, what)) => Err(BundleError::OtherFile(what)),
        None => Ok(()),
    }
}

pub(super) fn name_error(text: &str, error: &serde_json::Error) -> BundleError {
    let said = error.to_string();
    let looks_like_one = text.trim_start().starts_with('{') && text.contains("\"gangtu\"");
    if said.contains("duplicate field") {
        let name = said.split('`').nth(1).unwrap_or_default();
        return BundleError::DuplicateKey { said: name.to_string() };
    }
    if !looks_like_one || said.contains("missing field") {
        return BundleError::NotABundle;
    }
    if error.is_eof() {
        return BundleError::Truncated;
    }
    if said.contains("trailing characters") {
        return BundleError::TrailingBytes;
    }
    BundleError::Broken { line: error.line(), column: error.column() }
}
