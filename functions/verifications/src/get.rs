//! `GET /api/v1/verifications/{id}` - returns an order, now or after its next change.

use crate::{access::ReadOrder, view::VerificationView};
use api::{
    Between, Caller, Deadline, Owned, Params, Parse, Problem, Waited,
    axum::{Extension, Json, extract::State},
};
use axum::response::{IntoResponse, Response};
use domain::{
    OrderId, Plan,
    access::Mode,
    order::{Order, poll_delay},
    rate_limit::waits_at_once,
};
use runtime::{Context, telemetry};
use std::time::{Duration, Instant};
use store::{MostWaits, StoreError};
use utoipa::IntoParams;

/// How often a long poll reads the order.
const READ_EVERY: Duration = Duration::from_secs(1);
/// The time before the deadline that is kept to leave the place among the waiting. It expires anyway.
const KEPT_TO_END: Duration = Duration::from_millis(1500);
/// The time before the deadline that is kept to answer.
const KEPT_TO_ANSWER: Duration = Duration::from_millis(500);

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
/// With `wait`, the response is delayed until the order changes, unless too many requests wait already; those for
/// test orders take at most half of the places. While the order is open, `Retry-After` tells when to ask again.
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
    Caller { principal, beside: Owned(order), .. }: Caller<ReadOrder>,
    deadline: Deadline,
    Params(Wait { wait }): Params<Wait>,
) -> Result<Response, Problem> {
    let wait = wait.map(Between::get).filter(|seconds| *seconds > 0 && order.status.is_open());
    let order = match wait {
        Some(seconds) => {
            let span = Duration::from_secs(u64::from(seconds));
            Box::pin(wait_for_news(&context, order, principal.plan, span, deadline)).await?
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

/// The order after its next change, or after the longest wait. If too many wait already, returns it at once.
async fn wait_for_news(
    context: &Context,
    order: Order,
    plan: Plan,
    span: Duration,
    deadline: Deadline,
) -> Result<Order, Problem> {
    let limits = context.store().limits();
    let random = u32::try_from(context.random() & 0xFFFF).unwrap_or(0);
    let mode = order.mode();
    let of_all = waits_at_once(mode, ceiling(context)?);
    let most = MostWaits { of_customer: plan.terms().concurrent_waits, of_all };
    let begun = limits.begin_wait((&order.user_id, mode), most, random, context.now());
    let Some(slot) = runtime::within(left(deadline), begun).await.transpose()?.flatten() else {
        // Tests are rejected so that others may wait, and need no more executions.
        if mode == Mode::Live {
            telemetry::count("WaitsRejected", 1);
        }
        return Ok(order);
    };
    let news = next_version(context, order, span, deadline).await;
    let ended = runtime::within(left(deadline) + KEPT_TO_END, limits.end_wait(slot)).await;
    if let None | Some(Err(_)) = &ended {
        tracing::warn!(?ended, "the slot of a long poll could not be released; it expires");
    }
    Ok(news?)
}

/// Reads the order until it changes. The time that a slow read takes is part of the wait.
async fn next_version(
    context: &Context,
    order: Order,
    span: Duration,
    deadline: Deadline,
) -> Result<Order, StoreError> {
    let mut latest = order;
    let version = latest.version;
    let started = Instant::now();
    loop {
        let left = left(deadline).min(span.saturating_sub(started.elapsed()));
        if left.is_zero() || latest.version != version {
            return Ok(latest);
        }
        runtime::pause(READ_EVERY.min(left)).await;
        let read = context.store().record::<Order>(&latest.user_id, &latest.id);
        match runtime::within(self::left(deadline), read).await {
            Some(Ok(Some(order))) => latest = order,
            Some(Err(error)) => return Err(error),
            Some(Ok(None)) | None => return Ok(latest),
        }
    }
}

/// The time left for waiting.
fn left(deadline: Deadline) -> Duration {
    deadline.left().saturating_sub(KEPT_TO_END + KEPT_TO_ANSWER)
}

/// `WAITING_CONCURRENCY`: the executions of this function at most; zero for no ceiling.
fn ceiling(context: &Context) -> Result<u32, Problem> {
    let text = context.environment().setting("WAITING_CONCURRENCY");
    if text.is_empty() { Ok(0) } else { text.parse().map_err(Problem::internal) }
}
