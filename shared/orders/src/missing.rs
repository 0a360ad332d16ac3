//! The supplier does not know the number of an open order.

use crate::{Unsettled, write::write};
use domain::order::{Missed, Order};
use runtime::{Context, findings};
use store::{Finding, FindingKind};
use suppliers::SupplierError;

/// Refunds an order whose number its supplier does not know: at once after the deadline, and before it once several
/// looks in a row missed the number. Until then the look is counted.
pub(crate) async fn missing(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.is_past_deadline(now) {
        // No message can come any more, and the supplier keeps what it was paid.
        return refund(context, order, FindingKind::ChargedWithoutMessage).await;
    }
    match order.clone().missed(now) {
        Missed::Nothing => Err(SupplierError::OrderNotFound.into()),
        Missed::Counted(step) => {
            tracing::warn!(order_id = %order.id, looks = step.subject.missing.map(|m| m.looks), "a number is missing");
            write(context, *step).await
        }
        Missed::Lost => refund(context, order, FindingKind::LostNumber).await,
    }
}

/// Records the finding first, because a refund without it would hide the supplier's debt.
async fn refund(context: &Context, order: Order, kind: FindingKind) -> Result<Order, Unsettled> {
    findings::record(context, &Finding::about_order(kind, &order)).await;
    let step = order.given_back(context.now())?;
    write(context, step).await
}
