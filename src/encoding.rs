//! Chinese text that is not UTF-8: what reading it takes. Holds no tables itself.

/// Decodes GB18030 (and its subset GBK) strictly; `None` where the bytes are not GB18030.
///
/// Handed in, because its tables weigh more than the rest of the import: the page has a `TextDecoder`
/// for nothing, the host has a crate.
pub type Gb18030<'a> = &'a dyn Fn(&[u8]) -> Option<String>;

/// The host's decoder.
#[cfg(not(target_arch = "wasm32"))]
pub fn gb18030(bytes: &[u8]) -> Option<String> {
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes);
    text.map(std::borrow::Cow::into_owned)
}
