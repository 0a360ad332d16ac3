//! Stream of the orders' table: starts the side effects of a change (polls, checks, statistics). They start
//! only here, so no order lacks them.
//!
//! A record may be delivered twice. A second poll message ends, because the order has a poller. A second check finds
//! nothing to do, and a count has a marker or knows its order. Counts are last and never block: a lost count makes a
//! statistic inexact, but a late poll delays a code.

use domain::{
    access::Mode,
    order::{self, Effect, Evidence, Order},
    statistics::Outcome,
};
use orders::queues::{CHECKS, OrderRef, POLLS};
use runtime::{Context, QueueError, telemetry};
use std::time::Duration;
use store::{Changed, OfferKey, OrdersChange, StoreError};

/// Starts the effects of a change. If a queue fails, the change is redelivered.
pub async fn outbox(context: Context, change: OrdersChange) -> Result<(), QueueError> {
    match change {
        OrdersChange::Order(change) => start_effects(&context, &change).await,
        OrdersChange::Other => Ok(()),
    }
}

async fn start_effects(context: &Context, change: &Changed<Order>) -> Result<(), QueueError> {
    let Some(after) = &change.after else {
        tracing::error!("an order was removed");
        return Ok(());
    };
    let order = OrderRef { user_id: after.user_id.clone(), order_id: after.id.clone() };
    let queues = context.queues().await;
    for effect in order::effects(change.before.as_ref(), after, context.now()) {
        match effect {
            Effect::Check(delay) => queues.send(&CHECKS, &order, delay).await?,
            Effect::StartPoll(delay) => queues.send(&POLLS, &order, delay).await?,
            Effect::CountEnd => count_end(context, after).await,
        }
    }
    Ok(())
}

async fn count_end(context: &Context, order: &Order) {
    if let Err(error) = count(context, order).await {
        tracing::warn!(order_id = %order.id, %error, "an order's end could not be counted");
        telemetry::count("LostCounts", 1);
    }
}

/// Counts the end for its API key, and in the statistics of the offer. Neither waits for the other's success. A test
/// order counts for its key only.
async fn count(context: &Context, order: &Order) -> Result<(), StoreError> {
    if order.mode() == Mode::Test {
        let outcome = order.evidence().and_then(|evidence| evidence.outcome(None));
        let Some(outcome) = outcome else { return Ok(()) };
        return accounts::keys::count_end(context, order, outcome).await;
    }
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
    let for_key = match outcome {
        Some(outcome) => accounts::keys::count_end(context, order, outcome).await,
        None => Ok(()),
    };
    let counted = offer.as_ref().zip(outcome);
    let (id, service) = (&order.id, &order.request.service);
    let first_time = context.store().catalog().count_end(id, service, order.status, counted, context.now()).await?;
    if first_time {
        telemetry::count_class("OrdersEnded", order.status.as_str(), 1);
    }
    if let Some(Outcome::Delivered { seconds }) = outcome.filter(|_| first_time) {
        telemetry::seconds("TimeToCode", seconds);
    }
    for_key
}

async fn outcome_of(context: &Context, order: &Order, offer: &OfferKey) -> Result<Option<Outcome>, StoreError> {
    let Some(evidence) = order.evidence() else { return Ok(None) };
    let median = match evidence {
        Evidence::GaveUpAfter(_) => median_of(context, offer).await?,
        Evidence::Clear(_) => None,
    };
    Ok(evidence.outcome(median))
}

/// The offer's median time to a code, if it has samples.
async fn median_of(context: &Context, offer: &OfferKey) -> Result<Option<Duration>, StoreError> {
    let counts = context.store().catalog().deliveries(&offer.service, Some(&offer.country), context.now()).await?;
    let median = counts.get(offer).and_then(|counts| counts.quantile_seconds(50));
    Ok(median.map(|seconds| Duration::from_secs(u64::from(seconds))))
}
