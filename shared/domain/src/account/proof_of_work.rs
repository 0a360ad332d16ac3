//! Proofs of work: text that takes some computing to find, and one hash to check. Whoever sends one request hardly
//! notices it; whoever sends millions pays for it.

use crate::{Timestamp, access::SecretHash};
use sha2::{Digest, Sha256};
use std::{str::FromStr, time::Duration};

/// How long a proof can be used after the time that it names.
const LIFETIME: Duration = Duration::from_mins(5);
/// How far the sender's clock may be ahead.
const AHEAD: Duration = Duration::from_mins(1);
/// The time after which no proof that was ever accepted can be used again.
pub const PROOF_REMEMBERED: Duration = Duration::from_mins(10);
/// The nonce is long enough that two senders do not choose the same.
const NONCE: std::ops::RangeInclusive<usize> = 16..=64;

/// A proof of work: `1795791600.7f3k0000000005a1`, a time in seconds since 1970 and a nonce of 16 to 64 letters and
/// digits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProofOfWork(String);

/// The number of leading zero bits that the hash of a proof needs. Each doubles the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Difficulty(u32);

/// The text is not a proof of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a proof of work is a time in seconds, a dot, and 16 to 64 letters and digits")]
pub struct NotAProof;

/// The number is not a difficulty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a difficulty is a number from 1 to 32")]
pub struct NotADifficulty;

impl Difficulty {
    /// The number of zero bits.
    pub const fn bits(self) -> u32 {
        self.0
    }
}

impl FromStr for Difficulty {
    type Err = NotADifficulty;

    fn from_str(text: &str) -> Result<Self, NotADifficulty> {
        text.parse().ok().filter(|bits| (1..=32).contains(bits)).map(Self).ok_or(NotADifficulty)
    }
}

impl ProofOfWork {
    /// Whether it can be used now, for this purpose, at this difficulty. That it was not used before, the caller
    /// ensures by [`ProofOfWork::name`].
    pub fn is_valid(&self, purpose: &str, difficulty: Difficulty, now: Timestamp) -> bool {
        self.is_fresh(now) && leading_zeros(&self.hash(purpose)) >= difficulty.0
    }

    /// A name of this proof, which has always the same length.
    pub fn name(&self) -> SecretHash {
        SecretHash::of(&self.0)
    }

    fn is_fresh(&self, now: Timestamp) -> bool {
        let seconds = self.0.split_once('.').and_then(|(seconds, _)| seconds.parse::<i64>().ok());
        let Some(millis) = seconds.and_then(|seconds| seconds.checked_mul(1000)) else { return false };
        let named = Timestamp::from_millis(millis);
        named <= now.plus(AHEAD) && now <= named.plus(LIFETIME)
    }

    fn hash(&self, purpose: &str) -> [u8; 32] {
        Sha256::digest(format!("{purpose} {}", self.0)).into()
    }
}

impl FromStr for ProofOfWork {
    type Err = NotAProof;

    fn from_str(text: &str) -> Result<Self, NotAProof> {
        let (seconds, nonce) = text.split_once('.').ok_or(NotAProof)?;
        // Ten digits last until the year 2286, and make one text for one time.
        let is_time = seconds.len() == 10 && seconds.bytes().all(|byte| byte.is_ascii_digit());
        let is_nonce = NONCE.contains(&nonce.len()) && nonce.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_time && is_nonce { Ok(Self(text.to_owned())) } else { Err(NotAProof) }
    }
}

fn leading_zeros(hash: &[u8]) -> u32 {
    let zeros = hash.iter().take_while(|byte| **byte == 0).count();
    let next = hash.get(zeros).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(zeros).unwrap_or(0) * 8 + next
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_795_791_600_000;

    /// The first proof with this time that has so many zero bits.
    fn found(seconds: i64, bits: u32) -> ProofOfWork {
        let mut candidates = (0..).map(|n| ProofOfWork(format!("{seconds}.{n:016x}")));
        candidates.find(|proof| leading_zeros(&proof.hash("login")) >= bits).unwrap()
    }

    #[test]
    fn a_proof_holds_for_its_purpose_its_time_and_easier_ones() {
        let at = |seconds: i64| Timestamp::from_millis(NOW + seconds * 1000);
        let (proof, ten) = (found(NOW / 1000, 10), Difficulty(10));
        for (purpose, difficulty, now, valid) in [
            ("login", ten, at(0), true),
            ("login", Difficulty(1), at(0), true),
            ("login", Difficulty(32), at(0), false),
            ("register", ten, at(0), false),
            ("login", ten, at(300), true),
            ("login", ten, at(301), false),
            ("login", ten, at(-60), true),
            ("login", ten, at(-61), false),
        ] {
            assert_eq!(proof.is_valid(purpose, difficulty, now), valid, "{purpose} {difficulty:?} {now}");
        }
        assert!(!ProofOfWork("0000000000.0000000000000000".to_owned()).is_fresh(at(0)));
    }

    #[test]
    fn only_one_form_is_a_proof() {
        for text in
            ["1795791600.7f3k0000000005a1", "0000000000.abcdefghijklmnop", &format!("1795791600.{}", "Z".repeat(64))]
        {
            assert!(text.parse::<ProofOfWork>().is_ok(), "{text}");
        }
        for text in [
            "",
            ".",
            "1795791600",
            "1795791600.",
            "1795791600.short",
            "1795791600.7f3k0000000005a1 ",
            " 1795791600.7f3k0000000005a1",
            "01795791600.7f3k0000000005a1",
            "+795791600.7f3k0000000005a1",
            "1795791600.7f3k0000-000005a1",
            "1795791600.é00000000000000000",
            &format!("1795791600.{}", "Z".repeat(65)),
        ] {
            assert_eq!(text.parse::<ProofOfWork>(), Err(NotAProof), "{text}");
        }
    }

    #[test]
    fn zeros_are_counted_by_the_bit() {
        for (bytes, zeros) in [
            (&[0x80][..], 0),
            (&[0x7f], 1),
            (&[0x01], 7),
            (&[0, 0x80], 8),
            (&[0, 0, 0x10], 19),
            (&[0, 0, 0, 0], 32),
            (&[], 0),
        ] {
            assert_eq!(leading_zeros(bytes), zeros, "{bytes:?}");
        }
    }

    #[test]
    fn difficulties_are_bounded() {
        assert_eq!("18".parse::<Difficulty>().map(Difficulty::bits), Ok(18));
        for text in ["", "0", "33", "-1", "x", "1.5"] {
            assert_eq!(text.parse::<Difficulty>(), Err(NotADifficulty), "{text}");
        }
    }
}
