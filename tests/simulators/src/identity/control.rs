//! `/_sim`: the control API for tests and people.

use super::{
    plan::{Approval, Planned},
    world::{Shared, World},
};
use crate::journal::Call;
use axum::{
    Json, Router,
    extract::{Query, State},
    routing::{get, post},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::HashMap;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/plan", post(plan))
        .route("/approvals", post(approve))
        .route("/state", get(state))
        .route("/clock", get(clock).post(move_clock))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
}

async fn plan(State(shared): State<Shared>, Json(plan): Json<Planned>) -> StatusCode {
    shared.lock().plans.push(plan);
    StatusCode::NO_CONTENT
}

async fn approve(State(shared): State<Shared>, Json(approval): Json<Approval>) -> StatusCode {
    shared.lock().approvals.push(approval);
    StatusCode::NO_CONTENT
}

async fn state(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    let persons = world.persons().into_iter();
    Json(json!({
        "issuer": &*shared.issuer,
        "client_id": shared.client.id,
        "redirects": shared.client.redirects,
        "offset_s": world.offset_s,
        "persons": persons.map(|one| json!({ "email": one.email, "name": one.name, "sub": one.subject() })).collect::<Vec<_>>(),
        "plans": world.plans,
        "approvals": world.approvals,
        "keys": world.keys.names(),
        "open_codes": world.grants.open_codes(),
    }))
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
    Json(json!({ "now_ms": world.now_ms(), "offset_s": world.offset_s }))
}

async fn calls(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Vec<Call>> {
    Json(shared.lock().calls.of(asked.get("path").map(String::as_str).unwrap_or_default()))
}

async fn forget_calls(State(shared): State<Shared>) -> StatusCode {
    shared.lock().calls.clear();
    StatusCode::NO_CONTENT
}

/// Forgets everything. The keys are those of the start again, so a client may keep what it has of them.
async fn reset(State(shared): State<Shared>) -> StatusCode {
    *shared.lock() = World::default();
    StatusCode::NO_CONTENT
}
