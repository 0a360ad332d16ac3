//! `/v1/guest`: the public endpoints.

use super::{
    market::{COUNTRIES, Market, PRODUCTS},
    order::price,
    world::Shared,
};
use axum::{
    Json, Router,
    extract::{Path, Query, State},
    routing::get,
};
use serde_json::{Map, Value, json};
use std::collections::HashMap;

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/countries", get(countries))
        .route("/products/{country}/{operator}", get(products))
        .route("/prices", get(prices))
        .route("/flash/{lang}", get(|| async { Json(json!({ "text": "" })) }))
}

async fn countries() -> Json<Value> {
    let row = |(_, iso, prefix, name, operators): &(&str, &str, &str, &str, &[&str])| {
        let mut row = Map::new();
        row.insert("iso".into(), json!({ *iso: 1 }));
        row.insert("prefix".into(), json!({ *prefix: 1 }));
        row.insert("text_en".into(), json!(name));
        row.insert("text_ru".into(), json!(name));
        row.extend(operators.iter().map(|operator| ((*operator).to_owned(), json!({ "activation": 1 }))));
        Value::Object(row)
    };
    Json(COUNTRIES.iter().map(|country| (country.0.to_owned(), row(country))).collect::<Map<_, _>>().into())
}

async fn products(State(shared): State<Shared>, Path((country, operator)): Path<(String, String)>) -> Json<Value> {
    let world = shared.lock();
    let countries = COUNTRIES.iter().map(|row| row.0).filter(|slug| country == "any" || *slug == country);
    let countries: Vec<_> = countries.collect();
    let row = |product: &&str| {
        let offers = countries.iter().flat_map(|country| world.market.offers(country, product));
        let fitting: Vec<_> = offers.filter(|(name, _)| operator == "any" || *name == operator).collect();
        let quantity: u32 = fitting.iter().map(|(_, offer)| offer.count).sum();
        let cheapest = fitting.iter().map(|(_, offer)| offer.cents).min()?;
        Some(((*product).to_owned(), json!({ "Category": "activation", "Qty": quantity, "Price": price(cheapest) })))
    };
    Json(PRODUCTS.iter().filter_map(row).collect::<Map<_, _>>().into())
}

/// The nesting depends on the query: country first, or product first if only a product was given.
async fn prices(State(shared): State<Shared>, Query(asked): Query<HashMap<String, String>>) -> Json<Value> {
    let world = shared.lock();
    let (country, product) = (asked.get("country"), asked.get("product"));
    let countries = COUNTRIES.iter().map(|row| row.0).filter(|slug| country.is_none_or(|c| c == slug));
    let fits = |name: &&&str| product.is_none_or(|p| p == **name);
    let by_country = countries.map(|slug| {
        let products =
            PRODUCTS.iter().filter(fits).map(|product| ((*product).to_owned(), offers(&world.market, slug, product)));
        (slug.to_owned(), Value::Object(products.collect()))
    });
    let by_country: Map<_, _> = by_country.filter(|(_, products)| products != &json!({})).collect();
    if by_country.is_empty() {
        return Json(Value::Null);
    }
    let Some(product) = product.filter(|_| country.is_none()) else { return Json(by_country.into()) };
    let of_product = by_country.into_iter().map(|(slug, mut products)| (slug, products[product.as_str()].take()));
    Json(json!({ product.as_str(): of_product.collect::<Map<_, _>>() }))
}

fn offers(market: &Market, country: &str, product: &str) -> Value {
    let row = |(operator, offer): (String, super::market::Offer)| {
        (operator, json!({ "cost": price(offer.cents), "count": offer.count, "rate": 93.5 }))
    };
    Value::Object(market.offers(country, product).into_iter().map(row).collect())
}
