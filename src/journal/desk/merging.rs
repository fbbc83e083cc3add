//! Folding in what comes from elsewhere: sorted, stored in one transaction, folded. Decides no conflict.

use std::cell::{RefCell, RefMut};

use futures_util::future::join;
use futures_util::lock::{Mutex, MutexGuard};

use super::{Desk, DeskError, Offer, Taken, seal_action, with_receipts};
use crate::journal::action::{Action, OpGroup};
use crate::journal::clock::Judged;
use crate::journal::draft::Draft;
use crate::journal::fold::{Diff, Fold};
use crate::journal::heads::ActionIx;
use crate::journal::intake::{Intake, Sorter};
use crate::journal::peer::Peer;
use crate::journal::storage::{Appended, Found, Meta, Sealed, Storage, StoreError};
use crate::journal::undo::Recorder;
use crate::model::Text;

/// Work between two looks whether a turn of the page is due: some milliseconds of it on a slow computer.
const LINES_A_SLICE: usize = 500;
const OPS_A_SLICE: usize = 500;

/// What this copy adds to what it takes.
struct Own<'a> {
    what: &'a str,
    groups: Vec<OpGroup>,
    judged: Judged,
    peers: &'a [(Text, Peer)],
}

impl<S: Storage> Desk<S> {
    /// Folds in lines from elsewhere: all of them in one transaction or none.
    pub async fn take(&self, offer: impl Into<Offer>, what: &str) -> Result<Taken, DeskError> {
        self.merge(offer, &Draft::new(what)).await
    }

    /// Folds in lines from elsewhere and, on top of them, what was decided of the conflicts they
    /// bring: in one transaction, as one step to undo.
    pub async fn merge(
        &self,
        offer: impl Into<Offer>,
        decided: &Draft,
    ) -> Result<Taken, DeskError> {
        let offer = offer.into();
        let _turn = self.turn.lock().await;
        let mut diff = Diff::default();
        let mut intake = self.sort(&offer).await;
        let peers = offer.peers;
        let mut last = self.read(|fold| fold.heads().len()) as ActionIx;
        if let Some(refused) = intake.refused() {
            return Err(DeskError::Refused(refused.clone()));
        }
        loop {
            let groups = self.read(|fold| {
                if decided.is_empty() {
                    return Vec::new();
                }
                decided.to_groups(&intake.preview(fold), &|text| self.world.nfc(text))
            });
            let heard = self.state.borrow().meta.hears(&peers, intake.signed());
            if intake.changes_nothing() && groups.is_empty() && !heard {
                break;
            }
            let judged = self.read(|fold| intake.judge(fold, self.world.now_ms()));
            let own = Own { what: &decided.what, groups, judged, peers: &peers };
            let (aside, sealed) = (RefCell::new(Fold::default()), Mutex::new(()));
            let sealing = sealed.lock().await;
            let storing = self.append_intake(&intake, own, sealing);
            let folding = self.fold_aside(&aside, &intake, &sealed);
            let (stored, folded) = join(storing, folding).await;
            let (stale, own, appended) = stored?;
            diff.records.extend(self.take_over(appended)?.records);
            if stale {
                intake = intake.again(self.state.borrow().base());
                continue;
            }
            last = self.read(|fold| fold.heads().len()) as ActionIx;
            let recorder = match folded {
                Some(recorder) if own.is_none() => {
                    self.state.borrow_mut().fold = aside.into_inner();
                    recorder
                }
                _ => self.fold_in(|| self.fold_mut(), intake.fresh().chain(&own)).await,
            };
            let (folded, step) = recorder.finish(&mut self.fold_mut(), &decided.what);
            diff.records.extend(folded.records);
            if intake.fresh().chain(&own).next().is_some() {
                self.state.borrow_mut().undo.done(step);
            }
            break;
        }
        let conflicts = self.read(|fold| fold.conflicts_since(last));
        Ok(intake.taken(diff, conflicts))
    }

    /// Sorts what is offered, in slices.
    async fn sort(&self, offer: &Offer) -> Intake {
        let mut sorter = Sorter::new(self.state.borrow().base(), offer.lines.clone());
        while !sorter.step(self.state.borrow().base(), LINES_A_SLICE) {
            self.world.pause().await;
        }
        let mut intake = sorter.finish();
        intake.refuse_unfit(self.state.borrow().base(), offer);
        intake
    }

    fn fold_mut(&self) -> RefMut<'_, Fold> {
        RefMut::map(self.state.borrow_mut(), |state| &mut state.fold)
    }

    /// What the first import makes of a base that has nothing, folded while it is being stored and not
    /// looked at before. Into what is there already only goes what is stored.
    async fn fold_aside(
        &self,
        aside: &RefCell<Fold>,
        intake: &Intake,
        sealed: &Mutex<()>,
    ) -> Option<Recorder> {
        if self.read(|fold| !fold.heads().is_empty()) {
            return None;
        }
        aside.borrow_mut().make_room(intake.fresh());
        let fold = || aside.borrow_mut();
        let mut recorder = Recorder::new(&mut fold());
        let half = intake.fresh().count() / 2;
        // One half while storage is asked what it holds, the other while it writes: it is the slower of the
        // two, and must not wait for all.
        self.fold_some(&fold, &mut recorder, intake.fresh().take(half)).await;
        drop(sealed.lock().await);
        self.fold_some(&fold, &mut recorder, intake.fresh().skip(half)).await;
        fold().settle_trees();
        Some(recorder)
    }

    /// Folds in, in slices: readers in between see a part of it, writers wait.
    async fn fold_in<'f, 'a>(
        &self,
        fold: impl Fn() -> RefMut<'f, Fold>,
        actions: impl Iterator<Item = &'a Action>,
    ) -> Recorder {
        let mut recorder = Recorder::new(&mut fold());
        self.fold_some(&fold, &mut recorder, actions).await;
        fold().settle_trees();
        recorder
    }

    async fn fold_some<'f, 'a>(
        &self,
        fold: &impl Fn() -> RefMut<'f, Fold>,
        recorder: &mut Recorder,
        actions: impl Iterator<Item = &'a Action>,
    ) {
        let mut ops = 0;
        for action in actions {
            recorder.fold_in(&mut fold(), action);
            ops += action.op_count();
            if ops > OPS_A_SLICE {
                self.world.pause().await;
                ops = 0;
            }
        }
    }

    /// Writes what was sorted; nothing where another tab has written since, so that it is sorted anew.
    async fn append_intake(
        &self,
        intake: &Intake,
        own: Own<'_>,
        sealing: MutexGuard<'_, ()>,
    ) -> Result<(bool, Option<Action>, Appended), StoreError> {
        let (known, parked) = {
            let state = self.state.borrow();
            (state.meta.seq, state.parked.clone())
        };
        let now = self.world.now_ms();
        let mut stale = false;
        let mut written = None;
        let mut sealing = Some(sealing);
        let mut seal = |found: Found<'_>| {
            drop(sealing.take());
            stale = found.meta.seq != known || found.parked != parked;
            if stale {
                return Sealed { meta: found.meta.clone(), rows: Vec::new(), parked: None };
            }
            let rows = intake.rows();
            let right = self.set_right(found.meta, &own.judged, now);
            let mut meta = Meta {
                clock: right.clock.max(intake.latest(&own.judged, now)),
                seq: right.seq + rows.len() as u64,
                ..self.own_name(&right, intake)
            };
            intake.extend(&mut meta);
            meta.hear(own.peers, intake.signed());
            let mut sealed = Sealed { meta, rows, parked: Some(intake.parked_lines()) };
            let groups = with_receipts(&sealed.meta, now, &own.judged, own.groups.clone());
            if !groups.is_empty() {
                let action = self.next_action(&sealed.meta, now, own.what, groups);
                let last = seal_action(&sealed.meta, &action);
                sealed.meta = last.meta;
                sealed.rows.extend(last.rows);
                written = Some(action);
            }
            sealed
        };
        let appended = self.storage.append(known, &mut seal).await?;
        Ok((stale, written, appended))
    }

    /// This copy's meta; under a new name where another went on under the old one, so that no counter
    /// is given twice.
    fn own_name(&self, meta: &Meta, intake: &Intake) -> Meta {
        if !intake.speaks_for(&meta.replica) {
            return meta.clone();
        }
        self.renamed(meta)
    }
}
