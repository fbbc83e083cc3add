//! Child processes, and the one sentence for each way they fail. Knows no particular tool.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Folders that go before the PATH of every child.
static FOLDERS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

pub fn put_on_path(folder: PathBuf) {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).insert(0, folder);
}

/// A child to be, working at the repository's root, with our tools on its PATH.
pub fn new(program: &str) -> Command {
    let mut command = Command::new(program);
    let folders = FOLDERS.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let inherited = env::var_os("PATH").unwrap_or_default();
    if let Ok(path) = env::join_paths(folders.into_iter().chain(env::split_paths(&inherited))) {
        command.env("PATH", path);
    }
    command.current_dir(crate::place::root());
    command
}

pub struct Done {
    pub ok: bool,
    /// stdout and stderr, line by line in the order they came.
    pub text: String,
}

/// The first line a program prints about itself, or `None` where it cannot be started.
pub fn version(program: &str) -> Option<String> {
    let output = new(program).arg("--version").output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout);
    output.status.success().then(|| text.lines().next().unwrap_or_default().trim().to_string())
}

/// Runs with the output shown as it comes, and kept.
pub fn shown(what: &str, command: &mut Command) -> Result<Done, String> {
    run(what, command, true)
}

/// Runs without showing output; says every half minute that it is still at it.
pub fn quiet(what: &str, command: &mut Command) -> Result<Done, String> {
    run(what, command, false)
}

/// `quiet`, with a failed run turned into its sentence.
pub fn quiet_ok(what: &str, command: &mut Command) -> Result<String, String> {
    let done = quiet(what, command)?;
    if done.ok { Ok(done.text) } else { Err(explain(what, &done.text)) }
}

fn run(what: &str, command: &mut Command, show: bool) -> Result<Done, String> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|e| format!("{what}: {} could not be started ({e})", program(command)))?;
    let (sender, lines) = channel();
    let readers = [
        child.stdout.take().map(|pipe| read_lines(pipe, sender.clone())),
        child.stderr.take().map(|pipe| read_lines(pipe, sender)),
    ];
    let mut beat = Beat::new(what, show);
    let mut text = String::new();
    loop {
        match lines.recv_timeout(Duration::from_secs(1)) {
            Ok(line) => {
                if show {
                    println!("{line}");
                }
                text.push_str(&line);
                text.push('\n');
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        beat.tick();
    }
    for reader in readers.into_iter().flatten() {
        drop(reader.join());
    }
    drop(std::io::stdout().flush());
    let status = child.wait().map_err(|e| format!("{what}: lost sight of the process ({e})"))?;
    Ok(Done { ok: status.success(), text })
}

/// Says every half minute that something silent is still going on.
struct Beat<'a> {
    what: &'a str,
    silent: bool,
    started: Instant,
    said: u64,
}

impl<'a> Beat<'a> {
    fn new(what: &'a str, shown: bool) -> Self {
        Self { what, silent: !shown, started: Instant::now(), said: 0 }
    }

    fn tick(&mut self) {
        let now = self.started.elapsed().as_secs();
        if self.silent && self.said + 30 <= now {
            println!("  … {}, {now} s so far", self.what);
            self.said = now;
        }
    }
}

fn read_lines(pipe: impl Read + Send + 'static, to: Sender<String>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut pipe = BufReader::new(pipe);
        let mut line = Vec::new();
        while matches!(pipe.read_until(b'\n', &mut line), Ok(1..)) {
            if to.send(String::from_utf8_lossy(&line).trim_end().to_string()).is_err() {
                break;
            }
            line.clear();
        }
    })
}

fn program(command: &Command) -> String {
    format!("`{}`", command.get_program().to_string_lossy())
}

/// The sentence for a child that failed: the known causes by name, else its own last words.
pub fn explain(what: &str, text: &str) -> String {
    let has = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if has(&["No space left on device", "ENOSPC", "Disk quota exceeded"]) {
        return format!("{what}: the disk is full; free some space and run the command again.");
    }
    if has(&["linker `cc` not found", "linker `link.exe` not found", "failed to find tool \"cc\""])
    {
        return format!(
            "{what}: the C linker is missing; install it (Debian: `apt-get install build-essential`) and run the command again."
        );
    }
    if has(NO_NETWORK) {
        return format!(
            "{what}: the download failed; check the network or the proxy and run the command again."
        );
    }
    format!("{what} failed; its last words were:\n{}", last_lines(text, 15))
}

const NO_NETWORK: &[&str] = &[
    "Could not resolve host",
    "Temporary failure resolving",
    "failed to download",
    "download of config.json failed",
    "could not download file",
    "Couldn't connect to server",
    "Could not connect to server",
    "Failed to fetch",
    "unable to get packages from source",
    "network failure",
    "ENOTFOUND",
    "EAI_AGAIN",
    "ECONNREFUSED",
    "ETIMEDOUT",
];

fn last_lines(text: &str, count: usize) -> String {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let from = lines.len().saturating_sub(count);
    lines[from..].iter().map(|line| format!("  {line}")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_causes_get_their_own_sentence() {
        for (words, sentence) in [
            ("write failed: No space left on device (os error 28)", "disk is full"),
            ("error: linker `cc` not found", "C linker is missing"),
            ("[6] Could not resolve host: example.org", "download failed"),
        ] {
            let said = explain("installing trunk", words);
            assert!(said.contains(sentence), "{said}");
            assert!(said.starts_with("installing trunk"), "{said}");
        }
        assert!(explain("pack", "odd\nend").ends_with("  odd\n  end"));
    }

    #[test]
    fn both_streams_are_kept_and_the_exit_code_is_seen() {
        let mut command = new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let done = quiet("trying", &mut command).unwrap();
        assert!(!done.ok);
        assert!(done.text.contains("out\n") && done.text.contains("err\n"));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let said = quiet("trying", &mut new("no-such-program-here")).err().unwrap();
        assert!(said.contains("`no-such-program-here` could not be started"));
        assert_eq!(version("no-such-program-here"), None);
    }
}
