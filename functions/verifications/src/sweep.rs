//! Every minute: queues due orders, and looks at each supplier.
//!
//! A due order is leased before it is queued, so that slow checks do not get the same order every minute. If
//! the sweep dies in between, the order is due again when the lease ends.

use futures_util::{StreamExt, stream};
use orders::queues::{CHECKS, OrderRef};
use runtime::{Context, QueueError, telemetry};
use std::time::Duration;
use store::{Due, DueList, DueOrder, Orders, StoreError};
use thiserror::Error;

/// The limit of due orders per shard and run; the rest follows a minute later.
const MOST_DUE: i32 = 200;
/// The limit of concurrent leases.
const LEASES_AT_ONCE: usize = 16;
/// The lease of a queued order: longer than the queue's visibility timeout (180 s).
const LEASE: Duration = Duration::from_mins(4);

/// Why a sweep failed. The next one runs in a minute, and an alarm fires if none succeeds.
#[derive(Debug, Error)]
pub enum SweepError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Runs one sweep. A shard or a supplier that fails does not prevent the rest; the first error is returned at the
/// end.
pub async fn sweep(context: Context) -> Result<(), SweepError> {
    let mut results = Vec::new();
    for shard in Orders::due_shards() {
        results.push(queue_due_orders(&context, shard).await);
    }
    results.push(orders::check_suppliers(&context, suppliers::ids()).await.map_err(Into::into));
    for error in results.iter().filter_map(|result| result.as_ref().err()) {
        tracing::error!(%error, "a part of the sweep failed");
    }
    results.into_iter().collect()
}

async fn queue_due_orders(context: &Context, shard: u8) -> Result<(), SweepError> {
    let DueList { orders, unknown } = context.store().orders().due(shard, context.now(), MOST_DUE).await?;
    for (kind, orders) in unknown {
        tracing::error!(kind, orders, "orders of an unknown kind are due");
        telemetry::count_class("Findings", "unknown_due", orders);
    }
    let tried = stream::iter(orders).map(|due| lease(context, due)).buffer_unordered(LEASES_AT_ONCE);
    let tried: Vec<_> = tried.collect().await;
    // Leased orders are queued even if another lease failed.
    let ours: Vec<_> = tried.iter().filter_map(|lease| lease.as_ref().ok()?.clone()).collect();
    context.queues().await.send_all(&CHECKS, &ours).await?;
    if !ours.is_empty() {
        tracing::info!(shard, orders = ours.len(), "due orders queued");
    }
    Ok(tried.into_iter().try_for_each(|lease| lease.map(drop))?)
}

/// Leases a due order. Returns it unless another worker has it.
async fn lease(context: &Context, due: Due) -> Result<Option<OrderRef>, StoreError> {
    let leased = context.store().orders().lease(&due, context.now().plus(LEASE)).await?;
    let DueOrder::Verification(order_id) = due.order;
    Ok(leased.then_some(OrderRef { user_id: due.owner, order_id }))
}
