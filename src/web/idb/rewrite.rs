//! Writing a whole base anew in one transaction: when its lock is set or taken off. All of it or nothing.

use indexed_db_futures::transaction::TransactionMode;

use super::{
    Idb, META, PARKED, PLACES, ROWS, SNAPSHOT, Told, begin, commit, put_pieces, put_text,
    read_between, read_meta, read_parked, read_rows, to_text,
};
use crate::journal::locked::{Rewrite, Whole};
use crate::journal::storage::{Meta, StoreError};

impl Rewrite for Idb {
    async fn rewrite(
        &self,
        change: &mut dyn FnMut(Whole) -> Result<Whole, StoreError>,
    ) -> Result<(), StoreError> {
        self.renewed().await;
        let database = self.database()?;
        let tx = begin(&database, &[META, ROWS, SNAPSHOT], TransactionMode::Readwrite)?;
        let meta = read_meta(&tx).await?.ok_or(StoreError::Gone)?;
        let parked = read_parked(&tx).await?;
        let rows = read_rows(&tx, 0).await?;
        let chunks = match meta.snapshot {
            0 => Vec::new(),
            _ => read_between(&tx, SNAPSHOT, meta.chunks as f64, PLACES).await?,
        };
        if rows.len() as u64 != meta.seq {
            return Err(StoreError::Corrupt(format!("{} 行中的 {} 行", meta.seq, rows.len())));
        }
        let whole = change(Whole { meta, rows, chunks, parked })?;
        for (name, texts) in [(ROWS, &whole.rows), (SNAPSHOT, &whole.chunks)] {
            let store = tx.object_store(name).told()?;
            store.clear().told()?;
            for (at, text) in texts.iter().enumerate() {
                put_pieces(&store, at as u64 + 1, text)?;
            }
        }
        put_text(&tx, META, META, to_text(&Meta { chunks: 0, ..whole.meta })?)?;
        put_text(&tx, META, PARKED, whole.parked.join("\n"))?;
        commit(tx).await
    }
}
