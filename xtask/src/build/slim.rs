//! What the release page is compiled with beyond the ordinary: a standard library of its own, built
//! for size, whose panics stop the program without a word. Nobody reads those words: the page says in
//! its own what is safe (`index.html`). Without them the wasm is a twelfth smaller.
//!
//! A stable compiler takes these options only when asked (`RUSTC_BOOTSTRAP`). One that does not know
//! them, or a machine without the library's source, builds the ordinary way: the same page, larger.

use crate::command;
use std::process::Command;

/// The last keeps every function to itself: two that are alike made one would carry the name of
/// either, and the packer cuts the page by names (`pack/split.rs`).
const FLAGS: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none \
     -Zfmt-debug=none -Zmerge-functions=disabled";

/// How a page is compiled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Make {
    Slim,
    Ordinary,
}

impl Make {
    /// Slim where this machine can; says so where it cannot.
    pub fn choose() -> Make {
        if knows_flags() && has_source() {
            return Make::Slim;
        }
        println!("build: this Rust cannot build its library anew; the page will be larger");
        Make::Ordinary
    }

    pub fn flags(self) -> &'static str {
        match self {
            Make::Slim => FLAGS,
            Make::Ordinary => "",
        }
    }

    /// Tells a cargo, or a Trunk that starts one.
    pub fn tell(self, command: &mut Command) {
        if self == Make::Slim {
            command.env("RUSTC_BOOTSTRAP", "1");
            command.env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
        }
    }
}

fn knows_flags() -> bool {
    let mut ask = command::new("rustc");
    ask.env("RUSTC_BOOTSTRAP", "1").args(FLAGS.split(' ')).args(["--print", "cfg"]);
    command::quiet("asking rustc for its options", &mut ask).is_ok_and(|done| done.ok)
}

fn has_source() -> bool {
    let mut ask = command::new("rustc");
    ask.args(["--print", "sysroot"]);
    let Ok(root) = command::quiet_ok("asking rustc for its folder", &mut ask) else {
        return false;
    };
    let source = std::path::Path::new(root.trim()).join("lib/rustlib/src/rust/library/Cargo.lock");
    if source.is_file() {
        return true;
    }
    println!("installing the source of Rust's library (once, a few seconds)");
    let mut add = command::new("rustup");
    add.args(["component", "add", "rust-src"]);
    command::quiet_ok("installing the source", &mut add).is_ok() && source.is_file()
}
