//! The principal: a caller after authentication, whatever the credential was.

use super::{Grants, Permission};
use crate::{Plan, UserId};

/// Whether money and numbers are real.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// They are.
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
