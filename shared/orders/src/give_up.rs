//! The end of an order whose supplier can't be asked.

use crate::{Unsettled, findings, write::write};
use domain::order::Order;
use runtime::Context;
use store::{Finding, FindingKind};

/// Gives the money back without the supplier; what it owes us becomes a finding.
pub(crate) async fn give_up(context: &Context, order: Order, because: &Unsettled) -> Result<Order, Unsettled> {
    tracing::error!(order_id = %order.id, error = %because, "an order ends without its supplier");
    let finding = Finding::about_order(FindingKind::SupplierUnreachable, &order);
    let step = order.supplier_unreachable(context.now())?;
    // The finding first: a step without it would hide what the supplier owes us. If somebody settles the order at this
    // moment, the finding tells of a debt that does not exist, which a look at the order shows.
    findings::record(context, &finding).await;
    write(context, step).await
}
