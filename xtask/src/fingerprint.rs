//! Has an input changed since the last time? A hash over file names and contents, kept under
//! `target/`. Time stamps are not looked at: a fresh clone or a touched file rebuilds nothing.

use sha2::{Digest, Sha256};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// A short hex digest of every file below the given paths (missing ones count as missing), and of
/// some extra words such as the profile's name.
pub fn of(root: &Path, inputs: &[&str], extra: &[&str]) -> Result<String, String> {
    let mut hash = Sha256::new();
    for word in extra {
        feed(&mut hash, word.as_bytes());
    }
    for input in inputs {
        let mut files = Vec::new();
        walk(&root.join(input), &mut files)?;
        files.sort();
        for file in files {
            let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy().into_owned();
            feed(&mut hash, name.as_bytes());
            feed(&mut hash, &read(&file)?);
        }
    }
    Ok(hex(&hash.finalize()))
}

pub fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// True where `note` was last kept under this name.
pub fn unchanged(target: &Path, name: &str, note: &str) -> bool {
    fs::read_to_string(kept(target, name)).is_ok_and(|old| old == note)
}

pub fn keep(target: &Path, name: &str, note: &str) -> Result<(), String> {
    let file = kept(target, name);
    let folder = file.parent().unwrap_or(target);
    fs::create_dir_all(folder).map_err(|e| trouble("making", folder, &e))?;
    fs::write(&file, note).map_err(|e| trouble("writing", &file, &e))
}

/// One sentence for a file that could not be read or written.
pub fn trouble(doing: &str, path: &Path, error: &std::io::Error) -> String {
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            format!("{doing} {}: the disk is full; free some space and try again.", path.display())
        }
        _ => format!("{doing} {}: {error}.", path.display()),
    }
}

pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|e| trouble("reading", path, &e))
}

fn kept(target: &Path, name: &str) -> PathBuf {
    target.join("fingerprints").join(name)
}

fn walk(path: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    if path.is_file() {
        files.push(path.to_path_buf());
    } else if path.is_dir() {
        let entries = fs::read_dir(path).map_err(|e| trouble("reading", path, &e))?;
        for entry in entries {
            walk(&entry.map_err(|e| trouble("reading", path, &e))?.path(), files)?;
        }
    }
    Ok(())
}

/// Length first, so that moving a byte from one file to the next changes the hash.
fn feed(hash: &mut Sha256, bytes: &[u8]) {
    hash.update((bytes.len() as u64).to_le_bytes());
    hash.update(bytes);
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("gangtu-{name}-{}", std::process::id()));
        drop(fs::remove_dir_all(&folder));
        fs::create_dir_all(folder.join("src/deep")).unwrap();
        folder
    }

    #[test]
    fn contents_and_names_count_and_nothing_else() {
        let root = folder("fingerprint");
        let now = || of(&root, &["src", "gone"], &["release"]).unwrap();
        fs::write(root.join("src/deep/a.rs"), "one").unwrap();
        let first = now();
        fs::write(root.join("src/deep/a.rs"), "one").unwrap();
        assert_eq!(first, now(), "same bytes, same print");
        fs::write(root.join("src/deep/a.rs"), "two").unwrap();
        assert_ne!(first, now(), "an edit shows");
        fs::write(root.join("src/deep/a.rs"), "one").unwrap();
        fs::write(root.join("src/b.rs"), "").unwrap();
        assert_ne!(first, now(), "a new file shows");
        assert_ne!(now(), of(&root, &["src", "gone"], &["dev"]).unwrap(), "so does the profile");
        fs::remove_dir_all(root).unwrap();
    }

    #[test]
    fn a_kept_print_is_known_again() {
        let target = folder("kept");
        assert!(!unchanged(&target, "build", "abc"));
        keep(&target, "build", "abc").unwrap();
        assert!(unchanged(&target, "build", "abc"));
        assert!(!unchanged(&target, "build", "abd"));
        fs::remove_dir_all(target).unwrap();
    }

    #[test]
    fn a_full_disk_has_its_own_sentence() {
        let full = std::io::Error::from(ErrorKind::StorageFull);
        assert!(trouble("writing", Path::new("x"), &full).contains("disk is full"));
    }
}
