//! Codes that Paystack mints, and the signature of its webhooks.

use aws_lc_rs::{
    digest::{SHA256, digest},
    hmac, rand,
};

/// The signs of a code.
const SIGNS: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";

/// A random code after a prefix that names its kind.
pub fn random(prefix: &str, length: usize) -> String {
    let mut bytes = vec![0; length];
    #[expect(clippy::expect_used, reason = "without randomness there is nothing to simulate")]
    rand::fill(&mut bytes).expect("the system provides randomness");
    written(prefix, &bytes)
}

/// The code that always belongs to this text.
pub fn always(prefix: &str, text: &str) -> String {
    written(prefix, &digest(&SHA256, text.as_bytes()).as_ref()[..20])
}

/// The value of `x-paystack-signature`: HMAC-SHA512 of the raw body, keyed by the secret key, in lowercase hexadecimal.
pub fn signature(key: &str, body: &str) -> String {
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA512, key.as_bytes()), body.as_bytes());
    tag.as_ref()
        .iter()
        .flat_map(|byte| [byte >> 4, byte & 15])
        .filter_map(|half| char::from_digit(half.into(), 16))
        .collect()
}

fn written(prefix: &str, bytes: &[u8]) -> String {
    let signs = bytes.iter().map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()]));
    prefix.chars().chain(signs).collect()
}
