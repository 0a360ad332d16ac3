//! Sessions: one sign-in on one device. A session is a family of refresh tokens, of which only the newest is valid.

use super::{Device, RefreshText};
use crate::{Network, SessionId, Timestamp, UserId, access::SecretHash};
use serde::{Deserialize, Serialize};
use std::time::Duration;
use utoipa::ToSchema;

/// How long an access token is valid. A session that ends earlier ends its access tokens at once.
pub const ACCESS_LIFETIME: Duration = Duration::from_mins(15);
/// How long a session lasts after its last refresh.
pub const SESSION_LIFETIME: Duration = Duration::from_hours(30 * 24);
/// The same for staff: who does nothing for so long must sign in again.
pub const STAFF_IDLE: Duration = Duration::from_mins(30);
/// How long a session of staff lasts at most, however often it is refreshed.
pub const STAFF_SHIFT: Duration = Duration::from_hours(12);

/// How a person signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignIn {
    /// With email address and password.
    Password,
    /// With an account at Google.
    Google,
    /// With a passkey.
    Passkey,
}

impl SignIn {
    /// Whether it proves two factors by itself, so that no code is asked for.
    pub const fn is_two_factors(self) -> bool {
        matches!(self, Self::Passkey)
    }
}

/// What a person used as a second factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// The code of an authenticator app.
    App,
    /// A backup code.
    BackupCode,
    /// A passkey.
    Passkey,
}

/// The factors of a sign-in: how a person proved who they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Factors {
    /// The first step.
    pub sign_in: SignIn,
    /// The second step, if the account needed one.
    #[serde(default)]
    pub second_factor: Option<Factor>,
}

/// For what a person signed in. Staff have sessions of their own, with stricter limits; a session of one realm gives no
/// rights in the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Realm {
    /// The own account.
    #[default]
    Customer,
    /// Work for us.
    Staff,
}

/// A session.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Identifier.
    pub session_id: SessionId,
    /// The person.
    pub user_id: UserId,
    /// The version of the account's tokens at the sign-in. A higher one in the account ends the session.
    pub version: u32,
    /// What it is for.
    #[serde(default)]
    pub realm: Realm,
    /// The hash of what its refresh tokens have in common.
    pub family: SecretHash,
    /// The hash of the valid refresh token.
    pub refresh: SecretHash,
    /// How the person signed in.
    #[serde(flatten)]
    pub factors: Factors,
    /// The device, as its browser says.
    pub device: Device,
    /// The network of the last sign-in or refresh.
    pub network: Network,
    /// Time of the sign-in.
    pub started_at: Timestamp,
    /// Time of the last refresh.
    pub used_at: Timestamp,
    /// The end, unless it is refreshed before.
    pub ends_at: Timestamp,
}

/// Why a session is not refreshed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotRefreshed {
    /// The session has ended, or the token was never one of its.
    #[error("the session has ended")]
    Ended,
    /// The token is an old one of the session. Somebody has a copy, and nobody knows who the thief is, so the
    /// session must end.
    #[error("an old token of the session was used again")]
    Reused,
}

impl Realm {
    /// The end of a session that was refreshed now.
    fn end(self, started_at: Timestamp, now: Timestamp) -> Timestamp {
        match self {
            Self::Customer => now.plus(SESSION_LIFETIME),
            Self::Staff => now.plus(STAFF_IDLE).min(started_at.plus(STAFF_SHIFT)),
        }
    }
}

impl Session {
    /// A new session, whose first refresh token is `token`.
    pub fn start(
        token: &RefreshText,
        (realm, factors): (Realm, Factors),
        version: u32,
        (device, network): (Device, Network),
        now: Timestamp,
    ) -> Self {
        Self {
            version,
            realm,
            session_id: token.session().clone(),
            user_id: token.owner().clone(),
            family: token.family(),
            refresh: token.hash(),
            factors,
            device,
            network,
            started_at: now,
            used_at: now,
            ends_at: realm.end(now, now),
        }
    }

    /// Whether it has not ended. `version` is that of the account's tokens.
    pub fn is_open(&self, version: u32, now: Timestamp) -> bool {
        self.version == version && now < self.ends_at
    }

    /// The session after a refresh by the token `used`, whose successor is `next`.
    pub fn refreshed(
        &self,
        used: &RefreshText,
        next: &RefreshText,
        network: Network,
        version: u32,
        now: Timestamp,
    ) -> Result<Self, NotRefreshed> {
        if !self.is_open(version, now) || used.family() != self.family {
            return Err(NotRefreshed::Ended);
        }
        if used.hash() != self.refresh {
            return Err(NotRefreshed::Reused);
        }
        let refresh = next.hash();
        let ends_at = self.realm.end(self.started_at, now);
        Ok(Self { refresh, network, used_at: now, ends_at, ..self.clone() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PASSWORD: Factors = Factors { sign_in: SignIn::Password, second_factor: None };

    fn token(random: u8) -> RefreshText {
        let at = Timestamp::from_millis(1);
        RefreshText::new(UserId::new(at, 1), SessionId::new(at, 2), [7; 20], [random; 32])
    }

    #[test]
    fn a_session_of_staff_ends_after_a_pause_and_after_a_shift() {
        let network = Network::of("198.51.100.7".parse().unwrap());
        let at = |minutes: i64| Timestamp::from_millis(minutes * 60_000);
        let mut session = Session::start(&token(1), (Realm::Staff, PASSWORD), 3, (Device::of(""), network), at(0));
        assert!(session.is_open(3, at(29)) && !session.is_open(3, at(30)), "a pause");
        for n in 1..=28_u8 {
            let now = at(i64::from(n) * 25);
            session = session.refreshed(&token(n), &token(n + 1), network, 3, now).unwrap();
        }
        assert_eq!((session.used_at, session.ends_at), (at(700), at(720)), "a shift");
    }

    #[test]
    fn only_the_newest_token_refreshes_an_open_session() {
        let network = Network::of("198.51.100.7".parse().unwrap());
        let elsewhere = Network::of("203.0.113.7".parse().unwrap());
        let start = Timestamp::from_millis(0);
        let session = Session::start(&token(1), (Realm::Customer, PASSWORD), 3, (Device::of(""), network), start);
        let refreshed =
            |session: &Session, used, at| session.refreshed(&token(used), &token(used + 1), elsewhere, 3, at);

        let last_moment = Timestamp::from_millis(session.ends_at.millis() - 1);
        let next = refreshed(&session, 1, last_moment).unwrap();
        assert_eq!((next.started_at, next.used_at, next.network), (start, last_moment, elsewhere));
        assert_eq!(next.ends_at, last_moment.plus(SESSION_LIFETIME));
        assert!(refreshed(&next, 2, last_moment).is_ok());
        assert_eq!(refreshed(&next, 1, last_moment), Err(NotRefreshed::Reused));
        assert_eq!(refreshed(&session, 1, session.ends_at), Err(NotRefreshed::Ended));
        assert_eq!(session.refreshed(&token(1), &token(2), network, 4, start), Err(NotRefreshed::Ended), "all ended");
        let at = Timestamp::from_millis(1);
        let made_up = RefreshText::new(UserId::new(at, 1), SessionId::new(at, 2), [8; 20], [1; 32]);
        assert_eq!(session.refreshed(&made_up, &token(2), network, 3, start), Err(NotRefreshed::Ended), "made up");
        // An ended session tells nothing about its tokens.
        assert_eq!(refreshed(&session, 9, session.ends_at), Err(NotRefreshed::Ended));
    }
}
