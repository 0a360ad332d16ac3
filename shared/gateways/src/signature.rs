//! Signatures of webhooks: an HMAC of the body, in hexadecimal digits. They are compared in constant time.

use aws_lc_rs::hmac;
use secrecy::{ExposeSecret, SecretString};

/// The hash of a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hash {
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// Whether `signature` is that of these parts, one after the other. An empty secret signs nothing.
pub fn is_valid(hash: Hash, secret: &SecretString, parts: &[&[u8]], signature: &str) -> bool {
    let Ok(signature) = hex::decode(signature) else { return false };
    let algorithm = match hash {
        Hash::Sha256 => hmac::HMAC_SHA256,
        Hash::Sha512 => hmac::HMAC_SHA512,
    };
    let secret = secret.expose_secret().as_bytes();
    let key = hmac::Key::new(algorithm, secret);
    !secret.is_empty() && hmac::verify(&key, &parts.concat(), &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_signature_of_these_bytes_by_this_secret_is_valid() {
        // RFC 4231, test case 2.
        let sha256 = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        let sha512 = "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737";
        let secret = SecretString::from("Jefe");
        let parts: [&[u8]; 2] = [b"what do ya want ", b"for nothing?"];
        assert!(is_valid(Hash::Sha256, &secret, &parts, sha256));
        assert!(is_valid(Hash::Sha512, &secret, &parts, sha512));
        for (parts, secret, signature) in [
            (&parts[..1], "Jefe", sha256),
            (&parts[..], "jefe", sha256),
            (&parts[..], "", sha256),
            (&parts[..], "Jefe", ""),
            (&parts[..], "Jefe", &sha256[2..]),
            (&parts[..], "Jefe", "zz"),
            (&parts[..], "Jefe", sha512),
        ] {
            assert!(!is_valid(Hash::Sha256, &secret.into(), parts, signature), "{secret} {signature}");
        }
    }
}
