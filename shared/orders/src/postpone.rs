//! Schedules the next check of an order without news.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::Context;

/// Changes only the order's due time.
pub(crate) async fn postpone(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let step = order.rescheduled(context.now());
    write(context, step).await
}
