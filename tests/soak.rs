//! Random histories of a township's copies: 10,000 a run, as many as asked by `cargo xtask soak`, and
//! those that once went wrong, by name.
#![cfg(not(target_arch = "wasm32"))]

mod support;

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use gangtu::journal::seeded::now;
use support::history;

/// Plays `count` histories from `first` on, on all cores; the seeds that broke, with their reasons.
fn play(first: u64, count: u64) -> Vec<(u64, String)> {
    let (next, broken) = (AtomicU64::new(0), Mutex::new(Vec::new()));
    let enough = AtomicBool::new(false);
    let work = || {
        while !enough.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= count {
                return;
            }
            let seed = first.wrapping_add(at);
            let played = std::panic::catch_unwind(|| now(history::run(seed)));
            let reason = match played {
                Ok(Ok(_)) => continue,
                Ok(Err(reason)) => reason,
                Err(_) => "panicked".to_string(),
            };
            let mut broken = broken.lock().expect("a thread died");
            broken.push((seed, reason));
            enough.store(broken.len() >= 20, Ordering::Relaxed);
        }
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| (0..cores).for_each(|_| drop(scope.spawn(work))));
    let mut broken = broken.into_inner().expect("a thread died");
    broken.sort();
    broken
}

fn number(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn j2_copies_of_random_histories_become_one_and_lose_nothing() {
    let (first, count) = (number("GANGTU_SEED"), number("GANGTU_HISTORIES"));
    let broken = play(first.unwrap_or(0), count.unwrap_or(10_000));
    let told: Vec<String> = broken
        .iter()
        .map(|(seed, why)| format!("cargo xtask soak --histories 1 --seed {seed}: {why}"))
        .collect();
    assert!(broken.is_empty(), "\n{}\n", told.join("\n"));
}

/// The page plays the same seeds (`tests/web.rs`).
#[test]
fn j2_histories_come_to_the_hashes_that_the_page_comes_to() {
    let golden = include_str!("golden/histories.txt");
    let line = |seed: u64| match now(history::run(seed)) {
        Ok(outcome) => format!("{seed} {}\n", outcome.hash),
        Err(broken) => panic!("seed {seed}: {broken}"),
    };
    let played: String = (0..GOLDEN).map(line).collect();
    assert_eq!(played, golden, "tests/golden/histories.txt should hold what is on the left");
}

/// Histories the page plays: few, it is not compiled for speed.
const GOLDEN: u64 = 40;
