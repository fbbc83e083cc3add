//! 保存: what it takes to call a township kept in a file. Pure answers; writes nothing and knows no
//! browser.
//!
//! A file counts once it was opened again and its content is known; that the program wrote it, or
//! offered it for download, says nothing.

pub mod backups;
pub mod held;
pub mod lights;
pub mod reminder;
pub mod trouble;

pub use backups::{Backup, Keep};
pub use held::{Held, Seen};
pub use reminder::Wishes;
pub use trouble::Trouble;

use std::rc::Rc;

use crate::bundle::Bundle;
use crate::journal::{Desk, DeskError, Storage, World};

/// What a backup turned out to hold when it was opened in a base of its own.
#[derive(Clone, Debug, PartialEq)]
pub struct Rehearsed {
    pub actions: usize,
    pub records: usize,
    /// Lines that wait for others that are missing.
    pub waiting: usize,
    pub state: String,
}

/// Opens a bundle in an empty scratch base and folds it, as a restore would.
pub async fn rehearse(
    bundle: Bundle,
    scratch: impl Storage,
    world: Rc<dyn World>,
) -> Result<Rehearsed, DeskError> {
    let township = bundle.header.township.clone();
    let actions = bundle.lines().len();
    let desk = Desk::create(scratch, world, township.into(), "").await?;
    let taken = desk.take(bundle.into_lines(), "演练恢复").await?;
    let (records, state) = desk.read(|fold| {
        let township = fold.township();
        let kinds = 0..crate::model::schema().kinds.len();
        (kinds.map(|kind| township.table(kind).rows().count()).sum(), fold.state_hash())
    });
    Ok(Rehearsed { actions, records, waiting: taken.parked, state })
}
