//! Refresh tokens.

use crate::{
    SessionId, UserId,
    access::{
        SecretHash,
        secret_text::{SECRET_LENGTH, ULID_LENGTH, is_random_text, is_secret_text, random_text, secret_text},
    },
};
use std::{fmt, str::FromStr};

/// The text of a refresh token: `nsr_`, the ULIDs of the owner and of the session, the family's 20 random characters,
/// and 32 that are new in each token.
///
/// It contains its owner and session, so that one read finds both. The family's part is the same in all tokens of a
/// session, so an old token can be distinguished from an invented one. Only hashes are stored.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshText {
    owner: UserId,
    session: SessionId,
    text: String,
}

/// The length of the family's part, in characters of five bits: 100 bits.
const FAMILY_LENGTH: usize = 20;
/// The length of the part before the token's own.
const COMMON: usize = PREFIX.len() + 2 * ULID_LENGTH + FAMILY_LENGTH;

/// The text is not a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a refresh token")]
pub struct NotARefreshToken;

const PREFIX: &str = "nsr_";

impl RefreshText {
    /// The first token of a session, from random bytes; five bits of each are used.
    pub fn new(owner: UserId, session: SessionId, family: [u8; FAMILY_LENGTH], random: [u8; SECRET_LENGTH]) -> Self {
        let (family, secret) = (random_text(family), secret_text(random));
        let text = format!("{PREFIX}{}{}{family}{secret}", owner.ulid(), session.ulid());
        Self { owner, session, text }
    }

    /// The next token of the same session.
    #[must_use]
    pub fn next(&self, random: [u8; SECRET_LENGTH]) -> Self {
        let text = format!("{}{}", self.common(), secret_text(random));
        Self { text, ..self.clone() }
    }

    /// The hash of what all tokens of the session have in common.
    pub fn family(&self) -> SecretHash {
        SecretHash::of(self.common())
    }

    /// The hash of this token.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.text)
    }

    fn common(&self) -> &str {
        self.text.get(..COMMON).unwrap_or_default()
    }

    /// The claimed owner; not verified.
    pub fn owner(&self) -> &UserId {
        &self.owner
    }

    /// The claimed session; not verified.
    pub fn session(&self) -> &SessionId {
        &self.session
    }

    /// The complete text, which is secret.
    pub fn expose(&self) -> &str {
        &self.text
    }
}

impl fmt::Debug for RefreshText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RefreshText({})", self.session)
    }
}

impl FromStr for RefreshText {
    type Err = NotARefreshToken;

    fn from_str(text: &str) -> Result<Self, NotARefreshToken> {
        let parts = || {
            let (owner, rest) = text.strip_prefix(PREFIX)?.split_at_checked(ULID_LENGTH)?;
            let (session, rest) = rest.split_at_checked(ULID_LENGTH)?;
            let (family, secret) = rest.split_at_checked(FAMILY_LENGTH)?;
            let parsed = (UserId::of_ulid(owner).ok()?, SessionId::of_ulid(session).ok()?);
            (is_random_text(family, FAMILY_LENGTH) && is_secret_text(secret)).then_some(parsed)
        };
        let (owner, session) = parts().ok_or(NotARefreshToken)?;
        Ok(Self { owner, session, text: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Timestamp;
    use proptest::prelude::*;

    fn token(random: [u8; SECRET_LENGTH]) -> RefreshText {
        let at = Timestamp::from_millis(1);
        RefreshText::new(UserId::new(at, 1), SessionId::new(at, 2), [5; FAMILY_LENGTH], random)
    }

    #[test]
    fn a_token_names_its_owner_and_session() {
        let token = token([9; SECRET_LENGTH]);
        let read: RefreshText = token.expose().parse().unwrap();
        assert_eq!((read.owner(), read.session()), (token.owner(), token.session()));
        let next = token.next([10; SECRET_LENGTH]);
        assert_eq!((next.family(), next.session()), (token.family(), token.session()));
        assert!(next.hash() != token.hash() && next.expose().parse() == Ok(next));
        assert_eq!(format!("{token:?}"), format!("RefreshText({})", token.session()));
    }

    proptest! {
        #[test]
        fn any_text_is_a_token_or_not(text in prop_oneof![".*", "nsr_[0-9A-Z]{102,106}", Just(token([1; 32]).expose().to_owned())]) {
            if let Ok(read) = text.parse::<RefreshText>() {
                prop_assert_eq!(read.expose(), &text);
                prop_assert_eq!(text.len(), 4 + 26 + 26 + 20 + 32);
            }
        }
    }
}
