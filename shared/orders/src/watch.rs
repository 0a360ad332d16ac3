//! Checks a waiting order whose poll was lost.

use crate::{Unsettled, postpone::postpone, settle::settle};
use domain::{
    access::Mode,
    order::{Number, Order},
};
use runtime::Context;
use suppliers::SupplierOrder;

/// Asks the supplier about the order's number and settles the order. Without news, the next check is
/// scheduled.
pub async fn watch(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let Some(number) = &order.number else { return Ok(order) };
    let answer = ask(context, order.mode(), number).await;
    let before = order.clone();
    // On the heap, because the future of a check would contain all of it.
    match Box::pin(settle(context, order, answer)).await {
        Ok(order) if order.version == before.version => postpone(context, order).await,
        Err(error) if error.is_suppliers() => {
            tracing::warn!(order_id = %before.id, %error, "an order could not be settled yet");
            postpone(context, before).await
        }
        settled => settled,
    }
}

async fn ask(context: &Context, mode: Mode, number: &Number) -> Result<SupplierOrder, Unsettled> {
    let client = suppliers::supplier_for(context, mode, &number.supplier).await?;
    Ok(client.check(&number.supplier_order).await?)
}
