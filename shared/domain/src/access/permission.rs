//! Permissions, one name each, and sets of them.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What an endpoint may need of its caller. The scopes of an API key are permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Permission {
    /// See one's orders and their messages.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Buy, cancel, report, finish.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// See one's wallet and its entries.
    #[serde(rename = "wallet:read")]
    WalletRead,
    /// See the product's own figures (`GET /api/v1/metrics`): an operator's permission.
    #[serde(rename = "metrics:read")]
    MetricsRead,
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 4] = [Self::OrdersRead, Self::OrdersWrite, Self::WalletRead, Self::MetricsRead];

    /// What a customer may do with the customer's own things.
    pub const OF_CUSTOMERS: [Self; 3] = [Self::OrdersRead, Self::OrdersWrite, Self::WalletRead];

    /// Its name in keys and errors.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::WalletRead => "wallet:read",
            Self::MetricsRead => "metrics:read",
        }
    }
}

/// The permissions that a caller was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grants(BTreeSet<Permission>);

impl Grants {
    /// Whether this permission is among them.
    pub fn contains(&self, permission: Permission) -> bool {
        self.0.contains(&permission)
    }
}

impl FromIterator<Permission> for Grants {
    fn from_iter<I: IntoIterator<Item = Permission>>(permissions: I) -> Self {
        Self(permissions.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_permission_is_stored_under_its_name() {
        for permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
        }
        let names: BTreeSet<_> = Permission::ALL.map(Permission::as_str).into();
        assert_eq!(names.len(), Permission::ALL.len());
    }
}
