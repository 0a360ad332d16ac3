//! The queues of payments, subscriptions and invoices, with their messages.

use domain::{
    GatewayEventId, Timestamp, UserId,
    payment::{GatewayId, PaymentReference},
};
use runtime::Queue;
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Payments to ask a gateway about, and subscriptions to renew.
pub const PAYMENTS: Queue<Task> = Queue::new("PAYMENTS");

/// Payments whose invoices and credit notes are to be made. They pause for long while only a person can help.
pub const INVOICES: Queue<ToInvoice> = Queue::new("INVOICES").pausing(Duration::from_mins(10));

/// A payment that may need an invoice or a credit note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToInvoice {
    /// The payment.
    pub reference: PaymentReference,
}

/// Why a payment or a subscription is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Task {
    /// It sent an event, which is genuine.
    Event(ReceivedEvent),
    /// It is time to.
    Due {
        /// The payment.
        reference: PaymentReference,
    },
    /// A refund is to be sent.
    Refund {
        /// The payment.
        reference: PaymentReference,
    },
    /// The period of a customer's subscription ends.
    Period {
        /// The customer.
        owner: UserId,
    },
    /// A person of the staff wants to know, whatever the payment's status is.
    Asked {
        /// The payment.
        reference: PaymentReference,
    },
}

/// A genuine event of a gateway.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceivedEvent {
    /// Our identifier of the delivery.
    pub id: GatewayEventId,
    /// The gateway.
    pub gateway: GatewayId,
    /// The body as it came.
    pub body: String,
    /// When it came.
    pub received_at: Timestamp,
    /// Whether a person of the staff wants it to be handled again.
    #[serde(default)]
    pub is_rerun: bool,
}
