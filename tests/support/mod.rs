//! What the core's tests share: a computer whose clock and dice are known, and a way to wait.

// Each test file is a crate of its own and takes what it needs from here.
#![allow(dead_code)]

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gangtu::journal::memory::Memory;
use gangtu::journal::{Desk, World};
use gangtu::model::{KindIx, RecordId, schema};

/// A clock that moves a second a look, and dice that count.
pub struct TestWorld {
    pub now: Cell<u64>,
    dice: Cell<u128>,
}

impl World for TestWorld {
    fn now_ms(&self) -> u64 {
        self.now.set(self.now.get() + 1_000);
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

pub fn world(seed: u128) -> Rc<TestWorld> {
    Rc::new(TestWorld { now: Cell::new(1_700_000_000_000), dice: Cell::new(seed * 2 + 1) })
}

/// Runs a future that never really waits.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("memory storage never waits"),
    }
}

pub fn desk(seed: u128) -> Desk<Memory> {
    now(Desk::create(Memory::default(), world(seed), "yunxi".into(), "王小满")).expect("desk")
}

pub fn id(text: &str) -> RecordId {
    RecordId::parse(text).expect("id")
}

/// Kind and field positions by name.
pub fn at(kind: &str, field: &str) -> (KindIx, usize) {
    let kind = schema().kind(kind).expect("kind");
    (kind, schema().kinds[kind].field(field).expect("field"))
}
