//! `/v1/user`: the account's profile, payments and price caps.

use super::{
    order::price,
    user::{Token, page, whole_cents},
    world::{Shared, text},
};
use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Deserialize;
use serde_json::{Number, Value, json};
use std::collections::HashMap;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/profile", get(profile))
        .route("/payments", get(payments))
        .route("/max-prices", get(caps).post(set_cap).delete(remove_cap))
}

async fn profile(State(shared): State<Shared>, Token(token): Token) -> Json<Value> {
    let mut world = shared.lock();
    world.tick();
    let rating = world.account_state(&token).rating();
    let own: Vec<_> = world.orders.values().filter(|order| order.token == token).collect();
    let open: Vec<_> = own.iter().filter(|order| order.is_open()).collect();
    let frozen: i64 = open.iter().map(|order| order.cents).sum();
    // `country:product:operator:number:price`
    let told = own.iter().rev().take(5).map(|order| {
        format!("{}:{}:{}:{}:{}", order.country, order.product, order.operator, order.id, price(order.cents))
    });
    let told: Vec<_> = told.collect();
    Json(json!({
        "id": 1, "email": "sim@example.com", "vendor": "sim", "default_forwarding_number": "", "balance": price(world.balance(&token)),
        "rating": rating, "default_country": { "name": "russia", "iso": "ru", "prefix": "+7" }, "default_operator": { "name": "" },
        "frozen_balance": price(frozen), "did_order": !own.is_empty(), "last_order": told.first().cloned().unwrap_or_default(),
        "last_top_orders": format!("[{}]", told.join(",")), "last_top_idx": 0, "total_active_orders": open.len(),
    }))
}

async fn payments(
    State(shared): State<Shared>,
    Token(token): Token,
    Query(asked): Query<HashMap<String, String>>,
) -> Json<Value> {
    let payments = shared.lock().account_state(&token).payments();
    Json(json!({
        "Data": page(&payments, &asked), "PaymentTypes": [{ "Name": "charge" }], "PaymentProviders": [{ "Name": "admin" }],
        "PaymentStatuses": [], "Total": payments.len(),
    }))
}

async fn caps(State(shared): State<Shared>, Token(token): Token) -> Json<Value> {
    Json(shared.lock().account_state(&token).caps())
}

#[derive(Deserialize)]
struct Cap {
    product_name: String,
    price: Option<Number>,
}

async fn set_cap(State(shared): State<Shared>, Token(token): Token, Json(cap): Json<Cap>) -> Response {
    let Some(cents) = cap.price.and_then(|price| whole_cents(&price.to_string())) else {
        return text(400, "price is incorrect");
    };
    if !super::market::PRODUCTS.contains(&cap.product_name.as_str()) {
        return text(400, "product is incorrect");
    }
    let mut world = shared.lock();
    let now = world.now();
    world.account_state(&token).set_cap(&cap.product_name, cents, now);
    Json(json!({})).into_response()
}

async fn remove_cap(State(shared): State<Shared>, Token(token): Token, Json(cap): Json<Cap>) -> Response {
    if shared.lock().account_state(&token).remove_cap(&cap.product_name) {
        Json(json!({})).into_response()
    } else {
        text(404, "record not found")
    }
}
