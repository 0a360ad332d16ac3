//! The refund rules, as data. Entries name their ids, and the API publishes them.

use crate::order::Ignored;
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

/// Terms of a refund rule.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct RefundTerms {
    /// Identifier of the rule, as in entries and timelines.
    pub id: RefundRule,
    /// When it applies.
    pub when: &'static str,
    /// Amount of the refund.
    pub refund: &'static str,
    /// How the refund is started: `automatic` or `customer`.
    pub started_by: &'static str,
}

impl RefundRule {
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

    /// The rule's published terms.
    pub const fn terms(self) -> RefundTerms {
        let (when, started_by) = match self {
            Self::NoNumber => ("No number could be bought at the price that was held.", "automatic"),
            Self::NoCode => ("No message came before the order's deadline.", "automatic"),
            Self::Cancelled => ("You cancelled before a message came.", "customer"),
            Self::NumberReported => ("You reported that the number does not work, before a message came.", "customer"),
            Self::SupplierClosed => ("The supplier took the number back before a message came.", "automatic"),
            Self::SupplierUnreachable => {
                ("The supplier could not be reached for 30 minutes after the deadline.", "automatic")
            }
        };
        RefundTerms { id: self, when, refund: "100 % of the price, at once, to your wallet", started_by }
    }
}

/// Why a message costs nothing.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct IgnoredTerms {
    /// Identifier of the rule, as in messages.
    pub id: Ignored,
    /// When it applies.
    pub when: &'static str,
}

impl Ignored {
    /// The rule's published terms.
    pub const fn terms(self) -> IgnoredTerms {
        let when = match self {
            Self::OlderThanOrder => "The message is older than the order, from an earlier use of the number.",
            Self::OperatorGreeting => {
                "The message has no code, and is surely the welcome that an operator sends to a new number."
            }
            Self::Empty => "The message has neither a text nor a code.",
        };
        IgnoredTerms { id: self, when }
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
    }
}
