//! The RSA keys that sign ID tokens. They are made when they are first needed, so no private key
//! is in a file, and a client that keeps old keys notices after a restart.

use super::secret::base64url;
use aws_lc_rs::{
    digest::{SHA256, digest},
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    rsa::{KeyPair, KeySize, PublicKeyComponents},
    signature::{KeyPair as _, RSA_PKCS1_SHA256},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::sync::{Arc, LazyLock};

/// The first key of a process. Resets and tests share it, because making one takes a while.
static FIRST: LazyLock<Arc<Key>> = LazyLock::new(|| Arc::new(Key::generate()));

/// A key that is never published.
static UNKNOWN: LazyLock<Arc<Key>> = LazyLock::new(|| Arc::new(Key::generate()));

/// A key of 2048 bits.
#[derive(Debug)]
pub struct Key {
    /// Its name in headers and in the published list: a hash of the public key.
    pub kid: String,
    pair: KeyPair,
}

#[expect(clippy::expect_used, reason = "2048 bits are supported, and a key that was made is valid")]
impl Key {
    /// Makes a key.
    pub fn generate() -> Self {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("the system provides randomness");
        let kid = base64url(digest(&SHA256, pair.public_key().as_ref()).as_ref());
        Self { kid, pair }
    }

    /// A signature by RS256.
    pub fn sign(&self, text: &str) -> Vec<u8> {
        let mut signature = vec![0; self.pair.public_modulus_len()];
        let signed = self.pair.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature);
        signed.expect("the buffer has the length of the modulus");
        signature
    }

    /// The public key as PEM, which a careless client may take for the secret of HS256.
    pub fn public_pem(&self) -> String {
        let der: PublicKeyX509Der<'_> = self.pair.public_key().as_der().expect("a public key has an encoding");
        let lines = STANDARD.encode(der.as_ref());
        let lines: Vec<_> = lines.as_bytes().chunks(64).map(String::from_utf8_lossy).collect();
        format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", lines.join("\n"))
    }

    fn jwk(&self) -> Value {
        let public = PublicKeyComponents::<Vec<u8>>::from(self.pair.public_key());
        let (n, e) = (base64url(&public.n), base64url(&public.e));
        json!({ "kty": "RSA", "use": "sig", "alg": "RS256", "kid": self.kid, "n": n, "e": e })
    }
}

/// The published keys, oldest first; the last one signs.
#[derive(Default)]
pub struct Keys(Vec<Arc<Key>>);

impl Keys {
    /// The key that signs.
    pub fn current(&self) -> Arc<Key> {
        self.0.last().unwrap_or(&FIRST).clone()
    }

    /// A key that is not published.
    pub fn unknown() -> Arc<Key> {
        UNKNOWN.clone()
    }

    /// Publishes a new key, which signs from now on. The one before it stays published, as at Google.
    pub fn rotate(&mut self, new: Key) {
        self.0 = vec![self.current(), Arc::new(new)];
    }

    /// The names of the published keys.
    pub fn names(&self) -> Vec<String> {
        self.published().iter().map(|key| key.kid.clone()).collect()
    }

    /// The published keys as a JSON Web Key Set.
    pub fn jwks(&self) -> Value {
        json!({ "keys": self.published().iter().map(|key| key.jwk()).collect::<Vec<_>>() })
    }

    fn published(&self) -> Vec<Arc<Key>> {
        if self.0.is_empty() { vec![FIRST.clone()] } else { self.0.clone() }
    }
}
