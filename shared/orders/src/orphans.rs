//! Cancels orphans: numbers that a supplier sold and no order owns.

use domain::{SupplierId, Timestamp, order};
use runtime::{Context, findings};
use std::time::Duration;
use store::{Finding, FindingKind, StoreError};
use suppliers::{CancelOutcome, Supplier, SupplierOrder, settle};

/// The age up to which orphans are searched: longer than the lifetime of a supplier's order.
const ORPHAN_SEARCH: Duration = Duration::from_mins(30);
/// The age at which an orphan that can't be cancelled is reported.
const REPORTED_AFTER: Duration = Duration::from_mins(10);

/// Cancels sold numbers that no order owns, and records a finding for each, once. A number with a message
/// can't be cancelled and expires.
pub(crate) async fn cancel_orphans(
    context: &Context,
    supplier: &SupplierId,
    client: &dyn Supplier,
) -> Result<(), StoreError> {
    let now = context.now();
    let list = match client.orders(now.minus(ORPHAN_SEARCH)).await {
        Ok(list) => list,
        Err(error) => {
            tracing::warn!(%supplier, kind = error.kind(), "orphaned numbers could not be looked for");
            return Ok(());
        }
    };
    let old: Vec<_> = list.orders.iter().filter(|sold| may_be_orphan(sold, now)).collect();
    if old.is_empty() {
        return Ok(());
    }
    let ids: Vec<_> = old.iter().map(|order| order.id.clone()).collect();
    let claimed = context.store().orders().claimed(supplier, &ids).await?;
    for orphan in old.into_iter().filter(|order| !claimed.contains(&order.id)) {
        let settled = match settle::cancel(client, &orphan.id).await {
            Ok(outcome) => outcome != CancelOutcome::TooEarly,
            Err(error) => {
                tracing::warn!(%supplier, kind = error.kind(), "an orphaned number could not be cancelled");
                false
            }
        };
        // Until then the next sweep tries again, and a late check may still adopt the number.
        if settled || now >= orphan.created_at.plus(REPORTED_AFTER) {
            let kind = FindingKind::OrphanedSupplierOrder;
            findings::record(context, &Finding::about_sale(kind, supplier, &orphan.id, orphan.created_at)).await;
        }
    }
    Ok(())
}

/// Whether a number without an order would be an orphan: it still costs money, and its purchase was
/// checked.
fn may_be_orphan(sold: &SupplierOrder, now: Timestamp) -> bool {
    sold.status.is_open() && order::is_orphaned(sold.created_at, now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{SupplierMoney, SupplierOrderId};
    use suppliers::SupplierOrderStatus;

    #[test]
    fn only_an_old_number_that_still_listens_may_be_an_orphan() {
        let sold_at = Timestamp::default();
        let sold = |status| SupplierOrder {
            id: SupplierOrderId::new("7"),
            phone: "+233201234567".parse().unwrap(),
            operator: None,
            service: None,
            country: None,
            cost: SupplierMoney::default(),
            status,
            created_at: sold_at,
            expires_at: sold_at.plus(Duration::from_mins(15)),
            messages: Vec::new(),
            unreadable_messages: 0,
        };
        let old = sold_at.plus(Duration::from_mins(10));
        assert!(may_be_orphan(&sold(SupplierOrderStatus::Received), old));
        assert!(!may_be_orphan(&sold(SupplierOrderStatus::Received), sold_at), "its purchase is still under way");
        for ended in [SupplierOrderStatus::Canceled, SupplierOrderStatus::Finished] {
            assert!(!may_be_orphan(&sold(ended), old));
        }
    }
}
