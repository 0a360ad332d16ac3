//! The customer does not want the number any more.

use crate::{NotDone, close::close};
use domain::order::{CloseReason, Order};
use runtime::Context;

/// Gives the number back. The supplier decides: the order is refunded, completed if the code was faster, or `cancelling` while
/// the supplier has not answered. What is closed already stays as it is.
pub async fn cancel(context: &Context, order: Order) -> Result<Order, NotDone> {
    close(context, order, CloseReason::Cancelled).await
}
