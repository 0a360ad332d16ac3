//! Closes an order whose supplier can't be reached.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::{Context, findings};
use store::{Finding, FindingKind};

/// Refunds the customer without the supplier, and records the supplier's debt as a finding.
pub(crate) async fn give_up(context: &Context, order: Order, because: &Unsettled) -> Result<Order, Unsettled> {
    tracing::error!(order_id = %order.id, error = %because, "an order is closed without its supplier");
    let finding = Finding::about_order(FindingKind::SupplierUnreachable, &order);
    let step = order.supplier_unreachable(context.now())?;
    // The finding is written first, because a refund without it would hide the supplier's debt. If the
    // order is settled at the same time, the finding is wrong, and the order shows that.
    findings::record(context, &finding).await;
    write(context, step).await
}
