//! Each minute → what was lost: orders that are due, numbers that nobody owns, and how the supplier is.

use crate::supplier_facts::{self, counted};
use domain::{FindingId, SupplierId, Timestamp};
use runtime::{Context, OrderRef, QueueError, telemetry};
use std::time::Duration;
use store::{Finding, FindingKind, Store, StoreError, SupplierHealth, SupplierState};
use suppliers::{CancelOutcome, Supplier, SupplierOrder};
use thiserror::Error;

/// How many due orders one shard may give in one run; the rest comes a minute later.
const MOST_DUE: i32 = 200;
/// A number without an owner is an orphan once the check of its attempt must have run.
const ORPHAN_AFTER: Duration = Duration::from_mins(3);
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
    for supplier in supplier_facts::suppliers() {
        look_at_supplier(&context, &supplier).await?;
    }
    telemetry::count("SweepRuns", 1);
    tracing::info!(due, "sweep done");
    Ok(())
}

async fn ask_for_due(context: &Context) -> Result<usize, SweepError> {
    let mut count = 0;
    for shard in Store::due_shards() {
        for due in context.store().due_orders(shard, context.now(), MOST_DUE).await? {
            let order = OrderRef { user_id: due.user_id, order_id: due.order_id };
            context.queues().await.check(&order, Duration::ZERO).await?;
            count += 1;
        }
    }
    Ok(count)
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
    let client = match supplier_facts::client(context, supplier).await {
        Ok(client) => client,
        Err(error) => {
            tracing::error!(%error, "no access to the supplier");
            let down = health(SupplierState::Down, Some("no_access"), None);
            return Ok(context.store().put_supplier_health(&down).await?);
        }
    };
    let seen = match client.profile().await.map_err(counted) {
        Ok(profile) => health(SupplierState::Up, None, Some(profile.balance)),
        Err(error) => health(SupplierState::Down, Some(error.kind()), None),
    };
    context.store().put_supplier_health(&seen).await?;
    if seen.state == SupplierState::Up {
        cancel_orphans(context, supplier, client).await?;
    }
    Ok(())
}

/// Cancels numbers that the supplier sold us and that belong to none of our orders; each becomes a finding.
async fn cancel_orphans(context: &Context, supplier: &SupplierId, client: &dyn Supplier) -> Result<(), SweepError> {
    let now = context.now();
    let Ok(list) = client.orders(now.minus(LOOK_BACK)).await.map_err(counted) else { return Ok(()) };
    let old: Vec<_> = list.orders.iter().filter(|order| may_be_orphan(order, now)).collect();
    if old.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = old.iter().map(|order| order.id.clone()).collect();
    let claimed = context.store().claimed(supplier, &ids).await?;
    for orphan in old.into_iter().filter(|order| !claimed.contains(&order.id)) {
        match client.settle_cancel(&orphan.id).await.map_err(counted) {
            Ok(CancelOutcome::TooEarly) | Err(_) => continue,
            Ok(_) => {}
        }
        telemetry::count_class("Findings", "orphaned_supplier_order", 1);
        tracing::warn!(supplier_order = %orphan.id, "a supplier's order without an owner was cancelled");
        context.store().put_finding(&orphan_finding(supplier, orphan)).await?;
    }
    Ok(())
}

fn may_be_orphan(order: &SupplierOrder, now: Timestamp) -> bool {
    order.status.is_open() && order.created_at.plus(ORPHAN_AFTER) <= now
}

/// The same finding for the same orphan, however often it is found.
fn orphan_finding(supplier: &SupplierId, orphan: &SupplierOrder) -> Finding {
    let digits =
        orphan.id.as_str().bytes().fold(0_u128, |sum, byte| sum.wrapping_mul(257).wrapping_add(u128::from(byte)));
    Finding {
        id: FindingId::new(orphan.created_at, digits),
        kind: FindingKind::OrphanedSupplierOrder,
        at: orphan.created_at,
        order_id: None,
        supplier: Some(supplier.clone()),
        supplier_order: Some(orphan.id.clone()),
    }
}
