//! SQS checks → one look at an order: its purchase has no known outcome, its poll may be lost, or its texts are to be deleted.
//!
//! A check runs once and schedules the next one: it moves the order's due time, and the sweep asks again then. It repeats
//! itself only while it is too early to look and while the database fails, and the queue's limit ends that.

use crate::queues::OrderRef;
use domain::order::{CHECK_AFTER, Status};
use orders::Unsettled;
use runtime::{Context, Verdict};
use std::time::Duration;

/// When a check that failed runs again.
const FAILED_AGAIN: Duration = Duration::from_secs(10);

/// Checks an order.
pub async fn check(context: Context, order: OrderRef) -> Verdict {
    check_order(&context, &order).await.unwrap_or_else(|error| {
        tracing::warn!(order_id = %order.order_id, %error, "a check did not settle");
        match error {
            // Somebody else is at work on it, or the sweep asks again.
            Unsettled::Changed => Verdict::Done,
            _ => Verdict::Again(FAILED_AGAIN),
        }
    })
}

async fn check_order(context: &Context, OrderRef { user_id, order_id }: &OrderRef) -> Result<Verdict, Unsettled> {
    let Some(order) = context.store().orders().get(user_id, order_id).await? else {
        tracing::error!(%order_id, "a check for an order that is not there");
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
        Status::Waiting | Status::Cancelling => orders::watch(context, order).await?,
        Status::Completed | Status::Refunded | Status::Failed => orders::purge(context, order).await?,
    };
    Ok(Verdict::Done)
}
