//! Finishes an order that has its code.

use crate::{NotDone, newest::on_newest, write::write};
use domain::order::{Order, Status};
use runtime::Context;
use suppliers::settle;

/// Stops fetching messages. No money moves. A finished order stays unchanged.
pub async fn finish(context: &Context, order: Order) -> Result<Order, NotDone> {
    on_newest(context, order, |order| finish_this(context, order)).await
}

async fn finish_this(context: &Context, order: Order) -> Result<Order, NotDone> {
    let now = context.now();
    let ended = order.status == Status::Completed && order.listens_until <= now;
    if ended {
        return Ok(order);
    }
    let order = write(context, order.finish(now)?).await?;
    tell_supplier(context, &order).await;
    Ok(order)
}

/// Releases the number at the supplier. If that fails, the number expires there.
async fn tell_supplier(context: &Context, order: &Order) {
    let Some(number) = &order.number else { return };
    if let Ok(client) = suppliers::supplier_for(context, order.mode(), &number.supplier).await
        && let Err(error) = settle::finish(client.as_ref(), &number.supplier_order).await
    {
        tracing::warn!(order_id = %order.id, kind = error.kind(), "an order could not be finished at the supplier");
    }
}
