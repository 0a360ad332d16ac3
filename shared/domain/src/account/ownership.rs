//! What proves that the owner of an account sends a request, before something that a stolen session must not do: the
//! password, or without one a sign-in that has just happened; and a code, if the account has a second factor.

use super::Password;
use crate::{SessionId, Timestamp};
use std::time::Duration;
use thiserror::Error;

/// How long after its sign-in a session proves by itself that its owner is there.
const FRESH_SIGN_IN: Duration = Duration::from_mins(10);

/// What the first half of a proof consists of.
#[derive(Debug, PartialEq, Eq)]
pub enum FirstHalf<'a> {
    /// A password, which is still to be verified.
    Password(&'a Password),
    /// The sign-in.
    FreshSignIn,
}

/// Why a request has no first half of a proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoFirstHalf {
    /// The account has a password, and none was sent.
    #[error("a password is needed")]
    PasswordMissing,
    /// The account has no password, and the session is too old to do without one.
    #[error("a fresh sign-in is needed")]
    NotFresh,
}

/// Whether a session proves by itself that its owner is there, because the sign-in has just happened. Refreshes do not
/// make it younger.
pub fn is_fresh(session: &SessionId, now: Timestamp) -> bool {
    now.since(session.made_at()) < FRESH_SIGN_IN
}

/// The first half of the proof in a request. A password that was sent is verified even if the account needs none.
pub fn first_half<'a>(
    has_password: bool,
    sent: Option<&'a Password>,
    session: Option<&SessionId>,
    now: Timestamp,
) -> Result<FirstHalf<'a>, NoFirstHalf> {
    match sent {
        Some(password) => Ok(FirstHalf::Password(password)),
        None if has_password => Err(NoFirstHalf::PasswordMissing),
        None if session.is_some_and(|session| is_fresh(session, now)) => Ok(FirstHalf::FreshSignIn),
        None => Err(NoFirstHalf::NotFresh),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_account_without_a_password_is_proved_by_a_fresh_sign_in() {
        let at = |seconds: i64| Timestamp::from_millis(seconds * 1000);
        let (session, password) = (SessionId::new(at(0), 1), "correct horse battery".parse().unwrap());
        let of = |has, sent, seconds| first_half(has, sent, Some(&session), at(seconds));
        assert_eq!(of(false, None, 599), Ok(FirstHalf::FreshSignIn));
        assert_eq!(of(false, None, 600), Err(NoFirstHalf::NotFresh));
        assert_eq!(first_half(false, None, None, at(0)), Err(NoFirstHalf::NotFresh), "a key");
        assert_eq!(of(true, None, 1), Err(NoFirstHalf::PasswordMissing));
        for has in [true, false] {
            assert_eq!(of(has, Some(&password), 900), Ok(FirstHalf::Password(&password)));
        }
    }
}
