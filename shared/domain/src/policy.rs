//! The refund rules. Entries name their ids, and the API publishes them.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use strum::VariantArray;
use utoipa::ToSchema;

/// Identifier of the rule that a movement follows, such as `no_code`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, examples("no_code"))]
pub struct RuleId(Cow<'static, str>);

impl RuleId {
    /// A rule by its name.
    pub const fn new(name: &'static str) -> Self {
        Self(Cow::Borrowed(name))
    }

    /// The name as a string.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A rule by which a held price is refunded, in full and once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum RefundRule {
    /// No supplier had a number at the price that was held.
    NoNumber,
    /// The deadline passed without a message.
    NoCode,
    /// The customer cancelled before a message came.
    Cancelled,
    /// The customer reported that the number does not work, before a message came.
    NumberReported,
    /// The supplier took the number back before a message came.
    SupplierClosed,
    /// The supplier did not answer for 30 minutes past the deadline.
    SupplierUnreachable,
}

impl RefundRule {
    /// Whether it applies by itself, without a request of the customer.
    pub const fn is_automatic(self) -> bool {
        !matches!(self, Self::Cancelled | Self::NumberReported)
    }

    /// Every rule, in the order in which the policy lists them.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The rule's identifier in entries and timelines.
    pub const fn id(self) -> RuleId {
        RuleId::new(match self {
            Self::NoNumber => "no_number",
            Self::NoCode => "no_code",
            Self::Cancelled => "cancelled",
            Self::NumberReported => "number_reported",
            Self::SupplierClosed => "supplier_closed",
            Self::SupplierUnreachable => "supplier_unreachable",
        })
    }
}

/// A rule by which credits of a payment leave the wallet for the gateway, or come back (docs/rules.md, "Refunds of
/// payments").
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema, VariantArray)]
#[serde(rename_all = "snake_case")]
pub enum PayoutRule {
    /// Unspent credits are paid back to the card or wallet that paid for them.
    PaymentRefund,
    /// The gateway could not pay a refund out, so its credits come back.
    RefundFailed,
    /// A person of the staff refused a refund, so its credits come back.
    RefundRefused,
    /// The customer's bank decided a dispute for us, so what was held for it is free again.
    DisputeWon,
}

impl PayoutRule {
    /// Every rule.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The rule's identifier in entries.
    pub const fn id(self) -> RuleId {
        RuleId::new(match self {
            Self::PaymentRefund => "payment_refund",
            Self::RefundFailed => "refund_failed",
            Self::RefundRefused => "refund_refused",
            Self::DisputeWon => "dispute_won",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_has_one_name() {
        for &rule in RefundRule::ALL {
            assert_eq!(serde_json::to_value(rule.id()).unwrap(), serde_json::to_value(rule).unwrap());
        }
        for &rule in PayoutRule::ALL {
            assert_eq!(serde_json::to_value(rule.id()).unwrap(), serde_json::to_value(rule).unwrap());
        }
    }
}
