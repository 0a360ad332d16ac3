//! Identifiers as Stripe makes them. They are random, so a restarted simulator never repeats one.

use aws_lc_rs::rand;

const SIGNS: &[u8; 62] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
/// The largest multiple of the number of signs that a byte can reach, so that all signs are equally likely.
const EVEN: u8 = 248;

/// A prefix that says what it is, and this many random letters and digits.
pub fn random(prefix: &str, length: usize) -> String {
    let mut id = prefix.to_owned();
    while id.len() < prefix.len() + length {
        let mut bytes = [0; 64];
        #[expect(clippy::expect_used, reason = "without randomness there is nothing to simulate")]
        rand::fill(&mut bytes).expect("the system provides randomness");
        let missing = prefix.len() + length - id.len();
        let signs = bytes.iter().filter(|byte| **byte < EVEN).map(|byte| char::from(SIGNS[usize::from(byte % 62)]));
        id.extend(signs.take(missing));
    }
    id
}

/// The identifier of an object: a prefix and 24 signs.
pub fn object(prefix: &str) -> String {
    random(&format!("{prefix}_"), 24)
}
