//! `POST /transaction/charge_authorization`: a merchant charges a saved card, without the person.

use super::{
    answer::{Refusal, ok},
    failing::{self, bad_gateway, wait},
    fields::Fields,
    initialize::{Order, UNKNOWN},
    means::Authorization,
    plan::{Fault, Moment},
    transaction_wire,
    world::{Shared, World},
};
use axum::{Router, extract::State, response::Response, routing::post};
use serde_json::Value;

pub fn routes() -> Router<Shared> {
    Router::new().route("/transaction/charge_authorization", post(charge))
}

async fn charge(State(shared): State<Shared>, fields: Fields) -> Result<Response, Refusal> {
    let order = Order::read(&fields)?;
    let code = fields.text("authorization_code")?.ok_or(Refusal::Missing("Authorization code"))?;
    fields.refuse(UNKNOWN)?;
    let fault = failing::take(&shared, Moment::Charge, &order.reference);
    let kind = fault.as_ref().map(|plan| plan.fault);
    if kind == Some(Fault::Charge502) {
        return Ok(bad_gateway());
    }
    let data = charge_now(&mut shared.lock(), order, &code, kind == Some(Fault::ChargeDeclined))?;
    if let Some(plan) = fault.filter(|plan| plan.fault == Fault::ChargeTimeoutAfter) {
        wait(plan.seconds).await;
    }
    Ok(ok("Charge attempted", &data))
}

/// A refused charge makes no transaction, so its reference stays free.
fn charge_now(world: &mut World, order: Order, code: &str, declined: bool) -> Result<Value, Refusal> {
    let authorization = authorization(world, code, &order.email)?;
    let asked = order.asked(world, "charge");
    let id = world.open(asked).ok_or(Refusal::DuplicateReference)?;
    if declined {
        world.transactions.entry(id).and_modify(|transaction| {
            transaction.authorization = Some(authorization);
            transaction.decline();
        });
    } else {
        world.charge(id, authorization);
    }
    let transaction = world.transactions.get(&id).ok_or(Refusal::UnknownTransaction)?;
    Ok(transaction_wire::charged(world, transaction))
}

/// The card with this code, if it is the customer's and can be charged again.
fn authorization(world: &World, code: &str, email: &str) -> Result<Authorization, Refusal> {
    let (of, authorization) = world.saved(code).ok_or(Refusal::UnknownAuthorization)?;
    let owner = world.customer(of.asked.customer).is_some_and(|customer| customer.email.eq_ignore_ascii_case(email));
    if !owner || !authorization.is_reusable() {
        return Err(Refusal::ForeignAuthorization);
    }
    Ok(authorization.clone())
}
