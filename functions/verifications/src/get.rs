//! `GET /api/v1/verifications/{id}` - returns an order, now or after its next change.

use crate::{access::ReadOrder, view::VerificationView};
use api::{
    Between, Caller, Owned, Params, Parse, Problem, Waited,
    axum::{Extension, Json, extract::State},
};
use axum::response::{IntoResponse, Response};
use domain::{
    OrderId,
    order::{Order, poll_delay},
};
use runtime::Context;
use std::time::{Duration, Instant};
use utoipa::IntoParams;

/// How often a long poll reads the order.
const READ_EVERY: Duration = Duration::from_secs(1);

/// How long to wait.
#[derive(Debug, IntoParams, Parse)]
#[into_params(parameter_in = Query)]
pub struct Wait {
    /// Seconds to wait for a change of the order, 0 to 25.
    #[param(inline)]
    wait: Option<Between<0, 25>>,
}

/// Get a verification
///
/// With `wait`, the response is delayed until the order changes. While the order is open, `Retry-After` tells
/// when to ask again.
#[utoipa::path(
    get, path = "/api/v1/verifications/{id}", operation_id = "get_verification", tag = "verifications",
    params(("id" = OrderId, Path), Wait),
    responses((
        status = 200, body = VerificationView,
        headers(("Retry-After" = u32, description = "Seconds to wait before the next request, while the order is open.")),
    )),
)]
pub async fn get(
    State(context): State<Context>,
    Caller { principal, beside: Owned(order) }: Caller<ReadOrder>,
    Params(Wait { wait }): Params<Wait>,
) -> Result<Response, Problem> {
    let wait = wait.map(Between::get).filter(|seconds| *seconds > 0 && order.status.is_open());
    let order = match wait {
        Some(seconds) => {
            let slots = principal.plan.terms().concurrent_waits;
            wait_for_news(&context, order, slots, Duration::from_secs(u64::from(seconds))).await?
        }
        None => order,
    };
    let now = context.now();
    let waited = wait.map(|_| Extension(Waited));
    let mut response = (waited, Json(VerificationView::of(&order, now))).into_response();
    if let Some(delay) = poll_delay(&order, now).filter(|_| order.status.is_open()) {
        response.headers_mut().insert(http::header::RETRY_AFTER, delay.as_secs().max(1).into());
    }
    Ok(response)
}

/// The order after its next change, or after the longest wait. Without a free slot, returns it at once.
async fn wait_for_news(context: &Context, order: Order, slots: u32, span: Duration) -> Result<Order, Problem> {
    let store = context.store();
    let random = u32::try_from(context.random() & 0xFFFF).unwrap_or(0);
    let Some(slot) = store.limits().begin_wait(&order.user_id, slots, random, context.now()).await? else {
        return Ok(order);
    };
    let mut latest = order;
    let version = latest.version;
    let started = Instant::now();
    let news = loop {
        if started.elapsed() >= span || latest.version != version {
            break Ok(latest);
        }
        runtime::pause(READ_EVERY).await;
        match store.record::<Order>(&latest.user_id, &latest.id).await {
            Ok(Some(order)) => latest = order,
            Ok(None) => break Ok(latest),
            Err(error) => break Err(error),
        }
    };
    if let Err(error) = store.limits().end_wait(slot).await {
        tracing::warn!(%error, "the slot of a long poll could not be released; it expires");
    }
    Ok(news?)
}
