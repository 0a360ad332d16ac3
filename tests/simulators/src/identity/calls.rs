//! Middleware of every call: the journal.

use super::world::{Call, Shared};
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::Response,
};

/// Maximum length of the journal.
const KEPT: usize = 5_000;

/// Notes a call after it was answered.
pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let response = next.run(request).await;
    let mut world = shared.lock();
    let call = Call { at_ms: world.now_ms(), path: uri.to_string(), status: response.status().as_u16() };
    if world.calls.len() >= KEPT {
        world.calls.pop_front();
    }
    world.calls.push_back(call);
    response
}
