//! The project's only build scripts. Nothing here reaches the packed file.

mod sample;

use std::process::ExitCode;

fn main() -> ExitCode {
    let said = match std::env::args().nth(1).as_deref() {
        Some("sample") => sample::run(),
        _ => Err("the commands are: sample".to_string()),
    };
    match said {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}
