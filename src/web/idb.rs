//! A base in IndexedDB, through indexed_db_futures. Knows rows of text, not what they say.
//!
//! Stores: `meta` (the meta row and the waiting lines), `rows` (one row a user action, numbered),
//! `snapshot` (chunks; `meta` says behind which place, others are left over). Nothing but its own
//! requests is awaited inside a transaction.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::future::{Either, select};
use futures_util::lock::Mutex;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::internals::SystemRepr;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{
    Transaction, TransactionDurability, TransactionMode, TransactionOptions,
};

use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbFactory};

use self::kept::{Joined, Kept, pieces};
use super::frame::sleep;
use crate::journal::storage::{
    Appended, Fits, Found, Meta, NextChunk, ReadChunk, Sealed, Storage, StoreError, Stored,
};

pub mod glimpse;
mod kept;
mod renewal;
mod rewrite;

const META: &str = "meta";
const ROWS: &str = "rows";
const SNAPSHOT: &str = "snapshot";
const PARKED: &str = "parked";

/// Layout of the object stores. Records migrate elsewhere; this rises only with a new store.
const LAYOUT: u32 = 1;

/// Chunks a transaction writes, in bytes.
const CHUNK_BYTES: usize = 1 << 20;

/// Places between the first chunks of two snapshots: more than one has.
const PLACES: f64 = 1_000_000.0;

/// How long an open that another tab blocks is waited for, in milliseconds.
const BLOCKED_AFTER_MS: i32 = 4_000;

/// How much longer one is waited for that nobody is said to block. Behind another tab's pending
/// deletion the browser says nothing at all.
const SILENT_AFTER_MS: i32 = 6_000;

/// An open database.
pub struct Idb {
    name: String,
    /// Why there is none, after another tab deleted the base or a newer program took it over.
    database: Held,
    /// Whether the log was renewed since this was opened, or holds nothing of this base's past.
    renewed: Mutex<bool>,
}

type Held = Rc<RefCell<Result<Database, StoreError>>>;

impl Idb {
    pub async fn open(name: &str) -> Result<Idb, StoreError> {
        let made = Rc::new(Cell::new(false));
        let database = open_noting(name, &[META, ROWS, SNAPSHOT], made.clone()).await?;
        let database = Rc::new(RefCell::new(Ok(database)));
        give_way(&database);
        Ok(Idb { name: name.to_string(), database, renewed: Mutex::new(made.get()) })
    }

    fn database(&self) -> Result<Database, StoreError> {
        self.database.borrow().clone()
    }
}

/// Opens a database that has the named stores, making it where there is none.
pub(super) async fn open_database(
    name: &str,
    stores: &'static [&'static str],
) -> Result<Database, StoreError> {
    open_noting(name, stores, Rc::default()).await
}

/// The same; notes whether there was none.
async fn open_noting(
    name: &str,
    stores: &'static [&'static str],
    made: Rc<Cell<bool>>,
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
            made.set(true);
            for store in stores {
                database.create_object_store(store).build()?;
            }
            Ok(())
        })
        .build()
        .map_err(open_error)?;
    let patience = Box::pin(async move {
        sleep(BLOCKED_AFTER_MS).await;
        if !blocked.get() {
            sleep(SILENT_AFTER_MS).await;
        }
    });
    match select(Box::pin(opening.into_future()), patience).await {
        Either::Left((opened, _)) => opened.map_err(open_error),
        Either::Right((_, opening)) => {
            // Opened after all, when nobody waits any more, it must not block others in its turn.
            wasm_bindgen_futures::spawn_local(async move {
                if let Ok(late) = opening.await {
                    late.close();
                }
            });
            Err(StoreError::Blocked)
        }
    }
}

/// Whether there is such a database. Asking makes none: what an open would make is aborted.
pub(super) async fn database_exists(name: &str) -> Result<bool, StoreError> {
    let factory = js_sys::Reflect::get(&js_sys::global(), &"indexedDB".into());
    let factory: IdbFactory = factory
        .map_err(|_| StoreError::Unavailable)?
        .dyn_into()
        .map_err(|_| StoreError::Unavailable)?;
    let request = factory.open(name).map_err(|_| StoreError::Unavailable)?;
    let made = Rc::new(Cell::new(false));
    let answered = js_sys::Promise::new(&mut |done, failed| {
        let (asked, making) = (request.clone(), made.clone());
        let abort = Closure::once_into_js(move || {
            making.set(true);
            let _ = asked.transaction().map(|tx| tx.abort());
        });
        request.set_onupgradeneeded(Some(abort.unchecked_ref()));
        request.set_onsuccess(Some(&done));
        let (asked, made) = (request.clone(), made.clone());
        let hear = Closure::once_into_js(move |event: web_sys::Event| {
            event.prevent_default();
            let why = asked.error().ok().flatten().map(JsValue::from).unwrap_or_default();
            let _ = if made.get() { done.call0(&why) } else { failed.call1(&why, &why) };
        });
        request.set_onerror(Some(hear.unchecked_ref()));
    });
    let patience = sleep(BLOCKED_AFTER_MS + SILENT_AFTER_MS);
    match select(Box::pin(JsFuture::from(answered)), Box::pin(patience)).await {
        Either::Right(_) => Err(StoreError::Blocked),
        Either::Left((Err(why), _)) => Err(StoreError::Unopened(format!("{why:?}"))),
        Either::Left((Ok(_), _)) => {
            if let Ok(open) = request.result().and_then(JsCast::dyn_into::<IdbDatabase>) {
                open.close();
            }
            Ok(!made.get())
        }
    }
}

/// Lets go of the database when another tab deletes it or a newer program asks for its layout, and
/// notes which of the two it was.
fn give_way(database: &Held) {
    let held = database.clone();
    let changes = held.borrow().as_ref().ok().and_then(|open| open.version_changes().ok());
    let Some(mut changes) = changes else { return };
    wasm_bindgen_futures::spawn_local(async move {
        let newer = changes.recv().await.and_then(|change| change.new_version());
        let why = newer.map_or(StoreError::Gone, |base| StoreError::Newer { base: base as u32 });
        let_go(&held, why);
    });
}

fn let_go(held: &Held, why: StoreError) {
    let before = held.replace(Err(why));
    if let Ok(open) = before {
        open.close();
    }
}

impl Storage for Idb {
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS, SNAPSHOT], TransactionMode::Readonly)?;
        let Some(meta) = read_meta(&tx).await? else { return Ok(None) };
        let parked = read_parked(&tx).await?;
        let rows = read_rows(&tx, meta.snapshot).await?;
        if meta.snapshot > 0 {
            read_chunks(&tx, meta.chunks, chunk).await?;
        }
        Ok(Some(Stored { meta, rows, parked }))
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS, SNAPSHOT], TransactionMode::Readwrite)?;
        if read_meta(&tx).await?.is_some() {
            return Ok(());
        }
        tx.object_store(ROWS).told()?.clear().told()?;
        tx.object_store(SNAPSHOT).told()?.clear().told()?;
        put_text(&tx, META, META, to_text(meta)?)?;
        put_text(&tx, META, PARKED, String::new())?;
        commit(tx).await
    }

    async fn append(
        &self,
        known: u64,
        seal: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError> {
        self.renewed().await;
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS], TransactionMode::Readwrite)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let missed = if meta.seq > known { read_rows(&tx, known).await? } else { Vec::new() };
        let mut parked = read_parked(&tx).await?;
        let sealed = seal(Found { meta: &meta, parked: &parked });
        let rows = tx.object_store(ROWS).told()?;
        for (at, row) in sealed.rows.iter().enumerate() {
            let number = meta.seq + 1 + at as u64;
            put_pieces(&rows, number, row)?;
        }
        drop(rows);
        put_text(&tx, META, META, to_text(&sealed.meta)?)?;
        if let Some(waiting) = &sealed.parked {
            put_text(&tx, META, PARKED, waiting.join("\n"))?;
            parked.clone_from(waiting);
        }
        commit(tx).await?;
        self.verify(&database, &sealed).await?;
        Ok(Appended { missed, parked, sealed })
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS], TransactionMode::Readonly)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let rows = if meta.seq > known { read_rows(&tx, known).await? } else { Vec::new() };
        Ok((meta, rows))
    }

    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError> {
        self.renewed().await;
        let database = self.database()?;
        let place = reserve(&database, fits).await?;
        let mut number = place;
        let mut chunk = next();
        // Some at a time: a transaction that lingers is in the middle longer, and a Chromium killed there
        // has been seen to throw the whole database away.
        while chunk.is_some() {
            let (tx, _) = begin_fitting(&database, fits).await?;
            let chunks = tx.object_store(SNAPSHOT).told()?;
            let mut bytes = 0;
            while let Some(text) = chunk.take_if(|_| bytes < CHUNK_BYTES) {
                number += 1;
                bytes += text.len();
                put_pieces(&chunks, number, &text)?;
                chunk = next();
            }
            drop(chunks);
            commit(tx).await?;
        }
        let (tx, meta) = begin_fitting(&database, fits).await?;
        let chunks = tx.object_store(SNAPSHOT).told()?;
        // Another tab may have been faster, with more in it.
        if meta.snapshot > seq {
            chunks.delete(place as f64..number as f64 + 1.0).primitive().told()?;
        } else {
            // Not `..place`: the library takes the end of that in.
            chunks.delete(0.0..place as f64).primitive().told()?;
            let meta = Meta { snapshot: seq, chunks: place, ..meta };
            put_text(&tx, META, META, to_text(&meta)?)?;
        }
        drop(chunks);
        commit(tx).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        // Emptied first: the shell of the database goes only once every tab has let go of it.
        let database = self.database()?;
        let stores = [META, ROWS, SNAPSHOT];
        let tx = begin(&database, &stores, TransactionMode::Readwrite)?;
        for store in stores {
            tx.object_store(store).told()?.clear().told()?;
        }
        commit(tx).await?;
        drop(database);
        let_go(&self.database, StoreError::Gone);
        let deleting = Database::delete_by_name(&self.name).map_err(open_error)?;
        select(Box::pin(deleting.into_future()), Box::pin(sleep(BLOCKED_AFTER_MS))).await;
        Ok(())
    }
}

impl Idb {
    /// Reads the last written row again, in a transaction of its own.
    async fn verify(&self, database: &Database, sealed: &Sealed) -> Result<(), StoreError> {
        let Some(last) = sealed.rows.last() else { return Ok(()) };
        let tx = begin(database, &[ROWS], TransactionMode::Readonly)?;
        let read = read_between(&tx, ROWS, sealed.meta.seq as f64 - 1.0, 2.0).await?;
        if read[..] == [last.as_str()] { Ok(()) } else { Err(StoreError::NotWritten) }
    }
}

/// A transaction on a base that is still the one that is meant, and its meta row.
async fn begin_fitting<'a>(
    database: &'a Database,
    fits: Fits<'_>,
) -> Result<(Transaction<'a>, Meta), StoreError> {
    let tx = begin(database, &[META, SNAPSHOT], TransactionMode::Readwrite)?;
    let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
    fits(&meta)?;
    Ok((tx, meta))
}

/// A place behind all chunks there are, held by an empty one, so that two tabs never mix theirs.
async fn reserve(database: &Database, fits: Fits<'_>) -> Result<u64, StoreError> {
    let (tx, _) = begin_fitting(database, fits).await?;
    let chunks = tx.object_store(SNAPSHOT).told()?;
    let keys = chunks.get_all_keys::<f64>().primitive().told()?.await.told()?;
    let last = keys.filter_map(Result::ok).fold(0.0, f64::max);
    let place = (last / PLACES).ceil() * PLACES;
    let place = if last == place { place + PLACES } else { place };
    put_pieces(&chunks, place as u64, "")?;
    drop(chunks);
    commit(tx).await?;
    Ok(place as u64)
}

fn begin<'a>(
    database: &'a Database,
    stores: &[&str],
    mode: TransactionMode,
) -> Result<Transaction<'a>, StoreError> {
    let options = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    database.transaction(stores).with_mode(mode).with_options(options).build().told()
}

async fn read_meta(tx: &Transaction<'_>) -> Result<Option<Meta>, StoreError> {
    let store = tx.object_store(META).told()?;
    let text: Option<String> = store.get(META).primitive().told()?.await.told()?;
    text.as_deref().map(Meta::read).transpose()
}

async fn read_parked(tx: &Transaction<'_>) -> Result<Vec<String>, StoreError> {
    let store = tx.object_store(META).told()?;
    let text: Option<String> = store.get(PARKED).primitive().told()?.await.told()?;
    Ok(text.unwrap_or_default().lines().map(str::to_string).collect())
}

async fn read_rows(tx: &Transaction<'_>, after: u64) -> Result<Vec<String>, StoreError> {
    read_between(tx, ROWS, after as f64, f64::MAX).await
}

/// Hands over the snapshot's chunks; the next is fetched while one is read.
async fn read_chunks(
    tx: &Transaction<'_>,
    place: u64,
    read: ReadChunk<'_>,
) -> Result<(), StoreError> {
    let store = tx.object_store(SNAPSHOT).told()?;
    let ask = |number: u64| {
        let pieces = number as f64..number as f64 + 1.0;
        store.get_all::<Kept>().with_query(pieces).primitive().told()
    };
    let mut asked = ask(place + 1)?;
    for number in place + 2.. {
        let found = joined(asked.await.told()?)?;
        let Some(chunk) = found.first() else { break };
        asked = ask(number)?;
        read(chunk);
    }
    Ok(())
}

/// The texts of pieces.
fn joined(found: impl Iterator<Item = Result<Kept, Error>>) -> Result<Vec<String>, StoreError> {
    let mut joined = Joined::default();
    for kept in found {
        let odd = || StoreError::Corrupt("一段文字".to_string());
        joined.take(kept.told()?).ok_or_else(odd)?;
    }
    Ok(joined.texts())
}

fn put_pieces(store: &ObjectStore<'_>, number: u64, text: &str) -> Result<(), StoreError> {
    for (key, piece) in pieces(number as f64, text) {
        store.put(piece).with_key(key).primitive().told()?;
    }
    Ok(())
}

/// What lies behind `after`, up to `places` further.
async fn read_between(
    tx: &Transaction<'_>,
    store: &str,
    after: f64,
    places: f64,
) -> Result<Vec<String>, StoreError> {
    let store = tx.object_store(store).told()?;
    let found = store
        .get_all::<Kept>()
        .with_query(after + 1.0..after + places)
        .primitive()
        .told()?
        .await
        .told()?;
    joined(found)
}

fn put_text(tx: &Transaction<'_>, store: &str, key: &str, text: String) -> Result<(), StoreError> {
    tx.object_store(store).told()?.put(text).with_key(key).without_key_type().primitive().told()?;
    Ok(())
}

fn to_text(meta: &Meta) -> Result<String, StoreError> {
    serde_json::to_string(meta).map_err(|error| StoreError::Other(error.to_string()))
}

/// Commits. Why it could not lies on the transaction, not in what the library says.
pub(super) async fn commit(tx: Transaction<'_>) -> Result<(), StoreError> {
    let raw = tx.as_sys().clone();
    tx.commit().await.map_err(|error| match raw.error() {
        Some(why) => named(&why.name(), &why.message()),
        None => fault(&error),
    })
}

/// What the library answers, with its faults as the journal knows them.
pub(super) trait Told<T> {
    fn told(self) -> Result<T, StoreError>;
}

impl<T> Told<T> for Result<T, Error> {
    fn told(self) -> Result<T, StoreError> {
        self.map_err(|error| fault(&error))
    }
}

fn fault(error: &Error) -> StoreError {
    match error {
        Error::DomException(DomException::NotFoundError(_)) => StoreError::Gone,
        Error::DomException(DomException::InvalidStateError(_)) => StoreError::Gone,
        Error::DomException(other) => named(&other.as_ref_name(), &other.message()),
        other => StoreError::Other(other.to_string()),
    }
}

pub(super) fn open_error(error: OpenDbError) -> StoreError {
    match error {
        OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => StoreError::Unavailable,
        OpenDbError::Base(Error::DomException(DomException::InvalidStateError(_))) => {
            StoreError::Unavailable
        }
        OpenDbError::Base(error) => match fault(&error) {
            StoreError::QuotaFull => StoreError::Unopened("存储空间满了".to_string()),
            StoreError::Other(said) => StoreError::Unopened(said),
            other => other,
        },
        // What the library makes of an `open` that throws.
        OpenDbError::VersionZero => StoreError::Unavailable,
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
        let value: &JsValue = self.as_ref();
        value.unchecked_ref::<web_sys::DomException>().name()
    }
}
