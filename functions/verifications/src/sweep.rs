//! Each minute → what was lost: orders that are due, numbers that nobody owns, and how the supplier is.
//!
//! A due order is leased before it is queued, so that slow checks do not get the same order again each minute. If the sweep
//! dies in between, the order is due again when the lease ends.

use crate::queues::{CHECKS, OrderRef};
use domain::{SupplierId, order};
use futures_util::{StreamExt, stream};
use orders::findings;
use runtime::{Context, QueueError, telemetry};
use std::time::Duration;
use store::{Due, DueList, DueOrder, Finding, FindingKind, Orders, StoreError, SupplierHealth, SupplierState};
use suppliers::{CancelOutcome, Supplier, settle};
use thiserror::Error;

/// How many due orders one shard may give in one run; the rest comes a minute later.
const MOST_DUE: i32 = 200;
/// How many orders are leased side by side.
const LEASES_AT_ONCE: usize = 16;
/// How long a queued order is left to its check: longer than the queue hides a message that a worker died with (180 s).
const LEASE: Duration = Duration::from_mins(4);
/// How far back orphans are looked for: longer than a supplier's order lives.
const LOOK_BACK: Duration = Duration::from_mins(30);

/// Why a sweep failed; the next one is a minute away, and an alarm rings when none succeeds.
#[derive(Debug, Error)]
pub enum SweepError {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A queue failed.
    #[error(transparent)]
    Queue(#[from] QueueError),
}

/// Runs once.
pub async fn sweep(context: Context) -> Result<(), SweepError> {
    let due = ask_for_due(&context).await?;
    for supplier in suppliers::ids() {
        look_at_supplier(&context, &supplier).await?;
    }
    tracing::info!(due, "sweep done");
    Ok(())
}

async fn ask_for_due(context: &Context) -> Result<usize, SweepError> {
    let mut count = 0;
    for shard in Orders::due_shards() {
        let DueList { orders, unknown } = context.store().orders().due(shard, context.now(), MOST_DUE).await?;
        for (kind, orders) in unknown {
            tracing::error!(kind, orders, "orders of an unknown kind are due");
            telemetry::count_class("Findings", "unknown_due", orders);
        }
        let tried = stream::iter(orders).map(|due| lease(context, due)).buffer_unordered(LEASES_AT_ONCE);
        let tried: Vec<_> = tried.collect().await;
        // What is leased is queued even where another lease failed.
        let ours: Vec<_> = tried.iter().filter_map(|lease| lease.as_ref().ok()?.clone()).collect();
        context.queues().await.send_all(&CHECKS, &ours).await?;
        tried.into_iter().collect::<Result<Vec<_>, _>>()?;
        count += ours.len();
    }
    Ok(count)
}

/// The order, if it is now ours to queue.
async fn lease(context: &Context, due: Due) -> Result<Option<OrderRef>, StoreError> {
    let leased = context.store().orders().lease(&due, context.now().plus(LEASE)).await?;
    let DueOrder::Verification(order_id) = due.order;
    Ok(leased.then_some(OrderRef { user_id: due.owner, order_id }))
}

async fn look_at_supplier(context: &Context, supplier: &SupplierId) -> Result<(), SweepError> {
    let now = context.now();
    let health = |state, error: Option<&str>, balance| SupplierHealth {
        supplier: supplier.clone(),
        state,
        error: error.map(str::to_owned),
        balance,
        at: now,
    };
    let client = match suppliers::supplier(context, supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "no access to the supplier");
            telemetry::gauge("SupplierUp", 0);
            let down = health(SupplierState::Down, Some("no_access"), None);
            return Ok(context.store().catalog().put_supplier_health(&down).await?);
        }
    };
    let seen = match client.profile().await {
        Ok(profile) => {
            let whole = profile.balance.micros().max(0).unsigned_abs() / 1_000_000;
            telemetry::gauge("SupplierBalance", whole);
            if let Some(hundredths) = profile.rating_hundredths {
                telemetry::gauge("SupplierRating", u64::from(hundredths / 100));
            }
            health(SupplierState::Up, None, Some(profile.balance))
        }
        Err(error) => health(SupplierState::Down, Some(error.kind()), None),
    };
    telemetry::gauge("SupplierUp", u64::from(seen.state == SupplierState::Up));
    context.store().catalog().put_supplier_health(&seen).await?;
    if seen.state == SupplierState::Up {
        cancel_orphans(context, supplier, client.as_ref()).await?;
    }
    Ok(())
}

/// Cancels numbers that the supplier sold us and that belong to none of our orders; each becomes a finding, once. One that
/// has a message already can't be cancelled and ends by itself.
async fn cancel_orphans(context: &Context, supplier: &SupplierId, client: &dyn Supplier) -> Result<(), SweepError> {
    let now = context.now();
    let Ok(list) = client.orders(now.minus(LOOK_BACK)).await else { return Ok(()) };
    let old: Vec<_> =
        list.orders.iter().filter(|sold| sold.status.is_open() && order::is_orphaned(sold.created_at, now)).collect();
    if old.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = old.iter().map(|order| order.id.clone()).collect();
    let claimed = context.store().orders().claimed(supplier, &ids).await?;
    for orphan in old.into_iter().filter(|order| !claimed.contains(&order.id)) {
        if !matches!(settle::cancel(client, &orphan.id).await, Ok(CancelOutcome::TooEarly) | Err(_)) {
            let kind = FindingKind::OrphanedSupplierOrder;
            findings::record(context, &Finding::about_sale(kind, supplier, &orphan.id, orphan.created_at)).await;
        }
    }
    Ok(())
}
