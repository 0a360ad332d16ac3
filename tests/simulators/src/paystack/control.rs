//! `/_sim`: the control API for tests and people.

use super::{
    dispute::Step,
    events::Target,
    pay::Payment,
    plan::Planned,
    refund::{Refund, Status},
    transaction::Transaction,
    world::{Shared, World},
};
use crate::{journal::Call, webhooks::Message};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/webhook", get(webhook).post(set_webhook).delete(forget_webhook))
        .route("/webhooks", get(webhooks))
        .route("/webhooks/{id}/repeat", post(repeat))
        .route("/pay/{reference}", post(pay))
        .route("/payments", get(payments))
        .route("/payments/{reference}", get(payment))
        .route("/refunds/{id}", post(move_refund))
        .route("/dispute/{reference}", post(dispute))
        .route("/plan", post(plan))
        .route("/fault", post(fault))
        .route("/clock", get(clock).post(move_clock))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
}

/// Where webhooks go, or null.
async fn webhook(State(shared): State<Shared>) -> Json<Option<Target>> {
    Json(shared.lock().target.clone())
}

async fn forget_webhook(State(shared): State<Shared>) -> StatusCode {
    shared.lock().target = None;
    StatusCode::NO_CONTENT
}

async fn set_webhook(State(shared): State<Shared>, Json(target): Json<Target>) -> StatusCode {
    if !target.url.starts_with("http://") && !target.url.starts_with("https://") {
        return StatusCode::UNPROCESSABLE_ENTITY;
    }
    shared.lock().target = Some(target);
    StatusCode::NO_CONTENT
}

async fn webhooks(State(shared): State<Shared>) -> Json<Vec<Message>> {
    drop(shared.current());
    Json(shared.webhooks.list())
}

async fn repeat(State(shared): State<Shared>, Path(id): Path<u64>) -> StatusCode {
    let now = shared.current().now_ms();
    if shared.webhooks.repeat(id, now) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

/// Does what a button of the page does. The body may be missing: then the payment succeeds.
async fn pay(
    State(shared): State<Shared>,
    Path(reference): Path<String>,
    payment: Option<Json<Payment>>,
) -> Result<Json<Value>, StatusCode> {
    let mut world = shared.current();
    let id = world.by_reference(&reference).ok_or(StatusCode::NOT_FOUND)?.id;
    if world.pay(id, payment.map(|Json(payment)| payment).unwrap_or_default()) {
        Ok(Json(show(&world, &shared.url, id)))
    } else {
        Err(StatusCode::CONFLICT)
    }
}

async fn payments(State(shared): State<Shared>) -> Json<Vec<Value>> {
    let world = shared.current();
    Json(world.transactions.keys().map(|id| show(&world, &shared.url, *id)).collect())
}

async fn payment(State(shared): State<Shared>, Path(reference): Path<String>) -> Result<Json<Value>, StatusCode> {
    let world = shared.current();
    let id = world.by_reference(&reference).ok_or(StatusCode::NOT_FOUND)?.id;
    Ok(Json(show(&world, &shared.url, id)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Move {
    status: Status,
}

async fn move_refund(
    State(shared): State<Shared>,
    Path(id): Path<u64>,
    Json(to): Json<Move>,
) -> Result<Json<Value>, StatusCode> {
    let mut world = shared.current();
    let now = world.now_ms();
    if !world.refunds.get(&id).ok_or(StatusCode::NOT_FOUND)?.is_open() {
        return Err(StatusCode::CONFLICT);
    }
    world.move_refund(id, to.status, now);
    Ok(Json(world.refunds.get(&id).map(show_refund).unwrap_or_default()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disputed {
    state: Step,
}

async fn dispute(
    State(shared): State<Shared>,
    Path(reference): Path<String>,
    Json(to): Json<Disputed>,
) -> Result<Json<Value>, StatusCode> {
    let mut world = shared.current();
    let id = world.by_reference(&reference).ok_or(StatusCode::NOT_FOUND)?.id;
    if world.dispute(id, to.state) { Ok(Json(show(&world, &shared.url, id))) } else { Err(StatusCode::CONFLICT) }
}

async fn plan(State(shared): State<Shared>, Json(plan): Json<Planned>) -> StatusCode {
    shared.lock().plans.push(plan);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fault {
    down: bool,
}

async fn fault(State(shared): State<Shared>, Json(fault): Json<Fault>) -> StatusCode {
    shared.lock().down = fault.down;
    StatusCode::NO_CONTENT
}

async fn clock(State(shared): State<Shared>) -> Json<Value> {
    show_clock(&shared.lock())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClockMove {
    set_offset_s: Option<i64>,
    advance_s: Option<i64>,
}

async fn move_clock(State(shared): State<Shared>, Json(to): Json<ClockMove>) -> Json<Value> {
    let mut world = shared.lock();
    world.offset_s = to.set_offset_s.unwrap_or(world.offset_s) + to.advance_s.unwrap_or(0);
    world.tick();
    show_clock(&world)
}

fn show_clock(world: &World) -> Json<Value> {
    Json(json!({ "now_ms": world.now_ms(), "offset_s": world.offset_s }))
}

async fn calls(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Vec<Call>> {
    Json(shared.lock().calls.of(asked.get("path").map(String::as_str).unwrap_or_default()))
}

async fn forget_calls(State(shared): State<Shared>) -> StatusCode {
    shared.lock().calls.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(shared): State<Shared>) -> Response {
    shared.lock().forget();
    StatusCode::NO_CONTENT.into_response()
}

/// A payment with everything that became of it.
fn show(world: &World, url: &str, id: u64) -> Value {
    world.transactions.get(&id).map(|one| show_payment(world, url, one)).unwrap_or_default()
}

fn show_payment(world: &World, url: &str, one: &Transaction) -> Value {
    let disputes = world.disputes.values().filter(|dispute| dispute.transaction == one.id).map(|dispute| {
        json!({
            "id": dispute.id, "status": dispute.status(), "resolution": dispute.resolved.map(|(how, _)| how),
            "amount": dispute.amount,
        })
    });
    json!({
        "id": one.id, "reference": one.asked.reference, "status": world.status(one), "amount": one.amount,
        "currency": one.currency, "requested_amount": one.asked.amount, "requested_currency": one.asked.currency,
        "email": world.customer(one.asked.customer).map(|customer| customer.email.as_str()),
        "channel": one.channel().as_str(), "url": format!("{url}/pay/{}", one.access_code),
        "callback_url": one.asked.callback_url, "created_ms": one.created_ms, "paid_ms": one.paid_ms,
        "refunds": world.refunds_of(one.id).map(show_refund).collect::<Vec<_>>(),
        "disputes": disputes.collect::<Vec<_>>(),
    })
}

fn show_refund(refund: &Refund) -> Value {
    json!({ "id": refund.id, "status": refund.status, "amount": refund.amount, "currency": refund.currency })
}
