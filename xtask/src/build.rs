//! Sources → wasm and glue, by Trunk. Skipped where no input's bytes have changed since the last
//! time. What becomes of the two files is `pack`'s business.

mod slim;
mod vault;

use crate::{command, fingerprint, place, tools};
pub use slim::Make;
use std::path::PathBuf;
use std::time::Instant;
use vault::Vault;

/// Everything the compiler and Trunk read. Styles and samples are the packer's, not theirs.
const INPUTS: &[&str] =
    &["src", "Cargo.toml", "Cargo.lock", ".cargo/config.toml", "Trunk.toml", "index.html"];

const TARGET: &str = "wasm32-unknown-unknown";

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Profile {
    /// Smallest: what people get.
    Release,
    /// Quick to make, for the inner loop: no link-time optimisation, function names kept.
    Dev,
}

impl Profile {
    pub fn name(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Dev => "quick",
        }
    }
}

pub struct Built {
    pub wasm: PathBuf,
    pub glue: PathBuf,
    pub make: Make,
    pub vault: Vault,
}

pub fn build(profile: Profile) -> Result<Built, String> {
    let name = profile.name();
    let out = place::trunk(name);
    let make = match profile {
        Profile::Release => Make::choose(),
        Profile::Dev => Make::Ordinary,
    };
    let vault = vault::build(profile, make)?;
    let (wasm, glue) = (out.join("gangtu_bg.wasm"), out.join("gangtu.js"));
    let built = Built { wasm, glue, make, vault };
    let compiler = command::version("rustc").unwrap_or_default();
    let note = fingerprint::of(&place::root(), INPUTS, &[name, &compiler, make.flags()])?;
    let there = built.wasm.is_file() && built.glue.is_file();
    if there && fingerprint::unchanged(&place::target(), &format!("build-{name}"), &note) {
        println!("build: nothing changed");
        return Ok(built);
    }
    tools::ready()?;
    let started = Instant::now();
    fetch(make)?;
    println!("build: compiling the page ({name})");
    trunk(profile, make, &out)?;
    fingerprint::keep(&place::target(), &format!("build-{name}"), &note)?;
    println!("build: done in {} s", started.elapsed().as_secs());
    Ok(built)
}

/// Trunk builds offline, so the crates are brought in before: those of all targets, and what Rust's own
/// library takes for this one, which cargo fetches only where the target is named.
fn fetch(make: Make) -> Result<(), String> {
    for target in [&[][..], &["--target", TARGET]] {
        let mut cargo = command::new("cargo");
        cargo.args(["fetch", "--locked"]).args(target);
        make.tell(&mut cargo);
        command::quiet_ok("fetching the crates", &mut cargo)?;
    }
    Ok(())
}

fn trunk(profile: Profile, make: Make, out: &std::path::Path) -> Result<(), String> {
    let mut trunk = command::new("trunk");
    trunk.args(["build", "--offline", "--locked", "--skip-version-check", "--color", "never"]);
    trunk.args(["--cargo-profile", profile.name(), "--dist"]).arg(out);
    let flags = [remap_paths(), make.flags().to_string()].join(" ");
    trunk.env(RUSTFLAGS, flags.trim()).env_remove("NO_COLOR");
    make.tell(&mut trunk);
    let done = command::shown("building the page", &mut trunk)?;
    if done.ok { Ok(()) } else { Err(command::explain("building the page", &done.text)) }
}

/// Cargo adds these to the flags in `.cargo/config.toml`.
const RUSTFLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Panic messages carry source paths; the builder's own folders have no business in the file.
fn remap_paths() -> String {
    let crates = place::cargo_home().join("registry").join("src");
    format!(
        "--remap-path-prefix={}=crates --remap-path-prefix={}=gangtu",
        crates.display(),
        place::root().display()
    )
}
