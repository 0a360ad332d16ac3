//! Deletes what the orders of a deleted account say about its owner.

use crate::{Unsettled, write::write};
use domain::order::Order;
use runtime::Context;

/// Deletes the texts and labels of a closed order, and ends the fetching of its messages. Returns `false` while the
/// order is open.
pub async fn forget(context: &Context, order: Order) -> Result<bool, Unsettled> {
    let now = context.now();
    if order.status.is_open() {
        return Ok(false);
    }
    if !order.is_forgotten(now) {
        write(context, order.forgotten(now)?).await?;
    }
    Ok(true)
}
