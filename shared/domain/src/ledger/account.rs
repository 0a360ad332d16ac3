//! Where money is.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where money is. Wallet accounts belong to the customer. House accounts are sums over all entries, never items of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
pub enum Account {
    /// What the customer can spend.
    #[serde(rename = "wallet:available")]
    Available,
    /// What open orders and disputes have set aside.
    #[serde(rename = "wallet:held")]
    Held,
    /// What customers paid for delivered orders and subscriptions.
    #[serde(rename = "house:revenue")]
    Revenue,
    /// What payment gateways owe the house.
    #[serde(rename = "house:gateway_clearing")]
    GatewayClearing,
    /// What operators gave or corrected.
    #[serde(rename = "house:adjustments")]
    Adjustments,
    /// What promotions gave.
    #[serde(rename = "house:promotions")]
    Promotions,
    /// What is on its way between two wallets; zero when both have their entry.
    #[serde(rename = "house:transfers")]
    Transfers,
}

impl Account {
    /// Every account of the house.
    pub const HOUSE: [Self; 5] =
        [Self::Revenue, Self::GatewayClearing, Self::Adjustments, Self::Promotions, Self::Transfers];

    /// The name of a house account in keys and metrics; `None` for the customer's own accounts.
    pub const fn house_name(self) -> Option<&'static str> {
        match self {
            Self::Available | Self::Held => None,
            Self::Revenue => Some("revenue"),
            Self::GatewayClearing => Some("gateway_clearing"),
            Self::Adjustments => Some("adjustments"),
            Self::Promotions => Some("promotions"),
            Self::Transfers => Some("transfers"),
        }
    }
}
