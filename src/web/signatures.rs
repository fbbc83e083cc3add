//! Keys and signatures as the journal keeps them (hexadecimal), by the vault's arithmetic. Knows no base.

use gangtu_seal::names::Scheme;

use super::vault::{self, SigningKey, Why};
use crate::journal::hash::hex;
use crate::journal::signed::{Checkpoint, OwnKey};

/// `None` where the vault cannot run.
pub async fn make_key(scheme: Scheme) -> Option<OwnKey> {
    let made = vault::make_key(scheme).await.ok()?;
    Some(OwnKey {
        scheme: scheme.name().into(),
        secret: hex(&made.secret).as_str().into(),
        key: hex(&made.public).as_str().into(),
    })
}

/// The checkpoint with its signature; `None` where the vault cannot run.
pub async fn signed(next: Checkpoint, own: &OwnKey, township: &str) -> Option<Checkpoint> {
    let said = next.statement(township);
    let signature = vault::sign(&signing_key(own)?, said.as_bytes()).await.ok()?;
    Some(Checkpoint { signature: hex(&signature).as_str().into(), ..next })
}

/// Whether a checkpoint's signature is good; `None` where it cannot be told here.
pub async fn is_good(township: &str, checkpoint: &Checkpoint) -> Option<bool> {
    let scheme = Scheme::named(&checkpoint.scheme)?;
    let (Some(key), Some(signature)) = (from_hex(&checkpoint.key), from_hex(&checkpoint.signature))
    else {
        return Some(false);
    };
    let said = checkpoint.statement(township);
    match vault::verify(scheme, &key, said.as_bytes(), &signature).await {
        Ok(good) => Some(good),
        Err(error) if error.why == Why::BadKey => Some(false),
        Err(_) => None,
    }
}

/// Six groups of a key, for people to compare.
pub async fn fingerprint(scheme: &str, key: &str) -> Option<String> {
    vault::fingerprint(Scheme::named(scheme)?, &from_hex(key)?).await.ok()
}

fn signing_key(own: &OwnKey) -> Option<SigningKey> {
    let (scheme, secret, public) =
        (Scheme::named(&own.scheme)?, from_hex(&own.secret)?, from_hex(&own.key)?);
    Some(SigningKey { scheme, secret, public })
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let pair = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    text.len().is_multiple_of(2).then(|| text.as_bytes().chunks(2).map(pair).collect()).flatten()
}
