//! Refresh tokens.

use crate::{
    SessionId, UserId,
    access::secret_text::{SECRET_LENGTH, ULID_LENGTH, is_secret_text, secret_text},
};
use std::{fmt, str::FromStr};

/// The text of a refresh token: `nsr_`, the ULIDs of the owner and of the session, and 32 random characters.
///
/// It contains its owner and session, so that one read finds both. Only its hash is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct RefreshText {
    owner: UserId,
    session: SessionId,
    text: String,
}

/// The text is not a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a refresh token")]
pub struct NotARefreshToken;

const PREFIX: &str = "nsr_";

impl RefreshText {
    /// A new token from 32 random bytes; five bits of each are used.
    pub fn new(owner: UserId, session: SessionId, random: [u8; SECRET_LENGTH]) -> Self {
        let text = format!("{PREFIX}{}{}{}", owner.ulid(), session.ulid(), secret_text(random));
        Self { owner, session, text }
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
            let (session, secret) = rest.split_at_checked(ULID_LENGTH)?;
            let parsed = (UserId::of_ulid(owner).ok()?, SessionId::of_ulid(session).ok()?);
            is_secret_text(secret).then_some(parsed)
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
        RefreshText::new(UserId::new(at, 1), SessionId::new(at, 2), random)
    }

    #[test]
    fn a_token_names_its_owner_and_session() {
        let token = token([9; SECRET_LENGTH]);
        let read: RefreshText = token.expose().parse().unwrap();
        assert_eq!((read.owner(), read.session()), (token.owner(), token.session()));
        assert_eq!(format!("{token:?}"), format!("RefreshText({})", token.session()));
    }

    proptest! {
        #[test]
        fn any_text_is_a_token_or_not(text in prop_oneof![".*", "nsr_[0-9A-Z]{82,86}", Just(token([1; 32]).expose().to_owned())]) {
            if let Ok(read) = text.parse::<RefreshText>() {
                prop_assert_eq!(read.expose(), &text);
                prop_assert_eq!(text.len(), 4 + 26 + 26 + 32);
            }
        }
    }
}
