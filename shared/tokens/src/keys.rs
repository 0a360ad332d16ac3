//! Ed25519 keys: private ones sign, public ones are published (RFC 8037) and verify.

use crate::Claims;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    Timestamp,
    access::{KeyId, PublicKey},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use std::fmt;
use thiserror::Error;

/// The part of a private key's PKCS #8 form before its 32 bytes (RFC 8410).
const PKCS8: [u8; 16] =
    [0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20];

/// The length of a key, in bytes.
const KEY_LENGTH: usize = 32;

/// The key can't be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the signing key can't be used")]
pub struct Unusable;

/// A private key.
pub struct SigningKey {
    id: KeyId,
    public: String,
    private: EncodingKey,
}

impl SigningKey {
    /// The key of these random bytes.
    pub fn of_seed(seed: &[u8; KEY_LENGTH]) -> Result<Self, Unusable> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| Unusable)?;
        let public = URL_SAFE_NO_PAD.encode(pair.public_key());
        let id = KeyId::new(public.get(..16).ok_or(Unusable)?);
        Ok(Self { id, public, private: EncodingKey::from_ed_der(&[PKCS8.as_slice(), seed].concat()) })
    }

    /// The name of the key.
    pub const fn id(&self) -> &KeyId {
        &self.id
    }

    /// The public part, valid from now.
    pub fn public(&self, now: Timestamp) -> PublicKey {
        PublicKey { kid: self.id.clone(), x: self.public.clone(), since: now, until: None }
    }

    /// Signs an access token.
    pub fn sign(&self, claims: &Claims) -> Result<String, Unusable> {
        let header = Header { kid: Some(self.id.to_string()), ..Header::new(Algorithm::EdDSA) };
        jsonwebtoken::encode(&header, claims, &self.private).map_err(|_| Unusable)
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id)
    }
}

/// The key that verifies, if this public key has the right form.
pub(crate) fn decoding(key: &PublicKey) -> Option<DecodingKey> {
    let bytes = URL_SAFE_NO_PAD.decode(&key.x).ok().filter(|bytes| bytes.len() == KEY_LENGTH)?;
    Some(DecodingKey::from_ed_der(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_of_the_standard_has_its_public_part() {
        // RFC 8037, appendix A.
        let seed = URL_SAFE_NO_PAD.decode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A").unwrap();
        let key = SigningKey::of_seed(&seed.try_into().unwrap()).unwrap();
        assert_eq!(key.public, "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo");
        assert_eq!(format!("{key:?}"), "SigningKey(11qYAYKxCrfVS_7T)");
    }
}
