//! Hashes of passwords by Argon2id.
//!
//! The costs are those that OWASP recommends for small memory (7 MiB, five passes), about 20 ms of a core. A process
//! keeps one buffer: with a new one for each hash, the memory of the process would grow to eight times as much.

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use domain::account::{Password, PasswordHash};
use runtime::{Client, Context, random_bytes};
use std::{
    convert::Infallible,
    sync::{Mutex, PoisonError},
};
use subtle::ConstantTimeEq;

/// Memory in KiB, passes, lanes.
const COSTS: (u32, u32, u32) = (7168, 5, 1);
const SALT_LENGTH: usize = 16;
const HASH_LENGTH: usize = 32;

/// Hashes and checks passwords, one at a time.
pub struct Passwords(Mutex<Vec<Block>>);

/// A parsed hash. The costs are its own, so that they can be raised for new passwords.
struct Parsed {
    params: Params,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Client for Passwords {
    type Error = Infallible;

    async fn connect(_context: &Context) -> Result<Self, Infallible> {
        Ok(Self::default())
    }
}

impl Default for Passwords {
    fn default() -> Self {
        Self(Mutex::new(Vec::new()))
    }
}

impl Passwords {
    /// The hash of a password, with a new salt.
    pub fn hash(&self, password: &Password) -> PasswordHash {
        let (m, t, p) = COSTS;
        let salt: [u8; SALT_LENGTH] = random_bytes();
        // Without a hash, the stored text would match no password.
        let hash = current_costs().and_then(|params| self.compute(password, &params, &salt));
        let [salt, hash] = [salt.to_vec(), hash.unwrap_or_default()].map(|bytes| STANDARD_NO_PAD.encode(bytes));
        PasswordHash::new(format!("$argon2id$v=19$m={m},t={t},p={p}${salt}${hash}"))
    }

    /// Whether a password has this hash. Without a hash the answer is `false`, after the same time.
    pub fn verify(&self, password: &Password, hash: Option<&PasswordHash>) -> bool {
        let parsed = hash.and_then(|hash| parse(hash.expose()));
        let has_hash = parsed.is_some();
        let Some(Parsed { params, salt, hash }) = parsed.or_else(of_nobody) else { return false };
        let computed = self.compute(password, &params, &salt);
        has_hash && computed.is_some_and(|computed| bool::from(computed.ct_eq(&hash)))
    }

    fn compute(&self, password: &Password, params: &Params, salt: &[u8]) -> Option<Vec<u8>> {
        let mut output = vec![0; HASH_LENGTH];
        // A hash overwrites the buffer before it reads it, so a panic leaves nothing behind.
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buffer.len() < params.block_count() {
            buffer.resize(params.block_count(), Block::new());
        }
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.clone());
        let blocks = buffer.get_mut(..params.block_count())?;
        argon2.hash_password_into_with_memory(password.expose().as_bytes(), salt, &mut output, blocks).ok()?;
        Some(output)
    }
}

/// The costs of new hashes; they are constant and valid.
fn current_costs() -> Option<Params> {
    let (m, t, p) = COSTS;
    Params::new(m, t, p, Some(HASH_LENGTH)).ok()
}

/// The hash of no password, which is computed where there is no account, so that it takes as long.
fn of_nobody() -> Option<Parsed> {
    Some(Parsed { params: current_costs()?, salt: vec![0; SALT_LENGTH], hash: vec![0; HASH_LENGTH] })
}

/// Parses `$argon2id$v=19$m=7168,t=5,p=1$salt$hash`.
fn parse(text: &str) -> Option<Parsed> {
    let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
    let (costs, salt, hash) = (parts.next()?, parts.next()?, parts.next()?);
    let mut costs = costs.split(',');
    let mut cost = |name| costs.next()?.strip_prefix(name)?.parse().ok();
    let params = Params::new(cost("m=")?, cost("t=")?, cost("p=")?, Some(HASH_LENGTH)).ok()?;
    let [salt, hash] = [salt, hash].map(|text| STANDARD_NO_PAD.decode(text).ok());
    Some(Parsed { params, salt: salt?, hash: hash.filter(|hash| hash.len() == HASH_LENGTH)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn password(text: &str) -> Password {
        text.parse().unwrap()
    }

    #[test]
    fn a_password_is_recognised_in_any_form_and_others_are_not() {
        let passwords = Passwords::default();
        let hash = passwords.hash(&password("café crème brûlée"));
        assert!(hash.expose().starts_with("$argon2id$v=19$m=7168,t=5,p=1$"), "{}", hash.expose());
        assert!(passwords.verify(&password("café crème brûlée"), Some(&hash)));
        assert!(passwords.verify(&password("cafe\u{301} cre\u{300}me bru\u{302}le\u{301}e"), Some(&hash)));
        assert!(!passwords.verify(&password("cafe creme brulee"), Some(&hash)));
        assert_ne!(hash, passwords.hash(&password("café crème brûlée")), "each hash has its own salt");
        assert!(!passwords.verify(&password("x"), None));
        for damaged in ["", "$argon2id$v=19$", "$argon2id$v=19$m=1,t=1,p=1$AAAAAAAAAAA$AAAA"] {
            assert!(!passwords.verify(&password("x"), Some(&PasswordHash::new(damaged))), "{damaged}");
        }
    }

    /// Made by the reference implementation (PyPI `argon2-cffi`), with the salt `somesaltsomesalt`.
    #[test]
    fn hashes_of_other_programs_are_understood() {
        let theirs = PasswordHash::new(THEIRS);
        let passwords = Passwords::default();
        assert!(passwords.verify(&password("correct horse"), Some(&theirs)));
        assert!(!passwords.verify(&password("correct horsf"), Some(&theirs)));
    }

    const THEIRS: &str =
        "$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHRzb21lc2FsdA$Ab6+sBE+Tsn+6D2ktLNSwf7zGnZPIzn8umPKJj3WcwM";

    #[test]
    fn the_buffer_is_kept() {
        let passwords = Passwords::default();
        for _ in 0..3 {
            passwords.verify(&password("x"), None);
        }
        assert_eq!(passwords.0.lock().unwrap().len(), 7168);
    }
}
