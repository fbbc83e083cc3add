//! What a file or a signature names: the two suites of each. No cipher is in here, so that the page can
//! speak of them.

/// How a file is sealed; named in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Suite {
    /// XChaCha20-Poly1305, SHA-256.
    #[default]
    XChaCha,
    /// SM4-GCM, SM3 (国密算法, not certified).
    Sm,
}

impl Suite {
    pub const ALL: [Suite; 2] = [Suite::XChaCha, Suite::Sm];

    /// As the file names it.
    pub const fn name(self) -> &'static str {
        match self {
            Suite::XChaCha => "xchacha20-poly1305",
            Suite::Sm => "sm4-gcm-sm3",
        }
    }

    pub fn named(name: &str) -> Option<Suite> {
        Suite::ALL.into_iter().find(|suite| suite.name() == name)
    }
}

/// How something is signed; named beside the signature.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    #[default]
    Ed25519,
    /// With SM3, and with the identity that GB/T 35276 gives those who name none.
    Sm2,
}

impl Scheme {
    pub const ALL: [Scheme; 2] = [Scheme::Ed25519, Scheme::Sm2];

    pub const fn name(self) -> &'static str {
        match self {
            Scheme::Ed25519 => "ed25519",
            Scheme::Sm2 => "sm2-sm3",
        }
    }

    pub fn named(name: &str) -> Option<Scheme> {
        Scheme::ALL.into_iter().find(|scheme| scheme.name() == name)
    }
}
