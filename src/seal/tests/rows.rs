//! Rows of a locked base, and how long a passphrase holds.

use super::dice;
use crate::rows::RowKey;
use crate::strength::Strength;
use proptest::prelude::*;

#[test]
fn e9_a_row_opens_with_its_key_at_its_place_and_shows_nothing() {
    let key = RowKey::new(&dice(1));
    let sealed = key.seal("row 7", "李秀英 10001234567", &dice(2));
    assert!(!sealed.contains("李秀英") && !sealed.contains("1000"));
    assert_eq!(key.open("row 7", &sealed).as_deref(), Some("李秀英 10001234567"));
    assert_eq!(key.open("row 8", &sealed), None, "moved to another place");
    assert_eq!(RowKey::new(&dice(3)).open("row 7", &sealed), None, "another base's key");
    assert_ne!(key.seal("row 7", "李秀英 10001234567", &dice(4)), sealed, "another nonce");
}

proptest! {
    #[test]
    fn e9_a_row_hurt_anywhere_does_not_open(text in ".{0,40}", at in any::<prop::sample::Index>(), bit in 0..7u8) {
        let key = RowKey::new(&dice(1));
        let sealed = key.seal("row", &text, &dice(2));
        prop_assert_eq!(key.open("row", &sealed), Some(text));
        let mut hurt = sealed.clone().into_bytes();
        let at = at.index(hurt.len());
        hurt[at] ^= 1 << bit;
        prop_assert_eq!(key.open("row", &String::from_utf8(hurt).unwrap()), None);
        let mut short = sealed;
        short.truncate(at);
        prop_assert_eq!(key.open("row", &short), None);
    }
}

#[test]
fn e10_what_everybody_types_first_is_weak_and_a_few_words_are_strong() {
    use Strength::{Fair, Short, Strong, Weak};
    for (passphrase, told) in [
        ("", Short),
        ("青石镇", Short),
        ("1234567", Short),
        ("12345678", Weak),
        ("88888888", Weak),
        ("20261122", Weak),
        ("password1", Weak),
        ("abcd1234", Weak),
        ("qwertyuiop", Weak),
        ("kx7vmq2tpd", Fair),
        ("河边老槐树下棋", Short),
        ("河边老槐树下三盘棋", Strong),
        ("kx7vmq2tpdw9rhz", Fair),
        ("kx7v-mq2t-pdw9-rhzb", Strong),
    ] {
        assert_eq!(Strength::of(passphrase), told, "{passphrase}");
    }
}
