//! Sorting lines from elsewhere: new, known, and those that must wait for others. Writes nothing.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::action::Action;
use super::chain::{Altered, Chain, Follower, Link};
use super::clock::{self, FAR, Judged};
use super::desk::{Base, Offer, Taken};
use super::fold::{Diff, Fold};
use super::heads::Heads;
use super::signed::Checkpoint;
use super::stamp::{ReplicaId, Time, millis};
use super::storage::Meta;
use crate::sorting::Sorting;

/// A line and what it says. The line itself is kept: it may hold more than this program reads. Held by
/// pointer: a file, its plan and its import share what is the bulk of them all.
#[derive(Clone, Debug)]
pub struct Line(Rc<LineParts>);

/// The parts of a [`Line`].
#[derive(Debug)]
pub struct LineParts {
    pub text: String,
    pub action: Action,
    pub link: Link,
}

impl Line {
    pub fn new(text: String, action: Action) -> Line {
        let link = Link::of(&text);
        Line::linked(text, action, link)
    }

    /// A line whose link is known.
    pub fn linked(text: String, action: Action, link: Link) -> Line {
        Line(Rc::new(LineParts { text, action, link }))
    }
}

impl Deref for Line {
    type Target = LineParts;

    fn deref(&self) -> &LineParts {
        &self.0
    }
}

/// A hole in what is known of a replica.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    pub replica: ReplicaId,
    /// First and last missing counter.
    pub from: u64,
    pub to: u64,
}

/// Lines sorted against a fold.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// New lines, in an order in which each fits.
    fresh: Vec<Line>,
    known: usize,
    waiting: Vec<Line>,
    waited_before: Vec<String>,
    missing: Vec<Missing>,
    forked: Vec<Forked>,
    refused: Option<Refused>,
    /// Checkpoints that fit their lines.
    signed: Vec<Checkpoint>,
}

/// Lines that no honest copy writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// One time and counter of one replica for two different lines.
    Doubled(Forked),
    /// A line is not the one its successor was written after, or not the one that was signed.
    Altered(Altered),
    /// A copy signs under another key than it did.
    OtherKey(ReplicaId),
    /// The base is an extract: it holds too little of a township to merge anything with.
    IntoExtract,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Refused::Doubled(Forked { replica, counter }) => write!(
                f,
                "副本 {replica} 的第 {counter} 条操作有两种内容，编号和时间却完全相同，其中一份被改动过，所以没有导入。请向原作者要一份没有动过的数据包。"
            ),
            Refused::IntoExtract => f.write_str(
                "这一份是提取件，只有一个人的岗位与职责，不能合并数据包。这里的改动请导出，交回完整的一份合并；要更新这一份，请用同一个人新的提取件。",
            ),
            Refused::OtherKey(replica) => write!(
                f,
                "副本 {replica} 这次用的签名钥匙和以前不一样，可能有人冒名，所以没有导入。请当面或打电话向对方核对。"
            ),
            Refused::Altered(Altered { replica, counter }) => write!(
                f,
                "副本 {replica} 的第 {counter} 条操作与它后面的记录衔接不上，内容在途中被改动或调换，所以没有导入。请向原作者要一份没有动过的数据包。"
            ),
        }
    }
}

/// A counter that two copies gave to different actions: a profile was copied or a backup restored.
/// Both are kept; each copy goes on under a name of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forked {
    pub replica: ReplicaId,
    pub counter: u64,
}

/// Bytes a stored row may have; an import of many small actions becomes few rows.
const ROW_BYTES: usize = 1 << 20;

impl Intake {
    /// Sorts what is offered, checkpoints too: what does not fit them is refused.
    pub fn of(base: Base<'_>, offer: &Offer) -> Intake {
        let mut intake = Intake::sort(base, offer.lines.clone());
        intake.refuse_unfit(base, offer);
        intake
    }

    /// Refuses what an extract cannot take, and lines that are not those that were signed.
    pub fn refuse_unfit(&mut self, base: Base<'_>, offer: &Offer) {
        if base.meta.extract.is_some() {
            self.refused = Some(Refused::IntoExtract);
        }
        for checkpoint in &offer.signed {
            match fits(&base, &offer.lines, checkpoint) {
                Some(Ok(())) => self.signed.push(checkpoint.clone()),
                Some(Err(refused)) => drop(self.refused.get_or_insert(refused)),
                None => {}
            }
        }
    }

    pub fn sort(base: Base<'_>, lines: Vec<Line>) -> Intake {
        let mut sorter = Sorter::new(base, lines);
        sorter.step(base, usize::MAX);
        sorter.finish()
    }

    /// False where it must wait.
    fn place(&mut self, fold: &Fold, line: Line, follows: bool) -> bool {
        let replica = &line.action.replica;
        let before = self.fresh.last().filter(|last| last.action.replica == *replica);
        let known = fold.heads().known(replica);
        let have = before.map_or(known, |last| last.action.counter.max(known));
        if let Some(known) = fold.heads().find(&line.action.stamp()) {
            self.known += 1;
            if fold.heads().head(known).counter != line.action.counter {
                self.refuse_doubled(&line);
            }
            return true;
        }
        if line.action.counter > have + 1 || !follows {
            self.park(line, have);
            return false;
        }
        self.note_fork(fold, &line, have);
        self.fresh.push(line);
        true
    }

    fn note_fork(&mut self, fold: &Fold, line: &Line, have: u64) {
        let (replica, counter) = (line.action.replica.clone(), line.action.counter);
        let noted = self.forked.iter().any(|fork| fork.replica == replica);
        if counter <= have && !noted && fold.heads().forked(&replica).is_none_or(|at| at > counter)
        {
            self.forked.push(Forked { replica, counter });
        }
    }

    /// Sorts the same lines against a base that has moved on.
    pub fn again(self, base: Base<'_>) -> Intake {
        let lines = self.fresh.into_iter().chain(self.waiting).collect();
        let sorted = Intake::sort(base, lines);
        Intake { known: sorted.known + self.known, signed: self.signed, ..sorted }
    }

    /// One stamp may come in two files: then it must be one line.
    fn compare_with_last(&mut self, last: Option<&Line>, line: &Line) {
        if last.is_none_or(|last| last.text != line.text) {
            self.refuse_doubled(line);
        }
    }

    fn refuse_doubled(&mut self, line: &Line) {
        let (replica, counter) = (line.action.replica.clone(), line.action.counter);
        self.refused.get_or_insert(Refused::Doubled(Forked { replica, counter }));
    }

    fn park(&mut self, line: Line, have: u64) {
        let waiting = self.waiting.iter().rev().map(|line| &line.action);
        let before = waiting.take_while(|action| action.replica == line.action.replica).next();
        let have = have.min(line.action.counter.saturating_sub(2));
        let reached = before.map_or(have, |action| action.counter);
        if line.action.counter > reached + 1 {
            let replica = line.action.replica.clone();
            self.missing.push(Missing { replica, from: reached + 1, to: line.action.counter - 1 });
        }
        self.waiting.push(line);
    }

    pub fn fresh(&self) -> impl Iterator<Item = &Action> {
        self.fresh.iter().map(|line| &line.action)
    }

    /// What `fold` will be once the new lines are in.
    pub fn preview(&self, fold: &Fold) -> Fold {
        let mut preview = fold.clone();
        for action in self.fresh() {
            preview.apply(action);
        }
        preview.settle_trees();
        preview
    }

    /// Replicas of which two copies went on under one name, and from where on.
    pub fn forked(&self) -> &[Forked] {
        &self.forked
    }

    /// Set where the lines must not be taken.
    pub fn refused(&self) -> Option<&Refused> {
        self.refused.as_ref()
    }

    /// Checkpoints that fit their lines.
    pub fn signed(&self) -> &[Checkpoint] {
        &self.signed
    }

    /// Adds the new lines to the newest of their replicas.
    pub fn extend(&self, meta: &mut Meta) {
        let mut lines: Vec<&Line> = self.fresh.iter().collect();
        lines.arrange(|a, b| order(&a.action).cmp(&order(&b.action)));
        lines.iter().for_each(|line| meta.extend(&line.action, line.link));
    }

    /// Whose clock is wrong once the new lines are in. What is judged already is not judged again.
    pub fn judge(&self, fold: &Fold, now_ms: u64) -> Judged {
        let far = |action: &Action| millis(action.time) > now_ms.saturating_add(FAR);
        let latest = if self.fresh().any(far) {
            self.preview(fold).heads().latest()
        } else {
            fold.heads().latest()
        };
        clock::judge(&latest, now_ms)
    }

    /// Whether another copy went on under this replica's name.
    pub fn speaks_for(&self, replica: &str) -> bool {
        let mut lines = self.fresh.iter().chain(&self.waiting);
        lines.any(|line| line.action.replica.as_str() == replica)
    }

    pub fn missing(&self) -> &[Missing] {
        &self.missing
    }

    pub fn changes_nothing(&self) -> bool {
        self.fresh.is_empty() && self.parked_lines() == self.waited_before
    }

    /// The latest time among new lines; of those far ahead of this computer's clock only where that is
    /// the one that is wrong.
    pub fn latest(&self, judged: &Judged, now_ms: u64) -> Time {
        let believed = |time: &Time| judged.behind || millis(*time) <= now_ms.saturating_add(FAR);
        self.fresh().map(|action| action.time).filter(believed).max().unwrap_or(0)
    }

    pub fn parked_lines(&self) -> Vec<String> {
        self.waiting.iter().map(|line| line.text.clone()).collect()
    }

    /// New lines joined into rows.
    pub fn rows(&self) -> Vec<String> {
        let mut rows: Vec<Vec<&str>> = Vec::new();
        let mut bytes = 0;
        for line in &self.fresh {
            bytes += line.text.len();
            match rows.last_mut() {
                Some(row) if bytes < ROW_BYTES => row.push(&line.text),
                _ => {
                    bytes = line.text.len();
                    rows.push(vec![&line.text]);
                }
            }
        }
        rows.into_iter().map(|lines| lines.join("\n")).collect()
    }

    pub fn taken(&self, diff: Diff, conflicts: usize) -> Taken {
        Taken {
            applied: self.fresh.len(),
            known: self.known,
            parked: self.waiting.len(),
            missing: self.missing.clone(),
            conflicts,
            diff,
        }
    }

    pub fn known(&self) -> usize {
        self.known
    }

    pub fn parked(&self) -> usize {
        self.waiting.len()
    }
}

/// Sorts lines some at a time, so that a page stays awake. Every step wants the base as it was at first.
pub struct Sorter {
    lines: std::vec::IntoIter<Line>,
    intake: Intake,
    follower: Follower,
    ages: Ages,
    last: Option<Line>,
    waiting: BTreeSet<Link>,
    /// Lines that waited before.
    parked: FxHashSet<Link>,
}

/// How old lines are that come by replica and counter.
#[derive(Default)]
struct Ages {
    replica: Option<ReplicaId>,
    /// A counter, and the links and times of its lines.
    last: (u64, Vec<(Link, Time)>),
    before: (u64, Vec<(Link, Time)>),
    times: FxHashSet<Time>,
    chain: Chain,
    /// Of this replica in the base, by counter; looked up where copies went on under one name.
    known: Option<FxHashMap<u64, Time>>,
}

impl Ages {
    /// Why nobody would take a file with this line: another counter has its time, it is not later than the
    /// line it was written after, as far as that is known (where it names none, than any it can have been
    /// written after), or it names none and one before it does.
    fn unfit(&mut self, base: &Base<'_>, line: &Line) -> Option<Refused> {
        let (action, heads) = (&line.action, base.fold.heads());
        if self.replica.as_ref() != Some(&action.replica) {
            let chain = base.meta.chains.get(action.replica.as_str()).copied().unwrap_or_default();
            *self = Ages { replica: Some(action.replica.clone()), chain, ..Ages::default() };
        }
        if self.last.0 != action.counter {
            self.before = std::mem::replace(&mut self.last, (action.counter, Vec::new()));
        }
        self.last.1.push((line.link, action.time));
        let (replica, counter) = (action.replica.clone(), action.counter);
        if !self.times.insert(action.time) {
            return Some(Refused::Doubled(Forked { replica, counter }));
        }
        let wanted = action.counter - 1;
        let here = if self.before.0 == wanted { &self.before.1[..] } else { &[] };
        let earliest = match action.link {
            Some(named) => here.iter().find(|(link, _)| *link == named).map(|(_, time)| *time),
            None => {
                let here = here.iter().map(|(_, time)| *time).min();
                here.into_iter().chain(self.known(heads, &action.replica, wanted)).min()
            }
        };
        let runs_back = earliest.is_some_and(|time| time >= action.time);
        let stops = self.chain.is_broken_by(action);
        self.chain.note(action);
        (runs_back || stops).then_some(Refused::Altered(Altered { replica, counter: wanted }))
    }

    fn known(&mut self, heads: &Heads, replica: &ReplicaId, counter: u64) -> Option<Time> {
        if counter == 0 || counter > heads.known(replica) {
            return None;
        }
        let latest = heads.last_of(replica).filter(|_| heads.forked(replica).is_none());
        if let Some(latest) = latest.filter(|head| head.counter == counter) {
            return Some(latest.time);
        }
        let known = self.known.get_or_insert_with(|| {
            let mut times = FxHashMap::default();
            for (_, head) in heads.iter().filter(|(_, head)| heads.replica(head.replica) == replica)
            {
                let time = times.entry(head.counter).or_insert(head.time);
                *time = head.time.min(*time);
            }
            times
        });
        known.get(&counter).copied()
    }
}

impl Sorter {
    pub fn new(base: Base<'_>, mut lines: Vec<Line>) -> Sorter {
        let read = |text: &String| {
            let action = Action::from_line(text).ok()?;
            Some(Line::new(text.clone(), action))
        };
        let parked: Vec<Line> = base.parked.iter().filter_map(read).collect();
        let waited = parked.iter().map(|line| line.link).collect();
        lines.extend(parked);
        lines.arrange(|a, b| order(&a.action).cmp(&order(&b.action)));
        Sorter {
            lines: lines.into_iter(),
            intake: Intake { waited_before: base.parked.to_vec(), ..Intake::default() },
            follower: Follower::default(),
            ages: Ages::default(),
            last: None,
            waiting: BTreeSet::new(),
            parked: waited,
        }
    }

    /// Sorts so many lines; true when all are.
    pub fn step(&mut self, base: Base<'_>, lines: usize) -> bool {
        for _ in 0..lines {
            let Some(line) = self.lines.next() else { return true };
            let last = self.last.as_ref();
            if last.is_some_and(|last| order(&last.action) == order(&line.action)) {
                self.intake.compare_with_last(last, &line);
                continue;
            }
            let follows = self.follower.follows(&base.meta.tips, &line.action, line.link)
                && line.action.link.is_none_or(|before| !self.waiting.contains(&before));
            let unfit = self.ages.unfit(&base, &line).filter(|_| follows);
            let fits = unfit.is_none();
            let new = base.fold.heads().find(&line.action.stamp()).is_none();
            if let Some(refused) = unfit.filter(|_| new && !self.parked.contains(&line.link)) {
                self.intake.refused.get_or_insert(refused);
            }
            // What waited and now turns out so goes on waiting.
            if !self.intake.place(base.fold, line.clone(), follows && fits) {
                self.waiting.insert(line.link);
            }
            self.last = Some(line);
        }
        self.lines.len() == 0
    }

    pub fn finish(self) -> Intake {
        let mut intake = self.intake;
        // Each is later than what it was written after (`Ages`), so this order is one in which each fits.
        intake.fresh.arrange_by(|line| (line.action.time, line.action.replica.clone()));
        intake
    }
}

/// Whether a checkpoint fits the lines that came with it or are known; `None` where there is nothing
/// to compare it with.
fn fits(base: &Base<'_>, lines: &[Line], checkpoint: &Checkpoint) -> Option<Result<(), Refused>> {
    let replica = ReplicaId::parse(&checkpoint.replica)?;
    let counter = checkpoint.counter;
    let named = |line: &&Line| line.action.replica == replica && line.action.counter == counter;
    let here = lines.iter().filter(named).map(|line| line.link);
    let known = base.meta.tips.tip(&checkpoint.replica, counter);
    let links: Vec<Link> = here.chain(known).collect();
    if links.is_empty() {
        return None;
    }
    if base.meta.keys.contradict(checkpoint) {
        return Some(Err(Refused::OtherKey(replica)));
    }
    let fits = links.contains(&checkpoint.link);
    Some(if fits { Ok(()) } else { Err(Refused::Altered(Altered { replica, counter })) })
}

/// Within a replica by counter, so that gaps show; by time where two went on under one name.
fn order(action: &Action) -> (&ReplicaId, u64, Time) {
    (&action.replica, action.counter, action.time)
}
