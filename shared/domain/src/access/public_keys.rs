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
    /// The number of writes.
    #[serde(default)]
    pub version: u64,
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

    /// The next version of the keys: `current`, in this order, behind those that were published before. The latter end
    /// at `end`, when no token of theirs can still be valid; those that have ended are dropped. `None` if nothing
    /// changes.
    #[must_use]
    pub fn publishing(&self, current: &[PublicKey], now: Timestamp, end: Timestamp) -> Option<Self> {
        let is_current = |key: &PublicKey| current.iter().any(|new| new.kid == key.kid);
        let before = self.keys.iter().filter(|key| !is_current(key) && key.is_valid(now));
        let before = before.map(|key| PublicKey { until: Some(key.until.unwrap_or(end)), ..key.clone() });
        let current = current.iter().map(|new| {
            let known = self.keys.iter().find(|key| key.kid == new.kid);
            PublicKey { since: known.map_or(new.since, |key| key.since), until: None, ..new.clone() }
        });
        let keys: Vec<_> = before.chain(current).collect();
        (keys != self.keys).then_some(Self { version: self.version + 1, keys })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_key_is_published_before_its_first_use() {
        let at = Timestamp::from_millis;
        let key = |name: &str, since| {
            let kid = KeyId::new(name);
            PublicKey { kid, x: name.to_owned(), since: at(since), until: None }
        };
        let ends = |keys: &PublicKeys| keys.keys.iter().map(|key| (key.x.clone(), key.until)).collect::<Vec<_>>();
        let named = |name: &str, until: Option<i64>| (name.to_owned(), until.map(at));
        let first = PublicKeys::default().publishing(&[key("1", 0), key("2", 0)], at(0), at(100)).unwrap();
        assert_eq!(first.version, 1);
        assert_eq!(first.publishing(&[key("1", 5), key("2", 5)], at(5), at(105)), None, "they are there");
        let second = first.publishing(&[key("2", 10), key("3", 10)], at(10), at(110)).unwrap();
        assert_eq!(ends(&second), [named("1", Some(110)), named("2", None), named("3", None)]);
        assert_eq!(second.keys[1].since, at(0), "it was published before");
        let one = KeyId::new("1");
        assert!(second.valid(&one, at(109)).is_some() && second.valid(&one, at(110)).is_none());
        assert_eq!(second.publishing(&[key("2", 50), key("3", 50)], at(50), at(150)), None, "the end stays");
        let third = second.publishing(&[key("2", 110), key("3", 110)], at(110), at(210)).unwrap();
        assert_eq!(ends(&third), [named("2", None), named("3", None)], "the first has ended");
        // A function that still has the old secret publishes it again; the next one heals that.
        let back = second.publishing(&[key("1", 20), key("2", 20)], at(20), at(120)).unwrap();
        assert_eq!(ends(&back), [named("3", Some(120)), named("1", None), named("2", None)]);
        let healed = back.publishing(&[key("2", 30), key("3", 30)], at(30), at(130)).unwrap();
        assert_eq!(ends(&healed), [named("1", Some(130)), named("2", None), named("3", None)]);
    }
}
