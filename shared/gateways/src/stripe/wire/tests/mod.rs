//! Answers of Stripe and of the network in front of it, and the requests that lead to them.

mod disputes;
mod lists;
mod properties;
mod refunds;
mod refusals;
mod reports;
mod requests;
mod sessions;

use super::{session::*, *};
use crate::Customer;
use domain::{
    Credits, PaymentId, Timestamp, UserId,
    payment::{
        Amount, CreditPrice, GatewayId, Method, Minor, NewPayment, PayCurrency, Payment, PaymentReference, Report,
        Reported,
    },
};
use https::Excerpt;
use reqwest::header::HeaderMap;
use serde_json::{Value, json};

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer { status: StatusCode::from_u16(status).unwrap(), headers: HeaderMap::new(), body: body.into() }
}

fn ok(body: &Value) -> Answer {
    answer(200, body.to_string())
}

/// The answer of an error, in Stripe's envelope.
fn failed(status: u16, code: Option<&str>, message: &str) -> Answer {
    let error = json!({
        "error": {
            "code": code,
            "doc_url": "https://stripe.com/docs/error-codes",
            "message": message,
            "param": "session",
            "request_log_url": "https://dashboard.stripe.com/test/logs/req_8Yd1pQ0bZ3kRk2",
            "type": "invalid_request_error"
        }
    });
    answer(status, error.to_string())
}

const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";

fn refused(said: &str) -> GatewayError {
    GatewayError::Refused { said: Excerpt::of(said) }
}

fn unknown(fault: Fault) -> GatewayError {
    GatewayError::OutcomeUnknown { fault }
}

fn unavailable(fault: Fault) -> GatewayError {
    GatewayError::Unavailable { fault }
}

const STARTED: &str = "2026-11-21T10:00:00Z";

fn payment() -> Payment {
    let at: Timestamp = STARTED.parse().unwrap();
    let new = NewPayment {
        reference: PaymentReference { user: UserId::new(at, 1), payment: PaymentId::new(at, 2) },
        gateway: GatewayId::new("stripe"),
        method: Method::Card,
        amount: Amount { minor: Minor::new(2_500), currency: PayCurrency::Usd },
        price: CreditPrice::new(Minor::new(200)).unwrap(),
        credits: Credits::from_units(125_000),
    };
    Payment::start(new, at).subject
}

fn reference() -> PaymentReference {
    payment().reference
}

/// A session that is open, before the customer enters a card.
fn session() -> Value {
    json!({
        "id": "cs_test_a1hTxDbY0LwPQv9m",
        "object": "checkout.session",
        "adaptive_pricing": { "enabled": false },
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": 2500,
        "amount_total": 2500,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "cancel_url": "https://app.example.com/wallet",
        "client_reference_id": reference().to_string(),
        "client_secret": null,
        "created": 1_795_255_201,
        "currency": "usd",
        "customer": null,
        "customer_creation": "if_required",
        "customer_details": { "address": null, "email": "ama@example.com", "name": null, "phone": null },
        "customer_email": "ama@example.com",
        "expires_at": 1_795_341_300,
        "livemode": false,
        "metadata": { "reference": reference().to_string() },
        "mode": "payment",
        "payment_intent": null,
        "payment_method_types": ["card"],
        "payment_status": "unpaid",
        "presentment_details": null,
        "status": "open",
        "success_url": "https://app.example.com/wallet",
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "url": "https://checkout.stripe.com/c/pay/cs_test_a1hTxDbY0LwPQv9m#fid"
    })
}

/// A payment intent that succeeded, with its charge.
fn paid_intent() -> Value {
    json!({
        "id": "pi_3SR9ggGn4",
        "object": "payment_intent",
        "amount": 2500,
        "amount_received": 2500,
        "canceled_at": null,
        "capture_method": "automatic_async",
        "created": 1_795_255_280,
        "currency": "usd",
        "last_payment_error": null,
        "latest_charge": {
            "id": "ch_3SR9ggGn4",
            "object": "charge",
            "amount": 2500,
            "amount_captured": 2500,
            "amount_refunded": 0,
            "created": 1_795_255_290,
            "currency": "usd",
            "disputed": false,
            "outcome": { "network_status": "approved_by_network", "type": "authorized" },
            "paid": true,
            "refunded": false,
            "status": "succeeded"
        },
        "metadata": { "reference": reference().to_string() },
        "status": "succeeded"
    })
}

/// A payment intent whose card was declined.
fn declined_intent(status: &str) -> Value {
    let mut intent = with(paid_intent(), &[("/amount_received", json!(0)), ("/status", json!(status))]);
    intent["last_payment_error"] = json!({
        "code": "card_declined", "decline_code": "insufficient_funds", "message": "Your card has insufficient funds.",
        "type": "card_error"
    });
    with(intent, &[("/latest_charge/paid", json!(false)), ("/latest_charge/status", json!("failed"))])
}

/// The value with these fields changed.
fn with(mut value: Value, changes: &[(&str, Value)]) -> Value {
    for (path, change) in changes {
        *value.pointer_mut(path).unwrap() = change.clone();
    }
    value
}

/// A session with this status, payment status and intent.
fn session_in(status: &str, payment_status: &str, intent: Value) -> Value {
    with(
        session(),
        &[("/status", json!(status)), ("/payment_status", json!(payment_status)), ("/payment_intent", intent)],
    )
}

fn paid() -> Value {
    session_in("complete", "paid", paid_intent())
}

fn report_of(session: &Value) -> Result<Report, GatewayError> {
    reported(&reference(), &ok(session))
}
