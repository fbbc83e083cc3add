//! Signatures: what they hold for, and what people compare.

use super::dice;
use crate::error::SealError;
use crate::sign::Scheme;
use proptest::prelude::*;

#[test]
fn e7_a_signature_holds_for_these_bytes_and_this_key_alone() {
    for scheme in Scheme::ALL {
        let (ours, theirs) = (dice::<32>(1), dice::<32>(2));
        let public = scheme.public_key(&ours).unwrap();
        let signature = scheme.sign(&ours, "云溪镇".as_bytes()).unwrap();
        assert_eq!(scheme.sign(&ours, "云溪镇".as_bytes()).unwrap(), signature, "no dice");
        assert_eq!(scheme.verify(&public, "云溪镇".as_bytes(), &signature), Ok(true));
        assert_eq!(scheme.verify(&public, "青石镇".as_bytes(), &signature), Ok(false));
        let other = scheme.public_key(&theirs).unwrap();
        assert_eq!(scheme.verify(&other, "云溪镇".as_bytes(), &signature), Ok(false));
        assert_eq!(scheme.verify(&public, b"", &[]), Err(SealError::BadKey));
        assert_eq!(scheme.verify(b"short", b"", &signature), Err(SealError::BadKey));
        assert_eq!(Scheme::named(scheme.name()), Some(scheme));
    }
    assert_eq!(Scheme::Sm2.public_key(&[0; 32]), Err(SealError::BadKey), "zero is no key");
}

#[test]
fn e7_a_fingerprint_is_six_groups_that_people_can_read_aloud() {
    for scheme in Scheme::ALL {
        let public = scheme.public_key(&dice(1)).unwrap();
        let print = scheme.fingerprint(&public);
        let groups: Vec<&str> = print.split(' ').collect();
        assert_eq!(groups.len(), 6);
        assert!(groups.iter().all(|group| group.len() == 4));
        assert_ne!(print, scheme.fingerprint(&scheme.public_key(&dice(2)).unwrap()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn e7_any_change_breaks_a_signature(seed in any::<u64>(), said in prop::collection::vec(any::<u8>(), 1..60), at in any::<prop::sample::Index>(), bit in 0..8u8) {
        for scheme in Scheme::ALL {
            let secret = dice(seed);
            let public = scheme.public_key(&secret).unwrap();
            let signature = scheme.sign(&secret, &said).unwrap();
            let mut changed = said.clone();
            changed[at.index(said.len())] ^= 1 << bit;
            prop_assert_eq!(scheme.verify(&public, &changed, &signature), Ok(false));
            let mut forged = signature;
            forged[at.index(64)] ^= 1 << bit;
            prop_assert_ne!(scheme.verify(&public, &said, &forged), Ok(true));
        }
    }
}
