//! `cargo xtask test`: every check of the project, each run to its end even when an earlier one
//! failed, and one line with the sum at the end. Knows the runners, not what they check.

pub mod needs;
mod tally;

use crate::flags::Flags;
use crate::{command, fingerprint, pack, place, tools};
use std::path::Path;
use std::process::Command;
use std::time::Instant;
use tally::{Counts, Tally};

/// Kernels on which the whole end-to-end suite runs.
const KERNELS: &str = "current,109,88";
/// Kernels on which the smoke test must hold too.
const OLD_KERNELS: &str = "83,90,92,firefox";

type Step = (&'static str, fn(&Flags) -> Result<Counts, String>);

const HOST: &[Step] =
    &[("format", format), ("clippy on the host", clippy_host), ("host tests", host_tests)];
const WASM: &[Step] = &[("clippy for wasm", clippy_wasm), ("wasm tests in Chromium", wasm_tests)];
const E2E: &[Step] = &[("pack", pack_page), ("end-to-end tests", end_to_end)];
const OLD: &[Step] = &[("pack", pack_page), ("smoke test on old kernels and Firefox", old_kernels)];

pub fn test(flags: &Flags) -> Result<(), String> {
    let steps: Vec<Step> = match flags.value("--only") {
        Some("host") => HOST.to_vec(),
        Some("wasm") => WASM.to_vec(),
        Some("e2e") => E2E.to_vec(),
        Some("old") => OLD.to_vec(),
        Some(other) => {
            return Err(format!("--only knows host, wasm, e2e and old, not `{other}`."));
        }
        None => [HOST, WASM, E2E, &OLD[1..]].concat(),
    };
    let started = Instant::now();
    let mut tally = Tally::default();
    for (name, run) in steps {
        let step = Instant::now();
        println!("\n── {name}");
        let done = run(flags);
        // Without a page of these sources the browsers would test whatever page lies there.
        let nothing_to_test = name == "pack" && done.is_err();
        tally.add(name, done);
        println!("── {name}: {} s", step.elapsed().as_secs());
        if nothing_to_test {
            break;
        }
    }
    println!("\nall checks took {} s", started.elapsed().as_secs());
    tally.finish()
}

fn cargo(words: &[&str]) -> Command {
    let mut cargo = command::new("cargo");
    cargo.args(words);
    cargo
}

/// A check that has no count of its own: it holds or it does not.
fn check(what: &str, mut command: Command) -> Result<Counts, String> {
    let done = command::shown(what, &mut command)?;
    if done.ok { Ok(Counts::default()) } else { Err(command::explain(what, &done.text)) }
}

fn format(_: &Flags) -> Result<Counts, String> {
    check("cargo fmt", cargo(&["fmt", "--all", "--", "--check"]))
}

fn clippy_host(_: &Flags) -> Result<Counts, String> {
    let words = ["clippy", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"];
    check("clippy", cargo(&words))
}

fn clippy_wasm(_: &Flags) -> Result<Counts, String> {
    tools::ready()?;
    let words = ["clippy", "--locked", WASM_TARGET, "--lib", "--bins", "--test", "web", "--"];
    check("clippy", cargo(&[&words[..], &["-D", "warnings"]].concat()))
}

const WASM_TARGET: &str = "--target=wasm32-unknown-unknown";

/// All of them, the tidy test included.
fn host_tests(_: &Flags) -> Result<Counts, String> {
    cargo_tests(cargo(&["test", "--locked", "--workspace", "--no-fail-fast"]))
}

/// `tests/web.rs` and what hangs on it, in a headless Chromium through its driver.
fn wasm_tests(_: &Flags) -> Result<Counts, String> {
    tools::ready()?;
    let browser = needs::chromium()?;
    let mut tests = cargo(&["test", "--locked", WASM_TARGET, "--test", "web", "--no-fail-fast"]);
    tests
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("CHROMEDRIVER", browser.driver)
        // Few and light: compiling them is what takes long.
        .env("CARGO_PROFILE_TEST_OPT_LEVEL", "0")
        .env("CARGO_PROFILE_TEST_DEBUG", "0")
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    cargo_tests(tests)
}

fn cargo_tests(mut tests: Command) -> Result<Counts, String> {
    let done = command::shown("cargo test", &mut tests)?;
    let counts = tally::from_cargo(&done.text);
    // Without a failed test it did not get as far as testing.
    if done.ok || counts.failed > 0 {
        Ok(counts)
    } else {
        Err(command::explain("cargo test", &done.text))
    }
}

fn pack_page(flags: &Flags) -> Result<Counts, String> {
    pack::pack(flags).map(|_| Counts::default())
}

fn end_to_end(_: &Flags) -> Result<Counts, String> {
    needs::chromium()?;
    needs::chinese_fonts()?;
    let files = test_files(&place::root().join("tests/e2e"), "")?;
    node_tests("e2e", KERNELS, &files, &[])
}

/// The one test that kills browsers, as often as asked.
pub fn torture_test(kills: u64, seed: u64) -> Result<Counts, String> {
    needs::chromium()?;
    needs::chinese_fonts()?;
    let asked = [("GANGTU_KILLS", kills.to_string()), ("GANGTU_SEED", seed.to_string())];
    node_tests("torture", "current", &["torture.test.mjs".to_string()], &asked)
}

/// The one test that uses the machine in the hall, as long as asked.
pub fn kiosk_test(visits: u64) -> Result<Counts, String> {
    needs::chromium()?;
    needs::chinese_fonts()?;
    let asked = [("GANGTU_VISITS", visits.to_string())];
    node_tests("kiosk", "current", &["hall_day.test.mjs".to_string()], &asked)
}

fn old_kernels(_: &Flags) -> Result<Counts, String> {
    needs::chinese_fonts()?;
    needs::firefox()?;
    let files = test_files(&place::root().join("tests/e2e"), "smoke")?;
    node_tests("old", OLD_KERNELS, &files, &[])
}

fn test_files(folder: &Path, prefix: &str) -> Result<Vec<String>, String> {
    let entries =
        std::fs::read_dir(folder).map_err(|e| fingerprint::trouble("reading", folder, &e))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.file_name().to_string_lossy().into_owned()))
        .filter(|name| name.starts_with(prefix) && name.ends_with(".test.mjs"))
        .collect();
    names.sort();
    Ok(names)
}

fn node_tests(
    name: &str,
    kernels: &str,
    files: &[String],
    asked: &[(&str, String)],
) -> Result<Counts, String> {
    needs::node_modules(
        "tests/e2e",
        "what the end-to-end tests need (about 300 MB with the old kernels)",
    )?;
    // Ahead of the tests, so that no test's patience is spent on unpacking.
    let folder = place::root().join("tests/e2e");
    let mut unpack = command::new("node");
    unpack.arg("kernels.mjs").current_dir(&folder).env("GANGTU_KERNELS", kernels);
    command::quiet_ok("unpacking the old kernels", unpack.env("GANGTU_TARGET", place::target()))?;

    let protocol = place::target().join(format!("{name}.tap"));
    let mut node = command::new("node");
    node.args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"])
        .args(["--test-reporter=tap", "--test-reporter-destination"])
        .arg(&protocol)
        .args(files)
        .current_dir(&folder)
        .env("GANGTU_KERNELS", kernels)
        .env("GANGTU_TARGET", place::target())
        .env("GANGTU_FILE", place::packed())
        .envs(asked.iter().map(|(name, value)| (*name, value)));
    let done = command::shown("the end-to-end tests", &mut node)?;
    let counts = tally::from_tap(&std::fs::read_to_string(protocol).unwrap_or_default());
    if counts.passed + counts.failed == 0 || (!done.ok && counts.failed == 0) {
        return Err(command::explain("the end-to-end tests", &done.text));
    }
    Ok(counts)
}
