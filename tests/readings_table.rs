//! Keeps `src/search/readings.bin` equal to the first readings of the `pinyin` crate (MIT), which is
//! too large to ship. `BLESS=1 cargo test --test readings_table` writes the file anew.

#![allow(clippy::unwrap_used)]

use gangtu_search::sound::SYLLABLES;
use pinyin::ToPinyin;

const TABLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/search/readings.bin");

fn table() -> Vec<u8> {
    let syllables: Vec<&str> = SYLLABLES.split_ascii_whitespace().collect();
    let number = |c: char| {
        let plain = c.to_pinyin().map_or(String::new(), |p| p.plain().replace('ü', "v"));
        syllables.iter().position(|s| *s == plain).map_or(0, |i| i + 1)
    };
    let numbers: Vec<usize> = ('\u{4E00}'..='\u{9FA5}').map(number).collect();
    let low = numbers.iter().map(|n| (n & 255) as u8);
    let high = numbers.chunks(8).map(|eight| {
        eight.iter().enumerate().fold(0, |byte, (bit, n)| byte | ((n >> 8) as u8) << bit)
    });
    low.chain(high).collect()
}

#[test]
fn readings_are_the_pinyin_crates_first_readings() {
    let fresh = table();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(TABLE, &fresh).unwrap();
    }
    assert!(fresh == std::fs::read(TABLE).unwrap(), "run BLESS=1 cargo test --test readings_table");
    assert!(fresh[..20_902].iter().filter(|low| **low == 0).count() < 200);
}
