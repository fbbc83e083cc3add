//! `cargo xtask bench`: packs, installs what the benchmark needs, and hands over to `benches/run.mjs`.
//! Measures nothing itself and knows no part by name.

use crate::flags::Flags;
use crate::test::needs;
use crate::{command, pack, place};
use std::path::PathBuf;

/// `[part …] [--runs N] [--file PATH]`: all parts and seven rounds unless told; `--file` is measured
/// as it is, nothing is built.
pub fn bench(words: &[String]) -> Result<(), String> {
    let named = words.iter().take_while(|word| !word.starts_with("--")).count();
    let (parts, rest) = words.split_at(named);
    let flags = Flags::parse(rest.to_vec(), &[], &["--runs", "--file"])?;
    let runs = match flags.value("--runs").map(str::parse::<u32>) {
        None => 7,
        Some(Ok(runs)) if 0 < runs => runs,
        Some(_) => return Err("--runs needs a number from 1 on after it.".to_string()),
    };
    let file = measured(&flags)?;
    needs::chromium()?;
    needs::chinese_fonts()?;
    needs::node_modules("benches/peers", "what the benchmark compares with (about 440 MB)")?;
    let mut node = command::new("node");
    node.arg("benches/run.mjs")
        .args(parts)
        .args(["--runs", &runs.to_string()])
        .env("GANGTU_TARGET", place::target())
        .env("GANGTU_FILE", file);
    let done = command::shown("the benchmark", &mut node)?;
    if done.ok { Ok(()) } else { Err(command::explain("the benchmark", &done.text)) }
}

/// The release file, built if need be, or the one that was named.
pub fn measured(flags: &Flags) -> Result<PathBuf, String> {
    let Some(named) = flags.value("--file") else { return pack::pack(&Flags::none()) };
    let file = std::path::absolute(named).map_err(|e| format!("--file {named}: {e}."))?;
    if file.is_file() { Ok(file) } else { Err(format!("--file: there is no file {named}.")) }
}
