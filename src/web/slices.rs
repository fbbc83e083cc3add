//! A bundle's lines read in slices, so that the page stays awake. Judges nothing; `bundle` does.

use web_sys::File;

use super::files::{self, gb18030};
use super::frame::{SLICE_MS, breathe, now};
use super::signatures;
use super::vault;
use crate::bundle::{Bundle, BundleError, LARGEST};

/// Lines read between two looks at the clock.
const LINES_A_STEP: usize = 200;

/// Bytes of a file that is too large which are looked at, to name it.
const PEEK: u32 = 4_096;

/// Reads a file somebody handed over as a bundle; for a sealed one the passphrase is asked. The `Err` is the sentence for people.
pub async fn read_bundle_file(file: &File, told: impl Fn(usize, usize)) -> Result<Bundle, String> {
    bearable(file).await.map_err(|error| error.to_string())?;
    let handed = files::read(file)
        .await
        .ok_or("文件读不出来，可能 U 盘已拔出。请插好后重选，现有数据没有变化。")?;
    let bytes = vault::unsealed(handed).await?;
    read_bundle(&bytes, told).await.map_err(|error| error.to_string())
}

/// Judged by its size and its beginning: what is larger than any bundle is never read into memory.
pub async fn bearable(file: &File) -> Result<(), BundleError> {
    if file.size() <= LARGEST as f64 {
        return Ok(());
    }
    let beginning = files::beginning(file, PEEK).await.unwrap_or_default();
    if !beginning.is_empty() && beginning.iter().all(|byte| *byte == 0) {
        return Err(BundleError::Zeros);
    }
    // A float becomes the nearest number there is.
    Err(BundleError::TooLarge { bytes: file.size() as usize })
}

/// Has the vault look at its signatures.
async fn verify(bundle: &mut Bundle) -> Result<(), BundleError> {
    let (township, signed) = (bundle.header.township.clone(), bundle.header.signed.clone());
    let mut good = Vec::with_capacity(signed.len());
    for checkpoint in &signed {
        good.push(signatures::is_good(&township, checkpoint).await);
    }
    bundle.verified(&good)
}

/// Opens a bundle and reads all of it; `told` hears of lines read and lines in all.
pub async fn read_bundle(bytes: &[u8], told: impl Fn(usize, usize)) -> Result<Bundle, BundleError> {
    let mut bundle = Bundle::open(bytes, &gb18030)?;
    loop {
        let began = now();
        while now() - began < SLICE_MS {
            if bundle.step(LINES_A_STEP)? {
                verify(&mut bundle).await?;
                return Ok(bundle);
            }
        }
        let (done, all) = bundle.progress();
        told(done, all);
        breathe().await;
    }
}
