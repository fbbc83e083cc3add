//! The project's only build scripts. Nothing here reaches the packed file.
//!
//! This file only reads the command line and hands over; every command is a file beside it.
// A build script speaks on stdout: progress, sizes, the tally.
#![allow(clippy::print_stdout)]

mod bench;
mod build;
mod command;
mod fingerprint;
mod flags;
mod fuzz;
mod looks;
mod pack;
mod place;
mod run;
mod sample;
mod serve;
mod soak;
mod test;
mod tools;
mod torture;

use flags::Flags;
use std::process::ExitCode;

const USAGE: &str = "\
cargo xtask run  [--open] [--port N] [--dev]   build, pack and serve dist/gangtu.html
cargo xtask pack [--dev] [--rooms]             build and pack only; what the first part's code is for, by weight
cargo xtask test [--only host|wasm|e2e|old] [--dev]
                                               check everything, or one part of it
cargo xtask bench [part …] [--runs N] [--file PATH]
                                               measure beside others: start, chart, forms, map,
                                               hands, lookup, import, table, sync, size
cargo xtask soak [--histories N] [--seed S]    random histories of copies against an oracle
cargo xtask torture [--kills N] [--seed S]     kill a browser at work, open it again, compare
cargo xtask torture kiosk [--visits N]         use the machine in the hall for a day, weigh its memory
cargo xtask fuzz [target …] [--minutes N]      odd files by the million: bundle, lines, csv, sealed
cargo xtask sample [--bundles]                 build samples/ from samples/source/, and dist/便民查询.html
cargo xtask looks [--large] [--file PATH]      remake docs/pictures; --large: in 4K, in target/looks

--dev builds without link-time optimisation: quick to make, larger, slower.";

/// One sentence for the person at the terminal; every failure ends as one of these.
type Outcome = Result<(), String>;

fn main() -> ExitCode {
    let mut words = std::env::args().skip(1);
    let command = words.next().unwrap_or_default();
    match dispatch(&command, words.collect()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\nerror: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(command: &str, words: Vec<String>) -> Outcome {
    match command {
        "run" => run::run(&Flags::parse(words, &["--open", "--dev"], &["--port"])?),
        "pack" => pack::pack(&Flags::parse(words, &["--dev", "--rooms"], &[])?).map(drop),
        "sample" => sample::run(&Flags::parse(words, &["--bundles"], &[])?),
        "soak" => soak::soak(&Flags::parse(words, &[], &["--histories", "--seed"])?),
        "torture" if words.first().is_some_and(|word| word == "kiosk") => torture::kiosk(
            &Flags::parse(words.into_iter().skip(1).collect(), &["--dev"], &["--visits"])?,
        ),
        "torture" => torture::torture(&Flags::parse(words, &["--dev"], &["--kills", "--seed"])?),
        "fuzz" => fuzz::fuzz(&words),
        "bench" => bench::bench(&words),
        "looks" => looks::looks(&Flags::parse(words, &["--large"], &["--file"])?),
        "test" => test::test(&Flags::parse(words, &["--dev"], &["--only"])?),
        "" | "help" | "--help" | "-h" => {
            println!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`; the commands are:\n{USAGE}")),
    }
}
