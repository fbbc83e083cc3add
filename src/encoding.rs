//! Chinese text that is not UTF-8, or not composed (NFC): what reading it takes. Holds no tables itself.

use std::borrow::Cow;

/// Decodes GB18030 (and its subset GBK) strictly; `None` where the bytes are not GB18030.
///
/// Handed in, because its tables weigh more than the rest of the import: the page has a `TextDecoder`
/// for nothing, the host has a crate.
pub type Gb18030<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// Composes text (Unicode NFC). Handed in for the same reason: the page has `String.normalize`.
pub type Nfc<'a> = &'a dyn Fn(&str) -> String;

/// The text as every copy writes it, so that what looks the same is the same: `e` and an accent become
/// `é`, 塞 of the compatibility block becomes 塞. The tables are asked only where they may matter.
pub fn composed<'a>(text: &'a str, nfc: Nfc) -> Cow<'a, str> {
    if text.chars().all(stands_alone) { Cow::Borrowed(text) } else { Cow::Owned(nfc(text)) }
}

/// Whether composing leaves the character as it is, whatever of its kind stands beside it. Says no of
/// some that it would leave: only what Chinese text is made of is listed.
fn stands_alone(at: char) -> bool {
    matches!(at,
        '\0'..='\u{2FF}'
        | '\u{2010}'..='\u{205F}'
        | '\u{2460}'..='\u{27BF}'
        | '\u{3000}'..='\u{3029}' | '\u{3030}'..='\u{303F}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FE30}'..='\u{FE6F}' | '\u{FEFF}'..='\u{FFEF}'
        | '\u{20000}'..='\u{2F7FF}')
}

/// The host's decoder.
#[cfg(not(target_arch = "wasm32"))]
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(Cow::into_owned)
}

/// The host's composer.
#[cfg(not(target_arch = "wasm32"))]
pub fn nfc(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn j13_what_looks_the_same_becomes_the_same() {
        assert_eq!(composed("Ame\u{301}lie 岗", &nfc), "Amélie 岗");
        assert_eq!(composed("\u{F96C}", &nfc), "塞");
        assert!(matches!(composed("文书岗（Ａ）《通知》①", &|_| unreachable!()), Cow::Borrowed(_)));
    }

    #[test]
    fn j13_every_character_that_stands_alone_is_left_alone_by_the_tables() {
        for at in ('\0'..=char::MAX).filter(|at| stands_alone(*at)) {
            assert_eq!(nfc(at.encode_utf8(&mut [0; 4])), at.to_string(), "{:x}", at as u32);
        }
    }

    proptest! {
        #[test]
        fn j13_composing_is_what_the_tables_say(text in "\\PC{0,12}", plain in "[一-龥a-zé，。（）Ａ-Ｚ]{0,12}") {
            prop_assert_eq!(composed(&text, &nfc), nfc(&text));
            prop_assert_eq!(composed(&plain, &nfc), nfc(&plain));
        }
    }
}
