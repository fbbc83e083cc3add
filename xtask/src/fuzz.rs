//! `cargo xtask fuzz`: odd files by the million, thrown at what reads them (`fuzz/targets/`), with
//! cargo-fuzz and a nightly compiler. Installs neither: nothing else of the project needs them.

use crate::flags::Flags;
use crate::{command, place};

/// In `fuzz/targets/`, one after the other.
const TARGETS: &[&str] = &["bundle", "lines", "csv", "sealed"];
const MINUTES: u64 = 30;

/// `[target …] [--minutes N]`: all of them unless named, each for so long.
pub fn fuzz(words: &[String]) -> Result<(), String> {
    let named = words.iter().take_while(|word| !word.starts_with("--")).count();
    let (targets, rest) = words.split_at(named);
    let flags = Flags::parse(rest.to_vec(), &[], &["--minutes"])?;
    let minutes = flags.number("--minutes")?.unwrap_or(MINUTES);
    if let Some(odd) = targets.iter().find(|name| !TARGETS.contains(&name.as_str())) {
        return Err(format!("there is no fuzzer `{odd}`; there are {}.", TARGETS.join(", ")));
    }
    ready()?;
    for target in TARGETS {
        if targets.is_empty() || targets.iter().any(|name| name == target) {
            run(target, minutes)?;
        }
    }
    Ok(())
}

fn ready() -> Result<(), String> {
    let mut version = command::new("rustup");
    version.args(["run", "nightly", "cargo", "fuzz", "--version"]);
    let there = command::quiet("asking for cargo-fuzz", &mut version);
    if there.is_ok_and(|done| done.ok) {
        return Ok(());
    }
    let how = "rustup toolchain install nightly, then cargo install cargo-fuzz";
    Err(format!("the fuzzers need a nightly compiler and cargo-fuzz: {how}."))
}

/// What is found stays in `fuzz/corpus/`; what breaks something lies in `fuzz/artifacts/`.
fn run(target: &str, minutes: u64) -> Result<(), String> {
    println!("\n── {target}, {minutes} minutes");
    let mut cargo = command::new("rustup");
    cargo.args(["run", "nightly", "cargo", "fuzz", "run", target, "--"]);
    let seconds = format!("-max_total_time={}", minutes * 60);
    cargo
        .args([&seconds, "-timeout=120", "-max_len=8192", "-print_final_stats=1"])
        .current_dir(place::root().join("fuzz"))
        .env_remove("RUSTUP_TOOLCHAIN")
        .env_remove("CARGO_TARGET_DIR");
    let done = command::shown("the fuzzer", &mut cargo)?;
    if done.ok { Ok(()) } else { Err(command::explain("the fuzzer", &done.text)) }
}
