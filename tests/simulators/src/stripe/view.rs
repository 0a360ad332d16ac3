//! Payments as the control API shows them: a session with its attempts, or an intent that has no session.

use super::{intent::Intent, session::Session, world::World};
use serde_json::{Value, json};

/// All payments, oldest first.
pub fn all(world: &World) -> Vec<Value> {
    let sessions = world.sessions.oldest().map(|session| of_session(world, session));
    let intents = world.intents.oldest().filter(|intent| intent.session.is_none());
    sessions.chain(intents.map(|intent| of_intent(world, intent))).collect()
}

/// The newest payment with a merchant's reference, or the one with an identifier.
pub fn one(world: &World, reference: &str) -> Option<Value> {
    let session = world.session_for(reference).map(|session| of_session(world, session));
    session.or_else(|| world.intents.get(reference).map(|intent| of_intent(world, intent)))
}

/// The newest charge of that payment.
pub fn charge(world: &World, reference: &str) -> Option<String> {
    let intent = match world.session_for(reference) {
        Some(session) => session.intent.as_deref()?,
        None => reference,
    };
    world.intents.get(intent)?.latest_charge.clone()
}

fn of_session(world: &World, session: &Session) -> Value {
    let mut shown = match session.intent.as_deref().and_then(|intent| world.intents.get(intent)) {
        Some(intent) => of_intent(world, intent),
        None => json!({ "payment_intent": null, "charges": [], "refunds": [], "disputes": [] }),
    };
    shown["reference"] = json!(session.reference());
    shown["session"] = json!(session.id);
    shown["status"] = json!(session.status.name());
    shown["payment_status"] = json!(if session.is_paid { "paid" } else { "unpaid" });
    shown["amount"] = json!(session.amount);
    shown["currency"] = json!(session.currency.code);
    shown["customer"] = json!(session.customer);
    shown["expires_at"] = json!(session.order.expires_at);
    shown["page"] = json!(session.page);
    shown
}

fn of_intent(world: &World, intent: &Intent) -> Value {
    let charges = world.charges.oldest().filter(|charge| charge.intent == intent.id);
    let refunds = world.refunds.oldest().filter(|refund| refund.intent == intent.id);
    let disputes = world.disputes.oldest().filter(|dispute| dispute.intent == intent.id);
    let is_paid = intent.status == super::intent::Status::Succeeded;
    json!({
        "reference": intent.reference,
        "payment_intent": intent.id,
        "status": intent.status.name(),
        "payment_status": if is_paid { "paid" } else { "unpaid" },
        "amount": intent.amount,
        "currency": intent.currency.code,
        "customer": intent.customer,
        "charges": charges.map(|charge| json!({
            "id": charge.id, "amount": charge.amount, "amount_refunded": charge.amount_refunded,
            "disputed": charge.is_disputed,
        })).collect::<Vec<_>>(),
        "refunds": refunds.map(|refund| json!({
            "id": refund.id, "amount": refund.amount, "status": refund.status.name(),
        })).collect::<Vec<_>>(),
        "disputes": disputes.map(|dispute| json!({
            "id": dispute.id, "amount": dispute.amount, "status": dispute.status.name(),
        })).collect::<Vec<_>>(),
    })
}
