//! A bundle's lines read in slices, so that the page stays awake. Judges nothing; `bundle` does.

use super::files::gb18030;
use super::frame::{SLICE_MS, breathe, now};
use crate::bundle::{Bundle, BundleError};

/// Lines read between two looks at the clock.
const LINES_A_STEP: usize = 200;

/// Opens a bundle and reads all of it; `told` hears of lines read and lines in all.
pub async fn read_bundle(bytes: &[u8], told: impl Fn(usize, usize)) -> Result<Bundle, BundleError> {
    let mut bundle = Bundle::open(bytes, &gb18030)?;
    loop {
        let began = now();
        while now() - began < SLICE_MS {
            if bundle.step(LINES_A_STEP)? {
                return Ok(bundle);
            }
        }
        let (done, all) = bundle.progress();
        told(done, all);
        breathe().await;
    }
}
