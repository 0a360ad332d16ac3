//! The principal: a caller after authentication, whatever the credential was.

use super::{Grants, Permission};
use crate::{Plan, UserId};
use serde::{Deserialize, Serialize};

/// Whether money and numbers are real.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// They are.
    #[default]
    Live,
    /// They are played, for a customer's own tests.
    Test,
}

/// An authenticated caller. Every kind of credential becomes one, so that endpoints see no difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Principal {
    /// Whose account it is.
    pub user: UserId,
    /// The account's plan.
    pub plan: Plan,
    /// Whether money and numbers are real.
    pub mode: Mode,
    /// What the caller may do.
    pub grants: Grants,
}

impl Principal {
    /// Whether the caller may do this.
    pub fn may(&self, permission: Permission) -> bool {
        self.grants.contains(permission)
    }
}
