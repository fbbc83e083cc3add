//! Signatures: Ed25519, and SM2 with SM3 as the second suite. Says whether bytes are signed by a key,
//! never whose key it is: people compare fingerprints (指纹) and decide.

use ed25519_dalek::{Signature as EdSignature, SigningKey as EdKey, VerifyingKey};
use sm2::dsa::signature::{Signer, Verifier};
use sm2::dsa::{Signature as SmSignature, SigningKey as SmKey, VerifyingKey as SmVerifyingKey};

use crate::error::SealError;
pub use crate::names::Scheme;
use crate::suite::Suite;
use crate::text::hex;

/// `1234567812345678`: every key here is told apart by itself, not by an identity.
const NOBODY: &str = "1234567812345678";

/// Bytes of a secret key.
pub const SECRET: usize = 32;
/// Bytes of a signature.
pub const SIGNATURE: usize = 64;

impl Scheme {
    /// The public key of a secret one: 32 bytes for Ed25519, 65 (uncompressed point) for SM2. Random
    /// bytes are a key, but for one draw in 2³² of SM2, which is refused: draw again.
    pub fn public_key(self, secret: &[u8; SECRET]) -> Result<Vec<u8>, SealError> {
        Ok(match self {
            Scheme::Ed25519 => EdKey::from_bytes(secret).verifying_key().to_bytes().to_vec(),
            Scheme::Sm2 => sm2_key(secret)?.verifying_key().to_sec1_bytes().to_vec(),
        })
    }

    /// The same bytes signed twice give the same signature: no dice are needed, and none can be loaded.
    pub fn sign(self, secret: &[u8; SECRET], said: &[u8]) -> Result<[u8; SIGNATURE], SealError> {
        Ok(match self {
            Scheme::Ed25519 => EdKey::from_bytes(secret).sign(said).to_bytes(),
            Scheme::Sm2 => {
                let signed: SmSignature =
                    sm2_key(secret)?.try_sign(said).map_err(|_| SealError::BadKey)?;
                signed.to_bytes().into()
            }
        })
    }

    /// Whether these very bytes were signed with the secret key of this public one. `Err` where key or
    /// signature are none of this scheme.
    pub fn verify(self, public: &[u8], said: &[u8], signature: &[u8]) -> Result<bool, SealError> {
        let bad = |_| SealError::BadKey;
        Ok(match self {
            Scheme::Ed25519 => {
                let key = <[u8; 32]>::try_from(public).map_err(|_| SealError::BadKey)?;
                let key = VerifyingKey::from_bytes(&key).map_err(bad)?;
                let signature = EdSignature::from_slice(signature).map_err(bad)?;
                key.verify_strict(said, &signature).is_ok()
            }
            Scheme::Sm2 => {
                let key = SmVerifyingKey::from_sec1_bytes(NOBODY, public)
                    .map_err(|_| SealError::BadKey)?;
                let signature =
                    SmSignature::from_slice(signature).map_err(|_| SealError::BadKey)?;
                key.verify(said, &signature).is_ok()
            }
        })
    }

    /// Six groups of four, `9f2c 01ab 77d0 5e3a c481 b60f`: 96 bits of the key's hash, as many as two
    /// people can read to each other on the telephone and nobody can forge.
    pub fn fingerprint(self, public: &[u8]) -> String {
        let hash = match self {
            Scheme::Ed25519 => Suite::XChaCha.hash(public),
            Scheme::Sm2 => Suite::Sm.hash(public),
        };
        let groups: Vec<String> = hash[..12].chunks(2).map(hex).collect();
        groups.join(" ")
    }
}

fn sm2_key(secret: &[u8; SECRET]) -> Result<SmKey, SealError> {
    SmKey::from_slice(NOBODY, secret).map_err(|_| SealError::BadKey)
}
