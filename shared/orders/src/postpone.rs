//! An order at which somebody looked in vain.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::Context;

/// Moves the order's due time; nothing else changes.
pub(crate) async fn postpone(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let step = order.rescheduled(context.now());
    write(context, step).await
}
