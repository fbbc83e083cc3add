//! `cargo xtask looks`: remakes docs/pictures with the packed file and a browser (`tests/e2e/looks.mjs` goes through
//! the screens). Judges nothing: somebody looks at them.

use crate::flags::Flags;
use crate::test::needs;
use crate::{bench, command, place};

/// `[--large] [--file PATH]`: with `--large` in 4K and apart from what the repository keeps.
pub fn looks(flags: &Flags) -> Result<(), String> {
    let file = bench::measured(flags)?;
    needs::chromium()?;
    needs::chinese_fonts()?;
    needs::node_modules("tests/e2e", "the driver of the browser")?;
    let large = flags.has("--large");
    let folder =
        if large { place::target().join("looks") } else { place::root().join("docs/pictures") };
    let mut node = command::new("node");
    node.arg("tests/e2e/looks.mjs").env("GANGTU_LOOKS", folder).env("GANGTU_FILE", file);
    if large {
        node.env("GANGTU_LARGE", "1");
    }
    let done = command::shown("the pictures", &mut node)?;
    if done.ok { Ok(()) } else { Err(command::explain("the pictures", &done.text)) }
}
