//! Middleware of every call: the journal.

use super::world::Shared;
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::Response,
};

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
