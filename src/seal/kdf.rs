//! A passphrase (口令) → a key: Argon2id. Does not judge how good a passphrase is; `strength` does.

use argon2::{Algorithm, Argon2, Block, Params, Version};

use crate::error::SealError;

/// Random bytes that make the same passphrase another key in every file.
pub const SALT: usize = 16;

/// What a guess costs, stored in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u32,
    pub lanes: u32,
}

/// The second choice RFC 9106 recommends: an office computer needs about a second.
pub const COST: Cost = Cost { memory: 64 * 1024, passes: 3, lanes: 1 };

/// The most that is worked through for a file from elsewhere; more would freeze or fill the computer.
const MOST: Cost = Cost { memory: 256 * 1024, passes: 10, lanes: 4 };

impl Cost {
    /// Whether this computer will work that much for a file it does not know.
    pub fn is_sane(self) -> bool {
        let least = self.memory >= 8 * self.lanes && self.passes >= 1 && self.lanes >= 1;
        let most = self.memory <= MOST.memory
            && self.passes <= MOST.passes
            && self.lanes <= MOST.lanes
            && u64::from(self.memory) * u64::from(self.passes) <= 1024 * 1024;
        least && most
    }

    /// A key of `len` bytes.
    pub fn key(self, passphrase: &str, salt: &[u8], len: usize) -> Result<Vec<u8>, SealError> {
        if !self.is_sane() {
            return Err(SealError::Absurd);
        }
        let params = Params::new(self.memory, self.passes, self.lanes, Some(len))
            .map_err(|_| SealError::Absurd)?;
        let mut memory: Vec<Block> = Vec::new();
        memory.try_reserve_exact(params.block_count()).map_err(|_| SealError::NoMemory)?;
        memory.resize(params.block_count(), Block::default());
        let mut key = vec![0; len];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(passphrase.as_bytes(), salt, &mut key, &mut memory)
            .map_err(|_| SealError::Absurd)?;
        Ok(key)
    }
}
