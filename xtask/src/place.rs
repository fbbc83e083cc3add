//! Where things lie: the repository, cargo's target folder, the tools' folder. Creates nothing.

use std::path::{Path, PathBuf};

/// The repository's root; xtask is always compiled inside it.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

pub fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(dir) => root().join(dir),
        None => root().join("target"),
    }
}

/// What Trunk leaves: the wasm and its glue, one folder per build profile.
pub fn trunk(profile: &str) -> PathBuf {
    target().join("trunk").join(profile)
}

pub fn dist() -> PathBuf {
    root().join("dist")
}

pub fn packed() -> PathBuf {
    dist().join("gangtu.html")
}

/// Tools at a version of our own live beside cargo's, so no other project's copy is replaced.
pub fn tool(name: &str, version: &str) -> PathBuf {
    cargo_home().join("xtask-tools").join(format!("{name}-{version}"))
}

pub fn cargo_home() -> PathBuf {
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap_or_default()).join(".cargo");
    std::env::var_os("CARGO_HOME").map_or_else(home, PathBuf::from)
}
