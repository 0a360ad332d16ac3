//! `/v1/user`: numbers rented for hours. They receive every message and are never refunded.

use super::{
    market,
    order::{Order, Status},
    user::{Token, page},
    world::{Shared, World, text},
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use serde_json::json;
use std::collections::HashMap;

/// Rental products: name, hours, price in hundredths.
const PRODUCTS: [(&str, i64, i64); 2] = [("3hours", 3, 4_500), ("1day", 24, 12_000)];

pub fn routes() -> Router<Shared> {
    Router::new().route("/buy/hosting/{country}/{operator}/{product}", get(buy)).route("/sms/inbox/{id}", get(inbox))
}

async fn buy(
    State(shared): State<Shared>,
    Token(token): Token,
    Path((country, operator, product)): Path<(String, String, String)>,
) -> Response {
    match rent(&mut shared.lock(), &token, &country, &operator, &product) {
        Ok(order) => Json(order.json()).into_response(),
        Err(words) => text(400, words),
    }
}

fn rent(world: &mut World, token: &str, country: &str, operator: &str, product: &str) -> Result<Order, &'static str> {
    let operators = market::operators(country).ok_or("bad country")?;
    let (_, hours, cents) = PRODUCTS.into_iter().find(|row| row.0 == product).ok_or("no product")?;
    let found = operators.iter().find(|name| operator == "any" || **name == operator).ok_or("bad operator")?;
    let mut order = world.charge(token, country, found, product, cents)?;
    order.lifetime_ms = hours * 60 * 60 * 1000;
    order.is_hosting = true;
    order.status = Status::Received;
    world.orders.insert(order.id, order.clone());
    Ok(order)
}

async fn inbox(
    State(shared): State<Shared>,
    Token(token): Token,
    Path(id): Path<u64>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let mut world = shared.lock();
    let Some(order) = world.order(&token, id).filter(|order| order.is_hosting) else {
        return text(404, "hosting order not found");
    };
    let rows = order.sms.iter().enumerate().map(|(number, sms)| {
        let mut row = sms.json();
        row["ID"] = json!(number + 1);
        row["is_wave"] = json!(false);
        row["wave_uuid"] = json!("");
        row
    });
    let rows: Vec<_> = rows.collect();
    Json(json!({ "Data": page(&rows, &asked), "Total": rows.len() })).into_response()
}
