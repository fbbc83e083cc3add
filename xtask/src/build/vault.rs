//! The vault: a second, small wasm beside the page's, and the script of the worker it runs in. Built
//! by cargo and the wasm-bindgen command; Trunk knows nothing of it.

use super::{Make, Profile, RUSTFLAGS, TARGET, fetch, remap_paths};
use crate::fingerprint::{read, trouble};
use crate::{command, fingerprint, place, tools};
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

const INPUTS: &[&str] =
    &["src/seal", "src/web/worker", "Cargo.toml", "Cargo.lock", ".cargo/config.toml"];

/// The worker's own part of its script, behind the generated glue.
const WORKER: &str = "src/web/worker/worker.js";

pub struct Vault {
    pub wasm: PathBuf,
    pub script: PathBuf,
}

pub fn build(profile: Profile, make: Make) -> Result<Vault, String> {
    let name = profile.name();
    let out = place::target().join("vault").join(name);
    let built = Vault { wasm: out.join("vault_bg.wasm"), script: out.join("worker.js") };
    let compiler = command::version("rustc").unwrap_or_default();
    let note = fingerprint::of(&place::root(), INPUTS, &[name, &compiler, make.flags()])?;
    let there = built.wasm.is_file() && built.script.is_file();
    if there && fingerprint::unchanged(&place::target(), &format!("vault-{name}"), &note) {
        return Ok(built);
    }
    tools::ready()?;
    fetch(make)?;
    let started = Instant::now();
    println!("build: compiling the vault ({name})");
    cargo(name, make)?;
    bind(name, &out)?;
    join(&out, &built)?;
    fingerprint::keep(&place::target(), &format!("vault-{name}"), &note)?;
    println!("build: the vault is done in {} s", started.elapsed().as_secs());
    Ok(built)
}

fn cargo(profile: &str, make: Make) -> Result<(), String> {
    let mut cargo = command::new("cargo");
    cargo.args(["build", "--offline", "--locked", "--package", "gangtu-vault"]);
    cargo.args(["--target", TARGET, "--profile", profile]);
    cargo.env(RUSTFLAGS, [remap_paths(), make.flags().to_string()].join(" ").trim());
    make.tell(&mut cargo);
    let done = command::shown("building the vault", &mut cargo)?;
    if done.ok { Ok(()) } else { Err(command::explain("building the vault", &done.text)) }
}

fn bind(profile: &str, out: &std::path::Path) -> Result<(), String> {
    let wasm = place::target().join(TARGET).join(profile).join("gangtu_vault.wasm");
    let mut bindgen = command::new("wasm-bindgen");
    bindgen.args(["--target", "no-modules", "--no-typescript", "--out-name", "vault"]);
    bindgen.arg("--out-dir").arg(out).arg(wasm);
    command::quiet_ok("binding the vault", &mut bindgen).map(drop)
}

fn join(out: &std::path::Path, built: &Vault) -> Result<(), String> {
    let mut script = read(&out.join("vault.js"))?;
    script.extend(read(&place::root().join(WORKER))?);
    fs::write(&built.script, script).map_err(|e| trouble("writing", &built.script, &e))
}
