//! A number goes back: at the supplier first, then the money.

use crate::{Unsettled, observe::observe, write::write};
use domain::order::{CloseReason, Order, Status};
use runtime::{Context, fail_point};
use suppliers::{CancelOutcome, SupplierError, settle};

/// Gives back the number of an order that is overdue, cancelled or reported. If a message came first, it is delivered.
pub(crate) async fn give_back(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    let Some(number) = order.number.clone() else { return Err(Unsettled::Defect("no number to give back".to_owned())) };
    let client = suppliers::supplier(context, &number.supplier).await?;
    let outcome = match because {
        CloseReason::Reported => settle::ban(client.as_ref(), &number.supplier_order).await,
        _ => settle::cancel(client.as_ref(), &number.supplier_order).await,
    };
    fail_point::here("after-supplier-cancel");
    match outcome? {
        CancelOutcome::Cancelled(_) => confirmed(context, order, because).await,
        CancelOutcome::AlreadyClosed(said) => observe(context, order, &said).await,
        CancelOutcome::HasSms(said) => {
            let settled = observe(context, order, &said).await?;
            // The supplier's list may lag behind its own word: look again.
            if settled.status.is_open() { Err(SupplierError::HasSms.into()) } else { Ok(settled) }
        }
        CancelOutcome::TooEarly => Err(Unsettled::TooEarly),
    }
}

/// The supplier took the number back: the price goes back.
async fn confirmed(context: &Context, order: Order, because: CloseReason) -> Result<Order, Unsettled> {
    let now = context.now();
    let order = match order.status {
        // Never stored in between: one write says that it was cancelled and that the money is back.
        Status::Waiting => order.begin_cancel(because, now)?.subject,
        _ => order,
    };
    let step = order.given_back(now)?;
    write(context, step).await
}
