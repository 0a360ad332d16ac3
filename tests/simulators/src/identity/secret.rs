//! Random values, and the hashes that protocols make of values.

use aws_lc_rs::{
    digest::{SHA256, digest},
    rand,
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};

/// A value that nobody can guess, after a prefix that says what it is.
pub fn random(prefix: &str) -> String {
    let mut bytes = [0; 32];
    #[expect(clippy::expect_used, reason = "without randomness there is nothing to simulate")]
    rand::fill(&mut bytes).expect("the system provides randomness");
    format!("{prefix}{}", base64url(&bytes))
}

/// Base64 for URLs, without padding.
pub fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The code challenge of a verifier by method S256 (RFC 7636, section 4.2).
pub fn challenge_of(verifier: &str) -> String {
    base64url(digest(&SHA256, verifier.as_bytes()).as_ref())
}

/// The claim `at_hash` of an access token: the left half of its hash (OpenID Connect Core, section 3.1.3.6).
pub fn half_hash(token: &str) -> String {
    base64url(&digest(&SHA256, token.as_bytes()).as_ref()[..16])
}
