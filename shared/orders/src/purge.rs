//! The texts of an order that ended long ago.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::Context;

/// Deletes the texts whose time is over; before that the order stays as it is.
pub async fn purge(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let now = context.now();
    if order.due_at.is_none() || now < order.purge_at {
        return Ok(order);
    }
    let step = order.purged(now)?;
    write(context, step).await
}
