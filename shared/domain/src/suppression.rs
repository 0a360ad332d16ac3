//! Addresses that get no letters, or only those that their owner asks for: what happened to letters to an address, and
//! what follows from it (decision 0037).

use crate::{EmailAddress, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{fmt, str::FromStr, time::Duration};

/// How long after a bounce a letter that somebody asks for is tried again. It may prove that the mailbox exists now.
pub const TRIED_AGAIN_AFTER: Duration = Duration::from_hours(24);

/// The hash of an address, in hexadecimal digits. Suppressions are stored and reported under it, so that they outlast
/// the account and name nobody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressHash(String);

/// The text is not the hash of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the hash of an address")]
pub struct NotAHash;

/// What a mail server reported about a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Undelivered {
    /// There is no such mailbox.
    Bounced,
    /// Its owner marked the letter as spam.
    Complained,
}

/// Why somebody gets a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// Somebody asked for it right now, and waits for it.
    Asked,
    /// Something happened.
    Told,
}

/// What happened to letters to an address. Each time is the newest of its kind. A report counts with the time at which
/// its letter was sent, so a late one does not undo a later proof.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// A letter bounced for good.
    #[serde(default)]
    pub bounced_at: Option<Timestamp>,
    /// A letter was marked as spam.
    #[serde(default)]
    pub complained_at: Option<Timestamp>,
    /// Somebody opened the link of a letter to the address.
    #[serde(default)]
    pub proved_at: Option<Timestamp>,
    /// Staff lifted the suppression.
    #[serde(default)]
    pub lifted_at: Option<Timestamp>,
}

impl Suppression {
    /// Why a letter on this occasion is not sent now; `None` if it may be sent.
    ///
    /// After a bounce nothing is sent until the address is proved; a letter that is asked for is tried again each day.
    /// After a complaint only what is asked for is sent, until staff lift it.
    pub fn refuses(&self, occasion: Occasion, now: Timestamp) -> Option<Undelivered> {
        if let Some(bounced) = self.bounced_at.filter(|bounced| self.proved_at.max(self.lifted_at) < Some(*bounced)) {
            let is_tried = occasion == Occasion::Asked && now >= bounced.plus(TRIED_AGAIN_AFTER);
            if !is_tried {
                return Some(Undelivered::Bounced);
            }
        }
        let complained = self.complained_at.filter(|complained| self.lifted_at < Some(*complained));
        complained.filter(|_| occasion == Occasion::Told).map(|_| Undelivered::Complained)
    }
}

impl AddressHash {
    /// The hash of an address.
    pub fn of(address: &EmailAddress) -> Self {
        Self(hex::encode(Sha256::digest(address.as_str().as_bytes())))
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for AddressHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(is_digit) { Ok(Self(text.to_owned())) } else { Err(NotAHash) }
    }
}

impl fmt::Display for AddressHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Occasion::{Asked, Told};
    use Undelivered::{Bounced, Complained};

    fn at(hours: i64) -> Timestamp {
        Timestamp::from_millis(hours * 3_600_000)
    }

    #[test]
    fn a_bounce_ends_with_a_proof_and_a_complaint_with_a_decision_of_staff() {
        // Hours of bounce, complaint, proof and decision; hour of the letter; what refuses one that is asked for, and
        // one that tells something.
        for (bounced, complained, proved, lifted, now, asked, told) in [
            (None, None, None, None, 1, None, None),
            (Some(10), None, None, None, 11, Some(Bounced), Some(Bounced)),
            (Some(10), None, None, None, 34, None, Some(Bounced)),
            (Some(10), None, Some(12), None, 13, None, None),
            (Some(10), None, Some(9), None, 11, Some(Bounced), Some(Bounced)),
            (Some(10), None, Some(10), None, 11, None, None),
            (Some(10), None, None, Some(11), 12, None, None),
            (Some(12), None, None, Some(11), 13, Some(Bounced), Some(Bounced)),
            (None, Some(10), None, None, 11, None, Some(Complained)),
            (None, Some(10), None, None, 1000, None, Some(Complained)),
            (None, Some(10), Some(12), None, 13, None, Some(Complained)),
            (None, Some(10), None, Some(11), 12, None, None),
            (None, Some(12), None, Some(11), 13, None, Some(Complained)),
            (Some(10), Some(10), None, None, 11, Some(Bounced), Some(Bounced)),
            (Some(10), Some(10), None, None, 40, None, Some(Bounced)),
            (Some(10), Some(10), Some(20), None, 40, None, Some(Complained)),
        ] {
            let suppression = Suppression {
                bounced_at: bounced.map(at),
                complained_at: complained.map(at),
                proved_at: proved.map(at),
                lifted_at: lifted.map(at),
            };
            let found = (suppression.refuses(Asked, at(now)), suppression.refuses(Told, at(now)));
            assert_eq!(found, (asked, told), "{suppression:?} at {now}");
        }
    }

    #[test]
    fn an_address_has_one_hash() {
        let hash = AddressHash::of(&" Kofi@Example.com ".parse().unwrap());
        assert_eq!(hash, AddressHash::of(&"kofi@example.com".parse().unwrap()));
        assert_eq!(hash.to_string().parse(), Ok(hash.clone()));
        for bad in ["", "kofi@example.com", &hash.as_str()[1..], &hash.as_str().to_uppercase(), &"g".repeat(64)] {
            assert_eq!(bad.parse::<AddressHash>(), Err(NotAHash), "{bad}");
        }
    }
}
