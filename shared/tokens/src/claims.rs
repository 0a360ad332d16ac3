//! What an access token says.

use domain::{SessionId, Timestamp, UserId, account::ACCESS_LIFETIME};
use serde::{Deserialize, Serialize};

/// The audience of every access token.
pub const AUDIENCE: &str = "namaskah-api";

/// The claims of an access token (RFC 7519). Times are in seconds since 1970.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claims {
    /// Who made the token: the public address of the service.
    pub iss: String,
    /// For whom: [`AUDIENCE`].
    pub aud: String,
    /// The person.
    pub sub: UserId,
    /// The session.
    pub sid: SessionId,
    /// The version of the account's tokens. A higher one in the account ends this token.
    pub ver: u32,
    /// Time of issue.
    pub iat: i64,
    /// End of the token's life.
    pub exp: i64,
}

impl Claims {
    /// The claims of a token that is made now.
    pub fn new(issuer: &str, user: UserId, session: SessionId, version: u32, now: Timestamp) -> Self {
        Self {
            iss: issuer.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: user,
            sid: session,
            ver: version,
            iat: now.epoch_seconds(),
            exp: now.plus(ACCESS_LIFETIME).epoch_seconds(),
        }
    }
}
