//! A dispute as Paystack's answers and its events write it.

use super::{
    customer::Customer,
    dispute::{Dispute, PATIENCE_MS},
    transaction::Transaction,
    transaction_wire,
    wire::{time, with},
    world::World,
};
use serde_json::{Value, json};

/// A dispute by its number, or in a list.
pub fn fetched(world: &World, dispute: &Dispute, of: &Transaction) -> Value {
    let times = json!({ "createdAt": time(dispute.created_ms), "updatedAt": time(dispute.changed_ms) });
    with(common(world, dispute, of), times)
}

/// `data` of an event, which names two times in another way.
pub fn event(world: &World, dispute: &Dispute, of: &Transaction) -> Value {
    let times = json!({ "created_at": time(dispute.created_ms), "updated_at": time(dispute.changed_ms) });
    with(common(world, dispute, of), times)
}

fn common(world: &World, dispute: &Dispute, of: &Transaction) -> Value {
    let customer = world.customer(of.asked.customer);
    let email = customer.map_or("", |customer| customer.email.as_str());
    let authorization = of.authorization.as_ref().map_or(Value::Null, super::means::Authorization::json);
    let created_at = time(dispute.created_ms);
    json!({
        "id": dispute.id, "refund_amount": dispute.amount, "currency": of.currency, "status": dispute.status(),
        "resolution": dispute.resolved.map(|(how, _)| how), "domain": world.domain(),
        "transaction": transaction_wire::disputed(world, of), "transaction_reference": null, "category": "chargeback",
        "customer": customer.map(Customer::json), "bin": authorization["bin"], "last4": authorization["last4"],
        "dueAt": time(dispute.created_ms + PATIENCE_MS), "resolvedAt": dispute.resolved.map(|(_, at)| time(at)),
        "evidence": null, "attachments": null, "note": null,
        "history": [{ "status": "pending", "by": email, "createdAt": created_at }],
        "messages": [{
            "sender": email, "body": "Customer complained about debit without value", "createdAt": created_at,
        }],
    })
}
