//! Queues what is due: payments whose gateway must be asked, because its event may be lost, and subscriptions whose period
//! ends.

use crate::queues::{PAYMENTS, Task};
use runtime::{Context, QueueError};
use std::time::Duration;
use store::{DueMoney, Ledger, StoreError};
use thiserror::Error;

/// The limit of due records per shard and run; the rest follows with the next run.
const MOST_DUE: i32 = 100;
/// The shortest lease of a queued record: longer than the queue's visibility timeout.
const LEASE: Duration = Duration::from_mins(4);
/// A lease is this part of the payment's age, so that a payment whose gateway never answers is asked about ever more
/// rarely.
const PART_OF_AGE: u32 = 8;
/// The longest lease. A refund may be asked for when its payment is old, and a day would be long for that.
const LONGEST_LEASE: Duration = Duration::from_hours(6);

/// Why a sweep failed. The next one runs soon, and an alarm fires if none succeeds.
#[derive(Debug, Error)]
pub enum SweepError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Leases and queues what is due in all shards. A shard that fails does not prevent the rest; the first error is returned
/// at the end.
pub async fn queue_due(context: &Context) -> Result<(), SweepError> {
    let mut result = Ok(());
    for shard in Ledger::due_shards() {
        result = result.and(queue_shard(context, shard).await);
    }
    result
}

async fn queue_shard(context: &Context, shard: u8) -> Result<(), SweepError> {
    let (ledger, now) = (context.store().ledger(), context.now());
    let mut ours = Vec::new();
    for due in ledger.due(shard, now, MOST_DUE).await? {
        let lease = match &due.money {
            DueMoney::Payment(reference) => {
                (now.since(reference.payment.made_at()) / PART_OF_AGE).clamp(LEASE, LONGEST_LEASE)
            }
            DueMoney::Subscription(_) => LEASE,
        };
        if ledger.lease(&due, now.plus(lease)).await? {
            ours.push(match due.money {
                DueMoney::Payment(reference) => Task::Due { reference },
                DueMoney::Subscription(owner) => Task::Period { owner },
            });
        }
    }
    context.queues().await.send_all(&PAYMENTS, &ours).await?;
    if !ours.is_empty() {
        tracing::info!(shard, due = ours.len(), "due payments and subscriptions queued");
    }
    Ok(())
}
