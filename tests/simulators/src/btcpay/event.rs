//! The events of an invoice, which webhooks carry to the merchant.

use super::{
    invoice::{Invoice, Payment},
    state::{Additional, Status},
    wire,
};
use serde_json::{Map, Value, json};

/// An event with the fields of its type.
#[derive(Clone, Debug)]
pub struct Event {
    pub at_ms: i64,
    pub kind: &'static str,
    pub fields: Map<String, Value>,
}

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum What<'a> {
    Created,
    ReceivedPayment(&'a Payment),
    PaymentSettled(&'a Payment),
    Processing,
    Settled {
        by_hand: bool,
    },
    Invalid {
        by_hand: bool,
    },
    Expired {
        is_partial: bool,
    },
    /// The vendor's document does not list it, but the server sends it.
    ExpiredPaidPartial,
    /// As above.
    PaidAfterExpiration,
    /// As above. The pull payment with which the customer can claim money.
    Refund(&'a str),
}

impl Event {
    /// The event of an invoice after the change.
    pub fn new(at_ms: i64, what: What, invoice: &Invoice) -> Self {
        let is_over = invoice.additional == Additional::PaidOver;
        let is_late = matches!(invoice.status, Status::Expired | Status::Invalid);
        let payment = |payment: &Payment| {
            json!({
                "afterExpiration": is_late,
                "paymentMethodId": payment.method.id,
                "payment": wire::payment(payment),
            })
        };
        let (kind, fields) = match what {
            What::Created => ("InvoiceCreated", json!({})),
            What::ReceivedPayment(received) => ("InvoiceReceivedPayment", payment(received)),
            What::PaymentSettled(settled) => ("InvoicePaymentSettled", payment(settled)),
            What::Processing => ("InvoiceProcessing", json!({ "overPaid": is_over })),
            What::Settled { by_hand } => ("InvoiceSettled", json!({ "manuallyMarked": by_hand, "overPaid": is_over })),
            What::Invalid { by_hand } => ("InvoiceInvalid", json!({ "manuallyMarked": by_hand })),
            What::Expired { is_partial } => ("InvoiceExpired", json!({ "partiallyPaid": is_partial })),
            What::ExpiredPaidPartial => ("InvoiceExpiredPaidPartial", json!({})),
            What::PaidAfterExpiration => ("InvoicePaidAfterExpiration", json!({})),
            What::Refund(pull_payment) => ("InvoiceRefund", json!({ "pullPaymentId": pull_payment })),
        };
        let fields = fields.as_object().cloned().unwrap_or_default();
        Self { at_ms, kind, fields }
    }
}
