//! `cargo xtask soak`: random histories of copies, as many as asked (`tests/soak.rs` plays them).
//! Knows nothing of what a history is.

use crate::command;
use crate::flags::Flags;

const HISTORIES: u64 = 100_000;

/// `[--histories N] [--seed S]`: the first history is the seed's, the next the next number's.
pub fn soak(flags: &Flags) -> Result<(), String> {
    let histories = flags.number("--histories")?.unwrap_or(HISTORIES);
    let seed = flags.number("--seed")?.unwrap_or(0);
    println!("{histories} histories from seed {seed} on");
    let mut cargo = command::new("cargo");
    cargo
        .args(["test", "--locked", "--profile", "soak", "--test", "soak", "j2_copies"])
        .args(["--", "--nocapture"])
        .env("GANGTU_HISTORIES", histories.to_string())
        .env("GANGTU_SEED", seed.to_string());
    let done = command::shown("the histories", &mut cargo)?;
    if done.ok { Ok(()) } else { Err(command::explain("the histories", &done.text)) }
}
