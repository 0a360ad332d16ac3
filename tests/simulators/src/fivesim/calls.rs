//! Middleware of every call: the journal, the rate limit, and the simulated downtime.

use super::world::{Shared, World, text};
use axum::{
    extract::{OriginalUri, Request, State},
    middleware::Next,
    response::Response,
};
use std::collections::HashMap;

/// A limit of calls per second, for each key and for addresses without one.
#[derive(Clone, Debug)]
pub struct Throttle {
    pub per_second: u32,
    second: i64,
    counts: HashMap<String, u32>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { per_second: 100, second: 0, counts: HashMap::new() }
    }
}

impl Throttle {
    /// Counts a call; returns whether it exceeds the limit of this second.
    pub fn is_over(&mut self, who: &str, now_ms: i64) -> bool {
        if self.second != now_ms / 1000 {
            self.second = now_ms / 1000;
            self.counts.clear();
        }
        let count = self.counts.entry(who.to_owned()).or_default();
        *count += 1;
        *count > self.per_second
    }
}

pub async fn record(
    State(shared): State<Shared>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let refusal = refusal(&mut shared.lock(), &request);
    let response = match refusal {
        Some((status, words)) => text(status, words),
        None => next.run(request).await,
    };
    let mut world = shared.lock();
    let at_ms = world.now();
    world.calls.note(at_ms, uri.to_string(), response.status().as_u16());
    response
}

/// Each key has its own limit. Calls without a key share one.
fn refusal(world: &mut World, request: &Request) -> Option<(u16, &'static str)> {
    let key = request.headers().get(http::header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let now = world.now();
    let over = world.throttle.is_over(key.unwrap_or_default(), now);
    if world.down || over && key.is_none() {
        return Some((503, "ip address limit is 100 requests per second"));
    }
    over.then_some((429, "api limit is 100 requests per second"))
}
