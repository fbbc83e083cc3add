//! Bytes as letters that mean nothing to HTML: thirteen bits in two of 91 letters, a twelfth shorter than base64. Read back
//! by `decode` in index.html. Presses and hashes nothing.

/// The letters in their order: ASCII from `!` to `~` without what begins or ends markup.
fn alphabet() -> Vec<char> {
    ('!'..='~').filter(|letter| !matches!(letter, '&' | '<' | '>')).collect()
}

/// Bits in two letters: 91 times 91 are more than 2 to the 13th.
const BITS: u32 = 13;
/// Bits that one letter holds; so many at the end get one alone, so that the length says how many bytes there are.
const SINGLE: u32 = 6;

pub fn encode(bytes: &[u8]) -> String {
    let letters = alphabet();
    let mut text = String::with_capacity(bytes.len() * 16 / 13 + 2);
    let (mut held, mut bits) = (0u32, 0);
    let pair = |text: &mut String, value: usize| {
        text.push(letters[value % letters.len()]);
        text.push(letters[value / letters.len()]);
    };
    for byte in bytes {
        held |= u32::from(*byte) << bits;
        bits += u8::BITS;
        if bits >= BITS {
            pair(&mut text, (held & ((1 << BITS) - 1)) as usize);
            held >>= BITS;
            bits -= BITS;
        }
    }
    match bits {
        0 => {}
        1..=SINGLE => text.push(letters[held as usize]),
        _ => pair(&mut text, held as usize),
    }
    text
}

/// What a browser makes of it.
#[cfg(test)]
pub fn decode(text: &str) -> Vec<u8> {
    let letters = alphabet();
    let values: Vec<u32> = text
        .chars()
        .map(|letter| letters.iter().position(|known| *known == letter).expect("letter") as u32)
        .collect();
    let room = (values.len() / 2) as u32 * BITS + (values.len() % 2) as u32 * SINGLE;
    let mut bytes = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for pair in values.chunks(2) {
        held |= (pair[0] + pair.get(1).unwrap_or(&0) * letters.len() as u32) << bits;
        bits += BITS;
        while bits >= u8::BITS {
            bytes.push(held as u8);
            held >>= u8::BITS;
            bits -= u8::BITS;
        }
    }
    bytes.truncate(room as usize / 8);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_any_length_come_back_and_say_nothing_to_html() {
        let bytes: Vec<u8> =
            (0..1_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for length in 0..bytes.len() {
            let text = encode(&bytes[..length]);
            assert_eq!(decode(&text), bytes[..length], "{length} bytes");
            assert!(!text.contains(['&', '<', '>', ' ']));
        }
        assert_eq!(decode(&encode(&[255; 40])), [255; 40]);
        assert_eq!(decode(&encode(&[0; 40])), [0; 40]);
    }

    #[test]
    fn text_is_shorter_than_in_base64() {
        assert_eq!(encode(&[7; 13_000]).len(), 16_000);
    }
}
