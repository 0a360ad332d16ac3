//! Queue CHECKS: checks an order with an unknown purchase, a possibly lost poll, or texts to delete.
//!
//! A check runs once and schedules the next one: it moves the order's due time, and the sweep queues the order
//! again. The message itself is redelivered only if it is too early, or after a failure that is not the
//! supplier's; the queue limits that.

use domain::order::{CHECK_AFTER, Order, Status};
use orders::{Unsettled, queues::OrderRef};
use runtime::{Context, Verdict};
use std::time::Duration;
use tracing::Instrument;

/// The delay after a failed check.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Checks an order.
pub async fn check(context: Context, order: OrderRef) -> Verdict {
    // The supplier's calls are logged with the order.
    let span = tracing::info_span!("check", order_id = %order.order_id);
    check_order(&context, &order).instrument(span).await.unwrap_or_else(|error| {
        tracing::warn!(order_id = %order.order_id, %error, "a check did not settle");
        match error {
            // Another worker has the order, or the sweep queues it again.
            Unsettled::Changed => Verdict::Done,
            _ => Verdict::Again(RETRY_AFTER),
        }
    })
}

async fn check_order(context: &Context, OrderRef { user_id, order_id }: &OrderRef) -> Result<Verdict, Unsettled> {
    let Some(order) = context.store().record::<Order>(user_id, order_id).await? else {
        tracing::error!(%order_id, "a check of a missing order");
        return Ok(Verdict::Done);
    };
    match order.status {
        Status::Requesting => {
            let from = order.attempt.at.plus(CHECK_AFTER);
            let now = context.now();
            if now < from {
                return Ok(Verdict::Again(from.since(now) + Duration::from_secs(1)));
            }
            orders::resolve(context, order).await?
        }
        // Not due: a poll or another check came first. The sweep queues the order once it is due again.
        Status::Waiting | Status::Cancelling if !order.is_due(context.now()) => order,
        Status::Waiting | Status::Cancelling => orders::watch(context, order).await?,
        Status::Completed | Status::Refunded | Status::Failed => orders::purge(context, order).await?,
    };
    Ok(Verdict::Done)
}
