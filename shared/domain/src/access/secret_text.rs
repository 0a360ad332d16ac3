//! Random text of secrets (API keys, refresh tokens, one-time tokens), and the hash under which it is stored.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The length of a ULID, in characters.
pub(crate) const ULID_LENGTH: usize = 26;
/// The length of the random part, in characters of five bits: 160 bits.
pub(crate) const SECRET_LENGTH: usize = 32;
/// Crockford's base 32: five bits per character, without characters that look alike.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The hash of a random secret, under which it is stored. A plain hash is safe, because such a secret can't be
/// guessed: it has 160 random bits. Passwords are hashed in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SecretHash(String);

impl SecretHash {
    /// The hash of a secret's complete text.
    pub fn of(text: &str) -> Self {
        Self(hex::encode(Sha256::digest(text.as_bytes())))
    }

    /// The hash in hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The random part of a secret, from random bytes; five bits of each are used.
pub(crate) fn secret_text(random: [u8; SECRET_LENGTH]) -> String {
    random_text(random)
}

/// Whether this may be the random part of a secret.
pub(crate) fn is_secret_text(text: &str) -> bool {
    is_random_text(text, SECRET_LENGTH)
}

/// Random characters, one for each byte; five bits of each are used.
pub(crate) fn random_text<const LENGTH: usize>(random: [u8; LENGTH]) -> String {
    random.iter().map(|byte| char::from(ALPHABET[usize::from(byte % 32)])).collect()
}

/// Whether these may be so many random characters.
pub(crate) fn is_random_text(text: &str, length: usize) -> bool {
    text.len() == length && text.bytes().all(|byte| ALPHABET.contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_possible_and_others_are_not() {
        let bytes: [u8; SECRET_LENGTH] = std::array::from_fn(|n| u8::try_from(n * 5 + 3).unwrap());
        let text = secret_text(bytes);
        assert!(is_secret_text(&text), "{text}");
        assert!(ALPHABET.iter().all(|byte| text.bytes().any(|used| used == *byte)), "{text}");
        for bad in
            [&text[1..], &format!("{text}0"), &text.to_lowercase(), &text.replace('0', "O"), &text.replace('1', "é")]
        {
            assert!(!is_secret_text(bad), "{bad}");
        }
    }

    #[test]
    fn the_hash_is_that_of_the_standard() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(SecretHash::of("abc").as_str(), abc);
    }
}
