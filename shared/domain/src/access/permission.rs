//! Permissions, and the sets that callers are granted.

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use strum::VariantArray;

/// A permission that an endpoint may require. The scopes of an API key are permissions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, VariantArray)]
pub enum Permission {
    /// Read one's orders and their messages.
    #[serde(rename = "orders:read")]
    OrdersRead,
    /// Buy, cancel, report, finish.
    #[serde(rename = "orders:write")]
    OrdersWrite,
    /// Read one's wallet and its entries.
    #[serde(rename = "wallet:read")]
    WalletRead,
    /// Start, cancel and refund payments, which fill one's own wallet and only go back to where they came from; and choose
    /// the plan, which the wallet pays.
    #[serde(rename = "payments:write")]
    PaymentsWrite,
    /// Read one's profile, sessions and activity.
    #[serde(rename = "account:read")]
    AccountRead,
    /// Change one's password, address, sessions and keys. Only sessions have it, never a key, so that a stolen key
    /// can't take over the account.
    #[serde(rename = "account:write")]
    AccountWrite,
    /// Read the service's metrics (`GET /api/v1/metrics`); for operators, and for keys that an operator makes.
    #[serde(rename = "metrics:read")]
    MetricsRead,
    /// See the own role, and sign out; every person of the staff has it.
    #[serde(rename = "staff:self")]
    StaffSelf,
    /// Find customers, and read their profiles; for staff.
    #[serde(rename = "users:read")]
    UsersRead,
    /// Ban customers, unban them, end their sessions; for staff.
    #[serde(rename = "users:write")]
    UsersWrite,
    /// See, approve and refuse refunds of payments; for staff.
    #[serde(rename = "refunds:write")]
    RefundsWrite,
    /// See findings, assign and resolve them; for staff.
    #[serde(rename = "findings:write")]
    FindingsWrite,
    /// Correct wallets because of findings; for staff.
    #[serde(rename = "wallets:correct")]
    WalletsCorrect,
    /// Give and take roles; for staff.
    #[serde(rename = "roles:write")]
    RolesWrite,
    /// Search the audit trail; for staff.
    #[serde(rename = "audit:read")]
    AuditRead,
    /// Make vouchers, list them and end them; for staff.
    #[serde(rename = "vouchers:write")]
    VouchersWrite,
    /// See and change the price rules and the taxes of countries; for staff.
    #[serde(rename = "prices:write")]
    PricesWrite,
}

impl Permission {
    /// Every permission.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The permissions that a customer may give to a key.
    pub const OF_KEYS: [Self; 5] =
        [Self::OrdersRead, Self::OrdersWrite, Self::WalletRead, Self::PaymentsWrite, Self::AccountRead];

    /// Whether a key may have it: those that customers give, and the one that only operators give.
    pub fn is_for_keys(self) -> bool {
        Self::OF_KEYS.contains(&self) || self == Self::MetricsRead
    }

    /// The permissions that a customer has in a session.
    pub const OF_SESSIONS: [Self; 6] = [
        Self::OrdersRead,
        Self::OrdersWrite,
        Self::WalletRead,
        Self::PaymentsWrite,
        Self::AccountRead,
        Self::AccountWrite,
    ];

    /// The name in keys and errors.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OrdersRead => "orders:read",
            Self::OrdersWrite => "orders:write",
            Self::WalletRead => "wallet:read",
            Self::PaymentsWrite => "payments:write",
            Self::AccountRead => "account:read",
            Self::AccountWrite => "account:write",
            Self::MetricsRead => "metrics:read",
            Self::StaffSelf => "staff:self",
            Self::UsersRead => "users:read",
            Self::UsersWrite => "users:write",
            Self::RefundsWrite => "refunds:write",
            Self::FindingsWrite => "findings:write",
            Self::WalletsCorrect => "wallets:correct",
            Self::RolesWrite => "roles:write",
            Self::AuditRead => "audit:read",
            Self::VouchersWrite => "vouchers:write",
            Self::PricesWrite => "prices:write",
        }
    }
}

/// The permissions that a caller was granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Grants(BTreeSet<Permission>);

impl Grants {
    /// The permissions that a key has: it never may change the account, or do what staff do.
    #[must_use]
    pub fn of_key(mut self) -> Self {
        self.0.retain(|permission| permission.is_for_keys());
        self
    }

    /// The permissions, in a fixed order.
    pub fn iter(&self) -> impl Iterator<Item = Permission> {
        self.0.iter().copied()
    }

    /// Whether this permission is granted.
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
        for &permission in Permission::ALL {
            assert_eq!(serde_json::to_value(permission).unwrap(), permission.as_str());
        }
        let names: BTreeSet<_> = Permission::ALL.iter().map(|permission| permission.as_str()).collect();
        assert_eq!(names.len(), Permission::ALL.len());
    }
}
