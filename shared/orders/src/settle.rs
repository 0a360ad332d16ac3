//! Applies a supplier's answer to an order that has a number.
//!
//! The supplier decides races: a cancel that it confirms is refunded, and a message that it has is
//! delivered. The result is stored on condition that the order did not change meanwhile.

use crate::{Unsettled, give_back::give_back, give_up::give_up, missing::missing, observe::observe, write::write};
use domain::order::{CloseReason, Order, Status};
use runtime::Context;
use suppliers::{SupplierError, SupplierOrder};

/// Settles an order with the supplier's answer. If the supplier still fails
/// [`domain::order::GIVE_UP_AFTER`] past the deadline, the order is closed without it.
pub async fn settle(
    context: &Context,
    order: Order,
    answer: Result<SupplierOrder, Unsettled>,
) -> Result<Order, Unsettled> {
    let given_up = order.is_given_up(context.now()).then(|| order.clone());
    let awaits_code = order.status.awaits_code();
    let settled = match answer {
        Ok(said) => conclude(context, order, &said).await,
        Err(Unsettled::Supplier(SupplierError::AlreadyClosed)) if awaits_code => ended(context, order).await,
        Err(Unsettled::Supplier(SupplierError::OrderNotFound)) if awaits_code => missing(context, order).await,
        Err(error) => Err(error),
    };
    match (settled, given_up) {
        (Err(error), Some(order)) if error.is_suppliers() => give_up(context, order, &error).await,
        (settled, _) => settled,
    }
}

/// Refunds an order of which the supplier says only that it has ended ("order expired"). It ends orders with a
/// message by themselves and then shows them, so this is an end without one, which the supplier refunds.
async fn ended(context: &Context, order: Order) -> Result<Order, Unsettled> {
    let step = order.given_back(context.now())?;
    write(context, step).await
}

/// Stores the news, and returns the number of an order that is cancelling or overdue.
async fn conclude(context: &Context, order: Order, said: &SupplierOrder) -> Result<Order, Unsettled> {
    let (version, was_missing) = (order.version, order.missing.is_some());
    let mut order = observe(context, order.found(), said).await?;
    if was_missing && order.version == version {
        // Otherwise the looks before this one would count with later ones.
        order = write(context, order.rescheduled(context.now())).await?;
    }
    if order.status == Status::Cancelling {
        let because = order.closed_because.unwrap_or(CloseReason::Timeout);
        return give_back(context, order, because).await;
    }
    if order.is_overdue(context.now()) {
        return give_back(context, order, CloseReason::Timeout).await;
    }
    Ok(order)
}
