//! The text of an API key.

use super::{
    Mode,
    secret_text::{SECRET_LENGTH, ULID_LENGTH, is_secret_text, secret_text},
};
use crate::UserId;
use std::str::FromStr;

/// The text of an API key: `nsk_live_` or `nsk_test_`, the owner's ULID, and 32 random characters.
///
/// It contains its owner, so that one read finds the key, the customer and the wallet. Only its hash is
/// stored.
#[derive(Clone, PartialEq, Eq)]
pub struct ApiKeyText {
    owner: UserId,
    mode: Mode,
    text: String,
}

/// The text is not an API key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an API key")]
pub struct NotAKey;

const LIVE: &str = "nsk_live_";
const TEST: &str = "nsk_test_";

impl ApiKeyText {
    /// A new live key from 32 random bytes; five bits of each are used.
    pub fn new(owner: UserId, random: [u8; SECRET_LENGTH]) -> Self {
        Self::of(Mode::Live, owner, random)
    }

    /// A new key of this mode.
    pub fn of(mode: Mode, owner: UserId, random: [u8; SECRET_LENGTH]) -> Self {
        let prefix = match mode {
            Mode::Live => LIVE,
            Mode::Test => TEST,
        };
        let text = format!("{prefix}{}{}", owner.ulid(), secret_text(random));
        Self { owner, mode, text }
    }

    /// The claimed owner; not verified.
    pub fn owner(&self) -> &UserId {
        &self.owner
    }

    /// The mode by the key's prefix.
    pub const fn mode(&self) -> Mode {
        self.mode
    }

    /// The last four characters, by which people tell keys apart.
    pub fn last_four(&self) -> &str {
        // The text is ASCII, and longer.
        self.text.get(self.text.len() - 4..).unwrap_or_default()
    }

    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl FromStr for ApiKeyText {
    type Err = NotAKey;

    fn from_str(text: &str) -> Result<Self, NotAKey> {
        let of = |prefix, mode| text.strip_prefix(prefix).map(|rest| (mode, rest));
        let (mode, rest) = of(LIVE, Mode::Live).or_else(|| of(TEST, Mode::Test)).ok_or(NotAKey)?;
        let (owner, secret) = rest.split_at_checked(ULID_LENGTH).ok_or(NotAKey)?;
        let owner = UserId::of_ulid(owner).map_err(|_| NotAKey)?;
        if !is_secret_text(secret) {
            return Err(NotAKey);
        }
        Ok(Self { owner, mode, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use proptest::prelude::*;

    #[test]
    fn a_key_names_its_owner() {
        let owner = UserId::new(Timestamp::from_millis(1), 9);
        let key = ApiKeyText::new(owner.clone(), [31; 32]);
        let read: ApiKeyText = key.expose().parse().unwrap();
        assert_eq!((read.owner(), read.mode()), (&owner, Mode::Live));
        assert!(key.expose().ends_with(key.last_four()) && key.last_four().len() == 4);
        let made = ApiKeyText::of(Mode::Test, owner.clone(), [31; 32]);
        let test: ApiKeyText = key.expose().replace("_live_", "_test_").parse().unwrap();
        assert_eq!((test.owner(), test.mode(), test.expose()), (&owner, Mode::Test, made.expose()));
        for bad in ["", "nsk_live_", &key.expose()[1..], &format!("{}0", key.expose()), &key.expose().to_lowercase()] {
            assert!(bad.parse::<ApiKeyText>().is_err(), "{bad}");
        }
    }

    /// A valid key in which some characters are replaced.
    fn spoilt() -> impl Strategy<Value = String> {
        let changes = proptest::collection::vec((any::<proptest::sample::Index>(), any::<char>()), 0..3);
        (any::<[u8; 32]>(), any::<u128>(), changes).prop_map(|(secret, random, changes)| {
            let key = ApiKeyText::new(UserId::new(Timestamp::from_millis(1), random), secret);
            let mut text: Vec<char> = key.expose().chars().collect();
            for (at, character) in changes {
                let at = at.index(text.len());
                text[at] = character;
            }
            text.into_iter().collect()
        })
    }

    proptest! {
        #[test]
        fn any_text_is_a_key_or_not(text in prop_oneof![".*", "nsk_(live|test)_[0-9A-Z]{56,60}", spoilt()]) {
            if let Ok(key) = text.parse::<ApiKeyText>() {
                prop_assert_eq!(key.expose(), &text);
                let owner = key.owner().as_str().trim_start_matches(UserId::PREFIX);
                prop_assert!(text.len() == 67 && text[LIVE.len()..].starts_with(owner), "{}", text);
            }
        }

        #[test]
        fn every_new_key_is_a_key(secret: [u8; 32], random: u128, millis in 0_i64..4_000_000_000_000) {
            let owner = UserId::new(Timestamp::from_millis(millis), random);
            let key = ApiKeyText::new(owner.clone(), secret);
            prop_assert_eq!(key.expose().parse::<ApiKeyText>().map(|read| read.owner().clone()), Ok(owner));
        }
    }
}
