//! `/_sim`: the control API for tests and people.

use super::{
    dispute,
    pay::{Payment, Unpayable},
    plan::Planned,
    view,
    webhook::{Endpoint, SECRET},
    world::Shared,
};
use crate::{journal::Call, webhooks::Message};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
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
        .route("/payments", get(payments))
        .route("/payments/{reference}", get(payment))
        .route("/pay/{reference}", post(pay))
        .route("/dispute/{reference}", post(dispute))
        .route("/plan", get(plans).post(plan))
        .route("/fault", post(fault))
        .route("/clock", get(clock).post(move_clock))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
}

/// An answer, or a status with a reason.
type Answer<T> = Result<Json<T>, (StatusCode, &'static str)>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewEndpoint {
    url: String,
    secret: Option<String>,
}

async fn set_webhook(State(shared): State<Shared>, Json(new): Json<NewEndpoint>) -> StatusCode {
    let secret = new.secret.unwrap_or_else(|| SECRET.to_owned());
    shared.lock().endpoint = Some(Endpoint { url: new.url, secret });
    StatusCode::NO_CONTENT
}

/// The endpoint, so that a test can put it back.
async fn webhook(State(shared): State<Shared>) -> Json<Option<Endpoint>> {
    Json(shared.lock().endpoint.clone())
}

async fn forget_webhook(State(shared): State<Shared>) -> StatusCode {
    shared.lock().endpoint = None;
    StatusCode::NO_CONTENT
}

async fn webhooks(State(shared): State<Shared>) -> Json<Vec<Message>> {
    Json(shared.webhooks.list())
}

async fn repeat(State(shared): State<Shared>, Path(id): Path<u64>) -> StatusCode {
    let now_ms = shared.lock().now_ms();
    if shared.webhooks.repeat(id, now_ms) { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn payments(State(shared): State<Shared>) -> Json<Vec<Value>> {
    let mut world = shared.lock();
    world.advance();
    Json(view::all(&world))
}

async fn payment(State(shared): State<Shared>, Path(reference): Path<String>) -> Answer<Value> {
    let mut world = shared.lock();
    world.advance();
    view::one(&world, &reference).map(Json).ok_or((StatusCode::NOT_FOUND, "no such payment"))
}

async fn pay(
    State(shared): State<Shared>,
    Path(reference): Path<String>,
    payment: Option<Json<Payment>>,
) -> Answer<Value> {
    let payment = payment.map_or_else(Payment::default, |Json(payment)| payment);
    let mut world = shared.lock();
    world.advance();
    let session = world.session_for(&reference).map(|session| session.id.clone());
    let session = session.ok_or((StatusCode::NOT_FOUND, "no such payment"))?;
    world.pay(&session, &payment).map_err(|reason| match reason {
        Unpayable::NotOpen => (StatusCode::CONFLICT, "the session is complete or expired"),
        Unpayable::NotOffered => (StatusCode::UNPROCESSABLE_ENTITY, "the session does not offer such a payment method"),
        Unpayable::NoSuchPrice => (StatusCode::UNPROCESSABLE_ENTITY, "no such amount or currency"),
    })?;
    view::one(&world, &session).map(Json).ok_or((StatusCode::NOT_FOUND, "no such payment"))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NewState {
    state: dispute::Status,
    amount: Option<i64>,
}

async fn dispute(
    State(shared): State<Shared>,
    Path(reference): Path<String>,
    Json(new): Json<NewState>,
) -> Answer<Value> {
    let mut world = shared.lock();
    world.advance();
    let shown = view::one(&world, &reference);
    shown.ok_or((StatusCode::NOT_FOUND, "no such payment"))?;
    let charge = view::charge(&world, &reference).ok_or((StatusCode::CONFLICT, "nothing was paid"))?;
    let disputed = world.dispute(&charge, new.state, new.amount);
    disputed.map_err(|_| (StatusCode::CONFLICT, "its dispute can't get into that state"))?;
    view::one(&world, &reference).map(Json).ok_or((StatusCode::NOT_FOUND, "no such payment"))
}

async fn plans(State(shared): State<Shared>) -> Json<Vec<Planned>> {
    Json(shared.lock().plans.clone())
}

async fn plan(State(shared): State<Shared>, Json(plan): Json<Planned>) -> StatusCode {
    shared.lock().plans.push(plan);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Downtime {
    down: bool,
}

async fn fault(State(shared): State<Shared>, Json(new): Json<Downtime>) -> StatusCode {
    shared.lock().down = new.down;
    StatusCode::NO_CONTENT
}

async fn clock(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    Json(json!({ "now_ms": world.now_ms(), "offset_s": world.offset_s }))
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
    let now_ms = world.advance();
    Json(json!({ "now_ms": now_ms, "offset_s": world.offset_s }))
}

async fn calls(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Vec<Call>> {
    Json(shared.lock().calls.of(asked.get("path").map(String::as_str).unwrap_or_default()))
}

async fn forget_calls(State(shared): State<Shared>) -> StatusCode {
    shared.lock().calls.clear();
    StatusCode::NO_CONTENT
}

async fn reset(State(shared): State<Shared>) -> StatusCode {
    shared.lock().forget();
    StatusCode::NO_CONTENT
}
