//! The public keys of access tokens, as they are stored and published. Their cryptography is in the crate `tokens`.

use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The name of a key: the first characters of its public part, so that a key has one name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct KeyId(String);

/// A public key, as it is stored and published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKey {
    /// The name of the key.
    pub kid: KeyId,
    /// The key in base64url.
    pub x: String,
    /// Time of its first use.
    pub since: Timestamp,
    /// The end of its validity, once it has a successor.
    pub until: Option<Timestamp>,
}

/// The public keys of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicKeys {
    /// The keys, oldest first.
    pub keys: Vec<PublicKey>,
}

impl KeyId {
    /// The key with this name.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for KeyId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PublicKey {
    /// Whether it may verify a token now.
    pub fn is_valid(&self, now: Timestamp) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl PublicKeys {
    /// The key with this name, if it is valid.
    pub fn valid(&self, kid: &KeyId, now: Timestamp) -> Option<&PublicKey> {
        self.keys.iter().find(|key| key.kid == *kid && key.is_valid(now))
    }

    /// The keys after `new` was added. The others end at `end`, when no token of theirs can still be valid; those that
    /// have ended already are dropped. `None` if the key is there.
    #[must_use]
    pub fn with(&self, new: &PublicKey, end: Timestamp) -> Option<Self> {
        if self.keys.iter().any(|key| key.kid == new.kid && key.until.is_none()) {
            return None;
        }
        let kept = self.keys.iter().filter(|key| key.kid != new.kid && key.is_valid(new.since));
        let ended = |key: &PublicKey| PublicKey { until: Some(key.until.unwrap_or(end)), ..key.clone() };
        Some(Self { keys: kept.map(ended).chain([new.clone()]).collect() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_successor_ends_the_others() {
        let at = Timestamp::from_millis;
        let key = |name: &str, since| {
            let kid = KeyId::new(name);
            PublicKey { kid, x: name.to_owned(), since: at(since), until: None }
        };
        let one = PublicKeys::default().with(&key("1", 0), at(100)).unwrap();
        assert_eq!(one.with(&key("1", 5), at(105)), None, "it is there");
        let two = one.with(&key("2", 10), at(110)).unwrap();
        let ends: Vec<_> = two.keys.iter().map(|key| key.until).collect();
        assert_eq!(ends, [Some(at(110)), None]);
        let (first, second) = (&two.keys[0].kid, &two.keys[1].kid);
        assert!(two.valid(first, at(109)).is_some() && two.valid(first, at(110)).is_none());
        assert!(two.valid(second, at(1_000)).is_some());
        let three = two.with(&key("3", 110), at(210)).unwrap();
        assert_eq!(
            three.keys.iter().map(|key| key.since).collect::<Vec<_>>(),
            [at(10), at(110)],
            "the first has ended"
        );
        let back = two.with(&key("1", 20), at(120)).unwrap();
        assert_eq!(back.keys.last().map(|key| (&key.kid, key.until)), Some((first, None)), "an old key is used again");
    }
}
