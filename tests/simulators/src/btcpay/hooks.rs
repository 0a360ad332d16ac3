//! Webhooks of the store in the API, and their deliveries.

use super::{
    delivery::Delivery,
    named::{Body, Named},
    problem::Problem,
    webhook::Webhook,
    world::{Shared, World},
};
use axum::{
    Json, Router,
    extract::{Query, State},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use http::{StatusCode, header::CONTENT_TYPE};
use serde_json::{Value, json};
use std::collections::HashMap;

pub fn routes() -> Router<Shared> {
    let mut routes = Router::new().route("/stores/{store}/webhooks", get(list).post(create));
    for prefix in ["/stores/{store}", ""] {
        let webhook = format!("{prefix}/webhooks/{{webhook}}");
        routes = routes
            .route(&webhook, get(read).put(update).delete(delete))
            .route(&format!("{webhook}/deliveries"), get(deliveries))
            .route(&format!("{webhook}/deliveries/{{delivery}}"), get(delivery))
            .route(&format!("{webhook}/deliveries/{{delivery}}/request"), get(delivered))
            .route(&format!("{webhook}/deliveries/{{delivery}}/redeliver"), post(redeliver));
    }
    routes
}

async fn list(State(shared): State<Shared>) -> Json<Value> {
    Json(shared.lock().webhooks.iter().map(|webhook| webhook.shown(false)).collect())
}

async fn create(State(shared): State<Shared>, Body(body): Body) -> Result<Json<Value>, Problem> {
    let webhook = Webhook::read(&body, None)?;
    let shown = webhook.shown(true);
    shared.lock().webhooks.push(webhook);
    Ok(Json(shown))
}

async fn read(State(shared): State<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    find(&shared.lock(), &named).map(|webhook| Json(webhook.shown(false)))
}

async fn update(State(shared): State<Shared>, named: Named, Body(body): Body) -> Result<Json<Value>, Problem> {
    let mut world = shared.lock();
    let old = find(&world, &named)?.clone();
    let new = Webhook::read(&body, Some(&old))?;
    let shown = new.shown(false);
    world.webhooks.iter_mut().filter(|webhook| webhook.id == new.id).for_each(|webhook| *webhook = new.clone());
    Ok(Json(shown))
}

async fn delete(State(shared): State<Shared>, named: Named) -> Result<StatusCode, Problem> {
    let mut world = shared.lock();
    let id = find(&world, &named)?.id.clone();
    world.webhooks.retain(|webhook| webhook.id != id);
    Ok(StatusCode::OK)
}

async fn deliveries(
    State(shared): State<Shared>,
    named: Named,
    Query(asked): Query<HashMap<String, String>>,
) -> Json<Value> {
    let count = asked.get("count").and_then(|count| count.parse().ok()).unwrap_or(usize::MAX);
    let world = shared.lock();
    let found = world.deliveries.of_webhook(named.get("webhook"));
    Json(found.into_iter().take(count).map(Delivery::shown).collect())
}

async fn delivery(State(shared): State<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    find_delivery(&shared.lock(), &named).map(|delivery| Json(delivery.shown()))
}

/// The body that was sent.
async fn delivered(State(shared): State<Shared>, named: Named) -> Result<Response, Problem> {
    let world = shared.lock();
    let delivery = find_delivery(&world, &named)?;
    Ok(([(CONTENT_TYPE, "application/json")], delivery.request.clone()).into_response())
}

async fn redeliver(State(shared): State<Shared>, named: Named) -> Result<Json<Value>, Problem> {
    let mut world = shared.lock();
    let (now, id) = (world.now_ms(), find_delivery(&world, &named)?.id.clone());
    let next = world.deliveries.repeat(|message| message.deliveries.iter().any(|other| other.id == id), now);
    next.map(|next| Json(json!(next))).ok_or(Problem::DeliveryNotFound)
}

fn find<'a>(world: &'a World, named: &Named) -> Result<&'a Webhook, Problem> {
    let found = world.webhooks.iter().find(|webhook| webhook.id == named.get("webhook"));
    found.ok_or_else(|| named.missing(Problem::WebhookNotFound))
}

fn find_delivery<'a>(world: &'a World, named: &Named) -> Result<&'a Delivery, Problem> {
    let found = world.deliveries.of_webhook(named.get("webhook"));
    let found = found.into_iter().find(|delivery| delivery.id == named.get("delivery"));
    found.ok_or_else(|| named.missing(Problem::DeliveryNotFound))
}
