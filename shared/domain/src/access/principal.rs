//! The principal: an authenticated caller, independent of the kind of credential.

use super::{Grants, Permission};
use crate::{ApiKeyId, Plan, SessionId, Trust, UserId};
use serde::{Deserialize, Serialize};

/// Whether a caller uses real money and numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    Key(ApiKeyId),
    /// A session of a signed-in customer.
    Session(SessionId),
    /// A session of a person of the staff.
    Staff(SessionId),
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
