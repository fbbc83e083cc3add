//! A base to fill: the same desk the page uses, over memory, with a clock and dice that are fixed.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gangtu::bundle::{Since, export};
use gangtu::exchange::link::link_duties;
use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, Draft, World};
use gangtu::model::{Date, Record, RecordId, Ref};

/// 2026-11-02 09:00 in China: the day the samples say they were written.
const WRITTEN: u64 = 1_793_581_200_000;

/// A clock that moves ten minutes a look, and dice that fall as seeded.
struct FixedWorld {
    now: Cell<u64>,
    dice: Cell<u128>,
}

impl World for FixedWorld {
    fn now_ms(&self) -> u64 {
        self.now.set(self.now.get() + 600_000);
        self.now.get()
    }

    fn random(&self) -> u128 {
        self.dice.set(self.dice.get().wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645) + 7);
        self.dice.get()
    }

    fn nfc(&self, text: &str) -> String {
        gangtu::encoding::nfc(text)
    }
}

/// A township in the making.
pub struct Base {
    desk: Desk<Memory>,
}

impl Base {
    pub fn new(township: &str, author: &str, seed: u128) -> Result<Base, String> {
        let world = Rc::new(FixedWorld { now: Cell::new(WRITTEN), dice: Cell::new(seed) });
        let desk = wait(Desk::create(Memory::default(), world, township.into(), author));
        Ok(Base { desk: desk.map_err(|error| error.to_string())? })
    }

    /// Writes records as one user action.
    pub fn put<K: Record>(&self, what: &str, records: &[K]) -> Result<(), String> {
        let mut draft = Draft::new(what);
        for record in records {
            draft.put(record);
        }
        wait(self.desk.commit(&draft)).map(drop).map_err(|error| error.to_string())
    }

    /// Links the posts' own words to the duty list, as the importer does.
    pub fn link_duties(&self, what: &str) -> Result<(), String> {
        let draft = self.desk.read(|fold| link_duties(fold.township(), None).to_draft(what));
        wait(self.desk.commit(&draft)).map(drop).map_err(|error| error.to_string())
    }

    pub fn bundle(&self, name: &str) -> Result<String, String> {
        let rows = wait(self.desk.rows()).map_err(|error| error.to_string())?;
        Ok(export(&self.desk.meta(), name, &rows, &Since::Start, WRITTEN + 86_400_000))
    }
}

/// Runs a future that never really waits, as those over memory do.
fn wait<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
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
