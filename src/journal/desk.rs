//! A base at work: one way in for every write, whoever asks. Memory changes only after storage did.
//!
//! `draft → ops → one transaction → fold → diff`. Knows no screen; who wants to hear of a diff gets it
//! as the answer.

mod extract;
mod merging;

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use futures_util::lock::Mutex;

use super::action::{Action, OpGroup, unreadable};
use super::basis::{Age, Basis, gap};
use super::chain::Link;
use super::clock::{self, Judged};
use super::draft::Draft;
use super::fold::{Applied, Diff, Fold};
use super::intake::{Line, Missing, Refused};
use super::log::Log;
use super::peer::{Knows, Peer, Sent};
use super::signed::Checkpoint;
use super::snapshot::Snapshot;
use super::stamp::{ReplicaId, Stamp, Time, millis, tick};
use super::storage::{Appended, BASE_VERSION, Found, Meta, Sealed, Storage, StoreError, World};
use super::undo::{Undo, UndoStack};
use crate::model::{RecordId, Text};
use extract::fold_extract;

/// Rows after which a snapshot pays, and bytes of them: a bundle is a few long rows.
const ROWS_BEFORE_SNAPSHOT: u64 = 200;
const BYTES_BEFORE_SNAPSHOT: usize = 1 << 20;

/// Why a write was not done. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum DeskError {
    Store(StoreError),
    /// Lines were offered that no honest copy writes.
    Refused(Refused),
    /// There was nothing to undo or redo.
    NothingToUndo,
    /// Everything the action did has been changed again since.
    Superseded {
        what: Text,
    },
    /// A past moment is being looked at.
    LookingBack,
    /// Changes are on trial: what would write to the base itself waits.
    Trying,
    /// What is looked at was made by a newer program.
    OnlyLooking,
    /// A field that did not come with an extract: what stands in it is not known here.
    NotBrought {
        record: String,
    },
    /// An extract that does not take the place of the one that is here.
    NotRenewed(Age),
}

impl From<StoreError> for DeskError {
    fn from(error: StoreError) -> Self {
        DeskError::Store(error)
    }
}

impl fmt::Display for DeskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DeskError::Store(error) => error.fmt(f),
            DeskError::Refused(refused) => refused.fmt(f),
            DeskError::NothingToUndo => f.write_str("没有可以撤销的操作。"),
            DeskError::LookingBack => f.write_str(
                "正在看过去的记录，只能看，不能改；数据没有变化。要改，请先点上方的“回到现在”。",
            ),
            DeskError::Trying => f.write_str(
                "正在试排，这一步会直接改台账，没有做；数据没有变化。请先在上方“采用”或“放弃”试排，再做一次。",
            ),
            DeskError::OnlyLooking => f.write_str(
                "这是新版岗图的数据，本版只能看，不能改，也不能另存；数据没有变化。要改，请用新版岗图打开。",
            ),
            DeskError::NotBrought { record } => write!(
                f,
                "“{record}”的这一项没有随提取件带来，这里不知道原来是什么，所以不能改；数据没有变化。请在完整的一份里改。"
            ),
            DeskError::NotRenewed(Age::Same) => f.write_str("这份提取件和现在的一样新，不用换，数据没有变化。"),
            DeskError::NotRenewed(Age::Apart) => f.write_str(
                "这份提取件和现在的各有对方没有的改动，多半出自两份不同的数据，没有换上，数据没有变化。请用同一份数据新做的提取件。",
            ),
            DeskError::NotRenewed(_) => f.write_str("这份提取件比现在的旧，没有换上，数据没有变化。"),
            DeskError::Superseded { what } => {
                write!(f, "“{what}”改过的内容后来又被改过，没有撤销。可以在操作记录里逐项查看。")
            }
        }
    }
}

/// A write that is done.
#[derive(Clone, Debug, PartialEq)]
pub struct Commit {
    /// `None` where nothing differed from what was there.
    pub stamp: Option<Stamp>,
    pub what: Text,
    pub diff: Diff,
    /// Fields an undo left alone, since they were changed again.
    pub skipped: usize,
}

/// What an import did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Taken {
    pub applied: usize,
    pub known: usize,
    pub parked: usize,
    /// What the parked wait for.
    pub missing: Vec<Missing>,
    /// Registers it left in conflict.
    pub conflicts: usize,
    pub diff: Diff,
}

/// A base as it stands in memory, to plan on.
#[derive(Clone, Copy)]
pub struct Base<'a> {
    pub fold: &'a Fold,
    pub meta: &'a Meta,
    /// Lines that wait for others that are missing.
    pub parked: &'a [String],
}

/// What is handed over to be taken: lines, and the copies they came from.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    pub lines: Vec<Line>,
    pub peers: Vec<(Text, Peer)>,
    /// Checkpoints whose signatures were found good.
    pub signed: Vec<Checkpoint>,
}

impl From<Vec<Line>> for Offer {
    fn from(lines: Vec<Line>) -> Offer {
        Offer { lines, peers: Vec::new(), signed: Vec::new() }
    }
}

struct State {
    fold: Fold,
    meta: Meta,
    parked: Vec<String>,
    /// What the base began with, where it is an extract.
    basis: Option<Basis>,
    undo: UndoStack,
    /// Bytes of the rows that came since the snapshot.
    since_snapshot: usize,
}

fn bytes_of(rows: &[String]) -> usize {
    rows.iter().map(String::len).sum()
}

impl State {
    fn base(&self) -> Base<'_> {
        Base { fold: &self.fold, meta: &self.meta, parked: &self.parked }
    }
}

/// A base with its storage.
pub struct Desk<S> {
    storage: S,
    world: Rc<dyn World>,
    /// Writes take turns: each is prepared on top of the one before.
    turn: Mutex<()>,
    state: RefCell<State>,
}

impl<S: Storage> Desk<S> {
    /// Opens what is stored; `None` where nothing is.
    pub async fn open(storage: S, world: Rc<dyn World>) -> Result<Option<Desk<S>>, StoreError> {
        let mut snapshot = Snapshot::reader();
        let loaded = storage.load(&mut |chunk| snapshot.take(chunk)).await?;
        let Some(stored) = loaded else { return Ok(None) };
        if stored.meta.version > BASE_VERSION {
            return Err(StoreError::Newer { base: stored.meta.version });
        }
        let mut basis = None;
        let fold = match snapshot.fold(stored.meta.snapshot) {
            _ if stored.meta.extract.is_some() => {
                let folded = fold_extract(&storage.rows_after(0).await?.1)?;
                basis = folded.1;
                folded.0
            }
            Some(mut fold) => {
                fold_rows(&mut fold, &stored.rows)?;
                fold
            }
            // A snapshot only saves time: every row is still there.
            None => {
                let mut fold = Fold::default();
                fold_rows(&mut fold, &storage.rows_after(0).await?.1)?;
                fold
            }
        };
        let state = State {
            fold,
            meta: stored.meta,
            parked: stored.parked,
            basis,
            undo: UndoStack::default(),
            since_snapshot: bytes_of(&stored.rows),
        };
        Ok(Some(Desk { storage, world, turn: Mutex::new(()), state: RefCell::new(state) }))
    }

    /// Starts an empty base of a township, or opens the one another tab began just now.
    pub async fn create(
        storage: S,
        world: Rc<dyn World>,
        township: Text,
        author: &str,
    ) -> Result<Desk<S>, StoreError> {
        let replica = ReplicaId::from_random(world.random());
        let meta = Meta::new(township, &replica, author);
        storage.create(&meta).await?;
        Desk::open(storage, world).await?.ok_or(StoreError::NotWritten)
    }

    pub fn storage(&self) -> &S {
        &self.storage
    }

    /// Reads the fold. Do not hold on to anything across an `await`.
    pub fn read<T>(&self, look: impl FnOnce(&Fold) -> T) -> T {
        look(&self.state.borrow().fold)
    }

    /// What this copy knows, to be told to others: less where lines wait for a side of a copy that has
    /// not come.
    pub fn knows(&self) -> Knows {
        let state = self.state.borrow();
        let mut knows = state.fold.heads().knows();
        let waiting = state.parked.iter().filter_map(|line| Action::from_line(line).ok());
        for action in waiting {
            let known = knows.entry(action.replica.as_str().into()).or_default();
            *known = (*known).min(action.counter.saturating_sub(2));
        }
        knows
    }

    /// Reads all of the base, for a plan.
    pub fn plan<T>(&self, look: impl FnOnce(Base<'_>) -> T) -> T {
        look(self.state.borrow().base())
    }

    pub fn meta(&self) -> Meta {
        self.state.borrow().meta.clone()
    }

    /// Lines that wait for others that are missing.
    pub fn parked(&self) -> Vec<String> {
        self.state.borrow().parked.clone()
    }

    /// Lines that wait behind a gap, as others can take them: not those of a side of a copy of which
    /// nothing has come, which no honest file holds without it.
    pub fn parked_behind_gaps(&self) -> Vec<String> {
        let state = self.state.borrow();
        let behind_a_gap = |line: &&String| {
            Action::from_line(line)
                .is_ok_and(|action| action.counter > state.fold.heads().known(&action.replica) + 1)
        };
        state.parked.iter().filter(behind_a_gap).cloned().collect()
    }

    /// What undo and redo would take back, in words.
    pub fn undoable(&self) -> (Option<Text>, Option<Text>) {
        self.state.borrow().undo.names()
    }

    pub fn fresh_id(&self) -> RecordId {
        RecordId::from_random(self.world.random())
    }

    /// Sets who says they are at the desk from now on.
    pub async fn set_author(&self, author: &str) -> Result<(), DeskError> {
        self.note(&|meta| meta.author = author.into()).await
    }

    /// Goes on under a new name, as after a restore. What was written stays under the old one.
    pub async fn rename(&self) -> Result<(), DeskError> {
        let replica = ReplicaId::from_random(self.world.random());
        self.note(&|meta| {
            meta.replica = replica.as_str().into();
            (meta.counter, meta.last) = (0, 0);
            meta.keys.own = None;
        })
        .await
    }

    /// Notes the bundle that went out.
    pub async fn note_sent(&self, sent: &Sent) -> Result<(), DeskError> {
        self.note(&|meta| meta.sent = sent.clone()).await
    }

    /// Changes what the base says of itself, and no record.
    pub async fn note(&self, change: &dyn Fn(&mut Meta)) -> Result<(), DeskError> {
        let _turn = self.turn.lock().await;
        let known = self.state.borrow().meta.seq;
        let mut seal = |found: Found<'_>| {
            let mut meta = found.meta.clone();
            change(&mut meta);
            Sealed { meta, rows: Vec::new(), parked: None }
        };
        let appended = self.storage.append(known, &mut seal).await?;
        self.take_over(appended)?;
        Ok(())
    }

    /// Writes one user action.
    pub async fn commit(&self, draft: &Draft) -> Result<Commit, DeskError> {
        let _turn = self.turn.lock().await;
        let groups = self.read(|fold| draft.to_groups(fold, &|text| self.world.nfc(text)));
        self.may_change(&groups)?;
        let (commit, undo) = self.write(&draft.what, groups).await?;
        if let Some(undo) = undo {
            self.state.borrow_mut().undo.done(undo);
        }
        Ok(commit)
    }

    pub async fn undo(&self) -> Result<Commit, DeskError> {
        self.take_back(UndoStack::next_undo, UndoStack::undone).await
    }

    pub async fn redo(&self) -> Result<Commit, DeskError> {
        self.take_back(UndoStack::next_redo, UndoStack::redone).await
    }

    fn next_action(&self, meta: &Meta, now: u64, what: &str, groups: Vec<OpGroup>) -> Action {
        // Two copies of one profile would otherwise give one time to different actions.
        let dice = self.world.random() as u64 & 0x3ff;
        Action {
            replica: ReplicaId::parse(&meta.replica).unwrap_or_else(|| ReplicaId::from_random(0)),
            counter: meta.counter + 1,
            time: tick(meta.clock, now).saturating_add(dice),
            link: meta.tips.tip(&meta.replica, meta.counter),
            by: meta.author.clone(),
            what: what.into(),
            groups,
        }
    }

    fn renamed(&self, meta: &Meta) -> Meta {
        let replica = ReplicaId::from_random(self.world.random());
        Meta { replica: replica.as_str().into(), counter: 0, last: 0, ..meta.clone() }
    }

    /// The meta to write on. Where the clock was far ahead and nobody bears it out, it is set right;
    /// under a new name where times of this copy would run back.
    fn set_right(&self, meta: &Meta, judged: &Judged, now: u64) -> Meta {
        if judged.behind || millis(meta.clock) <= now.saturating_add(clock::FAR) {
            return meta.clone();
        }
        // Bases of older programs do not say when their last action was.
        let told = meta.last > 0 || meta.counter == 0;
        let runs_back = !told || now << 16 <= meta.last;
        let meta = if runs_back { self.renamed(meta) } else { meta.clone() };
        Meta { clock: now << 16, ..meta }
    }

    /// Folds in what other tabs wrote to the same base.
    pub async fn catch_up(&self) -> Result<Diff, DeskError> {
        let _turn = self.turn.lock().await;
        let known = self.state.borrow().meta.seq;
        let (meta, missed) = self.storage.rows_after(known).await?;
        Ok(self.fold_missed(&missed, meta)?)
    }

    /// What the page holds as lines, for the day its rows are gone.
    pub fn rescue(&self) -> Vec<String> {
        let replica = ReplicaId::from_random(self.world.random());
        let state = self.state.borrow();
        let from: Time = tick(state.meta.clock, self.world.now_ms());
        state.fold.rescue(&replica, from, &state.meta.author)
    }

    /// Every line of this copy, oldest row first: what an export carries.
    pub async fn rows(&self) -> Result<Vec<String>, DeskError> {
        Ok(self.storage.rows_after(0).await?.1)
    }

    /// The lines somebody lacks who knows so much, and few others.
    pub async fn rows_lacked(&self, known: &Knows) -> Result<Vec<String>, DeskError> {
        // A row is one line or more.
        let (lines, seq) = {
            let state = self.state.borrow();
            (state.fold.heads().arrived_since(known), state.meta.seq)
        };
        Ok(self.storage.rows_after(seq.saturating_sub(lines as u64)).await?.1)
    }

    pub async fn log(&self) -> Result<Log, DeskError> {
        let rows = self.rows().await?;
        Ok(Log::read(rows.iter().map(String::as_str)))
    }

    /// Writes a snapshot where enough rows have come since the last one.
    pub async fn snapshot_if_due(&self) -> Result<bool, DeskError> {
        let meta = self.meta();
        let few = meta.seq - meta.snapshot < ROWS_BEFORE_SNAPSHOT
            && self.state.borrow().since_snapshot < BYTES_BEFORE_SNAPSHOT;
        // An extract is small, and is folded from what it began with.
        if meta.extract.is_some() || few {
            return Ok(false);
        }
        self.snapshot().await?;
        Ok(true)
    }

    pub async fn snapshot(&self) -> Result<(), DeskError> {
        let _turn = self.turn.lock().await;
        let (mut pieces, seq) = {
            let state = self.state.borrow();
            (state.fold.pieces().into_iter(), state.meta.seq)
        };
        // Nothing is written meanwhile: all pieces are of one state.
        let mut next = || pieces.next().map(|piece| self.read(|fold| fold.chunk(&piece)));
        // Of a base that is not this one any more, another tab has made a beginning.
        let fits = |meta: &Meta| if meta.seq < seq { Err(StoreError::Gone) } else { Ok(()) };
        self.storage.put_snapshot(&fits, &mut next, seq).await?;
        let mut state = self.state.borrow_mut();
        (state.meta.snapshot, state.since_snapshot) = (seq, 0);
        Ok(())
    }

    async fn take_back(
        &self,
        next: fn(&UndoStack) -> Option<Undo>,
        finish: fn(&mut UndoStack, Undo),
    ) -> Result<Commit, DeskError> {
        let _turn = self.turn.lock().await;
        let step = next(&self.state.borrow().undo).ok_or(DeskError::NothingToUndo)?;
        let (groups, skipped) = self.read(|fold| step.groups(fold));
        let (commit, inverse) = self.write(&step.what_back(), groups).await?;
        match inverse {
            Some(inverse) => {
                let mut state = self.state.borrow_mut();
                finish(&mut state.undo, inverse.named(&step));
                let now = commit.stamp.as_ref().and_then(|stamp| state.fold.heads().find(stamp));
                if let Some(now) = now {
                    state.undo.uncover(&step, now);
                }
                drop(state);
                Ok(Commit { what: step.what.clone(), skipped, ..commit })
            }
            None => {
                self.state.borrow_mut().undo.drop_step(&step);
                Err(DeskError::Superseded { what: step.what })
            }
        }
    }

    async fn write(
        &self,
        what: &str,
        groups: Vec<OpGroup>,
    ) -> Result<(Commit, Option<Undo>), DeskError> {
        if groups.is_empty() {
            let commit =
                Commit { stamp: None, what: what.into(), diff: Diff::default(), skipped: 0 };
            return Ok((commit, None));
        }
        let (known, now) = (self.state.borrow().meta.seq, self.world.now_ms());
        let mut sealed_action = None;
        let mut groups = Some(groups);
        let judged = self.read(|fold| clock::judge(&fold.heads().latest(), now));
        let mut seal = |found: Found<'_>| {
            let meta = self.set_right(found.meta, &judged, now);
            let groups = with_receipts(&meta, now, &judged, groups.take().unwrap_or_default());
            let action = self.next_action(&meta, now, what, groups);
            let sealed = seal_action(&meta, &action);
            sealed_action = Some(action);
            sealed
        };
        let appended = self.storage.append(known, &mut seal).await?;
        let mut diff = self.take_over(appended)?;
        let action = sealed_action.ok_or(StoreError::NotWritten)?;
        let mut state = self.state.borrow_mut();
        let (folded, undo) = Undo::record(what, &mut state.fold, &[&action]);
        diff.records.extend(folded.records);
        let commit = Commit { stamp: Some(action.stamp()), what: what.into(), diff, skipped: 0 };
        Ok((commit, Some(undo)))
    }

    /// Memory follows what a transaction found and wrote.
    fn take_over(&self, appended: Appended) -> Result<Diff, StoreError> {
        {
            let mut state = self.state.borrow_mut();
            state.parked = appended.parked;
            state.since_snapshot += bytes_of(&appended.sealed.rows);
        }
        self.fold_missed(&appended.missed, appended.sealed.meta)
    }

    fn fold_missed(&self, missed: &[String], meta: Meta) -> Result<Diff, StoreError> {
        let mut state = self.state.borrow_mut();
        state.since_snapshot += bytes_of(missed);
        let diff = fold_rows(&mut state.fold, missed)?;
        state.meta = meta;
        Ok(diff)
    }
}

/// The groups of an action, and receipts for replicas whose clocks are far ahead.
fn with_receipts(meta: &Meta, now: u64, judged: &Judged, mut groups: Vec<OpGroup>) -> Vec<OpGroup> {
    let Some(own) = ReplicaId::parse(&meta.replica) else { return groups };
    groups.extend(clock::receipts(&judged.ahead, &own, tick(meta.clock, now)));
    groups
}

fn seal_action(meta: &Meta, action: &Action) -> Sealed {
    let line = action.to_line();
    let mut meta = Meta {
        counter: action.counter,
        clock: action.time,
        last: action.time,
        seq: meta.seq + 1,
        ..meta.clone()
    };
    meta.extend(action, Link::of(&line));
    Sealed { meta, rows: vec![line], parked: None }
}

/// Folds stored rows in; they were checked when they were written, so an unreadable one is damage.
fn fold_rows(fold: &mut Fold, rows: &[String]) -> Result<Diff, StoreError> {
    let mut diff = Diff::default();
    for line in rows.iter().flat_map(|row| row.lines()) {
        if Basis::is_row(line) {
            return Err(StoreError::Renewed);
        }
        let action = read_row(line)?;
        match fold.apply(&action) {
            Applied::New(new) => diff.records.extend(new.records),
            Applied::Known => {}
            Applied::Gap { have } => return Err(gap(&action.replica, have)),
        }
    }
    fold.settle_trees();
    Ok(diff)
}

fn read_row(line: &str) -> Result<Action, StoreError> {
    Action::from_line(line)
        .map_err(|error| StoreError::Corrupt(format!("操作记录：{}", unreadable(&error))))
}
