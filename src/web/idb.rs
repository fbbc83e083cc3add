//! A base in IndexedDB, through indexed_db_futures. Knows rows of text, not what they say.
//!
//! Stores: `meta` (the meta row and the waiting lines), `rows` (one row a user action, numbered),
//! `snapshot` (chunks). Nothing but its own requests is awaited inside a transaction.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};

use super::frame::sleep;
use crate::journal::snapshot::Snapshot;
use crate::journal::storage::{Appended, Meta, Sealed, Storage, StoreError, Stored};

const META: &str = "meta";
const ROWS: &str = "rows";
const SNAPSHOT: &str = "snapshot";
const PARKED: &str = "parked";

/// Layout of the object stores. Records migrate elsewhere; this rises only with a new store.
const LAYOUT: u32 = 1;

/// How long an open that another tab blocks is waited for, in milliseconds.
const BLOCKED_AFTER_MS: i32 = 4_000;

/// An open database.
pub struct Idb {
    name: String,
    /// `None` after another tab deleted the base or asked for a newer layout.
    database: Rc<RefCell<Option<Database>>>,
}

impl Idb {
    pub async fn open(name: &str) -> Result<Idb, StoreError> {
        let database = open_database(name, &[META, ROWS, SNAPSHOT]).await?;
        let database = Rc::new(RefCell::new(Some(database)));
        give_way(&database);
        Ok(Idb { name: name.to_string(), database })
    }

    fn database(&self) -> Result<Database, StoreError> {
        self.database.borrow().clone().ok_or(StoreError::Gone)
    }
}

/// Opens a database that has the named stores, making it where there is none.
pub(super) async fn open_database(
    name: &str,
    stores: &'static [&'static str],
) -> Result<Database, StoreError> {
    let blocked = Rc::new(Cell::new(false));
    let heard = blocked.clone();
    let opening = Database::open(name)
        .with_version(LAYOUT)
        .with_on_blocked(move |_| {
            heard.set(true);
            Ok(())
        })
        .with_on_upgrade_needed(move |_, database| {
            for store in stores {
                database.create_object_store(store).build()?;
            }
            Ok(())
        })
        .build()
        .map_err(open_error)?;
    let patience = Box::pin(sleep(BLOCKED_AFTER_MS));
    match futures_util::future::select(Box::pin(opening.into_future()), patience).await {
        futures_util::future::Either::Left((opened, _)) => opened.map_err(open_error),
        futures_util::future::Either::Right(_) if blocked.get() => Err(StoreError::Blocked),
        futures_util::future::Either::Right((_, opening)) => opening.await.map_err(open_error),
    }
}

/// Lets go of the database when another tab deletes it or needs a newer layout.
fn give_way(database: &Rc<RefCell<Option<Database>>>) {
    let held = database.clone();
    let changes = held.borrow().as_ref().and_then(|open| open.version_changes().ok());
    let Some(mut changes) = changes else { return };
    wasm_bindgen_futures::spawn_local(async move {
        if changes.recv().await.is_some()
            && let Some(open) = held.borrow_mut().take()
        {
            open.close();
        }
    });
}

impl Storage for Idb {
    async fn load(&self) -> Result<Option<Stored>, StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS, SNAPSHOT], TransactionMode::Readonly)?;
        let Some(meta) = read_meta(&tx).await? else { return Ok(None) };
        let parked = read_parked(&tx).await?;
        let rows = read_rows(&tx, meta.snapshot).await?;
        let chunks: Vec<String> = read_all(&tx, SNAPSHOT, 0).await?;
        let snapshot = (meta.snapshot > 0).then_some(Snapshot { chunks });
        Ok(Some(Stored { meta, snapshot, rows, parked }))
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS, SNAPSHOT], TransactionMode::Readwrite)?;
        tx.object_store(ROWS)?.clear()?;
        tx.object_store(SNAPSHOT)?.clear()?;
        put_text(&tx, META, META, to_text(meta)?)?;
        put_text(&tx, META, PARKED, String::new())?;
        tx.commit().await?;
        Ok(())
    }

    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(&Meta) -> Sealed,
    ) -> Result<Appended, StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS], TransactionMode::Readwrite)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let missed = if meta.seq > known { read_rows(&tx, known).await? } else { Vec::new() };
        let sealed = seal(&meta);
        let rows = tx.object_store(ROWS)?;
        for (at, row) in sealed.rows.iter().enumerate() {
            let number = meta.seq + 1 + at as u64;
            rows.put(row.as_str()).with_key(number as f64).primitive()?;
        }
        drop(rows);
        put_text(&tx, META, META, to_text(&sealed.meta)?)?;
        if let Some(parked) = &sealed.parked {
            put_text(&tx, META, PARKED, parked.join("\n"))?;
        }
        tx.commit().await?;
        self.verify(&database, &sealed).await?;
        Ok(Appended { missed, sealed })
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS], TransactionMode::Readonly)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let rows = if meta.seq > known { read_rows(&tx, known).await? } else { Vec::new() };
        Ok((meta, rows))
    }

    async fn put_snapshot(&self, snapshot: &Snapshot, seq: u64) -> Result<(), StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, SNAPSHOT], TransactionMode::Readwrite)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let chunks = tx.object_store(SNAPSHOT)?;
        chunks.clear()?;
        for (at, chunk) in snapshot.chunks.iter().enumerate() {
            chunks.put(chunk.as_str()).with_key(at as f64 + 1.0).primitive()?;
        }
        drop(chunks);
        put_text(&tx, META, META, to_text(&Meta { snapshot: seq, ..meta })?)?;
        tx.commit().await?;
        Ok(())
    }

    async fn erase(&self) -> Result<(), StoreError> {
        if let Some(database) = self.database.borrow_mut().take() {
            database.close();
        }
        Database::delete_by_name(&self.name).map_err(open_error)?.await?;
        Ok(())
    }
}

impl Idb {
    /// Reads the last written row again, in a transaction of its own.
    async fn verify(&self, database: &Database, sealed: &Sealed) -> Result<(), StoreError> {
        let Some(last) = sealed.rows.last() else { return Ok(()) };
        let tx = begin(database, &[ROWS], TransactionMode::Readonly)?;
        let store = tx.object_store(ROWS)?;
        let read: Option<String> = store.get(sealed.meta.seq as f64).primitive()?.await?;
        if read.as_deref() == Some(last.as_str()) { Ok(()) } else { Err(StoreError::NotWritten) }
    }
}

fn begin<'a>(
    database: &'a Database,
    stores: &[&str],
    mode: TransactionMode,
) -> Result<Transaction<'a>, StoreError> {
    let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    Ok(database.transaction(stores).with_mode(mode).with_options(options).build()?)
}

async fn read_meta(tx: &Transaction<'_>) -> Result<Option<Meta>, StoreError> {
    let store = tx.object_store(META)?;
    let text: Option<String> = store.get(META).primitive()?.await?;
    let Some(text) = text else { return Ok(None) };
    let corrupt = |_| StoreError::Corrupt("基本信息".to_string());
    serde_json::from_str(&text).map(Some).map_err(corrupt)
}

async fn read_parked(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    let store = tx.object_store(META)?;
    let text: Option<String> = store.get(PARKED).primitive()?.await?;
    Ok(text.unwrap_or_default().lines().map(str::to_string).collect())
}

async fn read_rows(tx: &Transaction<'_>, after: u64) -> Result<Vec<String>, StoreError> {
    read_all(tx, ROWS, after).await
}

async fn read_all(
    tx: &Transaction<'_>,
    store: &str,
    after: u64,
) -> Result<Vec<String>, StoreError> {
    let store = tx.object_store(store)?;
    let found = store.get_all::<String>().with_query((after + 1) as f64..).primitive()?.await?;
    let texts: Result<Vec<String>, Error> = found.collect();
    Ok(texts?)
}

fn put_text(tx: &Transaction<'_>, store: &str, key: &str, text: String) -> Result<(), StoreError> {
    tx.object_store(store)?.put(text).with_key(key).without_key_type().primitive()?;
    Ok(())
}

fn to_text(meta: &Meta) -> Result<String, StoreError> {
    serde_json::to_string(meta).map_err(|error| StoreError::Other(error.to_string()))
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        match &error {
            Error::DomException(DomException::NotFoundError(_)) => StoreError::Gone,
            Error::DomException(DomException::InvalidStateError(_)) => StoreError::Gone,
            Error::DomException(other) => named(&other.as_ref_name(), &other.message()),
            other => StoreError::Other(other.to_string()),
        }
    }
}

pub(super) fn open_error(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Unavailable,
        OpenDbError::Base(Error::DomException(DomException::InvalidStateError(_))) => {
            StoreError::Unavailable
        }
        OpenDbError::Base(error) => error.into(),
        other => StoreError::Other(other.to_string()),
    }
}

fn named(name: &str, message: &str) -> StoreError {
    match name {
        "QuotaExceededError" => StoreError::QuotaFull,
        "VersionError" => StoreError::Newer { base: LAYOUT + 1 },
        "SecurityError" => StoreError::Unavailable,
        "AbortError" if message.to_ascii_lowercase().contains("quota") => StoreError::QuotaFull,
        _ => StoreError::Other(format!("{name} {message}")),
    }
}

/// The exception's own name; the library sorts only some of them.
trait NamedException {
    fn as_ref_name(&self) -> String;
}

impl NamedException for DomException {
    fn as_ref_name(&self) -> String {
        use wasm_bindgen::JsCast;
        let value: &wasm_bindgen::JsValue = self.as_ref();
        value.unchecked_ref::<web_sys::DomException>().name()
    }
}
