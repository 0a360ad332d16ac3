//! `/v1/user`: operations of an account. Every request is a GET, including those that change
//! something.

use super::{
    account_state::Event,
    order::{Order, Sms, Status},
    scenario::Scenario,
    texts,
    world::{Purchase, Shared, World, html_502, text},
};
use axum::{
    Json, Router,
    extract::{FromRequestParts, Path, Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::request::Parts;
use serde_json::{Value, json};
use std::{collections::HashMap, time::Duration};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/orders", get(orders))
        .route("/buy/activation/{country}/{operator}/{product}", get(buy))
        .route("/check/{id}", get(check))
        .route("/finish/{id}", get(finish))
        .route("/cancel/{id}", get(cancel))
        .route("/ban/{id}", get(ban))
        .route("/reuse/{product}/{number}", get(|| async { text(400, "reuse not possible") }))
}

/// The account of a request: any bearer token that begins with `sim-`.
pub struct Token(pub String);

impl FromRequestParts<Shared> for Token {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _shared: &Shared) -> Result<Self, Response> {
        let header = parts.headers.get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = header.and_then(|value| value.strip_prefix("Bearer ")).filter(|token| token.starts_with("sim-"));
        token.map(|token| Self(token.to_owned())).ok_or_else(|| text(401, "Unauthorized"))
    }
}

async fn orders(
    State(shared): State<Shared>,
    Token(token): Token,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let is_hosting = match asked.get("category").map(String::as_str) {
        Some("activation") => false,
        Some("hosting") => true,
        _ => return text(400, "bad category"),
    };
    let mut world = shared.lock();
    world.tick();
    let own = world.orders.values().filter(|order| order.token == token && order.is_hosting == is_hosting);
    let mut own: Vec<_> = own.map(Order::json).collect();
    if asked.get("reverse").is_some_and(|value| value == "true") {
        own.reverse();
    }
    Json(json!({ "Data": page(&own, &asked), "ProductNames": [], "Statuses": [], "Total": own.len() })).into_response()
}

/// The page of a list that `offset` and `limit` select.
pub fn page(rows: &[Value], asked: &HashMap<String, String>) -> Vec<Value> {
    let number = |name: &str, default: usize| asked.get(name).and_then(|value| value.parse().ok()).unwrap_or(default);
    rows.iter().skip(number("offset", 0)).take(number("limit", 15)).cloned().collect()
}

async fn buy(
    State(shared): State<Shared>,
    Token(token): Token,
    Path((country, operator, product)): Path<(String, String, String)>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let max = asked.get("maxPrice").and_then(|value| whole_cents(value));
    let purchase = shared.lock().buy(&token, &country, &operator, &product, max);
    match purchase {
        Purchase::Answer(order) => Json(order.json()).into_response(),
        Purchase::Text(status, words) => text(status, words),
        Purchase::Html502 => html_502(),
        Purchase::Late(seconds, order) => {
            wait(seconds).await;
            order.map_or_else(html_502, |order| Json(order.json()).into_response())
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "answers are delayed in real time")]
async fn wait(seconds: i64) {
    tokio::time::sleep(Duration::from_secs(seconds.unsigned_abs())).await;
}

/// Truncates a cap to hundredths, `61.290322` → 6129: a price that exceeds the cap by a fraction is
/// still above it.
pub fn whole_cents(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let part: i64 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    Some(whole.parse::<i64>().ok()? * 100 + part)
}

async fn check(State(shared): State<Shared>, Token(token): Token, Path(id): Path<u64>) -> Response {
    let mut world = shared.lock();
    match world.behaviours.get(&id) {
        Some(Scenario::Check502) => return html_502(),
        Some(Scenario::CheckExpired) => return text(400, "order expired"),
        Some(Scenario::CheckNotFound) => return text(404, "order not found"),
        Some(Scenario::CheckMalformed) => {
            return ([(http::header::CONTENT_TYPE, "application/json")], "{\"id\": 1, \"phone\": ").into_response();
        }
        _ => {}
    }
    match world.order(&token, id) {
        Some(order) => Json(order.json()).into_response(),
        None => text(404, "order not found"),
    }
}

async fn finish(State(shared): State<Shared>, Token(token): Token, Path(id): Path<u64>) -> Response {
    let mut world = shared.lock();
    let now = world.now();
    let finished = match world.order(&token, id) {
        None => return text(404, "order not found"),
        Some(order) if order.is_hosting => return text(400, "hosting order"),
        Some(order) if !order.is_open() => return text(400, "order expired"),
        Some(order) if order.sms.is_empty() => return text(400, "order no sms"),
        Some(order) => {
            order.status = Status::Finished;
            order.json()
        }
    };
    world.account_state(&token).note(Event::Finished, now);
    Json(finished).into_response()
}

async fn cancel(State(shared): State<Shared>, Token(token): Token, Path(id): Path<u64>) -> Response {
    let mut world = shared.lock();
    let behaviour = world.behaviours.get(&id).copied().unwrap_or_default();
    if behaviour == Scenario::CancelHasSms {
        push_code(&mut world, id);
    }
    match close(&mut world, &token, id, Status::Canceled) {
        Ok(_) if behaviour == Scenario::Cancel502 => html_502(),
        Ok(order) => Json(order.json()).into_response(),
        Err((status, words)) => text(status, words),
    }
}

async fn ban(State(shared): State<Shared>, Token(token): Token, Path(id): Path<u64>) -> Response {
    match close(&mut shared.lock(), &token, id, Status::Banned) {
        Ok(order) => Json(order.json()).into_response(),
        Err((status, words)) => text(status, words),
    }
}

/// Ends an order without a message and refunds its price.
fn close(world: &mut World, token: &str, id: u64, status: Status) -> Result<Order, (u16, &'static str)> {
    let now = world.now();
    let order = world.order(token, id).ok_or((404, "order not found"))?;
    if order.is_hosting {
        return Err((400, "hosting order"));
    }
    if !order.is_open() {
        return Err((400, "order expired"));
    }
    if !order.sms.is_empty() {
        return Err((400, "order has sms"));
    }
    if status == Status::Canceled && now < order.cancel_from {
        return Err((400, "you need to wait time"));
    }
    order.status = status;
    let order = order.clone();
    world.refund(token, order.cents);
    let event = if status == Status::Banned { Event::Banned } else { Event::Canceled };
    world.account_state(token).note(event, now);
    Ok(order)
}

/// Delivers the order's code now.
pub fn push_code(world: &mut World, id: u64) {
    let now = world.now();
    if let Some(order) = world.orders.get_mut(&id).filter(|order| order.is_open() && order.sms.is_empty()) {
        let code = order.expected_code.clone();
        let (sender, text) = texts::message(&order.product, &order.country, &code);
        order.sms.push(Sms { at: now, sender, text, code });
    }
}
