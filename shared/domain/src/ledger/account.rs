//! The accounts of the ledger.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A ledger account. Wallet accounts belong to the customer. The balances of house accounts are sums
/// over all entries and are not stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Account {
    /// Spendable balance of the customer.
    #[serde(rename = "wallet:available")]
    Available,
    /// Held by open orders and disputes.
    #[serde(rename = "wallet:held")]
    Held,
    /// What the customer owes us: money of lost or open disputes that was not in the wallet.
    #[serde(rename = "wallet:owed")]
    Owed,
    /// Paid by customers for delivered orders and subscriptions.
    #[serde(rename = "house:revenue")]
    Revenue,
    /// Owed by payment gateways.
    #[serde(rename = "house:gateway_clearing")]
    GatewayClearing,
    /// Corrections and gifts by operators, and balances that were waived with their accounts.
    #[serde(rename = "house:adjustments")]
    Adjustments,
    /// Promotional credit.
    #[serde(rename = "house:promotions")]
    Promotions,
    /// In transfer between two wallets; zero once both have their entry.
    #[serde(rename = "house:transfers")]
    Transfers,
    /// The other side of all play money. It is no part of the house's books, and no sum of it is kept.
    #[serde(rename = "house:sandbox")]
    Sandbox,
}

impl Account {
    /// All house accounts with real money.
    pub const HOUSE: [Self; 5] =
        [Self::Revenue, Self::GatewayClearing, Self::Adjustments, Self::Promotions, Self::Transfers];

    /// Whether it is one of the customer's own accounts.
    pub const fn is_customers(self) -> bool {
        matches!(self, Self::Available | Self::Held | Self::Owed)
    }

    /// The name of a house account in keys and metrics; `None` for the customer's own accounts and for play money.
    pub const fn house_name(self) -> Option<&'static str> {
        match self {
            Self::Available | Self::Held | Self::Owed | Self::Sandbox => None,
            Self::Revenue => Some("revenue"),
            Self::GatewayClearing => Some("gateway_clearing"),
            Self::Adjustments => Some("adjustments"),
            Self::Promotions => Some("promotions"),
            Self::Transfers => Some("transfers"),
        }
    }
}
