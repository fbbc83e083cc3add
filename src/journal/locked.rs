//! A base whose rows lie sealed where they are kept (本机数据加锁). Stands between the desk and any
//! storage: seals what goes in, opens what comes out. Makes no keys and asks for no passphrase.
//!
//! A row is sealed at once, inside the transaction that numbers it. What stays readable: the township's
//! id, how many rows there are, how long and when the browser wrote them.

use std::cell::RefCell;
use std::rc::Rc;

use gangtu_seal::rows::{KEY, NONCE, RowKey};

use super::storage::{
    Appended, Fits, Found, Meta, NextChunk, ReadChunk, Sealed, Storage, StoreError, Stored, World,
};

/// What a locked base's meta row holds in place of the true one.
#[derive(Clone, Debug, PartialEq)]
pub struct Lock {
    /// The base's key under the passphrase, as `gangtu_seal::lock` writes it.
    pub lock: String,
    /// Idle minutes after which it locks by itself; 0 for never.
    pub minutes: u32,
    /// The true meta row, sealed.
    rest: String,
}

impl Lock {
    /// Of a meta row; `None` where the base is not locked.
    fn of(meta: &Meta) -> Option<Lock> {
        let [lock, minutes, rest] = &meta.locked[..] else { return None };
        let minutes = minutes.parse().unwrap_or(0);
        Some(Lock { lock: lock.clone(), minutes, rest: rest.clone() })
    }

    fn parts(self) -> Vec<String> {
        vec![self.lock, self.minutes.to_string(), self.rest]
    }
}

/// Everything in a base, as it lies in storage.
#[derive(Clone, Debug)]
pub struct Whole {
    pub meta: Meta,
    /// Row n has number n + 1.
    pub rows: Vec<String>,
    pub chunks: Vec<String>,
    pub parked: Vec<String>,
}

/// Storage that can be written anew as one transaction.
#[allow(async_fn_in_trait)]
pub trait Rewrite: Storage {
    /// Hands over everything and writes what comes back; an `Err` leaves all as it was.
    async fn rewrite(
        &self,
        change: &mut dyn FnMut(Whole) -> Result<Whole, StoreError>,
    ) -> Result<(), StoreError>;
}

/// A storage whose base may be locked; without a key it hands through what is not.
pub struct Locked<S> {
    inner: S,
    key: RefCell<Option<RowKey>>,
    world: Rc<dyn World>,
}

const META: &str = "meta";
const PARKED: &str = "waiting";

fn row_place(number: u64) -> String {
    format!("row {number}")
}

fn chunk_place(at: usize) -> String {
    format!("chunk {at}")
}

impl<S: Rewrite> Locked<S> {
    /// What it lies in, sealed or not.
    pub fn inner(&self) -> &S {
        &self.inner
    }

    pub fn new(inner: S, key: Option<&[u8; KEY]>, world: Rc<dyn World>) -> Locked<S> {
        Locked { inner, key: RefCell::new(key.map(RowKey::new)), world }
    }

    pub fn is_locked(&self) -> bool {
        self.key.borrow().is_some()
    }

    /// Seals everything that is stored, in one transaction. `lock` opens to `key`.
    pub async fn set(&self, lock: &str, key: &[u8; KEY], minutes: u32) -> Result<(), StoreError> {
        let key = RowKey::new(key);
        let mut seal = |mut whole: Whole| {
            self.open_whole(&mut whole)?;
            let seal = |place: &str, text: &str| seal(&key, &*self.world, place, text);
            each(&mut whole, |place, text| Some(seal(place, text)))?;
            let rest = seal(META, &to_json(&whole.meta)?);
            whole.meta = outer(&whole.meta, Lock { lock: lock.to_string(), minutes, rest });
            Ok(whole)
        };
        self.inner.rewrite(&mut seal).await?;
        self.key.replace(Some(key));
        Ok(())
    }

    /// Writes everything readable again, in one transaction.
    pub async fn remove(&self) -> Result<(), StoreError> {
        let mut open = |mut whole: Whole| self.open_whole(&mut whole).map(|()| whole);
        self.inner.rewrite(&mut open).await?;
        self.key.replace(None);
        Ok(())
    }

    /// What stands around the key; `None` where the base is not locked.
    pub async fn lock(&self) -> Result<Option<Lock>, StoreError> {
        Ok(Lock::of(&self.inner.rows_after(u64::MAX >> 12).await?.0))
    }

    /// Another lock around the same key, or other minutes. No row is touched.
    pub async fn change(&self, change: &dyn Fn(&mut Lock)) -> Result<(), StoreError> {
        let mut done = Err(StoreError::Gone);
        let mut seal = |found: Found<'_>| {
            let mut meta = found.meta.clone();
            done = self.opened_meta(found.meta).map(|_| ());
            if let (Ok(()), Some(mut lock)) = (&done, Lock::of(found.meta)) {
                change(&mut lock);
                meta.locked = lock.parts();
            }
            Sealed { meta, rows: Vec::new(), parked: None }
        };
        self.inner.append(u64::MAX >> 12, &mut seal).await?;
        done
    }

    fn open_whole(&self, whole: &mut Whole) -> Result<(), StoreError> {
        whole.meta = self.opened_meta(&whole.meta)?;
        match &*self.key.borrow() {
            Some(key) => each(whole, |place, text| key.open(place, text)),
            None => Ok(()),
        }
    }

    /// The true meta row; an `Err` where the base has another key than this one, or none.
    fn opened_meta(&self, meta: &Meta) -> Result<Meta, StoreError> {
        let key = self.key.borrow();
        let (key, locked) = match (&*key, Lock::of(meta)) {
            (None, None) => return Ok(meta.clone()),
            (Some(key), Some(locked)) => (key, locked),
            (None, Some(locked)) => {
                return Err(StoreError::Locked { lock: locked.lock });
            }
            // Somebody took the lock off under this page.
            (Some(_), None) => return Err(StoreError::Locked { lock: String::new() }),
        };
        let text = key.open(META, &locked.rest).ok_or(StoreError::Locked { lock: locked.lock })?;
        let opened = Meta::read(&text)?;
        // Those that the storage below writes by itself.
        Ok(Meta { seq: meta.seq, snapshot: meta.snapshot, chunks: meta.chunks, ..opened })
    }

    fn open_rows(&self, rows: Vec<String>, first: u64) -> Result<Vec<String>, StoreError> {
        let key = self.key.borrow();
        let Some(key) = &*key else { return Ok(rows) };
        let open = |(at, row): (usize, String)| {
            let number = first + at as u64;
            key.open(&row_place(number), &row).ok_or_else(|| unreadable("行", number))
        };
        rows.into_iter().enumerate().map(open).collect()
    }

    fn open_parked(&self, lines: &[String]) -> Result<Vec<String>, StoreError> {
        let key = self.key.borrow();
        let Some(key) = &*key else { return Ok(lines.to_vec()) };
        let open = |line: &String| key.open(PARKED, line).ok_or_else(|| unreadable("等待", 0));
        lines.iter().map(open).collect()
    }

    /// What a transaction writes, as it shall lie in storage; `None` where it lies as it is.
    fn sealed(&self, plain: &Sealed, found: &Meta) -> Result<Option<Sealed>, StoreError> {
        let key = self.key.borrow();
        let (Some(key), Some(locked)) = (&*key, Lock::of(found)) else { return Ok(None) };
        let seal = |place: &str, text: &str| seal(key, &*self.world, place, text);
        let rows = plain.rows.iter().enumerate();
        let rows = rows.map(|(at, row)| seal(&row_place(found.seq + 1 + at as u64), row));
        let parked = plain
            .parked
            .as_ref()
            .map(|lines| lines.iter().map(|line| seal(PARKED, line)).collect());
        let rest = seal(META, &to_json(&plain.meta)?);
        let meta = outer(&plain.meta, Lock { rest, ..locked });
        Ok(Some(Sealed { meta, rows: rows.collect(), parked }))
    }
}

fn seal(key: &RowKey, world: &dyn World, place: &str, text: &str) -> String {
    let mut nonce = [0; NONCE];
    nonce[..16].copy_from_slice(&world.random().to_le_bytes());
    nonce[16..].copy_from_slice(&world.random().to_le_bytes()[..8]);
    key.seal(place, text, &nonce)
}

/// Changes every text of a base; an `Err` names the first that cannot be.
fn each(
    whole: &mut Whole,
    mut change: impl FnMut(&str, &str) -> Option<String>,
) -> Result<(), StoreError> {
    for (at, row) in whole.rows.iter_mut().enumerate() {
        let number = at as u64 + 1;
        *row = change(&row_place(number), row).ok_or_else(|| unreadable("行", number))?;
    }
    for (at, chunk) in whole.chunks.iter_mut().enumerate() {
        *chunk = change(&chunk_place(at), chunk).ok_or_else(|| unreadable("快照", at as u64))?;
    }
    for line in &mut whole.parked {
        *line = change(PARKED, line).ok_or_else(|| unreadable("等待", 0))?;
    }
    Ok(())
}

fn unreadable(what: &str, number: u64) -> StoreError {
    StoreError::Corrupt(format!("加锁的{what} {number}"))
}

fn to_json(meta: &Meta) -> Result<String, StoreError> {
    serde_json::to_string(meta).map_err(|error| StoreError::Other(error.to_string()))
}

/// What anybody may read of a locked base.
fn outer(meta: &Meta, locked: Lock) -> Meta {
    let nobody = super::stamp::ReplicaId::from_random(0);
    let blank = Meta::new(meta.township.clone(), &nobody, "");
    let Meta { version, seq, snapshot, chunks, .. } = *meta;
    Meta { version, seq, snapshot, chunks, locked: locked.parts(), ..blank }
}

impl<S: Rewrite> Storage for Locked<S> {
    async fn load(&self, chunk: ReadChunk<'_>) -> Result<Option<Stored>, StoreError> {
        let mut at = 0;
        let mut open = |text: &str| {
            match &*self.key.borrow() {
                None => chunk(text),
                // A chunk that does not open is one that does not read: the rows are all there.
                Some(key) => chunk(&key.open(&chunk_place(at), text).unwrap_or_default()),
            }
            at += 1;
        };
        let Some(stored) = self.inner.load(&mut open).await? else { return Ok(None) };
        let meta = self.opened_meta(&stored.meta)?;
        let rows = self.open_rows(stored.rows, meta.snapshot + 1)?;
        let parked = self.open_parked(&stored.parked)?;
        Ok(Some(Stored { meta, rows, parked }))
    }

    async fn create(&self, meta: &Meta) -> Result<(), StoreError> {
        self.inner.create(meta).await
    }

    async fn append(
        &self,
        known: u64,
        plan: &mut dyn FnMut(Found<'_>) -> Sealed,
    ) -> Result<Appended, StoreError> {
        let mut planned = Err(StoreError::Gone);
        let mut seal = |found: Found<'_>| {
            let nothing = Sealed { meta: found.meta.clone(), rows: Vec::new(), parked: None };
            let done = self.opened_meta(found.meta).and_then(|meta| {
                let parked = self.open_parked(found.parked)?;
                let plain = plan(Found { meta: &meta, parked: &parked });
                let sealed = self.sealed(&plain, found.meta)?;
                Ok((plain, sealed))
            });
            match done {
                Ok((plain, Some(sealed))) => {
                    planned = Ok(Some(plain));
                    sealed
                }
                Ok((plain, None)) => {
                    planned = Ok(None);
                    plain
                }
                Err(error) => {
                    planned = Err(error);
                    nothing
                }
            }
        };
        let appended = self.inner.append(known, &mut seal).await?;
        let missed = self.open_rows(appended.missed, known + 1)?;
        let parked = self.open_parked(&appended.parked)?;
        Ok(Appended { missed, parked, sealed: planned?.unwrap_or(appended.sealed) })
    }

    async fn rows_after(&self, known: u64) -> Result<(Meta, Vec<String>), StoreError> {
        let (meta, rows) = self.inner.rows_after(known).await?;
        let meta = self.opened_meta(&meta)?;
        Ok((meta, self.open_rows(rows, known + 1)?))
    }

    async fn put_snapshot(
        &self,
        fits: Fits<'_>,
        next: NextChunk<'_>,
        seq: u64,
    ) -> Result<(), StoreError> {
        // A tab that missed the lock writes nothing, chunks neither.
        let fits = |meta: &Meta| fits(&self.opened_meta(meta)?);
        let mut at = 0;
        let mut seal = || {
            let text = next()?;
            let place = chunk_place(at);
            at += 1;
            Some(match &*self.key.borrow() {
                None => text,
                Some(key) => seal(key, &*self.world, &place, &text),
            })
        };
        self.inner.put_snapshot(&fits, &mut seal, seq).await
    }

    async fn erase(&self) -> Result<(), StoreError> {
        self.inner.erase().await
    }
}
