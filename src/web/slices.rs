//! A bundle's lines read in slices, so that the page stays awake. Judges nothing; `bundle` does.

use std::pin::pin;

use futures_util::future::{Either, join, join_all, select};
use web_sys::File;

use super::digest::sha256;
use super::files::{self, gb18030};
use super::frame::{SLICE_MS, breathe, give_way, now, pause};
use super::signatures;
use super::vault;
use crate::bundle::opening::Opening;
use crate::bundle::write::Unhashed;
use crate::bundle::{Bundle, BundleError, Extract, LARGEST, Newer};
use crate::journal::chain::Link;
use crate::journal::hash::Hashing;

/// Lines read between two looks at the clock.
const LINES_A_STEP: usize = 200;

/// Bytes hashed, and bytes of lines read, between two looks at the clock.
const BYTES_A_STEP: usize = 128 << 10;

/// Bytes of a file that is too large which are looked at, to name it.
const PEEK: u32 = 4_096;

/// A file that is no bundle to take: the sentence for people, and what it shows all the same where a
/// newer program made it.
pub struct Refusal {
    pub sentence: String,
    pub newer: Option<Box<Newer>>,
    /// Or that it is one person's extract.
    pub extract: Option<Box<Extract>>,
}

impl From<String> for Refusal {
    fn from(sentence: String) -> Refusal {
        Refusal { sentence, newer: None, extract: None }
    }
}

impl From<Refusal> for String {
    fn from(refusal: Refusal) -> String {
        refusal.sentence
    }
}

/// Reads a file somebody handed over as a bundle; for a sealed one the passphrase is asked.
pub async fn read_bundle_file(file: &File, told: impl Fn(usize, usize)) -> Result<Bundle, Refusal> {
    let bytes = read_file(file).await?;
    read_or_look(&bytes, told).await
}

/// Reads a bundle; one of a newer program is read to be looked at.
pub async fn read_or_look(bytes: &[u8], told: impl Fn(usize, usize)) -> Result<Bundle, Refusal> {
    match read_bundle(bytes, &told).await {
        Ok(bundle) => Ok(bundle),
        Err(error) => {
            let mut refusal = Refusal::from(error.to_string());
            match error {
                BundleError::NewerFormat { .. } => refusal.newer = read_newer(bytes, told).await,
                BundleError::AnExtract => match Extract::open(bytes, &gb18030) {
                    Ok(extract) => refusal.extract = Some(Box::new(extract)),
                    Err(error) => refusal.sentence = error.to_string(),
                },
                _ => {}
            }
            Err(refusal)
        }
    }
}

async fn read_file(file: &File) -> Result<Vec<u8>, String> {
    bearable(file).await.map_err(|error| error.to_string())?;
    let handed = files::read(file)
        .await
        .ok_or("文件读不出来，可能 U 盘已拔出。请插好后重选，现有数据没有变化。")?;
    vault::unsealed(handed).await
}

/// What a newer program made, as far as it is understood; `None` where that is nothing.
async fn read_newer(bytes: &[u8], told: impl Fn(usize, usize)) -> Option<Box<Newer>> {
    let mut newer = Newer::open(bytes, &gb18030).ok()?;
    read_whole(&mut newer, told).await.ok()?;
    Some(Box::new(newer))
}

/// Reads the rest in slices.
pub async fn read_whole(newer: &mut Newer, told: impl Fn(usize, usize)) -> Result<(), BundleError> {
    loop {
        let began = now();
        while now() - began < SLICE_MS {
            if newer.step(LINES_A_STEP)? {
                return Ok(());
            }
        }
        let (done, all) = newer.progress();
        told(done, all);
        breathe().await;
    }
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

/// Links of the long lines, as the browser hashes them.
fn long_links(opening: &Opening<'_>) -> impl Future<Output = Vec<(usize, Link)>> + use<> {
    let links = opening.long_lines().map(|(at, line)| {
        let hash = sha256(line.as_bytes());
        async move { Some((at, Link::of_hash(&hash.await?)?)) }
    });
    let links = join_all(links);
    async { links.await.into_iter().flatten().collect() }
}

/// Waits for what the browser hashes; lines are read meanwhile.
async fn reading_ahead<T>(opening: &mut Opening<'_>, hashes: impl Future<Output = T>) -> T {
    let reading = async {
        while opening.read_ahead(BYTES_A_STEP) {
            pause().await;
        }
    };
    match select(pin!(hashes), pin!(reading)).await {
        Either::Left((hashes, _)) => hashes,
        Either::Right((_, hashes)) => hashes.await,
    }
}

/// The bundle with its hash.
pub async fn finish(unhashed: Unhashed) -> String {
    let hash = match sha256(unhashed.covered()).await {
        Some(hash) => hash,
        None => hash_here(unhashed.covered()).await,
    };
    unhashed.finish_as(&hash)
}

async fn hash_here(bytes: &[u8]) -> String {
    let mut hashing = Hashing::default();
    for some in bytes.chunks(BYTES_A_STEP) {
        hashing.take(some);
        pause().await;
    }
    hashing.finish()
}

/// Opens a bundle and reads all of it; `told` hears of lines read and lines in all.
pub async fn read_bundle(bytes: &[u8], told: impl Fn(usize, usize)) -> Result<Bundle, BundleError> {
    // Its bytes were copied only now.
    give_way().await;
    let mut opening = Bundle::recognise(bytes, &gb18030)?;
    give_way().await;
    let hashes = join(sha256(opening.covered()), long_links(&opening));
    let (whole, links) = reading_ahead(&mut opening, hashes).await;
    opening.know_links(links);
    let hash = match whole {
        Some(hash) => hash,
        None => hash_here(opening.covered()).await,
    };
    let mut bundle = opening.finish_as(&hash)?;
    while !bundle.step(BYTES_A_STEP)? {
        let (done, all) = bundle.progress();
        told(done, all);
        pause().await;
    }
    verify(&mut bundle).await?;
    Ok(bundle)
}
