//! `cargo xtask run`: from a fresh clone to an open page.

use crate::flags::Flags;
use crate::{command, pack, serve};

const PORT: u16 = 8080;

pub fn run(flags: &Flags) -> Result<(), String> {
    let port = match flags.value("--port") {
        Some(text) => text.parse().map_err(|_| format!("`{text}` is not a port number."))?,
        None => PORT,
    };
    // Before the long part: a port that is taken should be known at once.
    let server = serve::bind(port)?;
    let file = pack::pack(flags)?;
    let address = server.address();
    println!("\n岗图 is ready. Open it either way:");
    println!("  as a file   {}", file.display());
    println!("  as a page   {address}");
    println!("Ctrl+C ends the server; the file goes on working without it.");
    if flags.has("--open") {
        open(&address);
    }
    server.run();
    Ok(())
}

fn open(address: &str) {
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    if command::new(opener).arg(address).spawn().is_err() {
        println!("There is no browser to open here; use the address above.");
    }
}
