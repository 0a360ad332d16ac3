//! Transactions are verified by their reference, read by their number, and listed.

use super::{
    answer::{Refusal, list, ok},
    failing::{self, bad_gateway, wait},
    listing::{Asked, Listing, number},
    plan::{Fault, Moment},
    transaction_wire,
    wire::with,
    world::Shared,
};
use axum::{
    Router,
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
    routing::get,
};
use http::header::CONTENT_TYPE;
use serde_json::{Value, json};

pub fn routes() -> Router<Shared> {
    Router::new()
        .route("/transaction", get(all))
        .route("/transaction/", get(all))
        .route("/transaction/{id}", get(fetch))
        .route("/transaction/{id}/", get(fetch))
        .route("/transaction/verify/{reference}", get(verify))
}

/// The call succeeds whatever became of the payment: `data.status` says it.
async fn verify(State(shared): State<Shared>, Path(reference): Path<String>) -> Result<Response, Refusal> {
    let fault = failing::take(&shared, Moment::Verify, &reference);
    let kind = fault.as_ref().map(|plan| plan.fault);
    match fault {
        Some(plan) if plan.fault == Fault::VerifyTimeout => wait(plan.seconds).await,
        Some(plan) if plan.fault == Fault::Verify502 => return Ok(bad_gateway()),
        _ => {}
    }
    let world = shared.current();
    let data = transaction_wire::verified(&world, world.by_reference(&reference).ok_or(Refusal::UnknownReference)?);
    if kind == Some(Fault::VerifyMalformed) {
        return Ok(half(&data));
    }
    Ok(ok("Verification successful", &data))
}

/// An answer that ends in the middle.
fn half(data: &Value) -> Response {
    let body = json!({ "status": true, "message": "Verification successful", "data": data }).to_string();
    let half: String = body.chars().take(body.chars().count() / 2).collect();
    ([(CONTENT_TYPE, "application/json")], half).into_response()
}

async fn fetch(State(shared): State<Shared>, Path(id): Path<String>) -> Result<Response, Refusal> {
    let id: u64 = id.parse().map_err(|_| Refusal::IdNotNumeric)?;
    let world = shared.current();
    let transaction = world.transactions.get(&id).ok_or(Refusal::UnknownTransaction)?;
    Ok(ok("Transaction retrieved", &transaction_wire::fetched(&world, transaction)))
}

async fn all(State(shared): State<Shared>, Query(asked): Asked) -> Result<Response, Refusal> {
    let listing = Listing::read(&asked)?;
    let (amount, customer) = (number(&asked, "amount")?, number(&asked, "customer")?);
    let status = asked.get("status");
    if status.is_some_and(|status| !["success", "failed", "abandoned", "reversed"].contains(&status.as_str())) {
        return Err(Refusal::Invalid("Invalid value of status".to_owned()));
    }
    let world = shared.current();
    let all = world.transactions.values().filter(|one| {
        listing.includes(one.created_ms)
            && status.is_none_or(|status| status == world.status(one))
            && amount.is_none_or(|amount| amount == one.amount)
            && customer.is_none_or(|customer| u64::try_from(customer) == Ok(one.asked.customer))
    });
    let all: Vec<_> = all.collect();
    let volume: i64 = all.iter().map(|one| one.amount).sum();
    let (page, meta) = listing.page(all);
    let page: Vec<_> = page.into_iter().map(|one| transaction_wire::listed(&world, one)).collect();
    Ok(list("Transactions retrieved", &page, &with(meta, json!({ "total_volume": volume }))))
}
