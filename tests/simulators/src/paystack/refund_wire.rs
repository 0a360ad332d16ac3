//! A refund as Paystack's answers and its events write it. The two have little in common.

use super::{
    customer::Customer,
    refund::{Refund, Status},
    transaction::Transaction,
    transaction_wire,
    wire::{INTEGRATION, MERCHANT, time, with},
    world::World,
};
use serde_json::{Value, json};

/// How long Paystack expects a refund to take: ten days.
const EXPECTED_MS: i64 = 10 * 86_400_000;

/// `data` of a new refund.
pub fn created(world: &World, refund: &Refund, of: &Transaction) -> Value {
    json!({
        "transaction": transaction_wire::refunded(world, of), "integration": INTEGRATION, "deducted_amount": 0,
        "channel": null, "merchant_note": refund.merchant_note, "customer_note": refund.customer_note,
        "status": refund.status, "refunded_by": MERCHANT, "expected_at": time(refund.created_ms + EXPECTED_MS),
        "currency": refund.currency, "domain": world.domain(), "amount": refund.amount, "fully_deducted": false,
        "id": refund.id, "createdAt": time(refund.created_ms), "updatedAt": time(refund.changed_ms),
    })
}

/// A refund by its number, or in a list. Here `fully_deducted` is 0 or 1.
pub fn fetched(world: &World, refund: &Refund, of: &Transaction) -> Value {
    with(
        common(world, refund, of),
        json!({
            "createdAt": time(refund.created_ms), "updatedAt": time(refund.changed_ms),
            "transaction_reference": of.asked.reference, "refund_type": kind(refund, of),
            "transaction_amount": of.amount, "refund_channel": of.channel().as_str(), "collect_account_number": false,
            "fully_deducted": u8::from(refund.status == Status::Processed),
        }),
    )
}

/// `data` of a refund that is tried again.
pub fn retried(world: &World, refund: &Refund, of: &Transaction) -> Value {
    with(common(world, refund, of), json!({ "fully_deducted": true, "reversed_at": null }))
}

/// `data` of an event. As in Paystack's samples, only `needs-attention` has the refund's number, and that as a text;
/// the amount is a text until the refund fails or needs attention.
pub fn event(world: &World, refund: &Refund, of: &Transaction) -> Value {
    let common = json!({
        "status": refund.status, "transaction_reference": of.asked.reference, "currency": refund.currency,
        "customer": world.customer(of.asked.customer).map(Customer::short_json), "integration": INTEGRATION,
        "domain": world.domain(),
    });
    let amount = refund.amount.to_string();
    let more = match refund.status {
        Status::Pending | Status::Processing => {
            json!({ "amount": amount, "refund_reference": null, "processor": "instant-transfer" })
        }
        Status::Processed => {
            json!({ "amount": amount, "refund_reference": reference(refund), "processor": "mpgs_zen" })
        }
        Status::Failed => {
            json!({ "amount": refund.amount, "refund_reference": reference(refund), "processor": "instant-transfer" })
        }
        Status::NeedsAttention => json!({
            "amount": refund.amount, "refund_reference": reference(refund), "id": refund.id.to_string(),
            "customer_note": refund.customer_note, "merchant_note": refund.merchant_note,
        }),
    };
    with(common, more)
}

/// The refund's name at the bank, which no answer of the API has.
fn reference(refund: &Refund) -> String {
    format!("TRF_{}", refund.id)
}

fn common(world: &World, refund: &Refund, of: &Transaction) -> Value {
    let processed = refund.status == Status::Processed;
    json!({
        "integration": INTEGRATION, "transaction": refund.transaction, "dispute": null, "settlement": null,
        "id": refund.id, "domain": world.domain(), "currency": refund.currency, "amount": refund.amount,
        "status": refund.status, "refunded_at": processed.then(|| time(refund.changed_ms)),
        "expected_at": time(refund.created_ms + EXPECTED_MS), "channel": of.channel().as_str(),
        "refunded_by": MERCHANT, "customer_note": refund.customer_note, "merchant_note": refund.merchant_note,
        "deducted_amount": if refund.status == Status::Pending { 0 } else { refund.amount }, "bank_reference": null,
        "reason": refund.status.as_str().to_uppercase(),
        "customer": world.customer(of.asked.customer).map(Customer::json), "initiated_by": MERCHANT,
        "session_id": null,
    })
}

fn kind(refund: &Refund, of: &Transaction) -> &'static str {
    if refund.amount == of.amount { "full" } else { "partial" }
}
