//! Every minute: queues due orders, cancels numbers without an order, and records the health of suppliers.
//!
//! A due order is leased before it is queued, so that slow checks do not get the same order every minute. If
//! the sweep dies in between, the order is due again when the lease ends.

use domain::{SupplierId, order};
use futures_util::{StreamExt, stream};
use orders::{
    findings,
    queues::{CHECKS, OrderRef},
};
use runtime::{Context, QueueError, telemetry};
use std::time::Duration;
use store::{Due, DueList, DueOrder, Finding, FindingKind, Orders, StoreError, SupplierHealth, SupplierState};
use suppliers::{CancelOutcome, Supplier, settle};
use thiserror::Error;

/// The limit of due orders per shard and run; the rest follows a minute later.
const MOST_DUE: i32 = 200;
/// The limit of concurrent leases.
const LEASES_AT_ONCE: usize = 16;
/// The lease of a queued order: longer than the queue's visibility timeout (180 s).
const LEASE: Duration = Duration::from_mins(4);
/// The age up to which orphans are searched: longer than the lifetime of a supplier's order.
const ORPHAN_SEARCH: Duration = Duration::from_mins(30);

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

/// Runs one sweep.
pub async fn sweep(context: Context) -> Result<(), SweepError> {
    let due = queue_due_orders(&context).await?;
    for supplier in suppliers::ids() {
        check_supplier(&context, &supplier).await?;
    }
    tracing::info!(due, "sweep done");
    Ok(())
}

async fn queue_due_orders(context: &Context) -> Result<usize, SweepError> {
    let mut count = 0;
    for shard in Orders::due_shards() {
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
        tried.into_iter().collect::<Result<Vec<_>, _>>()?;
        count += ours.len();
    }
    Ok(count)
}

/// Leases a due order. Returns it unless another worker has it.
async fn lease(context: &Context, due: Due) -> Result<Option<OrderRef>, StoreError> {
    let leased = context.store().orders().lease(&due, context.now().plus(LEASE)).await?;
    let DueOrder::Verification(order_id) = due.order;
    Ok(leased.then_some(OrderRef { user_id: due.owner, order_id }))
}

async fn check_supplier(context: &Context, supplier: &SupplierId) -> Result<(), SweepError> {
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

/// Cancels sold numbers that no order owns, and records a finding for each, once. A number with a message
/// can't be cancelled and expires.
async fn cancel_orphans(context: &Context, supplier: &SupplierId, client: &dyn Supplier) -> Result<(), SweepError> {
    let now = context.now();
    let list = match client.orders(now.minus(ORPHAN_SEARCH)).await {
        Ok(list) => list,
        Err(error) => {
            tracing::warn!(kind = error.kind(), "orphaned numbers could not be looked for");
            return Ok(());
        }
    };
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
