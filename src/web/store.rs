//! Where an open base lives: in this browser, locked or not, or in memory only. One type, so that a desk
//! has one type.

use std::rc::Rc;

use gangtu_seal::rows::KEY;

use super::idb::Idb;
use super::world::BrowserWorld;
use crate::journal::locked::Locked;
use crate::journal::memory::Memory;
use crate::journal::storage::{
    Appended, Fits, Found, Meta, NextChunk, ReadChunk, Sealed, Storage, StoreError, Stored,
};

pub enum Store {
    Browser(Locked<Idb>),
    Memory(Memory),
}

impl Store {
    /// A base of this browser, with the key of one that is locked.
    pub fn browser(idb: Idb, key: Option<&[u8; KEY]>) -> Store {
        Store::Browser(Locked::new(idb, key, Rc::new(BrowserWorld)))
    }

    /// Whether what is written stays on this computer.
    pub fn lasts(&self) -> bool {
        self.kept().is_some()
    }

    /// What stays on this computer, where it does.
    pub fn kept(&self) -> Option<&Locked<Idb>> {
        match self {
            Store::Browser(kept) => Some(kept),
            Store::Memory(_) => None,
        }
    }
}

impl Storage for Store {
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError> {
        match self {
            Store::Browser(idb) => idb.load(chunk).await,
            Store::Memory(memory) => memory.load(chunk).await,
        }
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        match self {
            Store::Browser(idb) => idb.create(meta).await,
            Store::Memory(memory) => memory.create(meta).await,
        }
    }

    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError> {
        match self {
            Store::Browser(idb) => idb.append(known, seal).await,
            Store::Memory(memory) => memory.append(known, seal).await,
        }
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        match self {
            Store::Browser(idb) => idb.rows_after(known).await,
            Store::Memory(memory) => memory.rows_after(known).await,
        }
    }

    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError> {
        match self {
            Store::Browser(idb) => idb.put_snapshot(fits, next, seq).await,
            Store::Memory(memory) => memory.put_snapshot(fits, next, seq).await,
        }
    }

    async fn erase(&self) -> Result<(), StoreError> {
        match self {
            Store::Browser(idb) => idb.erase().await,
            Store::Memory(memory) => memory.erase().await,
        }
    }
}
