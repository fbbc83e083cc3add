//! Sealed files: sealed and opened, hurt in every way, under another passphrase.

use super::dice;
use crate::error::SealError;
use crate::file::{CHUNK, SealedFile, Sealer, chunk_count};
use crate::head::{FileKey, Head};
use crate::kdf::{COST, Cost};
use crate::lock::Lock;
use crate::suite::Suite;
use proptest::prelude::*;

const PASSPHRASE: &str = "河边老槐树下三盘棋";

/// As a page seals it.
fn sealed(suite: Suite, plain: &[u8]) -> String {
    let mut sealer = Sealer::new(suite, plain.len() as u64, PASSPHRASE, &dice(7)).unwrap();
    let mut text = sealer.head();
    for at in 0..chunk_count(plain.len() as u64) as usize {
        let to = plain.len().min((at + 1) * CHUNK);
        text.push_str(&sealer.chunk(&plain[at * CHUNK..to]).unwrap());
    }
    assert_eq!(sealer.chunk(b""), None, "no chunk behind the last");
    text
}

fn opened(file: &SealedFile, key: &FileKey) -> Result<Vec<u8>, SealError> {
    let chunks: Result<Vec<_>, _> = (0..file.chunk_count()).map(|at| file.chunk(key, at)).collect();
    Ok(chunks?.concat())
}

fn try_open(bytes: &[u8], key: &FileKey) -> Result<Vec<u8>, SealError> {
    opened(&SealedFile::read(bytes)?, key)
}

fn noise(len: usize) -> Vec<u8> {
    let block: [u8; 1009] = dice(5);
    block.iter().copied().cycle().take(len).collect()
}

#[test]
fn e1_what_was_sealed_is_what_is_opened() {
    for suite in Suite::ALL {
        let plain = noise(2 * CHUNK + 5);
        let text = sealed(suite, &plain);
        let file = SealedFile::read(text.as_bytes()).unwrap();
        assert_eq!((file.suite(), file.chunk_count()), (suite, 3));
        let key = file.unlock(PASSPHRASE).unwrap();
        assert_eq!(opened(&file, &key).unwrap(), plain);
        assert!(text.is_ascii() && text.lines().all(|line| line.len() < 70_000));
    }
}

/// Keys without the second that Argon2id takes.
fn quick(suite: Suite, plain: &[u8]) -> (String, FileKey) {
    let key = FileKey(dice::<32>(9)[..suite.key_len()].to_vec());
    let cost = Cost { memory: 8, passes: 1, lanes: 1 };
    let head =
        Head::wrap(suite, plain.len() as u64, cost, &key, PASSPHRASE, &dice::<40>(8)).unwrap();
    let mut text = head.text();
    let mut sealer = Sealer::with(head, key.clone());
    for at in 0..chunk_count(plain.len() as u64) as usize {
        let to = plain.len().min((at + 1) * CHUNK);
        text.push_str(&sealer.chunk(&plain[at * CHUNK..to]).unwrap());
    }
    (text, key)
}

#[test]
fn e1_contents_of_every_length_round_the_edges_of_chunks() {
    for suite in Suite::ALL {
        for len in [0, 1, 2, 3, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK] {
            let plain = noise(len);
            let (text, key) = quick(suite, &plain);
            assert_eq!(try_open(text.as_bytes(), &key), Ok(plain), "{len}");
        }
    }
}

#[test]
fn e2_every_flipped_bit_of_a_file_is_noticed() {
    for suite in Suite::ALL {
        let (text, key) = quick(suite, "云溪镇的数据".as_bytes());
        for at in 0..text.len() {
            for bit in 0..8 {
                let mut hurt = text.clone().into_bytes();
                hurt[at] ^= 1 << bit;
                let told = try_open(&hurt, &key);
                assert!(told.is_err(), "byte {at} bit {bit}: {told:?}");
                assert_ne!(told, Err(SealError::WrongPassphrase), "byte {at}");
            }
        }
    }
}

#[test]
fn e2_every_cut_is_noticed_and_named() {
    let (text, key) = quick(Suite::XChaCha, &noise(2 * CHUNK + 100));
    let body = Head::read(&text.split_inclusive('\n').take(4).collect::<String>()).unwrap();
    let head = body.text().len();
    for to in
        (0..head + 200).chain((head..text.len()).step_by(977)).chain(text.len() - 80..text.len())
    {
        let told = try_open(&text.as_bytes()[..to], &key);
        // The line feed behind the last brace is no loss.
        if to == text.len() - 1 {
            assert!(told.is_ok());
        } else if to < crate::MAGIC.len() {
            assert_eq!(told, Err(SealError::NotSealed));
        } else {
            assert!(matches!(told, Err(SealError::Truncated { of: 1 | 3, .. })), "{to}: {told:?}");
        }
    }
}

#[test]
fn e2_chunks_cannot_be_dropped_swapped_repeated_or_brought_from_elsewhere() {
    let (text, key) = quick(Suite::XChaCha, &noise(3 * CHUNK));
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let with = |order: &[usize]| -> String { order.iter().map(|at| lines[*at]).collect() };
    let of = 3;
    let cases = [
        (with(&[0, 1, 2, 3, 5, 4, 6, 7]), SealError::DamagedChunk { at: 1, of }),
        (with(&[0, 1, 2, 3, 4, 4, 6, 7]), SealError::DamagedChunk { at: 2, of }),
        (with(&[0, 1, 2, 3, 4, 6, 7]), SealError::DamagedChunk { at: 2, of }),
        (with(&[0, 1, 2, 3, 4, 5, 6, 7, 7]), SealError::Trailing),
    ];
    for (hurt, told) in cases {
        assert_eq!(try_open(hurt.as_bytes(), &key), Err(told));
    }
    // Cut, and closed again by hand: the size in the head, which all is bound to, gives it away.
    let shorter = text.replace("\"size\":147456", "\"size\":98304");
    assert_eq!(try_open(shorter.as_bytes(), &key), Err(SealError::DamagedHead));
    let (other, _) = quick(Suite::XChaCha, &noise(2 * CHUNK));
    let head: String = other.split_inclusive('\n').take(4).collect();
    let mixed = head + lines[4] + &lines[5].replace(",\n", "\n") + lines[7];
    assert_eq!(try_open(mixed.as_bytes(), &key), Err(SealError::DamagedChunk { at: 1, of: 2 }));
}

#[test]
fn e3_each_trouble_has_a_sentence_of_its_own() {
    let of = 3;
    let all = [
        SealError::NotSealed,
        SealError::Newer,
        SealError::Absurd,
        SealError::DamagedHead,
        SealError::DamagedChunk { at: 2, of },
        SealError::Truncated { found: 2, of },
        SealError::Trailing,
        SealError::WrongPassphrase,
        SealError::NoMemory,
        SealError::Unpacked,
        SealError::BadKey,
    ];
    let mut told: Vec<String> = all.iter().map(SealError::to_string).collect();
    assert!(told.iter().all(|sentence| sentence.contains("没有变化")), "says what is safe");
    let mut codes: Vec<u8> = all.iter().map(SealError::code).collect();
    told.sort();
    told.dedup();
    codes.dedup();
    assert_eq!((told.len(), codes.len()), (all.len(), all.len()));

    let (text, _) = quick(Suite::Sm, b"abc");
    let file = SealedFile::read(text.as_bytes()).unwrap();
    assert_eq!(file.unlock("河边老槐树下三盘旗").err(), Some(SealError::WrongPassphrase));
    assert_eq!(SealedFile::read(b"{\"gangtu\":\"bundle\"").err(), Some(SealError::NotSealed));
}

#[test]
fn e5_another_passphrase_changes_the_head_alone() {
    for suite in Suite::ALL {
        let (text, key) = quick(suite, &noise(CHUNK + 9));
        let file = SealedFile::read(text.as_bytes()).unwrap();
        let again = file.rewrapped(&key, "新的口令换了人", &dice(11)).unwrap();
        let again = String::from_utf8(again).unwrap();
        let changed: Vec<bool> = text.lines().zip(again.lines()).map(|(a, b)| a != b).collect();
        assert_eq!(changed, [false, true, true, true, false, false, false]);
        let file = SealedFile::read(again.as_bytes()).unwrap();
        assert_eq!(file.unlock(PASSPHRASE).err(), Some(SealError::WrongPassphrase));
        let key = file.unlock("新的口令换了人").unwrap();
        assert_eq!(opened(&file, &key).unwrap(), noise(CHUNK + 9));
    }
}

/// A head with other parameters and a check that fits, as somebody who means harm would make it.
fn with_cost(text: &str, m: &str, t: &str, p: &str) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let kdf =
        lines[1].replace("\"m\":8,\"t\":1,\"p\":1", &format!("\"m\":{m},\"t\":{t},\"p\":{p}"));
    let covered = format!("{}{kdf}{}", lines[0], lines[2]);
    let check = crate::text::hex(&Suite::XChaCha.hash(covered.as_bytes())[..8]);
    format!("{covered}\"check\":\"{check}\",\"chunks\":[\n{}", lines[4..].concat())
}

#[test]
fn e6_a_cost_no_honest_file_asks_is_refused_before_any_work() {
    let (text, _) = quick(Suite::XChaCha, b"abc");
    assert!(text.contains("\"m\":8,\"t\":1,\"p\":1"), "the cost is in the file");
    for (m, t, p) in [
        ("4194304", "1", "1"),
        ("262145", "1", "1"),
        ("65536", "11", "1"),
        ("262144", "10", "1"),
        ("65536", "3", "5"),
        ("4294967295", "4294967295", "4"),
        ("65536", "0", "1"),
        ("65536", "1", "0"),
        ("7", "1", "1"),
    ] {
        let hostile = with_cost(&text, m, t, p);
        let told = SealedFile::read(hostile.as_bytes()).err();
        assert_eq!(told, Some(SealError::Absurd), "{m} {t} {p}");
    }
    let larger = with_cost(&text, "262144", "4", "4");
    assert!(SealedFile::read(larger.as_bytes()).is_ok(), "four times ours is taken");
    let beyond = with_cost(&text, "18446744073709551616", "1", "1");
    assert_eq!(SealedFile::read(beyond.as_bytes()).err(), Some(SealError::DamagedHead));
    assert_eq!(COST, Cost { memory: 65_536, passes: 3, lanes: 1 });
}

#[test]
fn e6_a_newer_file_is_told_from_a_damaged_one() {
    let (text, _) = quick(Suite::XChaCha, b"abc");
    for (from, to) in [("\"format\":1", "\"format\":2"), ("xchacha20-poly1305", "kyber-something")]
    {
        let lines: Vec<String> =
            text.split_inclusive('\n').map(|line| line.replace(from, to)).collect();
        let covered = lines[..3].concat();
        let check = crate::text::hex(&Suite::XChaCha.hash(covered.as_bytes())[..8]);
        let newer = format!("{covered}\"check\":\"{check}\",\"chunks\":[\n");
        assert_eq!(SealedFile::read(newer.as_bytes()).err(), Some(SealError::Newer));
        let flipped = lines.concat();
        assert_eq!(SealedFile::read(flipped.as_bytes()).err(), Some(SealError::DamagedHead));
    }
}

#[test]
fn e8_a_bom_and_line_ends_of_windows_do_no_harm() {
    let plain = noise(CHUNK + 1);
    let (text, key) = quick(Suite::XChaCha, &plain);
    let saved = format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert!(crate::is_sealed(saved.as_bytes()));
    assert_eq!(try_open(saved.as_bytes(), &key), Ok(plain));
}

#[test]
fn e9_a_lock_gives_its_key_for_its_passphrase_only() {
    let (lock, key) = Lock::new(PASSPHRASE, &dice(3)).unwrap();
    let read = Lock::read(&lock.text()).unwrap();
    assert_eq!(read.unlock(PASSPHRASE), Ok(key));
    assert_eq!(read.unlock("河边"), Err(SealError::WrongPassphrase));
    let changed = read.rewrapped(PASSPHRASE, "新的口令换了人", &dice(4)).unwrap();
    assert_eq!(changed.unlock("新的口令换了人"), Ok(key), "rows stay as they are");
    assert_eq!(changed.unlock(PASSPHRASE), Err(SealError::WrongPassphrase));
    let told = read.rewrapped("错的", "新的", &dice(4)).err();
    assert_eq!(told, Some(SealError::WrongPassphrase));
}

proptest! {
    #[test]
    fn e13_no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = SealedFile::read(&bytes);
    }

    #[test]
    fn e13_no_hurt_file_gives_out_anything(
        seed in any::<u64>(), len in 0..3000usize, sm in any::<bool>(),
        cuts in prop::collection::vec((any::<prop::sample::Index>(), 0..4u8, any::<u8>()), 1..4),
    ) {
        let suite = if sm { Suite::Sm } else { Suite::XChaCha };
        let plain = dice::<3000>(seed)[..len].to_vec();
        let (text, key) = quick(suite, &plain);
        let mut hurt = text.clone().into_bytes();
        for (at, how, byte) in cuts {
            if hurt.is_empty() { break; }
            let at = at.index(hurt.len());
            match how {
                0 => hurt[at] = byte,
                1 => { hurt.remove(at); }
                2 => hurt.insert(at, byte),
                _ => hurt.truncate(at),
            }
        }
        match try_open(&hurt, &key) {
            Ok(got) => prop_assert_eq!(got, plain),
            Err(told) => prop_assert_ne!(told, SealError::WrongPassphrase),
        }
    }
}
