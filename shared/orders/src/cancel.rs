//! Cancels an order for its customer.

use crate::{NotDone, close::close};
use domain::order::{CloseReason, Order};
use runtime::Context;

/// Returns the number to the supplier, which decides the outcome. The order is refunded, or completed
/// if a code came first, or `cancelling` while the supplier has not answered. A closed order stays
/// unchanged.
pub async fn cancel(context: &Context, order: Order) -> Result<Order, NotDone> {
    close(context, order, CloseReason::Cancelled).await
}
