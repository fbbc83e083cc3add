//! Work in slices that 取消, a later piece of work or leaving the page puts an end to.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::exchange::Progress;
use crate::web::frame::{self, SLICE_MS};

/// Why a piece of work came to no end.
#[derive(Clone, Debug, PartialEq)]
pub enum Halt {
    /// Somebody stopped it; there is nothing to tell.
    Stopped,
    /// A sentence.
    Refused(String),
}

/// Hands out turns; only the last one given stands.
#[derive(Clone, Default)]
pub struct Turns(Arc<AtomicU32>);

impl Turns {
    /// Begins a new piece of work and ends the one before.
    pub fn next(&self) -> Turn {
        let mine = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        Turn { latest: self.0.clone(), mine }
    }

    /// Ends whatever is under way.
    pub fn stop(&self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// One piece of work.
#[derive(Clone)]
pub struct Turn {
    latest: Arc<AtomicU32>,
    mine: u32,
}

impl Turn {
    pub fn stands(&self) -> bool {
        self.latest.load(Ordering::Relaxed) == self.mine
    }

    /// To be asked after every wait: the page may have been left meanwhile.
    pub fn check(&self) -> Result<(), Halt> {
        if self.stands() { Ok(()) } else { Err(Halt::Stopped) }
    }

    /// Lets the browser paint and hear what is pressed.
    pub async fn pause(&self, ms: i32) -> Result<(), Halt> {
        frame::sleep(ms).await;
        self.check()
    }

    /// Steps until the work is over, with a pause after every slice.
    pub async fn slices(
        &self,
        step: &mut dyn FnMut() -> Result<Progress, Halt>,
        show: &dyn Fn(Progress),
    ) -> Result<(), Halt> {
        loop {
            let began = frame::now();
            let mut at = step()?;
            while !at.finished() && frame::now() - began < SLICE_MS {
                at = step()?;
            }
            if at.finished() {
                return Ok(());
            }
            show(at);
            self.pause(0).await?;
        }
    }
}
