//! What is sent to Stripe.

use super::{ObjectId, PAGE};
use crate::Customer;
use domain::{
    Timestamp,
    payment::{Payment, ReceiptId, Refund},
};
use std::time::Duration;

/// A field of a form or a query.
type Field = (&'static str, String);

/// How long a session takes money, from the start of the payment on. Stripe allows 24 hours after it made the session.
/// The rest is for a clock that differs.
pub(super) const OPEN_FOR: Duration = Duration::from_mins(24 * 60 - 5);
/// Within how much time of the start of a payment its session was made, before and after.
const MADE_WITHIN: [Duration; 2] = [Duration::from_mins(1), Duration::from_mins(5)];

/// What Stripe puts into a session instead of an identifier: the payment intent, and its charge in turn.
pub(in crate::stripe) const EXPANDED: [(&str, &str); 1] = [("expand[]", "payment_intent.latest_charge")];

/// The form that makes a session.
pub(in crate::stripe) fn session(payment: &Payment, customer: &Customer) -> Vec<Field> {
    let reference = payment.reference.to_string();
    let expires_at = payment.created_at.plus(OPEN_FOR).epoch_seconds();
    vec![
        ("mode", "payment".to_owned()),
        ("payment_method_types[0]", "card".to_owned()),
        // The customer must not be offered another currency, because only the agreed amount is credited.
        ("adaptive_pricing[enabled]", "false".to_owned()),
        ("line_items[0][quantity]", "1".to_owned()),
        ("line_items[0][price_data][currency]", payment.amount.currency.as_str().to_ascii_lowercase()),
        ("line_items[0][price_data][unit_amount]", payment.amount.minor.get().to_string()),
        ("line_items[0][price_data][product_data][name]", "Namaskah SMS credits".to_owned()),
        ("client_reference_id", reference.clone()),
        ("metadata[reference]", reference.clone()),
        ("payment_intent_data[metadata][reference]", reference),
        ("customer_email", customer.email.to_string()),
        ("success_url", customer.return_url.clone()),
        ("cancel_url", customer.return_url.clone()),
        ("expires_at", expires_at.to_string()),
    ]
}

/// The query for a page of the sessions from the time of a payment's start, after the last one of the page before.
pub(in crate::stripe) fn made_near(started_at: Timestamp, after: Option<ObjectId>) -> Vec<Field> {
    let [before, later] = MADE_WITHIN;
    let mut query = vec![
        ("limit", PAGE.to_string()),
        ("created[gte]", started_at.minus(before).epoch_seconds().to_string()),
        ("created[lte]", started_at.plus(later).epoch_seconds().to_string()),
    ];
    query.extend(after.map(|id| ("starting_after", id.to_string())));
    query
}

/// The form that makes a refund. Events about it name the payment by its metadata, which Stripe does not copy.
pub(in crate::stripe) fn refund(payment: &Payment, refund: &Refund, of: &ReceiptId) -> Vec<Field> {
    vec![
        ("payment_intent", of.to_string()),
        ("amount", refund.amount.minor.get().to_string()),
        ("metadata[refund]", refund.id.to_string()),
        ("metadata[reference]", payment.reference.to_string()),
    ]
}

/// The query for the refunds of a payment intent.
pub(in crate::stripe) fn refunds_of(intent: &ReceiptId) -> Vec<Field> {
    vec![("payment_intent", intent.to_string()), ("limit", PAGE.to_string())]
}
