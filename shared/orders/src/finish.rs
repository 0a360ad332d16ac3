//! The customer has the code and stops listening.

use crate::{NotDone, write::write};
use domain::order::{Order, Status};
use runtime::Context;
use suppliers::settle;

/// Ends the fetching of messages. No money moves. An order that ended stays as it is.
pub async fn finish(context: &Context, order: Order) -> Result<Order, NotDone> {
    let ended = order.status == Status::Completed && order.listens_until <= context.now();
    if ended {
        return Ok(order);
    }
    let order = write(context, order.finish(context.now())?).await?;
    tell_supplier(context, &order).await;
    Ok(order)
}

/// The supplier may sell the number again. If it can't be told, the number ends by itself.
async fn tell_supplier(context: &Context, order: &Order) {
    let Some(number) = &order.number else { return };
    if let Ok(client) = suppliers::supplier(context, &number.supplier).await
        && let Err(error) = settle::finish(client.as_ref(), &number.supplier_order).await
    {
        tracing::warn!(order_id = %order.id, kind = error.kind(), "the supplier was not told");
    }
}
