//! `cargo xtask torture`: a real Chromium is killed while it writes, imports and compacts, as often as
//! asked (`tests/e2e/torture.mjs` kills and compares). Knows nothing of what it does.

use crate::flags::Flags;
use crate::test::torture_test;
use crate::{pack, place};

const KILLS: u64 = 300;

/// `[--kills N] [--seed S]`: the seed chooses what the page is killed in, and when.
pub fn torture(flags: &Flags) -> Result<(), String> {
    let kills = flags.number("--kills")?.unwrap_or(KILLS);
    let seed = flags.number("--seed")?.unwrap_or(1);
    pack::pack(flags)?;
    println!("{kills} kills of {} with seed {seed}", place::packed().display());
    let counts = torture_test(kills, seed)?;
    if counts.failed == 0 { Ok(()) } else { Err(format!("a kill of seed {seed} did harm.")) }
}
