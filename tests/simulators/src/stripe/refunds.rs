//! `POST /v1/refunds`.

use super::{
    charge::Charge,
    due::{Due, What},
    event::Change,
    expand::Expansion,
    form::{Form, Metadata},
    id,
    intent::{Intent, Refunds},
    read,
    refund::{Refund, Status},
    refusal::Refusal,
    resource::Resource,
    transaction::Reason,
    world::{Shared, World},
};
use axum::{Extension, Router, extract::State, response::Response, routing::post};
use http::StatusCode;
use serde_json::json;

pub fn routes() -> Router<Shared> {
    Router::new().route(Refund::PATH, post(create))
}

/// A request for a refund.
struct NewRefund {
    charge: Option<String>,
    intent: Option<String>,
    amount: Option<i64>,
    reason: Option<&'static str>,
    metadata: Metadata,
}

impl NewRefund {
    fn read(form: &mut Form) -> Result<Self, Refusal> {
        let new = Self {
            charge: form.text("charge")?,
            intent: form.text("payment_intent")?,
            amount: form.integer_from("amount", 1)?,
            reason: form.choice("reason", &["duplicate", "fraudulent", "requested_by_customer"])?,
            metadata: form.metadata("metadata")?,
        };
        match (&new.charge, &new.intent) {
            (Some(_), Some(_)) => {
                Err(Refusal::invalid("You may only specify one of these parameters: charge, payment_intent."))
            }
            (None, None) => Err(Refusal::invalid(
                "One of the following params should be provided for this request: payment_intent or charge.",
            )),
            _ => Ok(new),
        }
    }

    /// The charge to refund, which has money left.
    fn charge(&self, world: &World) -> Result<Charge, Refusal> {
        let missing = |name, id, param| Refusal::missing(name, id, param).status(StatusCode::BAD_REQUEST);
        let mut id = self.charge.clone();
        if let Some(intent) = &self.intent {
            let found = world.intents.get(intent);
            let found = found.ok_or_else(|| missing(Intent::NAME, intent, "payment_intent"))?;
            id.clone_from(&found.latest_charge);
        }
        let none = || {
            let intent = self.intent.clone().unwrap_or_default();
            let message = format!("This PaymentIntent ({intent}) does not have a successful charge to refund.");
            Refusal::parameter("payment_intent", message).begun()
        };
        let id = id.ok_or_else(none)?;
        let charge = world.charges.get(&id).ok_or_else(|| missing(Charge::NAME, &id, "charge"))?;
        if charge.is_disputed {
            let message = format!("Charge {id} has been charged back; cannot issue a refund.");
            return Err(Refusal::invalid(message).code("charge_disputed").begun());
        }
        if charge.is_refunded() {
            let message = format!("Charge {id} has already been refunded.");
            return Err(Refusal::invalid(message).code("charge_already_refunded").begun());
        }
        if charge.refundable() == 0 {
            return Err(none());
        }
        Ok(charge.clone())
    }
}

async fn create(State(shared): State<Shared>, Extension(mut form): Extension<Form>) -> Result<Response, Refusal> {
    let expansion = Expansion::read(&mut form, Refund::OBJECT, false)?;
    let new = NewRefund::read(&mut form)?;
    form.finish()?;
    let mut world = shared.lock();
    let charge = new.charge(&world)?;
    let amount = new.amount.unwrap_or_else(|| charge.refundable());
    if amount > charge.refundable() {
        let left = if charge.amount_refunded == 0 { "charge amount" } else { "unrefunded amount on charge" };
        let (wanted, most) = (charge.currency.shown(amount), charge.currency.shown(charge.refundable()));
        let message = format!("Refund amount ({wanted}) is greater than {left} ({most})");
        return Err(Refusal::parameter("amount", message).begun());
    }
    let refund = world.refund(&charge, amount, new);
    read::answer::<Refund>(&world, &refund, &expansion)
}

impl World {
    /// Refunds a part of a charge. Returns the refund's identifier.
    fn refund(&mut self, charge: &Charge, amount: i64, new: NewRefund) -> String {
        let (now, id) = (self.now(), id::object("re"));
        let course = self.intents.get(&charge.intent).map_or(Refunds::Succeed, |intent| intent.refunds);
        let (status, end) = match course {
            Refunds::Succeed => (Status::Succeeded, None),
            Refunds::Fail(after_s) => (Status::Succeeded, Some((Status::Failed, after_s))),
            Refunds::Wait(after_s) => (Status::Pending, Some((Status::Succeeded, after_s))),
            Refunds::WaitAndFail(after_s) => (Status::Pending, Some((Status::Failed, after_s))),
        };
        if let Some((as_status, after_s)) = end {
            self.due.push(Due { at: now + after_s, what: What::EndRefund { refund: id.clone(), as_status } });
        }
        let transaction = self.book(Reason::Refund, charge, amount, &id, now);
        self.refunds.add(Refund {
            id: id.clone(),
            created: now,
            amount,
            currency: charge.currency,
            charge: charge.id.clone(),
            intent: charge.intent.clone(),
            metadata: new.metadata,
            reason: new.reason,
            status,
            transaction,
            failure_transaction: None,
        });
        if let Some(charge) = self.charges.get_mut(&charge.id) {
            charge.amount_refunded += amount;
        }
        let before = json!({ "amount_refunded": charge.amount_refunded, "refunded": false });
        let changes = [Change::new("refund.created", &id), Change::from("charge.refunded", &charge.id, before)];
        let reference = self.reference_of(&id).unwrap_or_default().to_owned();
        self.emit(&reference, &changes, now);
        id
    }
}
