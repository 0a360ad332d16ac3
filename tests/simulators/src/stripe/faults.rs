//! Middleware that makes planned faults of calls happen.

use super::{
    answer::{malformed, network_error},
    calls::{MOST, note, wrong_key},
    form::Form,
    pay::Payment,
    plan::{self, Fault, Moment, Planned},
    refusal::Refusal,
    world::Shared,
};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{Method, StatusCode};
use serde_json::Value;
use std::time::Duration;

/// How often deliveries are looked at.
const GLANCE: Duration = Duration::from_millis(20);

/// Makes the fault happen that is planned for a call.
pub async fn strike(State(shared): State<Shared>, request: Request, next: Next) -> Response {
    let Some(Planned { fault, seconds, .. }) = planned(&shared, &request) else { return next.run(request).await };
    let seconds = Duration::from_secs(u64::from(seconds));
    match fault {
        Fault::Create502 | Fault::Read502 | Fault::Refund502 => network_error(StatusCode::BAD_GATEWAY),
        Fault::CreateTimeoutBefore | Fault::ReadTimeout => {
            wait(seconds).await;
            network_error(StatusCode::GATEWAY_TIMEOUT)
        }
        Fault::CreateTimeoutAfter | Fault::RefundTimeoutAfter => {
            let response = next.run(request).await;
            wait(seconds).await;
            response
        }
        Fault::ReadMalformed => malformed(),
        Fault::WebhookBeforeAnswer => pay_first(&shared, next.run(request).await, seconds).await,
        Fault::Throttled => throttled(),
        Fault::Unauthorized => wrong_key(&shared.key).into_response(),
        // Those of events happen when events are sent.
        Fault::WebhookTwice
        | Fault::WebhookNever
        | Fault::WebhookLate
        | Fault::WebhookWrongSignature
        | Fault::WebhookOldTimestamp => next.run(request).await,
    }
}

/// The fault of a call. Its payment is found by everything that the call names.
fn planned(shared: &Shared, request: &Request) -> Option<Planned> {
    let path = request.uri().path();
    let moment = match (request.method(), path) {
        (&Method::GET, _) => Moment::Read,
        (&Method::POST, "/v1/checkout/sessions" | "/v1/payment_intents") => Moment::Create,
        (&Method::POST, "/v1/refunds") => Moment::Refund,
        _ => Moment::Other,
    };
    let form = request.extensions().get::<Form>()?;
    let given = ["client_reference_id", "payment_intent", "charge"].into_iter().filter_map(|name| form.peek(name));
    let named: Vec<_> = given.chain(path.split('/')).map(str::to_owned).collect();
    let mut world = shared.lock();
    let known: Vec<_> = named.iter().filter_map(|name| world.reference_of(name)).map(str::to_owned).collect();
    let references: Vec<_> = named.iter().chain(&known).map(String::as_str).collect();
    plan::take(&mut world.plans, moment, &references, &[])
}

/// Pays a session that was just made, and waits until its events have arrived.
async fn pay_first(shared: &Shared, response: Response, patience: Duration) -> Response {
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, MOST).await else { return network_error(StatusCode::BAD_GATEWAY) };
    let made: Value = serde_json::from_slice(&body).unwrap_or_default();
    let sent = shared.webhooks.list().len();
    let paid = shared.lock().pay(made["id"].as_str().unwrap_or_default(), &Payment::default());
    let is_under_way = || shared.webhooks.list().iter().skip(sent).any(|message| message.statuses.is_empty());
    let mut left = patience;
    while paid.is_ok() && !left.is_zero() && is_under_way() {
        wait(GLANCE).await;
        left = left.saturating_sub(GLANCE);
    }
    Response::from_parts(parts, Body::from(body))
}

fn throttled() -> Response {
    let message = "Request rate limit exceeded. Learn more about rate limits here https://stripe.com/docs/rate-limits.";
    let refusal = Refusal::invalid(message).status(StatusCode::TOO_MANY_REQUESTS).code("rate_limit");
    let mut response = refusal.into_response();
    note(response.headers_mut(), "stripe-rate-limited-reason", "global-rate");
    response
}

#[expect(clippy::disallowed_methods, reason = "answers are delayed in real time")]
async fn wait(time: Duration) {
    tokio::time::sleep(time).await;
}
