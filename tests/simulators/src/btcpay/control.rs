//! `/_sim`: the control API for tests and people.

use super::{
    fields,
    invoice::Invoice,
    pay::{Pay, Refusal, pay},
    plan::Planned,
    rates,
    webhook::Webhook,
    wire,
    world::{Shared, World},
};
use crate::journal::Call;
use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::StatusCode;
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap};

/// A rate is from a billionth to a billion, so that no amount overflows.
const BILLION: i64 = 1_000_000_000;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/webhook", post(set_webhook))
        .route("/webhooks", get(webhooks))
        .route("/webhooks/{id}/repeat", post(repeat))
        .route("/pay/{reference}", post(pay_invoice))
        .route("/payments", get(payments))
        .route("/payments/{reference}", get(payment))
        .route("/rates", get(rates).post(set_rates))
        .route("/plan", post(plan))
        .route("/fault", post(fault))
        .route("/settings", post(settings))
        .route("/clock", get(clock).post(move_clock))
        .route("/calls", get(calls).delete(forget_calls))
        .route("/reset", post(reset))
}

/// A webhook of the store for all events, in place of the one that an earlier call made.
async fn set_webhook(State(shared): State<Shared>, body: Bytes) -> Response {
    let webhook = match Webhook::read(&body, None) {
        Ok(webhook) => webhook,
        Err(problem) => return problem.into_response(),
    };
    let shown = webhook.shown(true);
    let mut world = shared.lock();
    let old = world.control_webhook.replace(webhook.id.clone());
    world.webhooks.retain(|webhook| Some(&webhook.id) != old.as_ref());
    world.webhooks.push(webhook);
    Json(shown).into_response()
}

async fn webhooks(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    let messages = world.deliveries.all().iter().map(|message| {
        json!({
            "id": message.id,
            "webhook": message.webhook,
            "event": message.kind,
            "about": message.about,
            "statuses": message.deliveries.iter().map(|delivery| delivery.status).collect::<Vec<_>>(),
            "due_ms": message.due_ms,
        })
    });
    Json(messages.collect())
}

async fn repeat(State(shared): State<Shared>, Path(id): Path<u64>) -> StatusCode {
    let mut world = shared.lock();
    let now = world.now_ms();
    let is_found = world.deliveries.repeat(|message| message.id == id, now).is_some();
    if is_found { StatusCode::NO_CONTENT } else { StatusCode::NOT_FOUND }
}

async fn pay_invoice(
    State(shared): State<Shared>,
    Path(reference): Path<String>,
    asked: Option<Json<Pay>>,
) -> Response {
    let mut world = shared.lock();
    let Some(id) = world.newest(&reference).map(|invoice| invoice.id.clone()) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match pay(&mut world, &id, &asked.unwrap_or_default()) {
        Ok(()) => Json(world.invoice(&id).map(|invoice| show(&world, &shared, invoice))).into_response(),
        Err(Refusal::Unknown) => StatusCode::NOT_FOUND.into_response(),
        Err(Refusal::Closed) => StatusCode::CONFLICT.into_response(),
        Err(Refusal::Impossible) => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

async fn payments(State(shared): State<Shared>) -> Json<Value> {
    let world = shared.lock();
    Json(world.invoices.iter().map(|invoice| show(&world, &shared, invoice)).collect())
}

async fn payment(State(shared): State<Shared>, Path(reference): Path<String>) -> Response {
    let world = shared.lock();
    let shown = world.newest(&reference).map(|invoice| Json(show(&world, &shared, invoice)).into_response());
    shown.unwrap_or_else(|| StatusCode::NOT_FOUND.into_response())
}

/// An invoice with all its payments and refunds. There are no disputes of coins.
fn show(world: &World, shared: &Shared, invoice: &Invoice) -> Value {
    let refunds = world.pull_payments.iter().filter(|refund| refund.invoice == invoice.id);
    let mut shown = wire::invoice(invoice, &shared.url, &shared.store);
    shown["reference"] = json!(invoice.order_id());
    shown["methods"] = wire::payment_methods(invoice, true);
    shown["refunds"] = refunds.map(|refund| refund.shown(&shared.url)).collect();
    shown["disputes"] = json!([]);
    shown
}

async fn rates(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Value> {
    let pair = asked.get("pair").and_then(|pair| rates::pair(pair));
    let rate = pair.and_then(|(left, right)| shared.lock().rates.of(&left, &right));
    Json(json!({ "rate": rate.map(|rate| rate.to_string()) }))
}

/// Rates by pair. `null` is a pair that no exchange answers for.
async fn set_rates(State(shared): State<Shared>, Json(new): Json<BTreeMap<String, Value>>) -> StatusCode {
    let bounds = Decimal::new(1, 9)..=Decimal::from(BILLION);
    let read = |(pair, rate): (&String, &Value)| {
        let (left, right) = rates::pair(pair)?;
        let rate = match rate {
            Value::Null => None,
            Value::String(text) => Some(fields::decimal(text)?),
            Value::Number(number) => Some(fields::decimal(&number.to_string())?),
            _ => return None,
        };
        rate.is_none_or(|rate| bounds.contains(&rate)).then_some((left, right, rate))
    };
    let Some(read) = new.iter().map(read).collect::<Option<Vec<_>>>() else { return StatusCode::UNPROCESSABLE_ENTITY };
    let mut world = shared.lock();
    for (left, right, rate) in read {
        world.rates.set(&left, &right, rate);
    }
    StatusCode::NO_CONTENT
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Settings {
    confirm_s: u32,
}

async fn settings(State(shared): State<Shared>, Json(settings): Json<Settings>) -> StatusCode {
    shared.lock().confirm_s = settings.confirm_s.into();
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
    {
        let mut world = shared.lock();
        world.offset_s = to.set_offset_s.unwrap_or(world.offset_s) + to.advance_s.unwrap_or(0);
    }
    clock(State(shared)).await
}

async fn calls(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Vec<Call>> {
    Json(shared.lock().calls.of(asked.get("path").map(String::as_str).unwrap_or_default()))
}

async fn forget_calls(State(shared): State<Shared>) -> StatusCode {
    shared.lock().calls.clear();
    StatusCode::NO_CONTENT
}

/// Forgets everything, and moves the clock back to the real time.
async fn reset(State(shared): State<Shared>) -> StatusCode {
    shared.lock().reset();
    StatusCode::NO_CONTENT
}
