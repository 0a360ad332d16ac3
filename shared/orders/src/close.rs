//! Closes an order at its customer's request: a cancel or a report.

use crate::{NotDone, Unsettled, give_back::give_back, write::write};
use domain::order::{CloseReason, NotPossible, Order, Status};
use runtime::Context;
use std::time::Duration;

/// The delay before a customer's next try, if the supplier rejects a cancel as too early.
const SUPPLIER_SAYS_LATER: Duration = Duration::from_secs(30);

/// Returns the order's number to the supplier. A closed order stays unchanged.
pub(crate) async fn close(context: &Context, order: Order, because: CloseReason) -> Result<Order, NotDone> {
    match order.status {
        Status::Requesting => return Err(NotPossible::StillRequesting.into()),
        // The poll settles a cancelling order; a second request would not make the supplier faster.
        Status::Cancelling | Status::Completed | Status::Refunded | Status::Failed => return Ok(order),
        Status::Waiting if because == CloseReason::Cancelled => order.may_cancel(context.now())?,
        Status::Waiting => {}
    }
    give_back_or_begin(context, order, because).await
}

/// Returns the number now. If the supplier can't be reached, the order is `cancelling` until its poll
/// settles it.
async fn give_back_or_begin(context: &Context, order: Order, because: CloseReason) -> Result<Order, NotDone> {
    match give_back(context, order.clone(), because).await {
        Err(Unsettled::TooEarly) => Err(NotPossible::TooEarly { from: context.now().plus(SUPPLIER_SAYS_LATER) }.into()),
        Err(error @ (Unsettled::Supplier(_) | Unsettled::Access(_))) => {
            tracing::warn!(order_id = %order.id, %error, "the supplier has not confirmed a cancel yet");
            Ok(write(context, order.begin_cancel(because, context.now())?).await?)
        }
        given_back => Ok(given_back?),
    }
}
