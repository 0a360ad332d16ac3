//! The order table's stream → what follows from a change: polls, checks, statistics. Side effects of orders start only here, so
//! an order can't be without them.
//!
//! A record may come twice. A second poll message ends by itself (the order knows its poller), a second check finds nothing to
//! do, and a count goes with a marker.

use domain::{
    Timestamp,
    order::{CHECK_AFTER, CloseReason, Order, Status, poll_delay},
};
use runtime::{Context, OrderRef, QueueError, stream::Changed, telemetry};
use std::time::Duration;
use store::{OfferKey, Outcome, StoreError};
use thiserror::Error;

/// The median time to code that a cancel is measured by while an offer has no sample of its own.
const USUAL_MEDIAN: Duration = Duration::from_secs(30);

/// Why a change could not be worked off; it comes again.
#[derive(Debug, Error)]
pub enum OutboxError {
    /// A queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Works off one change of an order.
pub async fn outbox(context: Context, change: Changed<Order>) -> Result<(), OutboxError> {
    let Changed { before, after, .. } = change;
    let status_before = before.as_ref().map(|order| order.status);
    let attempt_before = before.as_ref().map(|order| order.attempt.n);
    let order = OrderRef { user_id: after.user_id.clone(), order_id: after.id.clone() };
    let queues = context.queues().await;
    if after.status == Status::Requesting && attempt_before != Some(after.attempt.n) {
        queues.check(&order, CHECK_AFTER).await?;
    }
    if status_before == Some(after.status) {
        return Ok(());
    }
    if after.status == Status::Waiting {
        let delay = poll_delay(&after, context.now()).unwrap_or_default();
        queues.start_poll(&order, delay).await?;
    }
    count(&context, &after).await
}

async fn count(context: &Context, order: &Order) -> Result<(), OutboxError> {
    let offer = order.number.as_ref().map(|number| OfferKey {
        service: order.request.service.clone(),
        country: order.request.country.clone(),
        supplier: number.supplier.clone(),
        operator: number.operator.clone(),
    });
    let outcome = match &offer {
        Some(offer) => outcome_of(context, order, offer).await?,
        None => None,
    };
    let counted = offer.as_ref().zip(outcome);
    let (id, service) = (&order.id, &order.request.service);
    let first_time = context.store().count_transition(id, service, order.status, counted, context.now()).await?;
    if let Some(Outcome::Delivered { seconds }) = outcome.filter(|_| first_time) {
        telemetry::seconds("TimeToCode", seconds);
    }
    Ok(())
}

/// What an order's end says of its offer; `None` where it says nothing (early cancels are left out).
async fn outcome_of(context: &Context, order: &Order, offer: &OfferKey) -> Result<Option<Outcome>, OutboxError> {
    let Some(number) = &order.number else { return Ok(None) };
    if order.status == Status::Completed {
        let seconds = order.completed_at.unwrap_or(number.bought_at).since(number.bought_at).as_secs();
        return Ok(Some(Outcome::Delivered { seconds }));
    }
    if order.status != Status::Refunded {
        return Ok(None);
    }
    let by_customer = matches!(order.closed_because, Some(CloseReason::Cancelled | CloseReason::Reported));
    let patient = !by_customer || waited(order, number.bought_at) >= median_of(context, offer).await?;
    Ok(patient.then_some(Outcome::Missed))
}

/// How long the customer waited before giving up.
fn waited(order: &Order, bought_at: Timestamp) -> Duration {
    order.timeline.last().map_or(Duration::ZERO, |last| last.at.since(bought_at))
}

async fn median_of(context: &Context, offer: &OfferKey) -> Result<Duration, OutboxError> {
    let counts = context.store().deliveries(&offer.service, Some(&offer.country), context.now()).await?;
    let median = counts.get(offer).and_then(|counts| counts.quantile_seconds(50));
    Ok(median.map_or(USUAL_MEDIAN, |seconds| Duration::from_secs(u64::from(seconds))))
}
