//! E4: what the standards print. Each comes from the document named beside it.

use super::unhex;
use crate::sign::Scheme;
use crate::suite::Suite;
use crate::text::hex;
use aes_gcm::AesGcm;
use aes_gcm::aead::consts::U12;
use argon2::{Algorithm, Argon2, AssociatedData, ParamsBuilder, Version};
use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use sm4::Sm4;
use sm4::cipher::{BlockCipherDecrypt, BlockCipherEncrypt};

/// RFC 9106, 5.3.
#[test]
fn e4_argon2id_as_rfc_9106_prints_it() {
    let mut params = ParamsBuilder::new();
    params.m_cost(32).t_cost(3).p_cost(4).output_len(32);
    params.data(AssociatedData::new(&[4; 12]).unwrap());
    let params = params.build().unwrap();
    let argon =
        Argon2::new_with_secret(&[3; 8], Algorithm::Argon2id, Version::V0x13, params).unwrap();
    let mut tag = [0; 32];
    argon.hash_password_into(&[1; 32], &[2; 16], &mut tag).unwrap();
    assert_eq!(hex(&tag), "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659");
}

/// draft-irtf-cfrg-xchacha-03, A.3.1.
#[test]
fn e4_xchacha20_poly1305_as_its_draft_prints_it() {
    let key: Vec<u8> = (0x80..0xa0).collect();
    let nonce: Vec<u8> = (0x40..0x58).collect();
    let plain = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
    let cipher = XChaCha20Poly1305::new_from_slice(&key).unwrap();
    let aad = unhex("50515253c0c1c2c3c4c5c6c7");
    let nonce = nonce.as_slice().try_into().unwrap();
    let sealed = cipher.encrypt(nonce, Payload { msg: plain, aad: &aad }).unwrap();
    assert_eq!(
        hex(&sealed),
        "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff921f9664c97637da9768812f615c68b13b52ec0875924c1c7987947deafd8780acf49"
    );
}

/// GB/T 32907-2016, A.1 and A.2.
#[test]
fn e4_sm4_as_gb_t_32907_prints_it() {
    let key = unhex("0123456789abcdeffedcba9876543210");
    let cipher = Sm4::new_from_slice(&key).unwrap();
    let mut block = sm4::cipher::Block::<Sm4>::try_from(key.as_slice()).unwrap();
    cipher.encrypt_block(&mut block);
    assert_eq!(hex(&block), "681edf34d206965e86b3e94f536e4246");
    for _ in 1..1_000_000 {
        cipher.encrypt_block(&mut block);
    }
    assert_eq!(hex(&block), "595298c7c6fd271f0402f804c33d3f66");
    cipher.decrypt_block(&mut block);
    assert_ne!(hex(&block), "595298c7c6fd271f0402f804c33d3f66");
}

/// RFC 8998, A.1: SM4-GCM for TLS.
#[test]
fn e4_sm4_gcm_as_rfc_8998_prints_it() {
    let cipher =
        AesGcm::<Sm4, U12>::new_from_slice(&unhex("0123456789ABCDEFFEDCBA9876543210")).unwrap();
    let nonce = unhex("00001234567800000000ABCD");
    let nonce = nonce.as_slice().try_into().unwrap();
    let plain = unhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA",
    );
    let aad = unhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2");
    let sealed = cipher.encrypt(nonce, Payload { msg: &plain, aad: &aad }).unwrap();
    assert_eq!(
        hex(&sealed).to_uppercase(),
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D83DE3541E4C2B58177E065A9BF7B62EC"
    );
}

/// GB/T 32905-2016, A.1 and A.2.
#[test]
fn e4_sm3_as_gb_t_32905_prints_it() {
    assert_eq!(
        hex(&Suite::Sm.hash(b"abc")),
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    );
    assert_eq!(
        hex(&Suite::Sm.hash("abcd".repeat(16).as_bytes())),
        "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    );
}

/// RFC 8032, 7.1, tests 1 and 2.
#[test]
fn e4_ed25519_as_rfc_8032_prints_it() {
    for (secret, public, said, signature) in [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
    ] {
        let secret: [u8; 32] = unhex(secret).try_into().unwrap();
        assert_eq!(hex(&Scheme::Ed25519.public_key(&secret).unwrap()), public);
        let signed = Scheme::Ed25519.sign(&secret, &unhex(said)).unwrap();
        assert_eq!(hex(&signed), signature);
        assert_eq!(Scheme::Ed25519.verify(&unhex(public), &unhex(said), &signed), Ok(true));
    }
}

/// GB/T 32918.5-2017, A.2: the signature was made with a nonce of the standard's, so it is verified.
#[test]
fn e4_sm2_as_gb_t_32918_prints_it() {
    let secret = unhex("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8");
    let public = unhex(
        "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13",
    );
    let signature = unhex(
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA",
    );
    let secret: [u8; 32] = secret.try_into().unwrap();
    assert_eq!(Scheme::Sm2.public_key(&secret), Ok(public.clone()));
    assert_eq!(Scheme::Sm2.verify(&public, b"message digest", &signature), Ok(true));
    assert_eq!(Scheme::Sm2.verify(&public, b"message digesU", &signature), Ok(false));
}
