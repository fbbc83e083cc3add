//! Any bytes as a bundle's file: refused with a sentence, or read. Whole envelopes seldom pass their own
//! hash; `lines` goes behind it.
#![no_main]

use gangtu::bundle::Bundle;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let read = Bundle::open(bytes, &gangtu::encoding::gb18030).and_then(|mut bundle| {
        bundle.read_all()?;
        Ok(bundle)
    });
    match read {
        Ok(bundle) => assert!(bundle.lines().len() <= bytes.len()),
        Err(error) => assert!(error.to_string().contains("现有数据没有任何改动")),
    }
});
