//! A base to fill: the same desk the page uses, over memory, with a clock and dice that are fixed.

use gangtu::bundle::{Since, export};
use gangtu::exchange::link::link_duties;
use gangtu::journal::memory::Memory;
use gangtu::journal::seeded::{SeededWorld, now};
use gangtu::journal::{Desk, Draft};
use gangtu::model::{Date, Record, RecordId, Ref};

/// 2026-11-02 09:00 in China: the day the samples say they were written.
const WRITTEN: u64 = 1_793_581_200_000;

/// The clock moves ten minutes a look.
const STEP: u64 = 600_000;

/// A township in the making.
pub struct Base {
    desk: Desk<Memory>,
}

impl Base {
    pub fn new(township: &str, author: &str, seed: u128) -> Result<Base, String> {
        let world = SeededWorld::new(WRITTEN, STEP, seed);
        let desk = now(Desk::create(Memory::default(), world, township.into(), author));
        Ok(Base { desk: desk.map_err(|error| error.to_string())? })
    }

    /// Writes records as one user action.
    pub fn put<K: Record>(&self, what: &str, records: &[K]) -> Result<(), String> {
        let mut draft = Draft::new(what);
        for record in records {
            draft.put(record);
        }
        now(self.desk.commit(&draft)).map(drop).map_err(|error| error.to_string())
    }

    /// Links the posts' own words to the duty list, as the importer does.
    pub fn link_duties(&self, what: &str) -> Result<(), String> {
        let draft = self.desk.read(|fold| link_duties(fold.township(), None).to_draft(what));
        now(self.desk.commit(&draft)).map(drop).map_err(|error| error.to_string())
    }

    pub fn bundle(&self, name: &str) -> Result<String, String> {
        let rows = now(self.desk.rows()).map_err(|error| error.to_string())?;
        Ok(export(&self.desk.meta(), name, &rows, &Since::Start, WRITTEN + 86_400_000))
    }
}

/// An id of this program's own making.
pub fn id(text: &str) -> RecordId {
    RecordId::parse(text).unwrap_or_else(|| panic!("{text} is no id"))
}

/// A reference; none where the text is empty.
pub fn to<K: Record>(text: &str) -> Option<Ref<K>> {
    (!text.is_empty()).then(|| Ref::new(id(text)))
}

pub fn date(text: &str) -> Option<Date> {
    gangtu::model::value::parse_date(text)
}
