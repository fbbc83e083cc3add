//! `cargo xtask sample`: builds the two sample townships as bundles, the same bytes every run, and the page residents
//! of one of them would be given.
//!
//! Figures and words lie under `samples/source/`; here is only how they become records. No clock, no
//! entropy, no network.

mod base;
mod dice;
mod duties;
mod hall;
mod land;
mod matters;
mod names;
mod people;
mod proxy;
mod public;
mod real;
mod source;
mod structure;
mod work;
mod yunxi;

use std::path::Path;

use crate::flags::Flags;
use crate::pack;

/// Builds both bundles and writes them under `samples/`; then packs the page and publishes the invented township.
pub fn run(flags: &Flags) -> Result<(), String> {
    let yunxi = yunxi::bundle()?;
    write("yunxi.json", &yunxi)?;
    write("real-posts.json", &real::bundle()?)?;
    if flags.has("--bundles") {
        return Ok(());
    }
    let packed = pack::pack(&Flags::parse(Vec::new(), &[], &[])?)?;
    let page = std::fs::read_to_string(&packed)
        .map_err(|error| format!("cannot read {}: {error}", packed.display()))?;
    public::write(&yunxi, &page).map(drop)
}

fn write(name: &str, text: &str) -> Result<(), String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples").join(name);
    std::fs::write(&path, text).map_err(|error| format!("cannot write samples/{name}: {error}"))?;
    eprintln!("samples/{name}: {} kB", text.len() / 1000);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_are_what_the_command_builds() {
        for (name, built) in [("yunxi.json", yunxi::bundle()), ("real-posts.json", real::bundle())]
        {
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples").join(name);
            let kept = std::fs::read_to_string(path).expect("sample");
            assert!(built.expect("bundle") == kept, "{name} is old: run `cargo xtask sample`");
        }
    }
}
