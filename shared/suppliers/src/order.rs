//! An order at a supplier: the request, the sold number, and its messages.

use crate::error::Excerpt;
use domain::{
    Code, CountryCode, MessageText, OperatorName, OrderId, PhoneNumber, Sender, ServiceName, SupplierMoney,
    SupplierOrderId, Timestamp,
};

/// A number to buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuyRequest {
    /// Our order, for suppliers that take references.
    pub reference: OrderId,
    /// Service that sends the code.
    pub service: ServiceName,
    /// Country of the number.
    pub country: CountryCode,
    /// Operator of the number; `None` for any.
    pub operator: Option<OperatorName>,
    /// Price cap. A supplier may not enforce it (5SIM does only without an operator), so the buyer
    /// compares the `cost` of the sold order with it and cancels an order above the cap.
    pub max_cost: Option<SupplierMoney>,
}

/// An order that a supplier accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SupplierOrder {
    /// The supplier's identifier.
    pub id: SupplierOrderId,
    /// The number that was sold.
    pub phone: PhoneNumber,
    /// Operator of the number; `None` if the supplier omits it or its name is invalid.
    pub operator: Option<OperatorName>,
    /// Service of the order; `None` if its name can't be one of our services.
    pub service: Option<ServiceName>,
    /// Country of the number; `None` if our table does not know it.
    pub country: Option<CountryCode>,
    /// Price paid.
    pub cost: SupplierMoney,
    /// Status of the order.
    pub status: SupplierOrderStatus,
    /// Time of the purchase, by the supplier's clock.
    pub created_at: Timestamp,
    /// When the supplier stops listening, by the supplier's clock.
    pub expires_at: Timestamp,
    /// Messages received so far, in the supplier's order. Only this list, not `status`, shows
    /// whether a code arrived.
    pub messages: Vec<SupplierMessage>,
    /// How many more messages there are that can't be read.
    pub unreadable_messages: usize,
}

/// The status of an order at a supplier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SupplierOrderStatus {
    /// Accepted; the number is being prepared.
    Pending,
    /// The number is listening. It does not mean that a message arrived.
    Received,
    /// Cancelled by us, not charged.
    Canceled,
    /// No message in time, not charged.
    Timeout,
    /// Finished and charged.
    Finished,
    /// Reported by us as unusable, not charged.
    Banned,
    /// An unknown status.
    Unknown(Excerpt),
}

impl SupplierOrderStatus {
    /// Whether messages may still arrive. An unknown status counts as open, because nothing may be
    /// settled by it.
    pub const fn is_open(&self) -> bool {
        matches!(self, Self::Pending | Self::Received | Self::Unknown(_))
    }

    /// Whether the supplier refunded the order: it ended without a message.
    pub const fn is_refunded(&self) -> bool {
        matches!(self, Self::Canceled | Self::Timeout | Self::Banned)
    }

    /// The status as a lower-case word; `unknown` for an unknown status.
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
    /// The supplier's identifier; not every supplier, and not every answer, has one.
    pub id: Option<String>,
    /// When the supplier received it, by the supplier's clock.
    pub at: Timestamp,
    /// Sender as written; may be empty.
    pub sender: Sender,
    /// The complete text.
    pub text: MessageText,
    /// The code that the supplier extracted.
    pub code: Option<Code>,
}

/// Our orders at a supplier since some moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderList {
    /// The orders, newest first, of any status, without duplicates.
    pub orders: Vec<SupplierOrder>,
    /// Whether the list is complete. If it is `false` (too many pages, an unreadable entry), a
    /// missing order does not prove that no number was sold.
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
