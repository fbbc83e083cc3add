//! The state hash: equal exactly when two copies hold the same township. Not a bundle's file hash.

use sha2::{Digest, Sha256};

use super::fold::{Cell, Fold, Key};
use crate::model::schema;
use crate::sorting::Sorting;

/// Bytes hashed in one call. A browser compiles a function well only once it was called often: the same
/// megabytes in one call take it four times as long.
const HASHED_AT_ONCE: usize = 1 << 14;

/// Lower-case hexadecimal SHA-256 of a text.
pub fn sha256_hex(bytes: &[u8]) -> String {
    let mut hashing = Hashing::default();
    hashing.take(bytes);
    hashing.finish()
}

/// SHA-256 of bytes as they come.
#[derive(Default)]
pub struct Hashing(Sha256);

impl Hashing {
    pub fn take(&mut self, bytes: &[u8]) {
        bytes.chunks(HASHED_AT_ONCE).for_each(|some| self.0.update(some));
    }

    /// Lower-case hexadecimal.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Bytes as lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits.map(|digit| DIGITS[digit as usize] as char).collect()
}

/// A hash as four groups of four figures, to be read out on the telephone: 52 bits of it.
pub fn spoken(hash: &str) -> String {
    let figures = format!("{:016}", u64::from_str_radix(&hash[..13], 16).unwrap_or_default());
    [&figures[..4], &figures[4..8], &figures[8..12], &figures[12..]].join(" ")
}

impl Fold {
    /// SHA-256 over every register with its heads, sorted by kind, record and register name.
    pub fn state_hash(&self) -> String {
        let mut hash = Sha256::new();
        let mut line = String::new();
        for ((kind, id, name), key) in self.sorted_keys() {
            let rivals = self.rivals.get(&key).into_iter().flatten();
            for cell in self.winner(&key).iter().chain(rivals) {
                line.clear();
                write_line(
                    &mut line,
                    [&kind, &id, &name],
                    cell,
                    &self.heads.stamp(cell.at).to_string(),
                );
                hash.update(line.as_bytes());
            }
        }
        hex(&hash.finalize())
    }

    /// Every register ever written, by names.
    fn sorted_keys(&self) -> Vec<((String, String, String), Key)> {
        let known = self.known_keys().map(|key| (self.names(&key), key));
        let mut keys: Vec<_> =
            known.chain(self.loose.keys().map(|key| (self.names(key), key.clone()))).collect();
        keys.arrange(Ord::cmp);
        keys
    }

    pub(crate) fn known_keys(&self) -> impl Iterator<Item = Key> + '_ {
        self.stamps.iter().enumerate().flat_map(|(kind, slots)| {
            slots.iter().enumerate().flat_map(move |(slot, stamps)| {
                let written = stamps.iter().enumerate().filter(|(_, at)| **at != 0);
                written.map(move |(register, _)| Key::Known(kind, slot, register))
            })
        })
    }

    /// Kind id, record id and register name of a key.
    pub(crate) fn names(&self, key: &Key) -> (String, String, String) {
        match key {
            Key::Known(kind, slot, register) => {
                let info = &schema().kinds[*kind];
                let id = self.township.table(*kind).at(*slot).id.to_string();
                (info.spec.id.into(), id, info.registers[*register].name.into())
            }
            Key::Loose(kind, id, name) => (kind.to_string(), id.to_string(), name.to_string()),
        }
    }
}

fn write_line(line: &mut String, names: [&str; 3], cell: &Cell, stamp: &str) {
    for name in names {
        line.push_str(name);
        line.push('\0');
    }
    cell.value.write_json(line);
    line.push('\0');
    line.push_str(stamp);
    line.push('\n');
}
