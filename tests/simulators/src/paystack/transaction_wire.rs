//! A transaction as each of Paystack's answers writes it.

use super::{
    customer::Customer,
    means::Authorization,
    transaction::{State, Transaction},
    wire::{time, with},
    world::World,
};
use serde_json::{Value, json};

/// `data` of the verification.
pub fn verified(world: &World, one: &Transaction) -> Value {
    with(
        common(world, one),
        json!({
            "receipt_number": null, "metadata": metadata(one), "plan": null, "plan_object": {}, "source": null,
            "fees_breakdown": null, "connect": null, "transaction_date": time(one.created_ms),
        }),
    )
}

/// `data` of a transaction by its number.
pub fn fetched(world: &World, one: &Transaction) -> Value {
    let source = json!({ "type": "api", "source": "merchant_api", "identifier": null });
    let authorization = one.authorization.as_ref().map_or_else(|| json!({}), |left| with(left.json(), no_receiver()));
    with(
        common(world, one),
        json!({
            "receipt_number": null, "metadata": metadata(one), "helpdesk_link": null, "source": source,
            "fees_breakdown": null, "connect": null, "authorization": authorization,
        }),
    )
}

/// An element of the list. Here an authorization that does not exist has all its fields.
pub fn listed(world: &World, one: &Transaction) -> Value {
    let authorization = one.authorization.as_ref().map_or_else(Authorization::nothing, Authorization::json);
    with(
        common(world, one),
        json!({
            "metadata": one.asked.metadata, "source": source(one), "connect": null, "authorization": authorization,
        }),
    )
}

/// `data` of the event `charge.success`. It has metadata 0 where a transaction has none.
pub fn event(world: &World, one: &Transaction) -> Value {
    let metadata = if one.asked.metadata.is_null() { json!(0) } else { one.asked.metadata.clone() };
    with(common(world, one), json!({ "metadata": metadata, "source": source(one) }))
}

/// `data` of a saved card's charge, whose metadata is a text.
pub fn charged(world: &World, one: &Transaction) -> Value {
    let metadata = match &one.asked.metadata {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    json!({
        "id": one.id, "amount": one.amount, "currency": one.currency, "transaction_date": time(one.created_ms),
        "status": world.status(one), "reference": one.asked.reference, "domain": world.domain(), "metadata": metadata,
        "gateway_response": one.gateway_response, "message": message(one), "channel": one.channel().as_str(),
        "ip_address": null, "log": null, "fees": one.fees(), "authorization": authorization(one),
        "customer": customer(world, one), "plan": null,
    })
}

/// The transaction of a dispute.
pub fn disputed(world: &World, one: &Transaction) -> Value {
    with(
        common(world, one),
        json!({
            "metadata": metadata(one), "authorization": no_receiver(), "customer": { "international_format_phone": null },
            "source": null, "fees_breakdown": null, "connect": null,
        }),
    )
}

/// The transaction of a new refund.
pub fn refunded(world: &World, one: &Transaction) -> Value {
    let paid_at = one.paid_ms.map(time);
    json!({
        "id": one.id, "domain": world.domain(), "reference": one.asked.reference, "amount": one.amount,
        "paid_at": paid_at, "channel": one.channel().as_str(), "currency": one.currency,
        "authorization": { "exp_month": null, "exp_year": null, "account_name": null },
        "customer": { "international_format_phone": null }, "plan": {}, "subaccount": { "currency": null },
        "split": {}, "order_id": null, "paidAt": paid_at, "pos_transaction_data": null, "source": null,
        "fees_breakdown": null,
    })
}

fn common(world: &World, one: &Transaction) -> Value {
    let (created_at, paid_at) = (time(one.created_ms), one.paid_ms.map(time));
    json!({
        "id": one.id, "domain": world.domain(), "status": world.status(one), "reference": one.asked.reference,
        "amount": one.amount, "message": message(one), "gateway_response": one.gateway_response, "paid_at": paid_at,
        "created_at": created_at, "channel": one.channel().as_str(), "currency": one.currency,
        "ip_address": "127.0.0.1", "log": log(one), "fees": one.fees(), "fees_split": null,
        "authorization": authorization(one), "customer": customer(world, one), "plan": {}, "split": {},
        "subaccount": {}, "order_id": null, "paidAt": paid_at, "createdAt": created_at,
        "requested_amount": one.asked.amount, "pos_transaction_data": null,
    })
}

fn message(one: &Transaction) -> Option<&'static str> {
    (one.state == State::Failed).then_some(one.gateway_response)
}

fn metadata(one: &Transaction) -> Value {
    if one.asked.metadata.is_null() { json!("") } else { one.asked.metadata.clone() }
}

fn authorization(one: &Transaction) -> Value {
    one.authorization.as_ref().map_or_else(|| json!({}), Authorization::json)
}

/// The account of a bank transfer, in which nobody can pay here.
fn no_receiver() -> Value {
    json!({ "receiver_bank_account_number": null, "receiver_bank": null })
}

fn customer(world: &World, one: &Transaction) -> Value {
    world.customer(one.asked.customer).map_or(Value::Null, Customer::json)
}

fn source(one: &Transaction) -> Value {
    let entry_point = one.asked.entry_point;
    json!({ "source": "merchant_api", "type": "api", "identifier": null, "entry_point": entry_point })
}

fn log(one: &Transaction) -> Value {
    if one.tries == 0 {
        return Value::Null;
    }
    let (channel, paid) = (one.channel().as_str(), one.paid_ms.is_some());
    let (kind, result) = if paid { ("success", "Successfully paid") } else { ("error", "Declined payment") };
    json!({
        "start_time": one.created_ms / 1000, "time_spent": 4, "attempts": one.tries,
        "errors": one.tries - u32::from(paid), "success": paid, "mobile": false, "input": [],
        "history": [
            { "type": "action", "message": format!("Attempted to pay with {channel}"), "time": 3 },
            { "type": kind, "message": format!("{result} with {channel}"), "time": 4 },
        ],
    })
}
