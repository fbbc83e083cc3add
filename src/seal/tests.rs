//! The rules `E.` of SPEC.md on the host: published vectors, round trips, and every way a file may be hurt.

mod rows;
#[cfg(feature = "vault")]
mod sealed;
#[cfg(feature = "vault")]
mod signed;
#[cfg(feature = "vault")]
mod vectors;

/// Bytes of hexadecimal text; blanks are passed over.
#[cfg(feature = "vault")]
fn unhex(text: &str) -> Vec<u8> {
    let digits: Vec<u8> =
        text.chars().filter_map(|letter| letter.to_digit(16)).map(|digit| digit as u8).collect();
    digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect()
}

/// Bytes that look random and are the same each time.
fn dice<const N: usize>(seed: u64) -> [u8; N] {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    std::array::from_fn(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
}
