//! What a gateway says about a payment.

use super::Amount;
use crate::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A gateway's identifier of money that settled: the transaction of a card, or transaction and output of a coin. It is
/// unique at its gateway.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ReceiptId(String);

impl ReceiptId {
    /// The identifier with this text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The identifier as a text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ReceiptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Money that settled at a gateway: it is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The gateway's identifier.
    pub id: ReceiptId,
    /// How much; for coins, what they were worth. `None` if nobody can pay in its currency here.
    pub amount: Option<Amount>,
    /// When the gateway noted it.
    pub at: Timestamp,
}

/// What a gateway says about a payment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// The money that settled so far.
    pub receipts: Vec<Receipt>,
    /// Whether more may come.
    pub state: Reported,
}

/// Whether money may still come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reported {
    /// The gateway does not know the payment.
    Unknown,
    /// The customer has not paid yet.
    Open,
    /// The customer paid, and the money has not settled yet.
    Confirming,
    /// The gateway refused the customer's card or wallet. The customer may try again.
    Declined,
    /// No more is expected.
    Closed,
}

impl Report {
    /// A report without money.
    pub const fn of(state: Reported) -> Self {
        Self { receipts: Vec::new(), state }
    }
}
