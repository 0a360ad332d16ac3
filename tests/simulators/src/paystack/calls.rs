//! Middleware of every call: the journal, the simulated downtime, and the key.

use super::{
    answer::{Refusal, html},
    plan::{self, Fault, Moment},
    world::Shared,
};
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, StatusCode, header::AUTHORIZATION};

pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let response = match refusal(&shared, request.uri().path(), request.headers()) {
        Some(response) => response,
        None => next.run(request).await,
    };
    let mut world = shared.lock();
    let at_ms = world.now_ms();
    world.calls.note(at_ms, uri.to_string(), response.status().as_u16());
    response
}

fn refusal(shared: &Shared, path: &str, headers: &HeaderMap) -> Option<Response> {
    let mut world = shared.current();
    if world.down {
        return Some(html(StatusCode::SERVICE_UNAVAILABLE));
    }
    if let Some(plan) = plan::take(&mut world.plans, Moment::AnyCall, path, "") {
        let throttled = plan.fault == Fault::Throttled;
        let refusal = if throttled { Refusal::Throttled(plan.seconds.into()) } else { Refusal::InvalidKey };
        return Some(refusal.into_response());
    }
    let header = headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
    match header {
        None => Some(Refusal::NoAuthorization.into_response()),
        Some(header) if header.strip_prefix("Bearer ") == Some(&shared.key) => None,
        Some(_) => Some(Refusal::InvalidKey.into_response()),
    }
}
