//! A dispute that a customer's bank opened: it waits for the merchant, then it is won or lost.

use serde::{Deserialize, Serialize};

/// How long the merchant has for an answer: a day.
pub const PATIENCE_MS: i64 = 86_400_000;

/// What tests do with the dispute of a payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    Create,
    /// The merchant is reminded of it.
    Remind,
    /// The bank believed the merchant.
    Won,
    /// The money goes back to the customer.
    Lost,
}

impl Step {
    /// The event that tells the merchant.
    pub const fn event(self) -> &'static str {
        match self {
            Self::Create => "charge.dispute.create",
            Self::Remind => "charge.dispute.remind",
            Self::Won | Self::Lost => "charge.dispute.resolve",
        }
    }
}

/// How a dispute ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// The merchant accepted that the customer is right.
    MerchantAccepted,
    /// The merchant declined, and the customer gets nothing.
    Declined,
}

#[derive(Clone, Debug)]
pub struct Dispute {
    pub id: u64,
    pub transaction: u64,
    /// What the customer wants back.
    pub amount: i64,
    pub created_ms: i64,
    /// How and when it ended.
    pub resolved: Option<(Resolution, i64)>,
    /// When it changed last.
    pub changed_ms: i64,
}

impl Dispute {
    pub const fn status(&self) -> &'static str {
        if self.resolved.is_some() { "resolved" } else { "awaiting-merchant-feedback" }
    }
}
