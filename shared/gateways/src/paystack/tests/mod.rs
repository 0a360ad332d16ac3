//! Answers of Paystack and of the network in front of it, its events, and the requests that lead to them.

mod disputes;
mod events;
mod lists;
mod properties;
mod refunds;
mod refusals;
mod signatures;
mod transactions;

use super::wire;
use crate::{Customer, GatewayError};
use domain::{
    Credits, PaymentId, RefundId, Timestamp, UserId,
    payment::{
        Amount, CreditPrice, GatewayId, Look, Method, Minor, NewPayment, PayCurrency, Payment, PaymentReference,
        Receipt, ReceiptId, Refund, RefundReport, RefundReported, RefundStatus, Report, Reported,
    },
};
use https::{Answer, Excerpt, Fault};
use serde_json::{Value, json};

const PAGE_502: &str = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
/// The number of the transaction. It needs more than 32 bits.
const NUMBER: u64 = 5_104_233_871;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn started_at() -> Timestamp {
    at("2026-11-21T10:00:00Z")
}

fn paid_at() -> Timestamp {
    at("2026-11-21T10:02:31Z")
}

fn cedis(minor: u64) -> Amount {
    Amount { minor: Minor::new(minor), currency: PayCurrency::Ghs }
}

/// A payment of 25 cedis.
fn payment_by(method: Method) -> Payment {
    let new = NewPayment {
        reference: PaymentReference { user: UserId::new(started_at(), 1), payment: PaymentId::new(started_at(), 2) },
        gateway: GatewayId::new("paystack"),
        method,
        amount: cedis(2_500),
        price: CreditPrice::new(Minor::new(1_000)).unwrap(),
        credits: Credits::from_units(25_000),
    };
    Payment::start(new, started_at()).subject
}

fn payment() -> Payment {
    payment_by(Method::Card)
}

fn reference() -> PaymentReference {
    payment().reference
}

fn number() -> ReceiptId {
    ReceiptId::new(NUMBER.to_string())
}

fn receipt(amount: Option<Amount>) -> Receipt {
    Receipt { id: number(), amount, at: paid_at() }
}

/// A refund of ten cedis.
fn refund() -> Refund {
    Refund {
        id: RefundId::new(paid_at(), 3),
        credits: Credits::from_units(10_000),
        amount: cedis(1_000),
        address: None,
        status: RefundStatus::Requested,
        gateway_refund: None,
        created_at: paid_at(),
        reason: None,
        approved_at: None,
        tried: None,
        completed_at: None,
        fault: None,
    }
}

fn answer(status: u16, body: impl Into<Vec<u8>>) -> Answer {
    Answer { status: status.try_into().unwrap(), headers: http::HeaderMap::new(), body: body.into() }
}

/// The envelope of a success.
fn ok(data: &Value) -> Answer {
    answer(200, json!({ "status": true, "message": "done", "data": data }).to_string())
}

/// The envelope of an error.
fn failed(status: u16, code: Option<&str>, message: &str) -> Answer {
    let mut body = json!({
        "status": false, "message": message, "meta": { "nextStep": "Ensure that the values are valid." },
        "type": "validation_error"
    });
    if let Some(code) = code {
        body["code"] = json!(code);
    }
    answer(status, body.to_string())
}

/// The value with these fields changed.
fn with(mut value: Value, changes: &[(&str, Value)]) -> Value {
    for (path, change) in changes {
        *value.pointer_mut(path).unwrap() = change.clone();
    }
    value
}

/// The transaction in this state, as it is verified.
fn transaction(status: &str) -> Value {
    json!({
        "id": NUMBER, "domain": "test", "status": status, "reference": reference().to_string(),
        "receipt_number": null, "amount": 2_500, "message": null, "gateway_response": "Successful",
        "paid_at": "2026-11-21T10:02:31.000Z", "created_at": "2026-11-21T10:00:02.000Z", "channel": "card",
        "currency": "GHS", "ip_address": "154.160.1.7", "metadata": "", "fees": 49, "fees_split": null,
        "log": { "start_time": 1_795_255_310, "time_spent": 4, "attempts": 1, "errors": 0, "success": true,
            "mobile": true, "input": [], "history": [{ "type": "success", "message": "Paid", "time": 4 }] },
        "authorization": { "authorization_code": "AUTH_r1x8c0d2ka", "last4": "4081", "channel": "card",
            "reusable": true, "account_name": null },
        "customer": { "id": 391_442_017, "email": "ama@example.com", "customer_code": "CUS_9p2vyqk3l0s1d4w" },
        "plan": null, "split": {}, "order_id": null, "requested_amount": 2_500, "source": null, "plan_object": {},
        "subaccount": {}
    })
}

/// The refund in this state, as it is read by its number and in lists.
fn refund_in(status: &str) -> Value {
    json!({
        "integration": 720_114, "transaction": NUMBER, "dispute": null, "settlement": null, "id": 14_902_117,
        "domain": "test", "currency": "GHS", "amount": 1_000, "status": status, "refunded_at": null,
        "expected_at": "2026-12-01T10:02:31.000Z", "channel": "card", "refunded_by": "desk@example.com",
        "customer_note": "Refund of a Namaskah SMS top-up", "merchant_note": refund().id.to_string(),
        "deducted_amount": 1_000, "fully_deducted": 1, "bank_reference": null, "reason": "PENDING",
        "transaction_reference": reference().to_string(), "refund_type": "partial", "transaction_amount": 2_500,
        "initiated_by": "desk@example.com", "refund_channel": "card", "session_id": null,
        "collect_account_number": false, "createdAt": "2026-11-21T10:02:31.000Z"
    })
}

/// The refund as the answer says that made it.
fn refund_made() -> Value {
    json!({
        "transaction": { "id": NUMBER, "domain": "test", "reference": reference().to_string(), "amount": 2_500,
            "paid_at": "2026-11-21T10:02:31.000Z", "channel": "card", "currency": "GHS", "plan": {}, "split": {},
            "authorization": { "exp_month": null, "exp_year": null, "account_name": null }, "order_id": null },
        "integration": 720_114, "deducted_amount": 0, "channel": null, "merchant_note": refund().id.to_string(),
        "customer_note": "Refund of a Namaskah SMS top-up", "status": "pending", "refunded_by": "desk@example.com",
        "expected_at": "2026-12-01T10:02:31.000Z", "currency": "GHS", "domain": "test", "amount": 1_000,
        "fully_deducted": false, "id": 14_902_117, "createdAt": "2026-11-21T10:02:31.000Z"
    })
}

/// A page of refunds, of which there are `total`.
fn list(refunds: &[Value], total: usize) -> Value {
    json!({
        "status": true, "message": "Refunds retrieved", "data": refunds,
        "meta": { "total": total, "skipped": 0, "perPage": "100", "page": 1, "pageCount": 1, "failedRefundCount": 0 }
    })
}

fn refused(said: &str) -> GatewayError {
    GatewayError::Refused { said: Excerpt::of(said) }
}

fn unknown(fault: Fault) -> GatewayError {
    GatewayError::OutcomeUnknown { fault }
}

fn unavailable(fault: Fault) -> GatewayError {
    GatewayError::Unavailable { fault }
}
