//! An order at a supplier: what is asked for, what was sold, and the messages that came.

use crate::error::Excerpt;
use domain::{
    Code, CountryCode, MessageText, OperatorName, PhoneNumber, Sender, ServiceName, SupplierMoney, SupplierOrderId,
    Timestamp,
};

/// A number to buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyRequest {
    /// What the code is for.
    pub service: ServiceName,
    /// Where the number is from.
    pub country: CountryCode,
    /// Whose number it is; `None` takes any.
    pub operator: Option<OperatorName>,
    /// The most it may cost. A supplier may be unable to promise it (5SIM honours it only without an operator), so a buyer
    /// compares the sold order's `cost` with it and cancels what is dearer.
    pub max_cost: Option<SupplierMoney>,
}

/// An order that a supplier took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierOrder {
    /// The supplier's name for it.
    pub id: SupplierOrderId,
    /// The number that was sold.
    pub phone: PhoneNumber,
    /// Whose number it is; `None` where the supplier does not say or writes it unlike any name.
    pub operator: Option<OperatorName>,
    /// What it is for; `None` where the supplier names something that can't be a service of ours.
    pub service: Option<ServiceName>,
    /// Where it is from; `None` where the supplier names a country that we do not know.
    pub country: Option<CountryCode>,
    /// What it cost.
    pub cost: SupplierMoney,
    /// How it stands.
    pub status: SupplierOrderStatus,
    /// When it was made, by the supplier's clock.
    pub created_at: Timestamp,
    /// When the supplier stops listening, by the supplier's clock.
    pub expires_at: Timestamp,
    /// What came so far, in the supplier's order. Whether a code came is seen here and never in `status`.
    pub messages: Vec<SupplierMessage>,
}

/// How an order stands at a supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SupplierOrderStatus {
    /// Taken; the number is being prepared.
    Pending,
    /// The number listens. It does not say that a message came.
    Received,
    /// Cancelled by us, not charged.
    Canceled,
    /// Nothing came in time, not charged.
    Timeout,
    /// Done and charged.
    Finished,
    /// Reported by us as bad, not charged.
    Banned,
    /// A word that we do not know.
    Unknown(Excerpt),
}

impl SupplierOrderStatus {
    /// Whether messages may still come. An unknown word counts as open, because nothing may be settled by it.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Pending | Self::Received | Self::Unknown(_))
    }

    /// Whether the supplier gave the money back: it ended without a message.
    pub const fn is_refunded(&self) -> bool {
        matches!(self, Self::Canceled | Self::Timeout | Self::Banned)
    }

    /// The status as a lower-case word, `unknown` for what we do not know.
    pub const fn as_str(&self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Received => "received",
            Self::Canceled => "canceled",
            Self::Timeout => "timeout",
            Self::Finished => "finished",
            Self::Banned => "banned",
            Self::Unknown(_) => "unknown",
        }
    }
}

/// A message that came to a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierMessage {
    /// The supplier's name for it; not every supplier, and not every answer, gives one.
    pub id: Option<String>,
    /// When the supplier took it in, by the supplier's clock.
    pub at: Timestamp,
    /// Who sent it, as written; may be empty.
    pub sender: Sender,
    /// The whole text.
    pub text: MessageText,
    /// The code that the supplier found in it.
    pub code: Option<Code>,
}

/// The orders that a supplier has of us since some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderList {
    /// Newest first, of any status, each once.
    pub orders: Vec<SupplierOrder>,
    /// Whether this is all of them. Only then does an order that is missing here not exist: while `false` (too many pages, an
    /// entry that can't be read) nobody may conclude that a number was not sold.
    pub complete: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_texts_say_nothing_of_the_message() {
        let message = SupplierMessage {
            id: Some("7".into()),
            at: Timestamp::from_millis(0),
            sender: Sender::new("Bank"),
            text: MessageText::new("Your code is 483920"),
            code: Some(Code::new("483920")),
        };
        let text = format!("{message:?}");
        assert!(!text.contains("483920") && !text.contains("Bank") && !text.contains("Your"), "{text}");
    }

    #[test]
    fn an_unknown_status_settles_nothing() {
        let unknown = SupplierOrderStatus::Unknown(Excerpt::of("PAUSED"));
        assert!(unknown.is_open() && !unknown.is_refunded());
        assert!(!SupplierOrderStatus::Finished.is_open() && !SupplierOrderStatus::Finished.is_refunded());
        assert!(SupplierOrderStatus::Timeout.is_refunded());
    }
}
