//! Renewing the log of Chromium's databases. Killed in the middle of a write (a power cut, the task manager),
//! Chromium leaves half a record at the end of its log, goes on behind it when it is opened next, and throws
//! all databases of the page away at the opening after that, as damaged. Some four megabytes later it begins
//! another log and is sound again: so they are written before the first write to a base after a start, and
//! taken away: at the latest when the township that was opened is noted in the list.

use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{TransactionDurability, TransactionMode, TransactionOptions};

use super::{Idb, SNAPSHOT, Told, commit, kept};
use crate::journal::storage::StoreError;

/// More than a log holds.
const BYTES: usize = 5 << 20;

/// Where it lies meanwhile: below any chunk of a snapshot, where the next snapshot tidies up, too.
const PLACE: f64 = 0.0;

impl Idb {
    /// Resolves once a write cannot stand behind half a record.
    pub async fn renewed(&self) {
        let mut renewed = self.renewed.lock().await;
        if !*renewed {
            *renewed = true;
            if !keeps_a_log() {
                return;
            }
            // Where there is no room for it nothing is lost that was not before.
            let _ = self.renew_log().await;
        }
    }

    /// Does not wait for the disk: what is written holds nothing.
    async fn renew_log(&self) -> Result<(), StoreError> {
        let database = self.database()?;
        for full in [true, false] {
            let relaxed = TransactionOptions::new().with_durability(TransactionDurability::Relaxed);
            let tx = database
                .transaction([SNAPSHOT])
                .with_mode(TransactionMode::Readwrite)
                .with_options(relaxed)
                .build()
                .told()?;
            let store = tx.object_store(SNAPSHOT).told()?;
            if full {
                let nothing = kept::nothing();
                for key in kept::places_of_nothing(PLACE, BYTES) {
                    store.put(&nothing).with_key(key).primitive().told()?;
                }
            } else {
                store.delete(PLACE..PLACE + 1.0).primitive().told()?;
            }
            drop(store);
            commit(tx).await?;
        }
        Ok(())
    }
}

/// Whether this is a Chromium, whose log it is about.
fn keeps_a_log() -> bool {
    let agent = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    agent.is_some_and(|agent| agent.contains("Chrome/"))
}
