//! How customers pay: gateways and methods.

use serde::{Deserialize, Serialize};
use std::fmt;
use strum::VariantArray;
use utoipa::ToSchema;

/// A payment gateway, by its name in JSON and in keys: `paystack`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(examples("paystack"))]
pub struct GatewayId(String);

impl GatewayId {
    /// The gateway with this name.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for GatewayId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A way to pay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
#[schema(as = PaymentMethod)]
pub enum Method {
    /// A credit or debit card.
    Card,
    /// A wallet of a mobile network.
    MobileMoney,
    /// Bitcoin, in a transaction of its chain.
    Bitcoin,
    /// Bitcoin, over Lightning.
    Lightning,
    /// Ether.
    Ethereum,
    /// Sol.
    Solana,
    /// Tether's US dollar on Tron.
    UsdtTron,
    /// Tether's US dollar on Ethereum.
    UsdtEthereum,
    /// Tether's US dollar on Solana.
    UsdtSolana,
}

impl Method {
    /// Every method.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// Whether it pays in a coin. The amount that arrives is the customer's choice then, and it may come in parts.
    pub const fn is_crypto(self) -> bool {
        !matches!(self, Self::Card | Self::MobileMoney)
    }
}
