//! `cargo xtask torture`: a real Chromium is killed while it writes, imports and compacts, as often as
//! asked (`tests/e2e/torture.mjs` kills and compares). `torture kiosk`: the machine in the hall is used for a day
//! (`tests/e2e/hall_day.mjs`). Knows nothing of what they do.

use crate::flags::Flags;
use crate::test::{kiosk_test, torture_test};
use crate::{pack, place};

const KILLS: u64 = 300;

/// Twelve hours, a visit a minute.
const VISITS: u64 = 720;

/// `[--visits N]` to the machine in the hall, one after the other.
pub fn kiosk(flags: &Flags) -> Result<(), String> {
    let visits = flags.number("--visits")?.unwrap_or(VISITS);
    pack::pack(flags)?;
    println!("{visits} visits to {}", place::packed().display());
    let counts = kiosk_test(visits)?;
    if counts.failed == 0 { Ok(()) } else { Err("the machine holds more than it may.".to_string()) }
}

/// `[--kills N] [--seed S]`: the seed chooses what the page is killed in, and when.
pub fn torture(flags: &Flags) -> Result<(), String> {
    let kills = flags.number("--kills")?.unwrap_or(KILLS);
    let seed = flags.number("--seed")?.unwrap_or(1);
    pack::pack(flags)?;
    println!("{kills} kills of {} with seed {seed}", place::packed().display());
    let counts = torture_test(kills, seed)?;
    if counts.failed == 0 { Ok(()) } else { Err(format!("a kill of seed {seed} did harm.")) }
}
