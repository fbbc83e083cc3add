//! What only the tests and the benchmark need: browsers, fonts and node from the distribution, the rest from npm.
//! Installs what is missing and leaves what is there alone.

use crate::{command, fingerprint, place};
use std::path::PathBuf;

pub struct Chromium {
    pub driver: PathBuf,
}

pub fn chromium() -> Result<Chromium, String> {
    const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome"];
    if find(BROWSERS).is_none() || find(&["chromedriver"]).is_none() {
        apt(&["chromium", "chromium-driver"])?;
    }
    find(BROWSERS).ok_or("Chromium is not on the PATH after installing it.")?;
    let driver = find(&["chromedriver"]).ok_or("chromedriver is not on the PATH.")?;
    Ok(Chromium { driver })
}

pub fn firefox() -> Result<(), String> {
    if find(&["firefox-esr", "firefox"]).is_some() { Ok(()) } else { apt(&["firefox-esr"]) }
}

/// Screenshots and text widths mean nothing without a Chinese face.
pub fn chinese_fonts() -> Result<(), String> {
    let mut list = command::new("fc-list");
    let there = command::quiet("asking for fonts", list.arg(":lang=zh-cn"));
    if there.is_ok_and(|done| done.ok && !done.text.trim().is_empty()) {
        return Ok(());
    }
    apt(&["fontconfig", "fonts-noto-cjk"])
}

/// `npm ci` in a folder of the repository, skipped while its lock file is the one already installed.
pub fn node_modules(folder: &str, what: &str) -> Result<(), String> {
    node()?;
    let folder = place::root().join(folder);
    let note = fingerprint::of(&folder, &["package-lock.json", ".npmrc"], &[])?;
    let kept = folder.join("node_modules");
    if fingerprint::unchanged(&kept, "lock", &note) {
        return Ok(());
    }
    println!("installing {what} from npm (once)");
    let mut npm = command::new("npm");
    npm.args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder);
    command::quiet_ok("npm ci", &mut npm)?;
    fingerprint::keep(&kept, "lock", &note)
}

/// The oldest node whose test runner has reporters; Debian 12 carries it.
const NODE: u32 = 18;

fn node() -> Result<(), String> {
    if find(&["node"]).is_none() || find(&["npm"]).is_none() {
        apt(&["nodejs", "npm"])?;
    }
    let version = command::version("node").unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    match major {
        Some(major) if NODE <= major => Ok(()),
        _ => Err(format!("node {NODE} or newer is needed, this is `{version}`.")),
    }
}

fn find(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|file| file.is_file())
}

fn apt(packages: &[&str]) -> Result<(), String> {
    let list = packages.join(" ");
    let by_hand = |why: &str| format!("{list}: {why}; install by hand what these packages hold.");
    if find(&["apt-get"]).is_none() {
        return Err(by_hand("missing, and there is no apt-get here"));
    }
    let sudo = !is_root();
    if sudo && find(&["sudo"]).is_none() {
        return Err(by_hand("missing, and this user may not install them (not root, no sudo)"));
    }
    println!("installing {list} with apt-get (once)");
    // The package lists may be missing or old on a fresh machine; without a network the
    // installation below says so.
    command::quiet("apt-get update", &mut apt_get(sudo, &["update"]))?;
    let words = [&["install", "-y", "--no-install-recommends"], packages].concat();
    command::quiet_ok(&format!("installing {list}"), &mut apt_get(sudo, &words)).map(drop)
}

fn apt_get(sudo: bool, words: &[&str]) -> std::process::Command {
    let mut command = command::new(if sudo { "sudo" } else { "apt-get" });
    if sudo {
        // `-n`: a password cannot be asked for here, so fail with sudo's own sentence.
        command.args(["-n", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    }
    command.args(words).env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    let id = command::quiet("asking who runs this", command::new("id").arg("-u"));
    id.is_ok_and(|done| done.text.trim() == "0")
}
