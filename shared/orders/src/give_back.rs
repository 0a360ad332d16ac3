//! Returns a number to its supplier and, once the supplier confirms, the price to the customer.

use crate::{Unsettled, observe::observe, write::write};
use domain::order::{CloseReason, Order, Status};
use runtime::{Context, fail_point, findings};
use store::{Finding, FindingKind};
use suppliers::{CancelOutcome, SupplierError, settle};

/// Returns the number of an overdue, cancelled or reported order. If a message came first, it is
/// delivered instead.
pub(crate) async fn give_back(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    let Some(number) = order.number.clone() else {
        return Err(Unsettled::Defect("the order has no number to return".to_owned()));
    };
    let client = suppliers::supplier_for(context, order.mode(), &number.supplier).await?;
    let outcome = match because {
        CloseReason::Reported => settle::ban(client.as_ref(), &number.supplier_order).await,
        _ => settle::cancel(client.as_ref(), &number.supplier_order).await,
    };
    fail_point::here("after-supplier-cancel");
    // The supplier says only that the order has ended, also when it is read: there is nothing left to return.
    if outcome == Err(SupplierError::AlreadyClosed) {
        return confirmed(context, order, because).await;
    }
    match outcome? {
        CancelOutcome::Cancelled(_) => confirmed(context, order, because).await,
        CancelOutcome::AlreadyClosed(said) => observe(context, order, &said).await,
        CancelOutcome::HasSms(said) => {
            let settled = observe(context, order, &said).await?;
            if !settled.status.is_open() {
                return Ok(settled);
            }
            // Messages that do not count, or can't be read, are all that the supplier has.
            if said.unreadable_messages > 0 || !said.messages.is_empty() {
                return undeliverable(context, settled, because).await;
            }
            // The supplier's list of messages may lag behind its error, so the order is read again later.
            Err(SupplierError::HasSms.into())
        }
        CancelOutcome::TooEarly => Err(Unsettled::TooEarly),
    }
}

/// Refunds an order whose only messages can't be delivered now or later, although the supplier charges for them.
async fn undeliverable(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    findings::record(context, &Finding::about_order(FindingKind::ChargedWithoutMessage, &order)).await;
    confirmed(context, order, because).await
}

/// Refunds an order whose number the supplier took back or had ended.
async fn confirmed(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    let now = context.now();
    let order = match order.status {
        // One write stores both the cancel and the refund.
        Status::Waiting => order.begin_cancel(because, now)?.subject,
        _ => order,
    };
    let step = order.given_back(now)?;
    write(context, step).await
}
