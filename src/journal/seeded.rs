//! A computer whose clock and dice are known, and a way to wait for a base in memory: what samples
//! and tests are made with, so that the same seed makes the same ids and times. Not for the page.

use std::cell::Cell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use super::storage::World;

pub struct SeededWorld {
    now: Cell<u64>,
    /// Milliseconds the clock moves at each look.
    step: u64,
    dice: Cell<u128>,
}

impl SeededWorld {
    /// `start` in milliseconds since 1970.
    pub fn new(start: u64, step: u64, seed: u128) -> Rc<SeededWorld> {
        Rc::new(SeededWorld { now: Cell::new(start), step, dice: Cell::new(seed) })
    }
}

impl World for SeededWorld {
    fn now_ms(&self) -> u64 {
        self.now.set(self.now.get() + self.step);
        self.now.get()
    }

    fn random(&self) -> u128 {
        self.dice.set(self.dice.get().wrapping_mul(0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645) + 7);
        self.dice.get()
    }

    fn nfc(&self, text: &str) -> String {
        crate::encoding::nfc(text)
    }
}

/// The result of a future that never really waits, as those over memory do.
pub fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a base in memory never waits"),
    }
}
