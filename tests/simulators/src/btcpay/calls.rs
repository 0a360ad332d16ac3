//! What every call meets first: the journal, the simulated downtime, planned faults, and the API key.

use super::{
    plan::{Fault, Moment},
    problem::{Problem, from_proxy},
    world::Shared,
};
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, StatusCode, header::AUTHORIZATION};

/// Notes a call after it was answered.
pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let mut world = shared.lock();
    let at_ms = world.now_ms();
    world.calls.note(at_ms, uri.to_string(), response.status().as_u16());
    response
}

/// Refuses calls of the API that the server would refuse before it looks at them.
pub async fn admit(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (down, fault) = {
        let mut world = shared.lock();
        (world.down, world.fault(Moment::Call, &[]).map(|plan| plan.fault))
    };
    if down {
        return from_proxy(StatusCode::SERVICE_UNAVAILABLE);
    }
    match fault {
        Some(Fault::Throttled) => return Problem::Bare(429).into_response(),
        Some(_) => return Problem::Unauthenticated("ApiKey authentication failed: Unknown API Key").into_response(),
        None => {}
    }
    match refusal(&shared, request.method(), uri.path(), request.headers()) {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    }
}

fn refusal(shared: &Shared, method: &Method, path: &str, headers: &HeaderMap) -> Option<Problem> {
    let segments: Vec<_> = path.split('/').skip(3).collect();
    if segments == ["health"] {
        return None;
    }
    match key(headers) {
        None => return Some(Problem::Unauthenticated("Authentication is required for accessing this endpoint")),
        Some(key) if key != &*shared.key => {
            return Some(Problem::Unauthenticated("ApiKey authentication failed: Unknown API Key"));
        }
        Some(_) => {}
    }
    let is_foreign = matches!(segments[..], ["stores", store, ..] if store != &*shared.store);
    is_foreign.then(|| Problem::MissingPermission(policy(method, path)))
}

/// The key in `Authorization: token …`.
fn key(headers: &HeaderMap) -> Option<&str> {
    let (scheme, key) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("token") || scheme.eq_ignore_ascii_case("bearer")).then_some(key.trim())
}

/// The permission that a call needs.
pub fn policy(method: &Method, path: &str) -> &'static str {
    if path.contains("/webhooks") {
        "btcpay.store.webhooks.canmodifywebhooks"
    } else if path.contains("/refund") {
        "btcpay.store.cancreatenonapprovedpullpayments"
    } else if path.contains("/payouts") {
        "btcpay.store.canmanagepullpayments"
    } else if !path.contains("/invoices") {
        "btcpay.store.canviewstoresettings"
    } else if method == Method::GET || path.ends_with("/activate") {
        "btcpay.store.canviewinvoices"
    } else if method == Method::POST && path.ends_with("/invoices") {
        "btcpay.store.cancreateinvoice"
    } else {
        "btcpay.store.canmodifyinvoices"
    }
}
