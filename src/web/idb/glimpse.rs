//! A look into a base this program must not open: one transaction that only reads, of whatever layout.

use indexed_db_futures::database::Database;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::TransactionMode;

use super::{META, ROWS, Told, begin, open_error, read_rows};
use crate::journal::StoreError;

/// The meta row as text and all rows; `None` where they are not where this program would have put them.
pub async fn glimpse(name: &str) -> Option<(String, Vec<String>)> {
    // Without a version: as it is, whoever made it so.
    let database = Database::open(name).build().map_err(open_error).ok()?.await.ok()?;
    let found = read(&database).await;
    database.close();
    let (meta, rows) = found.ok()?;
    Some((meta?, rows))
}

async fn read(database: &Database) -> Result<(Option<String>, Vec<String>), StoreError> {
    let tx = begin(database, &[META, ROWS], TransactionMode::Readonly)?;
    let meta = tx.object_store(META).told()?.get(META).primitive().told()?.await.told()?;
    let rows = read_rows(&tx, 0).await?;
    Ok((meta, rows))
}
