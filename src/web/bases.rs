//! Which townships this browser holds. A small list in a database of its own; the bases are elsewhere.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use serde::{Deserialize, Serialize};

use super::idb::{Told, commit, database_exists, open_database};
use crate::journal::StoreError;
use crate::sorting::Sorting;

/// Name of the database.
pub const DATABASE: &str = "gangtu";
const LIST: &str = "bases";

/// A township in this browser.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BaseEntry {
    pub township: String,
    pub name: String,
    /// Last opened, milliseconds since 1970.
    pub opened: f64,
}

/// Name of a township's own database.
pub fn database_name(township: &str) -> String {
    format!("gangtu:{township}")
}

/// All townships, the last opened first.
pub async fn list() -> Result<Vec<BaseEntry>, StoreError> {
    // Looking must leave no trace; where that cannot be told, opening says what is the matter.
    if database_exists(DATABASE).await == Ok(false) {
        return Ok(Vec::new());
    }
    let database = open().await?;
    let tx = database.transaction(LIST).with_mode(TransactionMode::Readonly).build().told()?;
    let store = tx.object_store(LIST).told()?;
    let found = store.get_all::<String>().primitive().told()?.await.told()?;
    let texts: Vec<String> = found.collect::<Result<_, _>>().told()?;
    drop(store);
    drop(tx);
    database.close();
    let mut entries: Vec<BaseEntry> =
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    entries.arrange(|a, b| b.opened.total_cmp(&a.opened));
    Ok(entries)
}

/// Notes that a township was opened here.
pub async fn note(entry: &BaseEntry) -> Result<(), StoreError> {
    let text = serde_json::to_string(entry).map_err(|e| StoreError::Other(e.to_string()))?;
    let database = open().await?;
    let tx = database.transaction(LIST).with_mode(TransactionMode::Readwrite).build().told()?;
    let store = tx.object_store(LIST).told()?;
    store.put(text).with_key(entry.township.as_str()).without_key_type().primitive().told()?;
    drop(store);
    commit(tx).await?;
    database.close();
    Ok(())
}

/// Takes a township off the list.
pub async fn forget(township: &str) -> Result<(), StoreError> {
    let database = open().await?;
    let tx = database.transaction(LIST).with_mode(TransactionMode::Readwrite).build().told()?;
    let store = tx.object_store(LIST).told()?;
    store.delete(township).primitive().told()?;
    drop(store);
    commit(tx).await?;
    database.close();
    Ok(())
}

async fn open() -> Result<Database, StoreError> {
    open_database(DATABASE, &[LIST]).await
}
