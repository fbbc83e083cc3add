//! A base that lives in memory only: the demonstration township, guests, tests. Leaves no trace.

use std::cell::RefCell;
use std::rc::Rc;

use super::locked::{Rewrite, Whole};
use super::storage::{
    Appended, Fits, Found, Meta, NextChunk, ReadChunk, Sealed, Storage, StoreError, Stored,
};

/// The kept parts of a base; clones share it, as tabs share a database.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    base: Rc<RefCell<Option<Base>>>,
}

#[derive(Clone, Debug)]
struct Base {
    meta: Meta,
    /// The snapshot's.
    chunks: Vec<String>,
    /// Every row since the base began; row n has number n + 1.
    rows: Vec<String>,
    parked: Vec<String>,
}

impl Storage for Memory {
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError> {
        Ok(self.base.borrow().as_ref().map(|base| {
            base.chunks.iter().for_each(|text| chunk(text));
            Stored {
                meta: base.meta.clone(),
                rows: base.rows[base.meta.snapshot as usize..].to_vec(),
                parked: base.parked.clone(),
            }
        }))
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        let base =
            Base { meta: meta.clone(), chunks: Vec::new(), rows: Vec::new(), parked: Vec::new() };
        self.base.borrow_mut().get_or_insert(base);
        Ok(())
    }

    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError> {
        let mut base = self.base.borrow_mut();
        let base = base.as_mut().ok_or(StoreError::Gone)?;
        let missed = base.rows.get(known as usize..).unwrap_or_default().to_vec();
        let sealed = seal(Found { meta: &base.meta, parked: &base.parked });
        base.rows.extend(sealed.rows.iter().cloned());
        base.meta = sealed.meta.clone();
        if let Some(parked) = &sealed.parked {
            base.parked.clone_from(parked);
        }
        Ok(Appended { missed, parked: base.parked.clone(), sealed })
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        let base = self.base.borrow();
        let base = base.as_ref().ok_or(StoreError::Gone)?;
        let rows = base.rows.get(known as usize..).unwrap_or_default();
        Ok((base.meta.clone(), rows.to_vec()))
    }

    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError> {
        let mut base = self.base.borrow_mut();
        let base = base.as_mut().ok_or(StoreError::Gone)?;
        fits(&base.meta)?;
        base.chunks = std::iter::from_fn(next).collect();
        base.meta.snapshot = seq;
        Ok(())
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.base.replace(None);
        Ok(())
    }
}

impl Rewrite for Memory {
    async fn rewrite(
        &self,
        change: &mut dyn FnMut(Whole) -> Result<Whole, StoreError>,
    ) -> Result<(), StoreError> {
        let mut held = self.base.borrow_mut();
        let base = held.clone().ok_or(StoreError::Gone)?;
        let Base { meta, chunks, rows, parked } = base;
        let Whole { meta, rows, chunks, parked } = change(Whole { meta, rows, chunks, parked })?;
        *held = Some(Base { meta, chunks, rows, parked });
        Ok(())
    }
}
