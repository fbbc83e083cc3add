//! The build's own tools: the wasm target, Trunk, the wasm-bindgen command. Each is installed once,
//! at a fixed version, into a folder of its own; a right version already on the PATH is used as is.
//! Tools that only the tests need are in `test/needs.rs`.

use crate::{command, place};
use std::env;
use std::path::PathBuf;
use std::time::Instant;

const TRUNK: &str = "0.21.14";

/// Makes the tools ready and puts their folders in front of the PATH of every later child.
pub fn ready() -> Result<(), String> {
    let bindgen = bindgen_version()?;
    command::put_on_path(place::cargo_home().join("bin"));
    command::put_on_path(place::tool("trunk", TRUNK).join("bin"));
    command::put_on_path(place::tool("wasm-bindgen-cli", &bindgen).join("bin"));
    let missing = [
        // Without TLS of its own: Trunk is never asked to download anything.
        ("trunk", "trunk", TRUNK, &["--locked", "--no-default-features"][..]),
        // Its own lock file names a withdrawn version, so it is resolved anew.
        ("wasm-bindgen-cli", "wasm-bindgen", bindgen.as_str(), &[][..]),
    ]
    .into_iter()
    .filter(|(_, program, version, _)| !has_version(program, version))
    .collect::<Vec<_>>();
    wasm_target()?;
    for (package, _, version, options) in &missing {
        install(package, version, options)?;
    }
    if !missing.is_empty() {
        drop(std::fs::remove_dir_all(scratch()));
    }
    Ok(())
}

fn has_version(program: &str, version: &str) -> bool {
    command::version(program).is_some_and(|line| line.split(' ').any(|word| word == version))
}

fn wasm_target() -> Result<(), String> {
    let mut list = command::new("rustc");
    list.args(["--print", "target-libdir", "--target", "wasm32-unknown-unknown"]);
    let libraries = command::quiet_ok("asking rustc for its targets", &mut list)?;
    if PathBuf::from(libraries.trim()).is_dir() {
        return Ok(());
    }
    println!("installing the wasm target of this Rust (once, about 10 s)");
    let mut add = command::new("rustup");
    add.args(["target", "add", "wasm32-unknown-unknown"]);
    command::quiet_ok("installing the wasm target", &mut add).map(drop)
}

/// Built in a hurry: these run for seconds, so the time to compile them is what counts. Both share
/// one scratch folder and with it the crates they have in common.
fn install(package: &str, version: &str, options: &[&str]) -> Result<(), String> {
    println!("installing {package} {version} (once, two to four minutes)");
    let started = Instant::now();
    let mut cargo = command::new("cargo");
    cargo
        .args(["install", package, "--version", version, "--root"])
        .arg(place::tool(package, version))
        .arg("--target-dir")
        .arg(scratch())
        .args(options)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        // The project's own settings, such as its rustflags, are not meant for the tools.
        .current_dir(env::temp_dir());
    command::quiet_ok(&format!("installing {package}"), &mut cargo)?;
    println!("  {package} {version} is in after {} s", started.elapsed().as_secs());
    Ok(())
}

fn scratch() -> PathBuf {
    place::target().join("tools-build")
}

/// The command's version must be the library's, or the two do not understand each other.
fn bindgen_version() -> Result<String, String> {
    let lock = std::fs::read_to_string(place::root().join("Cargo.lock"))
        .map_err(|e| format!("reading Cargo.lock: {e}."))?;
    locked_version(&lock, "wasm-bindgen")
        .ok_or_else(|| "Cargo.lock names no version of wasm-bindgen.".to_string())
}

fn locked_version(lock: &str, package: &str) -> Option<String> {
    let mut lines = lock.lines();
    let name = format!("name = \"{package}\"");
    lines.find(|line| *line == name)?;
    let version = lines.next()?.strip_prefix("version = \"")?;
    Some(version.trim_end_matches('"').to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locked_version_is_that_of_the_very_package() {
        let lock = "name = \"wasm-bindgen-shared\"\nversion = \"9\"\n\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
