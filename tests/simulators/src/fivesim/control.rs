//! `/_sim`: the control API for tests and people.

use super::{
    market::Offer,
    order::Sms,
    scenario::Planned,
    world::{Shared, World},
};
use crate::journal::Call;
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
        .route("/scenario", post(plan))
        .route("/fault", post(fault))
        .route("/orders", get(orders))
        .route("/orders/{id}", get(order))
        .route("/orders/{id}/sms", post(push_sms))
        .route("/clock", get(clock).post(move_clock))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/prices", post(set_price))
        .route("/balance", post(set_balance))
        .route("/rating", post(set_rating))
        .route("/throttle", post(set_throttle))
        .route("/reset", post(reset))
}

async fn plan(State(shared): State<Shared>, Json(plan): Json<Planned>) -> StatusCode {
    shared.lock().plans.push_back(plan);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct Fault {
    down: bool,
}

async fn fault(State(shared): State<Shared>, Json(fault): Json<Fault>) -> StatusCode {
    shared.lock().down = fault.down;
    StatusCode::NO_CONTENT
}

async fn orders(State(shared): State<Shared>) -> Json<Value> {
    let mut world = shared.lock();
    world.tick();
    let ids: Vec<_> = world.orders.keys().copied().collect();
    Json(ids.into_iter().map(|id| show(&world, id)).collect::<Vec<_>>().into())
}

async fn order(State(shared): State<Shared>, Path(id): Path<u64>) -> Response {
    let mut world = shared.lock();
    world.tick();
    if world.orders.contains_key(&id) {
        Json(show(&world, id)).into_response()
    } else {
        StatusCode::NOT_FOUND.into_response()
    }
}

fn show(world: &World, id: u64) -> Value {
    world.orders.get(&id).map_or(Value::Null, |order| {
        let mut shown = order.json();
        shown["expected_code"] = json!(order.expected_code);
        shown["account"] = json!(order.token);
        shown
    })
}

#[derive(Deserialize)]
struct NewSms {
    text: String,
    #[serde(default)]
    sender: String,
    #[serde(default)]
    code: String,
}

async fn push_sms(State(shared): State<Shared>, Path(id): Path<u64>, Json(sms): Json<NewSms>) -> StatusCode {
    let mut world = shared.lock();
    world.tick();
    let at = world.now();
    match world.orders.get_mut(&id).filter(|order| order.is_open()) {
        Some(order) => {
            order.sms.push(Sms { at, sender: sms.sender, text: sms.text, code: sms.code });
            StatusCode::NO_CONTENT
        }
        None => StatusCode::CONFLICT,
    }
}

async fn clock(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    Json(json!({ "now_ms": world.now(), "offset_s": world.offset_ms / 1000 }))
}

#[derive(Deserialize)]
struct ClockMove {
    set_offset_s: Option<i64>,
    advance_s: Option<i64>,
}

async fn move_clock(State(shared): State<Shared>, Json(to): Json<ClockMove>) -> Json<Value> {
    let mut world = shared.lock();
    world.offset_ms = to.set_offset_s.map_or(world.offset_ms, |s| s * 1000) + to.advance_s.unwrap_or(0) * 1000;
    world.tick();
    Json(json!({ "now_ms": world.now(), "offset_s": world.offset_ms / 1000 }))
}

async fn calls(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Vec<Call>> {
    Json(shared.lock().calls.of(asked.get("path").map(String::as_str).unwrap_or_default()))
}

async fn forget_calls(State(shared): State<Shared>) -> StatusCode {
    shared.lock().calls.clear();
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct NewPrice {
    country: String,
    operator: String,
    product: String,
    cents: i64,
    count: u32,
}

async fn set_price(State(shared): State<Shared>, Json(new): Json<NewPrice>) -> StatusCode {
    let offer = Offer { cents: new.cents, count: new.count };
    shared.lock().market.set(&new.country, &new.operator, &new.product, offer);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct NewBalance {
    token: String,
    cents: i64,
}

async fn set_balance(State(shared): State<Shared>, Json(new): Json<NewBalance>) -> StatusCode {
    shared.lock().set_balance(&new.token, new.cents);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct NewRating {
    token: String,
    hundredths: i64,
}

async fn set_rating(State(shared): State<Shared>, Json(new): Json<NewRating>) -> StatusCode {
    let mut world = shared.lock();
    let now = world.now();
    world.account_state(&new.token).set_rating(new.hundredths, now);
    StatusCode::NO_CONTENT
}

#[derive(Deserialize)]
struct NewThrottle {
    per_second: u32,
}

async fn set_throttle(State(shared): State<Shared>, Json(new): Json<NewThrottle>) -> StatusCode {
    shared.lock().throttle.per_second = new.per_second;
    StatusCode::NO_CONTENT
}

/// Clears all state but the last order number, so that a new order never reuses an old number.
async fn reset(State(shared): State<Shared>) -> StatusCode {
    let mut world = shared.lock();
    world.forget();
    StatusCode::NO_CONTENT
}
