//! Deletes the message texts of old orders.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::Context;

/// Deletes the message texts after their retention. Before that, the order stays unchanged.
pub async fn purge(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.due_at.is_none() || !order.retention_is_over(now) {
        return Ok(order);
    }
    let step = order.purged(now)?;
    write(context, step).await
}
