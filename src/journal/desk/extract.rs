//! A base that is one person's extract: what it begins with, a newer one in its place, and what may be
//! changed in it. What a basis is and how it folds is `basis`.

use std::rc::Rc;

use super::{Desk, DeskError, State, read_row};
use crate::journal::action::OpGroup;
use crate::journal::basis::{Age, Basis, ExtractOf};
use crate::journal::fold::Fold;
use crate::journal::stamp::ReplicaId;
use crate::journal::storage::{Found, Meta, Sealed, Storage, StoreError, World};
use crate::journal::undo::UndoStack;
use crate::model::reach::Reach;
use crate::model::{KindIx, RecordId, Text};

impl<S: Storage> Desk<S> {
    /// Begins a base that is an extract, or opens the one that is there; `renew` gives it its content.
    pub async fn create_extract(
        storage: S,
        world: Rc<dyn World>,
        township: Text,
        of: &ExtractOf,
    ) -> Result<Desk<S>, StoreError> {
        let replica = ReplicaId::from_random(world.random());
        let meta = Meta { extract: Some(of.clone()), ..Meta::new(township, &replica, &of.name) };
        storage.create(&meta).await?;
        Desk::open(storage, world).await?.ok_or(StoreError::NotWritten)
    }

    /// Puts an extract's content under what was written here: the first, or a newer one of the same
    /// person. Own changes stay, on top of it where it does not have them yet.
    pub async fn renew(&self, of: &ExtractOf, basis: &Basis) -> Result<(), DeskError> {
        let turn = self.turn.lock().await;
        let age = self.state.borrow().basis.as_ref().map_or(Age::Newer, |now| basis.age(now));
        if age != Age::Newer {
            return Err(DeskError::NotRenewed(age));
        }
        let known = self.state.borrow().meta.seq;
        let clock = basis.clock(self.world.now_ms());
        let mut seal = |found: Found<'_>| {
            let meta = Meta {
                seq: found.meta.seq + 1,
                clock: found.meta.clock.max(clock),
                extract: Some(of.clone()),
                ..found.meta.clone()
            };
            Sealed { meta, rows: vec![basis.to_row()], parked: None }
        };
        self.storage.append(known, &mut seal).await?;
        drop(turn);
        self.fold_again().await
    }

    /// Folds an extract anew from all its rows: another tab has exchanged what it began with.
    pub async fn fold_again(&self) -> Result<(), DeskError> {
        let _turn = self.turn.lock().await;
        let (meta, rows) = self.storage.rows_after(0).await?;
        let (fold, basis) = fold_extract(&rows)?;
        let mut state = self.state.borrow_mut();
        let parked = std::mem::take(&mut state.parked);
        let undo = UndoStack::default();
        *state = State { fold, meta, parked, basis, undo, since_snapshot: 0 };
        Ok(())
    }

    /// How much of a record came with an extract; `None` where nothing is missing.
    pub fn brought(&self, kind: KindIx, id: &RecordId) -> Option<Reach> {
        self.state.borrow().basis.as_ref()?.partial(kind, id)
    }

    /// In an extract only what came with it can be changed, or is new: elsewhere the change would
    /// seem to be made beside what stands there.
    pub(super) fn may_change(&self, groups: &[OpGroup]) -> Result<(), DeskError> {
        let state = self.state.borrow();
        let unknown = state.basis.as_ref().and_then(|basis| basis.unknown_in(groups));
        unknown.map_or(Ok(()), |group| {
            let township = state.fold.township();
            let record = township.title_of(group.kind.name(), &group.id);
            Err(DeskError::NotBrought { record })
        })
    }
}

/// An extract's rows: what it begins with, the latest where there are several, and its own lines.
pub(super) fn fold_extract(rows: &[String]) -> Result<(Fold, Option<Basis>), StoreError> {
    let (mut own, mut last) = (Vec::new(), None);
    for line in rows.iter().flat_map(|row| row.lines()) {
        match Basis::is_row(line) {
            true => last = Some(line),
            false => own.push(read_row(line)?),
        }
    }
    let corrupt = || StoreError::Corrupt("提取件的内容".to_string());
    let basis = last.map(|line| Basis::from_row(line).ok_or_else(corrupt)).transpose()?;
    let fold = Fold::from_basis(&basis.clone().unwrap_or_default(), &own)?;
    Ok((fold, basis))
}
