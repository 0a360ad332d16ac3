//! The end of an order at its customer's wish.

use crate::{NotDone, Unsettled, give_back::give_back, write::write};
use domain::order::{CloseReason, NotPossible, Order, Status};
use runtime::Context;
use std::time::Duration;

/// When a supplier says that it is too early, it is asked again after this at the earliest.
const SUPPLIER_SAYS_LATER: Duration = Duration::from_secs(30);
/// How often a lost race is looked at anew.
const TRIES: u32 = 3;

/// Gives an order's number back at the customer's wish. What is closed already stays as it is.
pub(crate) async fn close(context: &Context, mut order: Order, because: CloseReason) -> Result<Order, NotDone> {
    for _ in 0..TRIES {
        match order.status {
            Status::Requesting => return Err(NotPossible::StillRequesting.into()),
            // What is on its way back is the poll's business: repeating this does not make the supplier faster.
            Status::Cancelling | Status::Completed | Status::Refunded | Status::Failed => return Ok(order),
            Status::Waiting if because == CloseReason::Cancelled => order.may_cancel(context.now())?,
            Status::Waiting => {}
        }
        match give_back_or_begin(context, order.clone(), because).await {
            Ok(order) => return Ok(order),
            Err(NotDone::Unsettled(Unsettled::Changed)) => order = reread(context, &order).await?,
            Err(error) => return Err(error),
        }
    }
    Err(Unsettled::Changed.into())
}

/// Gives the number back now; if the supplier can't be asked, the order is `cancelling` until its poll settles it.
async fn give_back_or_begin(context: &Context, order: Order, because: CloseReason) -> Result<Order, NotDone> {
    match give_back(context, order.clone(), because).await {
        Err(Unsettled::TooEarly) => Err(NotPossible::TooEarly { from: context.now().plus(SUPPLIER_SAYS_LATER) }.into()),
        Err(error @ (Unsettled::Supplier(_) | Unsettled::Access(_))) => {
            tracing::warn!(order_id = %order.id, %error, "a cancel is settled later");
            Ok(write(context, order.begin_cancel(because, context.now())?).await?)
        }
        given_back => Ok(given_back?),
    }
}

async fn reread(context: &Context, order: &Order) -> Result<Order, NotDone> {
    context.store().orders().get(&order.user_id, &order.id).await?.ok_or(NotDone::Gone)
}
