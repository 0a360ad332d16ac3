//! The principal: an authenticated caller, independent of the kind of credential.

use super::{Grants, Permission, UsedKey};
use crate::{Plan, SessionId, Trust, UserId, metering::Metering};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Whether a caller uses real money and numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Real money and numbers.
    #[default]
    Live,
    /// Simulated money and numbers, for a customer's own tests.
    Test,
}

/// The credential that a caller used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Via {
    /// An API key.
    Key(Box<UsedKey>),
    /// A session of a signed-in customer.
    Session(SessionId),
    /// A session of a person of the staff.
    Staff(SessionId),
}

impl Via {
    /// The API key, if it is one.
    pub fn key(&self) -> Option<&UsedKey> {
        match self {
            Self::Key(key) => Some(key),
            Self::Session(_) | Self::Staff(_) => None,
        }
    }

    /// The session, if it is one.
    pub fn session(&self) -> Option<&SessionId> {
        match self {
            Self::Session(session) | Self::Staff(session) => Some(session),
            Self::Key(_) => None,
        }
    }
}

/// An authenticated caller. Endpoints see the same principal for every kind of credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// The account.
    pub user: UserId,
    /// The account's plan.
    pub plan: Plan,
    /// How well we know the customer.
    pub trust: Trust,
    /// How the usage is metered, if it is.
    pub metering: Option<Metering>,
    /// Whether real money and numbers are used.
    pub mode: Mode,
    /// The granted permissions.
    pub grants: Grants,
    /// The credential.
    pub via: Via,
}

impl Principal {
    /// Whether the caller has this permission.
    pub fn may(&self, permission: Permission) -> bool {
        self.grants.contains(permission)
    }
}
