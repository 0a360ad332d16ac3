//! Around every call: the journal, and the fault of a supplier that is down.

use super::world::{Call, Shared, text};
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::Response,
};

/// How many calls the journal keeps.
const KEPT: usize = 5_000;

pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let down = shared.lock().down;
    let response =
        if down { text(503, "ip address limit is 100 requests per second") } else { next.run(request).await };
    let mut world = shared.lock();
    let call = Call { at_ms: world.now(), path: uri.to_string(), status: response.status().as_u16() };
    if world.calls.len() >= KEPT {
        world.calls.pop_front();
    }
    world.calls.push_back(call);
    response
}
