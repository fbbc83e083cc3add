//! What this browser remembers of a township's file: the handle, and what it held when it was last
//! verified. A database of its own; guests never get here.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;
use js_sys::Object;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;

use super::Home;
use super::handle::{Handle, member};
use crate::journal::StoreError;
use crate::saving::Held;
use crate::web::idb::{Told, commit, database_exists, open_database};

/// Name of the database.
pub const DATABASE: &str = "gangtu-files";
const STORE: &str = "homes";

/// The last verified file and what is known of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Verified {
    pub name: String,
    /// When it was opened again, milliseconds since 1970.
    pub when: f64,
    pub held: Held,
    /// Number of the base's last row then: what lies behind it is in no file.
    pub seq: u64,
}

/// What is remembered of a township.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    pub home: Option<Home>,
    pub facts: Facts,
}

/// The part that is text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    /// What the file in the folder is called: it keeps its name when the township gets another.
    #[serde(default)]
    pub file: String,
    pub verified: Option<Verified>,
    /// SHA-256 of what was last written to the home, whatever was verified since.
    pub written: String,
    /// Backups that were opened again after they were written.
    pub backups: Vec<String>,
}

/// What is remembered; nothing where there is nothing, or it cannot be read.
pub async fn load(township: &str) -> Kept {
    read(township).await.ok().flatten().unwrap_or_default()
}

async fn read(township: &str) -> Result<Option<Kept>, StoreError> {
    if !database_exists(DATABASE).await? {
        return Ok(None);
    }
    let database = open().await?;
    let tx = database.transaction(STORE).with_mode(TransactionMode::Readonly).build().told()?;
    let found: Option<Object> =
        tx.object_store(STORE).told()?.get(township).primitive().told()?.await.told()?;
    drop(tx);
    database.close();
    let Some(found) = found else { return Ok(None) };
    let text = member(&found, "facts").and_then(|text| text.as_string()).unwrap_or_default();
    let handle = member(&found, "handle").filter(JsValue::is_object).map(Handle);
    let home = handle
        .map(|handle| if handle.is_folder() { Home::Folder(handle) } else { Home::File(handle) });
    Ok(Some(Kept { home, facts: serde_json::from_str(&text).unwrap_or_default() }))
}

/// Remembers; where the browser cannot keep a handle the facts are kept without it.
pub async fn save(township: &str, kept: &Kept) -> Result<(), StoreError> {
    let text = serde_json::to_string(&kept.facts).map_err(|e| StoreError::Other(e.to_string()))?;
    let handle = kept.home.as_ref().map(|home| home.handle().0.clone());
    let with = write(township, &text, &handle.clone().unwrap_or(JsValue::NULL)).await;
    match (with, handle) {
        (Err(_), Some(_)) => write(township, &text, &JsValue::NULL).await,
        (done, _) => done,
    }
}

async fn write(township: &str, text: &str, handle: &JsValue) -> Result<(), StoreError> {
    let row = Object::new();
    let entries = [("facts", &JsValue::from_str(text)), ("handle", handle)];
    for (name, value) in entries {
        // Setting a member of an object of our own cannot fail.
        let _ = js_sys::Reflect::set(&row, &name.into(), value);
    }
    let database = open().await?;
    let done = put(&database, township, row).await;
    database.close();
    done
}

async fn put(database: &Database, township: &str, row: Object) -> Result<(), StoreError> {
    let tx = database.transaction(STORE).with_mode(TransactionMode::Readwrite).build().told()?;
    let store = tx.object_store(STORE).told()?;
    store.put(row).with_key(township).without_key_type().primitive().told()?;
    drop(store);
    commit(tx).await
}

async fn open() -> Result<Database, StoreError> {
    open_database(DATABASE, &[STORE]).await
}
