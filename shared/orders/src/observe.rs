//! What a supplier says of an order, written down.

use crate::{Unsettled, findings, supplier_facts, write::write};
use domain::{
    MessageId,
    order::{Order, Status},
};
use runtime::Context;
use store::{Finding, FindingKind};
use suppliers::{Fault, SupplierError, SupplierOrder};

/// Writes down what the supplier says of an order: new messages, or that it ended without one. The order as it is then.
pub(crate) async fn observe(context: &Context, order: Order, said: &SupplierOrder) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.number.as_ref().is_some_and(|number| number.phone != said.phone) {
        // Its messages may be somebody else's.
        return Err(SupplierError::Unavailable { fault: Fault::Unreadable }.into());
    }
    let new_id = || MessageId::new(now, context.random());
    let order = match order.clone().receive(supplier_facts::messages(said), new_id, now) {
        Some(step) => write(context, step).await?,
        None => order,
    };
    let waits = matches!(order.status, Status::Waiting | Status::Cancelling);
    if waits && !said.status.is_open() {
        if !said.status.is_refunded() {
            findings::record(context, &Finding::about_order(FindingKind::ChargedWithoutMessage, &order)).await;
        }
        let step = order.given_back(now)?;
        return write(context, step).await;
    }
    Ok(order)
}
